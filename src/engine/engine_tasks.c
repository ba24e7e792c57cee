#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bsd/string.h>

#include "base/mem.h"
#include "base/text.h"
#include "engine/engine_impl.h"
#include "engine/sched.h"
#include "model/template.h"

unsigned int
engine_job_of(const struct engine *e, task_id task)
{
	unsigned int low = 0, high = e->run.njobs - 1;

	while (low < high) {
		unsigned int mid = (low + high + 1) / 2;

		if (e->run.job[mid].first <= task)
			low = mid;
		else
			high = mid - 1;
	}
	return low;
}

static const struct job *
job_of(const struct engine *e, unsigned int job)
{
	return &e->setup->jobs->job[job];
}

static struct event
task_event(const struct slot *s, const struct held *h, enum task_state state)
{
	return (struct event){ .kind = EVENT_TASK, .slot = s->number,
	    .pid = s->pid, .task = h->task, .job = h->job,
	    .attempt = h->attempt, .state = state };
}

/* What people want to read has the item with it. */
static void
emit_notable(struct engine *e, struct event *ev)
{
	char label[RUN_LABEL_MAX];

	ev->notable = true;
	engine_label(e, ev->job, ev->task, label);
	strlcpy(ev->label, label, sizeof ev->label);
	engine_emit(e, ev);
}

/* ---- handing out ---------------------------------------------------------- */

/* A worker is told what a job is before it gets the first task of it. */
static void
tell_jobs(struct engine *e, struct slot *s, unsigned int job)
{
	const char *name[MSG_PARAMS_MAX];
	unsigned int *told = launch_local_jobs(s);

	for (; *told <= job; ++*told) {
		const struct job *j = job_of(e, *told);

		for (size_t i = 0; i < j->nparams; i++)
			name[i] = j->params[i].name;
		msg_put_job(launch_local_out(s), *told, j->kernel, name,
		    (uint32_t)j->nparams);
	}
}

/* The values of a task's parameters, to be freed; -1 and err. */
static int
fill_values(const struct job *j, uint64_t at, char **value, struct err *err)
{
	struct item item;

	if (items_get(j->items, at, &item, err) == -1)
		return -1;
	for (size_t i = 0; i < j->nparams; i++)
		value[i] = template_fill(j->params[i].value, j->items, &item);
	item_clear(&item);
	return 0;
}

/* It cannot even be handed out: its item is gone, or larger than a lease. */
static void
fail_unstarted(struct engine *e, unsigned int job, task_id task,
    const char *why)
{
	struct event ev = { .kind = EVENT_TASK, .level = EVENT_ERROR,
	    .notable = true, .task = task, .job = job,
	    .state = TASK_FAILED,
	    .outcome = { .cause = CAUSE_SPAWN_FAILED } };

	text_harmless(ev.text, sizeof ev.text, why, strlen(why));
	queue_note(e->queue, task)->failed = true;
	output_passed(e->output, task);
	emit_notable(e, &ev);
}

static bool
lease_task(struct engine *e, struct slot *s, struct msg_lease *lease,
    unsigned int job, task_id task)
{
	const struct job *j = job_of(e, job);
	char *value[MSG_PARAMS_MAX];
	struct past past = queue_past(e->queue, task);
	struct err err;
	bool added;

	if (fill_values(j, task - e->run.job[job].first, value, &err) == -1) {
		fail_unstarted(e, job, task, err.text);
		return true;
	}
	added = msg_lease_add(lease, task, past.attempts + 1, value,
	    (uint32_t)j->nparams);
	for (size_t i = 0; i < j->nparams; i++)
		free(value[i]);
	if (added) {
		pool_hold(&e->pool, s, task, job, past.attempts + 1);
		s->suspect |= past.alone;
	}
	return added;
}

/* Tasks first to first+n-1, in as many frames as that takes. */
static void
lease(struct engine *e, struct slot *s, unsigned int job, task_id first,
    uint64_t n)
{
	struct msg_lease lease;

	while (n > 0) {
		uint64_t before = n;

		msg_lease_begin(&lease, launch_local_out(s), job);
		for (; n > 0 && lease_task(e, s, &lease, job, first); n--)
			first++;
		msg_lease_end(&lease);
		if (n == before) {
			fail_unstarted(e, job, first++,
			    "its parameters are too long");
			n--;
		}
	}
}

/* Results that are expected of what is in hand count as if they were there. */
static bool
full(const struct engine *e)
{
	double expected = 0;

	for (unsigned int i = 0; i < POOL_MAX; i++) {
		const struct slot *s = &e->pool.slot[i];

		if (s->nheld > 0)
			expected += s->nheld * e->stats[
			    TAILQ_FIRST(&s->held)->job].result_bytes;
	}
	return (double)output_kept(e->output) + expected >= OUTPUT_MAX;
}

