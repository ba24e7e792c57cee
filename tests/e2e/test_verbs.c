/* The verbs that act on a run, and those that read. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/e2e/talk.h"

#define START(e, ...) \
	e2e_start(e, WORDS(e2e_pooltop(), "run", __VA_ARGS__), NULL)
#define SLEEP	"--kernel", "sleep", "seconds={}", ":::"

/* Four tasks that last: w1 has the first of them, w2 the second. */
static struct proc *
start_long(struct e2e *e)
{
	struct proc *p = START(e, "--plain", "-j1", SLEEP, "1h", "2h", "3h",
	    "4h");

	UNTIL(e, 1, at_least, AT_LEAST("queue.running", 1));
	assert_true(ask(e, 1, "{\"op\":\"resize\",\"size\":2}"));
	UNTIL(e, 1, at_least, AT_LEAST("queue.running", 2));
	return p;
}

static bool
equals(const json_t *state, const void *arg)
{
	const struct at_least *a = arg;

	return number(state, a->path) == a->n;
}

static bool
second_is_frozen(const json_t *state, const void *arg)
{
	return word_is(state, "workers.1.state", "frozen");
}

static bool
second_runs(const json_t *state, const void *arg)
{
	return word_is(state, "workers.1.state", "run");
}

/* ---- reading ---- */

static json_t *
json_of(struct e2e *e, const char *const argv[])
{
	struct proc *p = e2e_run(e, argv, NULL);
	json_t *j;

	EXITS(p, 0);
	assert_string_equal(proc_err(p), "");
	j = json_loads(proc_out(p), 0, NULL);
	assert_non_null(j);
	return j;
}

static void
list_and_status_show_a_run_in_both_ways(void **state)
{
	struct e2e *e = *state;
	struct proc *p = start_long(e);
	json_t *j = json_of(e, WORDS(e2e_pooltop(), "status", "--json"));

	assert_true(word_is(j, "state", "running"));
	assert_true(word_is(j, "name", "sleep"));
	assert_int_equal(number(j, "run"), 1);
	assert_int_equal(number(j, "engine_pid"),
	    find_named("pooltop-engine", 0));
	assert_int_equal(number(j, "pool.size"), 2);
	assert_int_equal(number(j, "queue.total"), 4);
	assert_int_equal(number(j, "queue.depth"), 2);
	assert_true(word_is(j, "workers.0.label", "1h"));
	assert_true(number(j, "started") != (long)number(j, "started"));
	json_decref(j);
	j = json_of(e, WORDS(e2e_pooltop(), "list", "--json"));
	assert_int_equal(json_array_size(j), 1);
	assert_int_equal(number(j, "0.run"), 1);
	json_decref(j);
	VERB(0, "running", NULL, "list");
	VERB(0, "pool    2 workers, target 2", NULL, "status");
	VERB(0, "2 waiting, 2 running, 0 done", NULL, "status", "--run", "1");
	VERB(0, NULL, NULL, "stop", "--now");
	EXITS(p, 101);
}

static void
without_a_run_there_is_a_sentence(void **state)
{
	static const char *const verbs[] = { "status", "attach", "wait",
		"pause", "continue", "stop", "retry" };
	json_t *j = json_of(*state, WORDS(e2e_pooltop(), "list", "--json"));

	for (size_t i = 0; i < COUNT(verbs); i++)
		VERB(255, "", "no run lives now", verbs[i]);
	VERB(255, "", "no run lives now", "resize", "2");
	VERB(255, "", "no run lives now", "drain", "w1");
	VERB(255, "", "there is no run 7", "status", "--run", "7");
	VERB(255, "", "there is no run 7", "stop", "--run", "7");
	VERB(0, "", NULL, "list");
	assert_int_equal(json_array_size(j), 0);
	json_decref(j);
}

