#include <math.h>

#include "base/mem.h"
#include "wire/worker_msg.h"
#include "test.h"

/* ---- one message of each kind -------------------------------------------- */

/*
 * Read a body of this type with the getter that is meant for it; what it
 * gives is freed.  0, or -1 as the getter says.
 */
static int
read_lease(struct buf *body)
{
	struct msg_task task;
	uint32_t job, n;

	if (msg_get_lease(body, &job, &n) == -1)
		return -1;
	for (; n > 0; n--) {
		if (msg_get_lease_task(body, &task) == -1)
			return -1;
		msg_task_clear(&task);
	}
	return buf_left(body) == 0 ? 0 : -1;
}

static int
read_job(struct buf *body)
{
	struct msg_job job;

	if (msg_get_job(body, &job) == -1)
		return -1;
	msg_job_clear(&job);
	return 0;
}

static int
read_body(uint8_t type, struct buf *body)
{
	task_id task, list[8];
	struct msg_hello hello;
	struct msg_result result;
	double done;
	uint32_t n;

	switch (type) {
	case MSG_JOB:
		return read_job(body);
	case MSG_LEASE:
		return read_lease(body);
	case MSG_CANCEL:
	case MSG_FREEZE:
	case MSG_THAW:
		return msg_get_task(body, &task);
	case MSG_HELLO:
		return msg_get_hello(body, &hello);
	case MSG_RESULT:
		return msg_get_result(body, &result);
	case MSG_PROGRESS:
		return msg_get_progress(body, &task, &done);
	case MSG_RETURNED:
		return msg_get_returned(body, list, COUNT(list), &n);
	default:
		return buf_left(body) == 0 ? 0 : -1;
	}
}

static void
put_lease(struct buf *b, uint32_t job, uint32_t tasks)
{
	char *const values[] = { (char[]){ "1" }, (char[]){ "" } };
	struct msg_lease lease;

	msg_lease_begin(&lease, b, job);
	for (uint32_t i = 1; i <= tasks; i++)
		assert_true(msg_lease_add(&lease, i, i, values,
		    COUNT(values)));
	msg_lease_end(&lease);
}

static void
put_each(struct buf *b)
{
	static const char *const params[] = { "from", "to" };
	static const task_id tasks[] = { 1, UINT64_MAX };

	msg_put_job(b, 3, "primes", params, COUNT(params));
	put_lease(b, 3, 3);
	msg_put_empty(b, MSG_REVOKE);
	msg_put_task(b, MSG_CANCEL, 7);
	msg_put_empty(b, MSG_STOP);
	msg_put_empty(b, MSG_LEAVE);
	msg_put_task(b, MSG_FREEZE, 8);
	msg_put_task(b, MSG_THAW, 9);
	msg_put_hello(b, &(struct msg_hello){ 1, 2, 3 });
	msg_put_result(b, &(struct msg_result){ .task = 4, .end = END_DONE,
	    .elapsed = 0.5, .cpu = 0.25, .text = "168", .len = 3 });
	msg_put_progress(b, 5, 0.5);
	msg_put_returned(b, tasks, COUNT(tasks));
	msg_put_empty(b, MSG_GOODBYE);
}

enum { EACH = 13 };		/* messages that put_each puts */

static void
every_message_is_read_to_its_last_byte_and_not_further(void **state)
{
	struct buf b = { 0 }, body, other;
	uint8_t type, *copy;

	put_each(&b);
	for (unsigned int n = 1; n <= EACH; n++) {
		assert_int_equal(frame_next(&b, &type, &body), 1);
		assert_int_equal(type, n);	/* in the order of the enum */
		for (size_t len = 0; len <= body.len + 1; len++) {
			/* as large as it is: a sanitizer sees its end */
			copy = mem_alloc(len > 0 ? len : 1);
			memcpy(copy, body.data, len < body.len ? len :
			    body.len);
			other = buf_over(copy, len);
			assert_int_equal(read_body(type, &other),
			    len == body.len ? 0 : -1);
			free(copy);
		}
	}
	assert_int_equal(frame_next(&b, &type, &body), 0);
	buf_clear(&b);
}

/* ---- round trips --------------------------------------------------------- */

static struct buf
body_of(struct buf *b, uint8_t wanted)
{
	struct buf body;
	uint8_t type;

	assert_int_equal(frame_next(b, &type, &body), 1);
	assert_int_equal(type, wanted);
	return body;
}

