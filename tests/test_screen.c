#include <locale.h>
#include <math.h>
#include <signal.h>

#include "viewer.h"

static void
the_selection_stays_on_its_worker(void **state)
{
	struct viewer v;

	viewer_open(&v);
	select_slot(&v, 5);
	remove_worker(&v, 0);
	show(&v);
	assert_int_equal(v.screen.workers.table.list.id, 5);
	remove_worker(&v, 3);		/* w5 itself: its place is taken over */
	show(&v);
	assert_int_equal(v.screen.workers.table.list.id, 6);
	viewer_close(&v);
}

static void
a_drained_worker_keeps_its_slot_and_is_asked_by_identity(void **state)
{
	struct viewer v;

	viewer_open(&v);
	select_slot(&v, 3);
	press(&v, 'k');
	assert_true(sees(&v, "Stop w3, task #986"));
	press(&v, PRESS_ENTER);		/* the safest is chosen */
	assert_int_equal(v.nsent, 1);
	assert_int_equal(v.sent[0].op, OP_DRAIN);
	assert_false(v.sent[0].replace);
	assert_int_equal(v.sent[0].nworkers, 1);
	assert_int_equal(v.sent[0].worker[0].slot, 3);
	assert_int_equal(v.sent[0].worker[0].pid, 41205);
	assert_int_equal(v.sent[0].worker[0].task, 986);
	assert_null(v.screen.dialog.ops);
	viewer_close(&v);
}

static void
each_meaning_of_stop_asks_for_what_it_says(void **state)
{
	static const struct {
		const char	*keys;
		enum op		 op;
		bool		 kill, fail, shed, replace;
		int		 signal;
	} cases[] = {
		{ "1 \r", OP_DRAIN, false, false, false, true, 0 },
		{ "2\r", OP_CANCEL, false, false, false, false, 0 },
		{ "3\r", OP_TERMINATE, false, false, false, false, 0 },
		{ "3f\r", OP_TERMINATE, false, true, false, false, 0 },
		{ "3fr \r", OP_TERMINATE, false, false, true, false, 0 },
		{ "4\ry", OP_TERMINATE, true, false, false, false, 0 },
		{ "5\r", OP_SIGNAL, false, false, false, false, SIGSTOP },
		{ "6\r5\ry", OP_SIGNAL, false, false, false, false, SIGUSR2 },
	};
	struct viewer v;

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct request *rq = v.sent;

		viewer_open(&v);
		press(&v, PRESS_F(9));
		for (const char *k = cases[i].keys; *k != '\0'; k++)
			press(&v, *k == '\r' ? PRESS_ENTER : *k);
		if (v.nsent != 1)
			fail_msg("%s: %d requests", cases[i].keys, v.nsent);
		assert_int_equal(rq->op, cases[i].op);
		assert_int_equal(rq->kill, cases[i].kill);
		assert_int_equal(rq->fail, cases[i].fail);
		assert_int_equal(rq->shed, cases[i].shed);
		assert_int_equal(rq->replace, cases[i].replace);
		assert_int_equal(rq->signal, cases[i].signal);
		if (rq->op == OP_CANCEL) {
			assert_int_equal(rq->ntasks, 1);
			assert_int_equal(rq->task[0], 991);
		} else
			assert_int_equal(rq->worker[0].slot, 1);
		viewer_close(&v);
	}
}

static void
killing_takes_a_yes(void **state)
{
	static const int no[] = { PRESS_ENTER, PRESS_ESC, 'n', 'x', '4' };
	struct viewer v;

	for (size_t i = 0; i < COUNT(no); i++) {
		viewer_open(&v);
		press(&v, 'k');
		press(&v, '4');
		press(&v, PRESS_ENTER);
		assert_int_equal(v.nsent, 0);
		assert_true(sees(&v, "Really?"));
		press(&v, no[i]);
		assert_int_equal(v.nsent, 0);
		assert_false(sees(&v, "Really?"));
		viewer_close(&v);
	}
}

