/*
 * Everything that can be done to a run is done to it at random; left alone
 * afterwards, it ends as if nothing had been.  The number of a failed round
 * is its seed; POOLTOP_LONG makes a hundred of them.
 */
#include <signal.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/e2e/talk.h"
#include "tests/e2e/work.h"

enum { ACTIONS = 100, WORKERS_MAX = 16, ROUNDS = 6, LONG_ROUNDS = 100 };

struct round {
	struct e2e	*e;
	uint64_t	 seed;
	bool		 failing;	/* what makes tasks fail is done, too */
};

static unsigned int
any(struct round *r, unsigned int n)
{
	return (unsigned int)(test_random(&r->seed) % n);
}

static const char *
yes_or_no(struct round *r)
{
	return any(r, 2) ? "true" : "false";
}

/* ---- what is done ---- */

static void
resize(struct round *r, const json_t *state)
{
	static const char *const how[] = { "drain", "requeue", "fail" };

	ask(r->e, 1, "{\"op\":\"resize\",\"size\":%u,\"shrink\":\"%s\"}",
	    any(r, WORKERS_MAX + 1), how[any(r, r->failing ? 3 : 2)]);
}

static void
drain(struct round *r, const json_t *state)
{
	ask(r->e, 1, "{\"op\":\"drain\",\"workers\":[%u],\"replace\":%s}",
	    1 + any(r, WORKERS_MAX), yes_or_no(r));
}

static void
terminate(struct round *r, const json_t *state)
{
	ask(r->e, 1, "{\"op\":\"terminate\",\"workers\":[%u],\"kill\":%s,"
	    "\"shed\":%s,\"fail\":%s}", 1 + any(r, WORKERS_MAX),
	    yes_or_no(r), yes_or_no(r), r->failing ? yes_or_no(r) : "false");
}

static void
freeze(struct round *r, const json_t *state)
{
	ask(r->e, 1, "{\"op\":\"signal\",\"signal\":%d,\"workers\":[%u]}",
	    any(r, 2) ? SIGSTOP : SIGCONT, 1 + any(r, WORKERS_MAX));
}

static void
pause_or_continue(struct round *r, const json_t *state)
{
	ask(r->e, 1, "{\"op\":\"%s\"}", any(r, 3) ? "continue" : "pause");
}

static void
kill_one(struct round *r, const json_t *state)
{
	const json_t *workers = json_object_get(state, "workers");
	size_t n = json_array_size(workers);
	double pid = n == 0 ? 0 : number(json_array_get(workers,
	    any(r, (unsigned int)n)), "pid");

	if (pid > 0 && proc_running((pid_t)pid))
		kill((pid_t)pid, SIGKILL);
}

/* As a dashboard does: this worker as it was seen, or nothing. */
static void
terminate_as_seen(struct round *r, const json_t *state)
{
	const json_t *workers = json_object_get(state, "workers"), *w;
	size_t n = json_array_size(workers);

	if (n == 0)
		return;
	w = json_array_get(workers, any(r, (unsigned int)n));
	ask(r->e, 1, "{\"op\":\"terminate\",\"workers\":[{\"slot\":%.0f,"
	    "\"pid\":%.0f,\"task\":%.0f}]}", number(w, "slot"),
	    number(w, "pid") > 0 ? number(w, "pid") : 0,
	    number(w, "task") > 0 ? number(w, "task") : 0);
}

static void
nothing_of_the_kind(struct round *r, const json_t *state)
{
	ask(r->e, 1, "{\"op\":\"cancel\",\"tasks\":[]}");
	ask(r->e, 1, "{\"op\":\"cancel\",\"tasks\":[%d]}", 100000);
}

static void (*const actions[])(struct round *, const json_t *) = {
	resize, resize, drain, terminate, freeze, freeze, pause_or_continue,
	kill_one, kill_one, terminate_as_seen, nothing_of_the_kind
};

/* ---- a round ---- */

static void
disturb(struct round *r)
{
	json_t *state;

	for (int i = 0; i < ACTIONS; i++) {
		state = state_of(r->e, 1);
		if (is_over(state, NULL) || number(state, "queue.depth") < 20)
			i = ACTIONS;
		else
			actions[any(r, COUNT(actions))](r, state);
		json_decref(state);
		if (r->failing)
			ask(r->e, 1, "{\"op\":\"retry\"}");
		proc_nap();
	}
}

