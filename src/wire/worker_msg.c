#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "wire/worker_msg.h"

/* A frame that was read must have nothing left over. */
static int
whole(const struct buf *body)
{
	return buf_left(body) == 0 ? 0 : -1;
}

static void
free_all(char **text, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		free(text[i]);
}

void
msg_job_clear(struct msg_job *m)
{
	free(m->kernel);
	free_all(m->param, m->nparams);
	*m = (struct msg_job){ 0 };
}

void
msg_task_clear(struct msg_task *m)
{
	free_all(m->value, m->nvalues);
	*m = (struct msg_task){ 0 };
}

void
msg_put_job(struct buf *b, uint32_t job, const char *kernel,
    const char *const *params, uint32_t nparams)
{
	size_t begun = frame_begin(b, MSG_JOB);

	assert(nparams <= MSG_PARAMS_MAX);
	buf_put_u32(b, job);
	buf_put_str(b, kernel, strlen(kernel));
	buf_put_u32(b, nparams);
	for (uint32_t i = 0; i < nparams; i++)
		buf_put_str(b, params[i], strlen(params[i]));
	frame_end(b, begun);
}

/* n strings after their number; *n counts what was read, also on -1. */
static int
get_strings(struct buf *body, char **text, uint32_t *n, size_t max)
{
	uint32_t count;

	*n = 0;
	if (buf_get_u32(body, &count) == -1 || count > MSG_PARAMS_MAX)
		return -1;
	for (; *n < count; ++*n)
		if (buf_get_cstr(body, &text[*n], max) == -1)
			return -1;
	return 0;
}

int
msg_get_job(struct buf *body, struct msg_job *m)
{
	*m = (struct msg_job){ 0 };
	if (buf_get_u32(body, &m->job) == -1 ||
	    buf_get_cstr(body, &m->kernel, MSG_NAME_MAX) == -1 ||
	    get_strings(body, m->param, &m->nparams, MSG_NAME_MAX) == -1 ||
	    whole(body) == -1) {
		msg_job_clear(m);
		return -1;
	}
	return 0;
}

/*
 * Lease: u32 job, u32 number of tasks, then each: u64 task, u32 attempt, u32
 * number of values, values.
 */
void
msg_lease_begin(struct msg_lease *l, struct buf *b, uint32_t job)
{
	*l = (struct msg_lease){ .out = b };
	l->begun = frame_begin(b, MSG_LEASE);
	buf_put_u32(b, job);
	buf_put_u32(b, 0);
}

bool
msg_lease_add(struct msg_lease *l, task_id task, uint32_t attempt,
    char *const *values, uint32_t nvalues)
{
	size_t need = 16, len;

	assert(nvalues <= MSG_PARAMS_MAX);
	for (uint32_t i = 0; i < nvalues; i++) {
		if ((len = strlen(values[i])) > MSG_VALUE_MAX)
			return false;
		need += 4 + len;
	}
	if (l->n == MSG_TASKS_MAX ||
	    buf_left(l->out) - l->begun + need > FRAME_MAX)
		return false;
	buf_put_u64(l->out, task);
	buf_put_u32(l->out, attempt);
	buf_put_u32(l->out, nvalues);
	for (uint32_t i = 0; i < nvalues; i++)
		buf_put_str(l->out, values[i], strlen(values[i]));
	l->n++;
	return true;
}

void
msg_lease_end(struct msg_lease *l)
{
	enum { AT_NUMBER = 4 + 1 + 4 };	/* length, type, job */

	if (l->n == 0) {
		l->out->len = l->out->pos + l->begun;
		return;
	}
	buf_set_u32(l->out, l->out->pos + l->begun + AT_NUMBER, l->n);
	frame_end(l->out, l->begun);
}

int
msg_get_lease(struct buf *body, uint32_t *job, uint32_t *n)
{
	if (buf_get_u32(body, job) == -1 || buf_get_u32(body, n) == -1)
		return -1;
	return *n >= 1 && *n <= MSG_TASKS_MAX ? 0 : -1;
}

