#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/child.h"
#include "base/mem.h"
#include "base/sock.h"
#include "wire/rundir.h"
#include "test.h"

/* Each test has a base of its own, which is empty again at its end. */
static int
base_make(void **state)
{
	char *path = mem_strdup("/tmp/pooltop-test.XXXXXX");

	if (mkdtemp(path) == NULL || setenv("POOLTOP_TMPDIR", path, 1) == -1)
		return -1;
	*state = path;
	return 0;
}

static int
base_remove(void **state)
{
	int rc = rmdir(*state);

	unsetenv("POOLTOP_TMPDIR");
	free(*state);
	return rc;
}

static void
make(struct rundir *dir, unsigned int number)
{
	struct err err;

	assert_int_equal(rundir_make(dir, &err), 0);
	assert_int_equal(dir->number, number);
}

static void
listed(const unsigned int *expected, int n)
{
	unsigned int number[8];
	struct err err;

	assert_int_equal(rundir_list(number, COUNT(number), &err), n);
	if (n > 0)
		assert_memory_equal(number, expected,
		    (size_t)n * sizeof *number);
}

static void
a_run_takes_the_lowest_free_number(void **state)
{
	struct rundir a, b, c;
	struct stat st;

	make(&a, 1);
	make(&b, 2);
	make(&c, 3);
	assert_int_equal(stat(b.path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	rundir_remove(&b);
	make(&b, 2);
	rundir_remove(&a);
	rundir_remove(&b);
	rundir_remove(&c);
	rundir_remove(&c);		/* a second time: nothing */
}

/* A child that has made a run and waits, or ends, when it is told. */
struct holder {
	pid_t		pid;
	unsigned int	number;
	int		end;		/* to be closed: it ends */
};

static void
hold(int gate, int answer, int wait)
{
	struct rundir dir;
	struct err err;
	char byte;

	if (gate != -1)
		(void)!read(gate, &byte, 1);
	if (rundir_make(&dir, &err) == -1)
		_exit(1);
	if (write(answer, &dir.number, sizeof dir.number) == -1)
		_exit(1);
	(void)!read(wait, &byte, 1);
	_exit(0);			/* its directory stays behind */
}

/* gate: it makes its run when that is closed; -1: at once. */
static void
holder_start(struct holder *h, int *answer, int gate)
{
	int up[2], down[2];

	assert_int_equal(pipe(up), 0);
	assert_int_equal(pipe(down), 0);
	if ((h->pid = child_fork()) == 0) {
		int keep[] = { up[1], down[0], gate };

		child_close_others(keep, gate != -1 ? 3 : 2);
		hold(gate, up[1], down[0]);
	}
	close(up[1]);
	close(down[0]);
	*answer = up[0];
	h->end = down[1];
}

static void
holder_ready(struct holder *h, int answer)
{
	assert_int_equal(read(answer, &h->number, sizeof h->number),
	    sizeof h->number);
	close(answer);
}

static void
holder_end(struct holder *h)
{
	int status;

	close(h->end);
	assert_int_equal(waitpid(h->pid, &status, 0), h->pid);
	assert_int_equal(status, 0);
}

static void
runs_that_start_together_get_different_numbers(void **state)
{
	enum { RUNS = 20 };
	bool seen[RUNS + 1] = { false };
	struct holder h[RUNS];
	struct rundir dir;
	int answer[RUNS], gate[2];

	assert_int_equal(pipe(gate), 0);
	for (int i = 0; i < RUNS; i++)
		holder_start(&h[i], &answer[i], gate[0]);
	close(gate[0]);
	close(gate[1]);
	for (int i = 0; i < RUNS; i++) {
		holder_ready(&h[i], answer[i]);
		assert_in_range(h[i].number, 1, RUNS);
		assert_false(seen[h[i].number]);
		seen[h[i].number] = true;
	}
	for (int i = 0; i < RUNS; i++)
		holder_end(&h[i]);
	/* they died without a word: each place is found and cleaned */
	for (unsigned int n = 1; n <= RUNS; n++) {
		make(&dir, n);
		h[n - 1].end = dir.lock;
		free(dir.path);
		free(dir.socket);
	}
	for (unsigned int n = 1; n <= RUNS; n++) {
		char *socket = rundir_socket(n);

		*strrchr(socket, '/') = '\0';
		assert_int_equal(rmdir(socket), 0);
		close(h[n - 1].end);
		free(socket);
	}
}

static void
only_live_runs_are_listed(void **state)
{
	struct holder h;
	struct rundir own, dead;
	struct err err;
	int answer;

	listed(NULL, 0);
	holder_start(&h, &answer, -1);
	holder_ready(&h, answer);
	make(&own, 2);
	listed((unsigned int[]){ 1, 2 }, 2);
	holder_end(&h);
	listed((unsigned int[]){ 2 }, 1);
	assert_int_equal(rundir_make(&dead, &err), 0);
	assert_int_equal(dead.number, 1);	/* its number is free again */
	rundir_remove(&dead);
	rundir_remove(&own);
	listed(NULL, 0);
}

/* Who only looks whether a run lives must not keep another from starting. */
static void
what_is_no_run_is_not_listed(void **state)
{
	static const char *const names[] = { "0", "01x", "x", "100000", "-1" };
	char *path[COUNT(names)], *file = mem_printf("%s/7", (char *)*state);
	FILE *f;

	for (size_t i = 0; i < COUNT(names); i++) {
		path[i] = mem_printf("%s/%s", (char *)*state, names[i]);
		assert_int_equal(mkdir(path[i], 0700), 0);
	}
	assert_non_null(f = fopen(file, "w"));
	fclose(f);
	listed(NULL, 0);
	for (size_t i = 0; i < COUNT(names); i++) {
		assert_int_equal(rmdir(path[i]), 0);
		free(path[i]);
	}
	assert_int_equal(unlink(file), 0);
	free(file);
}

static void
a_dead_runs_directory_is_taken_away_with_its_socket(void **state)
{
	struct rundir dir;
	struct err err;
	struct stat st;
	int fd;

	make(&dir, 1);
	assert_true((fd = sock_listen(dir.socket, &err)) != -1);
	assert_int_equal(stat(dir.socket, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	close(fd);
	close(dir.lock);		/* it died */
	free(dir.path);
	free(dir.socket);
	make(&dir, 1);
	assert_int_equal(stat(dir.socket, &st), -1);
	assert_int_equal(errno, ENOENT);
	rundir_remove(&dir);
}

static void
a_base_that_others_may_write_to_is_refused(void **state)
{
	static const mode_t modes[] = { 0777, 01777, 0720, 0702 };
	struct rundir dir;
	unsigned int number;
	struct err err;

	for (size_t i = 0; i < COUNT(modes); i++) {
		assert_int_equal(chmod(*state, modes[i]), 0);
		err.text[0] = '\0';
		assert_int_equal(rundir_make(&dir, &err), -1);
		assert_non_null(strstr(err.text, "POOLTOP_TMPDIR"));
		err.text[0] = '\0';
		assert_int_equal(rundir_list(&number, 1, &err), -1);
		assert_non_null(strstr(err.text, "POOLTOP_TMPDIR"));
		rundir_remove(&dir);	/* nothing, but harmless */
	}
	assert_int_equal(chmod(*state, 0700), 0);
}

static void
a_base_that_is_a_link_is_refused(void **state)
{
	char *link = mem_printf("%s/link", (char *)*state);
	struct rundir dir;
	struct err err;

	assert_int_equal(symlink(*state, link), 0);	/* itself all right */
	setenv("POOLTOP_TMPDIR", link, 1);
	assert_int_equal(rundir_make(&dir, &err), -1);
	assert_int_equal(unlink(link), 0);
	/* not there is no error for who only looks */
	listed(NULL, 0);
	free(link);
}

static void
a_base_that_is_not_there_is_made_for_its_owner_alone(void **state)
{
	char *path = mem_printf("%s/new", (char *)*state);
	struct rundir dir;
	struct stat st;
	mode_t mask = umask(0);

	setenv("POOLTOP_TMPDIR", path, 1);
	make(&dir, 1);
	umask(mask);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	rundir_remove(&dir);
	assert_int_equal(rmdir(path), 0);
	free(path);
}

static void
the_path_of_a_socket_says_where_a_run_is(void **state)
{
	struct rundir dir;
	char *path;

	make(&dir, 1);
	path = rundir_socket(1);
	assert_string_equal(path, dir.socket);
	free(path);
	rundir_remove(&dir);
}

static void
a_path_too_long_for_a_socket_is_told_with_the_way_out(void **state)
{
	char path[200];
	struct err err;

	memset(path, 'x', sizeof path);
	path[0] = '/';
	path[sizeof path - 1] = '\0';
	assert_int_equal(sock_listen(path, &err), -1);
	assert_non_null(strstr(err.text, "107"));
	assert_non_null(strstr(err.text, "POOLTOP_TMPDIR"));
	assert_int_equal(sock_connect(path, &err), -1);
	assert_non_null(strstr(err.text, "POOLTOP_TMPDIR"));
}

static void
who_connects_is_known_by_user(void **state)
{
	char *path = mem_printf("%s/socket", (char *)*state);
	int fd, one, other;
	struct err err;
	uid_t uid = 1;

	assert_int_equal(sock_connect(path, &err), -1);
	assert_true((fd = sock_listen(path, &err)) != -1);
	assert_int_equal(sock_listen(path, &err), -1);	/* taken */
	assert_true((one = sock_connect(path, &err)) != -1);
	assert_true((other = accept(fd, NULL, NULL)) != -1);
	assert_int_equal(sock_peer_uid(other, &uid), 0);
	assert_int_equal(uid, geteuid());
	assert_int_equal(unlink(path), 0);
	close(fd);
	close(one);
	close(other);
	free(path);
}

int
main(void)
{
#define PROMISE(f) cmocka_unit_test_setup_teardown(f, base_make, base_remove)
	static const struct CMUnitTest tests[] = {
		PROMISE(a_run_takes_the_lowest_free_number),
		PROMISE(runs_that_start_together_get_different_numbers),
		PROMISE(only_live_runs_are_listed),
		PROMISE(what_is_no_run_is_not_listed),
		PROMISE(a_dead_runs_directory_is_taken_away_with_its_socket),
		PROMISE(a_base_that_others_may_write_to_is_refused),
		PROMISE(a_base_that_is_a_link_is_refused),
		PROMISE(a_base_that_is_not_there_is_made_for_its_owner_alone),
		PROMISE(the_path_of_a_socket_says_where_a_run_is),
		PROMISE(a_path_too_long_for_a_socket_is_told_with_the_way_out),
		PROMISE(who_connects_is_known_by_user),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
