#include <assert.h>
#include <math.h>
#include <signal.h>

#include "engine/pool_impl.h"
#include "engine/sched.h"

void
pool_init(struct pool *p, const struct pool_ops *ops, void *arg, double grace)
{
	*p = (struct pool){ .ops = ops, .arg = arg, .grace = grace };
	for (unsigned int i = 0; i < POOL_MAX; i++) {
		p->slot[i].number = i + 1;
		TAILQ_INIT(&p->slot[i].held);
	}
}

/* ---- small questions ----------------------------------------------------- */

struct mono
pool_now(const struct pool *p)
{
	return p->ops->now(p->arg);
}

bool
pool_process_is(const struct slot *s)
{
	return s->used && s->state != WORKER_LOST;
}

/* A slot that is still wanted when its process has gone. */
static bool
stays(const struct slot *s)
{
	return s->used && !s->leaving;
}

static unsigned int
staying(const struct pool *p)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < POOL_MAX; i++)
		n += stays(&p->slot[i]);
	return n;
}

struct slot *
pool_slot(struct pool *p, unsigned int number)
{
	if (number < 1 || number > POOL_MAX || !p->slot[number - 1].used)
		return NULL;
	return &p->slot[number - 1];
}

struct pool_count
pool_count(const struct pool *p)
{
	struct pool_count c = { 0 };

	for (unsigned int i = 0; i < POOL_MAX; i++) {
		const struct slot *s = &p->slot[i];

		c.used += s->used;
		c.size += pool_process_is(s);
		c.busy += pool_process_is(s) && s->nheld > 0;
		c.idle += s->used && s->state == WORKER_IDLE;
		c.held += s->nheld;
	}
	return c;
}

/* ---- changing a slot ----------------------------------------------------- */

void
pool_set_state(struct pool *p, struct slot *s, enum worker_state state,
    const char *why)
{
	s->state = state;
	p->ops->changed(p->arg, s, why);
}

static void
start(struct pool *p, struct slot *s)
{
	s->pid = 0;
	s->leaving = s->retiring = s->shrunk = s->fail = false;
	s->said_bye = s->told_to_leave = false;
	s->revoking = s->kill_when_known = false;
	s->suspect = s->hung_up = s->killed = false;
	s->kill_at = s->refill_at = (struct mono){ 0 };
	s->credit = 0;
	s->progress = NAN;
	s->state = WORKER_STARTING;
	p->ops->spawn(p->arg, s);
}

static void
slot_free(struct slot *s)
{
	assert(s->nheld == 0);
	s->used = false;
	s->pid = 0;
	s->deaths = s->restarts = 0;
	s->done = s->failed = 0;
}

/* Nobody is there, and nobody will be: told, since the slot was seen. */
static void
give_up(struct pool *p, struct slot *s, const char *why)
{
	assert(s->state == WORKER_LOST);
	s->leaving = true;
	p->ops->changed(p->arg, s, why);
	slot_free(s);
}

static void
kill_now(struct pool *p, struct slot *s)
{
	s->kill_at = (struct mono){ 0 };
	s->killed = true;
	if (s->pid != 0)
		p->ops->kill(p->arg, s, SIGKILL);
	else
		s->kill_when_known = true;
}

void
pool_ask_back(struct pool *p, struct slot *s)
{
	if (s->nheld < 2 || s->revoking || s->state == WORKER_TERM)
		return;
	s->revoking = true;
	p->ops->send(p->arg, s, MSG_REVOKE, 0);
}

void
pool_tell_to_leave(struct pool *p, struct slot *s)
{
	if (s->told_to_leave)
		return;
	s->told_to_leave = true;
	p->ops->send(p->arg, s, MSG_LEAVE, 0);
	if (s->kill_at.ns == 0)		/* it has nothing else to do */
		s->kill_at = mono_after(pool_now(p), p->grace);
}

/* It leaves when it has ended its current task: at once if there is none. */
static void
retire(struct pool *p, struct slot *s, const char *why)
{
	if (s->state == WORKER_TERM || s->retiring)
		return;
	s->retiring = true;
	if (s->state == WORKER_STARTING)
		return;		/* hello will see to it */
	pool_ask_back(p, s);
	if (s->nheld == 0)
		pool_tell_to_leave(p, s);
	if (s->state != WORKER_FROZEN)
		pool_set_state(p, s, WORKER_DRAIN, why);
}

