/* What a run prints and how it ends, whatever happens to its workers. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/e2e/talk.h"
#include "tests/e2e/work.h"

#define RUN(...)	WORDS(e2e_pooltop(), "run", "--plain", __VA_ARGS__)

/* A job file of this text is run: this exit status and output. */
#define PRINTS(e, text, code, out) do { \
	char path_[E2E_PATH_MAX]; \
	struct proc *p_; \
	e2e_write(e, "job.yaml", text); \
	p_ = e2e_run(e, RUN("-j2", e2e_path(e, path_, "job.yaml")), NULL); \
	EXITS(p_, code); \
	assert_string_equal(proc_out(p_), out); \
} while (0)

/* ---- the same bytes, always ---- */

static void
any_number_of_workers_prints_the_same(void **state)
{
	static const char *const sizes[] = { "2", "8", "64" };
	struct e2e *e = *state;
	char path[E2E_PATH_MAX], *want = work_result(e);

	work_file(e, path);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct proc *p = e2e_run(e, RUN("-j", sizes[i], path), NULL);

		EXITS(p, 0);
		assert_string_equal(proc_out(p), want);
	}
	free(want);
}

/* One blow a look at its state, as long as there is something to hit. */
static void
beat(struct e2e *e, struct proc *p, uint64_t *seed)
{
	int blows = 0;
	pid_t pid;

	while (blows < 40 && proc_wait(p, 0) == -1) {
		json_t *j = state_of(e, 1);

		if (at_least(j, AT_LEAST("queue.done", 6 * blows))) {
			pid = find_named("pooltop-worker",
			    test_random(seed) % 4);
			if (pid != 0)
				kill(pid, SIGKILL);
			if (blows++ % 4 == 0)
				ask(e, 1, "{\"op\":\"resize\",\"size\":%d}",
				    (int)(2 + test_random(seed) % 8));
		}
		json_decref(j);
		proc_nap();
	}
	assert_true(blows > 5);
}

static void
killed_and_resized_workers_print_the_same(void **state)
{
	struct e2e *e = *state;
	char path[E2E_PATH_MAX], *want = work_result(e);
	uint64_t seed = 1;

	work_file(e, path);
	for (int i = 0; i < 2; i++) {
		struct proc *p = e2e_start(e, RUN("-j4", "--crash-limit",
		    "0", path), NULL);

		beat(e, p, &seed);
		EXITS(p, 0);
		assert_string_equal(proc_out(p), want);
		NOBODY_LEFT();
	}
	free(want);
}

static void
primes_below_a_hundred_million_are_counted(void **state)
{
	char path[E2E_PATH_MAX];
	const char *srcdir = getenv("srcdir");
	struct proc *p;

	snprintf(path, sizeof path, "%s/assets/jobs/primes.yaml",
	    srcdir != NULL ? srcdir : ".");
	p = e2e_run(*state, RUN(path), NULL);
	EXITS(p, 0);
	assert_string_equal(proc_out(p), "5761455\n");
}

static void
bands_of_a_picture_are_joined_behind_one_header(void **state)
{
	struct e2e *e = *state;
	char path[E2E_PATH_MAX], *end;
	struct proc *p;
	size_t pixels = 0;
	const char *s;

	e2e_write(e, "job.yaml", "jobs:\n  - name: m\n    kernel: mandelbrot\n"
	    "    params: { width: 40, height: 30, from: '{1}', to: '{2}' }\n"
	    "    items: { range: { from: 1, to: 30, step: 7 } }\n");
	p = e2e_run(e, RUN("-j3", e2e_path(e, path, "job.yaml")), NULL);
	EXITS(p, 0);
	s = proc_out(p);
	assert_int_equal(strncmp(s, "P3\n40 30\n255\n", 13), 0);
	for (s += 13; strtol(s, &end, 10), end != s; s = end)
		pixels++;
	assert_int_equal(pixels, 40 * 30 * 3);
	assert_string_equal(end, "\n");
}

/* ---- items ---- */

static void
jobs_print_in_the_order_of_the_file(void **state)
{
	PRINTS(*state, "jobs:\n"
	    "  - { name: a, kernel: sleep, params: { seconds: '{}' },\n"
	    "      items: [30ms, 1ms] }\n"
	    "  - { name: b, kernel: noop, params: { text: 'b {}' },\n"
	    "      items: [x, y] }\n"
	    "  - { name: c, kernel: sleep, params: { seconds: 2ms } }\n", 0,
	    "30 ms\n1 ms\nb x\nb y\n2 ms\n");
}

