/*
 * Leaving the dashboard, by a key, a signal, a lost terminal: what becomes
 * of the terminal, of the run and of its results.
 */
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "tests/e2e/dash.h"

#define F(n)	VTERM_KEY_FUNCTION(n)
#define RUN	"\"$0\" run -j2 \"$1\""

static bool
on_the_alternate_screen(struct vt *t, void *arg)
{
	return t->alt;
}

static bool
off_the_alternate_screen(struct vt *t, void *arg)
{
	return !t->alt;
}

/* A shell's dashboard with two workers in its table. */
static struct vt *
shell_dash(struct e2e *e, const char *script, const char *job)
{
	struct vt *t = dash_shell(e, script, job);

	SEE(t, "w2 ");
	SEE_THAT(t, on_the_alternate_screen, NULL);
	return t;
}

/* The lines of the screen that begin with "result", in their order. */
static void
results_on_screen(struct vt *t, char *out, size_t size)
{
	size_t used = 0;

	out[0] = '\0';
	for (int row = 0; row < t->rows; row++)
		if (strncmp(vt_row(t, row), "result", 6) == 0)
			used += (size_t)snprintf(out + used, size - used,
			    "%s\n", vt_row(t, row));
}

/* The file has exactly this in it. */
static void
file_is(struct e2e *e, const char *name, const char *want)
{
	char path[E2E_PATH_MAX], *text = e2e_read(e2e_path(e, path, name));

	assert_non_null(text);
	assert_string_equal(text, want);
	free(text);
}

/* ---- q ---- */

static void
q_detaches_and_attach_comes_back(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG), *again;
	char worker[32];

	snprintf(worker, sizeof worker, "%s", dash_status("workers.1.pid"));
	vt_type(t, "q");
	ENDS(t, 0);
	SEE(t, "goes on");
	SEE(t, "pooltop attach");
	assert_false(t->alt);
	IS(NULL, "viewers", "0");
	IS(NULL, "state", "running");
	again = dash_attach(*state);
	SEE(again, worker);
	vt_key(again, F(8));
	SEE(again, "Workers 3 ");
	vt_key(again, F(10));
	ENDS(again, 0);
	IS(NULL, "workers.1.pid", worker);
	OVER();
}

static void
results_are_printed_when_the_screen_is_left(void **state)
{
	struct vt *t = dash_run(*state, JOB_HELD);
	char got[512];

	IS(t, "queue.done", "6");
	assert_false(vt_shows(t, "result 1"));
	DO(*state, "cancel", "7", "8");
	SEE(t, "FINISHED");
	assert_true(t->alt);
	assert_false(t->ended);
	vt_type(t, "q");
	ENDS(t, 101);
	results_on_screen(t, got, sizeof got);
	assert_string_equal(got, JOB_HELD_RESULTS);
	AS_BEFORE(t);
	NOBODY_LEFT();
}

static void
after_a_detach_attach_prints_what_is_new(void **state)
{
	struct vt *t = dash_run(*state,
	    "jobs:\n"
	    "  - name: some\n"
	    "    kernel: noop\n"
	    "    params: { text: \"result {}\" }\n"
	    "    items: [1, 2, 3]\n"
	    "  - name: held\n"
	    "    kernel: sleep\n"
	    "    params: { seconds: 10000 }\n"
	    "    items: [x, y]\n"
	    "  - name: more\n"
	    "    kernel: noop\n"
	    "    params: { text: \"result {}\" }\n"
	    "    items: [4, 5]\n");
	struct vt *again;
	char got[512];

	IS(t, "queue.done", "3");
	vt_type(t, "q");
	ENDS(t, 0);
	results_on_screen(t, got, sizeof got);
	assert_string_equal(got, "result 1\nresult 2\nresult 3\n");
	again = dash_attach(*state);
	DO(*state, "cancel", "4", "5");
	SEE(again, "FINISHED");
	vt_type(again, "q");
	ENDS(again, 101);
	results_on_screen(again, got, sizeof got);
	assert_string_equal(got, "result 4\nresult 5\n");
	NOBODY_LEFT();
}

static void
with_stdout_in_a_file_it_closes_by_itself(void **state)
{
	struct vt *t = shell_dash(*state, RUN " >\"$HOME/out\"", JOB_HELD);

	IS(t, "queue.done", "6");
	DO(*state, "cancel", "7", "8");
	SEE(t, "left 101");
	AS_BEFORE(t);
	file_is(*state, "out", JOB_HELD_RESULTS);
	vt_type(t, "\n");
	ENDS(t, 0);
	NOBODY_LEFT();
}

