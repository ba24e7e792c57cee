#include <assert.h>
#include <math.h>
#include <string.h>

#include "model/history.h"

const double history_span[HISTORY_LEVELS] = { 1, 10, 60 };
const size_t history_room[HISTORY_LEVELS] = { 600, 720, 1440 };

void
history_init(struct history *h)
{
	memset(h, 0, sizeof *h);
}

static void
push(struct history_level *l, size_t room, const struct moment *m)
{
	l->moment[(l->first + l->n) % room] = *m;
	if (l->n < room)
		l->n++;
	else
		l->first = (l->first + 1) % room;
}

const struct moment *
history_at(const struct history *h, size_t level, size_t i)
{
	const struct history_level *l = &h->level[level];

	assert(i < l->n);
	return &l->moment[(l->first + i) % history_room[level]];
}

/* Add to the span that has begun; when it is complete, it is a moment. */
static void
roll_up(struct history_level *l, size_t level, const struct moment *m,
    double seconds)
{
	l->sum.at = m->at;
	l->sum.depth = m->depth;
	l->sum.workers = m->workers;
	l->sum.ended += m->ended * seconds;
	if (!isnan(m->parallel)) {
		l->sum.parallel += m->parallel * seconds;
		l->parallel_known += seconds;
	}
	l->seconds += seconds;
	if (l->seconds < history_span[level] - 0.5)
		return;
	l->sum.ended /= l->seconds;
	l->sum.parallel = l->parallel_known > 0 ?
	    l->sum.parallel / l->parallel_known : NAN;
	push(l, history_room[level], &l->sum);
	l->sum = (struct moment){ 0 };
	l->seconds = l->parallel_known = 0;
}

void
history_add(struct history *h, const struct moment *m)
{
	const struct history_level *finest = &h->level[0];
	double before = finest->n > 0 ?
	    history_at(h, 0, finest->n - 1)->at : 0;

	if (!(m->at > before))
		return;		/* time has not passed: nothing to tell */
	push(&h->level[0], history_room[0], m);
	for (size_t i = 1; i < HISTORY_LEVELS; i++)
		roll_up(&h->level[i], i, m, m->at - before);
}

void
history_mark(struct history *h, const struct resize_mark *m)
{
	if (h->nmarks == HISTORY_MARKS) {
		memmove(h->mark, h->mark + 1,
		    (HISTORY_MARKS - 1) * sizeof *h->mark);
		h->nmarks--;
	}
	h->mark[h->nmarks++] = *m;
	h->marked++;
}

size_t
history_level_for(const struct history *h, double from)
{
	for (size_t i = 0; i < HISTORY_LEVELS; i++) {
		const struct history_level *l = &h->level[i];

		if (l->n > 0 && (l->n < history_room[i] ||
		    history_at(h, i, 0)->at <= from))
			return i;
	}
	return h->level[HISTORY_LEVELS - 1].n > 0 ? HISTORY_LEVELS - 1 : 0;
}

void
history_empty(struct history *h, size_t level)
{
	memset(&h->level[level], 0, sizeof h->level[level]);
}

void
history_push(struct history *h, size_t level, const struct moment *m)
{
	push(&h->level[level], history_room[level], m);
}
