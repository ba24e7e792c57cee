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
	void	(*draw)(struct screen *, struct canvas *,
		    const struct layout *);
	/* True: the action was for this view. */
	bool	(*act)(struct screen *, enum action, struct mono now);
	/* A click on HIT_ROW or HIT_HEAD; NULL: nothing there is clicked. */
	void	(*click)(struct screen *, enum hit_what, int value,
		    struct mono now);
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
	bool		overview;	/* one mark a worker, overview.h */
	int		a_line;		/* marks in a line of it */
	char		range[32];	/* "1-14 of 64"; "": all are shown */
};
extern const struct view view_workers;

struct run;
struct run_worker;
/* The selected worker as the table shows it, or NULL. */
const struct run_worker *workers_selected(const struct screen *);
/* The mark of what a worker does, and its role. */
enum glyph	workers_mark(const struct run *, const struct run_worker *,
		    enum role *);
/* The screen's row it is on, or -1. */
int	workers_row(const struct screen *);

#endif