static void
a_target_that_ended_can_only_be_let_go(void **state)
{
	static const int keys[] = { '3', 'f', ' ', 'y', PRESS_DOWN,
		PRESS_ENTER };
	struct viewer v;

	for (int how = 0; how < 3; how++) {
		viewer_open(&v);
		select_slot(&v, 3);
		press(&v, 'k');
		if (how == 0)
			v.run.worker[2].task = 995;
		else if (how == 1)
			v.run.worker[2].pid = 50000;
		else
			remove_worker(&v, 2);
		show(&v);
		assert_true(sees(&v, "nothing to stop"));
		assert_false(sees(&v, "Terminate"));
		for (size_t i = 0; i < COUNT(keys); i++)
			press(&v, keys[i]);
		assert_int_equal(v.nsent, 0);
		assert_null(v.screen.dialog.ops);
		viewer_close(&v);
	}
}

static void
short_tasks_are_aimed_at_by_their_worker(void **state)
{
	struct viewer v;

	viewer_open(&v);
	v.run.rate.tasks_per_second = 400;
	show(&v);
	press(&v, 'k');
	v.run.worker[0].task = 1500;
	show(&v);
	assert_true(sees(&v, "whatever it does"));
	press(&v, '2');			/* no single task can be meant */
	press(&v, PRESS_ENTER);
	assert_int_equal(v.nsent, 0);
	press(&v, '3');
	press(&v, PRESS_ENTER);
	assert_int_equal(v.nsent, 1);
	assert_int_equal(v.sent[0].worker[0].pid, 41203);
	assert_int_equal(v.sent[0].worker[0].task, 0);
	viewer_close(&v);
}

static void
plus_and_minus_ask_at_once_and_in_a_burst_once_more(void **state)
{
	struct viewer v;

	viewer_open(&v);
	press(&v, '+');
	assert_int_equal(v.nsent, 1);
	assert_int_equal(v.sent[0].op, OP_RESIZE);
	assert_int_equal(v.sent[0].size, 9);
	assert_true(sees(&v, "Workers 8→9"));
	for (int i = 0; i < 5; i++) {
		later(&v, 0.01);
		press(&v, PRESS_F(8));
	}
	press(&v, '-');
	assert_int_equal(v.nsent, 1);
	assert_true(sees(&v, "Workers 8→13"));
	later(&v, 0.4);
	assert_int_equal(v.nsent, 2);
	assert_int_equal(v.sent[1].size, 13);
	v.run.pool.target = 13;
	show(&v);
	assert_false(v.screen.size.wanted);
	viewer_close(&v);
}

static void
a_pool_size_stays_within_its_bounds(void **state)
{
	struct viewer v;

	viewer_open(&v);
	v.run.pool.target = 0;
	show(&v);
	press(&v, '-');
	assert_int_equal(v.nsent, 0);
	v.run.pool.target = POOL_MAX;
	show(&v);
	press(&v, '+');
	assert_int_equal(v.nsent, 0);
	press(&v, '=');
	for (const char *k = "9999"; *k != '\0'; k++)
		press(&v, *k);
	press(&v, PRESS_ENTER);
	assert_int_equal(v.nsent, 1);
	assert_int_equal(v.sent[0].size, 99);
	viewer_close(&v);
}

static void
the_size_dialog_shrinks_as_it_says(void **state)
{
	struct viewer v;

	viewer_open(&v);
	press(&v, '=');
	assert_true(sees(&v, "[ 8 ]"));
	press(&v, '3');
	press(&v, ' ');
	press(&v, PRESS_ENTER);
	assert_int_equal(v.nsent, 1);
	assert_int_equal(v.sent[0].size, 3);
	assert_int_equal(v.sent[0].shrink, SHRINK_REQUEUE);
	viewer_close(&v);
}

