#include "base/buf.h"
#include "base/text.h"
#include "kernels/table.h"
#include "test.h"

/* A host that keeps what a kernel says. */
struct given {
	const char	*name;
	const char	*value;
};

struct host {
	struct kernel_call	 call;
	const struct kernel	*kernel;
	const struct given	*given;	/* up to a NULL name; or NULL */
	unsigned long		 stop_at; /* the call of progress; 0 = never */
	unsigned long		 calls;	/* of progress */
	double			 done;	/* the last said */
	struct buf		 result;
	char			 reason[512];
};

static struct host *
host_of(struct kernel_call *call)
{
	return call->host;
}

static const char *
host_param(struct kernel_call *call, const char *name)
{
	const struct given *g = host_of(call)->given;
	const struct kernel_param *p = host_of(call)->kernel->params;

	for (; g != NULL && g->name != NULL; g++)
		if (strcmp(g->name, name) == 0)
			return g->value;
	while (p->name != NULL && strcmp(p->name, name) != 0)
		p++;
	assert_non_null(p->name);	/* only what is in the table */
	assert_non_null(p->fallback);	/* the test forgot to give it */
	return p->fallback;
}

static bool
host_progress(struct kernel_call *call, double done)
{
	struct host *h = host_of(call);

	h->calls++;
	assert_true(done <= 1);
	if (done >= 0) {
		assert_true(done >= h->done);
		h->done = done;
	}
	return h->stop_at != 0 && h->calls >= h->stop_at;
}

static bool
host_result(struct kernel_call *call, const char *text, size_t len)
{
	struct host *h = host_of(call);

	if (len > KERNEL_RESULT_MAX - buf_left(&h->result))
		return false;
	buf_put(&h->result, text, len);
	return true;
}

static enum kernel_end
host_fail(struct kernel_call *call, const char *fmt, ...)
{
	struct host *h = host_of(call);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(h->reason, sizeof h->reason, fmt, ap);
	va_end(ap);
	return KERNEL_FAILED;
}

/* Clear h->result afterwards. */
static enum kernel_end
run(struct host *h, const char *kernel, const struct given *given,
    unsigned long stop_at)
{
	*h = (struct host){ .kernel = kernel_find(kernel), .given = given,
	    .stop_at = stop_at };
	h->call = (struct kernel_call){ h, host_param, host_progress,
	    host_result, host_fail };
	assert_non_null(h->kernel);
	return h->kernel->run(&h->call);
}

enum { GIVEN_MAX = 8 };

struct answer {
	const char	*kernel;
	struct given	 given[GIVEN_MAX];
	const char	*result;
};

static void
expect(const struct answer *a)
{
	struct host h;
	enum kernel_end end = run(&h, a->kernel, a->given, 0);

	buf_put_u8(&h.result, '\0');
	assert_string_equal(h.reason, "");
	assert_int_equal(end, KERNEL_DONE);
	assert_string_equal((char *)h.result.data, a->result);
	assert_true(h.done == 1);
	buf_clear(&h.result);
}

