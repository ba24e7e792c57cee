/*
 * Nobody is left behind: front end, engine, nursery and workers are killed
 * without warning, in every order.
 *
 * Two things cannot be had and are not asked for (the manual says so): a
 * worker's children survive when engine, nursery and that worker are killed
 * in the same instant, or engine and nursery while the worker is stopped.
 */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/e2e/talk.h"

#define WILD	"./e2e_wild"
enum { WORKERS = 3, BRED = 3 };		/* children of each wild worker */

enum role { FRONT, ENGINE, NURSERY, WORKER, NROLES };

/* A run with long tasks, and all of its processes there. */
static struct proc *
start(struct e2e *e, const char *program, const char *face)
{
	struct proc *p = e2e_start(e, WORDS(program, "run", face, "-j3",
	    "--kernel", "sleep", "seconds={}", ":::", "1h", "1h", "1h",
	    "1h"), NULL);

	UNTIL(e, 1, at_least, AT_LEAST("queue.running", WORKERS));
	if (strcmp(program, WILD) == 0)
		wait_named("wild-child", WORKERS * BRED - 1);
	return p;
}

static void
find_all(pid_t pid[NROLES], const struct proc *front)
{
	pid[FRONT] = front->pid;
	pid[ENGINE] = wait_named("pooltop-engine", 0);
	pid[NURSERY] = wait_named("pooltop-nursery", 0);
	pid[WORKER] = wait_named("pooltop-worker", 0);
}

/* Killed one right after the other: nobody has time to notice. */
static void
kill_in_order(struct e2e *e, const char *program, const enum role *order,
    size_t n)
{
	struct proc *p = start(e, program, "--plain");
	pid_t pid[NROLES];

	find_all(pid, p);
	for (size_t i = 0; i < n; i++)
		kill(pid[order[i]], SIGKILL);
	if (!proc_wait_none(PROC_BOUND)) {
		for (size_t i = 0; i < n; i++)
			fprintf(stderr, "killed role %d\n", (int)order[i]);
		proc_print_descendants();
		fail();
	}
}

/*
 * Every order of every choice of n roles, except of those that hold them all
 * in not.
 */
static void
every_order(struct e2e *e, const char *program, enum role *order, size_t at,
    size_t n, unsigned int used, unsigned int not)
{
	if (at == n) {
		if (not == 0 || (used & not) != not)
			kill_in_order(e, program, order, n);
		return;
	}
	for (enum role r = FRONT; r < NROLES; r++)
		if (!(used & 1u << r)) {
			order[at] = r;
			every_order(e, program, order, at + 1, n,
			    used | 1u << r, not);
		}
}

static void
one_that_dies_takes_a_bound_run_along(void **state)
{
	static const enum role roles[] = { FRONT, ENGINE, NURSERY };

	for (size_t i = 0; i < COUNT(roles); i++)
		kill_in_order(*state, e2e_pooltop(), &roles[i], 1);
}

static void
all_die_in_every_order(void **state)
{
	enum role order[NROLES];

	every_order(*state, e2e_pooltop(), order, 0, NROLES, 0, 0);
}

static void
what_workers_left_behind_dies_in_every_order(void **state)
{
	const unsigned int not = 1u << ENGINE | 1u << NURSERY | 1u << WORKER;
	enum role order[NROLES];

	kill_in_order(*state, WILD, (enum role[]){ FRONT }, 1);
	kill_in_order(*state, WILD, (enum role[]){ ENGINE }, 1);
	kill_in_order(*state, WILD, (enum role[]){ NURSERY }, 1);
	every_order(*state, WILD, order, 0, 2, 0, 1u << FRONT | 1u << WORKER);
	every_order(*state, WILD, order, 0, 3, 0, not);
}

static void
a_stopped_family_dies_with_its_engine(void **state)
{
	struct e2e *e = *state;
	struct proc *p = start(e, WILD, "--plain");
	pid_t pid[NROLES];

	find_all(pid, p);
	kill(pid[WORKER], SIGSTOP);
	kill(wait_named("wild-child", 0), SIGSTOP);
	kill(pid[ENGINE], SIGKILL);
	EXITS(p, 255);
	assert_non_null(strstr(proc_err(p), "engine"));
	NOBODY_LEFT();
}

static void
a_killed_nursery_ends_the_run_with_a_sentence(void **state)
{
	struct e2e *e = *state;
	struct proc *p = start(e, WILD, "--plain");

	kill(wait_named("pooltop-nursery", 0), SIGKILL);
	EXITS(p, 255);
	assert_non_null(strstr(proc_err(p), "nursery"));
	NOBODY_LEFT();
}

/* The number of processes called so; zombies are none. */
static size_t
count_named(const char *name)
{
	size_t n = 0;

	while (find_named(name, n) != 0)
		n++;
	return n;
}

static bool
as_many_as_ever(void *arg)
{
	return count_named("pooltop-worker") == WORKERS &&
	    count_named("wild-child") == (size_t)WORKERS * BRED;
}

static void
what_a_killed_worker_left_behind_dies_at_once(void **state)
{
	struct e2e *e = *state;
	struct proc *p = e2e_start(e, WORDS(WILD, "run", "--plain", "-j3",
	    "--crash-limit", "0", "--kernel", "sleep", "seconds={}", ":::",
	    "1h", "1h", "1h", "1h"), NULL);

	for (unsigned int i = 0; i < 6; i++) {
		assert_true(proc_wait_until(as_many_as_ever, NULL,
		    PROC_BOUND));
		kill(find_named("pooltop-worker", i % WORKERS), SIGKILL);
	}
	assert_true(proc_wait_until(as_many_as_ever, NULL, PROC_BOUND));
	proc_signal(p, SIGKILL);
	NOBODY_LEFT();
}

