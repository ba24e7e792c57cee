#include <locale.h>
#include <signal.h>

#include "viewer.h"

static void
open_tasks(struct viewer *v)
{
	viewer_open(v);
	remember(v);
	press(v, '2');
	assert_true(v->screen.view == &view_tasks);
}

static task_id
selected(const struct viewer *v)
{
	return v->screen.tasks.table.list.id;
}

static void
select_task(struct viewer *v, task_id task)
{
	press(v, PRESS_HOME);
	for (int i = 0; i < 3000 && selected(v) != task; i++)
		press(v, PRESS_DOWN);
	assert_int_equal(selected(v), task);
}

static void
tasks_come_in_the_order_of_what_they_need(void **state)
{
	struct viewer v;
	enum task_look last = SHOWN_RUNNING;
	const struct rows *rows = &v.screen.tasks.table.rows;

	open_tasks(&v);
	assert_int_equal(rows->n, 8 + 2 + 2 + 1 + 85);
	for (int i = 0; i < rows->n; i++) {
		const struct task_row *r = rows->row[i].what;

		assert_true(r->look >= last);
		last = r->look;
	}
	assert_int_equal(rows->row[0].id, 986);	/* runs for longest */
	assert_int_equal(rows->row[rows->n - 85].id, 985);	/* newest end */
	viewer_close(&v);
}

static void
a_task_is_one_row_with_its_newest_attempt(void **state)
{
	struct viewer v;
	const struct task_row *r;
	const struct attempt *known[8];

	open_tasks(&v);
	r = tasks_find(&v.screen, 971);
	assert_int_equal(r->look, SHOWN_AGAIN);
	assert_int_equal(r->last->attempt, 2);
	assert_int_equal(tasks_attempts(&v.screen, 971, known, 8), 2);
	assert_int_equal(known[0]->attempt, 1);
	assert_int_equal(tasks_find(&v.screen, 804)->look, SHOWN_FAILED);
	/* failed, and asked for again since */
	assert_int_equal(tasks_find(&v.screen, 650)->look, SHOWN_AGAIN);
	v.run.worker[0].task = 971;
	show(&v);
	assert_int_equal(tasks_find(&v.screen, 971)->look, SHOWN_RUNNING);
	viewer_close(&v);
}

static void
a_failure_that_is_remembered_longer_is_not_taken_for_news(void **state)
{
	struct viewer v;

	open_tasks(&v);
	for (unsigned int i = 0; i < TAIL_MAX; i++)
		tail_add(&v.record.tail, &(struct attempt){ .task = 2000 + i,
		    .attempt = 1, .slot = 1, .state = TASK_DONE });
	screen_record(&v.screen, &v.record);
	assert_null(tasks_find(&v.screen, 971));	/* may be done now */
	assert_null(tasks_find(&v.screen, 650));
	assert_non_null(tasks_find(&v.screen, 677));	/* it failed for good */
	viewer_close(&v);
}

static void
the_selection_of_a_task_outlives_sorting_filtering_and_news(void **state)
{
	struct viewer v;

	open_tasks(&v);
	select_task(&v, 804);
	for (const char *k = "T>>I<N"; *k != '\0'; k++) {
		press(&v, *k);
		assert_int_equal(selected(&v), 804);
	}
	press(&v, '\\');
	type(&v, "state:failed");
	press(&v, PRESS_ENTER);
	assert_int_equal(selected(&v), 804);
	assert_int_equal(v.screen.tasks.table.rows.n, 2);
	for (unsigned int i = 0; i < 50; i++)
		tail_add(&v.record.tail, &(struct attempt){ .task = 1300 + i,
		    .attempt = 1, .slot = 1, .state = TASK_FAILED,
		    .outcome = { CAUSE_EXIT, 1 } });
	screen_record(&v.screen, &v.record);
	draw(&v);
	assert_int_equal(selected(&v), 804);
	press(&v, PRESS_ESC);
	assert_int_equal(selected(&v), 804);
	assert_true(table_line(&v.screen) > 0);
	viewer_close(&v);
}

