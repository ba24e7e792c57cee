#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/run.h"

enum { STATUS_MAX = 100, STATUS_REST = 101 };

void
run_init(struct run *run)
{
	memset(run, 0, sizeof *run);
	run->eta = run->work_left = run->cpu_left = NAN;
	run->exit_status = -1;
	run->host.busy = NAN;
	for (size_t i = 0; i < 3; i++)
		run->host.load[i] = NAN;
	run->host.memory_total = SIZE_UNKNOWN;
	run->host.memory_free = SIZE_UNKNOWN;
	run->host.memory_available = SIZE_UNKNOWN;
	run->host.swap_total = SIZE_UNKNOWN;
	run->host.swap_free = SIZE_UNKNOWN;
	run->pool.rss = SIZE_UNKNOWN;
	run->pool.peak = SIZE_UNKNOWN;
	run->pool.cpu = NAN;
	run->rate.tasks_per_second = NAN;
	run->rate.cpu_seconds = NAN;
	run->rate.parallel = NAN;
	run->rate.efficiency = NAN;
}

void
run_clear(struct run *run)
{
	free(run->job);
	free(run->worker);
	run_init(run);
}

void
run_copy(struct run *dst, const struct run *src)
{
	struct run_job *job = dst->job;
	struct run_worker *worker = dst->worker;

	assert(dst != src);
	job = mem_resize(job, src->njobs, sizeof *job);
	worker = mem_resize(worker, src->nworkers, sizeof *worker);
	*dst = *src;
	dst->job = job;
	dst->worker = worker;
	if (src->njobs > 0)
		memcpy(job, src->job, src->njobs * sizeof *job);
	if (src->nworkers > 0)
		memcpy(worker, src->worker, src->nworkers * sizeof *worker);
}

/* The row of slot, or where it would have to be put in. */
static unsigned int
worker_at(const struct run *run, unsigned int slot)
{
	unsigned int i = 0;

	while (i < run->nworkers && run->worker[i].slot < slot)
		i++;
	return i;
}

static struct run_worker *
worker_add(struct run *run, unsigned int i, unsigned int slot)
{
	struct run_worker *w;

	run->worker = mem_resize(run->worker, run->nworkers + 1, sizeof *w);
	w = run->worker + i;
	memmove(w + 1, w, (run->nworkers - i) * sizeof *w);
	run->nworkers++;
	memset(w, 0, sizeof *w);
	w->slot = slot;
	w->progress = w->elapsed = w->cpu = w->term_left = NAN;
	w->rss = SIZE_UNKNOWN;
	return w;
}

static void
worker_remove(struct run *run, unsigned int i)
{
	struct run_worker *w = run->worker + i;

	run->nworkers--;
	memmove(w, w + 1, (run->nworkers - i) * sizeof *w);
}

static void
pool_count(struct run *run)
{
	run->pool.size = run->pool.busy = run->pool.idle = 0;
	for (unsigned int i = 0; i < run->nworkers; i++) {
		switch (run->worker[i].state) {
		case WORKER_LOST:
			continue;
		case WORKER_RUN:
		case WORKER_DRAIN:
		case WORKER_TERM:
		case WORKER_FROZEN:
			run->pool.busy++;
			break;
		case WORKER_IDLE:
			run->pool.idle++;
			break;
		default:
			break;
		}
		run->pool.size++;
	}
}

static void
worker_event(struct run *run, const struct event *ev)
{
	unsigned int i = worker_at(run, ev->slot);
	bool known = i < run->nworkers && run->worker[i].slot == ev->slot;
	struct run_worker *w;

	if (ev->gone) {
		if (known)
			worker_remove(run, i);
	} else {
		w = known ? run->worker + i : worker_add(run, i, ev->slot);
		if (known && ev->pid != 0 && ev->pid != w->pid)
			w->restarts++;
		w->pid = ev->worker == WORKER_LOST ? 0 : ev->pid;
		w->state = ev->worker;
	}
	pool_count(run);
}

static void
take(uint64_t *count)
{
	assert(*count > 0);
	(*count)--;
}

/* A task comes into the queue by request: what was it before? */
static void
task_queued(struct run *run, struct run_job *job, const struct event *ev)
{
	run->queue.depth++;
	if (ev->outcome.cause == CAUSE_NONE) {
		run->queue.total++;
		if (job != NULL)
			job->total++;
	} else if (ev->outcome.cause == CAUSE_CANCELLED) {
		take(&run->queue.cancelled);
		if (job != NULL)
			take(&job->cancelled);
	} else {
		take(&run->queue.failed);
		if (job != NULL)
			take(&job->failed);
	}
}

static void
task_ended(struct run *run, struct run_job *job, const struct event *ev)
{
	take(ev->slot != 0 ? &run->queue.running : &run->queue.depth);
	switch (ev->state) {
	case TASK_DONE:
		run->queue.done++;
		if (job != NULL)
			job->done++;
		break;
	case TASK_FAILED:
		run->queue.failed++;
		if (job != NULL)
			job->failed++;
		break;
	default:
		run->queue.cancelled++;
		if (job != NULL)
			job->cancelled++;
	}
}

static void
task_event(struct run *run, const struct event *ev)
{
	struct run_job *job = ev->job < run->njobs ? run->job + ev->job : NULL;

	if (ev->again) {
		take(&run->queue.running);
		run->queue.depth++;
		if (event_counts_is(ev))
			run->queue.retries++;
	} else if (ev->state == TASK_QUEUED)
		task_queued(run, job, ev);
	else if (ev->state == TASK_RUNNING) {
		take(&run->queue.depth);
		run->queue.running++;
	} else
		task_ended(run, job, ev);
}

static void
remember(struct run *run, const struct event *ev)
{
	if (run->nrecent == RUN_RECENT_MAX) {
		run->nrecent--;
		memmove(run->recent, run->recent + 1,
		    run->nrecent * sizeof *run->recent);
	}
	run->recent[run->nrecent++] = *ev;
}

void
run_apply(struct run *run, const struct event *ev)
{
	switch (ev->kind) {
	case EVENT_START:
		run->started = ev->time;
		run->pool.target = ev->to;
		break;
	case EVENT_RESIZE:
		run->pool.target = ev->to;
		break;
	case EVENT_STATE:
		run->state = ev->run;
		run->exit_status = -1;
		text_harmless(run->why, sizeof run->why, ev->text,
		    strlen(ev->text));
		break;
	case EVENT_WORKER:
		worker_event(run, ev);
		break;
	case EVENT_TASK:
		task_event(run, ev);
		break;
	case EVENT_END:
		run->state = RUN_FINISHED;
		run->exit_status = ev->exit_status;
		run->why[0] = '\0';
		break;
	default:
		break;
	}
	if (ev->notable)
		remember(run, ev);
}

int
run_exit_status(const struct run *run)
{
	uint64_t never = run->queue.depth + run->queue.running +
	    run->queue.cancelled;

	if (never > 0 || !run->queue.total_known ||
	    run->queue.failed > STATUS_MAX)
		return STATUS_REST;
	return (int)run->queue.failed;
}