static void
with_stdout_in_a_pipe_it_closes_by_itself(void **state)
{
	struct vt *t = shell_dash(*state, RUN " | cat >\"$HOME/out\"",
	    JOB_HELD);

	DO(*state, "cancel", "7", "8");
	SEE(t, "left 0");
	AS_BEFORE(t);
	file_is(*state, "out", JOB_HELD_RESULTS);
	vt_type(t, "\n");
	ENDS(t, 0);
	NOBODY_LEFT();
}

static void
q_asks_when_a_pipe_would_be_cut_short(void **state)
{
	struct vt *t = shell_dash(*state, RUN " >\"$HOME/out\"", JOB_HELD);

	IS(t, "queue.done", "6");
	vt_type(t, "q");
	SEE(t, "cut short");
	vt_type(t, "\r");			/* stay */
	SEE_NOT(t, "cut short");
	SEE(t, "RUNNING");
	vt_type(t, "q2\r");
	SEE(t, "left 0");
	IS(t, "state", "running");
	AS_BEFORE(t);
	vt_type(t, "\n");
	ENDS(t, 0);
	file_is(*state, "out", JOB_HELD_RESULTS);
	OVER();
}

static void
a_pipe_nobody_reads_ends_the_viewer(void **state)
{
	struct vt *t = shell_dash(*state, RUN " | true", JOB_LONG);

	DO(*state, "cancel", "1", "2");	/* the first results come now */
	vt_type(t, "Q2\r");
	SEE(t, "left 0");
	AS_BEFORE(t);
	vt_type(t, "\n");
	ENDS(t, 0);
	OVER();
}

/* ---- the demo ends with its screen ---- */

static struct vt *
demo(struct e2e *e)
{
	struct vt *t = e2e_open(e, WORDS(e2e_pooltop(), "demo", "-j1"));

	SEE(t, "w1 ");
	vt_type(t, "q");
	SEE(t, "This run ends with this screen.");
	return t;
}

static void
in_the_demo_q_asks_and_staying_changes_nothing(void **state)
{
	struct vt *t = demo(*state);

	vt_type(t, "\r");
	SEE_NOT(t, "This run ends");
	IS(t, "state", "running");
	IS(t, "bound", "true");
	vt_type(t, "q");
	SEE(t, "This run ends");
	vt_key(t, VTERM_KEY_ESCAPE);
	SEE_NOT(t, "This run ends");
	IS(t, "state", "running");
	OVER();
}

static void
in_the_demo_q_can_let_it_go_on(void **state)
{
	struct vt *t = demo(*state);

	vt_type(t, "2\r");
	ENDS(t, 0);
	SEE(t, "goes on");
	IS(NULL, "bound", "false");
	IS(NULL, "state", "running");
	OVER();
}

static void
in_the_demo_q_can_stop_it(void **state)
{
	struct vt *t = demo(*state);

	vt_type(t, "3\r");
	ENDS(t, 101);
	NOBODY_LEFT();
}

static void
in_the_demo_ctrl_c_twice_stops_it(void **state)
{
	struct vt *t = e2e_open(*state, WORDS(e2e_pooltop(), "demo", "-j1"));

	SEE(t, "w1 ");
	for (int i = 0; i < 200 && !t->ended; i++) {
		vt_type(t, "\003");	/* two at once would be one signal */
		vt_wait_exit(t, 0.05);
	}
	ENDS(t, 101);
	assert_false(t->alt);
	NOBODY_LEFT();
}

/* ---- Ctrl-Z ---- */

static bool
is_stopped(struct vt *t, void *pid)
{
	return dash_stopped(*(pid_t *)pid);
}

static void
ctrl_z_gives_the_terminal_back_and_fg_takes_it(void **state)
{
	struct vt *t = shell_dash(*state, RUN, JOB_LONG);
	pid_t viewer = dash_viewer(t);

	vt_type(t, "\032");
	SEE_THAT(t, is_stopped, &viewer);
	SEE_THAT(t, off_the_alternate_screen, NULL);
	AS_BEFORE(t);
	DO(*state, "resize", "3");		/* the run goes on */
	IS(t, "pool.size", "3");
	vt_resize(t, 30, 100);
	assert_false(t->alt);
	kill(viewer, SIGCONT);
	SEE_THAT(t, on_the_alternate_screen, NULL);
	SEE(t, "Workers 3 ");
	SEE(t, "w3");
	assert_string_not_equal(vt_row(t, 29), "");	/* to the last row */
	vt_key(t, F(8));
	SEE(t, "Workers 4 ");
	vt_type(t, "q");
	SEE(t, "left 0");
	AS_BEFORE(t);
	vt_type(t, "\n");
	ENDS(t, 0);
	OVER();
}

