#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/human.h"
#include "base/text.h"
#include "ui/tui/chart.h"

static const double shrink_below = 1.0 / 3;	/* of the scale */
static const double top_max = 1e12;

double
chart_top(double max)
{
	static const double steps[] = { 1, 2, 4, 8, 10 };
	double unit;

	if (!(max > 1))
		return 1;
	max = fmin(max, top_max);
	unit = pow(10, floor(log10(max)));
	for (int i = 0; i < 4; i++)
		if (max <= steps[i] * unit * (1 + 1e-9))
			return steps[i] * unit;
	return steps[4] * unit;
}

double
chart_scale(double before, double max)
{
	double top = chart_top(max);

	return top > before || max < before * shrink_below ? top : before;
}

const char *
chart_label(char out[CHART_LABEL_MAX], double v, double top)
{
	static const char unit[] = " kMGT";
	size_t u = 0;

	if (top < 4000) {	/* 4 columns hold it */
		snprintf(out, CHART_LABEL_MAX, "%.*f", top < 10 ? 1 : 0,
		    fmin(v, 9999));
		return out;
	}
	for (; top >= 1000 && u + 2 < sizeof unit; u++, v /= 1000)
		top /= 1000;
	snprintf(out, CHART_LABEL_MAX, v > 0 && v < 1 ? "%.1f%c" : "%.0f%c",
	    fmin(v, 9999), unit[u]);
	if (!(v > 0))
		snprintf(out, CHART_LABEL_MAX, "0");
	return out;
}

size_t
chart_samples(const struct canvas *c, int w)
{
	if (w <= 0)
		return 0;
	return (size_t)w * (c->ascii || c->blocks ? 1 : 2);
}

int
chart_dots(double value, double top, int dots)
{
	double part = value / top;

	if (isnan(value) || !(top > 0) || dots <= 0)
		return 0;
	if (!(part > 0))
		return 1;
	return part >= 1 ? dots : (int)fmax(lround(part * dots), 1);
}

/* Of a bar of so many dots, those in a row of cells, 0 the lowest. */
static int
dots_in(int bar, int row, int each)
{
	int n = bar - row * each;

	return n < 0 ? 0 : n > each ? each : n;
}

static void
braille(struct canvas *c, int y, int x, enum role role, unsigned int bits)
{
	char utf8[5] = "";

	if (bits == 0)
		return;
	utf8[text_encode(0x2800 + bits, utf8)] = '\0';
	canvas_puts(c, y, x, 1, role, utf8);
}

/* The dots of a cell, from below: left ones, right ones. */
static const unsigned int dot[2][4] = {
	{ 0x40, 0x04, 0x02, 0x01 },
	{ 0x80, 0x20, 0x10, 0x08 }
};

static unsigned int
column_bits(int side, int bar, int row)
{
	unsigned int bits = 0;

	for (int i = 0; i < dots_in(bar, row, 4); i++)
		bits |= dot[side][i];
	return bits;
}

static void
plot_braille(struct canvas *c, struct rect r, enum role role,
    const struct series *s, double top)
{
	for (int x = 0; x < r.w; x++) {
		int left = chart_dots(s->value[2 * x], top, 4 * r.h);
		int right = chart_dots(s->value[2 * x + 1], top, 4 * r.h);

		for (int row = 0; row < r.h; row++)
			braille(c, r.y + r.h - 1 - row, r.x + x, role,
			    column_bits(0, left, row) |
			    column_bits(1, right, row));
	}
}

/* A cell that is filled so far, from below. */
static const char *
filled(const struct canvas *c, int n)
{
	static const char *const ascii[] = { " ", ".", ":", "#" };

	return c->ascii ? ascii[n] : theme_below(false, (unsigned int)n);
}

static void
plot_cells(struct canvas *c, struct rect r, enum role role,
    const struct series *s, double top)
{
	int each = c->ascii ? 3 : 8;

	for (int x = 0; x < r.w; x++) {
		int bar = chart_dots(s->value[x], top, each * r.h);

		for (int row = 0; row < r.h; row++) {
			int n = dots_in(bar, row, each);

			if (n > 0)
				canvas_puts(c, r.y + r.h - 1 - row, r.x + x,
				    1, role, filled(c, n));
		}
	}
}

/* A dot of the line, in a cell that the picture leaves empty. */
static void
line_dot(struct canvas *c, struct rect r, const struct series *s, int x,
    const struct series *line, double top)
{
	int per = chart_samples(c, 1) == 2 ? 2 : 1, each = per == 2 ? 4 : 1;
	int at = chart_dots(line->value[x * per], top, each * r.h) - 1;
	int other = per == 2 ? chart_dots(line->value[x * 2 + 1], top,
	    each * r.h) - 1 : at;
	int bar = chart_dots(fmax(s->value[x * per], s->value[x * per +
	    per - 1]), top, each * r.h);
	int row = at / each;
	unsigned int bits = 0;

	if (at < 0 || row < (bar + each - 1) / each)
		return;
	if (per == 1) {
		canvas_glyph(c, r.y + r.h - 1 - row, r.x + x, ROLE_DIM,
		    GLYPH_HLINE);
		return;
	}
	bits = dot[0][at % 4];
	if (other >= 0 && other / 4 == row)
		bits |= dot[1][other % 4];
	braille(c, r.y + r.h - 1 - row, r.x + x, ROLE_DIM, bits);
}

void
chart_plot(struct canvas *c, struct rect r, enum role role,
    const struct series *s, const struct series *line, double top)
{
	int per = (int)chart_samples(c, 1);

	if (r.w > (int)s->n / per)
		r.w = (int)s->n / per;
	if (line != NULL && r.w > (int)line->n / per)
		line = NULL;
	if (per == 2)
		plot_braille(c, r, role, s, top);
	else
		plot_cells(c, r, role, s, top);
	for (int x = 0; line != NULL && x < r.w; x++)
		line_dot(c, r, s, x, line, top);
}