static void
a_job_comes_as_it_was_sent(void **state)
{
	const char *params[MSG_PARAMS_MAX];
	char name[MSG_NAME_MAX + 1];
	struct buf b = { 0 }, body;
	struct msg_job job;

	memset(name, 'n', MSG_NAME_MAX);
	name[MSG_NAME_MAX] = '\0';
	for (size_t i = 0; i < COUNT(params); i++)
		params[i] = name + i;
	msg_put_job(&b, 999, name, params, COUNT(params));
	body = body_of(&b, MSG_JOB);
	assert_int_equal(msg_get_job(&body, &job), 0);
	assert_int_equal(job.job, 999);
	assert_string_equal(job.kernel, name);
	assert_int_equal(job.nparams, COUNT(params));
	for (size_t i = 0; i < COUNT(params); i++)
		assert_string_equal(job.param[i], params[i]);
	msg_job_clear(&job);
	buf_clear(&b);
}

static void
results_come_as_they_were_sent(void **state)
{
	struct buf b = { 0 }, body;
	struct msg_result in, out;
	uint64_t seed = 1;
	char text[300];

	for (size_t i = 0; i < sizeof text; i++)
		text[i] = (char)test_random(&seed);
	for (int i = 0; i < 2000; i++) {
		in = (struct msg_result){ .task = test_random(&seed) | 1,
		    .end = test_random(&seed) % NWORKER_ENDS,
		    .elapsed = (double)(test_random(&seed) % 1000000) / 997,
		    .cpu = (double)(test_random(&seed) % 1000000) / 991,
		    .text = text, .len = test_random(&seed) % sizeof text };
		msg_put_result(&b, &in);
		body = body_of(&b, MSG_RESULT);
		assert_int_equal(msg_get_result(&body, &out), 0);
		assert_true(out.task == in.task && out.end == in.end);
		assert_true(out.elapsed == in.elapsed && out.cpu == in.cpu);
		assert_int_equal(out.len, in.len);
		assert_memory_equal(out.text, text, in.len);
		buf_take(&b, 0);
	}
	buf_clear(&b);
}

static void
what_a_worker_claims_is_not_believed(void **state)
{
	static const double absurd[] = { -1, -INFINITY, INFINITY, NAN, 1e12 };
	struct msg_result in = { .task = 1, .text = "" }, out;
	struct buf b = { 0 }, body;
	task_id task[2];
	double done;
	uint32_t n;

	for (size_t i = 0; i < COUNT(absurd); i++) {
		in.elapsed = absurd[i];
		msg_put_result(&b, &in);
		in.elapsed = 0;
		in.cpu = absurd[i];
		msg_put_result(&b, &in);
		in.cpu = 0;
	}
	in.end = NWORKER_ENDS;
	msg_put_result(&b, &in);
	in.end = END_DONE;
	in.task = 0;
	msg_put_result(&b, &in);
	while (buf_left(&b) > 0) {
		body = body_of(&b, MSG_RESULT);
		assert_int_equal(msg_get_result(&body, &out), -1);
	}
	msg_put_hello(&b, &(struct msg_hello){ 1, 2, 0 });
	body = body_of(&b, MSG_HELLO);
	assert_int_equal(msg_get_hello(&body, &(struct msg_hello){ 0 }), -1);
	msg_put_task(&b, MSG_CANCEL, 0);
	body = body_of(&b, MSG_CANCEL);
	assert_int_equal(msg_get_task(&body, task), -1);
	msg_put_progress(&b, 0, 0.5);
	body = body_of(&b, MSG_PROGRESS);
	assert_int_equal(msg_get_progress(&body, task, &done), -1);
	msg_put_returned(&b, (task_id[]){ 1, 2, 3 }, 3);
	body = body_of(&b, MSG_RETURNED);
	assert_int_equal(msg_get_returned(&body, task, 2, &n), -1);
	msg_put_returned(&b, (task_id[]){ 1, 0 }, 2);
	body = body_of(&b, MSG_RETURNED);
	assert_int_equal(msg_get_returned(&body, task, 2, &n), -1);
	buf_clear(&b);
}