static void
retry_is_for_the_failed_task_that_is_selected(void **state)
{
	struct viewer v;

	open_tasks(&v);
	select_task(&v, 986);
	press(&v, 'R');
	assert_int_equal(v.nsent, 0);
	assert_true(sees(&v, "it is for tasks that failed"));
	select_task(&v, 804);
	press(&v, 'R');
	assert_int_equal(v.nsent, 1);
	assert_int_equal(v.sent[0].op, OP_RETRY);
	assert_int_equal(v.sent[0].ntasks, 1);
	assert_int_equal(v.sent[0].task[0], 804);
	viewer_close(&v);
}

static void
a_finished_run_can_be_brought_back(void **state)
{
	struct viewer v;

	open_with(&v, fixture_finished, false, false);
	remember(&v);
	press(&v, 'R');			/* all that failed */
	assert_int_equal(v.nsent, 1);
	assert_int_equal(v.sent[0].op, OP_RETRY);
	assert_int_equal(v.sent[0].ntasks, 0);
	press(&v, PRESS_ENTER);		/* or a look at them first */
	assert_true(v.screen.view == &view_tasks);
	assert_true(sees(&v, "filter: state:failed"));
	assert_true(sees(&v, "matmul 4096 seed=4"));
	assert_false(sees(&v, "collatz"));
	press(&v, 'R');
	assert_int_equal(v.nsent, 2);
	assert_int_equal(v.sent[1].ntasks, 1);
	press(&v, 'x');
	press(&v, 'p');
	assert_int_equal(v.nsent, 2);
	viewer_close(&v);
}

static void
cancelling_asks_when_much_work_would_be_lost(void **state)
{
	struct viewer v;

	open_tasks(&v);
	select_task(&v, 992);
	press(&v, 'x');			/* 2.4 s */
	assert_int_equal(v.nsent, 1);
	assert_int_equal(v.sent[0].op, OP_CANCEL);
	assert_int_equal(v.sent[0].task[0], 992);
	v.run.worker[1].elapsed = 300;
	show(&v);
	press(&v, 'x');
	assert_int_equal(v.nsent, 1);
	assert_true(sees(&v, "Really?"));
	press(&v, PRESS_ENTER);
	assert_int_equal(v.nsent, 1);
	press(&v, PRESS_ESC);
	press(&v, 'x');
	press(&v, 'y');
	assert_int_equal(v.nsent, 2);
	assert_int_equal(v.sent[1].task[0], 992);
	viewer_close(&v);
}

static void
a_task_that_ended_meanwhile_is_not_cancelled(void **state)
{
	struct viewer v;

	open_tasks(&v);
	select_task(&v, 992);
	press(&v, PRESS_F(9));
	assert_true(sees(&v, "Cancel task #992"));
	v.run.worker[1].task = 1234;
	show(&v);
	assert_true(sees(&v, "ended by itself"));
	press(&v, PRESS_ENTER);
	assert_int_equal(v.nsent, 0);
	assert_null(v.screen.dialog.ops);
	viewer_close(&v);
}

static void
a_task_leads_to_its_worker(void **state)
{
	struct viewer v;

	open_tasks(&v);
	select_task(&v, 992);
	press(&v, 'k');
	press(&v, '2');
	press(&v, PRESS_ENTER);
	assert_true(sees(&v, "Stop w2, task #992"));
	viewer_close(&v);
}

static void
find_goes_to_the_hit_while_it_is_typed(void **state)
{
	struct viewer v;

	open_tasks(&v);
	press(&v, '/');
	type(&v, "sieve 9e9");
	assert_int_equal(selected(&v), 971);
	type(&v, "q");			/* a letter, not a command */
	assert_int_equal(v.left, 0);
	assert_true(sees(&v, "0 found"));
	press(&v, PRESS_BACK);
	assert_true(sees(&v, "1 found"));
	press(&v, PRESS_CTRL('u'));
	type(&v, "exit");
	assert_true(sees(&v, "3 found"));
	press(&v, PRESS_ENTER);
	press(&v, PRESS_HOME);
	press(&v, 'n');
	assert_int_equal(selected(&v), 971);
	press(&v, 'n');
	assert_int_equal(selected(&v), 650);
	press(&v, 'N');
	assert_int_equal(selected(&v), 971);
	press(&v, 'N');			/* round the top */
	assert_int_equal(selected(&v), 677);
	press(&v, PRESS_ESC);
	press(&v, 'n');
	assert_true(sees(&v, "nothing is sought"));
	viewer_close(&v);
}

