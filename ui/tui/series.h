/*
 * ui/tui/series.h: a figure of the history as a chart of a certain width wants
 * it: the time cut into equal samples.  Pure.
 */
#ifndef TUI_SERIES_H
#define TUI_SERIES_H

#include "model/history.h"
#include "ui/tui/canvas.h"

enum { SERIES_MAX = 2 * CANVAS_SIDE_MAX };	/* samples */

enum figure { FIGURE_DEPTH, FIGURE_ENDED, FIGURE_PARALLEL, FIGURE_WORKERS,
	NFIGURES };

/* A stretch of time, in seconds since the run began. */
struct stretch {
	double	from, to;
};

struct series {
	size_t	n;			/* samples */
	double	value[SERIES_MAX];	/* mean of each; NAN: not known */
	double	max;			/* of those known; 0: none is */
};

/* The time of the newest moment; 0: there is none. */
double	series_newest(const struct history *);

/*
 * The figure over that time in n samples (cut to SERIES_MAX), taken from the
 * finest level that reaches back far enough, its newest part from finer ones.
 * A sample is the mean over the part of it that is known.
 */
void	series_take(struct series *, const struct history *, enum figure,
	    struct stretch, size_t n);

#endif
