/*
 * Pictures of the dashboard, compared cell by cell with tests/screens.  After
 * a change that is meant: make check TESTS=test_screens UPDATE_SCREENS=1 and
 * look at the difference before it is committed.
 */
#include <locale.h>
#include <stdio.h>
#include <time.h>

#include "fixture.h"
#include "golden.h"
#include "ui/tui/screen.h"

struct picture {
	struct screen	screen;
	struct run	run;
	struct record	record;
	struct mono	now;
};

static void
send_nowhere(void *arg, const struct request *rq)
{
}

static void
leave_nowhere(void *arg, enum screen_leave how)
{
}

static void
nothing(void *arg)
{
}

static const struct screen_options options = {
	.send = send_nowhere, .leave = leave_nowhere, .redraw = nothing,
	.suspend = nothing
};

static void
start(struct picture *p, void (*fixture)(struct run *))
{
	p->now = (struct mono){ 1000000000 };
	screen_init(&p->screen, &options);
	run_init(&p->run);
	record_init(&p->record);
	if (fixture == NULL)
		return;
	fixture(&p->run);
	screen_update(&p->screen, &p->run, p->now);
}

/* As a user gets to it: the keys one after the other, drawn in between. */
static void
press(struct picture *p, const int *key)
{
	struct canvas *c = canvas_new(24, 80, false);

	for (; *key != KEY_NONE; key++) {
		screen_draw(&p->screen, c, p->now);
		screen_key(&p->screen, *key, p->now);
	}
	canvas_free(c);
}

static void
end(struct picture *p)
{
	screen_clear(&p->screen);
	run_clear(&p->run);
	record_clear(&p->record);
}

/* Which of the views, from 0, is that of charts. */
static int
charts_number(void)
{
	int i = 0;

	while (views[i] != &view_charts)
		i++;
	return i;
}

static void
shows(struct picture *p, const char *name, int h, int w, bool ascii)
{
	struct canvas *c = canvas_new(h, w, ascii);
	char *text;

	screen_draw(&p->screen, c, p->now);
	text = canvas_text(c);
	golden_compare(name, text);
	free(text);
	canvas_free(c);
}

static void
a_run_looks_right_at_every_form(void **state)
{
	struct picture p;

	start(&p, fixture_main);
	press(&p, (int[]){ PRESS_DOWN, PRESS_DOWN, 0 });
	shows(&p, "main160", 45, 160, false);
	shows(&p, "main120", 35, 120, false);
	shows(&p, "main80", 24, 80, false);
	shows(&p, "main60", 15, 60, false);
	shows(&p, "main40", 10, 40, false);
	shows(&p, "tiny", 4, 30, false);
	end(&p);
}

static void
a_run_looks_right_in_ascii(void **state)
{
	struct picture p;

	start(&p, fixture_main);
	shows(&p, "ascii120", 35, 120, true);
	shows(&p, "ascii80", 24, 80, true);
	shows(&p, "ascii60", 15, 60, true);
	shows(&p, "ascii40", 10, 40, true);
	end(&p);
}

static void
roles_are_where_they_belong(void **state)
{
	struct picture p;
	struct canvas *c = canvas_new(24, 80, false);
	char *text;

	start(&p, fixture_main);
	screen_draw(&p.screen, c, p.now);
	text = canvas_roles(c);
	golden_compare("roles80", text);
	free(text);
	canvas_free(c);
	end(&p);
}

static void
many_workers_scroll_and_many_cores_become_a_strip(void **state)
{
	struct picture p;

	start(&p, NULL);
	fixture_many(&p.run, 64, 64);
	screen_update(&p.screen, &p.run, p.now);
	press(&p, (int[]){ PRESS_PAGE_DOWN, PRESS_PAGE_DOWN, 0 });
	shows(&p, "many120", 35, 120, false);
	shows(&p, "many80", 24, 80, false);
	end(&p);
}

static void
hostile_labels_stay_text(void **state)
{
	struct picture p;

	start(&p, fixture_small);
	shows(&p, "small120", 35, 120, false);
	shows(&p, "small80", 24, 80, false);
	shows(&p, "small80ascii", 24, 80, true);
	end(&p);
}

static void
dialogs_look_right(void **state)
{
	struct picture p;

	start(&p, fixture_main);
	press(&p, (int[]){ PRESS_DOWN, PRESS_DOWN, 'k', 0 });
	shows(&p, "stop120", 35, 120, false);
	shows(&p, "stop80", 24, 80, false);
	shows(&p, "stop60", 15, 60, false);
	shows(&p, "stop40", 10, 40, false);
	press(&p, (int[]){ '4', PRESS_ENTER, 0 });
	shows(&p, "stopsure80", 24, 80, false);
	p.run.worker[2].task = 995;
	screen_update(&p.screen, &p.run, p.now);
	shows(&p, "stopover80", 24, 80, false);
	press(&p, (int[]){ PRESS_ESC, 'k', '3', 0 });
	shows(&p, "stopkeep80", 24, 80, false);
	press(&p, (int[]){ PRESS_ESC, '=', PRESS_UP, PRESS_UP, 0 });
	shows(&p, "size80", 24, 80, false);
	press(&p, (int[]){ PRESS_ESC, 'Q', 0 });
	shows(&p, "end80", 24, 80, false);
	shows(&p, "end40", 10, 40, false);
	end(&p);
}

