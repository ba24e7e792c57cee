/* The mouse: what is clicked is what was seen there. */
#include <locale.h>

#include "viewer.h"

/* The place where text is on the screen. */
static struct mouse
place_of(const struct viewer *v, const char *text)
{
	struct mouse m = { MOUSE_CLICK, 0, 0 };
	char *all = canvas_text(v->canvas), *line = all;
	char *at = strstr(all, text);

	if (at == NULL)
		fail_msg("\"%s\" is not there:\n%s", text, all);
	for (char *p = all; p < at; p++)
		if (*p == '\n') {
			m.y++;
			line = p + 1;
		}
	*at = '\0';
	m.x = canvas_width(v->canvas, line);
	free(all);
	return m;
}

static void
mouse(struct viewer *v, struct mouse m)
{
	screen_mouse(&v->screen, &m, v->now);
	draw(v);
}

static void
click_on(struct viewer *v, const char *text)
{
	mouse(v, place_of(v, text));
}

static void
a_click_selects_the_row_at_any_scroll(void **state)
{
	struct viewer v;

	open_with(&v, NULL, false, false);
	fixture_many(&v.run, 64, 8);
	show(&v);
	click_on(&v, "w3 ");
	assert_int_equal(v.screen.workers.table.list.id, 3);
	press(&v, PRESS_END);
	click_on(&v, "w60 ");
	assert_int_equal(v.screen.workers.table.list.id, 60);
	viewer_close(&v);
}

static void
an_overview_has_every_worker_at_any_size(void **state)
{
	static const int sizes[][2] = { { 10, 40 }, { 12, 59 }, { 15, 60 },
		{ 24, 80 }, { 35, 120 }, { 8, 40 }, { 60, 300 } };
	struct viewer v;

	open_with(&v, NULL, false, false);
	fixture_many(&v.run, 256, 8);
	show(&v);
	press(&v, 'O');
	for (size_t i = 0; i < COUNT(sizes); i++) {
		canvas_free(v.canvas);
		v.canvas = canvas_new(sizes[i][0], sizes[i][1], false);
		press(&v, PRESS_HOME);
		for (unsigned int slot = 1; slot <= 256; slot++) {
			assert_int_equal(v.screen.workers.table.list.id, slot);
			assert_in_range(table_line(&v.screen),
			    v.screen.layout.table.y,
			    v.screen.layout.table.y +
			    v.screen.layout.table.h - 1);
			press(&v, PRESS_RIGHT);
		}
		assert_int_equal(v.screen.workers.table.list.id, 256);
		for (int n = 0; n < 256; n++)
			press(&v, PRESS_UP);
		assert_int_equal(v.screen.workers.table.list.id, 1);
	}
	viewer_close(&v);
}

static void
arrows_and_clicks_select_in_the_overview(void **state)
{
	struct viewer v;
	struct mouse m = { MOUSE_CLICK, 0, 0 };

	open_with(&v, NULL, false, false);
	fixture_many(&v.run, 200, 8);
	show(&v);
	press(&v, 'O');
	press(&v, PRESS_DOWN);
	assert_int_equal(v.screen.workers.table.list.id, 65);	/* 64 a line */
	press(&v, PRESS_RIGHT);
	press(&v, PRESS_RIGHT);
	press(&v, PRESS_LEFT);
	assert_int_equal(v.screen.workers.table.list.id, 66);
	m.y = v.screen.layout.table.y;
	m.x = 6 + 9 + 2;		/* the second group's third */
	mouse(&v, m);
	assert_int_equal(v.screen.workers.table.list.id, 11);
	m.x = 6 + 8;			/* between two groups */
	mouse(&v, m);
	assert_int_equal(v.screen.workers.table.list.id, 11);
	press(&v, 'k');
	press(&v, PRESS_ENTER);
	assert_int_equal(v.sent[0].worker[0].slot, 11);
	press(&v, 'O');
	assert_true(sees(&v, "PROGRESS"));
	assert_int_equal(v.screen.workers.table.list.id, 11);
	press(&v, PRESS_LEFT);
	assert_true(sees(&v, "Left: not now"));
	viewer_close(&v);
}