static void
several_runs_are_listed_to_choose_from(void **state)
{
	struct e2e *e = *state;
	struct proc *one = start_long(e), *two;

	two = START(e, "--quiet", "-j1", SLEEP, "1h");
	UNTIL(e, 2, at_least, AT_LEAST("queue.running", 1));
	VERB(255, "", "which with --run: 1 2", "stop", "--now");
	VERB(0, "run 2 ", NULL, "status");
	VERB(0, NULL, NULL, "stop", "--now", "--run", "2");
	EXITS(two, 101);
	VERB(0, "run 1 ", NULL, "status");
	VERB(0, NULL, NULL, "stop", "--now");
	EXITS(one, 101);
}

static void
what_cannot_be_is_refused_with_what_was_meant(void **state)
{
	struct e2e *e = *state;
	struct proc *p = start_long(e);

	VERB(255, NULL, "did you mean status", "statsu");
	VERB(255, NULL, "pooltop help lists them", "frobnicate");
	VERB(255, NULL, "speedup is not available yet", "speedup");
	VERB(255, NULL, "did you mean --requeue", "resize", "--rqueue", "2");
	VERB(255, NULL, "--timeout is not available yet", "run",
	    "--timeout", "3s", "x.yaml");
	VERB(255, NULL, "not available yet", "run", "--joblog=x", "x.yaml");
	VERB(255, NULL, "0 to 256", "resize");
	VERB(255, NULL, "0 to 256", "resize", "257");
	VERB(255, NULL, "unknown option -1", "resize", "-1");
	VERB(255, NULL, "0 to 256", "resize", "1", "2");
	VERB(255, NULL, "say which workers", "drain");
	VERB(255, NULL, "w0 is not a worker", "drain", "w0");
	VERB(255, NULL, "w3-1 is not a worker", "drain", "w3-1");
	VERB(255, NULL, "there is no worker w9", "drain", "w9");
	VERB(255, NULL, "there is no worker w3", "terminate", "w1-3");
	VERB(255, NULL, "say which signal", "signal");
	VERB(255, NULL, "NOSUCH is not a signal", "signal", "NOSUCH", "w1");
	VERB(255, NULL, "w1 is not frozen", "signal", "CONT",
	    "w1");
	VERB(255, NULL, "say which tasks", "cancel");
	VERB(255, NULL, "x is not a task", "cancel", "x");
	VERB(255, NULL, "there is no task 5", "cancel", "5");
	VERB(255, NULL, "no task has failed", "retry");
	VERB(255, NULL, "task 1 has not failed", "retry", "1");
	VERB(255, NULL, "the run is not paused", "continue");
	VERB(255, NULL, "nothing is expected", "pause", "1");
	VERB(255, NULL, "nothing is expected", "stop", "now");
	VERB(255, NULL, "--run", "stop", "--run", "x");
	VERB(0, "2 running, 0 done", NULL, "status");
	VERB(0, NULL, NULL, "stop", "--now");
	EXITS(p, 101);
}

/* ---- workers ---- */

static void
the_pool_is_made_larger_and_smaller(void **state)
{
	struct e2e *e = *state;
	struct proc *p = start_long(e);

	VERB(0, NULL, NULL, "resize", "256");
	UNTIL(e, 1, equals, AT_LEAST("pool.size", 256));
	UNTIL(e, 1, equals, AT_LEAST("queue.running", 4));
	VERB(0, NULL, NULL, "resize", "--requeue", "0");
	UNTIL(e, 1, equals, AT_LEAST("pool.size", 0));
	VERB(0, "the pool has no workers", NULL, "status");
	VERB(0, "4 waiting, 0 running", NULL, "status");
	VERB(0, NULL, NULL, "resize", "1");
	UNTIL(e, 1, equals, AT_LEAST("queue.running", 1));
	VERB(0, NULL, NULL, "resize", "--fail", "0");
	UNTIL(e, 1, equals, AT_LEAST("queue.failed", 1));
	VERB(0, NULL, NULL, "stop", "--now");
	EXITS(p, 101);
}

