#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ui/tui/charts.h"
#include "ui/tui/screen.h"
#include "ui/tui/widget.h"

static const double toast_time[] = { 4, 8, 12 };	/* s, by event level */
static const double unbound_time = 2;	/* s that "no action" is shown */
static const double silence = 4;	/* s; an engine speaks every second */
static const double size_gap = 0.3;	/* s between two resize requests */
static const double size_trust = 3;	/* s until the run must have it */
static const int wheel_rows = 3;	/* that one notch moves */
static const double interrupt_gap = 2;	/* s between two Ctrl-C that leave */

void
screen_init(struct screen *s, const struct screen_options *options)
{
	memset(s, 0, sizeof *s);
	s->options = *options;
	settings_init(&s->settings);
	run_init(&s->run);
	run_init(&s->held);
	s->view = views[0];
	s->tasks.table.sort.by = tasks_by_state;
}

void
screen_clear(struct screen *s)
{
	run_clear(&s->run);
	run_clear(&s->held);
	rows_clear(&s->workers.table.rows);
	rows_clear(&s->tasks.table.rows);
	rows_clear(&s->log.table.rows);
	free(s->tasks.row);
}

/* The facts changed; by a new run alone, the log does not. */
static void
stale(struct screen *s, bool log)
{
	table_stale(&s->workers.table);
	table_stale(&s->tasks.table);
	if (log)
		table_stale(&s->log.table);
}

const struct run *
screen_shown(const struct screen *s)
{
	return s->frozen ? &s->held : &s->run;
}

void
screen_update(struct screen *s, const struct run *run, struct mono now)
{
	run_copy(&s->run, run);
	s->known = true;
	s->lost = s->silent = false;
	s->run_at = now;
	if (s->size.wanted && !s->size.unsent &&
	    (run->pool.target == s->size.to ||
	    mono_diff(now, s->size.sent) > size_trust))
		s->size.wanted = false;
	stale(s, false);
	log_count(s);
	s->view->follow(s);
}

void
screen_record(struct screen *s, const struct record *record)
{
	s->record = record;
	stale(s, true);
	log_count(s);
	s->view->follow(s);
}

void
screen_lost(struct screen *s, struct mono now)
{
	if (!s->lost && !s->known)
		s->run_at = now;
	s->lost = true;
	s->size.wanted = s->size.unsent = false;
}

static void __attribute__((format(printf, 4, 0)))
toast(struct screen *s, enum event_level level, struct mono until,
    const char *fmt, va_list ap)
{
	char raw[EVENT_TEXT_MAX];

	vsnprintf(raw, sizeof raw, fmt, ap);
	text_harmless(s->toast.text, sizeof s->toast.text, raw, strlen(raw));
	s->toast.level = level;
	s->toast.until = until;
}

void
screen_say(struct screen *s, enum event_level level, struct mono now,
    const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	toast(s, level, mono_after(now, toast_time[level]), fmt, ap);
	va_end(ap);
}

static void __attribute__((format(printf, 3, 4)))
say_shortly(struct screen *s, struct mono now, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	toast(s, EVENT_INFO, mono_after(now, unbound_time), fmt, ap);
	va_end(ap);
}

unsigned int
screen_target(const struct screen *s)
{
	return s->size.wanted ? s->size.to : s->run.pool.target;
}

void
screen_send(struct screen *s, const struct request *rq, struct mono now)
{
	if (s->lost)
		screen_say(s, EVENT_WARN, now,
		    "not asked: the engine does not answer");
	else if (s->run.state == RUN_FINISHED && rq->op != OP_RETRY)
		screen_say(s, EVENT_WARN, now, "not asked: the run is over");
	else
		s->options.send(s->options.arg, rq);
}

static void
size_send(struct screen *s, enum shrink shrink, struct mono now)
{
	struct request rq = { .op = OP_RESIZE, .size = s->size.to,
		.shrink = shrink };

	s->size.unsent = false;
	s->size.sent = now;
	screen_send(s, &rq, now);
}

void
screen_resize(struct screen *s, unsigned int size, enum shrink shrink,
    struct mono now)
{
	bool soon = s->size.wanted &&
	    mono_diff(now, s->size.sent) < size_gap;

	s->size.to = size < POOL_MAX ? size : POOL_MAX;
	s->size.wanted = true;
	if (soon && shrink == SHRINK_DRAIN)
		s->size.unsent = true;
	else
		size_send(s, shrink, now);
}

static double
sooner(double wait, double other)
{
	return wait < 0 || other < wait ? fmax(other, 0) : wait;
}

