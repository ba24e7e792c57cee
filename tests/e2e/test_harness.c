/* The tools of the end-to-end tests, tried on ordinary programs. */
#include <signal.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/e2e/e2e.h"

#define DEMO	"./e2e_demo"

/* ---- commands ---- */

static void
output_and_status_of_a_command_are_collected(void **state)
{
	struct proc *p = e2e_run(*state, WORDS("sh", "-c",
	    "echo out; echo err >&2; exit 7"), NULL);

	EXITS(p, 7);
	assert_string_equal(proc_out(p), "out\n");
	assert_string_equal(proc_err(p), "err\n");
}

static void
a_command_that_is_not_there_exits_127(void **state)
{
	struct proc *p = e2e_run(*state, WORDS("./no-such-program"), NULL);

	EXITS(p, 127);
	assert_non_null(strstr(proc_err(p), "no-such-program"));
}

static void
more_than_a_pipe_holds_goes_in_and_out(void **state)
{
	enum { SIZE = 1 << 20 };
	struct proc_how how = { .pipe_in = true };
	struct proc *p = e2e_start(*state, WORDS("cat"), &how);
	char *bytes = malloc(SIZE);

	assert_non_null(bytes);
	memset(bytes, 'x', SIZE);
	assert_true(proc_write(p, bytes, SIZE));
	proc_close_in(p);
	EXITS(p, 0);
	assert_true(proc_wait_eof(p, PROC_BOUND));
	assert_int_equal(p->out.text.len, SIZE);
	assert_memory_equal(p->out.text.data, bytes, SIZE);
	free(bytes);
}

static void
environment_and_directory_are_the_tests(void **state)
{
	struct e2e *e = *state;
	const char *env[] = { "ADDED=yes", "HOME", NULL };
	struct proc_how how = { .env = env, .dir = e->dir };
	struct proc *p = e2e_start(e, WORDS("sh", "-c",
	    "echo $ADDED ${HOME-none} $POOLTOP_TMPDIR; pwd"), &how);
	char want[200];

	snprintf(want, sizeof want, "yes none %s\n%s\n", e->dir, e->dir);
	EXITS(p, 0);
	assert_string_equal(proc_out(p), want);
}

static void
a_command_without_input_reads_its_end(void **state)
{
	EXITS(e2e_run(*state, WORDS("cat"), NULL), 0);
}

static void
output_can_be_awaited_while_the_command_runs(void **state)
{
	struct proc_how how = { .pipe_in = true };
	struct proc *p = e2e_start(*state, WORDS("sh", "-c",
	    "echo ready; read x; echo got $x; echo done >&2; read x"), &how);

	assert_true(proc_wait_out(p, "ready", PROC_BOUND));
	assert_true(proc_write(p, "word\n", 5));
	assert_true(proc_wait_out(p, "got word", PROC_BOUND));
	assert_true(proc_wait_err(p, "done", PROC_BOUND));
	assert_false(p->ended);
	proc_close_in(p);
	assert_int_not_equal(proc_wait(p, PROC_BOUND), -1);
	assert_false(proc_wait_out(p, "never said", PROC_BOUND));
}

static void
a_bound_that_passes_leaves_the_command_running(void **state)
{
	struct proc *p = e2e_start(*state, WORDS("sleep", "1000"), NULL);

	assert_int_equal(proc_wait(p, 0.01), -1);
	assert_true(proc_running(p->pid));
	assert_true(proc_signal(p, SIGTERM));
	assert_true(WIFSIGNALED(proc_wait(p, PROC_BOUND)));
	assert_false(proc_signal(p, SIGTERM));
}

static void
a_reader_that_leaves_is_sigpipe(void **state)
{
	struct proc *p = e2e_start(*state, WORDS("yes"), NULL);

	assert_true(proc_wait_out(p, "y\ny\n", PROC_BOUND));
	proc_close_out(p);
	assert_int_not_equal(proc_wait(p, PROC_BOUND), -1);
	assert_true(WIFSIGNALED(p->status));
	assert_int_equal(WTERMSIG(p->status), SIGPIPE);
}

static void
the_end_does_not_wait_for_a_grandchild_with_the_pipe(void **state)
{
	struct proc *p = e2e_start(*state, WORDS("sh", "-c",
	    "echo first; sleep 1000 & exit 0"), NULL);
	pid_t sleeper;

	EXITS(p, 0);
	assert_string_equal(proc_out(p), "first\n");
	assert_false(proc_wait_eof(p, 0.01));
	sleeper = proc_wait_find("sleep 1000", PROC_BOUND);
	assert_int_not_equal(sleeper, 0);
	kill(sleeper, SIGKILL);
	assert_true(proc_wait_eof(p, PROC_BOUND));
}