static void
workers_are_named_in_every_way(void **state)
{
	struct e2e *e = *state;
	struct proc *p = START(e, "--plain", "-j1", SLEEP, "1h");

	UNTIL(e, 1, equals, AT_LEAST("queue.running", 1));
	VERB(0, NULL, NULL, "resize", "6");
	UNTIL(e, 1, equals, AT_LEAST("pool.idle", 5));
	VERB(0, NULL, NULL, "drain", "w6");
	UNTIL(e, 1, equals, AT_LEAST("pool.size", 5));
	VERB(0, NULL, NULL, "drain", "5");
	UNTIL(e, 1, equals, AT_LEAST("pool.size", 4));
	VERB(0, NULL, NULL, "drain", "w2-3", "4");
	UNTIL(e, 1, equals, AT_LEAST("pool.size", 1));
	UNTIL(e, 1, equals, AT_LEAST("pool.target", 1));
	VERB(0, NULL, NULL, "stop", "--now");
	EXITS(p, 101);
}

static double
pid_of_first(const struct e2e *e)
{
	json_t *j = state_of(e, 1);
	double pid = number(j, "workers.0.pid");

	json_decref(j);
	return pid;
}

static bool
first_runs_as_another(const json_t *state, const void *pid)
{
	return number(state, "workers.0.slot") == 1 &&
	    word_is(state, "workers.0.state", "run") &&
	    number(state, "workers.0.pid") != *(const double *)pid;
}

static void
a_terminated_worker_is_replaced_or_not_and_its_task_fails_or_not(void **state)
{
	struct e2e *e = *state;
	struct proc *p = start_long(e);
	double pid = pid_of_first(e);

	VERB(0, NULL, NULL, "terminate", "--kill", "w1");
	UNTIL(e, 1, first_runs_as_another, &pid);
	pid = pid_of_first(e);
	VERB(0, NULL, NULL, "terminate", "w1");
	UNTIL(e, 1, first_runs_as_another, &pid);
	VERB(0, "2 running, 0 done, 0 failed", NULL, "status");
	pid = pid_of_first(e);
	VERB(0, NULL, NULL, "terminate", "--kill", "--fail", "w1");
	UNTIL(e, 1, first_runs_as_another, &pid);
	UNTIL(e, 1, equals, AT_LEAST("queue.failed", 1));
	VERB(0, NULL, NULL, "terminate", "--fail", "--shrink", "w1");
	UNTIL(e, 1, equals, AT_LEAST("queue.failed", 2));
	UNTIL(e, 1, equals, AT_LEAST("pool.size", 1));
	VERB(0, "target 1", NULL, "status");
	VERB(0, NULL, NULL, "stop", "--now");
	EXITS(p, 101);
}

static void
a_drained_worker_is_replaced_if_asked(void **state)
{
	struct e2e *e = *state;
	struct proc *p = START(e, "--plain", "-j1", SLEEP, "50ms", "1h");
	double pid;

	UNTIL(e, 1, at_least, AT_LEAST("queue.running", 1));
	pid = pid_of_first(e);
	VERB(0, NULL, NULL, "drain", "--replace", "w1");
	UNTIL(e, 1, at_least, AT_LEAST("queue.done", 1));
	if (pid_of_first(e) == pid)	/* the second had begun already */
		VERB(0, NULL, NULL, "terminate", "--kill", "w1");
	UNTIL(e, 1, first_runs_as_another, &pid);
	VERB(0, NULL, NULL, "stop", "--now");
	EXITS(p, 101);
}

