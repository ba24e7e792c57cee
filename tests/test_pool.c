/*
 * The pool in a world of the test's own: a clock that jumps, processes that
 * answer when they like, die when they like, and cannot be trusted; somebody
 * who asks for anything at any moment.  What must hold, holds after each step.
 */
#include <math.h>
#include <signal.h>

#include <bsd/sys/queue.h>

#include "engine/pool.h"
#include "engine/sched.h"
#include "test.h"

enum {
	TASKS = 40,
	CREDIT = 6,
	NOTES = 200,		/* messages under way to or from one process */
	ENDED = -1,		/* places of a task: this, the queue, a slot */
	QUEUED = 0
};
static const double grace = 5;

/* A message under way. */
struct note {
	enum worker_msg	 type;
	uint8_t		 task[CREDIT];
	uint8_t		 n;
	enum worker_end	 end;
};

struct pipe {
	struct note	 note[NOTES];
	unsigned int	 n;
};

struct process {
	enum { NOBODY, ASKED, ALIVE, DEAD } is;	/* DEAD: not yet reported */
	pid_t		 pid;
	bool		 known;		/* the pool was told its pid */
	bool		 greeted, parted;	/* has said hello, goodbye */
	struct pipe	 to, from;
	uint8_t		 todo[CREDIT], ntodo, now;
	bool		 stop, leave, cancelled, frozen;
	bool		 hangs;		/* neither reads nor ends its task */
	unsigned int	 told_leave, told_stop;
};

struct world {
	struct pool	 pool;
	struct mono	 clock;
	uint64_t	 seed;
	pid_t		 last_pid;
	bool		 quiet;		/* nobody dies, nobody asks */
	bool		 no_begin;	/* nothing may begin now */
	unsigned int	 most;		/* workers asked for */
	unsigned int	 highest;	/* slot that was ever used */
	unsigned int	 began;		/* calls */
	unsigned int	 ended[VERDICT_LOST_ALONE + 1];	/* by verdict */
	int		 place[TASKS + 1];
	bool		 begun[TASKS + 1];
	bool		 row[POOL_MAX + 1];	/* as a front end has them */
	struct process	 process[POOL_MAX + 1];	/* by slot */
};

static uint64_t last_seed;	/* for who wants to see a failure again */

static unsigned int
upto(struct world *w, unsigned int n)
{
	return (unsigned int)(test_random(&w->seed) % n);
}

static bool
chance(struct world *w, unsigned int in)
{
	return upto(w, in) == 0;
}

static struct process *
process_of(struct world *w, const struct slot *s)
{
	return &w->process[s->number];
}

/* ---- what the pool wants done -------------------------------------------- */

static struct mono
op_now(void *arg)
{
	const struct world *w = arg;

	return w->clock;
}

static void
op_spawn(void *arg, struct slot *s)
{
	struct world *w = arg;
	struct process *p = process_of(w, s);

	assert_int_equal(p->is, NOBODY);
	assert_int_equal(s->nheld, 0);
	for (unsigned int i = 1; !w->row[s->number] && i < s->number; i++)
		assert_true(w->pool.slot[i - 1].used);
	w->row[s->number] = true;
	if (s->number > w->highest)
		w->highest = s->number;
	*p = (struct process){ .is = ASKED };
}

/* Nobody is killed without a reason. */
static bool
deserved(const struct slot *s)
{
	const struct held *h;

	TAILQ_FOREACH(h, &s->held, entry)
		if (h->cancel)
			return true;
	return s->state == WORKER_TERM || s->said_bye || s->told_to_leave;
}

static void
die(struct process *p)
{
	p->is = DEAD;
	p->to.n = 0;
}

static void
op_kill(void *arg, struct slot *s, int sig)
{
	struct world *w = arg;
	struct process *p = process_of(w, s);

	assert_int_equal(sig, SIGKILL);
	assert_true(s->pid != 0 && s->pid == p->pid && p->known);
	assert_true(p->is == ALIVE || p->is == DEAD);
	assert_true(deserved(s));
	if (p->is == ALIVE)
		die(p);
}

static void
post(struct pipe *pipe, const struct note *note)
{
	assert_true(pipe->n < NOTES);
	pipe->note[pipe->n++] = *note;
}

static struct note
fetch(struct pipe *pipe)
{
	struct note note = pipe->note[0];

	pipe->n--;
	memmove(pipe->note, pipe->note + 1, pipe->n * sizeof note);
	return note;
}