static void
items_of_every_kind_are_filled_in(void **state)
{
	struct e2e *e = *state;

	e2e_write(e, "lines", "one\ntwo words\n\n\"q\"\n");
	e2e_write(e, "b.dat", "");
	e2e_write(e, "a.dat", "");
	PRINTS(e, "jobs:\n"
	    "  - { name: m, kernel: noop, params: { text: '{y}{x} {2}' },\n"
	    "      items: { matrix: { x: [1, 2], y: [a, b] } } }\n"
	    "  - { name: f, kernel: noop, params: { text: '<{}>' },\n"
	    "      items: { file: lines } }\n"
	    "  - { name: g, kernel: noop, params: { text: '{}' },\n"
	    "      items: { glob: '*.dat' } }\n"
	    "  - { name: r, kernel: noop, params: { text: '{} {1}-{2}' },\n"
	    "      items: { range: { from: 9, to: 12, step: 3 } } }\n", 0,
	    "a1 a\nb1 b\na2 a\nb2 b\n<one>\n<two words>\n<>\n<\"q\">\n"
	    "a.dat\nb.dat\n9 11 9-11\n12 12 12-12\n");
}

static void
a_job_without_items_to_run_on_is_done(void **state)
{
	struct e2e *e = *state;

	e2e_write(e, "none", "");
	PRINTS(e, "jobs:\n  - { name: f, kernel: noop,\n"
	    "      params: { text: '{}' }, items: { file: none } }\n", 0, "");
	PRINTS(e, "jobs:\n"
	    "  - { name: e, kernel: noop, params: { text: '{}' }, items: { file: none } }\n"
	    "  - { name: f, kernel: noop, params: { text: x } }\n", 0, "x\n");
}

static void
items_of_the_command_line_are_taken_as_they_are(void **state)
{
	struct proc *p = e2e_run(*state, RUN("-j2", "--kernel", "noop",
	    "text=<{}>", ":::", "-x", "--help", "a b", "it's \"q\"",
	    "two\nlines", "größer 日本", "", "{}", "$HOME `id` \\n", "\t",
	    "--"), NULL);

	EXITS(p, 0);
	assert_string_equal(proc_out(p), "<-x>\n<--help>\n<a b>\n"
	    "<it's \"q\">\n<two\nlines>\n<größer 日本>\n<>\n<{}>\n"
	    "<$HOME `id` \\n>\n<\t>\n<-->\n");
}

static void
items_that_are_not_utf8_are_refused_or_fail(void **state)
{
	struct proc *p = e2e_run(*state, RUN("-j1", "--kernel", "noop",
	    "text={}", ":::", "a", "\xff\xfe", "b"), NULL);

	EXITS(p, 1);
	assert_string_equal(proc_out(p), "a\nb\n");
	assert_non_null(strstr(proc_err(p), "UTF-8"));
}

/* ---- totals ---- */

#define NUMBERS(how) "jobs:\n  - { name: n, kernel: noop, reduce: " how \
	", params: { text: '{}' }, items: ['-7', '3', '40', '5'] }\n"

static void
one_reducing_job_prints_its_bare_total(void **state)
{
	PRINTS(*state, NUMBERS("sum"), 0, "41\n");
	PRINTS(*state, NUMBERS("min"), 0, "-7\n");
	PRINTS(*state, NUMBERS("max"), 0, "40\n");
	PRINTS(*state, NUMBERS("none"), 0, "-7\n3\n40\n5\n");
}

static void
several_jobs_print_their_totals_with_names(void **state)
{
	PRINTS(*state, "jobs:\n"
	    "  - { name: low, kernel: noop, reduce: min,\n"
	    "      params: { text: '{}' }, items: ['4', '2'] }\n"
	    "  - { name: text, kernel: noop, params: { text: word } }\n"
	    "  - { name: all, kernel: noop, reduce: sum,\n"
	    "      params: { text: '{}' }, items: ['4', '2'] }\n", 0,
	    "low\t2\nword\nall\t6\n");
}

static void
what_is_no_number_fails_and_there_is_no_total(void **state)
{
	struct e2e *e = *state;
	struct proc *p;

	e2e_write(e, "job.yaml", "jobs:\n"
	    "  - { name: bad, kernel: noop, reduce: sum,\n"
	    "      params: { text: '{}' }, items: ['4', 'x', '2'] }\n"
	    "  - { name: good, kernel: noop, reduce: sum,\n"
	    "      params: { text: '{}' }, items: ['4', '2'] }\n");
	p = e2e_start(e, RUN("-j2", "job.yaml"),
	    &(struct proc_how){ .dir = e->dir });
	EXITS(p, 1);
	assert_string_equal(proc_out(p), "good\t6\n");
	assert_non_null(strstr(proc_err(p), "no sum of bad"));
	assert_non_null(strstr(proc_err(p), "not a whole number"));
}

static void
a_sum_that_is_too_large_fails(void **state)
{
	PRINTS(*state, "jobs:\n  - { name: n, kernel: noop, reduce: sum,\n"
	    "      params: { text: '{}' },\n"
	    "      items: ['9223372036854775807', '1'] }\n", 1, "");
	PRINTS(*state, "jobs:\n  - { name: n, kernel: noop, reduce: sum,\n"
	    "      params: { text: '{}' },\n"
	    "      items: ['9223372036854775808'] }\n", 1, "");
}

/* ---- failures and the exit status ---- */