/* Each look at a task is about a tenth of a second from the next. */
static void
a_frozen_task_stands_still_until_it_goes_on(void **state)
{
	struct e2e *e = *state;
	struct proc *p = START(e, "--plain", "-j1", "--kernel", "burn",
	    "seconds={}", ":::", "1h", "1500ms");
	json_t *before, *after;

	UNTIL(e, 1, at_least, AT_LEAST("queue.running", 1));
	VERB(0, NULL, NULL, "resize", "2");
	UNTIL(e, 1, at_least, AT_LEAST("workers.1.progress", 0.001));
	VERB(0, NULL, NULL, "signal", "STOP", "w2");
	UNTIL(e, 1, second_is_frozen, NULL);
	before = state_of(e, 1);
	/* The other one shows that there was time. */
	UNTIL(e, 1, at_least, AT_LEAST("workers.0.progress",
	    number(before, "workers.0.progress") + 0.5 / 3600));
	before = (json_decref(before), state_of(e, 1));
	UNTIL(e, 1, at_least, AT_LEAST("workers.0.progress",
	    number(before, "workers.0.progress") + 0.5 / 3600));
	after = state_of(e, 1);
	assert_true(number(before, "workers.1.progress") ==
	    number(after, "workers.1.progress"));
	assert_true(number(after, "queue.done") == 0);
	VERB(255, NULL, "w2 is frozen already", "signal", "STOP", "w2");
	VERB(0, NULL, NULL, "signal", "SIGCONT", "w2");
	UNTIL(e, 1, at_least, AT_LEAST("queue.done", 1));
	json_decref(before);
	json_decref(after);
	VERB(0, NULL, NULL, "stop", "--now");
	EXITS(p, 101);
}

/*
 * Asked in one go: the worker reads the task and that it is to be frozen at
 * once.  By the engine's clock there is time for twice the task.
 */
static void
a_task_can_be_frozen_before_it_has_begun(void **state)
{
	struct e2e *e = *state;
	struct proc *p = START(e, "--plain", "-j1", SLEEP, "300ms", "301ms");
	struct talk t;
	json_t *j;

	UNTIL(e, 1, at_least, AT_LEAST("queue.running", 1));
	VERB(0, NULL, NULL, "pause");
	UNTIL(e, 1, at_least, AT_LEAST("pool.idle", 1));
	talk_open(e, 1, &t);
	json_decref(talk_hear(&t));
	talk_say(&t, "{\"op\":\"continue\"}\n"
	    "{\"op\":\"signal\",\"signal\":%d,\"workers\":[1]}", SIGSTOP);
	assert_true(talk_ok(&t, NULL));
	assert_true(talk_ok(&t, NULL));
	talk_close(&t);
	j = state_of(e, 1);
	UNTIL(e, 1, at_least, AT_LEAST("elapsed", number(j, "elapsed") + 0.6));
	json_decref(j);
	j = state_of(e, 1);
	assert_int_equal(number(j, "queue.done"), 1);
	assert_true(word_is(j, "workers.0.state", "frozen"));
	json_decref(j);
	VERB(0, NULL, NULL, "signal", "CONT", "w1");
	EXITS(p, 0);
	assert_string_equal(proc_out(p), "300 ms\n301 ms\n");
}

static void
a_frozen_worker_can_be_cancelled_drained_and_terminated(void **state)
{
	struct e2e *e = *state;
	struct proc *p = start_long(e);

	VERB(0, NULL, NULL, "signal", "STOP", "w2");
	UNTIL(e, 1, second_is_frozen, NULL);
	VERB(0, NULL, NULL, "cancel", "2");
	UNTIL(e, 1, equals, AT_LEAST("queue.cancelled", 1));
	UNTIL(e, 1, second_runs, NULL);
	VERB(0, NULL, NULL, "signal", "STOP", "w2");
	VERB(0, NULL, NULL, "terminate", "--fail", "w2");
	UNTIL(e, 1, equals, AT_LEAST("queue.failed", 1));
	UNTIL(e, 1, second_runs, NULL);
	VERB(0, NULL, NULL, "signal", "STOP", "w1-2");
	VERB(0, NULL, NULL, "stop", "--now");
	EXITS(p, 101);
}

/* ---- lost workers ---- */

