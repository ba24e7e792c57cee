#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include <bsd/sys/queue.h>

#include "base/mem.h"
#include "engine/pool_impl.h"

static void
held_free(struct slot *s, struct held *h)
{
	TAILQ_REMOVE(&s->held, h, entry);
	s->nheld--;
	free(h);
}

void
pool_clear(struct pool *p)
{
	for (unsigned int i = 0; i < POOL_MAX; i++)
		while (!TAILQ_EMPTY(&p->slot[i].held))
			held_free(&p->slot[i],
			    TAILQ_FIRST(&p->slot[i].held));
}

struct slot *
pool_holder(struct pool *p, task_id task)
{
	struct held *h;

	for (unsigned int i = 0; i < POOL_MAX; i++)
		TAILQ_FOREACH(h, &p->slot[i].held, entry)
			if (h->task == task)
				return &p->slot[i];
	return NULL;
}

bool
pool_may_hold(const struct pool *p, const struct slot *s)
{
	return s->used && !s->retiring && !p->closing && !s->revoking &&
	    !s->hung_up && !(s->suspect && s->nheld > 0) &&
	    (s->state == WORKER_IDLE || s->state == WORKER_RUN);
}

static void
begin(struct pool *p, struct slot *s, struct held *h)
{
	if (h->begun)
		return;
	h->begun = true;
	p->ops->began(p->arg, s, h);
}

/*
 * A worker executes what it holds in the order it got it.  One that was told
 * to stop most likely does not begin another: if it did, its result tells.
 */
static void
begin_first(struct pool *p, struct slot *s)
{
	struct held *h = TAILQ_FIRST(&s->held);

	s->began = pool_now(p);
	s->progress = NAN;
	if (h != NULL && s->state != WORKER_TERM)
		begin(p, s, h);
}

void
pool_hold(struct pool *p, struct slot *s, task_id task, unsigned int job,
    unsigned int attempt)
{
	struct held *h = mem_alloc(sizeof *h);

	assert(s->state == WORKER_IDLE || s->state == WORKER_RUN);
	h->task = task;
	h->job = job;
	h->attempt = attempt;
	TAILQ_INSERT_TAIL(&s->held, h, entry);
	if (s->nheld++ == 0) {
		s->suspect = false;
		s->state = WORKER_RUN;
		begin_first(p, s);
	}
}

static struct held *
held_find(struct slot *s, task_id task)
{
	struct held *h;

	TAILQ_FOREACH(h, &s->held, entry)
		if (h->task == task)
			return h;
	return NULL;
}

/* It left the slot's hands: tell, and see what the worker does now. */
static void
let_go(struct pool *p, struct slot *s, struct held *h, enum verdict v,
    const struct msg_result *msg)
{
	bool first = h == TAILQ_FIRST(&s->held);
	struct held was = *h;

	held_free(s, h);
	p->ops->ended(p->arg, s, &was, v, msg);
	if (!first)
		return;
	if (s->state == WORKER_FROZEN)		/* it was that task's state */
		pool_set_state(p, s, s->retiring ? WORKER_DRAIN : WORKER_RUN,
		    "its frozen task has ended");
	begin_first(p, s);
}

/* It listened: no cancel is left, or it gets its time for the next one. */
static void
calm(struct pool *p, struct slot *s)
{
	struct held *h;

	if (s->kill_at.ns == 0 || s->state == WORKER_TERM || s->said_bye)
		return;
	s->kill_at = (struct mono){ 0 };
	TAILQ_FOREACH(h, &s->held, entry)
		if (h->cancel)
			s->kill_at = mono_after(pool_now(p), p->grace);
}

static void
has_let_go(struct pool *p, struct slot *s)
{
	calm(p, s);
	if (s->nheld > 0)
		return;
	if (s->state == WORKER_RUN)
		s->state = s->retiring ? WORKER_DRAIN : WORKER_IDLE;
	if (s->retiring && s->state == WORKER_DRAIN)
		pool_tell_to_leave(p, s);
}

