#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ui/tui/screen.h"
#include "ui/tui/widget.h"

static const double toast_time[] = { 4, 8, 12 };	/* s, by event level */
static const double unbound_time = 2;	/* s that "no action" is shown */
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
}

void
screen_clear(struct screen *s)
{
	run_clear(&s->run);
	run_clear(&s->held);
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
	s->lost = false;
	s->run_at = now;
	if (s->size.wanted && !s->size.unsent &&
	    (run->pool.target == s->size.to ||
	    mono_diff(now, s->size.sent) > size_trust))
		s->size.wanted = false;
	s->view->follow(s);
}

void
screen_record(struct screen *s, const struct record *record)
{
	s->record = record;
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

static void
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
	else if (s->run.state == RUN_FINISHED)
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
	if (s->lost)		/* the age of what is shown */
		wait = sooner(wait, 1);
	return wait;
}

static bool
may_not(const char **why, const char *sentence)
{
	if (why != NULL)
		*why = sentence;
	return false;
}

/* What asks something of the engine. */
static bool
may_ask(const struct screen *s, enum action a, const char **why)
{
	enum run_state state = s->run.state;

	if (s->lost)
		return may_not(why, "the engine does not answer");
	if (!s->known)
		return may_not(why, "nothing is known of the run yet");
	if (state == RUN_FINISHED)
		return may_not(why, "the run is over");
	if (a == ACTION_WORKER && (workers_selected(s) == NULL ||
	    s->layout.table.h == 0))
		return may_not(why, "no worker is selected");
	if (a == ACTION_PAUSE && (state == RUN_DRAINING ||
	    state == RUN_STOPPING))
		return may_not(why, "the run is ending");
	if (a == ACTION_STOP && state == RUN_STOPPING)
		return may_not(why, "the run is being stopped");
	return true;
}

bool
screen_may(const struct screen *s, enum action a, const char **why)
{
	switch (a) {
	case ACTION_LESS:
		if (s->known && screen_target(s) == 0)
			return may_not(why, "the pool has no workers");
		return may_ask(s, a, why);
	case ACTION_MORE:
		if (s->known && screen_target(s) >= POOL_MAX)
			return may_not(why, "the pool cannot be larger");
		return may_ask(s, a, why);
	case ACTION_SIZE:
	case ACTION_WORKER:
	case ACTION_PAUSE:
	case ACTION_STOP:
		return may_ask(s, a, why);
	case ACTION_VIEW:
	case ACTION_NEXT:
	case ACTION_PREVIOUS:
		return nviews > 1 || may_not(why, "there is but one view");
	case ACTION_FREEZE:
		return s->frozen || !widget_panel_is(s) ||
		    may_not(why, "there is nothing to hold still");
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
	if (!s->frozen)
		run_copy(&s->held, &s->run);
	s->frozen = !s->frozen;
	s->view->follow(s);
}

static void
show_view(struct screen *s, int i)
{
	if (i < 0 || i >= nviews)
		return;
	s->view = views[i];
	hits_clear(&s->hits);
	s->view->follow(s);
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

	if (key == PRESS_CTRL('c'))
		s->interrupted = now;
	if (twice || s->lost || !s->known || s->run.state == RUN_FINISHED)
		s->options.leave(s->options.arg, s->options.bound && twice ?
		    SCREEN_STOP : SCREEN_DETACH);
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
		dialog_stop_open(s);
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
	case ACTION_REDRAW:
		s->options.redraw(s->options.arg);
		break;
	case ACTION_SUSPEND:
		s->options.suspend(s->options.arg);
		break;
	case ACTION_IGNORE:
		break;
	default:
		if (!s->view->act(s, a, now))
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
	if (settings_vi_keys(&s->settings))
		key = keys_vi(key);
	if (dialog != NULL && !interrupted_twice(s, key, now)) {
		a = keys_find(dialog->mode, key);
		if (key == PRESS_CTRL('l') || key == PRESS_CTRL('z'))
			act(s, keys_find(MODE_MAIN, key), key, now);
		else
			dialog->act(s, a, key, now);
		return;
	}
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

static void
click(struct screen *s, const struct mouse *m, struct mono now)
{
	const struct dialog_ops *dialog = s->dialog.ops;
	int value = 0;
	enum hit_what what = hits_find(&s->hits, m->y, m->x, &value);

	switch (what) {
	case HIT_NOTHING:
		break;
	case HIT_KEY:
		screen_key(s, value, now);
		break;
	case HIT_CHOICE:
		s->dialog.sure = false;
		s->dialog.at = value;
		break;
	default:
		if (dialog == NULL && s->view->click != NULL)
			s->view->click(s, what, value, now);
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
		.events = (int)s->run.nrecent,
		.notice = widget_notice_is(s)
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
	if (s->dialog.ops != NULL)
		dialog_draw(s, c);
	s->hits = c->hits;
}