static void
ctrl_z_in_a_dialog_too(void **state)
{
	struct vt *t = shell_dash(*state, RUN, JOB_LONG);
	pid_t viewer = dash_viewer(t);

	vt_type(t, "k");
	SEE(t, "Stop w1");
	vt_type(t, "\032");
	SEE_THAT(t, is_stopped, &viewer);
	SEE_THAT(t, off_the_alternate_screen, NULL);
	AS_BEFORE(t);
	kill(viewer, SIGCONT);
	SEE(t, "Stop w1");
	vt_key(t, VTERM_KEY_ESCAPE);
	vt_type(t, "q");
	SEE(t, "left 0");
	vt_type(t, "\n");
	ENDS(t, 0);
	OVER();
}

/* ---- signals ---- */

static void
dies_of(struct e2e *e, int sig)
{
	struct vt *t = shell_dash(e, RUN, JOB_LONG);
	char left[32];

	kill(dash_viewer(t), sig);
	snprintf(left, sizeof left, "left %d", 128 + sig);
	SEE(t, left);
	AS_BEFORE(t);
	IS(t, "viewers", "0");
	IS(t, "state", "running");
	vt_type(t, "\n");
	ENDS(t, 0);
	OVER();
}

static void
after_a_deadly_signal_the_terminal_is_as_before(void **state)
{
	static const int signals[] = { SIGTERM, SIGHUP, SIGQUIT };

	for (size_t i = 0; i < COUNT(signals); i++)
		dies_of(*state, signals[i]);
}

static void
after_a_crash_the_terminal_is_as_before(void **state)
{
	static const int signals[] = { SIGSEGV, SIGBUS, SIGFPE, SIGABRT };

	for (size_t i = 0; i < COUNT(signals); i++)
		dies_of(*state, signals[i]);
}

static void
sigint_is_ctrl_c(void **state)
{
	struct vt *t = shell_dash(*state, RUN, JOB_LONG);

	kill(dash_viewer(t), SIGINT);
	SEE(t, "left 0");
	AS_BEFORE(t);
	IS(t, "state", "running");
	vt_type(t, "\n");
	ENDS(t, 0);
	OVER();
}

static void
the_demo_is_gone_soon_after_its_viewer(void **state)
{
	static const int signals[] = { SIGTERM, SIGKILL };

	for (size_t i = 0; i < COUNT(signals); i++) {
		struct vt *t = dash_shell(*state, "\"$0\" demo -j1", "");
		char left[32];

		SEE(t, "w1 ");
		kill(dash_viewer(t), signals[i]);
		snprintf(left, sizeof left, "left %d", 128 + signals[i]);
		SEE(t, left);
		vt_type(t, "\n");
		ENDS(t, 0);
		NOBODY_LEFT();
	}
}

static void
a_killed_viewer_does_not_disturb_an_unbound_run(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);

	kill(t->pid, SIGKILL);
	assert_int_not_equal(vt_wait_exit(t, PROC_BOUND), -1);
	IS(NULL, "viewers", "0");
	IS(NULL, "state", "running");
	OVER();
}

/* ---- the terminal is lost, or does not read ---- */

static void
a_lost_terminal_ends_the_viewer_only(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);

	vt_hang_up(t);
	assert_int_not_equal(vt_wait_exit(t, PROC_BOUND), -1);
	IS(NULL, "viewers", "0");
	IS(NULL, "state", "running");
	OVER();
}

/* The same without SIGHUP: a reader of a terminal that has gone. */
static void
it_sees_by_itself_that_the_terminal_is_lost(void **state)
{
	struct vt *t = dash_shell(*state, "trap '' HUP; exec setsid -cw "
	    RUN, JOB_LONG);

	SEE(t, "w2 ");
	vt_hang_up(t);
	IS(NULL, "viewers", "0");
	IS(NULL, "state", "running");
	OVER();
}

static void
a_stalled_terminal_holds_up_nobody(void **state)
{
	struct vt *t = dash_run(*state, JOB_HELD), *u;

	vt_stall(t, true);
	for (int i = 0; i < 200; i++) {		/* many a whole screen */
		vt_type(t, "\f");
		proc_nap();
	}
	DO(*state, "resize", "5");
	IS(NULL, "pool.size", "5");
	u = dash_attach(*state);
	SEE(u, "Workers 5 ");
	vt_type(u, "q");
	ENDS(u, 0);
	DO(*state, "cancel", "7", "8");
	IS(NULL, "state", "finished");
	kill(t->pid, SIGTERM);
	assert_int_not_equal(vt_wait_exit(t, PROC_BOUND), -1);
	OVER();
}