static enum verdict
judge(const struct slot *s, const struct held *h, enum worker_end end)
{
	if (end == END_DONE)
		return VERDICT_DONE;
	if (end == END_FAILED)
		return VERDICT_FAILED;
	if (h->cancel)
		return VERDICT_CANCELLED;
	return s->state == WORKER_TERM && s->fail ? VERDICT_FAILED :
	    VERDICT_AGAIN;
}

int
pool_result(struct pool *p, struct slot *s, const struct msg_result *msg)
{
	struct held *h = held_find(s, msg->task);
	bool taken_out;
	enum verdict v;

	if (h == NULL)
		return -1;	/* it cannot have that one */
	taken_out = h->cancel && msg->end == END_STOPPED;
	if (!taken_out && h != TAILQ_FIRST(&s->held))
		return -1;	/* nor have executed it before the first */
	if (!taken_out)
		begin(p, s, h);
	v = judge(s, h, msg->end);
	if (v == VERDICT_DONE || v == VERDICT_FAILED)
		s->deaths = 0;
	let_go(p, s, h, v, msg);
	has_let_go(p, s);
	return 0;
}

int
pool_progress(struct pool *p, struct slot *s, task_id task, double done)
{
	struct held *h = TAILQ_FIRST(&s->held);

	if (h == NULL || h->task != task)
		return -1;
	s->progress = done;
	return 0;
}

int
pool_returned(struct pool *p, struct slot *s, const task_id *task, uint32_t n)
{
	struct held *h;

	s->revoking = false;
	while (n-- > 0) {	/* the first last: no other seems to begin */
		if ((h = held_find(s, task[n])) == NULL)
			return -1;
		let_go(p, s, h, h->cancel ? VERDICT_CANCELLED :
		    VERDICT_UNBEGUN, NULL);
	}
	has_let_go(p, s);
	return 0;
}

bool
pool_cancel(struct pool *p, task_id task)
{
	struct slot *s = pool_holder(p, task);
	struct held *h;

	if (s == NULL)
		return false;
	h = held_find(s, task);
	if (h->cancel)
		return true;
	h->cancel = true;
	p->ops->send(p->arg, s, MSG_CANCEL, task);
	if (s->kill_at.ns == 0)		/* it may not listen */
		s->kill_at = mono_after(pool_now(p), p->grace);
	return true;
}

int
pool_freeze(struct pool *p, struct slot *s, bool freeze)
{
	if (s->nheld == 0 || s->state == WORKER_TERM ||
	    freeze == (s->state == WORKER_FROZEN))
		return -1;
	p->ops->send(p->arg, s, freeze ? MSG_FREEZE : MSG_THAW,
	    TAILQ_FIRST(&s->held)->task);
	if (freeze) {
		pool_ask_back(p, s);
		pool_set_state(p, s, WORKER_FROZEN, "frozen by request");
	} else
		pool_set_state(p, s, s->retiring ? WORKER_DRAIN : WORKER_RUN,
		    "goes on");
	return 0;
}

/* What becomes of a task when the worker that held it has died. */
static enum verdict
judge_dead(const struct slot *s, const struct held *h, bool alone)
{
	if (h->cancel)
		return VERDICT_CANCELLED;
	if (s->state != WORKER_TERM && !s->killed)
		return alone ? VERDICT_LOST_ALONE : VERDICT_LOST;
	if (!h->begun)
		return VERDICT_UNBEGUN;
	return s->fail ? VERDICT_FAILED : VERDICT_AGAIN;
}

/* The first one last, so that no other seems to begin. */
void
pool_drop(struct pool *p, struct slot *s)
{
	bool alone = s->nheld == 1;
	struct held *h;

	while ((h = TAILQ_LAST(&s->held, helds)) != NULL)
		let_go(p, s, h, judge_dead(s, h, alone), NULL);
}
