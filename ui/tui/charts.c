#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ui/tui/charts.h"
#include "ui/tui/show.h"

static const struct {
	double		 seconds;
	const char	*name;
} windows[] = {
	{ 60, "1m" }, { 300, "5m" }, { 900, "15m" }, { 3600, "1h" },
	{ 14400, "4h" }, { 86400, "24h" }, { INFINITY, "all" }
};
enum {
	NWINDOWS = sizeof windows / sizeof *windows,
	WINDOW_FIRST = 1		/* chosen by nobody: 5m */
};
static const double shortest = 60;	/* s: a younger run fills it up */

static const struct {
	enum figure	 figure;
	enum figure	 line;		/* NFIGURES: none */
	enum role	 role;
	const char	*title, *word, *sign;	/* ever shorter */
} kinds[CHARTS] = {
	{ FIGURE_DEPTH, NFIGURES, ROLE_CHART1, "Queue depth", "Queue", "Q" },
	{ FIGURE_ENDED, NFIGURES, ROLE_CHART2, "Throughput task/s", "Task/s",
	    "/s" },
	{ FIGURE_PARALLEL, FIGURE_WORKERS, ROLE_CHART3, "Parallel",
	    "Parallel", "P" },
};

bool
charts_known(const struct screen *s)
{
	return s->record != NULL && s->record->history.level[0].n > 0;
}

/* A run that is over is shown whole, until somebody looks closer. */
static int
window_of(const struct screen *s)
{
	if (s->charts.chosen)
		return s->charts.window;
	return s->run.state == RUN_FINISHED ? NWINDOWS - 1 : WINDOW_FIRST;
}

const char *
charts_window(const struct screen *s)
{
	return windows[window_of(s)].name;
}

/* While it is live and scrolls, it moves by whole samples: a picture that
   shimmers cannot be read. */
static struct stretch
stretch_of(const struct screen *s, double now, size_t samples)
{
	double least = s->run.state == RUN_FINISHED ? 1 : shortest;
	double length = fmin(windows[window_of(s)].seconds, fmax(now, least));
	double to = s->charts.to > 0 ? fmax(s->charts.to, length) : now;
	double step = samples > 0 ? length / (double)samples : 0;

	if (to <= length)
		return (struct stretch){ 0, length };
	if (!(s->charts.to > 0) && step > 0)
		to = ceil(to / step) * step;
	return (struct stretch){ to - length, to };
}

struct chart_time
charts_time(const struct screen *s, size_t samples)
{
	struct chart_time t = { .ended = s->run.state == RUN_FINISHED,
		.live = !(s->charts.to > 0) };

	if (s->record == NULL)
		return t;
	t.now = series_newest(&s->record->history);
	t.over = stretch_of(s, t.now, samples);
	t.mark = s->record->history.mark;
	t.nmarks = s->record->history.nmarks;
	return t;
}

/* One shorter or longer.  Those that show all there is are one. */
static void
choose(struct screen *s, int way)
{
	double all = series_newest(&s->record->history);
	int window = window_of(s) + way;

	while (way < 0 && window > 0 && windows[window].seconds >= all)
		window--;
	if (window > 0 && window < NWINDOWS && windows[window - 1].seconds >=
	    all)
		window = NWINDOWS - 1;
	if (window < 0 || window >= NWINDOWS)
		return;
	s->charts.window = window;
	s->charts.chosen = true;
	memset(s->charts.top, 0, sizeof s->charts.top);
}

/* To the left or right by a quarter of what is seen. */
static void
scroll(struct screen *s, int way)
{
	struct chart_time t = charts_time(s, 0);
	double length = t.over.to - t.over.from;
	double to = fmax(t.over.to + way * length / 4, length);

	s->charts.to = to >= t.now ? 0 : to;
	memset(s->charts.top, 0, sizeof s->charts.top);
}

bool
charts_act(struct screen *s, enum action a)
{
	if (!charts_known(s))
		return false;
	switch (a) {
	case ACTION_SHORTER:
		choose(s, -1);
		return true;
	case ACTION_LONGER:
		choose(s, 1);
		return true;
	case ACTION_LEFT:
		scroll(s, -1);
		return true;
	case ACTION_RIGHT:
		scroll(s, 1);
		return true;
	case ACTION_LAST:
		s->charts.to = 0;
		return true;
	default:
		return false;
	}
}

/* What is true now, for the title. */
static const char *
value(const struct screen *s, int kind, char out[2 * HUMAN_MAX])
{
	const struct run *run = &s->run;
	char number[HUMAN_MAX];

	if (kind == 0)
		return show_count(out, run->queue.depth);
	if (kind == 1)
		return show_rate(out, run->rate.tasks_per_second);
	snprintf(out, 2 * HUMAN_MAX, "%s of %u", show_number(number,
	    run->rate.parallel, 1), run->pool.size);
	return out;
}

/* The scale is that of all samples, and of the line above them. */
static double
scale(struct screen *s, int kind, const struct series *v,
    const struct series *line)
{
	double *top = &s->charts.top[kind];

	*top = chart_scale(*top, fmax(v->max, line != NULL ? line->max : 0));
	return *top;
}

static void
take(struct screen *s, int kind, size_t samples, struct stretch over,
    struct series *v, struct series *line)
{
	const struct history *h = &s->record->history;

	series_take(v, h, kinds[kind].figure, over, samples);
	if (kinds[kind].line != NFIGURES)
		series_take(line, h, kinds[kind].line, over, samples);
}