static void
p_pauses_and_goes_on(void **state)
{
	struct viewer v;

	viewer_open(&v);
	press(&v, 'p');
	v.run.state = RUN_PAUSED;
	show(&v);
	assert_true(sees(&v, "QUEUE PAUSED"));
	assert_true(sees(&v, "p continue"));
	press(&v, 'p');
	assert_int_equal(v.nsent, 2);
	assert_int_equal(v.sent[0].op, OP_PAUSE);
	assert_int_equal(v.sent[1].op, OP_CONTINUE);
	viewer_close(&v);
}

static void
q_detaches_when_the_run_goes_on_without_us(void **state)
{
	struct viewer v;

	viewer_open(&v);
	press(&v, 'q');
	assert_int_equal(v.left, 1);
	assert_int_equal(v.how, SCREEN_DETACH);
	assert_int_equal(v.nsent, 0);
	viewer_close(&v);
}

static void
q_asks_when_the_run_would_end_with_us(void **state)
{
	struct viewer v;

	open_with(&v, fixture_main, true, false);
	press(&v, 'q');
	assert_int_equal(v.left, 0);
	press(&v, PRESS_ENTER);		/* stay */
	assert_int_equal(v.left, 0);
	press(&v, 'q');
	press(&v, '2');
	press(&v, PRESS_ENTER);
	assert_int_equal(v.left, 1);
	assert_int_equal(v.how, SCREEN_DETACH);
	assert_int_equal(v.sent[0].op, OP_UNBIND);
	viewer_close(&v);
	open_with(&v, fixture_main, true, false);
	press(&v, 'q');
	press(&v, '3');
	press(&v, PRESS_ENTER);
	assert_int_equal(v.how, SCREEN_STOP);
	assert_int_equal(v.sent[0].op, OP_STOP);
	assert_true(v.sent[0].now);
	viewer_close(&v);
}

static void
q_asks_when_output_would_be_cut_short(void **state)
{
	struct viewer v;

	open_with(&v, fixture_main, false, true);
	press(&v, PRESS_F(10));
	assert_int_equal(v.left, 0);
	assert_true(sees(&v, "cut short"));
	press(&v, PRESS_DOWN);
	press(&v, PRESS_ENTER);
	assert_int_equal(v.left, 1);
	viewer_close(&v);
}

static void
two_interrupts_leave_at_once_even_from_a_dialog(void **state)
{
	struct viewer v;

	open_with(&v, fixture_main, false, true);
	press(&v, PRESS_CTRL('c'));
	assert_int_equal(v.left, 0);
	later(&v, 0.5);
	press(&v, PRESS_CTRL('c'));
	assert_int_equal(v.left, 1);
	viewer_close(&v);
}

static void
two_interrupts_stop_a_bound_run_that_can_be_asked(void **state)
{
	struct viewer v;

	open_with(&v, fixture_main, true, false);
	press(&v, PRESS_CTRL('c'));
	later(&v, 0.5);
	press(&v, PRESS_CTRL('c'));
	assert_int_equal(v.how, SCREEN_STOP);
	assert_int_equal(v.sent[0].op, OP_STOP);
	assert_true(v.sent[0].now);
	viewer_close(&v);
	open_with(&v, fixture_main, true, false);
	press(&v, PRESS_CTRL('c'));
	screen_lost(&v.screen, v.now);
	later(&v, 0.5);
	press(&v, PRESS_CTRL('c'));
	assert_int_equal(v.left, 1);
	assert_int_equal(v.how, SCREEN_DETACH);
	viewer_close(&v);
}

static void
a_finished_run_is_left_without_a_question(void **state)
{
	struct viewer v;

	open_with(&v, fixture_finished, true, false);
	assert_true(sees(&v, "The run is over"));
	press(&v, '+');
	press(&v, 'p');
	press(&v, 'Q');
	assert_int_equal(v.nsent, 0);
	press(&v, 'q');
	assert_int_equal(v.left, 1);
	assert_int_equal(v.how, SCREEN_DETACH);
	viewer_close(&v);
}