/* Kill the worker that has this task, unless the task has failed by then. */
static bool
kill_holder_of(const struct e2e *e, int task)
{
	json_t *j, *worker, *failed;
	pid_t pid = 0;
	size_t i;

	j = state_of(e, 1);
	failed = json_object_get(json_object_get(j, "queue"), "failed");
	json_array_foreach(json_object_get(j, "workers"), i, worker)
		if (number(worker, "task") == task)
			pid = (pid_t)number(worker, "pid");
	if (pid > 0)
		kill(pid, SIGKILL);
	if (pid > 0)
		proc_wait_gone(pid, PROC_BOUND);
	task = (int)json_integer_value(failed);
	json_decref(j);
	return task == 0;
}

static void
a_task_that_costs_three_workers_fails_and_no_other(void **state)
{
	struct e2e *e = *state;
	struct proc *p = START(e, "--json", "-j2", SLEEP, "1h", "2h");
	struct mono late = proc_deadline(PROC_BOUND);
	size_t deaths = 0;

	while (kill_holder_of(e, 1) && !proc_late(late))
		proc_nap();
	UNTIL(e, 1, equals, AT_LEAST("queue.failed", 1));
	VERB(0, NULL, NULL, "cancel", "2");
	EXITS(p, 101);
	assert_non_null(strstr(proc_out(p), "\"cause\":\"worker lost\""));
	assert_non_null(strstr(proc_out(p), "1 failed, 1 cancelled"));
	for (const char *s = proc_out(p); (s = strstr(s, ") died with task #1"))
	    != NULL; s++)
		deaths++;
	assert_int_equal(deaths, 3);
	assert_null(strstr(proc_out(p), "died with task #2"));
}

/* ---- tasks ---- */

static void
running_and_waiting_tasks_are_cancelled(void **state)
{
	struct e2e *e = *state;
	struct proc *p = START(e, "--plain", "-j1", SLEEP, "1h", "2h", "1ms",
	    "3h");

	UNTIL(e, 1, at_least, AT_LEAST("queue.running", 1));
	VERB(0, NULL, NULL, "cancel", "4", "1-2");
	EXITS(p, 101);
	assert_string_equal(proc_out(p), "1 ms\n");
	assert_non_null(strstr(proc_err(p), "1 done, 0 failed, 3 cancelled"));
}

/* The worker gave the task back before it heard that it was cancelled. */
static void
a_worker_that_gave_a_cancelled_task_back_is_spared(void **state)
{
	struct e2e *e = *state;
	struct proc *p = START(e, "--plain", "-j1", "--grace", "200ms",
	    SLEEP, "1ms", "1ms", "1ms", "1h", "1ms", "1ms", "1ms", "1ms");
	struct talk t;
	double pid;
	json_t *j;

	UNTIL(e, 1, at_least, AT_LEAST("queue.done", 3));
	UNTIL(e, 1, equals, AT_LEAST("workers.0.task", 4));
	pid = pid_of_first(e);
	talk_open(e, 1, &t);
	json_decref(talk_hear(&t));
	talk_say(&t, "{\"op\":\"pause\"}\n"
	    "{\"op\":\"cancel\",\"tasks\":[5]}");
	assert_true(talk_ok(&t, NULL));
	assert_true(talk_ok(&t, NULL));
	talk_close(&t);
	UNTIL(e, 1, equals, AT_LEAST("queue.cancelled", 1));
	j = state_of(e, 1);
	UNTIL(e, 1, at_least, AT_LEAST("elapsed", number(j, "elapsed") + 0.5));
	json_decref(j);
	assert_true(pid_of_first(e) == pid);
	VERB(0, NULL, NULL, "continue");
	VERB(0, NULL, NULL, "cancel", "4");
	EXITS(p, 101);
	assert_string_equal(proc_out(p), "1 ms\n1 ms\n1 ms\n1 ms\n1 ms\n"
	    "1 ms\n");
}

/*
 * A task fails because its worker is stopped with --fail; tried again, it is
 * done, and its result comes last: the place for it had passed.
 */
