/* The dashboard acts: what keys do to the run behind it. */
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "tests/e2e/dash.h"

#define F(n)	VTERM_KEY_FUNCTION(n)

static bool
left_alternate_screen(struct vt *t, void *arg)
{
	return !t->alt;
}

/* What the status says now, kept. */
static const char *
note(char out[32], const char *path)
{
	snprintf(out, 32, "%s", dash_status(path));
	return out;
}

/* Move to w2 and open its stop dialog. */
static void
stop_w2(struct vt *t)
{
	vt_key(t, VTERM_KEY_DOWN);
	vt_key(t, F(9));
	SEE(t, "Stop w2");
}

/* ---- the size of the pool ---- */

static void
f8_and_plus_make_the_pool_larger(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);

	vt_key(t, F(8));
	SEE(t, "Workers 3 ");
	SEE(t, "w3");
	IS(t, "pool.size", "3");
	vt_type(t, "+");
	SEE(t, "Workers 4 ");
	SEE(t, "w4");
	IS(t, "pool.target", "4");
	OVER();
}

static void
f7_and_minus_make_it_smaller_after_a_task(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);

	vt_key(t, F(7));
	SEE(t, "Workers 2→1 ");
	IS(t, "pool.target", "1");
	vt_type(t, "-");
	SEE(t, "Workers 2→0 ");
	IS(t, "pool.target", "0");
	IS(t, "workers.0.state", "drain");
	IS(t, "workers.1.state", "drain");
	vt_type(t, "-");
	SEE(t, "the pool has no workers");
	DO(*state, "cancel", "1", "2");
	IS(t, "pool.size", "0");
	SEE(t, "Workers 0 ");
	IS(t, "queue.depth", "8");
	OVER();
}

static void
presses_in_a_row_add_up(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);

	vt_type(t, "++++++++--");
	SEE(t, "Workers 8 ");
	IS(t, "pool.target", "8");
	IS(t, "pool.size", "8");
	OVER();
}

static void
the_size_dialog_sets_a_number(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);

	vt_type(t, "=");
	SEE(t, "Pool size");
	vt_type(t, "5");
	SEE(t, "[ 5 ]");
	vt_type(t, "\r");
	SEE_NOT(t, "Pool size");
	SEE(t, "Workers 5 ");
	IS(t, "pool.size", "5");
	vt_type(t, "=7");
	SEE(t, "[ 7 ]");
	vt_key(t, VTERM_KEY_ESCAPE);
	SEE_NOT(t, "Pool size");
	vt_type(t, "+");	/* what is asked later comes later */
	IS(t, "pool.target", "6");
	OVER();
}

/* ---- one worker ---- */

static void
retire_lets_the_worker_go_after_its_task(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);
	char task[32];

	stop_w2(t);
	vt_type(t, "\r");
	IS(t, "workers.1.state", "drain");
	IS(t, "workers.0.state", "run");
	IS(t, "pool.target", "1");
	SEE(t, "◐");
	DO(*state, "cancel", note(task, "workers.1.task"));
	IS(t, "pool.size", "1");
	SEE(t, "Workers 1 ");
	SEE_NOT(t, "▸ w2");
	SEE(t, " w1 ");
	OVER();
}

static void
cancel_ends_the_task_and_keeps_the_worker(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);
	char pid[2][32], task[2][32];

	note(pid[0], "workers.0.pid");
	note(pid[1], "workers.1.pid");
	note(task[0], "workers.0.task");
	note(task[1], "workers.1.task");
	stop_w2(t);
	vt_type(t, "2\r");
	IS(t, "queue.cancelled", "1");
	IS(t, "workers.1.task", "3");
	IS(t, "workers.0.task", task[0]);
	IS(t, "workers.0.pid", pid[0]);
	IS(t, "workers.1.pid", pid[1]);
	SEE(t, "#3");
	OVER();
}

static void
terminate_replaces_the_worker_and_queues_its_task(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);
	char first[32], pid[32], task[32];

	note(first, "workers.0.pid");
	note(pid, "workers.1.pid");
	note(task, "workers.1.task");
	stop_w2(t);
	vt_type(t, "3\r");
	NO_LONGER(t, "workers.1.pid", pid);
	IS(t, "workers.1.task", task);		/* first in the queue again */
	IS(t, "workers.1.state", "run");
	IS(t, "workers.0.pid", first);
	IS(t, "queue.failed", "0");
	OVER();
}

static void
terminate_can_fail_the_task_and_give_up_the_place(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);

	stop_w2(t);
	vt_type(t, "3");
	SEE(t, "▸ 3");
	vt_type(t, "f \r");
	IS(t, "queue.failed", "1");
	IS(t, "pool.size", "1");
	IS(t, "pool.target", "1");
	IS(t, "workers.0.slot", "1");
	OVER();
}

static void
kill_asks_once_more(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);
	char old[32], task[32];

	note(old, "workers.1.pid");
	note(task, "workers.1.task");
	stop_w2(t);
	vt_type(t, "4\r");
	SEE(t, "Really?");
	vt_type(t, "\r");
	SEE_NOT(t, "Really?");
	IS(t, "workers.1.pid", old);
	vt_type(t, "\r");
	SEE(t, "Really?");
	vt_type(t, "y");
	NO_LONGER(t, "workers.1.pid", old);
	IS(t, "workers.1.task", task);
	OVER();
}

