#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ui/tui/charts.h"
#include "ui/tui/line.h"

/* Part of a cell that must be busy to be drawn as busy. */
static const double mostly = 0.5;

/* What falls into a cell of a row. */
struct slice {
	double		busy;		/* seconds */
	double		most;		/* of one span */
	uint64_t	span;		/* that one's number */
	unsigned int	begun;		/* spans that begin in it */
	uint32_t	tasks;		/* of that span */
	enum task_state	state;		/* the worst that ends in it, or that of
					   that span */
	bool		ends;		/* that state is of one that ends here */
	bool		running;
};

struct row {
	struct slice	slice[CANVAS_SIDE_MAX];
	int		w;
	struct stretch	over;
	double		first;		/* something is known from here ... */
	double		last;		/* ... to here */
};

static bool
bad_is(enum task_state state)
{
	return state == TASK_FAILED || state == TASK_QUEUED ||
	    state == TASK_CANCELLED;
}

static int
slice_of(const struct row *r, double at)
{
	double i = floor((at - r->over.from) / (r->over.to - r->over.from) *
	    r->w);

	return !(i > 0) ? 0 : i >= r->w ? r->w - 1 : (int)i;
}

static void
cover(struct slice *sl, double seconds, const struct span *s, uint64_t n,
    bool running)
{
	sl->busy += seconds;
	if (!(seconds > sl->most))
		return;
	sl->most = seconds;
	sl->span = n;
	sl->tasks = s->tasks;
	sl->running = running;
	if (!sl->ends)
		sl->state = s->worst;
}

/* Span number n; the last one of a row may be running still. */
static void
put_span(struct row *r, const struct span *s, uint64_t n, bool running)
{
	double from = fmax(s->from, r->over.from);
	double to = fmin(s->to, r->over.to);
	double width = (r->over.to - r->over.from) / r->w;

	if (!(s->to > s->from))
		return;
	r->first = fmin(r->first, s->from);
	r->last = fmax(r->last, s->to);
	if (!(to > from))
		return;
	for (int i = slice_of(r, from); i <= slice_of(r, to); i++) {
		double begin = r->over.from + i * width;
		double part = fmin(to, begin + width) - fmax(from, begin);

		if (part > 0)
			cover(&r->slice[i], part, s, n, running);
	}
	if (s->from >= r->over.from)
		r->slice[slice_of(r, from)].begun++;
	if (bad_is(s->worst) && s->to <= r->over.to) {
		struct slice *end = &r->slice[slice_of(r, to)];

		if (!(end->ends && end->state == TASK_FAILED))
			end->state = s->worst;
		end->ends = true;
	}
}

static const struct run_worker *
worker_in(const struct run *run, unsigned int slot)
{
	for (unsigned int i = 0; i < run->nworkers; i++)
		if (run->worker[i].slot == slot)
			return &run->worker[i];
	return NULL;
}

static void
gather(struct row *r, const struct screen *s, unsigned int slot, double now)
{
	const struct stream_row *sr = &s->record->stream.row[slot - 1];
	const struct run_worker *w = worker_in(&s->run, slot);

	for (size_t i = 0; i < sr->n; i++)
		put_span(r, stream_at(&s->record->stream, slot, i),
		    sr->count - sr->n + i, false);
	if (w == NULL || s->run.state == RUN_FINISHED)
		return;
	if (w->task != 0 && w->elapsed > 0) {
		double from = fmax(now - w->elapsed, 0);

		if (sr->n > 0)	/* told a moment later than the span */
			from = fmax(from, stream_at(&s->record->stream, slot,
			    sr->n - 1)->to);
		put_span(r, &(struct span){ from, now, w->task, 1,
		    TASK_RUNNING }, sr->count, true);
	}
	r->last = now;
}

static enum role
state_role(const struct slice *sl)
{
	if (sl->running && !sl->ends)
		return ROLE_WARN;
	switch (sl->state) {
	case TASK_FAILED:
		return ROLE_FAIL;
	case TASK_QUEUED:
		return ROLE_RETRY;
	case TASK_CANCELLED:
		return ROLE_DIM;
	default:
		return ROLE_DONE;
	}
}

static enum glyph
look(const struct slice *sl, double width)
{
	if (sl->ends)
		return sl->state == TASK_FAILED ? GLYPH_FAIL :
		    sl->state == TASK_QUEUED ? GLYPH_RETRY : GLYPH_CANCEL;
	if (sl->busy < mostly * width)
		return GLYPH_TASK_PART;
	if (sl->tasks > 1 || sl->begun > 1)
		return GLYPH_TASK_MANY;
	return sl->span % 2 == 0 ? GLYPH_TASK : GLYPH_TASK_NEXT;
}