static void
kernels_give_the_known_answers(void **state)
{
	static const struct answer known[] = {
		{ "primes", { { "from", "0" }, { "to", "0" } }, "0" },
		{ "primes", { { "from", "1" }, { "to", "1" } }, "0" },
		{ "primes", { { "from", "2" }, { "to", "2" } }, "1" },
		{ "primes", { { "from", "2" }, { "to", "3" } }, "2" },
		{ "primes", { { "from", "4" }, { "to", "4" } }, "0" },
		{ "primes", { { "from", "8" }, { "to", "10" } }, "0" },
		{ "primes", { { "from", "9" }, { "to", "25" } }, "5" },
		{ "primes", { { "to", "10" } }, "4" },
		{ "primes", { { "to", "100" } }, "25" },
		{ "primes", { { "to", "1000000" } }, "78498" },
		{ "primes", { { "from", "1000000007" },
		    { "to", "1000000007" } }, "1" },
		/* 10^15-11 and 10^15-53 are the largest below 10^15 */
		{ "primes", { { "from", "999999999999947" },
		    { "to", "1000000000000000" } }, "2" },
		{ "nqueens", { { "n", "1" } }, "1" },
		{ "nqueens", { { "n", "3" } }, "0" },
		{ "nqueens", { { "n", "8" } }, "92" },
		{ "nqueens", { { "n", "8" }, { "column", "1" } }, "4" },
		{ "nqueens", { { "n", "8" }, { "column", "8" } }, "4" },
		{ "nqueens", { { "n", "12" } }, "14200" },
		{ "pi", { { "position", "1" }, { "count", "64" } },
		    "243F6A8885A308D313198A2E03707344"
		    "A4093822299F31D0082EFA98EC4E6C89" },
		{ "pi", { { "position", "3" }, { "count", "1" } }, "3" },
		{ "pi", { { "position", "14" }, { "count", "20" } },
		    "8D313198A2E03707344A" },
		/* from the table of the paper */
		{ "pi", { { "position", "1000000" }, { "count", "14" } },
		    "26C65E52CB4593" },
		{ "collatz", { { "to", "1" } }, "1 0" },
		{ "collatz", { { "from", "27" }, { "to", "27" } }, "27 111" },
		{ "collatz", { { "from", "12" }, { "to", "13" } }, "12 9" },
		{ "collatz", { { "to", "1000000" } }, "837799 524" },
		/* these rise to 2^63.98, 2^64.2 and 2^87.4 */
		{ "collatz", { { "from", "8528817511" },
		    { "to", "8528817511" } }, "8528817511 726" },
		{ "collatz", { { "from", "12327829503" },
		    { "to", "12327829503" } }, "12327829503 543" },
		{ "collatz", { { "from", "3716509988199" },
		    { "to", "3716509988199" } }, "3716509988199 802" },
		{ "sha256", { { "seed", "abc" } },
		    "ba7816bf8f01cfea414140de5dae2223"
		    "b00361a396177a9cb410ff61f20015ad" },
		{ "sha256", { { NULL, NULL } },
		    "e3b0c44298fc1c149afbf4c8996fb924"
		    "27ae41e4649b934ca495991b7852b855" },
		{ "sha256", { { "seed", "hello" }, { "rounds", "2" } },
		    "9595c9df90075148eb06860365df3358"
		    "4b75bff782a510c6cd4883a419833d50" },
		{ "burn", { { "seconds", "20ms" }, { "memory", "3M" } },
		    "20 ms of CPU time, 3145728 bytes of memory" },
		{ "burn", { { "seconds", "0" }, { "memory", "1" } },
		    "0 ms of CPU time, 1 bytes of memory" },
		{ "sleep", { { "seconds", "0.03" } }, "30 ms" },
		{ "sleep", { { "seconds", "0" } }, "0 ms" },
		{ "noop", { { NULL, NULL } }, "" },
		{ "noop", { { "text", "日本\nx" } }, "日本\nx" },
	};

	for (size_t i = 0; i < COUNT(known); i++)
		expect(&known[i]);
}

static long long
number(const char *kernel, const struct given *given)
{
	struct host h;
	long long v;

	assert_int_equal(run(&h, kernel, given, 0), KERNEL_DONE);
	buf_put_u8(&h.result, '\0');
	v = atoll((char *)h.result.data);
	buf_clear(&h.result);
	return v;
}

static void
a_hundred_pieces_count_the_primes_below_a_hundred_million(void **state)
{
	long long sum = 0, from, to;
	char first[32], last[32];

	for (from = 1; from < 100000000; from = to + 1) {
		struct given given[] = { { "from", first }, { "to", last },
			{ NULL, NULL } };

		to = from + 999999;
		snprintf(first, sizeof first, "%lld", from);
		snprintf(last, sizeof last, "%lld", to);
		sum += number("primes", given);
	}
	assert_int_equal(sum, 5761455);
}

static bool
prime_is(long long n)
{
	for (long long d = 2; d * d <= n; d++)
		if (n % d == 0)
			return false;
	return n > 1;
}

static void
the_sieve_counts_what_trial_division_counts(void **state)
{
	uint64_t seed = 1;
	char first[32], last[32];
	struct given given[] = { { "from", first }, { "to", last },
		{ NULL, NULL } };

	for (int n = 0; n < 300; n++) {
		long long from = (long long)(test_random(&seed) %
		    (n % 2 == 0 ? 200 : 5000000));
		long long to = from + (long long)(test_random(&seed) % 200);
		long long primes = 0;

		for (long long i = from; i <= to; i++)
			primes += prime_is(i);
		snprintf(first, sizeof first, "%lld", from);
		snprintf(last, sizeof last, "%lld", to);
		assert_int_equal(number("primes", given), primes);
	}
}