static void
op_send(void *arg, struct slot *s, enum worker_msg type, task_id task)
{
	struct world *w = arg;
	struct process *p = process_of(w, s);

	assert_true(p->is != NOBODY);
	assert_true(s->credit != 0);	/* none before it has said hello */
	assert_true(type != MSG_REVOKE || s->nheld > 1);
	p->told_leave += type == MSG_LEAVE;
	p->told_stop += type == MSG_STOP;
	assert_true(p->told_leave <= 1 && p->told_stop <= 1);
	if (p->is == ALIVE)
		post(&p->to, &(struct note){ .type = type, .n = task != 0,
		    .task = { (uint8_t)task } });
}

static void
op_began(void *arg, struct slot *s, const struct held *h)
{
	struct world *w = arg;

	assert_false(w->no_begin);
	assert_int_equal(w->place[h->task], s->number);
	assert_ptr_equal(h, TAILQ_FIRST(&s->held));
	assert_true(h->begun);
	assert_false(w->begun[h->task]);
	w->begun[h->task] = true;
	w->began++;
}

static void
op_ended(void *arg, struct slot *s, const struct held *h, enum verdict v,
    const struct msg_result *msg)
{
	struct world *w = arg;

	assert_int_equal(w->place[h->task], s->number);
	assert_int_equal(w->begun[h->task], h->begun);
	if (v == VERDICT_DONE || v == VERDICT_FAILED || v == VERDICT_AGAIN ||
	    v == VERDICT_LOST_ALONE)
		assert_true(h->begun);
	if (v == VERDICT_DONE)
		assert_true(msg != NULL && msg->end == END_DONE);
	if (v == VERDICT_FAILED && (msg == NULL || msg->end != END_FAILED))
		assert_true(s->fail);
	if (v == VERDICT_CANCELLED)
		assert_true(h->cancel);
	w->begun[h->task] = false;
	w->place[h->task] = v == VERDICT_DONE || v == VERDICT_FAILED ||
	    v == VERDICT_CANCELLED ? ENDED : QUEUED;
	w->ended[v]++;
}

static void
op_changed(void *arg, struct slot *s, const char *why)
{
	struct world *w = arg;

	assert_true(why[0] != '\0' && w->row[s->number]);
	if (s->state != WORKER_LOST)
		return;
	if (s->leaving)
		w->row[s->number] = false;
	else
		assert_true(s->refill_at.ns == mono_after(w->clock,
		    sched_backoff(s->deaths)).ns);
}

static const struct pool_ops ops = { .now = op_now, .spawn = op_spawn,
	.kill = op_kill, .send = op_send, .began = op_began,
	.ended = op_ended, .changed = op_changed };

static struct world *
world_new(uint64_t seed)
{
	struct world *w = calloc(1, sizeof *w);

	assert_non_null(w);
	w->seed = seed;
	w->clock.ns = 1000000000;
	w->most = 6;
	pool_init(&w->pool, &ops, w, grace);
	return w;
}

static void
world_free(struct world *w)
{
	pool_clear(&w->pool);
	free(w);
}

/* ---- a worker ------------------------------------------------------------ */

static void
say(struct process *p, enum worker_msg type)
{
	post(&p->from, &(struct note){ .type = type });
}

static void
say_result(struct process *p, uint8_t task, enum worker_end end)
{
	post(&p->from, &(struct note){ .type = MSG_RESULT, .n = 1,
	    .task = { task }, .end = end });
}

static void
give_back(struct process *p)
{
	struct note note = { .type = MSG_RETURNED, .n = p->ntodo };

	memcpy(note.task, p->todo, p->ntodo);
	p->ntodo = 0;
	post(&p->from, &note);
}

static void
take_out(struct process *p, uint8_t task)
{
	uint8_t *at = memchr(p->todo, task, p->ntodo);

	if (at == NULL)
		return;
	p->ntodo--;
	memmove(at, at + 1, (size_t)(p->todo + p->ntodo - at));
	say_result(p, task, END_STOPPED);
}

static void
obey(struct process *p)
{
	struct note note = fetch(&p->to);
	bool current = note.n == 1 && p->now == note.task[0];

	switch (note.type) {
	case MSG_LEASE:
		assert_true(p->ntodo < CREDIT);
		p->todo[p->ntodo++] = note.task[0];
		break;
	case MSG_CANCEL:
		if (current)
			p->cancelled = true;
		else
			take_out(p, note.task[0]);
		break;
	case MSG_FREEZE:
	case MSG_THAW:
		if (current)
			p->frozen = note.type == MSG_FREEZE;
		break;
	case MSG_STOP:
		p->stop = true;
		/* FALLTHROUGH */
	case MSG_LEAVE:
		p->leave = true;
		/* FALLTHROUGH */
	default:
		give_back(p);
	}
}

