/* Processes of this machine: what they use, and whose children they are. */
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <math.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "host/subtree.h"
#include "host/usage.h"
#include "test.h"

enum { TRIES = 60000, FAMILY_MAX = 64 };

static void
pause_ms(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
}

/* A child that has set up what it wants to, and spins or sleeps for ever. */
static pid_t
child_start(size_t bytes, bool spin)
{
	int fd[2];
	char ready = 0;
	pid_t pid;

	assert_int_equal(pipe2(fd, O_CLOEXEC), 0);
	if ((pid = fork()) == 0) {
		char *p;

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		p = mmap(NULL, bytes + 1, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (p == MAP_FAILED)
			_exit(1);
		memset(p, 1, bytes);
		if (write(fd[1], &ready, 1) != 1)
			_exit(1);
		while (spin)
			*(volatile char *)p += 1;
		for (;;)
			pause();
	}
	assert_true(pid > 0);
	close(fd[1]);
	assert_int_equal(read(fd[0], &ready, 1), 1);
	close(fd[0]);
	return pid;
}

static void
child_end(pid_t pid)
{
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

/* Let a spinning child have used that much CPU time. */
static double
wait_for_cpu(const struct usage *u, double least)
{
	double cpu, before = 0;
	uint64_t rss;

	for (int i = 0; i < TRIES; i++) {
		assert_int_equal(usage_read(u, &cpu, &rss), 0);
		assert_true(cpu >= before && rss > 0);
		if (cpu >= least)
			return cpu;
		before = cpu;
		pause_ms();
	}
	fail_msg("%g s of CPU time never came, %g s is all", least, before);
	return before;
}

static void
a_busy_child_has_cpu_time_that_grows(void **state)
{
	pid_t pid = child_start(0, true);
	struct usage u;
	double first;

	assert_int_equal(usage_open(&u, pid), 0);
	first = wait_for_cpu(&u, 0);
	wait_for_cpu(&u, first + 0.01);
	child_end(pid);
	usage_close(&u);
}

static double
seconds(struct timeval tv)
{
	return (double)tv.tv_sec + (double)tv.tv_usec / 1e6;
}

/* The kernel's last word is the one that wait4(2) gives to the parent. */
static void
cpu_time_is_the_childs_and_not_the_readers(void **state)
{
	pid_t pid = child_start(0, true);
	struct usage u;
	struct rusage ru;
	siginfo_t si;
	double cpu;
	uint64_t rss;

	assert_int_equal(usage_open(&u, pid), 0);
	wait_for_cpu(&u, 0.1);
	kill(pid, SIGKILL);
	assert_int_equal(waitid(P_PID, (id_t)pid, &si, WEXITED | WNOWAIT), 0);
	assert_int_equal(usage_read(&u, &cpu, &rss), 0);
	assert_int_equal(wait4(pid, NULL, 0, &ru), pid);
	assert_true(fabs(cpu - seconds(ru.ru_utime) - seconds(ru.ru_stime)) <
	    0.02);
	usage_close(&u);
}

static void
memory_that_a_child_touches_is_in_its_rss(void **state)
{
	enum { MUCH = 96 << 20 };
	pid_t pid = child_start(MUCH, false);
	struct usage u;
	double cpu;
	uint64_t rss;

	assert_int_equal(usage_open(&u, pid), 0);
	assert_int_equal(usage_read(&u, &cpu, &rss), 0);
	assert_true(rss >= MUCH / 8 * 7);	/* the kernel counts lazily */
	child_end(pid);
	usage_close(&u);
}

static void
a_child_that_is_dead_is_reported_gone(void **state)
{
	pid_t pid = child_start(0, true);
	struct usage u = USAGE_CLOSED;
	double cpu = -1, end;
	uint64_t rss = 1;
	siginfo_t si;

	assert_int_equal(usage_read(&u, &cpu, &rss), -1);
	assert_int_equal(usage_open(&u, pid), 0);
	kill(pid, SIGKILL);
	assert_int_equal(waitid(P_PID, (id_t)pid, &si, WEXITED | WNOWAIT), 0);
	assert_int_equal(usage_read(&u, &end, &rss), 0);	/* a zombie */
	assert_true(end >= 0 && rss == 0);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	assert_int_equal(usage_read(&u, &cpu, &rss), -1);
	assert_int_equal(errno, ESRCH);
	assert_true(cpu == -1);
	usage_close(&u);
	usage_close(&u);
	assert_int_equal(usage_open(&u, pid), -1);
	assert_int_equal(u.statm, -1);
	assert_int_equal(usage_open(&u, 0), -1);
	assert_int_equal(usage_open(&u, -1), -1);
}

/* Fork a child with a number of our choice; -1 where that is not allowed. */
static pid_t
fork_as(pid_t pid)
{
	struct clone_args args = { .exit_signal = SIGCHLD,
		.set_tid = (uint64_t)(uintptr_t)&pid, .set_tid_size = 1 };
	long rc = syscall(SYS_clone3, &args, sizeof args);

	if (rc == 0)
		for (;;)
			pause();
	return (pid_t)rc;
}

static void
a_number_used_again_is_not_taken_for_the_dead(void **state)
{
	pid_t pid = child_start(0, false);
	struct usage u, next;
	double cpu;
	uint64_t rss;

	assert_int_equal(usage_open(&u, pid), 0);
	child_end(pid);
	if (fork_as(pid) != pid) {
		usage_close(&u);
		skip();		/* not privileged, or someone was faster */
	}
	assert_int_equal(usage_read(&u, &cpu, &rss), -1);
	assert_int_equal(errno, ESRCH);
	assert_int_equal(usage_open(&next, pid), 0);
	assert_int_equal(usage_read(&next, &cpu, &rss), 0);
	child_end(pid);
	usage_close(&next);
	usage_close(&u);
}

static bool
has(const pid_t *pid, ssize_t n, pid_t which)
{
	for (ssize_t i = 0; i < n; i++)
		if (pid[i] == which)
			return true;
	return false;
}

/* A child that has a child: tells its number, then both sleep. */
static pid_t
family_start(pid_t *grandchild)
{
	int fd[2];
	pid_t pid, deep;

	assert_int_equal(pipe2(fd, O_CLOEXEC), 0);
	if ((pid = fork()) == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if ((deep = fork()) == 0)
			for (;;)
				pause();
		if (write(fd[1], &deep, sizeof deep) != sizeof deep)
			_exit(1);
		for (;;)
			pause();
	}
	assert_true(pid > 0);
	close(fd[1]);
	assert_int_equal(read(fd[0], grandchild, sizeof *grandchild),
	    sizeof *grandchild);
	assert_true(*grandchild > 0);
	close(fd[0]);
	return pid;
}

static void
a_grandchild_is_found_and_an_empty_family_is_empty(void **state)
{
	pid_t out[FAMILY_MAX], child, grandchild;
	ssize_t n;

	n = subtree_list("", getpid(), out, FAMILY_MAX);
	if (n == -1 && errno == ENOENT)
		skip();		/* a kernel without CONFIG_PROC_CHILDREN */
	assert_int_equal(n, 0);
	assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	child = family_start(&grandchild);
	n = subtree_list("", getpid(), out, FAMILY_MAX);
	assert_int_equal(n, 2);
	assert_int_equal(out[0], child);
	assert_int_equal(out[1], grandchild);
	child_end(child);
	n = subtree_list("/", getpid(), out, FAMILY_MAX);
	assert_true(n == 1 && has(out, n, grandchild));	/* adopted */
	child_end(grandchild);
	assert_int_equal(subtree_list("", getpid(), out, FAMILY_MAX), 0);
	assert_int_equal(subtree_list("", child, out, FAMILY_MAX), -1);
	assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 0), 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_busy_child_has_cpu_time_that_grows),
		cmocka_unit_test(cpu_time_is_the_childs_and_not_the_readers),
		cmocka_unit_test(memory_that_a_child_touches_is_in_its_rss),
		cmocka_unit_test(a_child_that_is_dead_is_reported_gone),
		cmocka_unit_test(
		    a_number_used_again_is_not_taken_for_the_dead),
		cmocka_unit_test(
		    a_grandchild_is_found_and_an_empty_family_is_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