static void
a_click_means_what_was_seen_although_rows_have_moved(void **state)
{
	struct viewer v;
	struct mouse m;

	viewer_open(&v);
	m = place_of(&v, "w5 ");
	remove_worker(&v, 1);
	screen_update(&v.screen, &v.run, v.now);	/* not drawn yet */
	mouse(&v, m);
	assert_int_equal(v.screen.workers.table.list.id, 5);
	m = place_of(&v, "w6 ");
	remove_worker(&v, 4);				/* w6 itself */
	screen_update(&v.screen, &v.run, v.now);
	mouse(&v, m);
	assert_int_equal(v.screen.workers.table.list.id, 5);
	viewer_close(&v);
}

static void
a_click_beside_everything_does_nothing(void **state)
{
	static const char *const beside[] = { "pooltop", "Tasks ", "Workers ",
		"Events", "PROGRESS", "pid 41205" };
	struct viewer v;

	viewer_open(&v);
	select_slot(&v, 3);
	for (size_t i = 0; i < COUNT(beside); i++)
		click_on(&v, beside[i]);
	mouse(&v, (struct mouse){ MOUSE_CLICK, -1, 500 });
	assert_int_equal(v.screen.workers.table.list.id, 3);
	assert_int_equal(v.nsent, 0);
	assert_null(v.screen.dialog.ops);
	viewer_close(&v);
}

static void
a_button_at_the_bottom_acts_as_its_key(void **state)
{
	struct viewer v;

	viewer_open(&v);
	click_on(&v, "pause");
	assert_int_equal(v.nsent, 1);
	assert_int_equal(v.sent[0].op, OP_PAUSE);
	click_on(&v, "F8Pool+");
	assert_int_equal(v.sent[1].op, OP_RESIZE);
	assert_int_equal(v.sent[1].size, 9);
	click_on(&v, "Stop ");
	assert_true(sees(&v, "Retire after this task"));
	click_on(&v, "F10");		/* in a dialog it closes that */
	assert_null(v.screen.dialog.ops);
	click_on(&v, "Detach");
	assert_int_equal(v.left, 1);
	viewer_close(&v);
}

static void
a_message_over_a_button_covers_it(void **state)
{
	struct viewer v;
	struct mouse m;

	viewer_open(&v);
	v.run.nrecent = 0;
	show(&v);
	m = place_of(&v, "F8Pool+");
	press(&v, 'x');			/* says: no action here */
	mouse(&v, m);
	assert_int_equal(v.nsent, 0);
	later(&v, 3);
	mouse(&v, m);
	assert_int_equal(v.nsent, 1);
	viewer_close(&v);
}

static void
a_click_in_a_dialog_selects_and_does_nothing_yet(void **state)
{
	struct viewer v;

	viewer_open(&v);
	select_slot(&v, 3);
	press(&v, 'k');
	click_on(&v, "Kill now");
	assert_int_equal(v.nsent, 0);
	press(&v, PRESS_ENTER);
	click_on(&v, "Terminate");	/* no is no, also to "really?" */
	press(&v, 'y');
	assert_int_equal(v.nsent, 0);
	press(&v, PRESS_ENTER);
	assert_int_equal(v.nsent, 1);
	assert_int_equal(v.sent[0].op, OP_TERMINATE);
	assert_false(v.sent[0].kill);
	assert_int_equal(v.sent[0].worker[0].slot, 3);
	viewer_close(&v);
}

static void
a_row_under_a_dialog_is_out_of_reach(void **state)
{
	struct viewer v;
	struct mouse m;

	viewer_open(&v);
	m = place_of(&v, "w7 ");
	select_slot(&v, 3);
	press(&v, 'k');
	mouse(&v, m);
	assert_int_equal(v.screen.workers.table.list.id, 3);
	viewer_close(&v);
}

static void
a_click_means_nothing_in_a_dialog_that_is_not_drawn_yet(void **state)
{
	struct viewer v;
	struct mouse m;

	viewer_open(&v);
	press(&v, 'k');
	m = place_of(&v, "Other signal");	/* the sixth choice */
	screen_key(&v.screen, PRESS_ESC, v.now);
	screen_key(&v.screen, 'Q', v.now);	/* has three */
	screen_mouse(&v.screen, &m, v.now);
	assert_int_equal(v.screen.dialog.at, 0);
	viewer_close(&v);
}

