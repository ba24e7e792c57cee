/*
 * Any bytes as the stream of a worker, and as that of an engine: frames, and
 * each body by the getter for its type.  What is read is as it must be, and
 * nothing behind the bytes is touched.  The first byte cuts the stream.
 */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "wire/worker_msg.h"

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void
promise(bool kept)
{
	if (!kept)
		abort();
}

static void
try_job(struct buf *body)
{
	struct msg_job m;

	if (msg_get_job(body, &m) == -1)
		return;
	promise(buf_left(body) == 0 && m.nparams <= MSG_PARAMS_MAX);
	promise(strlen(m.kernel) <= MSG_NAME_MAX);
	for (uint32_t i = 0; i < m.nparams; i++)
		promise(strlen(m.param[i]) <= MSG_NAME_MAX);
	msg_job_clear(&m);
}

static void
try_lease(struct buf *body)
{
	struct msg_task m;
	uint32_t job, n;

	if (msg_get_lease(body, &job, &n) == -1)
		return;
	promise(n >= 1 && n <= MSG_TASKS_MAX);
	for (; n > 0 && msg_get_lease_task(body, &m) == 0; n--) {
		promise(m.task != 0 && m.nvalues <= MSG_PARAMS_MAX);
		for (uint32_t i = 0; i < m.nvalues; i++)
			promise(strlen(m.value[i]) <= MSG_VALUE_MAX);
		msg_task_clear(&m);
	}
}

static void
try_result(struct buf *body)
{
	struct msg_result m;
	char *copy;

	if (msg_get_result(body, &m) == -1)
		return;
	promise(m.task != 0 && m.end < NWORKER_ENDS);
	promise(isfinite(m.elapsed) && m.elapsed >= 0);
	promise(isfinite(m.cpu) && m.cpu >= 0);
	promise((copy = malloc(m.len + 1)) != NULL);
	memcpy(copy, m.text, m.len);	/* every byte is there */
	free(copy);
}

static void
try_numbers(struct buf *body, uint8_t type)
{
	task_id task, list[2 * MSG_TASKS_MAX];
	struct msg_hello hello;
	double done;
	uint32_t n;

	if (type == MSG_HELLO) {
		if (msg_get_hello(body, &hello) == 0)
			promise(hello.credit > 0);
	} else if (type == MSG_PROGRESS) {
		if (msg_get_progress(body, &task, &done) == 0)
			promise(isnan(done) || (done >= 0 && done <= 1));
	} else if (type == MSG_RETURNED) {
		if (msg_get_returned(body, list, 2 * MSG_TASKS_MAX, &n) == 0)
			promise(n <= 2 * MSG_TASKS_MAX);
	} else if (msg_get_task(body, &task) == 0)
		promise(task != 0);
}

static void
try_body(uint8_t type, struct buf *body)
{
	switch (type) {
	case MSG_JOB:
		try_job(body);
		break;
	case MSG_LEASE:
		try_lease(body);
		break;
	case MSG_RESULT:
		try_result(body);
		break;
	default:
		try_numbers(body, type);
	}
}

/* -1: broken. */
static int
try_frames(struct buf *in, unsigned int *n)
{
	struct buf body;
	uint8_t type;
	int rc;

	while ((rc = frame_next(in, &type, &body)) == 1) {
		promise(body.len < FRAME_MAX && body.pos == 0);
		try_body(type, &body);
		promise(body.pos <= body.len);
		++*n;
	}
	buf_take(in, 0);
	return rc;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	unsigned int whole = 0, cut = 0;
	struct buf all = { 0 }, parts = { 0 };
	size_t at;
	int broken;

	if (len == 0)
		return 0;
	at = 1 + data[0] % len;
	buf_put(&all, data + 1, len - 1);
	broken = try_frames(&all, &whole);
	buf_put(&parts, data + 1, at - 1);
	if (try_frames(&parts, &cut) == 0) {
		buf_put(&parts, data + at, len - at);
		promise(try_frames(&parts, &cut) == broken);
		promise(buf_left(&parts) == buf_left(&all));
	} else
		promise(broken == -1);
	promise(whole == cut);
	buf_clear(&all);
	buf_clear(&parts);
	return 0;
}