static bool
no_child(void *arg)
{
	return count_named("wild-child") == 0;
}

static void
workers_that_leave_take_along_what_is_below_them(void **state)
{
	struct e2e *e = *state;
	struct proc *p = start(e, WILD, "--plain");

	assert_true(ask(e, 1, "{\"op\":\"resize\",\"size\":0,"
	    "\"shrink\":\"requeue\"}"));
	assert_true(proc_wait_until(no_child, NULL, PROC_BOUND));
	assert_true(ask(e, 1, "{\"op\":\"resize\",\"size\":2}"));
	wait_named("wild-child", 2 * BRED - 1);
	assert_true(ask(e, 1, "{\"op\":\"stop\",\"now\":true}"));
	EXITS(p, 101);
	NOBODY_LEFT();
}

static void
a_terminated_engine_ends_its_family(void **state)
{
	struct e2e *e = *state;
	struct proc *p = start(e, WILD, "--plain");

	kill(wait_named("pooltop-engine", 0), SIGTERM);
	EXITS(p, 101);
	NOBODY_LEFT();
}

static void
a_front_end_that_gets_a_signal_ends_a_bound_run(void **state)
{
	static const int signals[] = { SIGTERM, SIGHUP, SIGQUIT };
	struct e2e *e = *state;

	for (size_t i = 0; i < COUNT(signals); i++) {
		struct proc *p = start(e, WILD, i == 1 ? "--json" :
		    "--quiet");

		proc_signal(p, signals[i]);
		assert_int_not_equal(proc_wait(p, PROC_BOUND), -1);
		assert_true(WIFSIGNALED(p->status));
		NOBODY_LEFT();
	}
}

static void
who_comes_late_hears_what_failed(void **state)
{
	struct e2e *e = *state;

	VERB(0, NULL, "run 1", "run", "--detach", "--kernel", "sleep",
	    "seconds={}", ":::", "1ms", "broken", "2ms");
	UNTIL(e, 1, is_over, NULL);
	VERB(1, NULL, "#2 \"broken\" failed", "wait");
	VERB(1, "1 ms\n2 ms\n", "#2 \"broken\" failed", "attach", "--plain");
	NOBODY_LEFT();
}

/* Short tasks are leased by the hundred: which of them kills the workers? */
static void
who_kills_its_workers_is_found_among_a_thousand(void **state)
{
	const struct proc_how fragile = {
	    .env = (const char *const []){ "WILD=fragile", NULL } };
	struct e2e *e = *state;
	char text[16 * 1024] = "jobs: [ { name: n, kernel: noop, params:"
	    " { text: '{}' }, items: [ 0";
	char path[E2E_PATH_MAX];
	const char *out;
	struct proc *p;

	for (int i = 1; i < 1000; i++)
		snprintf(text + strlen(text), sizeof text - strlen(text),
		    i == 500 ? ", die" : ", %d", i);
	strcat(text, " ] } ]\n");
	e2e_write(e, "die.yaml", text);
	p = e2e_start(e, WORDS(WILD, "run", "--plain", "-j2",
	    e2e_path(e, path, "die.yaml")), &fragile);
	EXITS(p, 1);
	out = proc_out(p);
	assert_non_null(strstr(out, "499\n501\n"));
	assert_non_null(strstr(out, "\n999\n"));
	assert_non_null(strstr(proc_err(p), "#501 \"die\" failed"));
	assert_non_null(strstr(proc_err(p), "worker lost"));
	NOBODY_LEFT();
}

static void
a_detached_run_outlives_who_looks_at_it(void **state)
{
	struct e2e *e = *state;
	struct proc *p;

	VERB(0, NULL, "run 1", "run", "--detach", "-j2", "--kernel", "sleep",
	    "seconds={}", ":::", "1ms", "1h", "2ms");
	UNTIL(e, 1, at_least, AT_LEAST("queue.done", 2));
	p = e2e_start(e, WORDS(e2e_pooltop(), "attach", "--plain"), NULL);
	assert_true(proc_wait_out(p, "1 ms\n", PROC_BOUND));
	proc_signal(p, SIGKILL);
	assert_int_not_equal(proc_wait(p, PROC_BOUND), -1);
	VERB(0, NULL, NULL, "cancel", "2");
	UNTIL(e, 1, is_over, NULL);
	VERB(101, "2 ms\n", "1 cancelled", "attach", "--plain");
	NOBODY_LEFT();
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		E2E_TEST(one_that_dies_takes_a_bound_run_along),
		E2E_TEST(all_die_in_every_order),
		E2E_TEST(what_workers_left_behind_dies_in_every_order),
		E2E_TEST(a_stopped_family_dies_with_its_engine),
		E2E_TEST(a_killed_nursery_ends_the_run_with_a_sentence),
		E2E_TEST(what_a_killed_worker_left_behind_dies_at_once),
		E2E_TEST(workers_that_leave_take_along_what_is_below_them),
		E2E_TEST(a_terminated_engine_ends_its_family),
		E2E_TEST(a_front_end_that_gets_a_signal_ends_a_bound_run),
		E2E_TEST(who_comes_late_hears_what_failed),
		E2E_TEST(who_kills_its_workers_is_found_among_a_thousand),
		E2E_TEST(a_detached_run_outlives_who_looks_at_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
