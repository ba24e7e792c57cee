#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bsd/sys/queue.h>
#include <bsd/sys/tree.h>

#include "base/human.h"
#include "base/mem.h"
#include "engine/output.h"

/* A result, first in the tree of those that wait for their turn. */
struct piece {
	uint64_t		 serial;	/* 0: its turn has not come */
	task_id			 task;
	unsigned int		 job;
	bool			 empty;		/* only marks that it ended */
	size_t			 len;
	RB_ENTRY(piece)		 place;
	STAILQ_ENTRY(piece)	 next;
	char			 text[];
};

static int
piece_cmp(const struct piece *a, const struct piece *b)
{
	return a->task < b->task ? -1 : a->task > b->task;
}

RB_HEAD(places, piece);
#ifndef __unused
#define __unused __attribute__((unused))	/* the macro below wants it */
#endif
RB_GENERATE_STATIC(places, piece, place, piece_cmp)
STAILQ_HEAD(pieces, piece);

/* The total of a job that reduces. */
struct total {
	uint64_t	n;		/* results in it */
	int64_t		value;
	bool		handed_out;
};

struct output {
	const struct run *run;
	struct total	 *total;	/* one a job */
	unsigned int	  job;		/* of the lowest task */
	task_id		  lowest;	/* its place has not passed */
	task_id		  end;		/* behind the last task */
	bool		  finished;
	struct places	  waiting;	/* ended, above the lowest */
	struct places	  late;		/* their place had passed */
	struct pieces	  ready;	/* in order, not yet printed */
	uint64_t	  serial;	/* of the last piece of ready */
	uint64_t	  printed;	/* serial */
	uint64_t	  kept;
	struct piece	 *sent;		/* hint for output_next; of ready */
};

struct output *
output_new(const struct run *run)
{
	struct output *o = mem_alloc(sizeof *o);

	o->run = run;
	o->total = mem_array(run->njobs, sizeof *o->total);
	o->lowest = o->end = 1;
	for (unsigned int i = 0; i < run->njobs; i++)
		o->end += run->job[i].total;
	RB_INIT(&o->waiting);
	RB_INIT(&o->late);
	STAILQ_INIT(&o->ready);
	return o;
}

static void
places_free(struct places *places)
{
	struct piece *p;

	while ((p = RB_MIN(places, places)) != NULL) {
		RB_REMOVE(places, places, p);
		free(p);
	}
}

void
output_free(struct output *o)
{
	if (o == NULL)
		return;
	output_printed(o, o->serial);
	places_free(&o->waiting);
	places_free(&o->late);
	free(o->total);
	free(o);
}

static struct piece *
piece_new(struct output *o, unsigned int job, task_id task, const char *text,
    size_t len)
{
	struct piece *p = mem_alloc(sizeof *p + len);

	p->job = job;
	p->task = task;
	p->len = len;
	p->empty = text == NULL;
	if (len > 0)
		memcpy(p->text, text, len);
	o->kept += sizeof *p + len;
	return p;
}

static void
piece_free(struct output *o, struct piece *p)
{
	o->kept -= sizeof *p + p->len;
	free(p);
}

/* Its turn has come. */
static void
hand_out(struct output *o, struct piece *p)
{
	if (p->empty) {
		piece_free(o, p);
		return;
	}
	p->serial = ++o->serial;
	STAILQ_INSERT_TAIL(&o->ready, p, next);
}

static void
hand_out_total(struct output *o, unsigned int job)
{
	const struct run_job *j = &o->run->job[job];
	struct total *t = &o->total[job];
	char text[JOB_NAME_MAX + 32];

	if (j->reduce == REDUCE_NONE || t->handed_out || t->n != j->total ||
	    t->n == 0)
		return;
	t->handed_out = true;
	if (o->run->njobs == 1)
		snprintf(text, sizeof text, "%" PRId64, t->value);
	else
		snprintf(text, sizeof text, "%s\t%" PRId64, j->name, t->value);
	hand_out(o, piece_new(o, job, 0, text, strlen(text)));
}

/* The place of the lowest task has passed, and those behind it that may. */
static void
pass_job_ends(struct output *o)
{
	const struct run *run = o->run;

	while (o->job < run->njobs &&
	    o->lowest >= run->job[o->job].first + run->job[o->job].total)
		hand_out_total(o, o->job++);
}

static void
advance(struct output *o)
{
	struct piece *p;

	while ((p = RB_MIN(places, &o->waiting)) != NULL &&
	    p->task == o->lowest) {
		RB_REMOVE(places, &o->waiting, p);
		hand_out(o, p);
		o->lowest++;
		pass_job_ends(o);
	}
}

