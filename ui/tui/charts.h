/*
 * ui/tui/charts.h: the charts of a run on the screen: its figures over time
 * and its task stream, all over the same stretch of time, which `[` and `]`
 * change and the arrows move.
 */
#ifndef TUI_CHARTS_H
#define TUI_CHARTS_H

#include "ui/tui/chart.h"
#include "ui/tui/layout.h"
#include "ui/tui/screen.h"

enum {
	CHARTS = 3,		/* queue depth, throughput, parallel */
	CHARTS_W_MIN = 26	/* columns that a chart needs */
};

/* Is there any history to draw? */
bool	charts_known(const struct screen *);

/* The times below a row of so many samples; 0: the very ones. */
struct chart_time	charts_time(const struct screen *, size_t samples);
/* "5m" or "all": how long it is. */
const char		*charts_window(const struct screen *);
/* A key that changes the stretch; false: it was another one. */
bool			charts_act(struct screen *, enum action);

/* The first n charts side by side, in boxes or below a rule each. */
void	charts_row(struct screen *, struct canvas *, struct rect, int n,
	    bool boxed);
/* Below the table of workers: boxes, charts or, in one row, sparklines. */
void	charts_pane(struct screen *, struct canvas *, struct rect,
	    enum layout_form);
/* One below the other, each with its value. */
void	charts_sparks(struct screen *, struct canvas *, struct rect);

/* charts_stream.c: the task stream, from its row s->charts.first. */
int	charts_stream_rows(const struct screen *);
void	charts_stream(struct screen *, struct canvas *, struct rect,
	    bool boxed);

#endif