static void
begin_task(struct world *w, struct process *p)
{
	p->now = p->todo[0];
	memmove(p->todo, p->todo + 1, --p->ntodo);
	p->cancelled = p->frozen = false;
	p->hangs = !w->quiet && chance(w, 10);
}

static void
end_task(struct world *w, struct process *p)
{
	uint8_t task = p->now;

	if (p->hangs || (p->frozen && !p->stop && !p->cancelled))
		return;
	p->now = 0;
	if ((p->stop || p->cancelled) && !chance(w, 4))
		say_result(p, task, END_STOPPED);
	else
		say_result(p, task, chance(w, 6) ? END_FAILED : END_DONE);
}

static void
part(struct process *p)
{
	if (p->parted) {
		die(p);
		return;
	}
	p->parted = true;
	say(p, MSG_GOODBYE);
}

/* One step of what a living process does. */
static void
live(struct world *w, struct process *p)
{
	if (!w->quiet && chance(w, 40)) {
		die(p);
		return;
	}
	if (!p->greeted) {
		p->greeted = true;
		say(p, MSG_HELLO);
	} else if (p->parted || (p->leave && p->now == 0))
		part(p);
	else if (p->to.n > 0 && !p->hangs && !chance(w, 3))
		obey(p);
	else if (p->now == 0 && p->ntodo > 0)
		begin_task(w, p);
	else if (p->now != 0 && chance(w, 3))
		end_task(w, p);
	else if (p->now != 0 && !p->hangs && chance(w, 3))
		post(&p->from, &(struct note){ .type = MSG_PROGRESS, .n = 1,
		    .task = { p->now } });
}

/* ---- what the pool is told ----------------------------------------------- */

static void
tell_result(struct world *w, struct slot *s, const struct note *note)
{
	const struct msg_result m = { .task = note->task[0],
	    .end = note->end, .text = "" };

	assert_int_equal(pool_result(&w->pool, s, &m), 0);
}

/* A worker gives back all or none: nothing begins by that. */
static void
tell_returned(struct world *w, struct slot *s, const struct note *note)
{
	task_id task[CREDIT];

	for (unsigned int i = 0; i < note->n; i++)
		task[i] = note->task[i];
	w->no_begin = true;
	assert_int_equal(pool_returned(&w->pool, s, task, note->n), 0);
	w->no_begin = false;
}

static void
tell(struct world *w, struct slot *s)
{
	struct note note = fetch(&process_of(w, s)->from);

	switch (note.type) {
	case MSG_HELLO:
		pool_hello(&w->pool, s, 1 + upto(w, CREDIT));
		break;
	case MSG_RESULT:
		tell_result(w, s, &note);
		break;
	case MSG_RETURNED:
		tell_returned(w, s, &note);
		break;
	case MSG_PROGRESS:
		assert_int_equal(pool_progress(&w->pool, s, note.task[0],
		    0.5), 0);
		break;
	default:
		assert_int_equal(note.type, MSG_GOODBYE);
		pool_goodbye(&w->pool, s);
	}
}

static void
tell_death(struct world *w, struct slot *s)
{
	struct process *p = process_of(w, s);

	while (p->from.n > 0)
		tell(w, s);
	p->is = NOBODY;
	pool_dead(&w->pool, s);
	if (p->is == NOBODY)
		assert_false(s->used && s->state != WORKER_LOST);
}

static void
fork_it(struct world *w, struct slot *s)
{
	struct process *p = process_of(w, s);

	if (!w->quiet && chance(w, 5)) {
		p->is = NOBODY;
		pool_refused(&w->pool, s);
		return;
	}
	p->is = ALIVE;
	p->pid = ++w->last_pid;
}

/* Its pid comes another way than what it says: also later than hello. */
static void
step_process(struct world *w, struct slot *s)
{
	struct process *p = process_of(w, s);

	if (p->is == ASKED)
		fork_it(w, s);
	else if (!p->known && chance(w, 2)) {
		p->known = true;
		pool_spawned(&w->pool, s, p->pid);
	} else if (p->is == DEAD && p->known && chance(w, 2))
		tell_death(w, s);
	else if (p->from.n > 0 && chance(w, 2))
		tell(w, s);
	else if (p->is == ALIVE)
		live(w, p);
}

/* ---- what is asked ------------------------------------------------------- */

static struct slot *
some_slot(struct world *w)
{
	unsigned int from = w->highest > 0 ? upto(w, w->highest) : 0;
	struct slot *s;

	for (unsigned int i = 0; i < w->highest; i++)
		if ((s = pool_slot(&w->pool, (from + i) % w->highest + 1)) !=
		    NULL)
			return s;
	return NULL;
}