static void
a_retried_task_is_printed_at_the_end(void **state)
{
	struct e2e *e = *state;
	struct proc *p = START(e, "--plain", "-j1", SLEEP, "400ms", "1ms",
	    "1h", "2ms");

	UNTIL(e, 1, at_least, AT_LEAST("queue.running", 1));
	VERB(0, NULL, NULL, "terminate", "--fail", "--kill", "w1");
	assert_true(proc_wait_out(p, "1 ms\n", PROC_BOUND));
	VERB(0, NULL, NULL, "retry");
	VERB(255, NULL, "has ended already", "cancel", "2");
	VERB(255, NULL, "task 1 has not failed", "retry", "1");
	VERB(0, NULL, NULL, "cancel", "3");
	EXITS(p, 101);
	assert_string_equal(proc_out(p), "1 ms\n2 ms\n400 ms\n");
	assert_non_null(strstr(proc_err(p), "3 done, 0 failed, 1 cancelled"));
}

/* ---- the run ---- */

static void
a_paused_run_starts_nothing(void **state)
{
	struct e2e *e = *state;
	struct proc *p = START(e, "--plain", "-j1", SLEEP, "200ms", "1ms",
	    "2ms");

	UNTIL(e, 1, at_least, AT_LEAST("queue.running", 1));
	VERB(0, NULL, NULL, "pause");
	VERB(255, NULL, "paused already", "pause");
	UNTIL(e, 1, at_least, AT_LEAST("pool.idle", 1));
	UNTIL(e, 1, state_is, "paused");
	UNTIL(e, 1, at_least, AT_LEAST("queue.depth", 2));
	VERB(0, NULL, NULL, "continue");
	EXITS(p, 0);
	assert_string_equal(proc_out(p), "200 ms\n1 ms\n2 ms\n");
}

static void
stop_lets_running_tasks_finish(void **state)
{
	struct e2e *e = *state;
	struct proc *p = START(e, "--plain", "-j1", SLEEP, "400ms", "1ms");

	UNTIL(e, 1, at_least, AT_LEAST("queue.running", 1));
	VERB(0, NULL, NULL, "stop");
	EXITS(p, 101);
	assert_string_equal(proc_out(p), "400 ms\n");
	assert_non_null(strstr(proc_err(p), "1 never ran"));
}

static void
wait_ends_with_the_status_of_the_run(void **state)
{
	struct e2e *e = *state;
	struct proc *p, *w;

	p = START(e, "--plain", "-j1", "--kernel", "sleep", "seconds={}",
	    ":::", "no", "1h", "1ms", "neither");
	UNTIL(e, 1, at_least, AT_LEAST("queue.running", 1));
	w = e2e_start(e, WORDS(e2e_pooltop(), "wait"), NULL);
	UNTIL(e, 1, at_least, AT_LEAST("viewers", 2));
	VERB(0, NULL, NULL, "terminate", "--fail", "w1");
	EXITS(p, 3);
	EXITS(w, 3);
	assert_string_equal(proc_out(w), "");
}

static void
an_interrupted_wait_dies_and_leaves_the_run_alone(void **state)
{
	struct e2e *e = *state;
	struct proc *p = start_long(e), *w;

	w = e2e_start(e, WORDS(e2e_pooltop(), "wait"), NULL);
	UNTIL(e, 1, at_least, AT_LEAST("viewers", 2));
	proc_signal(w, SIGINT);
	assert_int_not_equal(proc_wait(w, PROC_BOUND), -1);
	assert_true(WIFSIGNALED(w->status));
	VERB(0, "2 running", NULL, "status");
	VERB(0, NULL, NULL, "stop", "--now");
	EXITS(p, 101);
}

