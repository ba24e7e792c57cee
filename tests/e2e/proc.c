#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/e2e/proc.h"

#define SLICE	0.01	/* seconds between two looks whether it has ended */

void
proc_init(void)
{
	if (prctl(PR_SET_CHILD_SUBREAPER, 1) == -1)
		perror("PR_SET_CHILD_SUBREAPER");
	signal(SIGPIPE, SIG_IGN);
}

double
proc_bound(double seconds)
{
#ifdef __SANITIZE_ADDRESS__
	return seconds * 5;
#else
	return getenv("POOLTOP_SLOW") != NULL ? seconds * 5 : seconds;
#endif
}

struct mono
proc_deadline(double seconds)
{
	return mono_after(mono_now(), proc_bound(seconds));
}

bool
proc_late(struct mono deadline)
{
	return mono_since(deadline) >= 0;
}

void
proc_nap(void)
{
	poll(NULL, 0, (int)(SLICE * 1000));
}

bool
proc_wait_until(bool (*holds)(void *), void *arg, double seconds)
{
	struct mono deadline = proc_deadline(seconds);

	while (!holds(arg)) {
		if (proc_late(deadline))
			return false;
		proc_nap();
	}
	return true;
}

/* ---- starting ---- */

static void
change_env(const char *const env[])
{
	for (size_t i = 0; env != NULL && env[i] != NULL; i++) {
		char *name = mem_strdup(env[i]), *value = strchr(name, '=');

		if (value == NULL)
			unsetenv(name);
		else {
			*value = '\0';
			setenv(name, value + 1, 1);
		}
		free(name);
	}
}