static void
stop(struct pool *p, struct slot *s, double kill_in, const char *why)
{
	s->retiring = true;
	if (s->state != WORKER_TERM) {
		if (s->state != WORKER_STARTING)
			p->ops->send(p->arg, s, MSG_STOP, 0);
		pool_set_state(p, s, WORKER_TERM, why);
	}
	if (kill_in <= 0)
		kill_now(p, s);
	else if (s->kill_at.ns == 0 ||
	    mono_diff(s->kill_at, pool_now(p)) > kill_in)
		s->kill_at = mono_after(pool_now(p), kill_in);
}

/* ---- the number of workers ------------------------------------------------ */

/* The least work is lost by: nobody there, not begun, idle, shortest run. */
static double
cost(const struct pool *p, const struct slot *s)
{
	switch (s->state) {
	case WORKER_LOST:
		return -3;
	case WORKER_STARTING:
		return -2;
	case WORKER_IDLE:
		return -1;
	default:
		return mono_diff(pool_now(p), s->began);
	}
}

/* Who leaves when the pool shrinks: the cheapest, of these the last slot. */
static struct slot *
victim(struct pool *p)
{
	struct slot *best = NULL;

	for (unsigned int i = 0; i < POOL_MAX; i++) {
		struct slot *s = &p->slot[i];

		if (stays(s) &&
		    (best == NULL || cost(p, s) <= cost(p, best)))
			best = s;
	}
	return best;
}

static void
shed(struct pool *p, struct slot *s, enum shrink how)
{
	s->leaving = true;
	s->shrunk = how == SHRINK_DRAIN && !s->retiring;
	if (s->state == WORKER_LOST)
		give_up(p, s, "the pool shrinks");
	else if (how == SHRINK_DRAIN)
		retire(p, s, "the pool shrinks");
	else {
		s->fail = how == SHRINK_FAIL;
		stop(p, s, p->grace, "the pool shrinks");
	}
}

/* One that only drains because the pool shrank may as well stay. */
static bool
keep_one(struct pool *p)
{
	for (unsigned int i = 0; i < POOL_MAX; i++) {
		struct slot *s = &p->slot[i];

		if (!s->used || !s->shrunk || s->told_to_leave ||
		    s->state == WORKER_TERM)
			continue;
		s->leaving = s->retiring = s->shrunk = false;
		if (s->state == WORKER_DRAIN)
			pool_set_state(p, s, WORKER_RUN, "stays after all");
		return true;
	}
	return false;
}

static bool
fill_one(struct pool *p)
{
	for (unsigned int i = 0; i < POOL_MAX; i++) {
		struct slot *s = &p->slot[i];

		if (s->used)
			continue;
		s->used = true;
		start(p, s);
		return true;
	}
	return false;
}

static void
reconcile(struct pool *p, enum shrink how)
{
	unsigned int n = staying(p);

	if (p->closing)
		return;
	for (; n > p->target; n--)
		shed(p, victim(p), how);
	for (; n < p->target && (keep_one(p) || fill_one(p)); n++)
		;
}

void
pool_resize(struct pool *p, unsigned int target, enum shrink how)
{
	assert(target <= POOL_MAX);
	p->target = target;
	reconcile(p, how);
}

/* Leaves the pool smaller by this one, if it was counted. */
static void
leave_pool(struct pool *p, struct slot *s)
{
	if (s->leaving)
		return;
	s->leaving = true;
	if (p->target > 0)
		p->target--;
}

void
pool_drain(struct pool *p, struct slot *s, bool replace)
{
	if (!replace)
		leave_pool(p, s);
	s->shrunk = false;
	if (s->state != WORKER_LOST)
		retire(p, s, "asked to leave");
	else if (s->leaving)
		give_up(p, s, "asked to leave");
}

void
pool_terminate(struct pool *p, struct slot *s, const struct pool_terminate *t)
{
	if (t->shed)
		leave_pool(p, s);
	s->shrunk = false;
	if (s->state == WORKER_LOST) {
		if (s->leaving)
			give_up(p, s, "asked to stop");
		return;
	}
	s->fail = t->fail;
	stop(p, s, t->kill ? 0 : p->grace,
	    t->kill ? "SIGKILL sent" : "asked to stop");
}

void
pool_revoke(struct pool *p)
{
	for (unsigned int i = 0; i < POOL_MAX; i++)
		if (pool_process_is(&p->slot[i]))
			pool_ask_back(p, &p->slot[i]);
}