/* An engine that lives but does not speak: stopped, or the machine is. */
static double
listen(struct screen *s, double wait, struct mono now)
{
	double age = mono_diff(now, s->run_at);

	s->silent = s->known && !s->lost && s->run.state != RUN_FINISHED &&
	    age >= silence;
	if (s->lost || s->silent)	/* the age of what is shown */
		return sooner(wait, 1);
	if (s->known && s->run.state != RUN_FINISHED)
		return sooner(wait, silence - age);
	return wait;
}

double
screen_tick(struct screen *s, struct mono now)
{
	double wait = -1;

	if (s->size.unsent && mono_diff(now, s->size.sent) >= size_gap)
		size_send(s, SHRINK_DRAIN, now);
	if (s->toast.text[0] != '\0' && mono_diff(s->toast.until, now) <= 0)
		s->toast.text[0] = '\0';
	if (s->size.unsent)
		wait = sooner(wait, size_gap - mono_diff(now, s->size.sent));
	if (s->toast.text[0] != '\0')
		wait = sooner(wait, mono_diff(s->toast.until, now));
	return listen(s, wait, now);
}

/* What asks something of the engine. */
static bool
may_ask(const struct screen *s, enum action a, const char **why)
{
	enum run_state state = s->run.state;

	if (s->lost)
		return view_refuse(why, "the engine does not answer");
	if (!s->known)
		return view_refuse(why, "nothing is known of the run yet");
	if (state == RUN_FINISHED && a != ACTION_RETRY)
		return view_refuse(why, "the run is over");
	if (a == ACTION_PAUSE && (state == RUN_DRAINING ||
	    state == RUN_STOPPING))
		return view_refuse(why, "the run is ending");
	if (a == ACTION_STOP && state == RUN_STOPPING)
		return view_refuse(why, "the run is being stopped");
	return true;
}

/* What not every view can do. */
static bool
may_here(const struct screen *s, enum action a, const char **why)
{
	return s->view->may != NULL ? s->view->may(s, a, why) :
	    view_elsewhere(a, why);
}

bool
screen_may(const struct screen *s, enum action a, const char **why)
{
	switch (a) {
	case ACTION_LESS:
		if (s->known && screen_target(s) == 0)
			return view_refuse(why, "the pool has no workers");
		return may_ask(s, a, why);
	case ACTION_MORE:
		if (s->known && screen_target(s) >= POOL_MAX)
			return view_refuse(why, "the pool cannot be larger");
		return may_ask(s, a, why);
	case ACTION_SIZE:
	case ACTION_PAUSE:
	case ACTION_STOP:
		return may_ask(s, a, why);
	case ACTION_WORKER:
	case ACTION_RETRY:
	case ACTION_CANCEL:
		return may_ask(s, a, why) && may_here(s, a, why);
	case ACTION_VIEW:
	case ACTION_NEXT:
	case ACTION_PREVIOUS:
		return nviews > 1 || view_refuse(why, "there is but one view");
	case ACTION_PANE:
		return s->view->pane || view_refuse(why, "there is no table");
	case ACTION_LEFT:
	case ACTION_RIGHT:
		if (may_here(s, a, NULL))
			return true;
		/* fallthrough */
	case ACTION_SHORTER:
	case ACTION_LONGER:
		if (!charts_known(s))
			return view_refuse(why,
			    "nothing has been measured yet");
		return s->view == &view_charts || (s->view->pane &&
		    !s->charts.hidden) || view_refuse(why, "no chart is shown");
	case ACTION_FREEZE:
		if (s->view == &view_charts)
			return view_refuse(why, "there is no table");
		return s->frozen || !widget_panel_is(s) ||
		    view_refuse(why, "there is nothing to hold still");
	case ACTION_ENTER:
	case ACTION_FIND:
	case ACTION_AGAIN:
	case ACTION_FILTER:
	case ACTION_SORT:
	case ACTION_TAG:
	case ACTION_TAG_ALL:
	case ACTION_UNTAG:
	case ACTION_NEXT_COLUMN:
	case ACTION_PREVIOUS_COLUMN:
	case ACTION_BY_CPU:
	case ACTION_BY_MEMORY:
	case ACTION_BY_TIME:
	case ACTION_BY_NUMBER:
	case ACTION_INVERT:
	case ACTION_FOLLOW:
	case ACTION_WRAP:
	case ACTION_OVERVIEW:
		return may_here(s, a, why);
	default:
		return true;
	}
}

