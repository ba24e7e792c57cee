#include <stdio.h>

#include "ui/tui/screen.h"

/* A question with a few answers; the first is the safest. */
struct answer {
	const char	*text;
	const char	*note;
	void		(*act)(struct screen *, struct mono now);
};

static void
stay(struct screen *s, struct mono now)
{
}

static void
unbind(struct screen *s, struct mono now)
{
	struct request rq = { .op = OP_UNBIND };

	screen_send(s, &rq, now);
	s->options.leave(s->options.arg, SCREEN_DETACH);
}

void
dialog_leave_stop(struct screen *s, struct mono now)
{
	struct request rq = { .op = OP_STOP, .now = true };

	screen_send(s, &rq, now);
	s->options.leave(s->options.arg, SCREEN_STOP);
}

static void
detach(struct screen *s, struct mono now)
{
	s->options.leave(s->options.arg, SCREEN_DETACH);
}

static void
stop_soft(struct screen *s, struct mono now)
{
	struct request rq = { .op = OP_STOP };

	screen_send(s, &rq, now);
}

static void
stop_hard(struct screen *s, struct mono now)
{
	struct request rq = { .op = OP_STOP, .now = true };

	screen_send(s, &rq, now);
}

static const struct answer leave_answers[] = {
	{ "Stay", "nothing changes", stay },
	{ "Let it go on", "without this screen; attach finds it", unbind },
	{ "Stop it", "running tasks are stopped", dialog_leave_stop },
};
static const struct answer cut_answers[] = {
	{ "Stay", "nothing changes", stay },
	{ "Leave", "the run goes on, its output here ends", detach },
};
static const struct answer end_answers[] = {
	{ "Finish running tasks", "no more are started, none is lost",
	    stop_soft },
	{ "Stop now", "running tasks are stopped and lost", stop_hard },
	{ "Cancel", "the run goes on", stay },
};

enum {
	NOTE_X = 26,
	AROUND_W = 6,		/* border and mark */
	HINT_W = 44		/* of a screen where the hint is well spaced */
};

/* Notes help when they can be read: all of them, or none. */
static bool
notes_fit(const struct canvas *c, const struct answer *a, int n)
{
	for (int i = 0; i < n; i++)
		if (NOTE_X + canvas_width(c, a[i].note) + AROUND_W > c->w)
			return false;
	return true;
}

static void
answers(struct page *p, const struct canvas *c, const struct answer *a, int n)
{
	bool notes = notes_fit(c, a, n);
	const char *gap = c->w < HINT_W ? " " : "   ";

	page_row(p, PAGE_BLANK, -1);
	for (int i = 0; i < n; i++) {
		page_row(p, PAGE_CHOICE, i);
		page_put(p, c, 0, ROLE_KEY, "%d", i + 1);
		page_put(p, c, 3, ROLE_STRONG, "%s", a[i].text);
		if (notes)
			page_put(p, c, NOTE_X, ROLE_NORMAL, "%s", a[i].note);
	}
	page_row(p, PAGE_BLANK, -1);
	page_row(p, PAGE_HINT, -1);
	page_put(p, c, 2, ROLE_DIM, "Enter do it%s1-%d choose%sEsc cancel",
	    gap, n, gap);
}

static void
choose(struct screen *s, enum action a, int key, struct mono now,
    const struct answer *answer, int n)
{
	struct dialog *d = &s->dialog;
	int at = d->at;

	if (a == ACTION_CHOICE_CLOSE)
		dialog_close(s);
	else if (a == ACTION_CHOICE_NUMBER && key - '1' < n)
		d->at = key - '1';
	else if (a == ACTION_CHOICE_DO) {
		dialog_close(s);
		answer[at].act(s, now);
	} else
		dialog_move(d, a, n);
}

#define N(array) (int)(sizeof(array) / sizeof *(array))

static void
leave_page(const struct screen *s, const struct canvas *c, struct page *p)
{
	page_start(p, "Leave");
	page_row(p, PAGE_MUST, -1);
	page_put(p, c, 2, ROLE_NORMAL, "This run ends with this screen.");
	answers(p, c, leave_answers, N(leave_answers));
}

static void
leave_act(struct screen *s, enum action a, int key, struct mono now)
{
	choose(s, a, key, now, leave_answers, N(leave_answers));
}

static void
cut_page(const struct screen *s, const struct canvas *c, struct page *p)
{
	page_start(p, "Leave");
	page_row(p, PAGE_MUST, -1);
	page_wrap(p, c, 2, ROLE_WARN,
	    "The output that is being written would be cut short.");
	answers(p, c, cut_answers, N(cut_answers));
}

static void
cut_act(struct screen *s, enum action a, int key, struct mono now)
{
	choose(s, a, key, now, cut_answers, N(cut_answers));
}

static void
end_page(const struct screen *s, const struct canvas *c, struct page *p)
{
	page_start(p, "End the run");
	page_row(p, PAGE_MUST, -1);
	page_put(p, c, 2, ROLE_NORMAL, "%llu tasks run, %llu wait.",
	    (unsigned long long)s->run.queue.running,
	    (unsigned long long)s->run.queue.depth);
	answers(p, c, end_answers, N(end_answers));
}

static void
end_act(struct screen *s, enum action a, int key, struct mono now)
{
	choose(s, a, key, now, end_answers, N(end_answers));
}

static const struct dialog_ops leave_ops = { MODE_CHOICE, leave_page,
	leave_act };
static const struct dialog_ops cut_ops = { MODE_CHOICE, cut_page, cut_act };
static const struct dialog_ops end_ops = { MODE_CHOICE, end_page, end_act };

static void
open(struct screen *s, const struct dialog_ops *ops)
{
	dialog_close(s);
	s->dialog.ops = ops;
}

void
dialog_leave_open(struct screen *s)
{
	open(s, &leave_ops);
}

void
dialog_cut_open(struct screen *s)
{
	open(s, &cut_ops);
}

void
dialog_end_open(struct screen *s)
{
	open(s, &end_ops);
}
