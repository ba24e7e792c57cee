#include "worker/exec_kernel.h"
#include "test.h"

/* What each test's kernel does, and what it saw. */
static enum kernel_end	(*body)(struct kernel_call *);
static unsigned int	asked;		/* calls of progress */

static enum kernel_end
run(struct kernel_call *call)
{
	return body(call);
}

static const struct kernel_param params[] = {
	{ "n", "7", "a number" },
	{ "name", NULL, "a name" },
	{ "empty", "", "nothing" },
	{ NULL, NULL, NULL }
};
static const struct kernel kernel = { KERNEL_VERSION, "test", "for a test",
	params, run };

struct ticks {
	unsigned int	n;
	unsigned int	stop_at;	/* 0: never */
	double		done;		/* of the last one */
};

static bool
tick(void *arg, double done)
{
	struct ticks *t = arg;

	t->done = done;
	return ++t->n == t->stop_at;
}

static enum worker_end
execute(enum kernel_end (*fn)(struct kernel_call *), struct ticks *ticks,
    struct buf *text)
{
	char *const names[] = { (char[]){ "name" } };
	char *const values[] = { (char[]){ "Ada" } };
	const struct exec exec = { .tick = tick, .arg = ticks };

	body = fn;
	asked = 0;
	return exec_kernel(&kernel, names, values, COUNT(names), &exec, text);
}

static void
text_is(const struct buf *text, const char *expected)
{
	assert_int_equal(text->len, strlen(expected));
	assert_memory_equal(text->data, expected, text->len);
}

static enum kernel_end
tell_params(struct kernel_call *call)
{
	static const char *const names[] = { "n", "name", "empty", "nothere" };

	for (size_t i = 0; i < COUNT(names); i++) {
		const char *value = call->param(call, names[i]);

		call->result(call, value, strlen(value));
		call->result(call, "|", 1);
	}
	return KERNEL_DONE;
}

static void
a_parameter_is_what_was_given_or_its_fallback(void **state)
{
	struct ticks ticks = { 0 };
	struct buf text = { 0 };

	assert_int_equal(execute(tell_params, &ticks, &text), END_DONE);
	text_is(&text, "7|Ada|||");
	buf_clear(&text);
}

static enum kernel_end
until_stopped(struct kernel_call *call)
{
	call->result(call, "half a result", 13);
	do
		asked++;
	while (!call->progress(call, 0.5));
	return call->progress(call, 0.6) ? KERNEL_STOPPED : KERNEL_DONE;
}

static void
a_kernel_is_stopped_by_its_tick_and_has_no_result(void **state)
{
	struct ticks ticks = { .stop_at = 2 };
	struct buf text = { 0 };

	assert_int_equal(execute(until_stopped, &ticks, &text), END_STOPPED);
	assert_int_equal(buf_left(&text), 0);
	assert_int_equal(ticks.n, 2);	/* stopped once is stopped */
	assert_true(ticks.done == 0.5);
	assert_true(asked > 2);
	buf_clear(&text);
}

static enum kernel_end
ask_often(struct kernel_call *call)
{
	enum { TIMES = 1000000 };

	for (; asked < TIMES; asked++)
		if (call->progress(call, (double)asked / TIMES))
			return KERNEL_STOPPED;
	return KERNEL_DONE;
}

/* Would each call tick, there were a million of them. */
static void
a_million_calls_of_progress_are_few_ticks(void **state)
{
	struct ticks ticks = { 0 };
	struct buf text = { 0 };

	assert_int_equal(execute(ask_often, &ticks, &text), END_DONE);
	assert_int_equal(asked, 1000000);
	assert_true(ticks.n < asked / 100);
	buf_clear(&text);
}

static enum kernel_end
give_too_much(struct kernel_call *call)
{
	static char piece[KERNEL_RESULT_MAX / 2];

	memset(piece, 'x', sizeof piece);
	assert_true(call->result(call, piece, sizeof piece));
	assert_true(call->result(call, piece, sizeof piece - 1));
	assert_false(call->result(call, "yz", 2));
	assert_false(call->result(call, piece, SIZE_MAX));
	assert_true(call->result(call, "z", 1));
	assert_true(call->result(call, "", 0));
	assert_false(call->result(call, "!", 1));
	return KERNEL_DONE;
}