static void
the_wheel_moves_within_the_list(void **state)
{
	struct mouse down = { MOUSE_WHEEL_DOWN, 9, 9 };
	struct mouse up = { MOUSE_WHEEL_UP, 9, 9 };
	struct viewer v;

	viewer_open(&v);
	select_slot(&v, 2);
	mouse(&v, down);
	assert_int_equal(v.screen.workers.table.list.id, 5);
	mouse(&v, down);
	mouse(&v, down);
	assert_int_equal(v.screen.workers.table.list.id, 8);
	mouse(&v, up);
	assert_int_equal(v.screen.workers.table.list.id, 5);
	press(&v, 'k');
	mouse(&v, down);
	assert_int_equal(v.screen.dialog.at, 1);
	assert_int_equal(v.screen.workers.table.list.id, 5);
	viewer_close(&v);
}

static void
a_click_on_the_name_of_a_column_sorts_by_it(void **state)
{
	struct viewer v;
	struct table *t = &v.screen.workers.table;

	viewer_open(&v);
	select_slot(&v, 3);
	click_on(&v, "RSS");
	assert_string_equal(view_workers.columns[t->sort.by].sort, "memory");
	assert_true(t->sort.down);
	assert_int_equal(t->rows.row[0].id, 8);
	assert_int_equal(t->list.id, 3);
	click_on(&v, "RSS");
	assert_false(t->sort.down);
	assert_int_equal(t->rows.row[0].id, 7);
	assert_int_equal(t->list.id, 3);
	assert_int_equal(v.nsent, 0);
	viewer_close(&v);
}

static void
every_column_can_be_clicked_in_every_table(void **state)
{
	struct viewer v;

	viewer_open(&v);
	remember(&v);
	canvas_free(v.canvas);
	v.canvas = canvas_new(40, 200, false);
	for (int view = 1; view <= 2; view++) {
		press(&v, '0' + view);
		for (int x = 0; x < v.canvas->w; x++) {
			const struct column *by;
			struct table *t = table_of(&v.screen);

			mouse(&v, (struct mouse){ MOUSE_CLICK,
			    v.screen.layout.head.y, x });
			by = &v.screen.view->columns[t->sort.by];
			assert_non_null(by->sort);
		}
	}
	viewer_close(&v);
}

static void
rows_of_tasks_and_log_are_selected_by_a_click(void **state)
{
	struct viewer v;
	uint64_t newest;

	viewer_open(&v);
	remember(&v);
	click_on(&v, "2 Tasks");
	assert_true(v.screen.view == &view_tasks);
	click_on(&v, "#990 ");
	assert_int_equal(v.screen.tasks.table.list.id, 990);
	click_on(&v, "4 Log");
	assert_true(v.screen.view == &view_log);
	newest = v.screen.log.table.list.id;
	mouse(&v, (struct mouse){ MOUSE_CLICK, table_line(&v.screen) - 2, 9 });
	assert_int_equal(v.screen.log.table.list.id, newest - 2);
	assert_true(v.screen.log.held);		/* it is being read */
	mouse(&v, (struct mouse){ MOUSE_CLICK, table_line(&v.screen) + 2, 9 });
	assert_int_equal(v.screen.log.table.list.id, newest);
	assert_false(v.screen.log.held);
	viewer_close(&v);
}

static void
a_click_while_something_is_typed_is_a_command_and_no_letter(void **state)
{
	struct viewer v;

	viewer_open(&v);
	remember(&v);
	press(&v, '\\');
	type(&v, "state:run");
	assert_int_equal(v.screen.workers.table.rows.n, 6);
	click_on(&v, "w4 ");
	assert_int_equal(v.screen.workers.table.list.id, 4);
	click_on(&v, "2 Tasks");
	assert_true(v.screen.view == &view_tasks);
	assert_string_equal(v.screen.workers.table.filter, "state:run");
	assert_string_equal(v.screen.tasks.table.filter, "");
	click_on(&v, "1 Workers");
	press(&v, '\\');
	click_on(&v, "Esc");
	assert_int_equal(v.screen.prompt.kind, PROMPT_NONE);
	assert_string_equal(v.screen.workers.table.filter, "");
	viewer_close(&v);
}

static void
what_lies_behind_a_prompt_is_out_of_reach(void **state)
{
	struct viewer v;
	struct mouse m;

	viewer_open(&v);
	m = place_of(&v, "F8Pool+");
	press(&v, '/');
	mouse(&v, m);
	assert_int_equal(v.nsent, 0);
	press(&v, PRESS_ESC);
	screen_key(&v.screen, '/', v.now);		/* not drawn yet */
	mouse(&v, m);
	assert_int_equal(v.nsent, 0);
	assert_int_equal(v.screen.prompt.kind, PROMPT_FIND);
	viewer_close(&v);
}

