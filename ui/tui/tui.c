#include <event2/event.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>

#include "base/mem.h"
#include "ui/tui/screen.h"
#include "ui/tui/settings_file.h"
#include "ui/tui/term.h"
#include "ui/tui/tui.h"

static const double frame_retry = 0.1;	/* s, when the terminal is not ready */

static const int signals[] = { SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP,
	SIGINT, SIGQUIT };
enum {
	NSIGNALS = sizeof signals / sizeof *signals,
	KEYS_AT_ONCE = 256	/* before others get their turn */
};

struct tui {
	struct tui_options options;
	struct event_base *base;
	struct screen	 screen;
	struct canvas	*canvas;
	struct settings	 look;		/* as the terminal was told */
	struct terminal	*term;		/* NULL before the first frame */
	struct event	*keys;
	struct event	*timer;
	struct event	*signal[NSIGNALS];
	bool		 dirty;
	bool		 left;		/* leave was called */
	bool		 busy;		/* in a callback: free us after it */
	bool		 closing;
	struct mono	 opened;
	struct mono	 drawn;		/* the last frame */
};

static void	tui_free(struct tui *);

static void
leave(struct tui *t, enum tui_leave how, int sig)
{
	if (t->left)
		return;
	t->left = true;
	t->options.leave(t->options.arg, how, sig);
}

static void
timer_set(struct tui *t, double seconds)
{
	double s = fmax(seconds, 0);
	struct timeval tv = { .tv_sec = (time_t)s,
		.tv_usec = (suseconds_t)((s - floor(s)) * 1e6) };

	event_add(t->timer, &tv);
}

static void
frame(struct tui *t, struct mono now)
{
	int h, w;

	term_size(t->term, &h, &w);
	if (t->canvas == NULL || t->canvas->h != h || t->canvas->w != w) {
		canvas_free(t->canvas);
		t->canvas = canvas_new(h, w, term_ascii(t->term));
		t->canvas->blocks = term_blocks(t->term);
	}
	screen_draw(&t->screen, t->canvas, now);
	term_draw(t->term, t->canvas);
	t->drawn = now;
	t->dirty = false;
}

/* What the user has chosen reaches the terminal and, if asked, the file. */
static void
settle(struct tui *t)
{
	struct screen *s = &t->screen;
	struct err err;

	if (s->save) {
		s->save = false;
		if (settings_save(&s->settings, &err) == -1)
			screen_say(s, EVENT_WARN, mono_now(), "not saved: %s",
			    err.text);
		else
			screen_say(s, EVENT_INFO, mono_now(), "saved");
	}
	if (t->term == NULL || (settings_palette(&s->settings) ==
	    settings_palette(&t->look) && settings_symbols(&s->settings) ==
	    settings_symbols(&t->look)))
		return;
	t->look = s->settings;
	term_look(t->term, settings_palette(&t->look),
	    settings_symbols(&t->look));
	canvas_free(t->canvas);
	t->canvas = NULL;
}

/* Seconds between frames that nobody asked for. */
static double
frame_gap(const struct tui *t)
{
	return 1.0 / settings_rate(&t->screen.settings);
}

/* Draw if there is something new, and see when to look again. */
static void
work(struct tui *t, bool at_once)
{
	struct mono now = mono_now();
	double wait = screen_tick(&t->screen, now), due;

	if (t->term == NULL || t->left)
		return;
	due = t->dirty && !at_once ? frame_gap(t) - mono_diff(now, t->drawn) :
	    0;
	if (t->dirty && due <= 0) {
		if (term_ready(t->term))
			frame(t, now);
		else
			due = frame_retry;
	}
	if (t->dirty && (wait < 0 || due < wait))
		wait = due;
	if (wait >= 0)
		timer_set(t, wait);
}

/* The end of a callback of ours. */
static void
done(struct tui *t)
{
	t->busy = false;
	if (t->closing)
		tui_free(t);
	else {
		settle(t);
		work(t, true);
	}
}

static void
on_keys(evutil_socket_t fd, short what, void *arg)
{
	struct tui *t = arg;
	int key = TERM_KEY_NONE;
	struct mouse mouse;

	t->busy = true;
	for (int i = 0; i < KEYS_AT_ONCE && !t->left; i++) {
		if ((key = term_key(t->term, &mouse)) <= TERM_KEY_NONE)
			break;
		if (key == PRESS_MOUSE)
			screen_mouse(&t->screen, &mouse, mono_now());
		else
			screen_key(&t->screen, key, mono_now());
		t->dirty = true;
	}
	if (key == TERM_LOST) {
		event_del(t->keys);
		leave(t, TUI_TERMINAL_LOST, 0);
	}
	done(t);
}