void
chart_axis(struct canvas *c, int y, int h, int end, double top)
{
	char label[CHART_LABEL_MAX];

	if (h <= 0)
		return;
	canvas_right(c, y + h - 1, end, CHART_AXIS_W - 1, ROLE_DIM,
	    chart_label(label, 0, top));
	if (h < CHART_ROWS_MIN)
		return;
	canvas_right(c, y, end, CHART_AXIS_W - 1, ROLE_DIM,
	    chart_label(label, top, top));
	/* a label in the middle of its row: exact only where there is one */
	if (h >= 7)
		canvas_right(c, y + h / 2, end, CHART_AXIS_W - 1, ROLE_DIM,
		    chart_label(label, top / 2, top));
}

/* The column of a time among w, or -1. */
static int
column_of(const struct chart_time *t, int w, double at)
{
	double part = (at - t->over.from) / (t->over.to - t->over.from);

	if (!(part >= 0 && part < 1))
		return -1;
	return (int)(part * w);
}

void
chart_rule(struct canvas *c, int y, int x, int w, const struct chart_time *t)
{
	canvas_line(c, y, x, w, ROLE_FAINT, GLYPH_HLINE);
	for (size_t i = 0; i < t->nmarks; i++) {
		int at = column_of(t, w, t->mark[i].at);

		if (at >= 0)
			canvas_glyph(c, y, x + at, ROLE_WARN, GLYPH_NOTCH);
	}
}

/* Which columns of the line have something written. */
struct taken {
	bool	at[CANVAS_SIDE_MAX];
	int	w;
};

/* Write with its middle (part of its width: 0 left, 1 right) at a column, if
   it is a blank away from all else there. */
static bool
label(struct canvas *c, int y, int x, struct taken *taken, int at,
    double anchor, enum role role, const char *text)
{
	int n = canvas_width(c, text), from = at - (int)lround(anchor * (n -
	    1));

	if (from + n > taken->w)
		from = taken->w - n;
	if (from < 0)
		from = 0;
	if (n > taken->w)
		return false;
	for (int i = from - 1; i <= from + n; i++)
		if (i >= 0 && i < taken->w && taken->at[i])
			return false;
	canvas_puts(c, y, x + from, n, role, text);
	memset(taken->at + from, true, (size_t)n * sizeof *taken->at);
	return true;
}

/* So long before now: "-30s" "-2m" "-2m06" "-1h30" "-2d04h". */
static const char *
ago(char out[HUMAN_MAX], double seconds)
{
	static const struct {
		int	unit, part;	/* seconds */
		char	letter;
	} forms[] = { { 86400, 3600, 'd' }, { 3600, 60, 'h' }, { 60, 1, 'm' },
		{ 1, 1, 's' } };
	int s = (int)lround(fmax(fmin(seconds, 1e9), 0)), i = 0, rest;

	while (forms[i].unit > 1 && s < forms[i].unit)
		i++;
	rest = s % forms[i].unit / forms[i].part;
	if (rest == 0)
		snprintf(out, HUMAN_MAX, "-%d%c", s / forms[i].unit,
		    forms[i].letter);
	else
		snprintf(out, HUMAN_MAX, "-%d%c%02d%s", s / forms[i].unit,
		    forms[i].letter, rest, i == 0 ? "h" : "");
	return out;
}

static void
label_marks(struct canvas *c, int y, int x, struct taken *taken,
    const struct chart_time *t)
{
	char text[48];

	for (size_t i = t->nmarks; i > 0; i--) {
		const struct resize_mark *m = &t->mark[i - 1];
		int at = column_of(t, taken->w, m->at);

		snprintf(text, sizeof text, "%u%s%u", m->from,
		    theme_glyph(c->ascii, GLYPH_TO), m->to);
		if (at >= 0 && !label(c, y, x, taken, at, 0.5, ROLE_WARN,
		    text))
			label(c, y, x, taken, at, 1, ROLE_WARN, text);
	}
}

void
chart_times(struct canvas *c, int y, int x, int w, const struct chart_time *t)
{
	struct taken taken = { .w = w < CANVAS_SIDE_MAX ? w :
	    CANVAS_SIDE_MAX };
	char text[HUMAN_MAX];
	/* while it scrolls, the last sample may not have ended yet */
	double zero = t->live && t->over.from > 0 ? t->over.to : t->now;
	double middle = (t->over.from + t->over.to) / 2;
	int now = column_of(t, taken.w, t->now);

	if (w <= 0)
		return;
	if (t->live)
		label(c, y, x, &taken, now >= 0 ? now : w - 1, 1, ROLE_DIM,
		    t->ended ? "end" : "now");
	else
		label(c, y, x, &taken, w - 1, 1, ROLE_DIM, ago(text,
		    zero - t->over.to));
	label(c, y, x, &taken, 0, 0, ROLE_DIM, t->over.from <= 0 ? "start" :
	    ago(text, zero - t->over.from));
	label_marks(c, y, x, &taken, t);
	if (middle < t->now)
		label(c, y, x, &taken, w / 2, 0.5, ROLE_DIM, ago(text,
		    zero - middle));
}

void
chart_spark(struct canvas *c, int y, int x, int w, enum role role,
    const struct series *s, double top)
{
	for (int i = 0; i < w && i < (int)s->n; i++) {
		int n = chart_dots(s->value[i], top, 8);

		if (n > 0)
			canvas_puts(c, y, x + i, 1, role, theme_below(c->ascii,
			    (unsigned int)n));
	}
}