static void
questions_about_leaving_look_right(void **state)
{
	struct picture p;

	start(&p, fixture_main);
	p.screen.options.bound = true;
	press(&p, (int[]){ 'q', 0 });
	shows(&p, "leave80", 24, 80, false);
	shows(&p, "leave60", 15, 60, false);
	shows(&p, "leave40", 10, 40, false);
	press(&p, (int[]){ PRESS_ESC, 0 });
	p.screen.options.bound = false;
	p.screen.options.stdout_cut = true;
	press(&p, (int[]){ 'q', 0 });
	shows(&p, "cut80", 24, 80, false);
	shows(&p, "cut60", 15, 60, false);
	shows(&p, "cut40", 10, 40, false);
	end(&p);
}

static void
the_help_looks_right(void **state)
{
	struct picture p;

	start(&p, fixture_main);
	press(&p, (int[]){ '?', 0 });
	shows(&p, "help120", 35, 120, false);
	shows(&p, "help80", 24, 80, false);
	shows(&p, "help80ascii", 24, 80, true);
	shows(&p, "help60", 15, 60, false);
	end(&p);
}

static void
the_overview_looks_right(void **state)
{
	struct picture p;

	start(&p, NULL);
	fixture_many(&p.run, 256, 64);
	for (unsigned int i = 0; i < p.run.nworkers; i += 11)
		p.run.worker[i].state = (enum worker_state)(i / 11 %
		    WORKER_NSTATES);
	screen_update(&p.screen, &p.run, p.now);
	press(&p, (int[]){ 'O', PRESS_DOWN, PRESS_DOWN, PRESS_RIGHT, 0 });
	shows(&p, "overview120", 35, 120, false);
	shows(&p, "overview80", 24, 80, false);
	shows(&p, "overview80ascii", 24, 80, true);
	shows(&p, "overview60", 15, 60, false);
	shows(&p, "overview40", 10, 40, false);
	end(&p);
}

static void
the_settings_look_right(void **state)
{
	struct picture p;

	start(&p, fixture_main);
	press(&p, (int[]){ PRESS_F(2), PRESS_DOWN, 0 });
	shows(&p, "settings80", 24, 80, false);
	shows(&p, "settings40", 10, 40, false);
	end(&p);
}

static void
remember(struct picture *p)
{
	fixture_record(&p->record);
	screen_record(&p->screen, &p->record);
}

static void
charts_go_below_the_table(void **state)
{
	struct picture p;

	start(&p, fixture_main);
	remember(&p);
	shows(&p, "pane120", 35, 120, false);
	shows(&p, "pane80", 24, 80, false);
	shows(&p, "pane60", 15, 60, false);
	shows(&p, "pane40", 10, 40, false);
	shows(&p, "pane120ascii", 35, 120, true);
	shows(&p, "pane80ascii", 24, 80, true);
	shows(&p, "pane60ascii", 15, 60, true);
	end(&p);
	start(&p, fixture_finished);
	remember(&p);
	shows(&p, "panedone120", 35, 120, false);
	shows(&p, "panedone80", 24, 80, false);
	end(&p);
}

static void
the_charts_view_looks_right(void **state)
{
	struct picture p;

	start(&p, fixture_main);
	press(&p, (int[]){ '1' + charts_number(), 0 });
	shows(&p, "chartsnone80", 24, 80, false);
	remember(&p);
	shows(&p, "charts120", 35, 120, false);
	shows(&p, "charts80", 24, 80, false);
	shows(&p, "charts60", 15, 60, false);
	shows(&p, "charts40", 10, 40, false);
	shows(&p, "charts120ascii", 35, 120, true);
	shows(&p, "charts80ascii", 24, 80, true);
	shows(&p, "charts60ascii", 15, 60, true);
	shows(&p, "charts40ascii", 10, 40, true);
	press(&p, (int[]){ '[', PRESS_LEFT, PRESS_LEFT, 0 });
	shows(&p, "chartsback120", 35, 120, false);
	end(&p);
}

static void
a_font_without_braille_gets_charts_of_blocks(void **state)
{
	struct picture p;
	struct canvas *c = canvas_new(24, 80, false);
	char *text;

	start(&p, fixture_main);
	remember(&p);
	c->blocks = true;
	screen_draw(&p.screen, c, p.now);
	text = canvas_text(c);
	golden_compare("pane80blocks", text);
	free(text);
	canvas_free(c);
	end(&p);
}

/* At every form, in both alphabets: NAME120 ... NAME40ascii. */
static void
shows_all(struct picture *p, const char *name)
{
	static const struct { int h, w; } sizes[] = { { 35, 120 }, { 24, 80 },
		{ 15, 60 }, { 10, 40 } };
	char path[64];

	for (size_t i = 0; i < COUNT(sizes); i++)
		for (int ascii = 0; ascii < 2; ascii++) {
			snprintf(path, sizeof path, "%s%d%s", name,
			    sizes[i].w, ascii ? "ascii" : "");
			shows(p, path, sizes[i].h, sizes[i].w, ascii);
		}
}

