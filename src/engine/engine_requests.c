#include <inttypes.h>
#include <signal.h>
#include <stdio.h>

#include "engine/engine_impl.h"

/*
 * The worker that was meant: never another that has taken its place, and not
 * when the task it was seen with has ended by itself.
 */
static struct slot *
find_worker(struct engine *e, const struct worker_ref *ref, struct err *err)
{
	struct slot *s = pool_slot(&e->pool, ref->slot);
	const struct held *h;

	if (s == NULL) {
		err_set(err, "there is no worker w%u", ref->slot);
		return NULL;
	}
	if (ref->pid != 0 && ref->pid != s->pid) {
		err_set(err, "w%u is another process by now: nothing was"
		    " done", ref->slot);
		return NULL;
	}
	h = TAILQ_FIRST(&s->held);
	if (ref->task != 0 && (h == NULL || h->task != ref->task)) {
		err_set(err, "w%u has finished task %" PRIu64 " by itself:"
		    " nothing was done", ref->slot, ref->task);
		return NULL;
	}
	return s;
}

static void
announce_resize(struct engine *e, unsigned int from)
{
	struct event ev = { .kind = EVENT_RESIZE, .notable = true,
	    .from = from, .to = e->pool.target };

	if (from != e->pool.target)
		engine_emit(e, &ev);
}

static int
resize(struct engine *e, const struct request *r, struct err *err)
{
	unsigned int from = e->pool.target;

	if (e->over)
		return err_set(err, "the run is over: there is nothing left"
		    " to work on");
	pool_resize(&e->pool, r->size, r->shrink);
	announce_resize(e, from);
	return 0;
}

static int
signal_worker(struct engine *e, struct slot *s, int sig, struct err *err)
{
	if (sig == SIGSTOP || sig == SIGTSTP || sig == SIGTTIN ||
	    sig == SIGTTOU || sig == SIGCONT) {
		if (pool_freeze(&e->pool, s, sig != SIGCONT) == 0)
			return 0;
		return err_set(err, sig == SIGCONT ? "w%u is not frozen" :
		    s->state == WORKER_FROZEN ? "w%u is frozen already" :
		    "w%u has no task to freeze", s->number);
	}
	if (s->pid == 0)
		return err_set(err, "w%u has no process now", s->number);
	launch_local_kill(e->launch, s, sig);
	return 0;
}

static int
act_on_worker(struct engine *e, const struct request *r, struct slot *s,
    struct err *err)
{
	switch (r->op) {
	case OP_DRAIN:
		pool_drain(&e->pool, s, r->replace);
		return 0;
	case OP_TERMINATE:
		pool_terminate(&e->pool, s, &(struct pool_terminate){
		    .kill = r->kill, .fail = r->fail, .shed = r->shed });
		return 0;
	default:
		return signal_worker(e, s, r->signal, err);
	}
}

/* All of them are looked at before anything is done to one. */
static int
workers(struct engine *e, const struct request *r, struct err *err)
{
	unsigned int from = e->pool.target;
	struct slot *s;
	int rc = 0;

	if (r->nworkers == 0)
		return err_set(err, "%s needs workers", op_name(r->op));
	for (size_t i = 0; i < r->nworkers; i++)
		if (find_worker(e, &r->worker[i], err) == NULL)
			return -1;
	for (size_t i = 0; i < r->nworkers; i++) {
		s = pool_slot(&e->pool, r->worker[i].slot);
		if (s != NULL && act_on_worker(e, r, s, err) == -1)
			rc = -1;
	}
	announce_resize(e, from);
	return rc;
}

/* Ended, as far as the queue knows; the caller knows it does not wait. */
static int
not_there(const struct engine *e, task_id task, struct err *err)
{
	if (task > e->run.queue.total)
		return err_set(err, "there is no task %" PRIu64, task);
	return err_set(err, "task %" PRIu64 " has ended already", task);
}

static int
cancel(struct engine *e, const struct request *r, struct err *err)
{
	int rc = 0;

	if (r->ntasks == 0)
		return err_set(err, "cancel needs tasks");
	for (size_t i = 0; i < r->ntasks; i++) {
		if (queue_has(e->queue, r->task[i]))
			engine_cancel_waiting(e, r->task[i]);
		else if (!pool_cancel(&e->pool, r->task[i]))
			rc = not_there(e, r->task[i], err);
	}
	return rc;
}

static int
retry_one(struct engine *e, task_id task, struct err *err)
{
	if (task > e->run.queue.total)
		return err_set(err, "there is no task %" PRIu64, task);
	if (!queue_past(e->queue, task).failed)
		return err_set(err, "task %" PRIu64 " has not failed", task);
	engine_retry(e, task);
	return 0;
}

/* A run that was over lives again. */
static void
reopen(struct engine *e)
{
	if (!e->over)
		return;
	e->over = e->ended = false;
	control_reopened(e->control);
	pool_reopen(&e->pool);
}

/* Without tasks: all that failed. */
static int
retry(struct engine *e, const struct request *r, struct err *err)
{
	task_id task = 0;
	int rc = 0;

	if (e->draining)
		return err_set(err, "the run was stopped: it takes no more"
		    " tasks");
	if (r->ntasks == 0 && queue_next_failed(e->queue, 0) == 0)
		return err_set(err, "no task has failed");
	for (size_t i = 0; i < r->ntasks; i++)
		if (retry_one(e, r->task[i], err) == -1)
			rc = -1;
	while (r->ntasks == 0 &&
	    (task = queue_next_failed(e->queue, task)) != 0)
		engine_retry(e, task);
	if (queue_depth(e->queue) > 0)
		reopen(e);
	return rc;
}

static int
pause_run(struct engine *e, bool paused, struct err *err)
{
	if (e->over || e->draining)
		return err_set(err, "the run is ending");
	if (e->paused == paused)
		return err_set(err, paused ? "the run is paused already" :
		    "the run is not paused");
	e->paused = paused;
	if (paused)
		pool_revoke(&e->pool);
	return 0;
}

/* What was asked to stop and then is asked again: nothing is waited for. */
static int
stop(struct engine *e, const struct request *r)
{
	if (e->ended) {
		e->drop = true;
		return 0;
	}
	e->draining = true;
	if (r->now) {
		e->stopping = true;
		pool_stop(&e->pool, e->setup->grace);
	} else
		pool_revoke(&e->pool);
	return 0;
}

int
engine_request(void *arg, const struct request *r, struct err *err)
{
	struct engine *e = arg;

	switch (r->op) {
	case OP_RESIZE:
		return resize(e, r, err);
	case OP_DRAIN:
	case OP_TERMINATE:
	case OP_SIGNAL:
		return workers(e, r, err);
	case OP_CANCEL:
		return cancel(e, r, err);
	case OP_RETRY:
		return retry(e, r, err);
	case OP_PAUSE:
	case OP_CONTINUE:
		return pause_run(e, r->op == OP_PAUSE, err);
	case OP_STOP:
		return stop(e, r);
	case OP_UNBIND:
		e->bound = false;
		return 0;
	default:
		return err_set(err, "%s cannot be asked here",
		    op_name(r->op));
	}
}