static void
a_filter_shows_some_and_escape_shows_all(void **state)
{
	struct viewer v;

	viewer_open(&v);
	press(&v, PRESS_F(4));
	type(&v, "collatz|nqueens");
	assert_true(sees(&v, "3 of 8 workers"));
	assert_false(sees(&v, "matmul 512"));
	press(&v, PRESS_ENTER);
	assert_true(sees(&v, "filter: collatz|nqueens"));
	press(&v, PRESS_ESC);
	assert_true(sees(&v, "matmul 512"));
	press(&v, '\\');
	type(&v, "no such thing");
	press(&v, PRESS_ENTER);
	press(&v, 'k');			/* nobody is selected */
	assert_null(v.screen.dialog.ops);
	assert_true(sees(&v, "No worker is like that"));
	viewer_close(&v);
}

static void
keys_in_a_burst_are_about_what_they_leave(void **state)
{
	struct viewer v;

	viewer_open(&v);
	press(&v, '\\');
	for (const char *k = "zzz\r ckR"; *k != '\0'; k++)
		screen_key(&v.screen, *k == '\r' ? PRESS_ENTER : *k, v.now);
	assert_int_equal(v.screen.workers.ntags, 0);
	assert_null(v.screen.dialog.ops);
	viewer_close(&v);
}

static void
what_is_typed_is_seen_on_the_smallest_screen(void **state)
{
	struct viewer v;

	viewer_open(&v);
	canvas_free(v.canvas);
	v.canvas = canvas_new(4, 30, false);
	draw(&v);
	press(&v, '/');
	type(&v, "sieve");
	assert_true(sees(&v, "Find: sieve"));
	press(&v, PRESS_ESC);
	assert_false(sees(&v, "Find"));
	viewer_close(&v);
}

static void
pasted_text_is_typed_in_a_prompt_and_nothing_elsewhere(void **state)
{
	struct viewer v;

	viewer_open(&v);
	for (const char *k = "pkq+x"; *k != '\0'; k++)
		press(&v, *k + KEYS_PASTED);
	assert_int_equal(v.nsent + v.left, 0);
	assert_null(v.screen.dialog.ops);
	press(&v, '/');
	for (const char *k = "sieve"; *k != '\0'; k++)
		press(&v, *k + KEYS_PASTED);
	assert_true(sees(&v, "Find: sieve"));
	press(&v, PRESS_ESC);
	press(&v, 'k');
	press(&v, '3' + KEYS_PASTED);
	press(&v, PRESS_ENTER);
	assert_int_equal(v.sent[0].op, OP_DRAIN);	/* the safest, still */
	viewer_close(&v);
}

static void
workers_are_sorted_and_stay_selected(void **state)
{
	struct viewer v;
	const struct rows *rows = &v.screen.workers.table.rows;

	viewer_open(&v);
	select_slot(&v, 3);
	press(&v, 'M');
	assert_int_equal(rows->row[0].id, 8);	/* the largest first */
	assert_int_equal(v.screen.workers.table.list.id, 3);
	assert_true(sees(&v, "sort: memory ▼"));
	press(&v, 'I');
	assert_int_equal(rows->row[0].id, 7);
	press(&v, 'P');
	assert_int_equal(rows->row[0].id, 3);
	press(&v, 'T');
	assert_int_equal(rows->row[0].id, 3);
	press(&v, 'N');
	assert_int_equal(rows->row[0].id, 1);
	press(&v, PRESS_F(6));
	press(&v, PRESS_DOWN);
	press(&v, PRESS_ENTER);
	assert_true(sees(&v, "sort: pid ▲"));
	viewer_close(&v);
}