int
msg_get_lease_task(struct buf *body, struct msg_task *m)
{
	*m = (struct msg_task){ 0 };
	if (buf_get_u64(body, &m->task) == -1 || m->task == 0 ||
	    buf_get_u32(body, &m->attempt) == -1 ||
	    get_strings(body, m->value, &m->nvalues, MSG_VALUE_MAX) == -1) {
		msg_task_clear(m);
		return -1;
	}
	return 0;
}

void
msg_put_empty(struct buf *b, enum worker_msg type)
{
	frame_end(b, frame_begin(b, (uint8_t)type));
}

void
msg_put_task(struct buf *b, enum worker_msg type, task_id task)
{
	size_t begun = frame_begin(b, (uint8_t)type);

	buf_put_u64(b, task);
	frame_end(b, begun);
}

int
msg_get_task(struct buf *body, task_id *task)
{
	if (buf_get_u64(body, task) == -1 || *task == 0)
		return -1;
	return whole(body);
}

void
msg_put_hello(struct buf *b, const struct msg_hello *m)
{
	size_t begun = frame_begin(b, MSG_HELLO);

	buf_put_u32(b, m->version);
	buf_put_u32(b, m->pid);
	buf_put_u32(b, m->credit);
	frame_end(b, begun);
}

int
msg_get_hello(struct buf *body, struct msg_hello *m)
{
	if (buf_get_u32(body, &m->version) == -1 ||
	    buf_get_u32(body, &m->pid) == -1 ||
	    buf_get_u32(body, &m->credit) == -1 || m->credit == 0)
		return -1;
	return whole(body);
}

void
msg_put_result(struct buf *b, const struct msg_result *m)
{
	size_t begun = frame_begin(b, MSG_RESULT);

	buf_put_u64(b, m->task);
	buf_put_u8(b, (uint8_t)m->end);
	buf_put_double(b, m->elapsed);
	buf_put_double(b, m->cpu);
	buf_put_str(b, m->text, m->len);
	frame_end(b, begun);
}

/* A time that a worker claims: not negative, not infinite, not NAN. */
static int
get_seconds(struct buf *body, double *s)
{
	return buf_get_double(body, s) == -1 || !(*s >= 0 && *s < 1e12) ?
	    -1 : 0;
}

int
msg_get_result(struct buf *body, struct msg_result *m)
{
	uint8_t end;

	if (buf_get_u64(body, &m->task) == -1 || m->task == 0 ||
	    buf_get_u8(body, &end) == -1 || end >= NWORKER_ENDS ||
	    get_seconds(body, &m->elapsed) == -1 ||
	    get_seconds(body, &m->cpu) == -1 ||
	    buf_get_str(body, &m->text, &m->len) == -1)
		return -1;
	m->end = end;
	return whole(body);
}

void
msg_put_progress(struct buf *b, task_id task, double done)
{
	size_t begun = frame_begin(b, MSG_PROGRESS);

	buf_put_u64(b, task);
	buf_put_double(b, done);
	frame_end(b, begun);
}

int
msg_get_progress(struct buf *body, task_id *task, double *done)
{
	if (buf_get_u64(body, task) == -1 || *task == 0 ||
	    buf_get_double(body, done) == -1)
		return -1;
	*done = *done >= 0 ? fmin(*done, 1) : NAN;
	return whole(body);
}

void
msg_put_returned(struct buf *b, const task_id *task, uint32_t n)
{
	size_t begun = frame_begin(b, MSG_RETURNED);

	buf_put_u32(b, n);
	for (uint32_t i = 0; i < n; i++)
		buf_put_u64(b, task[i]);
	frame_end(b, begun);
}

int
msg_get_returned(struct buf *body, task_id *task, uint32_t max, uint32_t *n)
{
	if (buf_get_u32(body, n) == -1 || *n > max)
		return -1;
	for (uint32_t i = 0; i < *n; i++)
		if (buf_get_u64(body, &task[i]) == -1 || task[i] == 0)
			return -1;
	return whole(body);
}