static void
ask_slot(struct world *w, struct slot *s)
{
	switch (upto(w, 4)) {
	case 0:
		pool_drain(&w->pool, s, chance(w, 2));
		break;
	case 1:
		pool_terminate(&w->pool, s, &(struct pool_terminate){
		    .kill = chance(w, 2), .fail = chance(w, 2),
		    .shed = chance(w, 2) });
		break;
	default:
		pool_freeze(&w->pool, s, chance(w, 2));
	}
}

static void
ask_closing(struct world *w)
{
	if (w->pool.closing && !chance(w, 3))
		pool_reopen(&w->pool);
	else if (chance(w, 2))
		pool_close(&w->pool);
	else
		pool_stop(&w->pool, chance(w, 2) ? 0 : 1);
}

static void
ask_cancel(struct world *w)
{
	task_id task = 1 + upto(w, TASKS);
	bool held = w->place[task] > 0;

	assert_int_equal(pool_cancel(&w->pool, task), held);
}

static void
ask(struct world *w)
{
	struct slot *s = some_slot(w);

	switch (upto(w, 10)) {
	case 0:
	case 1:
		pool_resize(&w->pool, upto(w, w->most + 1),
		    (enum shrink)upto(w, NSHRINKS));
		break;
	case 2:
		pool_revoke(&w->pool);
		break;
	case 3:
		pool_steal(&w->pool);
		break;
	case 4:
		if (chance(w, 4))
			ask_closing(w);
		break;
	case 5:
		ask_cancel(w);
		break;
	default:
		if (s != NULL)
			ask_slot(w, s);
	}
}

/* ---- the scheduler's part ------------------------------------------------ */

static task_id
lowest(const struct world *w)
{
	for (task_id t = 1; t <= TASKS; t++)
		if (w->place[t] == QUEUED)
			return t;
	return 0;
}

static void
hold(struct world *w, struct slot *s, task_id task)
{
	struct process *p = process_of(w, s);

	w->place[task] = (int)s->number;
	pool_hold(&w->pool, s, task, 0, 1);
	if (p->is == ALIVE)
		post(&p->to, &(struct note){ .type = MSG_LEASE, .n = 1,
		    .task = { (uint8_t)task } });
}

static void
feed(struct world *w, struct slot *s)
{
	unsigned int n = 1 + upto(w, 3);
	task_id task;

	while (n-- > 0 && pool_may_hold(&w->pool, s) &&
	    s->nheld < s->credit && (task = lowest(w)) != 0)
		hold(w, s, task);
}

/* ---- what always holds --------------------------------------------------- */

static unsigned int
check_slot(struct world *w, const struct slot *s)
{
	const struct process *p = process_of(w, s);
	const struct held *h;
	unsigned int n = 0;

	TAILQ_FOREACH(h, &s->held, entry) {
		assert_int_equal(w->place[h->task], s->number);
		n++;
	}
	assert_int_equal(n, s->nheld);
	assert_int_equal(s->used, w->row[s->number]);
	assert_int_equal(s->used && s->state != WORKER_LOST,
	    p->is != NOBODY);
	if (!s->used || s->state == WORKER_LOST)
		assert_int_equal(n, 0);
	if (!s->used)
		return 0;
	if (s->state == WORKER_IDLE)
		assert_int_equal(n, 0);
	if (s->state == WORKER_IDLE || s->state == WORKER_RUN)
		assert_false(s->retiring);
	if (s->state == WORKER_RUN || s->state == WORKER_FROZEN)
		assert_true(n > 0);
	return n;
}

static void
check(struct world *w)
{
	struct pool_count c = pool_count(&w->pool);
	unsigned int held = 0, in_place = 0, staying = 0;

	for (unsigned int i = 0; i < w->highest; i++) {
		const struct slot *s = &w->pool.slot[i];

		held += check_slot(w, s);
		staying += s->used && !s->leaving;
	}
	for (unsigned int t = 1; t <= TASKS; t++)
		in_place += w->place[t] > 0;
	assert_int_equal(held, in_place);
	assert_int_equal(c.held, held);
	if (w->pool.closing)
		assert_int_equal(staying, 0);
	else if (c.used < POOL_MAX)
		assert_int_equal(staying, w->pool.target);
	else
		assert_true(staying <= w->pool.target);
}

/* ---- time ---------------------------------------------------------------- */

