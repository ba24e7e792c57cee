#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <bsd/sys/queue.h>

#include "base/buf.h"
#include "base/child.h"
#include "base/mem.h"
#include "base/mono.h"
#include "kernels/table.h"
#include "model/job.h"
#include "wire/worker_msg.h"
#include "worker/exec_kernel.h"
#include "worker/worker.h"

enum {
	READ_SIZE = 64 * 1024,
	FLUSH_SIZE = 32 * 1024,		/* bytes kept back at most */
	CREDIT = 2 * MSG_TASKS_MAX	/* tasks held at most */
};
static const double flush_after = 0.005;	/* seconds kept back at most */
static const double progress_every = 0.1;	/* seconds */

struct todo {
	uint32_t		 job;
	struct msg_task		 msg;
	bool			 frozen;	/* waits, once it has begun */
	TAILQ_ENTRY(todo)	 entry;
};
TAILQ_HEAD(todos, todo);

struct worker {
	int		 fd;
	struct buf	 in, out, text;
	struct mono	 flushed;
	struct todos	 todos;		/* held, not begun */
	uint32_t	 ntodos;
	struct msg_job	**job;		/* by number; each stays where it is */
	uint32_t	 njobs;
	struct todo	*now;		/* in execution, or NULL */
	struct mono	 told;		/* when progress was last sent */
	double		 frozen_for;	/* seconds of the current task */
	bool		 leave;		/* after the current task */
	bool		 stop;		/* the current task, and leave */
	bool		 cancelled;	/* the current task is not wanted */
};

/* The engine is gone or speaks nonsense: nobody is left to tell. */
static void
end(void)
{
	child_kill_all();
	_exit(0);
}

/* Whoever asks this process to end by a signal also ends what is below it. */
static void
on_terminate(int sig)
{
	struct sigaction sa = { .sa_handler = SIG_DFL };

	child_kill_all();
	sigaction(sig, &sa, NULL);
	raise(sig);
}

void
worker_guard(pid_t parent, int sig)
{
	static const int catch[] = { SIGTERM, SIGINT, SIGHUP, SIGQUIT };
	struct sigaction sa = { .sa_handler = on_terminate };

	sigfillset(&sa.sa_mask);
	for (size_t i = 0; i < sizeof catch / sizeof *catch; i++)
		sigaction(catch[i], &sa, NULL);
	sa.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &sa, NULL);
	child_die_with(parent, sig);
	child_unblock();
}

static void
flush(struct worker *w)
{
	while (buf_left(&w->out) > 0) {
		ssize_t n = send(w->fd, w->out.data + w->out.pos,
		    buf_left(&w->out), MSG_NOSIGNAL);

		if (n == -1 && errno != EINTR)
			end();
		if (n > 0)
			buf_take(&w->out, (size_t)n);
	}
	w->flushed = mono_now();
}

static void
todo_free(struct todo *t)
{
	msg_task_clear(&t->msg);
	free(t);
}

static void
todo_remove(struct worker *w, struct todo *t)
{
	TAILQ_REMOVE(&w->todos, t, entry);
	w->ntodos--;
}

static void
give_back(struct worker *w)
{
	task_id id[CREDIT];
	struct todo *t;
	uint32_t n = 0;

	while ((t = TAILQ_FIRST(&w->todos)) != NULL) {
		todo_remove(w, t);
		id[n++] = t->msg.task;
		todo_free(t);
	}
	msg_put_returned(&w->out, id, n);
}

/* One that is held; NULL: it has ended, and the engine knows by now. */
static struct todo *
find(const struct worker *w, task_id task)
{
	struct todo *t;

	if (w->now != NULL && w->now->msg.task == task)
		return w->now;
	TAILQ_FOREACH(t, &w->todos, entry)
		if (t->msg.task == task)
			return t;
	return NULL;
}

/* Take one task out of what has not begun, and say that it is. */
static void
take_out(struct worker *w, struct todo *t)
{
	struct msg_result m = { .task = t->msg.task, .end = END_STOPPED };

	todo_remove(w, t);
	todo_free(t);
	msg_put_result(&w->out, &m);
}

/* Jobs are told in order, each once: a kernel at work may look at its own. */
static int
on_job(struct worker *w, struct buf *body)
{
	struct msg_job m;

	if (msg_get_job(body, &m) == -1)
		return -1;
	if (m.job != w->njobs || m.job >= JOBS_MAX) {
		msg_job_clear(&m);
		return -1;
	}
	w->job = mem_resize(w->job, w->njobs + 1, sizeof *w->job);
	w->job[w->njobs] = mem_alloc(sizeof m);
	*w->job[w->njobs++] = m;
	return 0;
}

static int
on_lease(struct worker *w, struct buf *body)
{
	uint32_t job, n;
	struct todo *t;

	if (msg_get_lease(body, &job, &n) == -1 || job >= w->njobs ||
	    n > CREDIT - w->ntodos)
		return -1;
	for (; n > 0; n--) {
		t = mem_alloc(sizeof *t);
		t->job = job;
		if (msg_get_lease_task(body, &t->msg) == -1 ||
		    t->msg.nvalues != w->job[job]->nparams) {
			todo_free(t);
			return -1;
		}
		TAILQ_INSERT_TAIL(&w->todos, t, entry);
		w->ntodos++;
	}
	return buf_left(body) == 0 ? 0 : -1;
}