/*
 * The next tasks for a slot, taken out of the queue; 0: none.  At the bound of
 * unprinted results only the task that printing waits for may start.  A task
 * that killed a worker, or may have, waits for hands that are empty.
 */
static uint64_t
take_next(struct engine *e, const struct slot *s, task_id *first)
{
	const struct run_job *j;

	*first = queue_first(e->queue);
	if (*first != 0 && full(e)) {
		*first = output_lowest(e->output);
		return output_awaits(e->output, *first) &&
		    queue_remove(e->queue, *first);
	}
	if (*first == 0 || (s->nheld > 0 &&
	    queue_past(e->queue, *first).alone))
		return 0;
	j = &e->run.job[engine_job_of(e, *first)];
	return queue_take(e->queue, sched_lease(&(struct sched_facts){
	    .depth = queue_depth(e->queue),
	    .workers = e->pool.target > 0 ? e->pool.target : 1,
	    .mean = e->stats[j - e->run.job].mean, .held = s->nheld,
	    .credit = s->credit }), j->first + j->total - 1, first);
}

static bool
feed_slot(struct engine *e, struct slot *s)
{
	task_id first;
	uint64_t n = take_next(e, s, &first);
	unsigned int job;

	if (n == 0)
		return false;
	job = engine_job_of(e, first);
	tell_jobs(e, s, job);
	lease(e, s, job, first, n);
	launch_local_send(s);
	return true;
}

static void
feed_slots(struct engine *e, bool only_idle)
{
	for (unsigned int i = 1; i <= POOL_MAX; i++) {
		struct slot *s = pool_slot(&e->pool, i);

		while (s != NULL && pool_may_hold(&e->pool, s) &&
		    (!only_idle || s->state == WORKER_IDLE) &&
		    feed_slot(e, s))
			;
	}
}

/*
 * Who has nothing comes first: else a task that was asked back for an idle
 * worker goes to the one that it came from, and again.
 */
void
engine_feed(struct engine *e)
{
	if (e->paused || e->draining || e->over)
		return;
	feed_slots(e, true);
	feed_slots(e, false);
	if (pool_count(&e->pool).idle > 0 && queue_depth(e->queue) == 0)
		pool_steal(&e->pool);
}

/* ---- taking back ---------------------------------------------------------- */

void
engine_began(void *arg, struct slot *s, const struct held *h)
{
	struct engine *e = arg;
	struct event ev = task_event(s, h, TASK_RUNNING);

	ev.first = h->attempt == 1;
	if (h->attempt > 1 || queue_past(e->queue, h->task).alone)
		queue_note(e->queue, h->task)->attempts = h->attempt;
	engine_emit(e, &ev);
}

/* It waits again, for a cause that does not count.  Who never began leaves no
 * trace. */
static void
again(struct engine *e, const struct slot *s, const struct held *h,
    enum cause cause)
{
	struct event ev = task_event(s, h, TASK_QUEUED);

	queue_add(e->queue, h->task, h->task);
	if (!h->begun)
		return;
	queue_note(e->queue, h->task)->attempts = h->attempt;
	ev.again = true;
	ev.outcome.cause = cause;
	ev.elapsed = mono_since(s->began);
	if (cause == CAUSE_WORKER_LOST)
		ev.level = EVENT_WARN;
	engine_emit(e, &ev);
}

static void
learn(struct job_stats *st, const struct msg_result *msg)
{
	st->mean = sched_mean(st->mean, msg->elapsed);
	st->wall += msg->elapsed;
	st->cpu += msg->cpu;
	st->ended++;
	if (msg->end == END_DONE)
		st->result_bytes = st->ended == 1 ? (double)msg->len :
		    sched_mean(st->result_bytes, (double)msg->len);
}

static void
set_times(struct engine *e, struct event *ev, const struct msg_result *msg)
{
	if (msg == NULL)
		return;
	ev->elapsed = msg->elapsed;
	ev->cpu = msg->cpu;
	e->run.rate.cpu_seconds += msg->cpu;
	learn(&e->stats[ev->job], msg);
}

static void
fail(struct engine *e, struct slot *s, struct event *ev)
{
	struct past *past = queue_note(e->queue, ev->task);

	ev->state = TASK_FAILED;
	ev->level = EVENT_ERROR;
	past->failed = true;
	past->attempts = ev->attempt;
	output_passed(e->output, ev->task);
	s->failed++;
	emit_notable(e, ev);
}

static unsigned int
executions_allowed(const struct engine *e, unsigned int job)
{
	if (e->setup->retries != 0)
		return e->setup->retries;
	return job_of(e, job)->retries != 0 ? job_of(e, job)->retries : 1;
}