static void
ask(struct screen *s, enum op op, struct mono now)
{
	struct request rq = { .op = op };

	screen_send(s, &rq, now);
}

static void
freeze(struct screen *s)
{
	if (!s->frozen) {
		run_copy(&s->held, &s->run);
		s->held_serial = s->record != NULL ? s->record->tail.serial :
		    0;
		s->held_events = s->record != NULL ?
		    s->record->journal.count : 0;
	}
	s->frozen = !s->frozen;
	stale(s, true);
	s->view->follow(s);
}

void
screen_show(struct screen *s, const struct view *view)
{
	s->view = view;
	hits_clear(&s->hits);
	stale(s, true);		/* what is sought may be new there */
	s->view->follow(s);
}

static void
show_view(struct screen *s, int i)
{
	if (i >= 0 && i < nviews)
		screen_show(s, views[i]);
}

static int
view_index(const struct screen *s)
{
	int i = 0;

	while (views[i] != s->view)
		i++;
	return i;
}

static bool
interrupted_twice(const struct screen *s, int key, struct mono now)
{
	return key == PRESS_CTRL('c') && s->interrupted.ns != 0 &&
	    mono_diff(now, s->interrupted) < interrupt_gap;
}

static void
leave(struct screen *s, int key, struct mono now)
{
	bool twice = interrupted_twice(s, key, now);
	bool over = s->lost || !s->known || s->run.state == RUN_FINISHED;

	if (key == PRESS_CTRL('c'))
		s->interrupted = now;
	if (twice && s->options.bound && !over)
		dialog_leave_stop(s, now);
	else if (twice || over)
		s->options.leave(s->options.arg, SCREEN_DETACH);
	else if (s->options.bound)
		dialog_leave_open(s);
	else if (s->options.stdout_cut)
		dialog_cut_open(s);
	else
		s->options.leave(s->options.arg, SCREEN_DETACH);
}

static void
no_action(struct screen *s, int key, struct mono now)
{
	char name[KEY_NAME_MAX];

	say_shortly(s, now, "%s: no action here, ? for help",
	    keys_name(key, name));
}

static void
act(struct screen *s, enum action a, int key, struct mono now)
{
	switch (a) {
	case ACTION_HELP:
		dialog_help_open(s);
		break;
	case ACTION_LESS:
		screen_resize(s, screen_target(s) - 1, SHRINK_DRAIN, now);
		break;
	case ACTION_MORE:
		screen_resize(s, screen_target(s) + 1, SHRINK_DRAIN, now);
		break;
	case ACTION_SIZE:
		dialog_size_open(s);
		break;
	case ACTION_WORKER:
		if (!s->view->act(s, a, now))
			dialog_stop_open(s);
		break;
	case ACTION_FIND:
		prompt_open(s, PROMPT_FIND);
		break;
	case ACTION_FILTER:
		prompt_open(s, PROMPT_FILTER);
		break;
	case ACTION_SORT:
		dialog_sort_open(s);
		break;
	case ACTION_BACK:
		prompt_forget(s);
		break;
	case ACTION_PAUSE:
		ask(s, s->run.state == RUN_PAUSED ? OP_CONTINUE : OP_PAUSE,
		    now);
		break;
	case ACTION_LEAVE:
		leave(s, key, now);
		break;
	case ACTION_STOP:
		dialog_end_open(s);
		break;
	case ACTION_FREEZE:
		freeze(s);
		break;
	case ACTION_VIEW:
		show_view(s, key - '1');
		break;
	case ACTION_NEXT:
		show_view(s, (view_index(s) + 1) % nviews);
		break;
	case ACTION_PREVIOUS:
		show_view(s, (view_index(s) + nviews - 1) % nviews);
		break;
	case ACTION_SETTINGS:
		dialog_settings_open(s);
		break;
	case ACTION_PANE:
		s->charts.hidden = !s->charts.hidden;
		break;
	case ACTION_REDRAW:
		s->options.redraw(s->options.arg);
		break;
	case ACTION_SUSPEND:
		s->options.suspend(s->options.arg);
		break;
	default:
		if (!s->view->act(s, a, now) &&
		    !charts_act(s, a))
			no_action(s, key, now);
	}
}