static void
let_time_pass(struct world *w)
{
	struct mono due = pool_due(&w->pool);

	w->clock.ns += 1 + upto(w, 2000000);
	if (due.ns > w->clock.ns && chance(w, 16))
		w->clock = due;
	if (due.ns != 0 && due.ns <= w->clock.ns)
		pool_tick(&w->pool);
	due = pool_due(&w->pool);
	if (w->quiet)			/* nothing is due twice */
		assert_true(due.ns == 0 || due.ns > w->clock.ns);
}

static void
step(struct world *w)
{
	struct slot *s = some_slot(w);

	let_time_pass(w);
	if (!w->quiet && chance(w, 6))
		ask(w);
	if (s != NULL && s->used && process_of(w, s)->is != NOBODY)
		step_process(w, s);
	if (s != NULL && s->used)
		feed(w, s);
	check(w);
}

/* ---- the end ------------------------------------------------------------- */

static void
fall_quiet(struct world *w)
{
	w->quiet = true;
	if (w->pool.closing && chance(w, 2))
		pool_reopen(&w->pool);
	for (unsigned int i = 0; i < POOL_MAX; i++) {
		struct slot *s = &w->pool.slot[i];

		w->process[i + 1].hangs = false;
		if (s->used && s->state == WORKER_FROZEN)
			assert_int_equal(pool_freeze(&w->pool, s, false), 0);
		feed(w, s);
	}
}

static bool
settled(struct world *w)
{
	struct pool_count c = pool_count(&w->pool);

	if (w->pool.closing)
		return c.used == 0;
	return c.used == w->pool.target && c.size == c.used &&
	    c.idle == c.used && (c.used == 0 || lowest(w) == 0) &&
	    c.held == 0 && pool_due(&w->pool).ns == 0;
}

static void
live_through(uint64_t seed, unsigned int most, unsigned int steps)
{
	struct world *w = world_new(seed);
	unsigned int rest = 200000;

	last_seed = seed;
	w->most = most;
	pool_resize(&w->pool, upto(w, most + 1), SHRINK_DRAIN);
	for (unsigned int i = 0; i < steps; i++)
		step(w);
	fall_quiet(w);
	while (!settled(w) && rest-- > 0)
		step(w);
	assert_true(settled(w));
	world_free(w);
}

static unsigned int
scale(void)
{
	return getenv("POOLTOP_LONG") != NULL ? 20 : 1;
}

static void
whatever_happens_no_task_is_lost_and_the_pool_settles(void **state)
{
	for (uint64_t seed = 1; seed <= 600 * scale(); seed++)
		live_through(seed, 6, 300);
}

static void
so_it_is_in_a_pool_of_the_greatest_size(void **state)
{
	for (uint64_t seed = 1; seed <= 12 * scale(); seed++)
		live_through(seed, POOL_MAX, 1500);
}

/* ---- promises that one example shows ------------------------------------- */

/* A process for the slot, ready for tasks. */
static struct slot *
bring_up(struct world *w, unsigned int number)
{
	struct slot *s = pool_slot(&w->pool, number);
	struct process *p = &w->process[number];

	assert_non_null(s);
	assert_int_equal(p->is, ASKED);
	p->is = ALIVE;
	p->known = true;
	p->pid = ++w->last_pid;
	pool_spawned(&w->pool, s, p->pid);
	pool_hello(&w->pool, s, CREDIT);
	return s;
}

static struct world *
world_of(unsigned int workers)
{
	struct world *w = world_new(1);

	w->quiet = true;
	pool_resize(&w->pool, workers, SHRINK_DRAIN);
	for (unsigned int i = 1; i <= workers; i++)
		bring_up(w, i);
	return w;
}

static void
kill_it(struct world *w, struct slot *s)
{
	die(process_of(w, s));
	process_of(w, s)->from.n = 0;
	tell_death(w, s);
}

static void
result(struct world *w, struct slot *s, task_id task, enum worker_end end)
{
	tell_result(w, s, &(struct note){ .task = { (uint8_t)task },
	    .end = end });
}

static void
a_new_worker_takes_the_lowest_free_slot(void **state)
{
	struct world *w = world_of(5);

	pool_drain(&w->pool, pool_slot(&w->pool, 2), false);
	pool_drain(&w->pool, pool_slot(&w->pool, 4), false);
	assert_int_equal(w->pool.target, 3);
	kill_it(w, pool_slot(&w->pool, 4));
	kill_it(w, pool_slot(&w->pool, 2));
	assert_null(pool_slot(&w->pool, 2));
	pool_resize(&w->pool, 4, SHRINK_DRAIN);
	assert_non_null(pool_slot(&w->pool, 2));
	assert_null(pool_slot(&w->pool, 4));
	check(w);
	world_free(w);
}

