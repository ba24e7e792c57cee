#include <math.h>
#include <string.h>

#include "model/record.h"

void
record_init(struct record *r)
{
	history_init(&r->history);
	stream_init(&r->stream);
	tail_init(&r->tail);
	journal_init(&r->journal);
}

void
record_clear(struct record *r)
{
	stream_clear(&r->stream);
	tail_clear(&r->tail);
	journal_clear(&r->journal);
}

static void
add_attempt(struct tail *t, const struct event *ev)
{
	struct attempt a = { .task = ev->task, .job = ev->job,
	    .attempt = ev->attempt, .slot = ev->slot, .pid = ev->pid,
	    .state = ev->state, .again = ev->again, .outcome = ev->outcome,
	    .ended = ev->time, .elapsed = ev->elapsed, .cpu = ev->cpu };

	memcpy(a.label, ev->label, sizeof a.label);
	memcpy(a.text, ev->text, sizeof a.text);
	tail_add(t, &a);
}

static void
add_span(struct stream *st, double started, const struct event *ev)
{
	double to = fmax(ev->time - started, 0);
	const struct span s = { .from = fmax(to - ev->elapsed, 0), .to = to,
	    .task = ev->task, .tasks = 1, .worst = ev->state };

	if (ev->slot >= 1 && ev->slot <= POOL_MAX)
		stream_add(st, ev->slot, &s);
}

/* Did an attempt end by it, or a task that never began? */
static bool
ends(const struct event *ev)
{
	return ev->again || ev->state == TASK_DONE ||
	    ev->state == TASK_FAILED || ev->state == TASK_CANCELLED;
}

void
record_apply(struct record *r, double started, const struct event *ev)
{
	if (ev->kind == EVENT_TASK && ends(ev)) {
		add_attempt(&r->tail, ev);
		add_span(&r->stream, started, ev);
	} else if (ev->kind == EVENT_RESIZE)
		history_mark(&r->history, &(struct resize_mark){
		    .at = ev->time - started, .from = ev->from,
		    .to = ev->to });
	if (ev->notable)
		journal_add(&r->journal, ev);
}