void
screen_key(struct screen *s, int key, struct mono now)
{
	const struct dialog_ops *dialog = s->dialog.ops;
	char name[KEY_NAME_MAX];
	const char *why;
	enum action a;

	if (key == KEY_NONE)
		return;
	if (key >= KEYS_PASTED) {	/* never a command */
		if (s->prompt.kind != PROMPT_NONE)
			prompt_key(s, NACTIONS, key - KEYS_PASTED);
		return;
	}
	if (dialog != NULL || s->prompt.kind == PROMPT_NONE)
		key = settings_vi_keys(&s->settings) ? keys_vi(key) : key;
	if (dialog != NULL && !interrupted_twice(s, key, now)) {
		a = keys_find(dialog->mode, key);
		if (key == PRESS_CTRL('l') || key == PRESS_CTRL('z'))
			act(s, keys_find(MODE_MAIN, key), key, now);
		else
			dialog->act(s, a, key, now);
		return;
	}
	if (s->prompt.kind != PROMPT_NONE &&
	    !interrupted_twice(s, key, now)) {
		if (key == PRESS_CTRL('l') || key == PRESS_CTRL('z'))
			act(s, keys_find(MODE_MAIN, key), key, now);
		else
			prompt_key(s, keys_find(MODE_PROMPT, key), key);
		return;
	}
	table_update(s);	/* the key is about what is there now */
	a = keys_find(MODE_MAIN, key);
	s->toast.text[0] = '\0';
	if (a == NACTIONS)
		no_action(s, key, now);
	else if (!screen_may(s, a, &why))
		say_shortly(s, now, "%s: not now, %s", keys_name(key, name),
		    why);
	else
		act(s, a, key, now);
}

/* A key that is clicked is a command also where letters are typed. */
static void
press(struct screen *s, int key, struct mono now)
{
	if (key < KEYS_SPECIAL && s->prompt.kind != PROMPT_NONE)
		prompt_keep(s);
	screen_key(s, key, now);
}

/* A dialog is no place for the letters of what lies behind it. */
static void
click(struct screen *s, const struct mouse *m, struct mono now)
{
	const struct dialog_ops *dialog = s->dialog.ops;
	int64_t value = 0;
	enum hit_what what = hits_find(&s->hits, m->y, m->x, &value);

	switch (what) {
	case HIT_NOTHING:
		break;
	case HIT_KEY:
		if (value >= KEYS_SPECIAL || dialog == NULL)
			press(s, (int)value, now);
		break;
	case HIT_CHOICE:
		s->dialog.sure = false;
		s->dialog.at = (int)value;
		break;
	default:
		if (dialog == NULL && s->view->click != NULL)
			s->view->click(s, what, value);
	}
}

/* In a dialog as the arrows; a view goes faster. */
static void
wheel(struct screen *s, bool up, struct mono now)
{
	if (s->dialog.ops != NULL)
		screen_key(s, up ? PRESS_UP : PRESS_DOWN, now);
	else
		for (int i = 0; i < wheel_rows; i++)
			s->view->act(s, up ? ACTION_UP : ACTION_DOWN, now);
}

void
screen_mouse(struct screen *s, const struct mouse *m, struct mono now)
{
	if (m->what == MOUSE_CLICK)
		click(s, m, now);
	else
		wheel(s, m->what == MOUSE_WHEEL_UP, now);
}

void
screen_draw(struct screen *s, struct canvas *c, struct mono now)
{
	struct layout_in in = {
		.h = c->h, .w = s->w = c->w,
		.ncores = (int)s->run.host.ncores,
		.rows = s->view->rows(s),
		.events = s->view->quiet ? 0 : (int)s->run.nrecent,
		.notice = widget_notice_is(s),
		.charts = s->view->pane && !s->charts.hidden && charts_known(s)
	};
	struct layout *l = &s->layout;

	hits_clear(&c->hits);
	canvas_clear(c, (struct rect){ 0, 0, c->h, c->w }, GROUND_PLAIN);
	layout_split(l, &in);
	if (l->form == LAYOUT_TINY)
		widget_tiny(s, c, now);
	else {
		widget_title(s, c, l->title, l->form, now);
		if (s->known) {
			widget_meters(s, c, l->meters, l->form);
			widget_runbar(s, c, l->runbar, l->form);
			widget_pool(s, c, l->pool, l->form);
		}
		s->view->draw(s, c, l);
		widget_events(s, c, l->events);
		widget_notice(s, c, l->notice, now);
		widget_footer(s, c, l->footer, l->form);
		widget_toast(s, c, l);
	}
	if (s->prompt.kind != PROMPT_NONE)
		prompt_draw(s, c, (struct rect){ c->h - 1, 0, 1, c->w });
	if (s->dialog.ops != NULL)
		dialog_draw(s, c);
	s->hits = c->hits;
}