static void
a_slot_whose_workers_die_is_refilled_later_each_time(void **state)
{
	struct world *w = world_of(1);
	struct slot *s = pool_slot(&w->pool, 1);

	for (unsigned int deaths = 1; deaths <= 12; deaths++) {
		kill_it(w, s);
		assert_int_equal(s->state, WORKER_LOST);
		assert_int_equal(s->deaths, deaths);
		assert_true(pool_due(&w->pool).ns == mono_after(w->clock,
		    sched_backoff(deaths)).ns);
		w->clock = pool_due(&w->pool);
		w->clock.ns--;
		pool_tick(&w->pool);
		assert_int_equal(s->state, WORKER_LOST);
		w->clock.ns++;
		pool_tick(&w->pool);
		assert_int_equal(s->restarts, deaths);
		bring_up(w, 1);
	}
	hold(w, s, 1);
	result(w, s, 1, END_DONE);
	assert_int_equal(s->deaths, 0);
	world_free(w);
}

static void
shrinking_takes_those_by_whom_least_is_lost(void **state)
{
	static const unsigned int order[] = { 4, 3, 5, 2, 1, 6 };
	struct world *w = world_of(6);

	/* w4 is lost, w3 starts, w5 is idle, w2 began last, w6 first */
	hold(w, pool_slot(&w->pool, 6), 1);
	w->clock.ns += 1000;
	hold(w, pool_slot(&w->pool, 1), 2);
	w->clock.ns += 1000;
	hold(w, pool_slot(&w->pool, 2), 3);
	w->clock.ns += 1000;
	kill_it(w, pool_slot(&w->pool, 3));
	pool_tick(&w->pool);
	kill_it(w, pool_slot(&w->pool, 4));
	for (unsigned int i = 0; i < COUNT(order); i++) {
		struct slot *s = &w->pool.slot[order[i] - 1];

		assert_true(s->used && !s->leaving);
		pool_resize(&w->pool, 5 - i, SHRINK_DRAIN);
		assert_true(!s->used || s->leaving);
	}
	check(w);
	world_free(w);
}

static void
growing_again_keeps_those_that_only_left_because_it_shrank(void **state)
{
	struct world *w = world_of(3);
	struct slot *asked = pool_slot(&w->pool, 1);

	for (unsigned int i = 1; i <= 3; i++)
		hold(w, pool_slot(&w->pool, i), i);
	pool_drain(&w->pool, asked, true);
	pool_resize(&w->pool, 0, SHRINK_DRAIN);
	pool_resize(&w->pool, 3, SHRINK_DRAIN);
	assert_int_equal(pool_slot(&w->pool, 2)->state, WORKER_RUN);
	assert_int_equal(pool_slot(&w->pool, 3)->state, WORKER_RUN);
	assert_true(asked->retiring);	/* that was asked for by itself */
	check(w);
	world_free(w);
}

static void
a_terminated_worker_is_killed_when_the_grace_time_is_over(void **state)
{
	struct world *w = world_of(1);
	struct slot *s = pool_slot(&w->pool, 1);

	hold(w, s, 1);
	pool_terminate(&w->pool, s, &(struct pool_terminate){ 0 });
	assert_int_equal(w->process[1].told_stop, 1);
	assert_true(pool_due(&w->pool).ns == mono_after(w->clock, grace).ns);
	w->clock = pool_due(&w->pool);
	pool_tick(&w->pool);
	assert_int_equal(w->process[1].is, DEAD);
	tell_death(w, s);
	assert_int_equal(w->ended[VERDICT_AGAIN], 1);
	assert_int_equal(s->state, WORKER_LOST);
	assert_int_equal(w->pool.target, 1);
	world_free(w);
}

static void
who_is_asked_to_stop_sooner_is_killed_sooner_never_later(void **state)
{
	struct world *w = world_of(1);
	struct mono due;

	hold(w, pool_slot(&w->pool, 1), 1);
	pool_terminate(&w->pool, pool_slot(&w->pool, 1),
	    &(struct pool_terminate){ 0 });
	pool_stop(&w->pool, 1);
	due = pool_due(&w->pool);
	assert_true(due.ns == mono_after(w->clock, 1).ns);
	w->clock.ns++;
	pool_terminate(&w->pool, pool_slot(&w->pool, 1),
	    &(struct pool_terminate){ 0 });
	assert_true(pool_due(&w->pool).ns == due.ns);
	world_free(w);
}