static void
fourteen_columns_hold_all_boards_of_fourteen_queens(void **state)
{
	long long sum = 0;
	char column[32];
	struct given given[] = { { "n", "14" }, { "column", column },
		{ NULL, NULL } };

	for (int i = 1; i <= 14; i++) {
		snprintf(column, sizeof column, "%d", i);
		sum += number("nqueens", given);
	}
	assert_int_equal(sum, 365596);
}

/* A product the plain way, with the same elements, folded the same way. */
static uint64_t
plain_product(size_t n, uint64_t seed)
{
	uint64_t *ab = calloc(2 * n * n, sizeof *ab), sum = 0;

	for (size_t i = 0; i < 2 * n * n; i++)
		ab[i] = test_random(&seed) % 1024;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			uint64_t c = 0;

			for (size_t k = 0; k < n; k++)
				c += ab[i * n + k] * ab[n * n + k * n + j];
			sum = sum * 0x100000001b3u + c;
		}
	free(ab);
	return sum;
}

static void
blocks_do_not_change_a_product(void **state)
{
	static const size_t sizes[] = { 1, 2, 31, 32, 33, 64, 65, 130 };
	char n[32], expected[32];

	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct answer a = { "matmul", { { "n", n }, { "seed", "7" } },
			expected };

		snprintf(n, sizeof n, "%zu", sizes[i]);
		snprintf(expected, sizeof expected, "%016llx",
		    (unsigned long long)plain_product(sizes[i], 7));
		expect(&a);
	}
}

/* Wider than a tile has columns, so that there are several. */
static void
a_wide_product_is_right_too(void **state)
{
	char expected[32];
	struct answer a = { "matmul", { { "n", "520" }, { "seed", "0" } },
		expected };

	snprintf(expected, sizeof expected, "%016llx",
	    (unsigned long long)plain_product(520, 0));
	expect(&a);
}

/* The results of bands of so many rows, a newline after each, as in print. */
static struct buf
picture(const char *width, int height, int rows)
{
	char high[32], from[32], to[32];
	struct given given[] = { { "width", width }, { "height", high },
		{ "from", from }, { "to", to }, { NULL, NULL } };
	struct buf all = { 0 };
	struct host h;

	snprintf(high, sizeof high, "%d", height);
	for (int row = 1; row <= height; row += rows) {
		int last = row + rows - 1 < height ? row + rows - 1 : height;

		snprintf(from, sizeof from, "%d", row);
		snprintf(to, sizeof to, "%d", last);
		assert_int_equal(run(&h, "mandelbrot", given, 0), KERNEL_DONE);
		buf_put(&all, h.result.data, buf_left(&h.result));
		buf_put_u8(&all, '\n');
		buf_clear(&h.result);
	}
	buf_put_u8(&all, '\0');
	return all;
}

static void
bands_in_a_row_are_a_ppm_picture(void **state)
{
	struct buf b = picture("33", 20, 3);
	char *word, *at = (char *)b.data, *line, *lines = strdup(at);
	int n = 0, black = 0;

	for (line = strtok(lines, "\n"); line != NULL;
	    line = strtok(NULL, "\n"))
		assert_true(strlen(line) <= 70);
	free(lines);
	assert_string_equal(strtok(at, " \n"), "P3");
	assert_string_equal(strtok(NULL, " \n"), "33");
	assert_string_equal(strtok(NULL, " \n"), "20");
	assert_string_equal(strtok(NULL, " \n"), "255");
	while ((word = strtok(NULL, " \n")) != NULL) {
		assert_in_range(atoi(word), 0, 255);
		black += atoi(word) == 0;
		n++;
	}
	assert_int_equal(n, 3 * 33 * 20);
	/* the set's area is 1.5, the picture's 3 x 3*20/33 */
	assert_in_range(black / 3, 33 * 20 / 5, 33 * 20 / 3);
	buf_clear(&b);
}

static void
the_height_of_the_bands_does_not_change_the_picture(void **state)
{
	struct buf whole = picture("32", 18, 18);
	struct buf rows = picture("32", 18, 1);

	assert_string_equal((char *)whole.data, (char *)rows.data);
	buf_clear(&whole);
	buf_clear(&rows);
}

static void
the_largest_band_fits_and_one_row_more_is_refused(void **state)
{
	struct given given[] = { { "width", "10000" }, { "height", "10000" },
		{ "from", "1" }, { "to", "8" }, { "iterations", "1" },
		{ NULL, NULL } };
	struct host h;

	assert_int_equal(run(&h, "mandelbrot", given, 0), KERNEL_DONE);
	buf_clear(&h.result);
	given[3].value = "9";
	assert_int_equal(run(&h, "mandelbrot", given, 0), KERNEL_FAILED);
	assert_string_equal(h.reason, "to: 9 rows may be too large a result; "
	    "at this width 8 rows fit");
}