static void
a_result_is_bounded_and_stays_whole_at_its_bound(void **state)
{
	struct ticks ticks = { 0 };
	struct buf text = { 0 };

	assert_int_equal(execute(give_too_much, &ticks, &text), END_DONE);
	assert_int_equal(text.len, KERNEL_RESULT_MAX);
	assert_int_equal(text.data[text.len - 1], 'z');
	buf_clear(&text);
}

static enum kernel_end
give_bytes(struct kernel_call *call)
{
	call->result(call, "a\xff", 2);
	return KERNEL_DONE;
}

static enum kernel_end
give_utf8_in_pieces(struct kernel_call *call)
{
	call->result(call, "\xc3", 1);
	call->result(call, "\xa9", 1);
	return KERNEL_DONE;
}

static void
a_result_that_is_not_utf8_is_a_failure_that_says_so(void **state)
{
	struct ticks ticks = { 0 };
	struct buf text = { 0 };

	assert_int_equal(execute(give_bytes, &ticks, &text), END_FAILED);
	text_is(&text, "the result is not UTF-8 text");
	assert_int_equal(execute(give_utf8_in_pieces, &ticks, &text),
	    END_DONE);
	text_is(&text, "é");
	buf_clear(&text);
}

static enum kernel_end
fail_with_reason(struct kernel_call *call)
{
	call->result(call, "begun", 5);
	/* in brackets: cmocka has a macro of this name */
	return (call->fail)(call, "n is %s, that is %d too many",
	    call->param(call, "n"), 3);
}

static enum kernel_end
fail_at_length(struct kernel_call *call)
{
	return (call->fail)(call, "%*d", 100000, 1);
}

static void
the_reason_of_a_failure_takes_the_place_of_the_result(void **state)
{
	struct ticks ticks = { 0 };
	struct buf text = { 0 };

	assert_int_equal(execute(fail_with_reason, &ticks, &text),
	    END_FAILED);
	text_is(&text, "n is 7, that is 3 too many");
	assert_int_equal(execute(fail_at_length, &ticks, &text), END_FAILED);
	assert_in_range(text.len, 100, 1000);
	buf_clear(&text);
}

static enum kernel_end
fail_silently(struct kernel_call *call)
{
	call->result(call, "half\xff", 5);
	return KERNEL_FAILED;
}

/* The next task of a worker does not see what the one before had. */
static void
nothing_of_one_task_is_left_for_the_next(void **state)
{
	struct ticks ticks = { .stop_at = 1 };
	struct buf text = { 0 };

	assert_int_equal(execute(until_stopped, &ticks, &text), END_STOPPED);
	assert_int_equal(execute(tell_params, &ticks, &text), END_DONE);
	text_is(&text, "7|Ada|||");
	assert_int_equal(execute(fail_with_reason, &ticks, &text),
	    END_FAILED);
	assert_int_equal(execute(tell_params, &ticks, &text), END_DONE);
	text_is(&text, "7|Ada|||");
	buf_clear(&text);
}

static void
half_a_result_is_not_the_reason_of_a_failure(void **state)
{
	struct ticks ticks = { 0 };
	struct buf text = { 0 };

	assert_int_equal(execute(fail_silently, &ticks, &text), END_FAILED);
	text_is(&text, "the kernel gave no reason");
	buf_clear(&text);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_parameter_is_what_was_given_or_its_fallback),
		cmocka_unit_test(
		    a_kernel_is_stopped_by_its_tick_and_has_no_result),
		cmocka_unit_test(a_million_calls_of_progress_are_few_ticks),
		cmocka_unit_test(
		    a_result_is_bounded_and_stays_whole_at_its_bound),
		cmocka_unit_test(
		    a_result_that_is_not_utf8_is_a_failure_that_says_so),
		cmocka_unit_test(
		    the_reason_of_a_failure_takes_the_place_of_the_result),
		cmocka_unit_test(nothing_of_one_task_is_left_for_the_next),
		cmocka_unit_test(half_a_result_is_not_the_reason_of_a_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
