#include <math.h>

#include "model/event.h"
#include "model/request.h"
#include "model/run.h"
#include "test.h"

enum { TASKS = 60, WORKERS = 6, STEPS = 400, SEQUENCES = 300 };

/* What a well-behaved engine knows of its tasks. */
struct world {
	struct run	run;
	enum task_state	state[TASKS + 1];
	unsigned int	slot[TASKS + 1];
	enum cause	cause[TASKS + 1];	/* of an end */
	task_id		ntasks;
	uint64_t	seed;
};

static uint64_t
below(struct world *w, uint64_t n)
{
	return test_random(&w->seed) % n;
}

static void
apply(struct world *w, struct event ev)
{
	run_apply(&w->run, &ev);
}

static void
adds_up(const struct world *w)
{
	uint64_t n[TASK_NSTATES] = { 0 };

	for (task_id t = 1; t <= w->ntasks; t++)
		n[w->state[t]]++;
	assert_int_equal(w->run.queue.total, w->ntasks);
	assert_int_equal(w->run.queue.depth, n[TASK_QUEUED]);
	assert_int_equal(w->run.queue.running, n[TASK_RUNNING]);
	assert_int_equal(w->run.queue.done, n[TASK_DONE]);
	assert_int_equal(w->run.queue.failed, n[TASK_FAILED]);
	assert_int_equal(w->run.queue.cancelled, n[TASK_CANCELLED]);
}

static void
queued(struct world *w, task_id t)
{
	if (below(w, 4) == 0) {		/* cancelled before it ever ran */
		w->state[t] = TASK_CANCELLED;
		w->cause[t] = CAUSE_CANCELLED;
		apply(w, (struct event){ .kind = EVENT_TASK, .task = t,
		    .state = TASK_CANCELLED,
		    .outcome = { CAUSE_CANCELLED, 0 } });
		return;
	}
	w->state[t] = TASK_RUNNING;
	w->slot[t] = 1 + (unsigned int)below(w, WORKERS);
	apply(w, (struct event){ .kind = EVENT_TASK, .task = t,
	    .state = TASK_RUNNING, .slot = w->slot[t],
	    .first = below(w, 2) == 0 });
}

static void
running(struct world *w, task_id t)
{
	static const enum cause causes[] = { CAUSE_EXIT, CAUSE_TIMEOUT,
		CAUSE_WORKER_LOST, CAUSE_CANCELLED };
	struct event ev = { .kind = EVENT_TASK, .task = t,
		.slot = w->slot[t], .attempt = 1 };

	ev.outcome.cause = causes[below(w, COUNT(causes))];
	ev.again = below(w, 3) == 0;
	ev.state = ev.again ? TASK_QUEUED :
	    ev.outcome.cause == CAUSE_CANCELLED ? TASK_CANCELLED :
	    below(w, 2) == 0 ? TASK_DONE : TASK_FAILED;
	if (ev.state == TASK_DONE)
		ev.outcome.cause = CAUSE_NONE;
	w->state[t] = ev.state;
	w->cause[t] = ev.outcome.cause;
	apply(w, ev);
}

static void
ended(struct world *w, task_id t)
{
	if (w->state[t] == TASK_DONE)
		return;
	w->state[t] = TASK_QUEUED;
	apply(w, (struct event){ .kind = EVENT_TASK, .task = t,
	    .state = TASK_QUEUED, .outcome = { w->cause[t], 0 } });
}

static void
step(struct world *w)
{
	task_id t;

	if (w->ntasks < TASKS && below(w, 5) == 0) {
		w->ntasks++;
		w->state[w->ntasks] = TASK_QUEUED;
		apply(w, (struct event){ .kind = EVENT_TASK,
		    .task = w->ntasks, .state = TASK_QUEUED });
		return;
	}
	if (w->ntasks == 0)
		return;
	t = 1 + below(w, w->ntasks);
	if (w->state[t] == TASK_QUEUED)
		queued(w, t);
	else if (w->state[t] == TASK_RUNNING)
		running(w, t);
	else
		ended(w, t);
}

static void
counts_add_up_after_every_event(void **state)
{
	struct world w;

	for (uint64_t i = 0; i < SEQUENCES; i++) {
		memset(&w, 0, sizeof w);
		w.seed = i;
		run_init(&w.run);
		for (int n = 0; n < STEPS; n++) {
			step(&w);
			adds_up(&w);
		}
		run_clear(&w.run);
	}
}

