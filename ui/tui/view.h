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
#include "ui/tui/table.h"

struct screen;
struct layout;
struct page;

struct view {
	const char *name;		/* on the tab line */
	const char *noun;		/* what its rows are: "workers" */
	bool	quiet;			/* no events below it */
	/* Rows it would like to show. */
	int	(*rows)(const struct screen *);
	bool	pane;			/* charts may go below its table */
	void	(*draw)(struct screen *, struct canvas *,
		    const struct layout *);
	/* True: the action was for this view. */
	bool	(*act)(struct screen *, enum action, struct mono now);
	/* A click on HIT_ROW or HIT_HEAD; NULL: nothing there is clicked. */
	void	(*click)(struct screen *, enum hit_what, int64_t value);
	/* A new snapshot came: keep selections on what they were on. */
	void	(*follow)(struct screen *);
	/* May this be done here?  Of actions that not every view knows.
	   NULL: none of them. */
	bool	(*may)(const struct screen *, enum action, const char **why);

	/* If it is a table; else all of these are NULL. */
	struct table *(*table)(struct screen *);
	void	(*gather)(struct screen *, struct table *);	/* all rows */
	void	(*facts)(const struct screen *, const struct table_row *,
		    struct facts *);
	/* Number or text of a row for sorting by a column. */
	void	(*key)(const struct screen *, struct table_row *, int column);
	void	(*details)(const struct screen *, const struct canvas *,
		    struct page *, uint64_t id);
	const struct column *columns;
	int	ncolumns;
};

extern const struct view *const views[];
extern const int nviews;

/* Why not: a sentence, unless why is NULL.  Always false. */
bool	view_refuse(const char **why, const char *sentence);
/* The action is for another view: which.  Always false. */
bool	view_elsewhere(enum action, const char **why);

extern const struct view view_workers, view_tasks, view_log;

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

#endif