/* Tasks that would run long. */
static const struct answer long_tasks[] = {
	{ "burn", { { "seconds", "1h" }, { "memory", "1M" } }, NULL },
	{ "burn", { { "seconds", "0" }, { "memory", "900M" } }, NULL },
	{ "collatz", { { "to", "1000000000000" } }, NULL },
	{ "mandelbrot", { { "from", "1" }, { "to", "100" },
	    { "iterations", "100000" } }, NULL },
	{ "matmul", { { "n", "2000" } }, NULL },
	{ "nqueens", { { "n", "18" } }, NULL },
	{ "noop", { { "text", "x" } }, NULL },
	{ "pi", { { "position", "100000000" }, { "count", "99" } }, NULL },
	{ "primes", { { "to", "1000000000000000" } }, NULL },
	{ "sha256", { { "rounds", "1000000000000" } }, NULL },
	{ "sleep", { { "seconds", "1d" } }, NULL },
};

static void
every_kernel_stops_at_the_call_that_says_so(void **state)
{
	static const unsigned long at[] = { 1, 2, 3, 60 };

	for (size_t i = 0; i < COUNT(long_tasks); i++)
		for (size_t k = 0; k < COUNT(at); k++) {
			const struct answer *t = &long_tasks[i];
			struct host h;

			if (strcmp(t->kernel, "noop") == 0 && at[k] > 1)
				continue;
			assert_int_equal(run(&h, t->kernel, t->given, at[k]),
			    KERNEL_STOPPED);
			assert_int_equal(h.calls, at[k]);
			buf_clear(&h.result);
		}
}

static void
each_kernel_is_among_the_long_tasks(void **state)
{
	for (size_t k = 0; kernels[k] != NULL; k++) {
		size_t i = 0;

		while (i < COUNT(long_tasks) &&
		    strcmp(long_tasks[i].kernel, kernels[k]->name) != 0)
			i++;
		assert_true(i < COUNT(long_tasks));
	}
}

/* Is it also stopped where it has all but ended? */
static void
the_last_call_can_stop_a_kernel_too(void **state)
{
	static const struct answer tasks[] = {
		{ "burn", { { "seconds", "0" }, { "memory", "9M" } }, NULL },
		{ "collatz", { { "to", "9000" } }, NULL },
		{ "mandelbrot", { { "from", "231" }, { "to", "239" } }, NULL },
		{ "matmul", { { "n", "100" } }, NULL },
		{ "nqueens", { { "n", "11" } }, NULL },
		{ "pi", { { "count", "100" } }, NULL },
		{ "primes", { { "to", "9000000" } }, NULL },
		{ "sha256", { { "rounds", "9000" } }, NULL },
	};
	struct host h;

	for (size_t i = 0; i < COUNT(tasks); i++) {
		const struct answer *t = &tasks[i];
		unsigned long all;

		assert_int_equal(run(&h, t->kernel, t->given, 0), KERNEL_DONE);
		buf_clear(&h.result);
		all = h.calls;
		assert_true(all > 1);
		assert_int_equal(run(&h, t->kernel, t->given, all),
		    KERNEL_STOPPED);
		buf_clear(&h.result);
	}
}

/* No number, duration, size: nobody takes these but text parameters. */
static const char *const nonsense[] = { "", " ", "-", "+", ".", "x", "nan",
	"NaN", "inf", "-inf", "1e3", "0x10", "1 ", " 1", "+1", "1,5", "--1",
	"1..5", ".5", "5.", "1.5.2", "1s2", "K", "M1", "1KK", "1MiBB", "\n",
	"1\n", "\xff\xfe", "日本", "٣", "\033[2J", "%s%n", "-1x",
	"99999999999999999999999999999999999999", "-99999999999999999999",
	"18446744073709551616", "9223372036854775808", "-9223372036854775809",
	"1P", "1E", "100000000000000000000000000000T", "1000000d" };

/* Numbers that some parameters may take. */
static const char *const extremes[] = { "0", "-0", "1", "-1", "007", "2.5",
	"-2.5", "0.0000000000000000000000000000000000001", "3.9999999999999999",
	"9223372036854775807", "-9223372036854775808", "4294967296",
	"2147483648", "1000000000000000", "1000000000000001", "1K", "1ms", "1T",
	"1h30m", "1.5G", "1KiB", "1MB" };

