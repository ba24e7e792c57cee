#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/child.h"
#include "base/sock.h"
#include "test.h"

/*
 * What is promised of a child is looked at in a child: it ends with 0, or
 * with the number of the line where the promise was broken.
 */
#define PROMISE(kept) \
	do { \
		if (!(kept)) \
			_exit(__LINE__ % 250 + 1); \
	} while (0)

static void
ends_well(pid_t pid)
{
	int status;

	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void
on_signal(int sig)
{
}

static void
a_child_begins_with_all_signals_blocked_and_default(void **state)
{
	struct sigaction sa = { .sa_handler = on_signal }, old[3];
	static const int sigs[] = { SIGUSR1, SIGTERM, SIGPIPE };
	sigset_t before, after;
	pid_t pid;

	for (size_t i = 0; i < COUNT(sigs); i++) {
		sa.sa_handler = sigs[i] == SIGPIPE ? SIG_IGN : on_signal;
		sigaction(sigs[i], &sa, &old[i]);
	}
	sigprocmask(SIG_SETMASK, NULL, &before);
	if ((pid = child_fork()) == 0) {
		sigprocmask(SIG_SETMASK, NULL, &after);
		for (int sig = 1; sig <= SIGSYS; sig++) {
			sigaction(sig, NULL, &sa);
			PROMISE(sa.sa_handler == SIG_DFL);
			PROMISE(sig == SIGKILL || sig == SIGSTOP ||
			    sigismember(&after, sig) == 1);
		}
		child_unblock();
		sigprocmask(SIG_SETMASK, NULL, &after);
		for (int sig = 1; sig <= SIGSYS; sig++)
			PROMISE(sigismember(&after, sig) == 0);
		_exit(0);
	}
	ends_well(pid);
	/* the parent's are as they were */
	sigprocmask(SIG_SETMASK, NULL, &after);
	for (int sig = 1; sig <= SIGSYS; sig++)
		assert_int_equal(sigismember(&before, sig),
		    sigismember(&after, sig));
	sigaction(SIGUSR1, NULL, &sa);
	assert_true(sa.sa_handler == on_signal);
	for (size_t i = 0; i < COUNT(sigs); i++)
		sigaction(sigs[i], &old[i], NULL);
}

static void
sleep_for_ever(void)
{
	child_unblock();
	for (;;)
		pause();
}

static void
kill_and_reap(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static bool
has(const pid_t *list, size_t n, pid_t pid)
{
	while (n-- > 0)
		if (list[n] == pid)
			return true;
	return false;
}

/* Enough of them for the kernel's list to be longer than one read. */
static void
a_process_finds_all_its_children(void **state)
{
	enum { CHILDREN = 200 };
	pid_t made[CHILDREN], found[CHILDREN + 1];

	assert_int_equal(child_list(found, COUNT(found)), 0);
	for (size_t i = 0; i < CHILDREN; i++)
		if ((made[i] = child_fork()) == 0)
			sleep_for_ever();
	assert_int_equal(child_list(found, COUNT(found)), CHILDREN);
	for (size_t i = 0; i < CHILDREN; i++)
		assert_true(has(found, CHILDREN, made[i]));
	found[5] = 0;
	assert_int_equal(child_list(found, 5), CHILDREN);
	assert_int_equal(found[5], 0);		/* no further than max */
	for (size_t i = 0; i < CHILDREN; i++)
		kill_and_reap(made[i]);
	assert_int_equal(child_list(found, COUNT(found)), 0);
}

/* A descendant that tries to get away, and keeps fd open while it lives. */
static void
run_away(int depth)
{
	for (; depth > 0; depth--) {
		if (fork() != 0)
			_exit(0);
		setsid();
	}
	signal(SIGTERM, SIG_IGN);
	sleep_for_ever();
}

static void
a_family_of_every_kind(int fd)
{
	char ready = 'r';

	for (int depth = 0; depth < 4; depth++)
		if (child_fork() == 0) {
			if (fork() == 0)
				sleep_for_ever();
			(void)!write(fd, &ready, 1);
			run_away(depth);
		}
	if (child_fork() == 0) {		/* stopped ones, too */
		(void)!write(fd, &ready, 1);
		raise(SIGSTOP);
		kill(getpid(), SIGSTOP);
		sleep_for_ever();
	}
}

static void
nobody_is_left_when_all_are_killed(void **state)
{
	enum { FAMILY = 5 };
	char byte;
	int fd[2];
	pid_t pid;

	assert_int_equal(pipe(fd), 0);
	if ((pid = child_fork()) == 0) {
		child_adopt();
		a_family_of_every_kind(fd[1]);
		close(fd[1]);
		for (int i = 0; i < FAMILY; i++)
			PROMISE(read(fd[0], &byte, 1) == 1);
		child_kill_all();
		PROMISE(child_list(NULL, 0) == 0);
		PROMISE(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
		/* whoever lived would hold the other end */
		PROMISE(read(fd[0], &byte, 1) == 0);
		_exit(0);
	}
	close(fd[1]);
	close(fd[0]);
	ends_well(pid);
}

static void
killing_all_when_there_is_nobody_returns(void **state)
{
	pid_t pid;

	if ((pid = child_fork()) == 0) {
		child_kill_all();
		_exit(0);
	}
	ends_well(pid);
}

static void
a_child_whose_parent_is_gone_ends_at_once(void **state)
{
	pid_t pid;

	if ((pid = child_fork()) == 0) {
		child_unblock();
		child_die_with(getpid(), SIGKILL);	/* not its parent */
		_exit(1);
	}
	ends_well(pid);
}

static void
a_child_dies_with_its_parent(void **state)
{
	char byte;
	int fd[2];
	pid_t pid;

	assert_int_equal(pipe(fd), 0);
	if ((pid = child_fork()) == 0) {
		pid_t self = getpid();

		if (child_fork() == 0) {
			child_die_with(self, SIGKILL);
			PROMISE(write(fd[1], "r", 1) == 1);
			sleep_for_ever();
		}
		close(fd[1]);
		PROMISE(read(fd[0], &byte, 1) == 1);
		_exit(0);
	}
	close(fd[1]);
	ends_well(pid);
	assert_int_equal(read(fd[0], &byte, 1), 0);	/* it is gone, too */
	close(fd[0]);
}

static bool
is_open(int fd)
{
	return fcntl(fd, F_GETFD) != -1;
}

static void
only_the_descriptors_to_keep_are_kept(void **state)
{
	static const int kept[][4] = { { -1, -1, -1, -1 }, { 10, -1, -1, -1 },
		{ 3, 4, 30, 31 }, { 30, 3, 17, 3 }, { 31, 30, 29, 0 },
		{ 1, 2, 0, 31 } };

	for (size_t i = 0; i < COUNT(kept); i++) {
		size_t n = 0;
		pid_t pid;

		while (n < 4 && kept[i][n] != -1)
			n++;
		if ((pid = child_fork()) != 0) {
			ends_well(pid);
			continue;
		}
		int keep[4], devnull = open("/dev/null", O_RDONLY);

		for (int fd = 0; fd < 32; fd++)
			if (!is_open(fd))
				dup2(devnull, fd);
		memcpy(keep, kept[i], sizeof keep);
		child_close_others(keep, n);
		for (int fd = 0; fd < 64; fd++) {
			bool wanted = fd <= STDERR_FILENO;

			for (size_t k = 0; k < n; k++)
				wanted |= kept[i][k] == fd;
			PROMISE(is_open(fd) == wanted);
		}
		_exit(0);
	}
}

static void
a_child_without_stdio_has_dev_null(void **state)
{
	char byte;
	pid_t pid;

	if ((pid = child_fork()) == 0) {
		close(STDIN_FILENO);	/* the lowest is taken for it */
		PROMISE(child_no_stdio() == 0);
		PROMISE(read(STDIN_FILENO, &byte, 1) == 0);
		PROMISE(write(STDOUT_FILENO, "x", 1) == 1);
		PROMISE(write(STDERR_FILENO, "x", 1) == 1);
		_exit(0);
	}
	ends_well(pid);
}

/* ---- sockets ------------------------------------------------------------- */

static void
a_descriptor_goes_over_a_socket_and_is_close_on_exec(void **state)
{
	int pair[2], pipes[2], got;
	char text[8];

	assert_int_equal(sock_packet_pair(pair), 0);
	assert_int_equal(pipe(pipes), 0);
	assert_int_equal(sock_send_fd(pair[0], "with", 4, pipes[1]), 4);
	assert_int_equal(sock_send_fd(pair[0], "none", 4, -1), 4);
	assert_int_equal(sock_recv_fd(pair[1], text, sizeof text, &got), 4);
	assert_memory_equal(text, "with", 4);
	assert_true(got != -1 && (fcntl(got, F_GETFD) & FD_CLOEXEC) != 0);
	assert_int_equal(write(got, "!", 1), 1);
	assert_int_equal(read(pipes[0], text, 1), 1);
	close(got);
	assert_int_equal(sock_recv_fd(pair[1], text, sizeof text, &got), 4);
	assert_int_equal(got, -1);
	close(pair[0]);
	assert_int_equal(sock_recv_fd(pair[1], text, sizeof text, &got), 0);
	assert_int_equal(got, -1);
	/* an error, not SIGPIPE */
	assert_int_equal(sock_send_fd(pair[1], "x", 1, -1), -1);
	close(pair[1]);
	close(pipes[0]);
	close(pipes[1]);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_child_begins_with_all_signals_blocked_and_default),
		cmocka_unit_test(a_process_finds_all_its_children),
		cmocka_unit_test(nobody_is_left_when_all_are_killed),
		cmocka_unit_test(killing_all_when_there_is_nobody_returns),
		cmocka_unit_test(a_child_whose_parent_is_gone_ends_at_once),
		cmocka_unit_test(a_child_dies_with_its_parent),
		cmocka_unit_test(only_the_descriptors_to_keep_are_kept),
		cmocka_unit_test(a_child_without_stdio_has_dev_null),
		cmocka_unit_test(
		    a_descriptor_goes_over_a_socket_and_is_close_on_exec),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