static void
stopping_the_run_asks_how(void **state)
{
	struct viewer v;

	viewer_open(&v);
	press(&v, 'Q');
	press(&v, PRESS_ESC);
	assert_int_equal(v.nsent, 0);
	press(&v, 'Q');
	press(&v, PRESS_ENTER);
	press(&v, 'Q');
	press(&v, '2');
	press(&v, PRESS_ENTER);
	press(&v, 'Q');
	press(&v, '3');
	press(&v, PRESS_ENTER);
	assert_int_equal(v.nsent, 2);
	assert_int_equal(v.sent[0].op, OP_STOP);
	assert_false(v.sent[0].now);
	assert_true(v.sent[1].now);
	assert_int_equal(v.left, 0);
	viewer_close(&v);
}

static void
nothing_is_asked_of_a_lost_engine(void **state)
{
	static const int keys[] = { '+', '-', '=', 'p', 'k', 'Q' };
	struct viewer v;

	viewer_open(&v);
	press(&v, 'k');
	screen_lost(&v.screen, v.now);
	press(&v, '3');
	press(&v, PRESS_ENTER);
	assert_int_equal(v.nsent, 0);
	for (size_t i = 0; i < COUNT(keys); i++)
		press(&v, keys[i]);
	assert_int_equal(v.nsent, 0);
	later(&v, 5);
	assert_true(sees(&v, "NO ENGINE  data 5.0s old"));
	show(&v);
	assert_false(sees(&v, "NO ENGINE"));
	press(&v, '+');
	assert_int_equal(v.nsent, 1);
	viewer_close(&v);
}

static void
a_frozen_table_stands_still_while_the_counts_go_on(void **state)
{
	struct viewer v;

	viewer_open(&v);
	press(&v, 'Z');
	v.run.worker[0].task = 1234;
	v.run.queue.depth = 700;
	show(&v);
	assert_true(sees(&v, "FROZEN"));
	assert_true(sees(&v, "#991"));
	assert_true(sees(&v, "Queue 700"));
	press(&v, 'k');			/* what is seen is no longer there */
	assert_true(sees(&v, "nothing to stop"));
	press(&v, PRESS_ESC);
	press(&v, 'Z');
	assert_true(sees(&v, "#1234"));
	viewer_close(&v);
}

static void
an_engine_that_says_nothing_is_not_shown_as_one_at_work(void **state)
{
	struct viewer v;

	viewer_open(&v);
	later(&v, 3.9);
	assert_true(sees(&v, "RUNNING"));
	later(&v, screen_tick(&v.screen, v.now));
	assert_true(sees(&v, "NO NEWS  data 4.0s old"));
	show(&v);
	assert_true(sees(&v, "RUNNING"));
	viewer_close(&v);
	open_with(&v, fixture_finished, false, false);
	later(&v, 100);
	assert_false(sees(&v, "NO NEWS"));
	viewer_close(&v);
}

static void
a_key_without_a_meaning_says_so_for_a_while(void **state)
{
	struct viewer v;

	viewer_open(&v);
	press(&v, 'y');
	assert_true(sees(&v, "y: no action here, ? for help"));
	assert_true(screen_tick(&v.screen, v.now) > 0);
	later(&v, 2.1);
	assert_false(sees(&v, "no action here"));
	/* nothing but the engine is waited for */
	assert_true(screen_tick(&v.screen, v.now) > 1.5);
	viewer_close(&v);
}

static void
only_keys_that_do_something_are_shown(void **state)
{
	struct viewer v;

	open_with(&v, fixture_finished, false, false);
	assert_false(sees(&v, "F8"));
	assert_false(sees(&v, "pause"));
	assert_true(sees(&v, "F10Quit"));
	viewer_close(&v);
	open_with(&v, fixture_empty, false, false);
	assert_false(sees(&v, "F9"));
	assert_true(sees(&v, "F8Pool+"));
	viewer_close(&v);
}

