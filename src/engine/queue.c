#include <assert.h>
#include <stdlib.h>

#include <bsd/sys/tree.h>

#include "base/mem.h"
#include "engine/queue.h"

struct range {
	task_id			 first, last;
	RB_ENTRY(range)		 entry;
};

struct note {
	task_id			 task;
	struct past		 past;
	RB_ENTRY(note)		 entry;
};

static int
range_cmp(const struct range *a, const struct range *b)
{
	return a->first < b->first ? -1 : a->first > b->first;
}

static int
note_cmp(const struct note *a, const struct note *b)
{
	return a->task < b->task ? -1 : a->task > b->task;
}

RB_HEAD(ranges, range);
RB_HEAD(notes, note);
#ifndef __unused
#define __unused __attribute__((unused))	/* the macros below want it */
#endif
RB_GENERATE_STATIC(ranges, range, entry, range_cmp)
RB_GENERATE_STATIC(notes, note, entry, note_cmp)

struct queue {
	struct ranges	ranges;		/* disjoint, not even touching */
	uint64_t	depth;
	struct notes	notes;
};

struct queue *
queue_new(void)
{
	struct queue *q = mem_alloc(sizeof *q);

	RB_INIT(&q->ranges);
	RB_INIT(&q->notes);
	return q;
}

static void
range_drop(struct queue *q, struct range *r)
{
	RB_REMOVE(ranges, &q->ranges, r);
	free(r);
}

void
queue_remove_all(struct queue *q)
{
	struct range *r;

	while ((r = RB_MIN(ranges, &q->ranges)) != NULL)
		range_drop(q, r);
	q->depth = 0;
}

void
queue_free(struct queue *q)
{
	struct note *n;

	if (q == NULL)
		return;
	queue_remove_all(q);
	while ((n = RB_MIN(notes, &q->notes)) != NULL) {
		RB_REMOVE(notes, &q->notes, n);
		free(n);
	}
	free(q);
}

/* The range that begins at or before task, or NULL. */
static struct range *
range_at(const struct queue *q, task_id task)
{
	struct range key = { .first = task }, *r;

	r = RB_NFIND(ranges, (struct ranges *)(uintptr_t)&q->ranges, &key);
	if (r != NULL && r->first == task)
		return r;
	return r != NULL ? RB_PREV(ranges, NULL, r) :
	    RB_MAX(ranges, (struct ranges *)(uintptr_t)&q->ranges);
}

static struct range *
range_with(const struct queue *q, task_id task)
{
	struct range *r = range_at(q, task);

	return r != NULL && r->last >= task ? r : NULL;
}

static void
range_insert(struct queue *q, task_id first, task_id last)
{
	struct range *r = mem_alloc(sizeof *r);

	r->first = first;
	r->last = last;
	RB_INSERT(ranges, &q->ranges, r);
}

void
queue_add(struct queue *q, task_id first, task_id last)
{
	struct range *before = range_at(q, first);
	struct range *after = range_at(q, last + 1);

	assert(first >= 1 && first <= last);
	assert(before == NULL || before->last < first);
	q->depth += last - first + 1;
	if (after != NULL && after->first == last + 1) {
		last = after->last;
		range_drop(q, after);
	}
	if (before != NULL && before->last == first - 1)
		before->last = last;
	else
		range_insert(q, first, last);
}

bool
queue_remove(struct queue *q, task_id task)
{
	struct range *r = range_with(q, task);

	if (r == NULL)
		return false;
	q->depth--;
	if (r->last > task)
		range_insert(q, task + 1, r->last);
	if (r->first == task)
		range_drop(q, r);
	else
		r->last = task - 1;
	return true;
}

bool
queue_has(const struct queue *q, task_id task)
{
	return range_with(q, task) != NULL;
}

uint64_t
queue_depth(const struct queue *q)
{
	return q->depth;
}

task_id
queue_first(const struct queue *q)
{
	const struct range *r;

	r = RB_MIN(ranges, (struct ranges *)(uintptr_t)&q->ranges);
	return r != NULL ? r->first : 0;
}

static struct note *
note_from(const struct queue *q, task_id task)
{
	struct note key = { .task = task };

	return RB_NFIND(notes, (struct notes *)(uintptr_t)&q->notes, &key);
}

/* How many of n tasks from first on may go together. */
static uint64_t
together(const struct queue *q, task_id first, uint64_t n)
{
	struct note *note;

	for (note = note_from(q, first);
	    note != NULL && note->task - first < n;
	    note = RB_NEXT(notes, NULL, note))
		if (note->past.alone)
			return note->task == first ? 1 : note->task - first;
	return n;
}

uint64_t
queue_take(struct queue *q, uint64_t max, task_id last, task_id *first)
{
	struct range *r = RB_MIN(ranges, &q->ranges);
	uint64_t n;

	if (r == NULL || r->first > last || max == 0)
		return 0;
	n = (r->last < last ? r->last : last) - r->first + 1;
	n = together(q, r->first, n < max ? n : max);
	*first = r->first;
	q->depth -= n;
	if (n == r->last - r->first + 1)
		range_drop(q, r);
	else
		r->first += n;		/* its place in the tree stays right */
	return n;
}

struct past
queue_past(const struct queue *q, task_id task)
{
	const struct note *n = note_from(q, task);

	return n != NULL && n->task == task ? n->past : (struct past){ 0 };
}

struct past *
queue_note(struct queue *q, task_id task)
{
	struct note *n = note_from(q, task);

	if (n == NULL || n->task != task) {
		n = mem_alloc(sizeof *n);
		n->task = task;
		RB_INSERT(notes, &q->notes, n);
	}
	return &n->past;
}

void
queue_forget(struct queue *q, task_id task)
{
	struct note *n = note_from(q, task);

	if (n != NULL && n->task == task) {
		RB_REMOVE(notes, &q->notes, n);
		free(n);
	}
}

task_id
queue_next_failed(const struct queue *q, task_id after)
{
	struct note *n;

	for (n = note_from(q, after + 1); n != NULL;
	    n = RB_NEXT(notes, NULL, n))
		if (n->past.failed)
			return n->task;
	return 0;
}