static void
a_detached_run_waits_until_its_results_are_printed(void **state)
{
	struct e2e *e = *state;

	VERB(0, "", "run 1 goes on", "run", "--detach", "--kernel", "noop",
	    "text={}", ":::", "a", "b", "c");
	UNTIL(e, 1, is_over, NULL);
	VERB(0, NULL, NULL, "wait");
	VERB(0, "finished", NULL, "list");
	VERB(0, "a\nb\nc\n", "3 done", "attach", "--plain");
	NOBODY_LEFT();
	VERB(0, "", NULL, "list");
	VERB(0, NULL, NULL, "run", "--detach", "--kernel", "noop", "text=x");
	UNTIL(e, 1, is_over, NULL);
	VERB(0, NULL, NULL, "stop");
	NOBODY_LEFT();
}

static void
a_second_viewer_does_not_hold_up_the_first(void **state)
{
	struct e2e *e = *state;
	struct proc *p = START(e, "--plain", "-j1", SLEEP, "400ms");
	struct talk t;

	talk_open(e, 1, &t);
	assert_true(talk_say(&t, "{\"op\":\"attach\"}"));
	UNTIL(e, 1, at_least, AT_LEAST("viewers", 2));
	EXITS(p, 0);
	talk_close(&t);
	NOBODY_LEFT();
}

/* More than is kept in memory: 1100 results of 65,000 bytes. */
static void
results_beyond_the_bound_wait_to_be_printed(void **state)
{
	enum { SIZE = 65000, N = 1100 };
	struct e2e *e = *state;
	char path[E2E_PATH_MAX], *item = mem_alloc(SIZE + 2);
	struct proc *p;
	FILE *f;

	memset(item, 'x', SIZE);
	item[SIZE] = '\n';
	f = fopen(e2e_path(e, path, "items"), "we");
	for (int i = 0; i < N; i++)
		assert_int_equal(fwrite(item, 1, SIZE + 1, f), SIZE + 1);
	assert_int_equal(fclose(f), 0);
	free(item);
	e2e_write(e, "job.yaml", "jobs:\n  - { name: big, kernel: noop,\n"
	    "      params: { text: '{}' }, items: { file: items } }\n");
	VERB(0, NULL, NULL, "run", "--detach", "-j2",
	    e2e_path(e, path, "job.yaml"));
	UNTIL(e, 1, state_is, "waiting");
	VERB(0, "of results wait to be printed", NULL, "status");
	p = e2e_run(e, WORDS("sh", "-c", "\"$1\" attach --plain | wc -c",
	    "sh", e2e_pooltop()), NULL);
	EXITS(p, 0);
	assert_int_equal(atol(proc_out(p)), (long)N * (SIZE + 1));
	NOBODY_LEFT();
}

/* ---- standard output and interrupts ---- */

static void
an_interrupt_drains_and_a_second_one_kills(void **state)
{
	struct e2e *e = *state;
	struct proc *p = START(e, "--plain", "-j1", SLEEP, "400ms", "1h");

	UNTIL(e, 1, at_least, AT_LEAST("queue.running", 1));
	UNTIL(e, 1, at_least, AT_LEAST("viewers", 1));
	proc_signal(p, SIGINT);
	EXITS(p, 101);
	assert_string_equal(proc_out(p), "400 ms\n");
	p = START(e, "--plain", "-j1", SLEEP, "1h", "2h");
	UNTIL(e, 1, at_least, AT_LEAST("queue.running", 1));
	UNTIL(e, 1, at_least, AT_LEAST("viewers", 1));
	proc_signal(p, SIGINT);
	UNTIL(e, 1, state_is, "draining");
	proc_signal(p, SIGINT);
	assert_int_not_equal(proc_wait(p, PROC_BOUND), -1);
	assert_true(WIFSIGNALED(p->status));
	assert_int_equal(WTERMSIG(p->status), SIGINT);
	NOBODY_LEFT();
}