static void
the_marked_row_is_the_selected_worker_at_any_scroll(void **state)
{
	struct viewer v;
	uint64_t seed = 3;
	static const int keys[] = { PRESS_UP, PRESS_DOWN, PRESS_PAGE_UP,
		PRESS_PAGE_DOWN, PRESS_HOME, PRESS_END };
	char want[32];

	open_with(&v, NULL, false, false);
	fixture_many(&v.run, 100, 8);
	for (int i = 0; i < 400; i++) {
		if (i % 10 == 0) {
			canvas_free(v.canvas);
			v.canvas = canvas_new(
			    10 + (int)(test_random(&seed) % 40), 80, false);
			show(&v);
		}
		press(&v, keys[test_random(&seed) % COUNT(keys)]);
		snprintf(want, sizeof want, "w%u ",
		    (unsigned int)v.screen.workers.table.list.id);
		for (int y = 0; y < v.canvas->h; y++) {
			struct canvas row = { .h = 1, .w = v.canvas->w,
				.cell = v.canvas->cell + y * v.canvas->w };
			char *text = canvas_text(&row);

			if (strncmp(text, "▸", 3) == 0)
				assert_non_null(strstr(text, want));
			free(text);
		}
		assert_true(table_line(&v.screen) >= 0);
	}
	viewer_close(&v);
}

static bool
listed(const struct viewer *v, const struct worker_ref *ref)
{
	for (unsigned int i = 0; i < v->run.nworkers; i++)
		if (v->run.worker[i].slot == ref->slot &&
		    v->run.worker[i].pid == ref->pid &&
		    (ref->task == 0 || v->run.worker[i].task == ref->task))
			return true;
	return false;
}

/* Whatever is asked could be done, and is about whom it says. */
static void
valid(const struct viewer *v, const struct request *rq)
{
	assert_true(rq->op < NOPS);
	assert_true(rq->size <= POOL_MAX);
	switch (rq->op) {
	case OP_DRAIN:
	case OP_TERMINATE:
	case OP_SIGNAL:
		assert_true(rq->nworkers > 0);
		for (size_t i = 0; i < rq->nworkers; i++) {
			assert_true(rq->worker[i].slot != 0);
			assert_true(rq->worker[i].pid != 0);
			assert_true(listed(v, &rq->worker[i]));
		}
		assert_true(rq->op != OP_SIGNAL || rq->signal > 0);
		break;
	case OP_CANCEL:
		assert_true(rq->ntasks > 0);
		for (size_t i = 0; i < rq->ntasks; i++)
			assert_true(rq->task[i] != 0);
		break;
	case OP_RETRY:
		assert_true(rq->ntasks == 0 || rq->task[0] != 0);
		break;
	case OP_RESIZE:
	case OP_PAUSE:
	case OP_CONTINUE:
	case OP_STOP:
	case OP_UNBIND:
		assert_int_equal(rq->nworkers + rq->ntasks, 0);
		break;
	default:
		fail_msg("asked %s", op_name(rq->op));
	}
}