static void
freeze_holds_a_worker_until_it_is_thawed(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);
	char task[32];

	note(task, "workers.1.task");
	stop_w2(t);
	vt_type(t, "5\r");
	IS(t, "workers.1.state", "frozen");
	IS(t, "workers.0.state", "run");
	SEE_NOT(t, "Stop w2");
	vt_key(t, F(9));
	SEE(t, "Thaw");
	vt_type(t, "5\r");
	IS(t, "workers.1.state", "run");
	IS(t, "workers.1.task", task);
	OVER();
}

static void
esc_leaves_every_dialog_and_does_nothing(void **state)
{
	static const char *const dialogs[][2] = {
		{ "k", "Stop w1" }, { "k3", "Stop w1" }, { "k6\r", "Signal" },
		{ "=1", "Pool size" }, { "Q", "End the run" },
	};
	struct vt *t = dash_run(*state, JOB_LONG);
	char pid[32], task[32];

	note(pid, "workers.0.pid");
	note(task, "workers.0.task");
	for (size_t i = 0; i < COUNT(dialogs); i++) {
		vt_type(t, dialogs[i][0]);
		SEE(t, dialogs[i][1]);
		vt_key(t, VTERM_KEY_ESCAPE);
		SEE_NOT(t, dialogs[i][1]);
	}
	vt_key(t, F(8));	/* what is asked later comes later */
	IS(t, "pool.target", "3");
	IS(t, "workers.0.pid", pid);
	IS(t, "workers.0.task", task);
	IS(t, "workers.0.state", "run");
	IS(t, "state", "running");
	IS(t, "queue.cancelled", "0");
	OVER();
}

static void
a_dialog_keeps_its_target_when_that_is_gone(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);
	char task[32];

	stop_w2(t);
	DO(*state, "cancel", note(task, "workers.1.task"));
	IS(t, "workers.1.task", "3");
	SEE(t, "nothing to stop");
	vt_type(t, "3\r");
	SEE_NOT(t, "Stop w2");
	vt_key(t, F(8));
	IS(t, "pool.target", "3");
	IS(t, "workers.1.task", "3");
	OVER();
}

/* ---- the run ---- */

static void
p_pauses_the_queue_and_lets_it_go_on(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);
	char task[32];

	vt_type(t, "p");
	SEE(t, "QUEUE PAUSED");
	IS(t, "state", "paused");
	DO(*state, "cancel", note(task, "workers.0.task"));
	IS(t, "workers.0.state", "idle");
	vt_type(t, "p");
	SEE(t, "RUNNING");
	SEE_NOT(t, "QUEUE PAUSED");
	IS(t, "workers.0.task", "3");
	OVER();
}

static void
Q_drains_the_run(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);

	vt_type(t, "Q");
	SEE(t, "2 tasks run, 8 wait.");
	vt_type(t, "\r");
	SEE(t, "DRAINING");
	IS(t, "state", "draining");
	IS(t, "queue.running", "2");
	DO(*state, "cancel", "1", "2");
	SEE(t, "FINISHED");
	SEE(t, "exit status 101");
	vt_type(t, "q");
	ENDS(t, 101);
	NOBODY_LEFT();
}

static void
Q_stops_the_run_at_once(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);

	vt_type(t, "Q");
	SEE(t, "End the run");
	vt_type(t, "2\r");
	SEE(t, "FINISHED");
	vt_key(t, F(10));
	ENDS(t, 101);
	NOBODY_LEFT();
}

/* ---- the screen itself ---- */

static void
any_key_closes_the_help_and_does_no_more(void **state)
{
	static const char *const closing[] = { "+", "q", "Q", "k", "\r", "p" };
	struct vt *t = dash_run(*state, JOB_LONG);

	for (size_t i = 0; i < COUNT(closing); i++) {
		vt_type(t, i % 2 == 0 ? "?" : "h");
		SEE(t, "Help ");
		SEE(t, "any other key closes");
		vt_type(t, closing[i]);
		SEE_NOT(t, "any other key closes");
	}
	vt_key(t, F(1));
	SEE(t, "any other key closes");
	vt_key(t, VTERM_KEY_ESCAPE);
	SEE_NOT(t, "any other key closes");
	SEE_NOT(t, "End the run");
	vt_type(t, "+");
	IS(t, "pool.target", "3");
	IS(t, "state", "running");
	OVER();
}

static void
ctrl_l_repairs_a_spoilt_screen(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);
	static const char spoil[] = "\033[6;1H#spoilt#\033[1;1H#spoilt#";

	vterm_input_write(t->vterm, spoil, sizeof spoil - 1);
	SEE(t, "#spoilt#");
	vt_type(t, "\f");
	SEE_NOT(t, "#spoilt#");
	SEE(t, "Workers 2 ");
	SEE(t, "pooltop");
	OVER();
}

