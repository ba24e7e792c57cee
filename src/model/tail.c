#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/tail.h"

void
tail_init(struct tail *t)
{
	memset(t, 0, sizeof *t);
	t->ended.attempt = mem_array(TAIL_MAX, sizeof *t->ended.attempt);
	t->failed.attempt = mem_array(TAIL_MAX, sizeof *t->failed.attempt);
}

void
tail_clear(struct tail *t)
{
	free(t->ended.attempt);
	free(t->failed.attempt);
	memset(t, 0, sizeof *t);
}

bool
attempt_bad_is(const struct attempt *a)
{
	return a->state == TASK_FAILED ||
	    (a->again && a->outcome.cause != CAUSE_HALTED);
}

static void
push(struct tail_ring *r, const struct attempt *a)
{
	r->attempt[(r->first + r->n) % TAIL_MAX] = *a;
	if (r->n < TAIL_MAX)
		r->n++;
	else
		r->first = (r->first + 1) % TAIL_MAX;
}

void
tail_add(struct tail *t, const struct attempt *a)
{
	struct attempt numbered = *a;

	if (numbered.serial == 0)
		numbered.serial = t->serial + 1;
	if (numbered.serial > t->serial)
		t->serial = numbered.serial;
	push(&t->ended, &numbered);
	if (attempt_bad_is(&numbered))
		push(&t->failed, &numbered);
}

const struct attempt *
tail_at(const struct tail_ring *r, size_t i)
{
	assert(i < r->n);
	return &r->attempt[(r->first + i) % TAIL_MAX];
}