static void
settings_change_at_once_and_are_saved_only_when_asked(void **state)
{
	struct viewer v;

	viewer_open(&v);
	press(&v, PRESS_F(2));
	assert_true(sees(&v, "Palette"));
	press(&v, PRESS_RIGHT);
	assert_int_equal(settings_palette(&v.screen.settings), PALETTE_DARK);
	press(&v, ' ');
	assert_int_equal(settings_palette(&v.screen.settings), PALETTE_LIGHT);
	press(&v, PRESS_LEFT);
	press(&v, PRESS_DOWN);
	press(&v, PRESS_ENTER);
	assert_int_equal(settings_symbols(&v.screen.settings),
	    SYMBOLS_UNICODE);
	press(&v, PRESS_ESC);
	assert_null(v.screen.dialog.ops);
	assert_false(v.screen.save);
	assert_int_equal(settings_palette(&v.screen.settings), PALETTE_DARK);
	press(&v, 'S');
	press(&v, 's');
	assert_true(v.screen.save);
	v.screen.save = false;
	press(&v, 'S');
	press(&v, PRESS_UP);		/* from the first to the last row */
	press(&v, ' ');
	assert_false(v.screen.save);
	press(&v, PRESS_ENTER);
	assert_true(v.screen.save);
	assert_int_equal(v.nsent, 0);
	viewer_close(&v);
}

static void
vi_keys_move_and_leave_the_stop_menu_on_its_capital(void **state)
{
	struct viewer v;

	viewer_open(&v);
	press(&v, 'K');
	assert_non_null(v.screen.dialog.ops);
	press(&v, PRESS_ESC);
	settings_step(&v.screen.settings, SETTING_VI_KEYS, 1);
	press(&v, 'j');
	press(&v, 'j');
	press(&v, 'k');
	assert_null(v.screen.dialog.ops);
	assert_int_equal(v.screen.workers.table.list.id, 2);
	press(&v, 'G');
	assert_int_equal(v.screen.workers.table.list.id, 8);
	press(&v, 'g');
	assert_int_equal(v.screen.workers.table.list.id, 1);
	press(&v, 'K');
	press(&v, 'j');
	assert_int_equal(v.screen.dialog.at, 1);
	press(&v, 'k');
	assert_int_equal(v.screen.dialog.at, 0);
	press(&v, PRESS_ENTER);
	assert_int_equal(v.sent[0].op, OP_DRAIN);
	press(&v, '?');
	assert_true(sees(&v, "F9 K"));
	assert_true(sees(&v, "Down j"));
	assert_false(sees(&v, "F9 k"));
	viewer_close(&v);
}

static void
vi_keys_are_letters_where_text_is_typed(void **state)
{
	struct viewer v;

	viewer_open(&v);
	settings_step(&v.screen.settings, SETTING_VI_KEYS, 1);
	press(&v, '\\');
	type(&v, "hjklgG");
	press(&v, 'k' + KEYS_PASTED);
	assert_string_equal(v.screen.workers.table.filter, "hjklgGk");
	press(&v, PRESS_ESC);
	press(&v, 'g');
	press(&v, 'j');
	assert_int_equal(v.screen.workers.table.list.id, 2);
	press(&v, 'j' + KEYS_PASTED);		/* never a command */
	assert_int_equal(v.screen.workers.table.list.id, 2);
	press(&v, PRESS_F(6));
	press(&v, 'j');
	assert_int_equal(v.screen.dialog.at, 1);
	viewer_close(&v);
}

static void
the_time_that_charts_show_is_chosen_by_keys(void **state)
{
	struct viewer v;

	viewer_open(&v);
	press(&v, '[');
	assert_true(sees(&v, "not now, nothing has been measured"));
	fixture_record(&v.record);
	screen_record(&v.screen, &v.record);
	draw(&v);
	assert_true(sees(&v, "start"));		/* 252 s of 5m */
	press(&v, '[');
	assert_true(sees(&v, "-1m "));
	press(&v, '[');				/* there is no shorter one */
	assert_true(sees(&v, "-1m "));
	press(&v, PRESS_LEFT);
	assert_true(sees(&v, "-1m15"));
	press(&v, 'Z');				/* holds tables only */
	press(&v, PRESS_LEFT);
	assert_true(sees(&v, "-1m30"));
	press(&v, PRESS_RIGHT);
	press(&v, PRESS_RIGHT);
	assert_true(sees(&v, "-1m ") && sees(&v, "now"));
	press(&v, ']');
	assert_true(sees(&v, "start"));
	for (int i = 0; i < 30; i++)
		press(&v, PRESS_LEFT);		/* nothing before the start */
	assert_true(sees(&v, "start") && sees(&v, "now"));
	press(&v, 't');
	assert_false(sees(&v, "start"));
	press(&v, PRESS_F(5));
	assert_true(sees(&v, "start"));
	viewer_close(&v);
}