static void
a_run_ends_when_nobody_reads_its_output(void **state)
{
	struct e2e *e = *state;
	struct proc *p = START(e, "--plain", "-j2", SLEEP, "1ms", "20ms",
	    "20ms", "20ms", "1h");

	assert_true(proc_wait_out(p, "\n", PROC_BOUND));
	proc_close_out(p);
	assert_int_not_equal(proc_wait(p, PROC_BOUND), -1);
	assert_true(WIFSIGNALED(p->status));
	assert_int_equal(WTERMSIG(p->status), SIGPIPE);
	NOBODY_LEFT();
}

static void
a_full_disk_is_told_and_ends_the_run(void **state)
{
	struct proc *p = e2e_run(*state, WORDS("sh", "-c",
	    "\"$1\" run --plain -j1 --kernel sleep 'seconds={}' ::: 1ms 1h "
	    ">/dev/full", "sh", e2e_pooltop()), NULL);

	EXITS(p, 255);
	assert_non_null(strstr(proc_err(p), "standard output: No space"));
	NOBODY_LEFT();
	p = e2e_run(*state, WORDS("sh", "-c",
	    "\"$1\" list --json >/dev/full", "sh", e2e_pooltop()), NULL);
	EXITS(p, 255);
	assert_non_null(strstr(proc_err(p), "standard output"));
}

/* The reader comes to it late: nothing may be cut off. */
static void
a_slow_reader_gets_everything(void **state)
{
	struct e2e *e = *state;
	struct proc *p;

	e2e_write(e, "job.yaml", "jobs:\n  - { name: n, kernel: noop,\n"
	    "      params: { text: '{} some words to fill the pipe' },\n"
	    "      items: { range: { from: 1, to: 20000, step: 1 } } }\n");
	p = e2e_start(e, WORDS("sh", "-c", "\"$1\" run --json -j2 job.yaml |"
	    " { head -c 1000; while \"$1\" status --json |"
	    " grep -qv finished; do :; done; cat; } | tail -n 1", "sh",
	    e2e_pooltop()), &(struct proc_how){ .dir = e->dir });
	EXITS(p, 0);
	assert_non_null(strstr(proc_out(p), "\"event\":\"end\""));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		E2E_TEST(list_and_status_show_a_run_in_both_ways),
		E2E_TEST(without_a_run_there_is_a_sentence),
		E2E_TEST(several_runs_are_listed_to_choose_from),
		E2E_TEST(what_cannot_be_is_refused_with_what_was_meant),
		E2E_TEST(the_pool_is_made_larger_and_smaller),
		E2E_TEST(workers_are_named_in_every_way),
		E2E_TEST(a_terminated_worker_is_replaced_or_not_and_its_task_fails_or_not),
		E2E_TEST(a_drained_worker_is_replaced_if_asked),
		E2E_TEST(a_frozen_task_stands_still_until_it_goes_on),
		E2E_TEST(a_task_can_be_frozen_before_it_has_begun),
		E2E_TEST(a_frozen_worker_can_be_cancelled_drained_and_terminated),
		E2E_TEST(a_task_that_costs_three_workers_fails_and_no_other),
		E2E_TEST(running_and_waiting_tasks_are_cancelled),
		E2E_TEST(a_worker_that_gave_a_cancelled_task_back_is_spared),
		E2E_TEST(a_retried_task_is_printed_at_the_end),
		E2E_TEST(a_paused_run_starts_nothing),
		E2E_TEST(stop_lets_running_tasks_finish),
		E2E_TEST(wait_ends_with_the_status_of_the_run),
		E2E_TEST(an_interrupted_wait_dies_and_leaves_the_run_alone),
		E2E_TEST(a_detached_run_waits_until_its_results_are_printed),
		E2E_TEST(a_second_viewer_does_not_hold_up_the_first),
		E2E_TEST(results_beyond_the_bound_wait_to_be_printed),
		E2E_TEST(an_interrupt_drains_and_a_second_one_kills),
		E2E_TEST(a_run_ends_when_nobody_reads_its_output),
		E2E_TEST(a_full_disk_is_told_and_ends_the_run),
		E2E_TEST(a_slow_reader_gets_everything),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