/* ---- everybody below ---- */

/* Forks twice and leaves the session, as daemons do; then sleeps. */
#define DAEMON	"setsid sh -c 'sleep 1234 & exit 0' & wait"

static void
a_daemon_is_still_below_the_test(void **state)
{
	struct proc *p = e2e_run(*state, WORDS("sh", "-c", DAEMON), NULL);
	pid_t sleeper;

	EXITS(p, 0);
	sleeper = proc_wait_find("sleep 1234", PROC_BOUND);
	assert_int_not_equal(sleeper, 0);
	assert_int_equal(proc_count("sleep 1234"), 1);
	assert_int_not_equal(getsid(sleeper), getsid(0));
	assert_false(proc_wait_none(0.01));
	assert_int_equal(kill(sleeper, SIGKILL), 0);
	assert_true(proc_wait_gone(sleeper, PROC_BOUND));
	NOBODY_LEFT();
	assert_false(proc_running(sleeper));
	assert_int_equal(proc_find("sleep 1234"), 0);
}

/* Finds exactly "sleep 1235": its parents have that in their words, too. */
static bool
sleeper_is_there(void *arg)
{
	struct proc_list list = { 0 };
	struct proc_info *found = arg;
	bool there = false;

	proc_descendants(&list);
	for (size_t i = 0; i < list.n && !there; i++) {
		there = strcmp(list.all[i].cmdline, "sleep 1235") == 0;
		*found = list.all[i];
	}
	proc_list_clear(&list);
	return there;
}

static void
grandchildren_are_listed_with_their_parents(void **state)
{
	struct proc *p = e2e_start(*state, WORDS("sh", "-c",
	    "sh -c 'sleep 1235; :'; :"), NULL);
	struct proc_info sleeper;

	assert_true(proc_wait_until(sleeper_is_there, &sleeper, PROC_BOUND));
	assert_string_equal(sleeper.name, "sleep");
	assert_int_not_equal(sleeper.ppid, p->pid);
	assert_int_not_equal(sleeper.ppid, getpid());
	assert_int_equal(proc_count("sleep 1235"), 3);
	assert_true(proc_kill_all());
	assert_int_equal(proc_count("sleep 1235"), 0);
}

static void
a_zombie_is_listed_but_does_not_run(void **state)
{
	struct proc *p = e2e_start(*state, WORDS("true"), NULL);
	struct proc_list list = { 0 };

	assert_true(proc_wait_gone(p->pid, PROC_BOUND));
	proc_descendants(&list);
	assert_int_equal(list.n, 1);
	assert_int_equal(list.all[0].pid, p->pid);
	assert_int_equal(list.all[0].state, 'Z');
	proc_list_clear(&list);
	EXITS(p, 0);
	proc_descendants(&list);
	assert_int_equal(list.n, 0);
	proc_list_clear(&list);
}

static void
all_are_killed_however_many_they_are(void **state)
{
	e2e_start(*state, WORDS("sh", "-c", "i=0; while [ $i -lt 20 ]; do "
	    "(setsid sleep 1236 &) ; i=$((i + 1)); done; sleep 1236"), NULL);
	assert_int_not_equal(proc_wait_find("sleep 1236", PROC_BOUND), 0);
	assert_true(proc_kill_all());
	assert_int_equal(proc_count("1236"), 0);
	NOBODY_LEFT();
}

static bool
is_stopped(void *arg)
{
	struct proc_list list = { 0 };
	bool stopped = false;

	proc_descendants(&list);
	for (size_t i = 0; i < list.n; i++)
		stopped = stopped || (list.all[i].pid == *(pid_t *)arg &&
		    list.all[i].state == 'T');
	proc_list_clear(&list);
	return stopped;
}

static void
a_condition_is_awaited(void **state)
{
	struct proc *p = e2e_start(*state, WORDS("sleep", "1000"), NULL);

	assert_false(proc_wait_until(is_stopped, &p->pid, 0.01));
	assert_true(proc_signal(p, SIGSTOP));
	assert_true(proc_wait_until(is_stopped, &p->pid, PROC_BOUND));
}

/* ---- the directory ---- */

