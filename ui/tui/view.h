/*
 * ui/tui/view.h: the views of a run, one at a time below the pool line.  A
 * view is one file and one row of the table in view.c.
 */
#ifndef TUI_VIEW_H
#define TUI_VIEW_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/mono.h"
#include "model/event.h"
#include "model/job.h"
#include "ui/tui/canvas.h"
#include "ui/tui/columns.h"
#include "ui/tui/filter.h"
#include "ui/tui/keys.h"
#include "ui/tui/rows.h"

struct screen;
struct layout;
struct page;
struct attempt;
struct run_worker;

/* What every view that is a table has. */
struct table {
	struct rows	rows;		/* owned: filtered and sorted */
	bool		fresh;		/* they are of the newest facts */
	int		all;		/* rows without the filter */
	int		hits;		/* of what is sought */
	struct list	list;
	struct sort	sort;
	char		filter[FILTER_TEXT_MAX];	/* "": none */
	int		line;		/* of the selected row; -1: not seen */
	char		range[32];	/* "1-14 of 64"; "": all are shown */
};

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

/* table.c: the table of the view that is shown, or NULL. */
struct table	*table_of(struct screen *);
/* Bring its rows up to date. */
void		 table_update(struct screen *);
/* Its facts changed: rows are gathered anew when they are needed. */
void		 table_stale(struct table *);
bool		 table_act(struct screen *, enum action);
bool		 table_may(const struct screen *, enum action,
		    const char **why);
/* Sort by this column; again: the other way round. */
void		 table_sort(struct screen *, int column);
/* Select the next row that is sought: step 1, -1, or 0: this one too. */
bool		 table_seek(struct screen *, int step);
/* Place as many rows as there are lines from y on; sets the range. */
void		 table_place(struct screen *, int y, int lines,
		    int (*height)(const struct table_row *, void *arg), void *arg);
/* The screen's line of the selected row, or -1. */
int		 table_line(const struct screen *);

/* view_workers.c */
struct workers {
	struct table	table;
	struct {
		unsigned int	slot;
		pid_t		pid;
	}		tag[POOL_MAX];
	unsigned int	ntags;
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

/* The selected worker as the table shows it, or NULL. */
const struct run_worker *workers_selected(const struct screen *);
/* worker_details.c */
void	workers_details(const struct screen *, const struct canvas *,
	    struct page *, uint64_t slot);
bool	workers_tagged_is(const struct screen *, const struct run_worker *);

/* view_tasks.c */
#define TASK_LOOKS(X) \
	X(SHOWN_RUNNING,   "running",   GLYPH_RUN,    ROLE_RUN) \
	X(SHOWN_FROZEN,    "frozen",    GLYPH_FROZEN, ROLE_START) \
	X(SHOWN_STOPPING,  "stopping",  GLYPH_TERM,   ROLE_TERM) \
	X(SHOWN_AGAIN,     "queued",    GLYPH_RETRY,  ROLE_RETRY) \
	X(SHOWN_FAILED,    "failed",    GLYPH_FAIL,   ROLE_FAIL) \
	X(SHOWN_CANCELLED, "cancelled", GLYPH_CANCEL, ROLE_WARN) \
	X(SHOWN_DONE,      "done",      GLYPH_OK,     ROLE_DONE)
#define VIEW_ENUM(id, ...) id,
enum task_look { TASK_LOOKS(VIEW_ENUM) NTASK_LOOKS };
#undef VIEW_ENUM

/* A task as far as it is known here. */
struct task_row {
	task_id		   task;
	enum task_look	   look;
	const struct run_worker *worker;	/* that executes it, or NULL */
	const struct attempt	*last;		/* that ended, or NULL */
};

struct tasks {
	struct table	 table;
	struct task_row	*row;		/* owned */
	int		 n, cap;
	int		 count[NTASK_LOOKS];
};
extern const struct view view_tasks;
extern const int view_tasks_by_state;	/* its column */

/* tasks.c: all tasks that run or of which the record knows, in the order of
   TASK_LOOKS. */
void	tasks_gather(struct screen *);
const struct task_row *tasks_find(const struct screen *, task_id);
const struct task_row *tasks_selected(const struct screen *);
/* Attempts of a task that are known, oldest first; how many. */
int	tasks_attempts(const struct screen *, task_id,
	    const struct attempt **out, int max);
const char *task_look_name(enum task_look);
enum glyph task_look_glyph(enum task_look);
enum role task_look_role(enum task_look);
void	tasks_details(const struct screen *, const struct canvas *,
	    struct page *, uint64_t task);
/* That view, with only these in it: "state:failed". */
void	tasks_show(struct screen *, const char *filter);

/* view_log.c */
struct log {
	struct table	table;
	enum event_level level;		/* the least that is shown */
	bool		held;		/* it does not follow the newest */
	bool		wrap;
	uint64_t	count;		/* events when rows were gathered */
	uint64_t	seen;		/* events that were there when it was
					   looked at last */
};
extern const struct view view_log;

/* Warnings and errors that nobody has looked at. */
unsigned int	log_unseen(const struct screen *);
void		log_level(struct screen *, enum event_level);

#endif