static void
stopping_is_for_all_that_are_tagged(void **state)
{
	struct viewer v;

	viewer_open(&v);
	select_slot(&v, 2);
	press(&v, ' ');
	press(&v, PRESS_DOWN);
	press(&v, ' ');			/* w2 and w4 */
	press(&v, PRESS_END);
	press(&v, ' ');			/* and w8 */
	press(&v, 'k');
	assert_true(sees(&v, "Stop 3 tagged workers"));
	assert_true(sees(&v, "w2 w4 w8"));
	v.run.worker[3].pid = 50000;	/* w4 is another one now */
	show(&v);
	assert_true(sees(&v, "1 of them are gone"));
	press(&v, '3');
	press(&v, PRESS_ENTER);
	assert_int_equal(v.nsent, 1);
	assert_int_equal(v.sent[0].op, OP_TERMINATE);
	assert_int_equal(v.sent[0].nworkers, 2);
	assert_int_equal(v.sent[0].worker[0].slot, 2);
	assert_int_equal(v.sent[0].worker[0].pid, 41204);
	assert_int_equal(v.sent[0].worker[1].slot, 8);
	assert_int_equal(v.screen.workers.ntags, 2);	/* its tag went */
	press(&v, 'k');
	press(&v, '2');
	press(&v, PRESS_ENTER);
	assert_int_equal(v.sent[1].op, OP_CANCEL);
	assert_int_equal(v.sent[1].ntasks, 2);
	press(&v, 'U');
	press(&v, 'k');
	assert_true(sees(&v, "Stop w8"));
	viewer_close(&v);
}

static void
all_shown_are_tagged_and_no_others(void **state)
{
	struct viewer v;

	viewer_open(&v);
	press(&v, '\\');
	type(&v, "collatz");
	press(&v, PRESS_ENTER);
	press(&v, 'c');
	assert_int_equal(v.screen.workers.ntags, 2);
	press(&v, PRESS_ESC);
	press(&v, 'k');
	assert_true(sees(&v, "w1 w4"));
	viewer_close(&v);
}

static void
the_log_follows_until_somebody_reads(void **state)
{
	struct viewer v;
	const struct list *l = &v.screen.log.table.list;
	struct event more = { .kind = EVENT_FAULT, .level = EVENT_WARN,
		.notable = true, .text = "something is odd" };
	uint64_t at;

	viewer_open(&v);
	remember(&v);
	assert_true(sees(&v, "Log (7 new)"));
	press(&v, '4');
	assert_false(sees(&v, "new)"));
	assert_int_equal(l->id, v.record.journal.count);
	journal_add(&v.record.journal, &more);
	show(&v);
	assert_int_equal(l->id, v.record.journal.count);
	press(&v, PRESS_UP);
	at = l->id;
	journal_add(&v.record.journal, &more);
	show(&v);
	assert_int_equal(l->id, at);
	assert_true(sees(&v, "follow: off"));
	press(&v, 'F');
	assert_int_equal(l->id, v.record.journal.count);
	press(&v, '1');
	journal_add(&v.record.journal, &more);
	show(&v);
	assert_true(sees(&v, "Log (1 new)"));
	viewer_close(&v);
}

static void
the_log_shows_a_level_and_finds(void **state)
{
	struct viewer v;

	viewer_open(&v);
	remember(&v);
	press(&v, '4');
	press(&v, PRESS_F(6));
	press(&v, '3');
	assert_int_equal(v.screen.log.table.rows.n, 3);
	assert_true(sees(&v, "level: error"));
	press(&v, '/');
	type(&v, "matmul");
	assert_true(sees(&v, "1 found"));
	press(&v, PRESS_ENTER);
	press(&v, PRESS_ENTER);
	assert_true(sees(&v, "Log entry"));
	viewer_close(&v);
}

static void
the_log_is_bounded_and_its_end_is_reached_at_once(void **state)
{
	struct viewer v;
	struct event ev = { .kind = EVENT_FAULT, .notable = true };

	viewer_open(&v);
	for (int i = 0; i < 3 * JOURNAL_MAX; i++) {
		snprintf(ev.text, sizeof ev.text, "number %d", i);
		journal_add(&v.record.journal, &ev);
	}
	screen_record(&v.screen, &v.record);
	press(&v, '4');
	assert_int_equal(v.screen.log.table.rows.n, JOURNAL_MAX);
	assert_true(sees(&v, "number 11999"));
	press(&v, PRESS_HOME);
	assert_true(sees(&v, "number 8000"));
	press(&v, 'W');
	press(&v, PRESS_END);
	assert_true(sees(&v, "number 11999"));
	viewer_close(&v);
}