static void
who_left_as_it_was_asked_is_refilled_at_once(void **state)
{
	struct world *w = world_of(3);

	pool_drain(&w->pool, pool_slot(&w->pool, 1), true);
	pool_terminate(&w->pool, pool_slot(&w->pool, 2),
	    &(struct pool_terminate){ .kill = true });
	pool_drain(&w->pool, pool_slot(&w->pool, 3), true);
	pool_goodbye(&w->pool, pool_slot(&w->pool, 3));
	for (unsigned int i = 1; i <= 3; i++) {
		kill_it(w, pool_slot(&w->pool, i));
		assert_int_equal(pool_slot(&w->pool, i)->deaths, 0);
	}
	assert_true(pool_due(&w->pool).ns == w->clock.ns);
	pool_tick(&w->pool);
	assert_int_equal(pool_count(&w->pool).size, 3);
	world_free(w);
}

static void
who_is_killed_before_its_pid_is_known_dies_when_it_is(void **state)
{
	struct world *w = world_new(1);
	struct slot *s;

	pool_resize(&w->pool, 1, SHRINK_DRAIN);
	s = pool_slot(&w->pool, 1);
	pool_terminate(&w->pool, s, &(struct pool_terminate){ .kill = true });
	w->process[1].is = ALIVE;
	w->process[1].pid = ++w->last_pid;
	w->process[1].known = true;
	pool_spawned(&w->pool, s, w->last_pid);
	assert_int_equal(w->process[1].is, DEAD);
	world_free(w);
}

static void
terminated_with_fail_only_the_current_task_fails(void **state)
{
	struct world *w = world_of(1);
	struct slot *s = pool_slot(&w->pool, 1);

	for (task_id t = 1; t <= 3; t++)
		hold(w, s, t);
	pool_terminate(&w->pool, s, &(struct pool_terminate){ .kill = true,
	    .fail = true, .shed = true });
	tell_death(w, s);
	assert_int_equal(w->ended[VERDICT_FAILED], 1);
	assert_int_equal(w->ended[VERDICT_UNBEGUN], 2);
	assert_int_equal(w->place[1], ENDED);
	assert_false(s->used);
	assert_int_equal(w->pool.target, 0);
	world_free(w);
}

static void
what_was_begun_after_the_order_to_stop_is_told_as_begun(void **state)
{
	struct world *w = world_of(1);
	struct slot *s = pool_slot(&w->pool, 1);

	for (task_id t = 1; t <= 3; t++)
		hold(w, s, t);
	pool_terminate(&w->pool, s, &(struct pool_terminate){ .fail = true });
	result(w, s, 1, END_DONE);
	assert_int_equal(w->began, 1);
	tell_returned(w, s, &(struct note){ .task = { 3 }, .n = 1 });
	result(w, s, 2, END_STOPPED);
	assert_int_equal(w->began, 2);
	assert_int_equal(w->ended[VERDICT_FAILED], 1);
	assert_int_equal(w->ended[VERDICT_UNBEGUN], 1);
	world_free(w);
}

static void
a_result_out_of_turn_is_refused(void **state)
{
	const struct msg_result second = { .task = 2, .text = "" },
	    unknown = { .task = 9, .text = "" };
	struct world *w = world_of(1);
	struct slot *s = pool_slot(&w->pool, 1);

	hold(w, s, 1);
	hold(w, s, 2);
	assert_int_equal(pool_result(&w->pool, s, &second), -1);
	assert_int_equal(pool_result(&w->pool, s, &unknown), -1);
	assert_int_equal(pool_progress(&w->pool, s, 2, 0.5), -1);
	assert_int_equal(pool_returned(&w->pool, s, &unknown.task, 1), -1);
	check(w);
	world_free(w);
}

static void
a_cancel_that_crossed_with_the_task_kills_nobody(void **state)
{
	struct world *w = world_of(1);
	struct slot *s = pool_slot(&w->pool, 1);

	hold(w, s, 1);
	hold(w, s, 2);
	pool_revoke(&w->pool);
	assert_true(pool_cancel(&w->pool, 2));
	tell_returned(w, s, &(struct note){ .task = { 2 }, .n = 1 });
	assert_int_equal(w->ended[VERDICT_CANCELLED], 1);
	assert_true(pool_due(&w->pool).ns == 0);
	world_free(w);
}

static void
who_does_not_obey_a_cancel_in_time_is_killed(void **state)
{
	struct world *w = world_of(1);
	struct slot *s = pool_slot(&w->pool, 1);

	hold(w, s, 1);
	hold(w, s, 2);
	assert_true(pool_cancel(&w->pool, 1));
	w->clock = pool_due(&w->pool);
	pool_tick(&w->pool);
	assert_int_equal(w->process[1].is, DEAD);
	tell_death(w, s);
	assert_int_equal(w->ended[VERDICT_CANCELLED], 1);
	/* the other one is under no suspicion: we did it */
	assert_int_equal(w->ended[VERDICT_UNBEGUN] +
	    w->ended[VERDICT_AGAIN], 1);
	assert_int_equal(s->deaths, 0);
	world_free(w);
}