static void
the_task_stream_scrolls_over_all_workers(void **state)
{
	struct viewer v;

	open_with(&v, NULL, false, false);
	fixture_many(&v.run, POOL_MAX, 8);
	fixture_record(&v.record);
	screen_record(&v.screen, &v.record);
	show(&v);
	press(&v, '\t');
	while (v.screen.view != &view_charts)
		press(&v, '\t');
	assert_true(sees(&v, " w1 "));
	assert_false(sees(&v, "w256 "));
	for (int i = 0; i < 60; i++)
		press(&v, PRESS_PAGE_DOWN);
	assert_true(sees(&v, "w256 "));
	assert_false(sees(&v, " w1 "));
	press(&v, PRESS_UP);
	assert_false(sees(&v, "w256 "));
	press(&v, PRESS_HOME);
	assert_true(sees(&v, " w1 "));
	press(&v, 'k');				/* nobody is selected here */
	assert_true(sees(&v, "not now, select a worker in view 1"));
	viewer_close(&v);
}

static int
random_key(uint64_t *seed)
{
	static const int often[] = { 'k', PRESS_ENTER, PRESS_DOWN, 'y', '3',
		'4', '6', '2', '1', '\t', 't', '[', ']', '=', 'q', 'Q', '?',
		'+', '-', 'Z', PRESS_ESC, PRESS_CTRL('c'), ' ', 'c', 'U', 'R',
		'x', '/', '\\', 'n', 'N', 'P', 'T', 'I', '>', '<', 'F', 'W',
		PRESS_F(6), PRESS_UP, PRESS_END, PRESS_BACK };
	uint64_t n = test_random(seed);

	if (n % 3 != 0)
		return often[n / 3 % COUNT(often)];
	return n % 2 ? PRESS_UP + (int)(n / 2 % 30) : (int)(n / 2 % 300);
}

static void
random_resize(struct viewer *v, uint64_t *seed)
{
	int h = 1 + (int)(test_random(seed) % 100);
	int w = 1 + (int)(test_random(seed) % 250);

	if (test_random(seed) % 3 == 0) {
		h = h % 12 + 1;
		w = w % 60 + 1;
	}
	canvas_free(v->canvas);
	v->canvas = canvas_new(h, w, test_random(seed) % 4 == 0);
}

static void
random_mouse(struct viewer *v, uint64_t *seed)
{
	struct mouse m = { (enum mouse_what)(test_random(seed) % 3),
		(int)(test_random(seed) % 30), (int)(test_random(seed) % 90) };

	screen_mouse(&v->screen, &m, v->now);
}

/* True: a key was pressed. */
static bool
random_step(struct viewer *v, uint64_t *seed)
{
	bool key = false;

	switch (test_random(seed) % 12) {
	case 0:
		fixture_random(&v->run, seed);
		screen_update(&v->screen, &v->run, v->now);
		fixture_random_record(&v->record, seed);
		fixture_random_tasks(&v->record, seed);
		screen_record(&v->screen, &v->record);
		break;
	case 1:
		random_resize(v, seed);
		break;
	case 2:
		later(v, (double)(test_random(seed) % 100) / 40);
		break;
	case 4:
		random_mouse(v, seed);
		return false;		/* another click before it is drawn */
	case 3:
		if (test_random(seed) % 8 == 0)
			screen_lost(&v->screen, v->now);
		break;
	default:
		screen_key(&v->screen, random_key(seed), v->now);
		key = true;
	}
	if (test_random(seed) % 4 != 0)		/* keys may come in a burst */
		draw(v);
	return key;
}