void
proc_exec(const char *const argv[], const char *const env[], const char *dir)
{
	sigset_t none;

	closefrom(STDERR_FILENO + 1);
	change_env(env);
	signal(SIGPIPE, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (dir == NULL || chdir(dir) == 0)
		execvp(argv[0], (char *const *)(uintptr_t)argv);
	fprintf(stderr, "%s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

static void
pipe_or_die(int fds[2])
{
	if (pipe2(fds, O_CLOEXEC) == -1) {
		perror("pipe");
		abort();
	}
}

static struct proc_stream
stream_open(int fd)
{
	struct proc_stream s = { .fd = fd };

	fcntl(fd, F_SETFL, O_NONBLOCK);
	*buf_room(&s.text, 1) = '\0';
	return s;
}

static void
stream_close(struct proc_stream *s)
{
	if (s->fd != -1)
		close(s->fd);
	s->fd = -1;
}

struct proc *
proc_start(const char *const argv[], const struct proc_how *how)
{
	static const struct proc_how plain;
	struct proc *p = mem_alloc(sizeof *p);
	int in[2], out[2], err[2];

	how = how != NULL ? how : &plain;
	pipe_or_die(in);
	pipe_or_die(out);
	pipe_or_die(err);
	if (!how->pipe_in) {
		close(in[0]);
		in[0] = open("/dev/null", O_RDONLY | O_CLOEXEC);
	}
	fflush(NULL);
	if ((p->pid = fork()) == 0) {
		dup2(in[0], STDIN_FILENO);
		dup2(out[1], STDOUT_FILENO);
		dup2(err[1], STDERR_FILENO);
		proc_exec(argv, how->env, how->dir);
	}
	assert(p->pid != -1);
	close(in[0]);
	close(out[1]);
	close(err[1]);
	fcntl(in[1], F_SETFL, O_NONBLOCK);
	p->in = in[1];
	p->out = stream_open(out[0]);
	p->err = stream_open(err[0]);
	if (!how->pipe_in)
		proc_close_in(p);
	return p;
}

struct proc *
proc_run(const char *const argv[], const struct proc_how *how,
    const char *input)
{
	struct proc_how fed = how != NULL ? *how : (struct proc_how){ 0 };
	struct proc *p;

	fed.pipe_in = fed.pipe_in || input != NULL;
	p = proc_start(argv, &fed);
	if (input != NULL)
		proc_write(p, input, strlen(input));
	proc_close_in(p);
	proc_wait(p, PROC_BOUND);
	return p;
}

void
proc_free(struct proc *p)
{
	if (p == NULL)
		return;
	if (!p->ended)
		proc_end(p->pid);
	proc_close_in(p);
	stream_close(&p->out);
	stream_close(&p->err);
	buf_clear(&p->out.text);
	buf_clear(&p->err.text);
	free(p);
}

/* ---- reading and writing ---- */

/* One read.  false: nothing there, or it has ended. */
static bool
stream_read(struct proc_stream *s)
{
	char bytes[65536];
	size_t keep;
	ssize_t n;

	if (s->fd == -1)
		return false;
	n = read(s->fd, bytes, sizeof bytes);
	if (n == -1 && (errno == EAGAIN || errno == EINTR))
		return false;
	if (n <= 0) {
		stream_close(s);
		return false;
	}
	keep = PROC_KEEP - s->text.len;
	keep = (size_t)n < keep ? (size_t)n : keep;
	buf_put(&s->text, bytes, keep);
	*buf_room(&s->text, 1) = '\0';
	s->dropped += (size_t)n - keep;
	return true;
}

/* A writer that never rests must not keep us here: so many reads, no more. */
static void
stream_drain(struct proc_stream *s)
{
	for (int i = 0; i < 64 && stream_read(s); i++)
		;
}

static void
pump(struct proc *p, double seconds, bool writing)
{
	struct pollfd fds[] = {
		{ p->out.fd, POLLIN, 0 },
		{ p->err.fd, POLLIN, 0 },
		{ writing ? p->in : -1, POLLOUT, 0 },
	};

	poll(fds, 3, (int)(seconds * 1000));
	stream_drain(&p->out);
	stream_drain(&p->err);
}

void
proc_pump(struct proc *p, double seconds)
{
	pump(p, seconds, false);
}

bool
proc_write(struct proc *p, const void *data, size_t len)
{
	struct mono deadline = proc_deadline(PROC_BOUND);
	const char *s = data;
	ssize_t n;

	while (len > 0 && p->in != -1 && !proc_late(deadline)) {
		n = write(p->in, s, len);
		if (n > 0) {
			s += n;
			len -= (size_t)n;
		} else if (errno == EAGAIN)
			pump(p, SLICE, true);
		else if (errno != EINTR)
			return false;
	}
	return len == 0;
}

void
proc_close_in(struct proc *p)
{
	if (p->in != -1)
		close(p->in);
	p->in = -1;
}

void
proc_close_out(struct proc *p)
{
	stream_close(&p->out);
}

const char *
proc_out(const struct proc *p)
{
	return (const char *)p->out.text.data;
}

const char *
proc_err(const struct proc *p)
{
	return (const char *)p->err.text.data;
}

/* ---- waiting ---- */

bool
proc_reap(pid_t pid, int *status)
{
	pid_t got = waitpid(pid, status, WNOHANG);

	if (got == -1 && errno == ECHILD)
		*status = -1;
	return got == pid || (got == -1 && errno == ECHILD);
}

void
proc_end(pid_t pid)
{
	int status;

	if (proc_reap(pid, &status))
		return;
	kill(pid, SIGKILL);	/* ours and not buried: this pid is no other */
	while (waitpid(pid, &status, 0) == -1 && errno == EINTR)
		;
}

static bool
ended(struct proc *p)
{
	if (p->ended)
		return true;
	p->ended = proc_reap(p->pid, &p->status);
	if (p->ended) {
		stream_drain(&p->out);
		stream_drain(&p->err);
	}
	return p->ended;
}

static bool
wait_text(struct proc *p, const char *(*text)(const struct proc *),
    const char *wanted, double seconds)
{
	struct mono deadline = proc_deadline(seconds);
	bool last = false;

	while (strstr(text(p), wanted) == NULL) {
		if (last || proc_late(deadline))
			return false;
		last = ended(p);
		proc_pump(p, last ? 0 : SLICE);
	}
	return true;
}

bool
proc_wait_out(struct proc *p, const char *text, double seconds)
{
	return wait_text(p, proc_out, text, seconds);
}

bool
proc_wait_err(struct proc *p, const char *text, double seconds)
{
	return wait_text(p, proc_err, text, seconds);
}

int
proc_wait(struct proc *p, double seconds)
{
	struct mono deadline = proc_deadline(seconds);

	while (!ended(p)) {
		if (proc_late(deadline))
			return -1;
		proc_pump(p, SLICE);
	}
	return p->status;
}

bool
proc_wait_eof(struct proc *p, double seconds)
{
	struct mono deadline = proc_deadline(seconds);

	while (p->out.fd != -1 || p->err.fd != -1) {
		if (proc_late(deadline))
			return false;
		proc_pump(p, SLICE);
	}
	return true;
}

bool
proc_signal(struct proc *p, int sig)
{
	return !ended(p) && kill(p->pid, sig) == 0;
}