/* As Ctrl-S would, were it not switched off. */
static void
a_terminal_that_is_held_holds_up_nobody(void **state)
{
	struct vt *t = shell_dash(*state, RUN, JOB_LONG);
	int slave = open(ptsname(t->fd), O_RDWR | O_NOCTTY | O_CLOEXEC);
	pid_t viewer = dash_viewer(t);

	assert_int_not_equal(slave, -1);
	assert_int_equal(tcflow(slave, TCOOFF), 0);
	DO(*state, "resize", "4");
	IS(t, "pool.size", "4");
	vt_type(t, "=6\r");	/* unseen, but heard */
	IS(t, "pool.target", "6");
	kill(viewer, SIGTERM);
	assert_true(proc_wait_gone(viewer, PROC_BOUND));
	assert_int_equal(tcflow(slave, TCOON), 0);
	close(slave);
	SEE(t, "left 143");
	vt_type(t, "\n");
	ENDS(t, 0);
	OVER();
}

static void
a_held_terminal_is_drawn_when_it_is_let_go(void **state)
{
	struct vt *t = shell_dash(*state, RUN, JOB_LONG);
	int slave = open(ptsname(t->fd), O_RDWR | O_NOCTTY | O_CLOEXEC);

	assert_int_not_equal(slave, -1);
	assert_int_equal(tcflow(slave, TCOOFF), 0);
	DO(*state, "resize", "4");
	IS(t, "pool.size", "4");
	assert_int_equal(tcflow(slave, TCOON), 0);
	close(slave);
	SEE(t, "Workers 4 ");
	SEE(t, "w4 ");
	vt_type(t, "q");
	SEE(t, "left 0");
	AS_BEFORE(t);
	vt_type(t, "\n");
	ENDS(t, 0);
	OVER();
}

static void
a_viewer_that_stands_still_holds_up_nobody(void **state)
{
	struct vt *t = dash_run(*state, JOB_HELD);

	kill(t->pid, SIGSTOP);
	DO(*state, "resize", "6");
	IS(NULL, "pool.size", "6");
	DO(*state, "cancel", "7", "8");
	IS(NULL, "state", "finished");
	kill(t->pid, SIGCONT);
	SEE(t, "FINISHED");
	vt_type(t, "q");
	ENDS(t, 101);
	NOBODY_LEFT();
}

/* ---- the engine is lost ---- */

static void
a_killed_engine_is_shown_and_q_leaves_with_255(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);

	kill(dash_pid("engine_pid"), SIGKILL);
	SEE(t, "NO ENGINE");
	SEE(t, "w1 ");			/* the last that was known */
	vt_type(t, "+k=Q");
	SEE(t, "the engine does not answer");
	vt_type(t, "q");
	ENDS(t, 255);
	assert_false(t->alt);
	NOBODY_LEFT();
}

int
main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		E2E_TEST(q_detaches_and_attach_comes_back),
		E2E_TEST(results_are_printed_when_the_screen_is_left),
		E2E_TEST(after_a_detach_attach_prints_what_is_new),
		E2E_TEST(with_stdout_in_a_file_it_closes_by_itself),
		E2E_TEST(with_stdout_in_a_pipe_it_closes_by_itself),
		E2E_TEST(q_asks_when_a_pipe_would_be_cut_short),
		E2E_TEST(a_pipe_nobody_reads_ends_the_viewer),
		E2E_TEST(in_the_demo_q_asks_and_staying_changes_nothing),
		E2E_TEST(in_the_demo_q_can_let_it_go_on),
		E2E_TEST(in_the_demo_q_can_stop_it),
		E2E_TEST(in_the_demo_ctrl_c_twice_stops_it),
		E2E_TEST(ctrl_z_gives_the_terminal_back_and_fg_takes_it),
		E2E_TEST(ctrl_z_in_a_dialog_too),
		E2E_TEST(after_a_deadly_signal_the_terminal_is_as_before),
		E2E_TEST(after_a_crash_the_terminal_is_as_before),
		E2E_TEST(sigint_is_ctrl_c),
		E2E_TEST(the_demo_is_gone_soon_after_its_viewer),
		E2E_TEST(a_killed_viewer_does_not_disturb_an_unbound_run),
		E2E_TEST(a_lost_terminal_ends_the_viewer_only),
		E2E_TEST(it_sees_by_itself_that_the_terminal_is_lost),
		E2E_TEST(a_stalled_terminal_holds_up_nobody),
		E2E_TEST(a_terminal_that_is_held_holds_up_nobody),
		E2E_TEST(a_held_terminal_is_drawn_when_it_is_let_go),
		E2E_TEST(a_viewer_that_stands_still_holds_up_nobody),
		E2E_TEST(a_killed_engine_is_shown_and_q_leaves_with_255),
	};

	if (argc > 1)		/* one of them, or some: "*ctrl_z*" */
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