static void
progress_is_between_nothing_and_all_or_unknown(void **state)
{
	static const struct { double sent, read; } cases[] = { { 0, 0 },
		{ 0.25, 0.25 }, { 1, 1 }, { 1.5, 1 }, { INFINITY, 1 },
		{ -1, NAN }, { NAN, NAN }, { -INFINITY, NAN } };
	struct buf b = { 0 }, body;
	task_id task;
	double done;

	for (size_t i = 0; i < COUNT(cases); i++) {
		msg_put_progress(&b, 3, cases[i].sent);
		body = body_of(&b, MSG_PROGRESS);
		assert_int_equal(msg_get_progress(&body, &task, &done), 0);
		assert_true(task == 3);
		assert_true(isnan(cases[i].read) ? isnan(done) :
		    done == cases[i].read);
	}
	buf_clear(&b);
}

static void
returned_tasks_keep_their_order(void **state)
{
	task_id in[2 * MSG_TASKS_MAX], out[2 * MSG_TASKS_MAX];
	struct buf b = { 0 }, body;
	uint32_t n;

	for (size_t i = 0; i < COUNT(in); i++)
		in[i] = 1000 - i;
	msg_put_returned(&b, in, COUNT(in));
	msg_put_returned(&b, NULL, 0);
	body = body_of(&b, MSG_RETURNED);
	assert_int_equal(msg_get_returned(&body, out, COUNT(out), &n), 0);
	assert_int_equal(n, COUNT(in));
	assert_memory_equal(out, in, sizeof in);
	body = body_of(&b, MSG_RETURNED);
	assert_int_equal(msg_get_returned(&body, out, COUNT(out), &n), 0);
	assert_int_equal(n, 0);
	buf_clear(&b);
}

/* ---- leases -------------------------------------------------------------- */

static char *
text_of(size_t len)
{
	char *text = mem_alloc(len + 1);

	memset(text, 'x', len);
	return text;
}

/* Puts one lease of as many tasks with this value as go in; how many. */
static uint32_t
fill(struct buf *b, uint32_t job, char *value, uint32_t values)
{
	char *list[MSG_PARAMS_MAX];
	struct msg_lease lease;
	uint32_t n = 0;
	size_t left;

	for (uint32_t i = 0; i < values; i++)
		list[i] = value;
	msg_lease_begin(&lease, b, job);
	while (left = buf_left(b), msg_lease_add(&lease, n + 1, n + 5, list,
	    values))
		n++;
	assert_int_equal(left, buf_left(b));	/* refused: nothing added */
	msg_lease_end(&lease);
	return n;
}

/* Reads a lease that fill put. */
static void
expect_filled(struct buf *b, uint32_t job, const char *value, uint32_t values,
    uint32_t tasks)
{
	struct buf body = body_of(b, MSG_LEASE);
	struct msg_task task;
	uint32_t got_job, n;

	assert_true(body.len < FRAME_MAX);
	assert_int_equal(msg_get_lease(&body, &got_job, &n), 0);
	assert_int_equal(got_job, job);
	assert_int_equal(n, tasks);
	for (uint32_t i = 0; i < n; i++) {
		assert_int_equal(msg_get_lease_task(&body, &task), 0);
		assert_true(task.task == i + 1);
		assert_int_equal(task.attempt, i + 5);
		assert_int_equal(task.nvalues, values);
		for (uint32_t k = 0; k < values; k++)
			assert_string_equal(task.value[k], value);
		msg_task_clear(&task);
	}
	assert_int_equal(buf_left(&body), 0);
}

static void
a_lease_takes_no_more_than_a_frame_and_a_reader_hold(void **state)
{
	static const size_t lens[] = { 0, 1, 4000, 8000, 8192, 9000, 500000,
		MSG_VALUE_MAX - 20, MSG_VALUE_MAX };

	for (size_t i = 0; i < COUNT(lens); i++) {
		char *value = text_of(lens[i]);
		struct buf b = { 0 };
		uint32_t n = fill(&b, 1, value, 1);
		size_t one = 16 + 4 + lens[i];

		assert_true(n >= 1 && n <= MSG_TASKS_MAX);
		assert_true(n == MSG_TASKS_MAX ||	/* or nearly full */
		    buf_left(&b) + one > FRAME_MAX - 16);
		expect_filled(&b, 1, value, 1, n);
		free(value);
		buf_clear(&b);
	}
}

static void
what_a_reader_would_refuse_does_not_go_into_a_lease(void **state)
{
	char *value = text_of(MSG_VALUE_MAX + 1);
	char *half = text_of(MSG_VALUE_MAX / 2);
	struct buf b = { 0 };

	assert_int_equal(fill(&b, 0, value, 1), 0);
	assert_int_equal(fill(&b, 0, half, 5), 0);	/* more than a frame */
	assert_int_equal(fill(&b, 0, half, 3), 1);
	free(value);
	free(half);
	buf_clear(&b);
}