static void
an_attempt_that_was_taken_away_is_no_retry(void **state)
{
	struct run run;
	struct event ev = { .kind = EVENT_TASK, .task = 1, .slot = 1 };

	run_init(&run);
	run.queue.running = 2;
	ev.again = true;
	ev.outcome.cause = CAUSE_WORKER_LOST;
	run_apply(&run, &ev);
	assert_int_equal(run.queue.retries, 0);
	ev.outcome.cause = CAUSE_EXIT;
	run_apply(&run, &ev);
	assert_int_equal(run.queue.retries, 1);
	run_clear(&run);
}

static void
tasks_count_for_their_job(void **state)
{
	struct run run;
	struct run_job job[2] = { { .name = "a" }, { .name = "b" } };
	struct event ev = { .kind = EVENT_TASK, .task = 9, .slot = 1,
		.job = 1, .state = TASK_DONE };

	run_init(&run);
	run.job = job;
	run.njobs = 2;
	run.queue.running = 1;
	run_apply(&run, &ev);
	assert_int_equal(job[0].done, 0);
	assert_int_equal(job[1].done, 1);
	run.job = NULL;
	run_clear(&run);
}

static void
workers_are_listed_by_slot_until_they_are_gone(void **state)
{
	struct run run;
	struct event ev = { .kind = EVENT_WORKER, .worker = WORKER_IDLE };
	static const unsigned int slots[] = { 3, 1, 2 };

	run_init(&run);
	for (size_t i = 0; i < COUNT(slots); i++) {
		ev.slot = slots[i];
		ev.pid = 100 + (pid_t)slots[i];
		run_apply(&run, &ev);
	}
	assert_int_equal(run.nworkers, 3);
	for (unsigned int i = 0; i < 3; i++)
		assert_int_equal(run.worker[i].slot, i + 1);
	assert_int_equal(run.pool.size, 3);
	assert_int_equal(run.pool.idle, 3);
	ev.worker = WORKER_LOST;
	run_apply(&run, &ev);
	assert_int_equal(run.worker[1].pid, 0);
	assert_int_equal(run.pool.size, 2);
	ev.worker = WORKER_STARTING;
	ev.pid = 200;
	run_apply(&run, &ev);
	assert_int_equal(run.worker[1].restarts, 1);
	assert_int_equal(run.pool.size, 3);
	ev.gone = true;
	run_apply(&run, &ev);
	assert_int_equal(run.nworkers, 2);
	assert_int_equal(run.worker[1].slot, 3);
	run_clear(&run);
}

static void
only_the_newest_notable_events_are_remembered(void **state)
{
	struct run run;
	struct event ev = { .kind = EVENT_FAULT };

	run_init(&run);
	for (int i = 0; i < 3 * RUN_RECENT_MAX; i++) {
		ev.notable = i % 2 == 0;
		ev.time = i;
		run_apply(&run, &ev);
	}
	assert_int_equal(run.nrecent, RUN_RECENT_MAX);
	assert_true(run.recent[RUN_RECENT_MAX - 1].time ==
	    3 * RUN_RECENT_MAX - 2);
	assert_true(run.recent[0].time == RUN_RECENT_MAX);
	run_clear(&run);
}

static void
a_copy_is_whole_and_its_own(void **state)
{
	struct run a, b;
	struct event ev = { .kind = EVENT_WORKER, .slot = 1, .pid = 5 };

	run_init(&a);
	run_init(&b);
	run_apply(&a, &ev);
	a.queue.total = 7;
	run_copy(&b, &a);
	run_copy(&b, &a);
	assert_int_equal(b.queue.total, 7);
	assert_int_equal(b.nworkers, 1);
	assert_ptr_not_equal(a.worker, b.worker);
	assert_int_equal(b.worker[0].pid, 5);
	run_clear(&a);
	assert_int_equal(b.worker[0].pid, 5);
	run_clear(&b);
}

static void
the_exit_status_tells_how_many_failed(void **state)
{
	struct run run;

	run_init(&run);
	run.queue.total_known = true;
	assert_int_equal(run_exit_status(&run), 0);
	run.queue.failed = 100;
	assert_int_equal(run_exit_status(&run), 100);
	run.queue.failed = 101;
	assert_int_equal(run_exit_status(&run), 101);
	run.queue.failed = 0;
	run.queue.cancelled = 1;
	assert_int_equal(run_exit_status(&run), 101);
	run.queue.cancelled = 0;
	run.queue.depth = 1;
	assert_int_equal(run_exit_status(&run), 101);
	run.queue.depth = 0;
	run.queue.total_known = false;
	assert_int_equal(run_exit_status(&run), 101);
	run_clear(&run);
}