/* The time of the first frame has come: take the terminal. */
static void
start(struct tui *t)
{
	struct term_options options = { t->options.ascii, t->options.mono };
	struct err err;

	t->term = term_open(&options, &err);
	if (t->term == NULL) {
		leave(t, TUI_TERMINAL_LOST, 0);
		return;
	}
	settings_init(&t->look);	/* what it has by itself */
	t->keys = event_new(t->base, term_fd(t->term), EV_READ | EV_PERSIST,
	    on_keys, t);
	event_add(t->keys, NULL);
	t->dirty = true;
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct tui *t = arg;

	t->busy = true;
	if (t->term == NULL && !t->left)
		start(t);
	t->dirty = true;	/* a message fades, an age grows */
	done(t);
}

static void
on_suspend(void *arg)
{
	struct tui *t = arg;

	if (t->term != NULL)
		term_suspend(t->term);
	else
		raise(SIGSTOP);
	t->dirty = true;
}

static void
on_redraw(void *arg)
{
	struct tui *t = arg;

	if (t->term != NULL)
		term_redraw(t->term);
	t->dirty = true;
}

static void
on_send(void *arg, const struct request *rq)
{
	struct tui *t = arg;

	t->options.send(t->options.arg, rq);
}

static void
on_leave(void *arg, enum screen_leave how)
{
	leave(arg, how == SCREEN_STOP ? TUI_STOPPED : TUI_DETACHED, 0);
}

static void
act_on(struct tui *t, int sig)
{
	switch (sig) {
	case SIGWINCH:
		if (t->term != NULL)
			term_resized(t->term);
		break;
	case SIGCONT:
		if (t->term != NULL)
			term_continued(t->term);
		break;
	case SIGTSTP:
		on_suspend(t);
		break;
	case SIGINT:
		screen_key(&t->screen, PRESS_CTRL('c'), mono_now());
		break;
	default:
		if (t->term != NULL)
			term_ends_by(t->term, sig);
		leave(t, TUI_SIGNALLED, sig);
	}
}

static void
on_signal(evutil_socket_t sig, short what, void *arg)
{
	struct tui *t = arg;

	t->busy = true;
	act_on(t, (int)sig);
	t->dirty = true;
	done(t);
}

static void
load(struct tui *t)
{
	struct err err;

	if (settings_load(&t->screen.settings, &err) == -1)
		screen_say(&t->screen, EVENT_WARN, t->opened, "%s", err.text);
}

struct tui *
tui_open(struct event_base *base, const struct tui_options *options,
    struct err *err)
{
	struct screen_options so = { options->bound, options->stdout_cut,
		on_send, on_leave, on_redraw, on_suspend, NULL };
	struct tui *t;

	if (term_usable(err) == -1)
		return NULL;
	t = mem_alloc(sizeof *t);
	t->options = *options;
	t->base = base;
	t->opened = mono_now();
	so.arg = t;
	screen_init(&t->screen, &so);
	load(t);
	t->timer = event_new(base, -1, 0, on_timer, t);
	for (int i = 0; i < NSIGNALS; i++) {	/* before ncurses has its own */
		t->signal[i] = event_new(base, signals[i],
		    EV_SIGNAL | EV_PERSIST, on_signal, t);
		event_add(t->signal[i], NULL);
	}
	timer_set(t, options->first_frame_after);
	return t;
}

/* The terminal is the caller's again, at once. */
static void
give_back(struct tui *t)
{
	if (t->keys != NULL)
		event_free(t->keys);
	t->keys = NULL;
	term_close(t->term);
	t->term = NULL;
}

static void
tui_free(struct tui *t)
{
	give_back(t);
	event_free(t->timer);
	for (int i = 0; i < NSIGNALS; i++)
		event_free(t->signal[i]);
	canvas_free(t->canvas);
	screen_clear(&t->screen);
	free(t);
}

void
tui_close(struct tui *t)
{
	if (t == NULL)
		return;
	t->left = true;
	give_back(t);
	if (t->busy)
		t->closing = true;
	else
		tui_free(t);
}

void
tui_update(struct tui *t, const struct run *run)
{
	screen_update(&t->screen, run, mono_now());
	t->dirty = true;
	work(t, false);
}

void
tui_record(struct tui *t, const struct record *record)
{
	screen_record(&t->screen, record);
	t->dirty = true;
	work(t, false);
}

void
tui_lost(struct tui *t)
{
	screen_lost(&t->screen, mono_now());
	t->dirty = true;
	work(t, false);
}

void
tui_notice(struct tui *t, enum event_level level, const char *text)
{
	screen_say(&t->screen, level, mono_now(), "%s", text);
	t->dirty = true;
	work(t, false);
}

void
tui_set_bound(struct tui *t, bool bound)
{
	t->screen.options.bound = bound;
}