/* Whatever lies before it, taken or not, the lease's numbers are its own. */
static void
a_lease_is_whole_whatever_lies_before_it(void **state)
{
	char *value = text_of(100);
	struct buf b = { 0 }, body;
	uint64_t seed = 7;
	uint8_t type;

	for (int round = 0; round < 500; round++) {
		unsigned int before = test_random(&seed) % 6;
		unsigned int taken = before > 0 ? test_random(&seed) % before
		    : 0;

		for (unsigned int i = 0; i < before; i++)
			msg_put_task(&b, MSG_CANCEL, i + 1);
		/* with and without the room given back */
		for (unsigned int i = 0; i < taken; i++)
			assert_int_equal(frame_next(&b, &type, &body), 1);
		assert_int_equal(fill(&b, 9, value, 2), MSG_TASKS_MAX);
		msg_put_empty(&b, MSG_STOP);
		for (unsigned int i = taken; i < before; i++)
			body_of(&b, MSG_CANCEL);
		expect_filled(&b, 9, value, 2, MSG_TASKS_MAX);
		body_of(&b, MSG_STOP);
		buf_take(&b, 0);
		if (round % 50 == 0)
			buf_clear(&b);		/* small again */
	}
	free(value);
	buf_clear(&b);
}

static void
a_lease_that_got_no_task_leaves_nothing_behind(void **state)
{
	struct msg_lease lease;
	struct buf b = { 0 };

	msg_put_empty(&b, MSG_STOP);
	msg_lease_begin(&lease, &b, 3);
	msg_lease_end(&lease);
	msg_put_empty(&b, MSG_REVOKE);
	body_of(&b, MSG_STOP);
	body_of(&b, MSG_REVOKE);
	assert_int_equal(buf_left(&b), 0);
	buf_clear(&b);
}

static void
a_lease_of_none_or_too_many_or_of_task_zero_is_refused(void **state)
{
	struct msg_task task;
	struct buf b = { 0 };
	uint32_t job, n;

	buf_put_u32(&b, 1);
	buf_put_u32(&b, 0);
	assert_int_equal(msg_get_lease(&b, &job, &n), -1);
	buf_reset(&b);
	buf_put_u32(&b, 1);
	buf_put_u32(&b, MSG_TASKS_MAX + 1);
	assert_int_equal(msg_get_lease(&b, &job, &n), -1);
	buf_reset(&b);
	buf_put_u64(&b, 0);
	buf_put_u32(&b, 1);
	buf_put_u32(&b, 0);
	assert_int_equal(msg_get_lease_task(&b, &task), -1);
	buf_reset(&b);
	buf_put_u64(&b, 1);
	buf_put_u32(&b, 1);
	buf_put_u32(&b, MSG_PARAMS_MAX + 1);
	for (int i = 0; i <= MSG_PARAMS_MAX; i++)
		buf_put_str(&b, "v", 1);
	assert_int_equal(msg_get_lease_task(&b, &task), -1);
	buf_clear(&b);
}

/* ---- frames -------------------------------------------------------------- */

/* One line for each frame that in has by now; -1 when broken. */
static int
note_frames(struct buf *in, struct buf *log)
{
	struct buf body;
	uint8_t type;
	int rc;

	while ((rc = frame_next(in, &type, &body)) == 1) {
		buf_put_u8(log, type);
		buf_put_str(log, (char *)body.data, body.len);
	}
	buf_take(in, 0);
	return rc;
}

static void
a_stream_gives_the_same_frames_wherever_it_is_cut(void **state)
{
	struct buf all = { 0 }, whole = { 0 }, copy = { 0 };

	put_each(&all);
	buf_put(&copy, all.data, all.len);
	assert_int_equal(note_frames(&copy, &whole), 0);
	for (size_t cut = 0; cut <= all.len; cut++) {
		struct buf in = { 0 }, log = { 0 };

		buf_put(&in, all.data, cut);
		assert_int_equal(note_frames(&in, &log), 0);
		buf_put(&in, all.data + cut, all.len - cut);
		assert_int_equal(note_frames(&in, &log), 0);
		assert_int_equal(log.len, whole.len);
		assert_memory_equal(log.data, whole.data, log.len);
		assert_int_equal(buf_left(&in), 0);
		buf_clear(&in);
		buf_clear(&log);
	}
	buf_clear(&all);
	buf_clear(&whole);
	buf_clear(&copy);
}