void
pool_steal(struct pool *p)
{
	struct slot *most = NULL;

	for (unsigned int i = 0; i < POOL_MAX; i++) {
		struct slot *s = &p->slot[i];

		if (pool_process_is(s) && s->state != WORKER_TERM &&
		    s->nheld > 1 && !s->revoking &&
		    (most == NULL || s->nheld > most->nheld))
			most = s;
	}
	if (most != NULL)
		pool_ask_back(p, most);
}

void
pool_close(struct pool *p)
{
	p->closing = true;
	for (unsigned int i = 0; i < POOL_MAX; i++) {
		struct slot *s = &p->slot[i];

		if (s->used && s->state == WORKER_LOST)
			give_up(p, s, "no more work");
		else if (s->used) {
			s->leaving = true;
			s->shrunk = false;
			retire(p, s, "no more work");
		}
	}
}

void
pool_stop(struct pool *p, double kill_in)
{
	pool_close(p);
	for (unsigned int i = 0; i < POOL_MAX; i++)
		if (p->slot[i].used)
			stop(p, &p->slot[i], kill_in, "the run stops");
}

void
pool_reopen(struct pool *p)
{
	p->closing = false;
	reconcile(p, SHRINK_DRAIN);
}

/* ---- what happens to a process ------------------------------------------- */

void
pool_spawned(struct pool *p, struct slot *s, pid_t pid)
{
	s->pid = pid;
	if (s->kill_when_known)
		p->ops->kill(p->arg, s, SIGKILL);
}

void
pool_hello(struct pool *p, struct slot *s, unsigned int credit)
{
	s->credit = credit;
	if (s->state == WORKER_TERM) {
		p->ops->send(p->arg, s, MSG_STOP, 0);
		return;
	}
	pool_set_state(p, s, s->retiring ? WORKER_DRAIN : WORKER_IDLE, "ready");
	if (s->retiring)
		pool_tell_to_leave(p, s);
}

/* It says that it leaves; if it then does not, it is helped. */
void
pool_goodbye(struct pool *p, struct slot *s)
{
	s->said_bye = true;
	if (s->kill_at.ns == 0)
		s->kill_at = mono_after(pool_now(p), p->grace);
}

static void
lose(struct pool *p, struct slot *s, const char *why)
{
	bool asked = s->retiring || s->said_bye || s->killed ||
	    s->state == WORKER_TERM;

	s->deaths = asked ? 0 : s->deaths + 1;
	s->refill_at = mono_after(pool_now(p), sched_backoff(s->deaths));
	pool_set_state(p, s, WORKER_LOST, why);
	s->pid = 0;
	s->kill_at = (struct mono){ 0 };
	if (s->leaving)
		slot_free(s);
}

void
pool_dead(struct pool *p, struct slot *s)
{
	pool_drop(p, s);
	lose(p, s, s->retiring || s->said_bye ? "has left" : "died");
	reconcile(p, SHRINK_DRAIN);
}

/*
 * While a slot is made this comes from within; then it is not leaving.  If it
 * is, there may be more room now.
 */
void
pool_refused(struct pool *p, struct slot *s)
{
	bool leaving = s->leaving;

	lose(p, s, "could not be started");
	if (leaving)
		reconcile(p, SHRINK_DRAIN);
}

/* ---- time ----------------------------------------------------------------- */

static bool
due(struct mono at, struct mono t)
{
	return at.ns != 0 && at.ns <= t.ns;
}

void
pool_tick(struct pool *p)
{
	struct mono t = pool_now(p);

	for (unsigned int i = 0; i < POOL_MAX; i++) {
		struct slot *s = &p->slot[i];

		if (pool_process_is(s) && due(s->kill_at, t))
			kill_now(p, s);
		if (s->used && s->state == WORKER_LOST &&
		    due(s->refill_at, t)) {
			s->restarts++;
			start(p, s);
		}
	}
}

struct mono
pool_due(const struct pool *p)
{
	struct mono next = { 0 };

	for (unsigned int i = 0; i < POOL_MAX; i++) {
		const struct slot *s = &p->slot[i];
		struct mono at = { 0 };

		if (pool_process_is(s))
			at = s->kill_at;
		else if (s->used)
			at = s->refill_at;
		if (at.ns != 0 && (next.ns == 0 || at.ns < next.ns))
			next = at;
	}
	return next;
}