static void
put_row(const struct row *r, struct canvas *c, int y, int x)
{
	double width = (r->over.to - r->over.from) / r->w;

	for (int i = 0; i < r->w; i++) {
		const struct slice *sl = &r->slice[i];
		double middle = r->over.from + (i + 0.5) * width;

		if (sl->busy > 0 || sl->ends)
			canvas_glyph(c, y, x + i, state_role(sl), look(sl,
			    width));
		else if (middle > r->first && middle < r->last)
			canvas_glyph(c, y, x + i, ROLE_FAINT, GLYPH_TASK_NONE);
	}
}

/* The slots that have, or had, a worker. */
int
charts_stream_rows(const struct screen *s)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < s->run.nworkers; i++)
		if (s->run.worker[i].slot > n)
			n = s->run.worker[i].slot;
	for (unsigned int slot = POOL_MAX; s->record != NULL && slot > n;
	    slot--)
		if (s->record->stream.row[slot - 1].n > 0)
			n = slot;
	return n < POOL_MAX ? (int)n : POOL_MAX;
}

/* What the shades mean, as far as there is room before column end. */
static void
legend(struct canvas *c, int y, int x, int end)
{
	static const struct {
		enum glyph	glyph;
		enum role	role;
		const char	*word;
		int		keep;
	} mark[] = {
		{ GLYPH_TASK, ROLE_DONE, "", 7 },
		{ GLYPH_TASK_NEXT, ROLE_DONE, "tasks", 7 },
		{ GLYPH_TASK_MANY, ROLE_DONE, "short ones", 3 },
		{ GLYPH_TASK_PART, ROLE_DONE, "partly", 2 },
		{ GLYPH_TASK, ROLE_WARN, "running", 4 },
		{ GLYPH_TASK_NONE, ROLE_DIM, "idle", 6 },
		{ GLYPH_FAIL, ROLE_FAIL, "failed", 5 },
		{ GLYPH_RETRY, ROLE_RETRY, "again", 1 },
	};
	struct line l;

	line_start(&l, GROUND_PLAIN);
	for (size_t i = 0; i < sizeof mark / sizeof *mark; i++) {
		line_add(&l, mark[i].keep, mark[i].role, i == 1 ? "%s" :
		    "  %s", theme_glyph(c->ascii, mark[i].glyph));
		line_join(&l, ROLE_DIM, mark[i].word[0] != '\0' ? " %s" :
		    "%s", mark[i].word);
	}
	line_add(&l, 9, ROLE_DIM, " ");
	line_right(&l, c, y, x, end);
}

static void
title(const struct screen *s, struct canvas *c, struct rect r, int shown,
    int rows, bool boxed)
{
	char text[64] = "Task stream";
	int x = r.x + (boxed ? 3 : 3);

	if (shown < rows)
		snprintf(text, sizeof text, "Task stream w%d-w%d of %d",
		    s->charts.first + 1, s->charts.first + shown, rows);
	if (boxed)
		canvas_frame(c, r, GROUND_PLAIN, text);
	else {
		canvas_line(c, r.y, r.x, r.w, ROLE_FAINT, GLYPH_HLINE);
		canvas_printf(c, r.y, r.x + 2, r.w - 3, ROLE_STRONG, " %s ",
		    text);
	}
	legend(c, r.y, x + canvas_width(c, text) + 2, r.x + r.w - 2);
}

void
charts_stream(struct screen *s, struct canvas *c, struct rect r, bool boxed)
{
	int rows = charts_stream_rows(s), name = rows > 99 ? 5 : 4;
	int shown = r.h - 2 - boxed, y = r.y + 1, x = r.x + boxed + name + 1;
	struct row row = { .w = r.x + r.w - 1 - boxed - x };
	struct chart_time t;

	if (shown <= 0 || row.w <= 0 || row.w > CANVAS_SIDE_MAX)
		return;
	shown = shown < rows ? shown : rows;
	s->charts.rows = shown;
	if (s->charts.first > rows - shown)
		s->charts.first = rows - shown;
	title(s, c, r, shown, rows, boxed);
	t = charts_time(s, (size_t)row.w);
	for (int i = 0; i < shown; i++) {
		char id[16];

		memset(row.slice, 0, (size_t)row.w * sizeof *row.slice);
		row.over = t.over;
		row.first = INFINITY;
		row.last = 0;
		snprintf(id, sizeof id, "w%d", s->charts.first + i + 1);
		canvas_right(c, y + i, x - 1, name, ROLE_NORMAL, id);
		gather(&row, s, (unsigned int)(s->charts.first + i + 1),
		    t.now);
		put_row(&row, c, y + i, x);
	}
	chart_times(c, y + shown, x, row.w, &t);
}