static void
leave_alone(struct round *r)
{
	json_t *state;

	for (unsigned int i = 1; i <= WORKERS_MAX; i++)
		ask(r->e, 1, "{\"op\":\"signal\",\"signal\":%d,"
		    "\"workers\":[%u]}", SIGCONT, i);
	ask(r->e, 1, "{\"op\":\"resize\",\"size\":2}");
	ask(r->e, 1, "{\"op\":\"continue\"}");
	while (r->failing && (state = state_of(r->e, 1)) != NULL) {
		r->failing = !is_over(state, NULL) &&
		    number(state, "queue.depth") > 0;
		json_decref(state);
		ask(r->e, 1, "{\"op\":\"retry\"}");
	}
}

static int
compare_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The same lines, in whatever order. */
static void
assert_same_lines(const char *got, const char *want)
{
	char *copy[2] = { mem_strdup(got), mem_strdup(want) };
	char *line[2][WORK_TASKS + 2], *rest;
	size_t n[2] = { 0, 0 };

	for (int i = 0; i < 2; i++) {
		for (char *s = strtok_r(copy[i], "\n", &rest); s != NULL &&
		    n[i] < WORK_TASKS + 2; s = strtok_r(NULL, "\n", &rest))
			line[i][n[i]++] = s;
		qsort(line[i], n[i], sizeof *line[i], compare_lines);
	}
	assert_int_equal(n[0], n[1]);
	for (size_t i = 0; i < n[0]; i++)
		assert_string_equal(line[0][i], line[1][i]);
	free(copy[0]);
	free(copy[1]);
}

/*
 * In the events that attach --json wrote: each task that had not ended when
 * it came is done once.
 */
static void
assert_each_done_once(const char *events)
{
	bool done[WORK_TASKS + 1] = { false };
	double before = -1, n = 0;
	const char *end;

	for (; (end = strchr(events, '\n')) != NULL; events = end + 1) {
		json_t *j = json_loadb(events, (size_t)(end - events), 0,
		    NULL);
		double task = number(j, "task");

		assert_non_null(j);
		if (before < 0)
			before = number(j, "queue.done");
		if (word_is(j, "event", "task") &&
		    word_is(j, "state", "done")) {
			assert_in_range(task, 1, WORK_TASKS);
			assert_false(done[(int)task]);
			done[(int)task] = true;
			n++;
		}
		json_decref(j);
	}
	assert_true(before >= 0);
	assert_int_equal(n + before, WORK_TASKS);
}

static void
play(struct e2e *e, uint64_t seed, const char *want)
{
	struct round r = { .e = e, .seed = seed, .failing = seed % 2 };
	bool in_order = !r.failing;
	char path[E2E_PATH_MAX];
	struct proc *p, *recorder;

	p = proc_start(WORDS(e2e_pooltop(), "run", "--plain", "-j1",
	    "--crash-limit", "0", work_file(e, path)), NULL);
	UNTIL(e, 1, at_least, AT_LEAST("viewers", 1));
	ask(e, 1, "{\"op\":\"pause\"}");	/* not over before all look */
	recorder = proc_start(WORDS(e2e_pooltop(), "attach", "--json"), NULL);
	UNTIL(e, 1, at_least, AT_LEAST("viewers", 2));
	ask(e, 1, "{\"op\":\"continue\"}");
	disturb(&r);
	leave_alone(&r);
	EXITS(p, 0);
	EXITS(recorder, 0);
	if (in_order)
		assert_string_equal(proc_out(p), want);
	else
		assert_same_lines(proc_out(p), want);
	assert_each_done_once(proc_out(recorder));
	proc_free(p);
	proc_free(recorder);
	NOBODY_LEFT();
}

static void
a_disturbed_run_ends_as_if_it_had_not_been(void **state)
{
	struct e2e *e = *state;
	char *want = work_result(e);
	const char *seed = getenv("POOLTOP_SEED");
	uint64_t first = seed != NULL ? strtoull(seed, NULL, 10) : 0;
	uint64_t n = getenv("POOLTOP_LONG") != NULL ? LONG_ROUNDS : ROUNDS;

	for (uint64_t i = first; i < first + n; i++) {
		print_message("round %d\n", (int)i);
		play(e, i, want);
	}
	free(want);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		E2E_TEST(a_disturbed_run_ends_as_if_it_had_not_been),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
