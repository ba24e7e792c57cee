/*
 * ui/tui/view.h: the views of a run, one at a time below the pool line.  A
 * view is one file and one row of the table in view.c.
 */
#ifndef TUI_VIEW_H
#define TUI_VIEW_H

#include <stdbool.h>

#include "base/mono.h"
#include "ui/tui/canvas.h"
#include "ui/tui/keys.h"

struct screen;
struct layout;

struct view {
	const char *name;		/* on the tab line */
	/* Rows it would like to show. */
	int	(*rows)(const struct screen *);
	bool	pane;			/* charts may go below its table */
	void	(*draw)(struct screen *, struct canvas *,
		    const struct layout *);
	/* True: the action was for this view. */
	bool	(*act)(struct screen *, enum action, struct mono now);
	/* A new snapshot came: keep selections on what they were on. */
	void	(*follow)(struct screen *);
};

extern const struct view *const views[];
extern const int nviews;

/* view_workers.c */
struct workers {
	unsigned int	slot;	/* selected; 0: none */
	int		top;	/* first row shown */
	int		rows;	/* shown last */
	char		range[32];	/* "1-14 of 64"; "": all are shown */
};
extern const struct view view_workers;

/* view_charts.c, charts.c: the stretch of time that all charts show. */
struct charts {
	bool	hidden;		/* none below the table of workers */
	bool	chosen;		/* the length: by a key */
	int	window;		/* it; one of those of charts.c */
	double	to;		/* its end, seconds since the run began; 0: now
				   and on with it */
	double	top[3];		/* of the scales, as drawn last; 0: not yet */
	int	first, rows;	/* of the task stream, as drawn last */
};
extern const struct view view_charts;

struct run_worker;
/* The selected worker as the table shows it, or NULL. */
const struct run_worker *workers_selected(const struct screen *);
/* The screen's row it is on, or -1. */
int	workers_row(const struct screen *);

#endif
