#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/stream.h"

static const double joined_max = 1;	/* seconds */
static const double gap_min = 0.05;	/* seconds */

void
stream_init(struct stream *st)
{
	memset(st, 0, sizeof *st);
}

void
stream_clear(struct stream *st)
{
	for (size_t i = 0; i < POOL_MAX; i++)
		free(st->row[i].span);
	stream_init(st);
}

static struct stream_row *
row_of(struct stream *st, unsigned int slot)
{
	assert(slot >= 1 && slot <= POOL_MAX);
	return &st->row[slot - 1];
}

static struct span *
last(const struct stream_row *r)
{
	return r->n > 0 ?
	    &r->span[(r->first + r->n - 1) % STREAM_SPANS] : NULL;
}

static void
push(struct stream_row *r, const struct span *s)
{
	if (r->span == NULL)
		r->span = mem_array(STREAM_SPANS, sizeof *r->span);
	r->span[(r->first + r->n) % STREAM_SPANS] = *s;
	if (r->n < STREAM_SPANS)
		r->n++;
	else
		r->first = (r->first + 1) % STREAM_SPANS;
	r->count++;
}

static int
badness(enum task_state s)
{
	switch (s) {
	case TASK_FAILED:
		return 3;
	case TASK_CANCELLED:
		return 2;
	case TASK_QUEUED:
		return 1;
	default:
		return 0;
	}
}

void
stream_add(struct stream *st, unsigned int slot, const struct span *s)
{
	struct stream_row *r = row_of(st, slot);
	struct span *l = last(r);

	if (l == NULL || s->to - l->from >= joined_max ||
	    s->from - l->to >= gap_min) {
		push(r, s);
		return;
	}
	l->to = s->to;
	l->task = s->task;
	l->tasks += s->tasks;
	if (badness(s->worst) > badness(l->worst))
		l->worst = s->worst;
}

void
stream_put(struct stream *st, unsigned int slot, const struct span *s)
{
	struct stream_row *r = row_of(st, slot);
	struct span *l = last(r);

	if (l != NULL && l->from == s->from)
		*l = *s;
	else if (l == NULL || s->from > l->from)
		push(r, s);
}

const struct span *
stream_at(const struct stream *st, unsigned int slot, size_t i)
{
	const struct stream_row *r = &st->row[slot - 1];

	assert(slot >= 1 && slot <= POOL_MAX && i < r->n);
	return &r->span[(r->first + i) % STREAM_SPANS];
}