static void
a_state_says_why(void **state)
{
	struct run run;
	struct event ev = { .kind = EVENT_STATE, .run = RUN_PAUSED,
		.text = "disk full" };

	run_init(&run);
	run_apply(&run, &ev);
	assert_int_equal(run.state, RUN_PAUSED);
	assert_string_equal(run.why, "disk full");
	ev = (struct event){ .kind = EVENT_STATE, .run = RUN_RUNNING };
	run_apply(&run, &ev);
	assert_string_equal(run.why, "");
	ev = (struct event){ .kind = EVENT_END, .exit_status = 3 };
	run_apply(&run, &ev);
	assert_int_equal(run.state, RUN_FINISHED);
	assert_int_equal(run.exit_status, 3);
	run_clear(&run);
}

static void
events_read_as_sentences(void **state)
{
	static const struct {
		struct event	 ev;
		const char	*sentence;
	} cases[] = {
		{ { .kind = EVENT_TASK, .task = 971, .slot = 5,
		    .state = TASK_FAILED, .label = "prime-sieve 9e9",
		    .outcome = { CAUSE_EXIT, 137 } },
		  "task #971 \"prime-sieve 9e9\" failed on w5: exit 137" },
		{ { .kind = EVENT_TASK, .task = 2, .slot = 1, .attempt = 1,
		    .again = true, .outcome = { CAUSE_SIGNAL, 9 } },
		  "task #2 attempt 1 ended on w1: signal 9 (SIGKILL), "
		  "queued again" },
		{ { .kind = EVENT_TASK, .task = 2, .state = TASK_CANCELLED,
		    .outcome = { CAUSE_CANCELLED, 0 } },
		  "task #2 cancelled" },
		{ { .kind = EVENT_RESIZE, .from = 4, .to = 6 },
		  "pool 4 -> 6" },
		{ { .kind = EVENT_WORKER, .slot = 3, .pid = 7,
		    .worker = WORKER_LOST, .outcome = { CAUSE_SIGNAL, 11 } },
		  "worker w3 (pid 7) was lost: signal 11 (SIGSEGV)" },
		{ { .kind = EVENT_FAULT, .text = "a\033[31mb" },
		  "a^[[31mb" },
	};
	char out[2 * EVENT_TEXT_MAX];

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(event_sentence(&cases[i].ev, out,
		    sizeof out), cases[i].sentence);
}

static void
every_name_is_found_again(void **state)
{
	for (int i = 0; i < NEVENTS; i++)
		assert_int_equal(event_find(event_name((enum event_kind)i)),
		    i);
	for (int i = 0; i < NOPS; i++)
		assert_int_equal(op_find(op_name((enum op)i)), i);
	for (int i = 0; i < NSHRINKS; i++)
		assert_int_equal(shrink_find(shrink_name((enum shrink)i)), i);
	for (int i = EVENT_INFO; i <= EVENT_ERROR; i++)
		assert_int_equal(event_level_find(event_level_name(
		    (enum event_level)i)), i);
	assert_int_equal(event_find("no such"), NEVENTS);
	assert_int_equal(op_find("no such"), NOPS);
	assert_int_equal(shrink_find("no such"), NSHRINKS);
}

static void
any_event_makes_one_harmless_line(void **state)
{
	uint64_t seed = 4;
	struct event ev;
	char out[300];

	for (int i = 0; i < 20000; i++) {
		uint8_t *bytes = (uint8_t *)&ev.text;
		size_t size = 1 + test_random(&seed) % sizeof out;

		memset(&ev, 0, sizeof ev);
		for (size_t n = 0; n < sizeof ev.text - 1; n++)
			bytes[n] = (uint8_t)test_random(&seed);
		ev.kind = (enum event_kind)(test_random(&seed) % NEVENTS);
		ev.again = test_random(&seed) % 2;
		ev.state = (enum task_state)(test_random(&seed) %
		    TASK_NSTATES);
		event_sentence(&ev, out, size);
		assert_true(strlen(out) < size);
		for (const char *c = out; *c != '\0'; c++)
			assert_true((unsigned char)*c >= 0x20);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_add_up_after_every_event),
		cmocka_unit_test(an_attempt_that_was_taken_away_is_no_retry),
		cmocka_unit_test(tasks_count_for_their_job),
		cmocka_unit_test(
		    workers_are_listed_by_slot_until_they_are_gone),
		cmocka_unit_test(
		    only_the_newest_notable_events_are_remembered),
		cmocka_unit_test(a_copy_is_whole_and_its_own),
		cmocka_unit_test(the_exit_status_tells_how_many_failed),
		cmocka_unit_test(a_state_says_why),
		cmocka_unit_test(events_read_as_sentences),
		cmocka_unit_test(every_name_is_found_again),
		cmocka_unit_test(any_event_makes_one_harmless_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