static void
assert_one_line(const char *reason, const char *param)
{
	assert_true(strncmp(reason, param, strlen(param)) == 0);
	assert_true(strlen(reason) > strlen(param) + 10);
	assert_true(strlen(reason) < 250);
	for (; *reason != '\0'; reason++)
		assert_in_range(*reason, ' ', '~');
}

/* What a kernel must be given so that only the named value can be wrong. */
static enum kernel_end
run_with(struct host *h, const struct kernel *k, const char *param,
    const char *value)
{
	struct given given[KERNEL_PARAMS_MAX + 1] = { { param, value } };
	size_t n = 1;

	for (const struct kernel_param *p = k->params; p->name != NULL; p++)
		if (p->fallback == NULL && strcmp(p->name, param) != 0)
			given[n++] = (struct given){ p->name, "1" };
	return run(h, k->name, given, 20);
}

static bool
text_param_is(const char *name)
{
	return strcmp(name, "text") == 0 || strcmp(name, "seed") == 0;
}

static void
nonsense_is_refused_with_one_line_that_names_it(void **state)
{
	char longer[5000];
	struct host h;

	memset(longer, '9', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	for (size_t k = 0; kernels[k] != NULL; k++)
		for (const struct kernel_param *p = kernels[k]->params;
		    p->name != NULL; p++) {
			bool number = !text_param_is(p->name) ||
			    strcmp(kernels[k]->name, "matmul") == 0;

			if (!number)
				continue;
			for (size_t i = 0; i <= COUNT(nonsense); i++) {
				assert_int_equal(run_with(&h, kernels[k],
				    p->name, i < COUNT(nonsense) ?
				    nonsense[i] : longer), KERNEL_FAILED);
				assert_one_line(h.reason, p->name);
				assert_int_equal(h.calls, 0);
				assert_int_equal(buf_left(&h.result), 0);
			}
		}
}

static void
extreme_values_are_refused_or_taken_and_never_crash(void **state)
{
	struct host h;

	for (size_t k = 0; kernels[k] != NULL; k++)
		for (const struct kernel_param *p = kernels[k]->params;
		    p->name != NULL; p++)
			for (size_t i = 0; i < COUNT(extremes); i++) {
				enum kernel_end end = run_with(&h, kernels[k],
				    p->name, extremes[i]);

				if (end == KERNEL_FAILED)
					assert_one_line(h.reason, "");
				else
					assert_string_equal(h.reason, "");
				buf_clear(&h.result);
			}
}

static void
a_refusal_names_parameter_value_and_range(void **state)
{
	static const struct {
		const char	*kernel;
		struct given	 given[GIVEN_MAX];
		const char	*reason;
	} cases[] = {
		{ "nqueens", { { "n", "19" } },
		    "n: \"19\" is not a whole number from 1 to 18" },
		{ "nqueens", { { "n", "8" }, { "column", "9" } },
		    "column: \"9\" is not a whole number from 0 to 8" },
		{ "primes", { { "from", "10" }, { "to", "9" } },
		    "from: 10 is above to, which is 9" },
		{ "primes", { { "from", "-1" }, { "to", "9" } },
		    "from: \"-1\" is not a whole number from 0 to "
		    "1000000000000000" },
		{ "collatz", { { "from", "0" }, { "to", "9" } },
		    "from: \"0\" is not a whole number from 1 to "
		    "1000000000000000" },
		{ "mandelbrot", { { "height", "9" }, { "from", "1" },
		    { "to", "10" } },
		    "to: \"10\" is not a whole number from 1 to 9" },
		{ "mandelbrot", { { "from", "1" }, { "to", "1" },
		    { "zoom", "0" } },
		    "zoom: \"0\" is not a number from 0.1 to 1e+12" },
		{ "burn", { { "memory", "2T" } }, "memory: \"2T\" is not a "
		    "size from 0 to 1048576M, such as 64M or 1.5G" },
		{ "sleep", { { "seconds", "soon\n" } },
		    "seconds: \"soon?\" is not a duration from 0 to 86400 "
		    "seconds, such as 0.5, 500ms or 1m30s" },
		{ "sleep", { { "seconds", "0123456789012345678901234567890123"
		    "4567890123456789x" } },
		    "seconds: \"01234567890123456789012345678901234567890123"
		    "456...\" is not a duration from 0 to 86400 seconds, such "
		    "as 0.5, 500ms or 1m30s" },
	};
	struct host h;

	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(run(&h, cases[i].kernel, cases[i].given, 0),
		    KERNEL_FAILED);
		assert_string_equal(h.reason, cases[i].reason);
	}
}