/* An execution that counts has failed. */
static void
failed(struct engine *e, struct slot *s, const struct held *h,
    const struct msg_result *msg, const char *why)
{
	struct event ev = task_event(s, h, TASK_FAILED);
	struct past *past = queue_note(e->queue, h->task);

	set_times(e, &ev, msg);
	ev.outcome = (struct outcome){ CAUSE_EXIT, 1 };
	text_harmless(ev.text, sizeof ev.text, why, strlen(why));
	past->attempts = h->attempt;
	if (++past->executions >= executions_allowed(e, h->job)) {
		fail(e, s, &ev);
		return;
	}
	ev.state = TASK_QUEUED;
	ev.again = true;
	ev.level = EVENT_WARN;
	queue_add(e->queue, h->task, h->task);
	emit_notable(e, &ev);
}

static void
failed_with_message(struct engine *e, struct slot *s, const struct held *h,
    const struct msg_result *msg)
{
	char *why = mem_strndup(msg->text, msg->len);

	failed(e, s, h, msg, why);
	free(why);
}

/* Its worker was terminated, and the task was to fail with it. */
static void
failed_by_request(struct engine *e, struct slot *s, const struct held *h)
{
	struct event ev = task_event(s, h, TASK_FAILED);

	ev.outcome = (struct outcome){ CAUSE_SIGNAL, SIGTERM };
	snprintf(ev.text, sizeof ev.text, "stopped by request");
	fail(e, s, &ev);
}

static void
done(struct engine *e, struct slot *s, const struct held *h,
    const struct msg_result *msg)
{
	struct event ev = task_event(s, h, TASK_DONE);
	struct err err;

	if (output_done(e->output, h->job, h->task, msg->text, msg->len,
	    &err) == -1) {
		failed(e, s, h, msg, err.text);
		return;
	}
	set_times(e, &ev, msg);
	queue_forget(e->queue, h->task);
	s->done++;
	engine_emit(e, &ev);
}

static void
cancelled(struct engine *e, const struct slot *s, const struct held *h)
{
	struct event ev = task_event(s, h, TASK_CANCELLED);

	if (!h->begun)
		ev.slot = 0;
	ev.outcome.cause = CAUSE_CANCELLED;
	output_passed(e->output, h->task);
	emit_notable(e, &ev);
}

/* Was it this task that the worker died of?  Alone, it is found out. */
static void
lost(struct engine *e, struct slot *s, const struct held *h, bool alone)
{
	struct past *past = queue_note(e->queue, h->task);
	struct event ev;

	past->alone = true;
	past->crashes += alone;
	if (!alone || e->setup->crash_limit == 0 ||
	    past->crashes < e->setup->crash_limit) {
		again(e, s, h, CAUSE_WORKER_LOST);
		return;
	}
	ev = task_event(s, h, TASK_FAILED);
	ev.outcome.cause = CAUSE_WORKER_LOST;
	snprintf(ev.text, sizeof ev.text, "%u workers died of it",
	    past->crashes);
	fail(e, s, &ev);
}

void
engine_ended(void *arg, struct slot *s, const struct held *h, enum verdict v,
    const struct msg_result *msg)
{
	struct engine *e = arg;

	switch (v) {
	case VERDICT_DONE:
		done(e, s, h, msg);
		break;
	case VERDICT_FAILED:
		if (msg != NULL && msg->end == END_FAILED)
			failed_with_message(e, s, h, msg);
		else
			failed_by_request(e, s, h);
		break;
	case VERDICT_CANCELLED:
		cancelled(e, s, h);
		break;
	case VERDICT_AGAIN:
	case VERDICT_UNBEGUN:
		again(e, s, h, CAUSE_HALTED);
		break;
	case VERDICT_LOST:
	case VERDICT_LOST_ALONE:
		lost(e, s, h, v == VERDICT_LOST_ALONE);
		break;
	}
}

void
engine_cancel_waiting(struct engine *e, task_id task)
{
	struct event ev = { .kind = EVENT_TASK, .task = task,
	    .job = engine_job_of(e, task), .state = TASK_CANCELLED,
	    .outcome = { .cause = CAUSE_CANCELLED } };

	queue_remove(e->queue, task);
	output_passed(e->output, task);
	emit_notable(e, &ev);
}

void
engine_retry(struct engine *e, task_id task)
{
	struct event ev = { .kind = EVENT_TASK, .task = task,
	    .job = engine_job_of(e, task), .state = TASK_QUEUED,
	    .outcome = { .cause = CAUSE_EXIT } };	/* it had failed */
	struct past *past = queue_note(e->queue, task);

	*past = (struct past){ .attempts = past->attempts,
	    .alone = past->alone };
	output_reopened(e->output, task);
	queue_add(e->queue, task, task);
	emit_notable(e, &ev);
}
