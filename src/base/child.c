#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <bsd/unistd.h>

#include "base/child.h"
#include "base/mono.h"

enum { CHILDREN_AT_ONCE = 256, LOOK_EVERY = 2 /* ms */ };

static void
default_signals(void)
{
	struct sigaction sa = { .sa_handler = SIG_DFL };

	for (int sig = 1; sig < NSIG; sig++)
		sigaction(sig, &sa, NULL);	/* KILL and STOP refuse: fine */
}

pid_t
child_fork(void)
{
	sigset_t all, old;
	pid_t pid;
	int saved;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &old);
	if ((pid = fork()) == 0) {
		default_signals();
		return 0;
	}
	saved = errno;
	sigprocmask(SIG_SETMASK, &old, NULL);
	errno = saved;
	return pid;
}

void
child_unblock(void)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

void
child_die_with(pid_t parent, int sig)
{
	prctl(PR_SET_PDEATHSIG, sig);
	if (getppid() != parent)
		_exit(0);
}

void
child_adopt(void)
{
	prctl(PR_SET_CHILD_SUBREAPER, 1);
}

int
child_no_stdio(void)
{
	int fd = open("/dev/null", O_RDWR | O_NOCTTY);

	if (fd == -1)
		return -1;
	for (int i = 0; i <= STDERR_FILENO; i++)
		if (fd != i && dup2(fd, i) == -1)
			return -1;
	if (fd > STDERR_FILENO)
		close(fd);
	return 0;
}

static int
compare(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

void
child_close_others(int *keep, size_t n)
{
	int next = STDERR_FILENO + 1;

	qsort(keep, n, sizeof *keep, compare);
	for (size_t i = 0; i < n; i++) {
		if (keep[i] > next)
			close_range((unsigned int)next,
			    (unsigned int)keep[i] - 1, 0);
		if (keep[i] >= next)
			next = keep[i] + 1;
	}
	closefrom(next);
}

void
child_title(const char *name, const char *fmt, ...)
{
	char title[200];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(title, sizeof title, fmt, ap);
	va_end(ap);
	setproctitle("-pooltop: %s", title);
	prctl(PR_SET_NAME, name);
}

/*
 * The kernel's list is text, "PID PID PID ".  A number may be cut by the end
 * of one read and go on in the next.
 */
size_t
child_list(pid_t *out, size_t max)
{
	char text[1024];
	size_t n = 0;
	ssize_t got;
	pid_t pid = 0;
	int fd;

	if ((fd = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC)) ==
	    -1)
		return 0;
	while ((got = read(fd, text, sizeof text)) > 0)
		for (ssize_t i = 0; i < got; i++) {
			if (text[i] >= '0' && text[i] <= '9') {
				pid = pid * 10 + (text[i] - '0');
				continue;
			}
			if (pid != 0 && n++ < max)
				out[n - 1] = pid;
			pid = 0;
		}
	close(fd);
	return n;
}

void
child_kill_all(void)
{
	pid_t pid[CHILDREN_AT_ONCE];
	size_t n;

	close(STDIN_FILENO);	/* to see them takes a descriptor */
	for (;;) {
		n = child_list(pid, CHILDREN_AT_ONCE);
		for (size_t i = 0; i < n && i < CHILDREN_AT_ONCE; i++)
			kill(pid[i], SIGKILL);
		if (waitpid(-1, NULL, 0) == -1 && errno == ECHILD)
			return;
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
	}
}

static void
signal_all(int sig)
{
	pid_t pid[CHILDREN_AT_ONCE];
	size_t n = child_list(pid, CHILDREN_AT_ONCE);

	for (size_t i = 0; i < n && i < CHILDREN_AT_ONCE; i++)
		kill(pid[i], sig);
}

void
child_end_all(double grace)
{
	struct mono start = mono_now();
	pid_t pid;

	signal_all(SIGTERM);
	signal_all(SIGCONT);
	while (mono_since(start) < grace) {
		while ((pid = waitpid(-1, NULL, WNOHANG)) > 0)
			;
		if (pid == -1 && errno == ECHILD)
			return;
		poll(NULL, 0, LOOK_EVERY);
	}
	child_kill_all();
}