/* Which of the views is seen. */
static int
view_number(const struct viewer *v)
{
	int i = 0;

	while (views[i] != v->screen.view)
		i++;
	return i;
}

static void
random_keys_snapshots_and_sizes_do_no_harm(void **state)
{
	enum { RUNS = 40, LONG_RUNS = 7000, STEPS = 250, VIEWS_MAX = 8 };
	bool slow = getenv("POOLTOP_LONG") != NULL;
	uint64_t seed = 11;
	struct viewer v;
	int total = 0, keys = 0, in_view[VIEWS_MAX] = { 0 };

	for (int run = 0; run < (slow ? LONG_RUNS : RUNS); run++) {
		open_with(&v, run % 2 ? fixture_main : NULL, run % 3 == 0,
		    run % 5 == 0);
		for (int i = 0; i < STEPS; i++) {
			in_view[view_number(&v)]++;
			keys += random_step(&v, &seed);
			for (int n = 0; n < v.nsent; n++)
				valid(&v, &v.sent[n]);
			total += v.nsent;
			v.nsent = 0;
		}
		viewer_close(&v);
	}
	assert_true(total > 100);	/* or nothing was tried */
	assert_true(!slow || keys >= 1000000);
	for (int i = 0; i < nviews; i++)
		assert_true(in_view[i] > STEPS);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_selection_stays_on_its_worker),
		cmocka_unit_test(
		    a_drained_worker_keeps_its_slot_and_is_asked_by_identity),
		cmocka_unit_test(each_meaning_of_stop_asks_for_what_it_says),
		cmocka_unit_test(killing_takes_a_yes),
		cmocka_unit_test(a_target_that_ended_can_only_be_let_go),
		cmocka_unit_test(short_tasks_are_aimed_at_by_their_worker),
		cmocka_unit_test(
		    plus_and_minus_ask_at_once_and_in_a_burst_once_more),
		cmocka_unit_test(a_pool_size_stays_within_its_bounds),
		cmocka_unit_test(the_size_dialog_shrinks_as_it_says),
		cmocka_unit_test(p_pauses_and_goes_on),
		cmocka_unit_test(q_detaches_when_the_run_goes_on_without_us),
		cmocka_unit_test(q_asks_when_the_run_would_end_with_us),
		cmocka_unit_test(q_asks_when_output_would_be_cut_short),
		cmocka_unit_test(
		    two_interrupts_leave_at_once_even_from_a_dialog),
		cmocka_unit_test(
		    two_interrupts_stop_a_bound_run_that_can_be_asked),
		cmocka_unit_test(a_finished_run_is_left_without_a_question),
		cmocka_unit_test(stopping_the_run_asks_how),
		cmocka_unit_test(nothing_is_asked_of_a_lost_engine),
		cmocka_unit_test(
		    an_engine_that_says_nothing_is_not_shown_as_one_at_work),
		cmocka_unit_test(
		    a_frozen_table_stands_still_while_the_counts_go_on),
		cmocka_unit_test(a_key_without_a_meaning_says_so_for_a_while),
		cmocka_unit_test(only_keys_that_do_something_are_shown),
		cmocka_unit_test(
		    the_marked_row_is_the_selected_worker_at_any_scroll),
		cmocka_unit_test(
		    settings_change_at_once_and_are_saved_only_when_asked),
		cmocka_unit_test(
		    vi_keys_move_and_leave_the_stop_menu_on_its_capital),
		cmocka_unit_test(vi_keys_are_letters_where_text_is_typed),
		cmocka_unit_test(the_time_that_charts_show_is_chosen_by_keys),
		cmocka_unit_test(the_task_stream_scrolls_over_all_workers),
		cmocka_unit_test(random_keys_snapshots_and_sizes_do_no_harm),
	};

	setenv("TZ", "UTC", 1);
	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 77;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