static void
hand_out_late(struct output *o)
{
	struct piece *p;

	while ((p = RB_MIN(places, &o->late)) != NULL) {
		RB_REMOVE(places, &o->late, p);
		hand_out(o, p);
	}
}

static void
take_place(struct output *o, struct piece *p)
{
	if (p->task < o->lowest || o->finished) {
		if (RB_INSERT(places, &o->late, p) != NULL)
			piece_free(o, p);
		if (output_full(o))
			hand_out_late(o);
		return;
	}
	if (RB_INSERT(places, &o->waiting, p) != NULL)
		piece_free(o, p);
	advance(o);
}

static int
reduce(struct total *t, enum reduce how, const char *text, size_t len,
    struct err *err)
{
	char number[32];
	int64_t v, sum;

	if (len < sizeof number) {
		memcpy(number, text, len);
		number[len] = '\0';
	}
	if (len >= sizeof number || memchr(text, '\0', len) != NULL ||
	    human_parse_int(number, INT64_MIN, INT64_MAX, &v) == -1)
		return err_set(err, "its result is not a whole number of 64"
		    " bits, which reduce: %s needs", reduce_name(how));
	if (t->n == 0)
		sum = v;
	else if (how == REDUCE_SUM) {
		if (__builtin_add_overflow(t->value, v, &sum))
			return err_set(err, "its result makes the sum larger"
			    " than a number of 64 bits");
	} else
		sum = (v < t->value) == (how == REDUCE_MIN) ? v : t->value;
	t->value = sum;
	t->n++;
	return 0;
}

int
output_done(struct output *o, unsigned int job, task_id task,
    const char *text, size_t len, struct err *err)
{
	enum reduce how = o->run->job[job].reduce;

	if (how == REDUCE_NONE) {
		take_place(o, piece_new(o, job, task, len > 0 ? text : "",
		    len));
		return 0;
	}
	if (reduce(&o->total[job], how, text, len, err) == -1)
		return -1;
	output_passed(o, task);
	return 0;
}

void
output_passed(struct output *o, task_id task)
{
	if (task >= o->lowest && !o->finished)
		take_place(o, piece_new(o, 0, task, NULL, 0));
}

void
output_reopened(struct output *o, task_id task)
{
	struct piece key = { .task = task }, *p;

	p = RB_FIND(places, &o->waiting, &key);
	if (p != NULL && p->empty) {
		RB_REMOVE(places, &o->waiting, p);
		piece_free(o, p);
	}
}

task_id
output_lowest(const struct output *o)
{
	return o->lowest;
}

bool
output_awaits(const struct output *o, task_id task)
{
	return task == o->lowest && STAILQ_EMPTY(&o->ready);
}

uint64_t
output_kept(const struct output *o)
{
	return o->kept;
}

bool
output_full(const struct output *o)
{
	return o->kept >= OUTPUT_MAX;
}

void
output_finish(struct output *o)
{
	struct piece *p;

	while ((p = RB_MIN(places, &o->waiting)) != NULL) {
		o->lowest = p->task;	/* those in between never ran */
		pass_job_ends(o);
		advance(o);
	}
	o->lowest = o->end;
	pass_job_ends(o);
	hand_out_late(o);
	for (unsigned int i = 0; i < o->run->njobs; i++)
		hand_out_total(o, i);
	o->finished = true;
}

bool
output_totalled(const struct output *o, unsigned int job)
{
	return o->total[job].handed_out;
}

/* Usually the one behind the one that was asked for last. */
static struct piece *
behind(struct output *o, uint64_t after)
{
	struct piece *p = o->sent;

	if (p != NULL && p->serial == after)
		return STAILQ_NEXT(p, next);
	STAILQ_FOREACH(p, &o->ready, next)
		if (p->serial > after)
			break;
	return p;
}

bool
output_next(struct output *o, uint64_t after, struct chunk *c)
{
	struct piece *p = behind(o, after);

	if (p == NULL)
		return false;
	*c = (struct chunk){ .serial = p->serial, .task = p->task,
	    .job = p->job, .text = p->text, .len = p->len };
	o->sent = p;
	return true;
}

void
output_printed(struct output *o, uint64_t serial)
{
	struct piece *p;

	while ((p = STAILQ_FIRST(&o->ready)) != NULL && p->serial <= serial) {
		STAILQ_REMOVE_HEAD(&o->ready, next);
		o->printed = p->serial;
		if (o->sent == p)
			o->sent = NULL;
		piece_free(o, p);
	}
}

uint64_t
output_printed_serial(const struct output *o)
{
	return o->printed;
}

bool
output_unprinted(const struct output *o)
{
	return !STAILQ_EMPTY(&o->ready);
}
