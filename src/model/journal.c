#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/journal.h"

void
journal_init(struct journal *j)
{
	memset(j, 0, sizeof *j);
	j->event = mem_array(JOURNAL_MAX, sizeof *j->event);
}

void
journal_clear(struct journal *j)
{
	free(j->event);
	memset(j, 0, sizeof *j);
}

void
journal_add(struct journal *j, const struct event *ev)
{
	j->event[(j->first + j->n) % JOURNAL_MAX] = *ev;
	if (j->n < JOURNAL_MAX)
		j->n++;
	else
		j->first = (j->first + 1) % JOURNAL_MAX;
	j->count++;
}

const struct event *
journal_at(const struct journal *j, size_t i)
{
	assert(i < j->n);
	return &j->event[(j->first + i) % JOURNAL_MAX];
}