static void
durations_and_sizes_mean_what_they_say(void **state)
{
	static const struct answer cases[] = {
		{ "burn", { { "seconds", "0.0" }, { "memory", "1.5K" } },
		    "0 ms of CPU time, 1536 bytes of memory" },
		{ "burn", { { "seconds", "1ms" }, { "memory", "2KiB" } },
		    "1 ms of CPU time, 2048 bytes of memory" },
		{ "burn", { { "seconds", "0s" }, { "memory", "1M1K" } },
		    "0 ms of CPU time, 1049600 bytes of memory" },
		{ "burn", { { "seconds", "0d0h0m0.002s" }, { "memory", "5" } },
		    "2 ms of CPU time, 5 bytes of memory" },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		expect(&cases[i]);
}

static void
a_result_that_does_not_fit_fails_the_task(void **state)
{
	char *large = calloc(1, KERNEL_RESULT_MAX + 2);
	struct given given[] = { { "text", large }, { NULL, NULL } };
	struct host h;

	memset(large, 'x', KERNEL_RESULT_MAX);
	assert_int_equal(run(&h, "noop", given, 0), KERNEL_DONE);
	assert_int_equal(buf_left(&h.result), KERNEL_RESULT_MAX);
	buf_clear(&h.result);
	large[KERNEL_RESULT_MAX] = 'x';
	assert_int_equal(run(&h, "noop", given, 0), KERNEL_FAILED);
	assert_one_line(h.reason, "text");
	free(large);
}

static bool
name_is(const char *s)
{
	return s[0] >= 'a' && s[0] <= 'z' && strlen(s) ==
	    strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_-");
}

static void
assert_line_of_help(const char *s)
{
	assert_non_null(s);
	assert_in_range(strlen(s), 10, 76);
	assert_true(text_utf8_is(s, strlen(s)));
	assert_null(strpbrk(s, "\n\t\033"));
}

static void
the_table_is_sorted_and_every_kernel_explains_itself(void **state)
{
	const char *before = "";

	for (size_t k = 0; kernels[k] != NULL; k++) {
		const struct kernel_param *p = kernels[k]->params;

		assert_true(strcmp(before, kernels[k]->name) < 0);
		before = kernels[k]->name;
		assert_true(name_is(before));
		assert_int_equal(kernels[k]->version, KERNEL_VERSION);
		assert_line_of_help(kernels[k]->summary);
		assert_non_null(strstr(kernels[k]->summary, "result: "));
		for (; p->name != NULL; p++) {
			assert_true(p - kernels[k]->params < KERNEL_PARAMS_MAX);
			assert_true(name_is(p->name));
			assert_line_of_help(p->help);
		}
		assert_ptr_equal(kernel_find(before), kernels[k]);
	}
	assert_null(kernel_find(""));
	assert_null(kernel_find("prime"));
	assert_null(kernel_find("primesx"));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(kernels_give_the_known_answers),
		cmocka_unit_test(
		    a_hundred_pieces_count_the_primes_below_a_hundred_million),
		cmocka_unit_test(the_sieve_counts_what_trial_division_counts),
		cmocka_unit_test(
		    fourteen_columns_hold_all_boards_of_fourteen_queens),
		cmocka_unit_test(blocks_do_not_change_a_product),
		cmocka_unit_test(a_wide_product_is_right_too),
		cmocka_unit_test(bands_in_a_row_are_a_ppm_picture),
		cmocka_unit_test(
		    the_height_of_the_bands_does_not_change_the_picture),
		cmocka_unit_test(
		    the_largest_band_fits_and_one_row_more_is_refused),
		cmocka_unit_test(every_kernel_stops_at_the_call_that_says_so),
		cmocka_unit_test(each_kernel_is_among_the_long_tasks),
		cmocka_unit_test(the_last_call_can_stop_a_kernel_too),
		cmocka_unit_test(
		    nonsense_is_refused_with_one_line_that_names_it),
		cmocka_unit_test(
		    extreme_values_are_refused_or_taken_and_never_crash),
		cmocka_unit_test(a_refusal_names_parameter_value_and_range),
		cmocka_unit_test(durations_and_sizes_mean_what_they_say),
		cmocka_unit_test(a_result_that_does_not_fit_fails_the_task),
		cmocka_unit_test(
		    the_table_is_sorted_and_every_kernel_explains_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