static void
a_stream_that_comes_byte_by_byte_gives_the_same_frames(void **state)
{
	struct buf all = { 0 }, in = { 0 }, log = { 0 }, whole = { 0 };

	put_each(&all);
	for (size_t i = 0; i < all.len; i++) {
		buf_put(&in, all.data + i, 1);
		assert_int_equal(note_frames(&in, &log), 0);
	}
	assert_int_equal(note_frames(&all, &whole), 0);
	assert_int_equal(log.len, whole.len);
	assert_memory_equal(log.data, whole.data, log.len);
	buf_clear(&all);
	buf_clear(&in);
	buf_clear(&log);
	buf_clear(&whole);
}

static void
an_empty_or_a_giant_frame_breaks_the_stream_at_once(void **state)
{
	static const uint32_t lengths[] = { 0, FRAME_MAX + 1, UINT32_MAX,
		0x80000000u };
	struct buf b = { 0 }, body;
	uint8_t type;

	for (size_t i = 0; i < COUNT(lengths); i++) {
		buf_reset(&b);
		buf_put_u32(&b, lengths[i]);
		assert_int_equal(frame_next(&b, &type, &body), -1);
		assert_int_equal(frame_next(&b, &type, &body), -1);
	}
	buf_clear(&b);
}

static void
a_frame_of_the_greatest_length_goes_through(void **state)
{
	struct buf b = { 0 }, body;
	size_t begun = frame_begin(&b, 200);

	memset(buf_room(&b, FRAME_MAX - 1), 'y', FRAME_MAX - 1);
	b.len += FRAME_MAX - 1;
	frame_end(&b, begun);
	body = body_of(&b, 200);
	assert_int_equal(body.len, FRAME_MAX - 1);
	assert_int_equal(body.data[FRAME_MAX - 2], 'y');
	buf_clear(&b);
}

static void
random_bytes_are_refused_or_read_but_never_read_past(void **state)
{
	uint64_t seed = 3;

	for (int i = 0; i < 100000; i++) {
		size_t len = test_random(&seed) % 60;
		uint8_t *bytes = mem_alloc(len + 1);
		uint8_t type = (uint8_t)(1 + test_random(&seed) % EACH);
		struct buf body = buf_over(bytes, len);
		uint64_t mask = test_random(&seed) % 2 ? 0xff : 0x03;

		for (size_t k = 0; k < len; k++)
			bytes[k] = (uint8_t)(test_random(&seed) & mask);
		bytes = mem_resize(bytes, len > 0 ? len : 1, 1);
		body.data = bytes;
		if (read_body(type, &body) == 0)
			assert_int_equal(buf_left(&body), 0);
		assert_true(body.pos <= len);
		free(bytes);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_message_is_read_to_its_last_byte_and_not_further),
		cmocka_unit_test(a_job_comes_as_it_was_sent),
		cmocka_unit_test(results_come_as_they_were_sent),
		cmocka_unit_test(what_a_worker_claims_is_not_believed),
		cmocka_unit_test(
		    progress_is_between_nothing_and_all_or_unknown),
		cmocka_unit_test(returned_tasks_keep_their_order),
		cmocka_unit_test(
		    a_lease_takes_no_more_than_a_frame_and_a_reader_hold),
		cmocka_unit_test(
		    what_a_reader_would_refuse_does_not_go_into_a_lease),
		cmocka_unit_test(a_lease_is_whole_whatever_lies_before_it),
		cmocka_unit_test(
		    a_lease_that_got_no_task_leaves_nothing_behind),
		cmocka_unit_test(
		    a_lease_of_none_or_too_many_or_of_task_zero_is_refused),
		cmocka_unit_test(
		    a_stream_gives_the_same_frames_wherever_it_is_cut),
		cmocka_unit_test(
		    a_stream_that_comes_byte_by_byte_gives_the_same_frames),
		cmocka_unit_test(
		    an_empty_or_a_giant_frame_breaks_the_stream_at_once),
		cmocka_unit_test(a_frame_of_the_greatest_length_goes_through),
		cmocka_unit_test(
		    random_bytes_are_refused_or_read_but_never_read_past),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
