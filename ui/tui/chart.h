/*
 * ui/tui/chart.h: a figure over time as a picture: in braille two samples a
 * cell and four dots high, in blocks one and eight, in ASCII one and three
 * (. : #).  Pure: values in, cells out.
 */
#ifndef TUI_CHART_H
#define TUI_CHART_H

#include "ui/tui/canvas.h"
#include "ui/tui/series.h"

enum {
	CHART_LABEL_MAX = 8,
	CHART_AXIS_W = 5,	/* columns of a scale at the left */
	CHART_ROWS_MIN = 3	/* of a plot, to have a scale */
};

/*
 * The top of a scale for values up to max: 1, 2, 4 or 8 times a power of ten,
 * at least 1.
 */
double	chart_top(double max);
/*
 * The top after a chart had another: it grows at once, and shrinks only when
 * less than a third of it is needed.  before 0: there was none.
 */
double	chart_scale(double before, double max);

/* A value on a scale with a round top, in at most 4 columns: "8.0" "20k". */
const char	*chart_label(char out[CHART_LABEL_MAX], double v, double top);

/* Samples that a plot of so many columns shows. */
size_t	chart_samples(const struct canvas *, int w);

/*
 * How many of `dots` dots stand for a value: at least one, so that a zero is
 * seen to be alive; NAN: none.
 */
int	chart_dots(double value, double top, int dots);

/* The picture alone, chart_samples values in it; line: NULL, or values to be
   drawn as steps above it. */
void	chart_plot(struct canvas *, struct rect, enum role,
	    const struct series *, const struct series *line, double top);

/* Top, half and 0 to the left of a plot of these rows, ending at column end. */
void	chart_axis(struct canvas *, int y, int h, int end, double top);

/* What is written below: times and resizes. */
struct chart_time {
	struct stretch	over;
	double		now;		/* the newest that is known */
	bool		ended;		/* there will be nothing newer */
	bool		live;		/* now is where it ends */
	const struct resize_mark *mark;
	size_t		nmarks;
};

/* A rule with a notch at each resize; in row y, w columns from x. */
void	chart_rule(struct canvas *, int y, int x, int w,
	    const struct chart_time *);
/* "start  4→6  6→8  now": what does not fit is left out. */
void	chart_times(struct canvas *, int y, int x, int w,
	    const struct chart_time *);

/* One row of values, w columns, in eighths of a block or digits. */
void	chart_spark(struct canvas *, int y, int x, int w, enum role,
	    const struct series *, double top);

#endif