static void
the_directory_is_private_short_and_goes_away(void **state)
{
	struct e2e *inner;
	struct sockaddr_un address;
	char path[E2E_PATH_MAX], kept[E2E_DIR_MAX], outer[E2E_DIR_MAX];
	struct stat st;
	void *s;

	snprintf(outer, sizeof outer, "%s", getenv("HOME"));
	assert_int_equal(e2e_setup(&s), 0);
	inner = s;
	snprintf(kept, sizeof kept, "%s", inner->dir);
	assert_string_not_equal(kept, outer);
	assert_string_equal(getenv("HOME"), kept);
	assert_int_equal(stat(kept, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_true(strlen(kept) + 60 < sizeof address.sun_path);
	e2e_write(inner, "state/file", "text");
	e2e_path(inner, path, "state/file");
	assert_true(e2e_wait_exists(path));
	assert_int_equal(e2e_teardown(&s), 0);
	assert_false(e2e_exists(kept));
	setenv("HOME", outer, 1);
}

static void
a_file_is_read_whole_or_not_there(void **state)
{
	struct e2e *e = *state;
	char path[E2E_PATH_MAX], *text;

	assert_null(e2e_read(e2e_path(e, path, "a")));
	e2e_write(e, "a", "some\ntext\n");
	text = e2e_read(path);
	assert_string_equal(text, "some\ntext\n");
	free(text);
}

static void
the_program_under_test_is_there(void **state)
{
	assert_int_equal(access(e2e_pooltop(), X_OK), 0);
}

/* ---- the terminal ---- */

static void
a_screen_is_read(void **state)
{
	struct vt *t = e2e_open(*state, WORDS(DEMO));
	VTermScreenCell cell;
	VTermPos pos;
	char *text;

	SEE(t, "size 24x80");
	SEE(t, "bottom");
	assert_string_equal(vt_row(t, 1), "wide: 日本 e\u0301|");
	cell = vt_cell(t, 1, 6);
	assert_int_equal(cell.chars[0], 0x65e5);
	assert_int_equal(cell.width, 2);
	assert_true(vt_find(t, "|", &pos));
	assert_int_equal(pos.row, 1);
	assert_int_equal(pos.col, 12);
	assert_true(vt_cell(t, 0, 0).attrs.bold);
	assert_int_equal(vt_cell(t, 0, 0).fg.indexed.idx, 208);
	assert_true(vt_cell(t, 23, 0).attrs.reverse);
	assert_false(vt_cell(t, 23, 7).attrs.reverse);
	text = vt_dump(t);
	assert_non_null(strstr(text, "last:\n"));
	free(text);
	text = vt_dump_ansi(t);
	assert_non_null(strstr(text, "\033[0;1;38;5;208;48;5;17ms"));
	free(text);
}

static bool
cursor_is_in_place(struct vt *t, void *arg)
{
	return vt_cursor(t).row == 3 && vt_cursor(t).col == 4;
}

static void
what_a_program_sets_is_known(void **state)
{
	struct vt *t = e2e_open(*state, WORDS(DEMO));

	SEE(t, "size 24x80");
	SEE_THAT(t, cursor_is_in_place, NULL);
	assert_true(t->alt);
	assert_true(t->cursor);
	assert_int_equal(t->titles, 1);
	assert_string_equal(t->title, "the demo");
	vt_type(t, "q");
	ENDS(t, 3);
	SEE(t, "bye");
	assert_false(t->alt);
	assert_int_equal(t->mouse, 0);
}

static void
keys_arrive(void **state)
{
	struct vt *t = e2e_open(*state, WORDS(DEMO));

	SEE(t, "size 24x80");
	vt_key(t, VTERM_KEY_DOWN);
	SEE(t, "last: KEY_DOWN");
	vt_key(t, VTERM_KEY_FUNCTION(5));
	SEE(t, "last: KEY_F(5)");
	vt_key(t, VTERM_KEY_HOME);
	SEE(t, "last: KEY_HOME");
	vt_key(t, VTERM_KEY_ESCAPE);
	SEE(t, "last: ESC");
	SEE_NOT(t, "KEY_HOME");
	vt_type(t, "é");
	SEE(t, "last: ESCé");
}

static void
a_paste_is_bracketed_when_the_program_asks(void **state)
{
	struct vt *t = e2e_open(*state, WORDS("sh", "-c", "stty raw -echo; "
	    "printf '\\033[?2004hready'; dd bs=1 count=16 2>/dev/null | "
	    "cat -v"));

	SEE(t, "ready");
	vt_paste(t, "text");
	SEE(t, "^[[200~text^[[201~");
	ENDS(t, 0);
}

static void
the_mouse_arrives(void **state)
{
	struct e2e *e = *state;
	struct vt *t = e2e_open(e, WORDS(DEMO));

	if (strcmp(e->term, "xterm-256color") == 0)
		skip();		/* see vterm.ti */
	SEE(t, "size 24x80");
	assert_int_not_equal(t->mouse, 0);
	vt_click(t, 6, 10, 1);
	SEE(t, "last: mouse 6,10");
	vt_click(t, 5, 3, 4);
	SEE(t, "last: mouse 5,3 wheel");
}

static void
a_resize_arrives(void **state)
{
	struct vt *t = e2e_open_sized(*state, WORDS(DEMO), NULL, 30, 100);

	SEE(t, "size 30x100");
	vt_resize(t, 40, 132);
	SEE(t, "size 40x132");
	SEE_NOT(t, "size 30x100");
	vt_resize(t, 10, 40);
	SEE(t, "size 10x40");
	vt_resize(t, 2, 2);
	vt_resize(t, 24, 80);
	SEE(t, "size 24x80");
	SEE(t, "bottom");
}

static void
a_lost_terminal_hangs_up(void **state)
{
	struct vt *t = e2e_open(*state, WORDS("sh", "-c",
	    "echo ready; exec sleep 1237"));

	SEE(t, "ready");
	assert_int_not_equal(proc_wait_find("sleep 1237", PROC_BOUND), 0);
	vt_hang_up(t);
	assert_int_not_equal(vt_wait_exit(t, PROC_BOUND), -1);
	assert_true(WIFSIGNALED(t->status));
	assert_int_equal(WTERMSIG(t->status), SIGHUP);
	assert_false(vt_wait(t, "anything", PROC_BOUND));
}

static void
a_stalled_terminal_takes_no_more(void **state)
{
	struct e2e *e = *state;
	char path[E2E_PATH_MAX];
	struct vt *t = e2e_open(e, WORDS(DEMO, "flood",
	    e2e_path(e, path, "stalled")));

	vt_stall(t, true);
	assert_true(e2e_wait_exists(path));
	assert_false(vt_wait(t, "the flood is over", 0.01));
	assert_int_equal(t->bytes, 0);
	vt_stall(t, false);
	SEE(t, "the flood is over");
	ENDS(t, 0);
}

static void
a_wait_ends_with_the_program(void **state)
{
	struct vt *t = e2e_open(*state, WORDS("echo", "all there is"));

	assert_false(vt_wait(t, "never shown", PROC_BOUND));
	assert_true(t->eof);
	ENDS(t, 0);
	SEE(t, "all there is");
}

static void
a_terminal_that_is_let_go_ends_its_program(void **state)
{
	struct vt *t = vt_start(WORDS("sleep", "1238"), NULL, 5, 20, "dumb");
	pid_t pid = t->pid;

	vt_free(t);
	assert_false(proc_running(pid));
	NOBODY_LEFT();
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		E2E_TEST(output_and_status_of_a_command_are_collected),
		E2E_TEST(a_command_that_is_not_there_exits_127),
		E2E_TEST(more_than_a_pipe_holds_goes_in_and_out),
		E2E_TEST(environment_and_directory_are_the_tests),
		E2E_TEST(a_command_without_input_reads_its_end),
		E2E_TEST(output_can_be_awaited_while_the_command_runs),
		E2E_TEST(a_bound_that_passes_leaves_the_command_running),
		E2E_TEST(a_reader_that_leaves_is_sigpipe),
		E2E_TEST(the_end_does_not_wait_for_a_grandchild_with_the_pipe),
		E2E_TEST(a_daemon_is_still_below_the_test),
		E2E_TEST(grandchildren_are_listed_with_their_parents),
		E2E_TEST(a_zombie_is_listed_but_does_not_run),
		E2E_TEST(all_are_killed_however_many_they_are),
		E2E_TEST(a_condition_is_awaited),
		E2E_TEST(the_directory_is_private_short_and_goes_away),
		E2E_TEST(a_file_is_read_whole_or_not_there),
		E2E_TEST(the_program_under_test_is_there),
		E2E_TEST(a_screen_is_read),
		E2E_TEST(what_a_program_sets_is_known),
		E2E_TEST(keys_arrive),
		E2E_TEST(a_paste_is_bracketed_when_the_program_asks),
		E2E_TEST(the_mouse_arrives),
		E2E_TEST(a_resize_arrives),
		E2E_TEST(a_lost_terminal_hangs_up),
		E2E_TEST(a_stalled_terminal_takes_no_more),
		E2E_TEST(a_wait_ends_with_the_program),
		E2E_TEST(a_terminal_that_is_let_go_ends_its_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