static void
start_with_tasks(struct picture *p, void (*fixture)(struct run *))
{
	start(p, fixture);
	fixture_record(&p->record);
	fixture_tasks(&p->record);
	screen_record(&p->screen, &p->record);
}

static void
tasks_look_right(void **state)
{
	struct picture p;

	start_with_tasks(&p, fixture_main);
	press(&p, (int[]){ '2', '/', 's', 'i', 'e', 'v', 'e', ' ', '9', 'e',
	    PRESS_ENTER, PRESS_ESC, 0 });
	shows_all(&p, "tasks");
	press(&p, (int[]){ PRESS_F(9), 0 });
	shows(&p, "cancel80", 24, 80, false);
	press(&p, (int[]){ PRESS_ESC, PRESS_F(4), 's', 't', 'a', 't', 'e',
	    ':', 'f', 0 });
	shows_all(&p, "prompt");
	press(&p, (int[]){ PRESS_ENTER, 'T', PRESS_F(6), 0 });
	shows_all(&p, "sortmenu");
	end(&p);
	start_with_tasks(&p, fixture_finished);
	press(&p, (int[]){ PRESS_ENTER, 0 });
	shows(&p, "failed80", 24, 80, false);
	end(&p);
	start(&p, fixture_main);
	press(&p, (int[]){ '2', 0 });
	shows(&p, "tasksnone80", 24, 80, false);
	end(&p);
}

static void
the_log_looks_right(void **state)
{
	struct picture p;

	start_with_tasks(&p, fixture_main);
	press(&p, (int[]){ '4', 0 });
	shows_all(&p, "log");
	press(&p, (int[]){ 'W', PRESS_HOME, '/', '#', '6', PRESS_ENTER, 0 });
	shows(&p, "logwrap80", 24, 80, false);
	shows(&p, "logwrap40", 10, 40, false);
	press(&p, (int[]){ PRESS_ENTER, 0 });
	shows(&p, "logentry80", 24, 80, false);
	press(&p, (int[]){ PRESS_ESC, PRESS_F(6), 0 });
	shows(&p, "loglevel80", 24, 80, false);
	end(&p);
}

static void
tagged_workers_and_details_look_right(void **state)
{
	struct picture p;

	start_with_tasks(&p, fixture_main);
	press(&p, (int[]){ ' ', PRESS_DOWN, ' ', PRESS_DOWN, ' ', 0 });
	shows_all(&p, "tags");
	press(&p, (int[]){ 'k', 0 });
	shows(&p, "stoptags120", 35, 120, false);
	shows(&p, "stoptags80", 24, 80, false);
	shows(&p, "stoptags60", 15, 60, false);
	press(&p, (int[]){ PRESS_ESC, PRESS_HOME, PRESS_DOWN, PRESS_ENTER, 0 });
	shows_all(&p, "details");
	end(&p);
}

static void
other_states_look_right(void **state)
{
	struct picture p;

	start(&p, fixture_finished);
	shows(&p, "done120", 35, 120, false);
	shows(&p, "done80", 24, 80, false);
	shows(&p, "done40", 10, 40, false);
	end(&p);
	start(&p, fixture_paused);
	shows(&p, "paused80", 24, 80, false);
	end(&p);
	start(&p, fixture_empty);
	shows(&p, "empty80", 24, 80, false);
	end(&p);
	start(&p, NULL);
	shows(&p, "connecting80", 24, 80, false);
	end(&p);
}

static void
a_lost_engine_is_told_and_the_age_of_what_is_shown(void **state)
{
	struct picture p;

	start(&p, fixture_main);
	p.now = mono_after(p.now, 2);
	screen_lost(&p.screen, p.now);
	p.now = mono_after(p.now, 4);
	shows(&p, "lost80", 24, 80, false);
	end(&p);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_run_looks_right_at_every_form),
		cmocka_unit_test(a_run_looks_right_in_ascii),
		cmocka_unit_test(roles_are_where_they_belong),
		cmocka_unit_test(
		    many_workers_scroll_and_many_cores_become_a_strip),
		cmocka_unit_test(hostile_labels_stay_text),
		cmocka_unit_test(dialogs_look_right),
		cmocka_unit_test(questions_about_leaving_look_right),
		cmocka_unit_test(the_help_looks_right),
		cmocka_unit_test(the_overview_looks_right),
		cmocka_unit_test(the_settings_look_right),
		cmocka_unit_test(charts_go_below_the_table),
		cmocka_unit_test(the_charts_view_looks_right),
		cmocka_unit_test(a_font_without_braille_gets_charts_of_blocks),
		cmocka_unit_test(tasks_look_right),
		cmocka_unit_test(the_log_looks_right),
		cmocka_unit_test(tagged_workers_and_details_look_right),
		cmocka_unit_test(other_states_look_right),
		cmocka_unit_test(
		    a_lost_engine_is_told_and_the_age_of_what_is_shown),
	};

	setenv("TZ", "UTC", 1);
	tzset();
	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 77;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