/* A message about one task: the current one, or one that has not begun. */
static int
on_task(struct worker *w, uint8_t type, struct buf *body)
{
	struct todo *t;
	task_id task;

	if (msg_get_task(body, &task) == -1)
		return -1;
	if ((t = find(w, task)) == NULL)
		return 0;
	if (type != MSG_CANCEL)
		t->frozen = type == MSG_FREEZE;
	else if (t == w->now)
		w->cancelled = true;
	else
		take_out(w, t);
	return 0;
}

static int
on_frame(struct worker *w, uint8_t type, struct buf *body)
{
	switch (type) {
	case MSG_JOB:
		return on_job(w, body);
	case MSG_LEASE:
		return on_lease(w, body);
	case MSG_CANCEL:
	case MSG_FREEZE:
	case MSG_THAW:
		return on_task(w, type, body);
	case MSG_STOP:
		w->stop = true;
		/* FALLTHROUGH */
	case MSG_LEAVE:
		w->leave = true;
		/* FALLTHROUGH */
	case MSG_REVOKE:
		give_back(w);
		return 0;
	default:
		return -1;
	}
}

static void
handle_frames(struct worker *w)
{
	struct buf body;
	uint8_t type;
	int rc;

	while ((rc = frame_next(&w->in, &type, &body)) == 1)
		if (on_frame(w, type, &body) == -1)
			end();
	if (rc == -1)
		end();
}

/* Read what has come; wait for something first if asked. */
static void
pump(struct worker *w, bool wait)
{
	struct pollfd pfd = { .fd = w->fd, .events = POLLIN };
	ssize_t n;

	if (wait)
		flush(w);
	while (poll(&pfd, 1, wait ? -1 : 0) == 1) {
		n = recv(w->fd, buf_room(&w->in, READ_SIZE), READ_SIZE, 0);
		if (n == 0 || (n == -1 && errno != EINTR))
			end();
		if (n > 0)
			w->in.len += (size_t)n;
		handle_frames(w);
		wait = false;
	}
}

/* Time spent here is not time worked. */
static void
stay_frozen(struct worker *w)
{
	struct mono since = mono_now();

	while (w->now->frozen && !w->stop && !w->cancelled)
		pump(w, true);
	w->frozen_for += mono_since(since);
}

/* Called by a busy kernel every 10 ms: here it obeys. */
static bool
tick(void *arg, double done)
{
	struct worker *w = arg;

	pump(w, false);
	if (w->now->frozen)
		stay_frozen(w);
	if (done >= 0 && mono_since(w->told) >= progress_every) {
		msg_put_progress(&w->out, w->now->msg.task, done);
		w->told = mono_now();
	}
	if (buf_left(&w->out) > 0)
		flush(w);
	return w->stop || w->cancelled;
}

static double
cpu_now(void)
{
	struct rusage ru;

	getrusage(RUSAGE_SELF, &ru);
	return (double)(ru.ru_utime.tv_sec + ru.ru_stime.tv_sec) +
	    (double)(ru.ru_utime.tv_usec + ru.ru_stime.tv_usec) / 1e6;
}

static enum worker_end
run_task(struct worker *w, struct todo *t)
{
	const struct msg_job *job = w->job[t->job];
	const struct exec exec = { .tick = tick, .arg = w };
	const struct kernel *k = kernel_find(job->kernel);
	static const char why[] = "this worker has no such kernel";

	if (k == NULL) {
		buf_reset(&w->text);
		buf_put(&w->text, why, sizeof why - 1);
		return END_FAILED;
	}
	return exec_kernel(k, job->param, t->msg.value, job->nparams, &exec,
	    &w->text);
}

static void
execute(struct worker *w, struct todo *t)
{
	struct msg_result m = { .task = t->msg.task };
	struct mono start = mono_now();
	double cpu = cpu_now();

	w->now = t;
	w->told = start;
	w->frozen_for = 0;
	w->cancelled = false;
	m.end = run_task(w, t);
	w->now = NULL;
	m.elapsed = mono_since(start) - w->frozen_for;
	if (m.elapsed < 0)
		m.elapsed = 0;
	m.cpu = cpu_now() - cpu;
	if (m.cpu < 0)
		m.cpu = 0;
	m.text = (const char *)w->text.data;
	m.len = w->text.len;
	msg_put_result(&w->out, &m);
	todo_free(t);
}

/* Small results are sent together, but none is kept back for long. */
static void
flush_if_due(struct worker *w)
{
	if (buf_left(&w->out) >= FLUSH_SIZE || TAILQ_EMPTY(&w->todos) ||
	    mono_since(w->flushed) >= flush_after)
		flush(w);
}

void
worker_serve(int fd, unsigned int slot)
{
	struct worker w = { .fd = fd, .flushed = mono_now() };
	const struct msg_hello hello = { WORKER_MSG_VERSION,
	    (uint32_t)getpid(), CREDIT };
	struct todo *t;

	TAILQ_INIT(&w.todos);
	msg_put_hello(&w.out, &hello);
	flush(&w);
	while (!w.leave) {
		pump(&w, TAILQ_EMPTY(&w.todos));
		if ((t = TAILQ_FIRST(&w.todos)) == NULL)
			continue;
		todo_remove(&w, t);
		child_title("pooltop-worker", "w%u task %llu %s", slot,
		    (unsigned long long)t->msg.task, w.job[t->job]->kernel);
		execute(&w, t);
		flush_if_due(&w);
	}
	msg_put_empty(&w.out, MSG_GOODBYE);
	flush(&w);
	child_kill_all();
	exit(0);	/* not _exit: a sanitizer may want to report */
}

void
worker_main(int fd, unsigned int slot, pid_t parent)
{
	worker_guard(parent, SIGKILL);
	worker_serve(fd, slot);
}