static void
frozen_tables_of_tasks_and_log_stand_still(void **state)
{
	struct viewer v;

	open_tasks(&v);
	press(&v, 'Z');
	tail_add(&v.record.tail, &(struct attempt){ .task = 1699,
	    .attempt = 1, .slot = 1, .state = TASK_FAILED });
	journal_add(&v.record.journal, &(struct event){ .kind = EVENT_FAULT,
	    .text = "news" });
	screen_record(&v.screen, &v.record);
	show(&v);
	assert_null(tasks_find(&v.screen, 1699));
	press(&v, '4');
	assert_false(sees(&v, "news"));
	press(&v, 'Z');
	assert_true(sees(&v, "news"));
	press(&v, '2');
	assert_non_null(tasks_find(&v.screen, 1699));
	viewer_close(&v);
}

static void
details_tell_everything_of_a_worker_and_a_task(void **state)
{
	struct viewer v;

	viewer_open(&v);
	remember(&v);
	select_slot(&v, 2);
	press(&v, PRESS_ENTER);
	assert_true(sees(&v, "Worker w2"));
	assert_true(sees(&v, "pid 41204"));
	assert_true(sees(&v, "#981"));		/* ended last */
	press(&v, PRESS_ESC);
	press(&v, '2');
	select_task(&v, 677);
	press(&v, PRESS_ENTER);
	assert_true(sees(&v, "the limit has to be a number from 1 to"));
	viewer_close(&v);
}

static void
foreign_text_stays_text_in_all_views(void **state)
{
	struct viewer v;

	open_tasks(&v);
	select_task(&v, 650);
	for (const char *k = "\r\0332\r\0334\r\033"; *k != '\0'; k++) {
		char *all = canvas_text(v.canvas);

		for (const char *c = all; *c != '\0'; c++)
			assert_true((unsigned char)*c >= ' ' || *c == '\n');
		assert_null(strstr(all, "\xe2\x80\xae"));
		free(all);
		press(&v, *k == '\r' ? PRESS_ENTER : *k == '\033' ? PRESS_ESC :
		    *k);
	}
	viewer_close(&v);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(tasks_come_in_the_order_of_what_they_need),
		cmocka_unit_test(a_task_is_one_row_with_its_newest_attempt),
		cmocka_unit_test(
		    a_failure_that_is_remembered_longer_is_not_taken_for_news),
		cmocka_unit_test(
		    the_selection_of_a_task_outlives_sorting_filtering_and_news),
		cmocka_unit_test(
		    retry_is_for_the_failed_task_that_is_selected),
		cmocka_unit_test(a_finished_run_can_be_brought_back),
		cmocka_unit_test(cancelling_asks_when_much_work_would_be_lost),
		cmocka_unit_test(a_task_that_ended_meanwhile_is_not_cancelled),
		cmocka_unit_test(a_task_leads_to_its_worker),
		cmocka_unit_test(find_goes_to_the_hit_while_it_is_typed),
		cmocka_unit_test(a_filter_shows_some_and_escape_shows_all),
		cmocka_unit_test(keys_in_a_burst_are_about_what_they_leave),
		cmocka_unit_test(
		    what_is_typed_is_seen_on_the_smallest_screen),
		cmocka_unit_test(
		    pasted_text_is_typed_in_a_prompt_and_nothing_elsewhere),
		cmocka_unit_test(workers_are_sorted_and_stay_selected),
		cmocka_unit_test(stopping_is_for_all_that_are_tagged),
		cmocka_unit_test(all_shown_are_tagged_and_no_others),
		cmocka_unit_test(the_log_follows_until_somebody_reads),
		cmocka_unit_test(the_log_shows_a_level_and_finds),
		cmocka_unit_test(
		    the_log_is_bounded_and_its_end_is_reached_at_once),
		cmocka_unit_test(frozen_tables_of_tasks_and_log_stand_still),
		cmocka_unit_test(
		    details_tell_everything_of_a_worker_and_a_task),
		cmocka_unit_test(foreign_text_stays_text_in_all_views),
	};

	setenv("TZ", "UTC", 1);
	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 77;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