/* Scale, plot and times; with a rule between them when there is room. */
static void
body(struct screen *s, struct canvas *c, struct rect r, int kind, bool ruled)
{
	struct rect plot = { r.y, r.x + CHART_AXIS_W, r.h - 1 - ruled,
		r.w - CHART_AXIS_W };
	size_t n = chart_samples(c, plot.w);
	struct chart_time t = charts_time(s, n);
	struct series v, steps;
	struct series *line = kinds[kind].line != NFIGURES ? &steps : NULL;
	double top;

	if (plot.h <= 0 || plot.w <= 0)
		return;
	take(s, kind, n, t.over, &v, line);
	top = scale(s, kind, &v, line);
	chart_axis(c, plot.y, plot.h, plot.x - 1, top);
	chart_plot(c, plot, kinds[kind].role, &v, line, top);
	if (ruled)
		chart_rule(c, plot.y + plot.h, plot.x, plot.w, &t);
	chart_times(c, r.y + r.h - 1, plot.x, plot.w, &t);
}

/* The plot alone. */
static void
bare(struct screen *s, struct canvas *c, struct rect r, int kind)
{
	size_t n = chart_samples(c, r.w);
	struct series v;

	series_take(&v, &s->record->history, kinds[kind].figure,
	    charts_time(s, n).over, n);
	chart_plot(c, r, kinds[kind].role, &v, NULL, scale(s, kind, &v,
	    NULL));
}

static void
box(struct screen *s, struct canvas *c, struct rect r, int kind)
{
	char out[2 * HUMAN_MAX];
	const char *now = value(s, kind, out);

	canvas_frame(c, r, GROUND_PLAIN, kinds[kind].title);
	canvas_puts(c, r.y, r.x + r.w - 4 - canvas_width(c, now), 1, ROLE_DIM,
	    " ");
	canvas_right(c, r.y, r.x + r.w - 3, r.w / 2, kinds[kind].role, now);
	canvas_puts(c, r.y, r.x + r.w - 3, 1, ROLE_DIM, " ");
	body(s, c, (struct rect){ r.y + 1, r.x + 1, r.h - 2, r.w - 3 }, kind,
	    true);
}

static void
ruled(struct screen *s, struct canvas *c, struct rect r, int kind)
{
	char out[2 * HUMAN_MAX];
	int x = r.x + 2, end = r.x + r.w - 1;

	canvas_line(c, r.y, r.x, r.w, ROLE_FAINT, GLYPH_HLINE);
	x += canvas_printf(c, r.y, x, end - x, ROLE_STRONG, " %s ",
	    kinds[kind].word);
	canvas_printf(c, r.y, x, end - x, kinds[kind].role, "%s ", value(s,
	    kind, out));
	body(s, c, (struct rect){ r.y + 1, r.x, r.h - 1, r.w - 1 }, kind,
	    false);
}

void
charts_row(struct screen *s, struct canvas *c, struct rect r, int n,
    bool boxed)
{
	for (int i = 0; i < n; i++) {
		int from = r.w * i / n, to = r.w * (i + 1) / n;
		struct rect one = { r.y, r.x + from, r.h, to - from };

		if (boxed)
			box(s, c, one, i);
		else
			ruled(s, c, one, i);
	}
}

static void
spark(struct screen *s, struct canvas *c, int y, int x, int w, int kind)
{
	struct series v;
	size_t n = w > 0 ? (size_t)w : 0;

	series_take(&v, &s->record->history, kinds[kind].figure,
	    charts_time(s, n).over, n);
	chart_spark(c, y, x, w, kinds[kind].role, &v, scale(s, kind, &v,
	    NULL));
}

void
charts_sparks(struct screen *s, struct canvas *c, struct rect r)
{
	int each = r.h >= CHARTS ? r.h / CHARTS : 1, from = 20;
	char out[2 * HUMAN_MAX];

	for (int i = 0; i < CHARTS && i < r.h; i++) {
		int y = r.y + i * each, bottom = y + each - 1;

		canvas_puts(c, bottom, r.x + 1, 9, ROLE_NORMAL, kinds[i].word);
		canvas_puts(c, bottom, r.x + 10, from - 11, ROLE_STRONG,
		    value(s, i, out));
		if (each == 1)
			spark(s, c, y, r.x + from, r.w - from - 1, i);
		else
			bare(s, c, (struct rect){ y, r.x + from, each,
			    r.w - from - 1 }, i);
	}
}

/* Two of them in one row: " Q ▇▇▆▆▅▅ /s ▁▃▃▄". */
static void
sparks_in_one_row(struct screen *s, struct canvas *c, struct rect r)
{
	int half = r.w / 2;

	for (int i = 0; i < 2; i++) {
		int x = r.x + i * half + 1, end = r.x + (i + 1) * half;

		x += canvas_puts(c, r.y, x, end - x, ROLE_DIM, kinds[i].sign)
		    + 1;
		spark(s, c, r.y, x, end - x, i);
	}
}

void
charts_pane(struct screen *s, struct canvas *c, struct rect r,
    enum layout_form form)
{
	if (r.h == 0 || !charts_known(s))
		return;
	if (r.h == 1)
		sparks_in_one_row(s, c, r);
	else
		charts_row(s, c, r, form == LAYOUT_WIDE ? CHARTS : 2,
		    form == LAYOUT_WIDE);
}