static void
a_key_without_action_says_so(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);

	vt_type(t, "y");
	SEE(t, "y: no action here, ? for help");
	OVER();
}

static void
a_frozen_display_stands_while_the_run_goes_on(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);
	char task[32], shown[40];

	snprintf(shown, sizeof shown, "#%s ", note(task, "workers.1.task"));
	vt_type(t, "Z");
	SEE(t, "FROZEN");
	DO(*state, "cancel", task);
	IS(t, "workers.1.task", "3");
	vt_type(t, "+");
	SEE(t, "Workers 3 ");
	SEE(t, shown);
	vt_type(t, "Z");
	SEE_NOT(t, "FROZEN");
	SEE(t, "#3 ");
	OVER();
}

static void
pasted_text_is_no_command(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);
	pid_t pid = dash_pid("workers.0.pid");

	vt_paste(t, "k\n9\n+++Q2\rqk4\ry");
	vt_key(t, F(8));
	SEE(t, "Workers 3 ");
	IS(t, "pool.target", "3");
	assert_int_equal(dash_pid("workers.0.pid"), pid);
	IS(t, "queue.cancelled", "0");
	IS(t, "state", "running");
	SEE_NOT(t, "Stop w1");
	OVER();
}

static void
two_viewers_see_what_one_does(void **state)
{
	struct vt *one = dash_run(*state, JOB_LONG), *two = dash_attach(*state);

	SEE(two, "Workers 2 ");
	vt_key(one, F(8));
	SEE(two, "Workers 3 ");
	SEE(one, "Workers 3 ");
	vt_type(two, "+");
	SEE(one, "Workers 4 ");
	SEE(two, "w4");
	IS(one, "viewers", "2");
	vt_type(two, "q");
	ENDS(two, 0);
	IS(one, "viewers", "1");
	vt_type(one, "-");
	SEE(one, "Workers 4→3 ");
	OVER();
}

/* ---- whatever is typed ---- */

static void
type_anything(struct vt *t, uint64_t *seed)
{
	/* Without those that leave, and those that need another to go on. */
	static const char keys[] = "?h+-=kpZ\f\033\t\r 123456789rfynxcbgo~"
	    "ABCDEFGHIJKLMNOPRSTUVWXY[]{}()<>,.;:'\"\\|/@#$%^&*_`";
	uint64_t r = test_random(seed);

	if (r % 4 == 0)
		vt_key(t, (VTermKey)(VTERM_KEY_UP + r / 8 % 4));
	else if (r % 16 == 1)
		vt_key(t, F((int)(r / 16 % 9) + 1));
	else {
		char one[2] = { keys[r / 16 % (sizeof keys - 1)], '\0' };

		vt_type(t, one);
	}
}

static void
no_keys_whatever_confuse_it(void **state)
{
	bool slow = getenv("POOLTOP_LONG") != NULL;
	struct vt *t = dash_run(*state, JOB_LONG);
	uint64_t seed = 20131;

	for (int i = 0; i < (slow ? 20000 : 2000); i++) {
		type_anything(t, &seed);
		if (i % 8 == 0)
			vt_pump(t, 0);
		assert_false(t->eof);
	}
	for (int i = 0; i < 3; i++)
		vt_key(t, VTERM_KEY_ESCAPE);
	vt_type(t, "\f");
	SEE(t, "F1Help");
	SEE(t, "Workers ");
	vt_type(t, "q");
	SEE_THAT(t, left_alternate_screen, NULL);
	assert_int_not_equal(vt_wait_exit(t, PROC_BOUND), -1);
	OVER();
}

int
main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		E2E_TEST(f8_and_plus_make_the_pool_larger),
		E2E_TEST(f7_and_minus_make_it_smaller_after_a_task),
		E2E_TEST(presses_in_a_row_add_up),
		E2E_TEST(the_size_dialog_sets_a_number),
		E2E_TEST(retire_lets_the_worker_go_after_its_task),
		E2E_TEST(cancel_ends_the_task_and_keeps_the_worker),
		E2E_TEST(terminate_replaces_the_worker_and_queues_its_task),
		E2E_TEST(terminate_can_fail_the_task_and_give_up_the_place),
		E2E_TEST(kill_asks_once_more),
		E2E_TEST(freeze_holds_a_worker_until_it_is_thawed),
		E2E_TEST(esc_leaves_every_dialog_and_does_nothing),
		E2E_TEST(a_dialog_keeps_its_target_when_that_is_gone),
		E2E_TEST(p_pauses_the_queue_and_lets_it_go_on),
		E2E_TEST(Q_drains_the_run),
		E2E_TEST(Q_stops_the_run_at_once),
		E2E_TEST(any_key_closes_the_help_and_does_no_more),
		E2E_TEST(ctrl_l_repairs_a_spoilt_screen),
		E2E_TEST(a_key_without_action_says_so),
		E2E_TEST(a_frozen_display_stands_while_the_run_goes_on),
		E2E_TEST(pasted_text_is_no_command),
		E2E_TEST(two_viewers_see_what_one_does),
		E2E_TEST(no_keys_whatever_confuse_it),
	};

	if (argc > 1)		/* one of them, or some: "*paste*" */
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