static void
a_view_that_is_clicked_behind_a_dialog_is_no_digit_in_it(void **state)
{
	struct viewer v;

	viewer_open(&v);
	press(&v, '=');
	click_on(&v, "2 Tasks");
	press(&v, PRESS_ENTER);
	assert_int_equal(v.nsent, 0);		/* 8 workers, as before */
	press(&v, 'k');
	click_on(&v, "2 Tasks");
	assert_int_equal(v.screen.dialog.at, 0);
	assert_int_equal(v.nsent, 0);
	viewer_close(&v);
}

static void
an_overview_shows_what_the_table_does_in_its_order(void **state)
{
	struct viewer v;
	struct table *t = &v.screen.workers.table;

	viewer_open(&v);
	press(&v, 'M');				/* w8 has most, w3 next */
	press(&v, 'O');
	press(&v, PRESS_HOME);
	assert_int_equal(t->list.id, 8);
	press(&v, PRESS_RIGHT);
	assert_int_equal(t->list.id, 3);
	press(&v, ' ');
	assert_int_equal(v.screen.workers.ntags, 1);
	assert_true(workers_tagged_is(&v.screen.workers, &v.run.worker[2]));
	press(&v, 'U');
	press(&v, '\\');
	type(&v, "state:term");
	press(&v, PRESS_ENTER);
	assert_int_equal(t->list.id, 8);
	press(&v, PRESS_RIGHT);
	assert_int_equal(t->list.id, 8);
	assert_int_equal(t->list.shown, 1);
	press(&v, '\\');
	type(&v, " never");
	assert_int_equal(t->rows.n, 0);
	assert_true(sees(&v, "No worker is like that"));
	assert_int_equal(table_line(&v.screen), -1);
	viewer_close(&v);
}

static void
arrows_move_marks_in_the_overview_and_charts_elsewhere(void **state)
{
	struct viewer v;

	viewer_open(&v);
	fixture_record(&v.record);
	screen_record(&v.screen, &v.record);
	draw(&v);
	press(&v, 'O');
	press(&v, PRESS_RIGHT);
	assert_int_equal(v.screen.workers.table.list.id, 2);
	press(&v, '[');
	press(&v, PRESS_LEFT);
	assert_int_equal(v.screen.workers.table.list.id, 1);
	assert_true(v.screen.charts.to == 0);
	press(&v, '3');
	press(&v, PRESS_LEFT);
	assert_true(v.screen.charts.to > 0);
	press(&v, 'O');
	assert_true(sees(&v, "O: not now, that is for workers, view 1"));
	viewer_close(&v);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_click_selects_the_row_at_any_scroll),
		cmocka_unit_test(an_overview_has_every_worker_at_any_size),
		cmocka_unit_test(arrows_and_clicks_select_in_the_overview),
		cmocka_unit_test(
		    a_click_means_what_was_seen_although_rows_have_moved),
		cmocka_unit_test(a_click_beside_everything_does_nothing),
		cmocka_unit_test(a_button_at_the_bottom_acts_as_its_key),
		cmocka_unit_test(a_message_over_a_button_covers_it),
		cmocka_unit_test(
		    a_click_in_a_dialog_selects_and_does_nothing_yet),
		cmocka_unit_test(a_row_under_a_dialog_is_out_of_reach),
		cmocka_unit_test(
		    a_click_means_nothing_in_a_dialog_that_is_not_drawn_yet),
		cmocka_unit_test(the_wheel_moves_within_the_list),
		cmocka_unit_test(a_click_on_the_name_of_a_column_sorts_by_it),
		cmocka_unit_test(every_column_can_be_clicked_in_every_table),
		cmocka_unit_test(rows_of_tasks_and_log_are_selected_by_a_click),
		cmocka_unit_test(
		    a_click_while_something_is_typed_is_a_command_and_no_letter),
		cmocka_unit_test(what_lies_behind_a_prompt_is_out_of_reach),
		cmocka_unit_test(
		    a_view_that_is_clicked_behind_a_dialog_is_no_digit_in_it),
		cmocka_unit_test(
		    an_overview_shows_what_the_table_does_in_its_order),
		cmocka_unit_test(
		    arrows_move_marks_in_the_overview_and_charts_elsewhere),
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 77;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