static void
only_who_was_alone_in_dead_hands_is_suspected(void **state)
{
	struct world *w = world_of(2);

	hold(w, pool_slot(&w->pool, 1), 1);
	hold(w, pool_slot(&w->pool, 1), 2);
	hold(w, pool_slot(&w->pool, 2), 3);
	kill_it(w, pool_slot(&w->pool, 1));
	assert_int_equal(w->ended[VERDICT_LOST], 2);
	kill_it(w, pool_slot(&w->pool, 2));
	assert_int_equal(w->ended[VERDICT_LOST_ALONE], 1);
	world_free(w);
}

static void
a_lost_slot_that_is_given_up_is_told(void **state)
{
	struct world *w = world_of(3);

	for (unsigned int i = 1; i <= 3; i++)
		kill_it(w, pool_slot(&w->pool, i));
	pool_drain(&w->pool, pool_slot(&w->pool, 3), false);
	pool_terminate(&w->pool, pool_slot(&w->pool, 2),
	    &(struct pool_terminate){ .shed = true });
	pool_close(&w->pool);
	for (unsigned int i = 1; i <= 3; i++)
		assert_false(w->row[i]);
	world_free(w);
}

static void
where_all_slots_are_taken_a_refused_fork_makes_room(void **state)
{
	struct world *w = world_new(1);
	struct slot *s;

	pool_resize(&w->pool, POOL_MAX, SHRINK_DRAIN);
	pool_resize(&w->pool, 0, SHRINK_REQUEUE);
	pool_resize(&w->pool, 1, SHRINK_DRAIN);
	s = pool_slot(&w->pool, 7);
	assert_true(s->leaving);
	w->process[7].is = NOBODY;
	pool_refused(&w->pool, s);
	assert_int_equal(w->process[7].is, ASKED);
	assert_false(s->leaving);
	check(w);
	world_free(w);
}

static void
who_stops_already_is_not_stolen_from(void **state)
{
	struct world *w = world_of(2);
	struct slot *s = pool_slot(&w->pool, 2);

	for (task_id t = 1; t <= 3; t++)
		hold(w, pool_slot(&w->pool, 1), t);
	hold(w, s, 4);
	hold(w, s, 5);
	pool_terminate(&w->pool, pool_slot(&w->pool, 1),
	    &(struct pool_terminate){ 0 });
	pool_steal(&w->pool);
	assert_true(s->revoking);
	world_free(w);
}

static int
say_seed(void **state)
{
	print_message("the last world had seed %llu\n",
	    (unsigned long long)last_seed);
	return 0;
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    whatever_happens_no_task_is_lost_and_the_pool_settles),
		cmocka_unit_test(so_it_is_in_a_pool_of_the_greatest_size),
		cmocka_unit_test(a_new_worker_takes_the_lowest_free_slot),
		cmocka_unit_test(
		    a_slot_whose_workers_die_is_refilled_later_each_time),
		cmocka_unit_test(shrinking_takes_those_by_whom_least_is_lost),
		cmocka_unit_test(
		    growing_again_keeps_those_that_only_left_because_it_shrank),
		cmocka_unit_test(
		    a_terminated_worker_is_killed_when_the_grace_time_is_over),
		cmocka_unit_test(
		    who_is_asked_to_stop_sooner_is_killed_sooner_never_later),
		cmocka_unit_test(who_left_as_it_was_asked_is_refilled_at_once),
		cmocka_unit_test(
		    who_is_killed_before_its_pid_is_known_dies_when_it_is),
		cmocka_unit_test(
		    terminated_with_fail_only_the_current_task_fails),
		cmocka_unit_test(
		    what_was_begun_after_the_order_to_stop_is_told_as_begun),
		cmocka_unit_test(a_result_out_of_turn_is_refused),
		cmocka_unit_test(
		    a_cancel_that_crossed_with_the_task_kills_nobody),
		cmocka_unit_test(who_does_not_obey_a_cancel_in_time_is_killed),
		cmocka_unit_test(only_who_was_alone_in_dead_hands_is_suspected),
		cmocka_unit_test(a_lost_slot_that_is_given_up_is_told),
		cmocka_unit_test(
		    where_all_slots_are_taken_a_refused_fork_makes_room),
		cmocka_unit_test(who_stops_already_is_not_stolen_from),
	};

	return cmocka_run_group_tests(tests, NULL, say_seed);
}