static void
a_failed_task_is_executed_as_often_as_allowed(void **state)
{
	struct e2e *e = *state;
	struct proc *p = e2e_run(e, WORDS(e2e_pooltop(), "run", "--json",
	    "-j1", "--retries", "3", "--kernel", "sha256", "rounds={}",
	    "seed=x", ":::", "1", "no", "2"), NULL);
	const char *s;
	int begun = 0;

	EXITS(p, 1);
	for (s = proc_out(p); (s = strstr(s, "\"task\":2,")) != NULL; s++)
		begun += strstr(s, "\"state\":\"running\"") <
		    strchr(s, '\n') && strstr(s, "\"state\":\"running\"");
	assert_int_equal(begun, 3);
}

/* So many tasks that fail, and one that does not. */
static void
fail_many(struct e2e *e, int n, int code)
{
	char text[200], path[E2E_PATH_MAX];
	struct proc *p;

	snprintf(text, sizeof text, "jobs:\n"
	    "  - { name: f, kernel: sha256, params: { seed: x, rounds: '{1}' },"
	    "\n      items: { range: { from: %d, to: 1, step: 1 } } }\n",
	    1 - n);
	e2e_write(e, "job.yaml", text);
	p = e2e_run(e, RUN("-j4", e2e_path(e, path, "job.yaml")), NULL);
	EXITS(p, code);
	assert_int_equal(strlen(proc_out(p)), 65);
}

static void
the_status_is_how_many_failed_up_to_a_hundred(void **state)
{
	fail_many(*state, 1, 1);
	fail_many(*state, 7, 7);
	fail_many(*state, 100, 100);
	fail_many(*state, 101, 101);
	fail_many(*state, 300, 101);
}

static void
faults_of_a_job_file_are_told_and_nothing_starts(void **state)
{
	struct e2e *e = *state;
	struct proc *p;

	e2e_write(e, "job.yaml", "jobs:\n  - name: a\n    kernel: primse\n"
	    "    itmes: [1]\n");
	p = e2e_start(e, RUN("job.yaml"),
	    &(struct proc_how){ .dir = e->dir });
	EXITS(p, 255);
	assert_string_equal(proc_out(p), "");
	assert_non_null(strstr(proc_err(p), "job.yaml:3:13: "));
	assert_non_null(strstr(proc_err(p), "primes"));
	assert_non_null(strstr(proc_err(p), "job.yaml:4:5: "));
	assert_non_null(strstr(proc_err(p), "items"));
	VERB(0, "", NULL, "list");
	assert_int_equal(find_named("pooltop-engine", 0), 0);
}

static void
usage_errors_are_told_and_nothing_starts(void **state)
{
	struct e2e *e = *state;

	VERB(255, NULL, "job file", "run");
	VERB(255, NULL, "one job file", "run", "a", "b");
	VERB(255, NULL, "nofile.yaml", "run", "nofile.yaml");
	VERB(255, NULL, "did you mean primes", "run", "--kernel", "prims");
	VERB(255, NULL, "needs to=", "run", "--kernel", "primes", "from=1");
	VERB(255, NULL, "did you mean text", "run", "--kernel", "noop",
	    "txt=1");
	VERB(255, NULL, "NAME=VALUE", "run", "--kernel", "noop", "word");
	VERB(255, NULL, "-j", "run", "-j", "x", "--kernel", "noop");
	VERB(255, NULL, "-j", "run", "-j", "257", "--kernel", "noop");
	VERB(255, NULL, "needs a value", "run", "--kernel");
	VERB(255, NULL, "one of them", "run", "--plain", "--json",
	    "--kernel", "noop");
	VERB(255, NULL, "not available yet", "run", "--", "echo", "x");
	VERB(255, NULL, "not available yet", "run", "--kernel", "noop",
	    ":::", "a", ":::", "b");
	VERB(255, NULL, "not available yet", "run", "--kernel", "noop",
	    "::::", "file");
	assert_int_equal(find_named("pooltop-engine", 0), 0);
	NOBODY_LEFT();
	assert_non_null(e);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		E2E_TEST(any_number_of_workers_prints_the_same),
		E2E_TEST(killed_and_resized_workers_print_the_same),
		E2E_TEST(primes_below_a_hundred_million_are_counted),
		E2E_TEST(bands_of_a_picture_are_joined_behind_one_header),
		E2E_TEST(jobs_print_in_the_order_of_the_file),
		E2E_TEST(items_of_every_kind_are_filled_in),
		E2E_TEST(a_job_without_items_to_run_on_is_done),
		E2E_TEST(items_of_the_command_line_are_taken_as_they_are),
		E2E_TEST(items_that_are_not_utf8_are_refused_or_fail),
		E2E_TEST(one_reducing_job_prints_its_bare_total),
		E2E_TEST(several_jobs_print_their_totals_with_names),
		E2E_TEST(what_is_no_number_fails_and_there_is_no_total),
		E2E_TEST(a_sum_that_is_too_large_fails),
		E2E_TEST(a_failed_task_is_executed_as_often_as_allowed),
		E2E_TEST(the_status_is_how_many_failed_up_to_a_hundred),
		E2E_TEST(faults_of_a_job_file_are_told_and_nothing_starts),
		E2E_TEST(usage_errors_are_told_and_nothing_starts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
