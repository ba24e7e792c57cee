/*
 * ui/tui/tasks.h: the view of tasks: those that run and those that are
 * remembered, each once.
 */
#ifndef TUI_TASKS_H
#define TUI_TASKS_H

#include "model/record.h"
#include "model/run.h"
#include "ui/tui/layout.h"
#include "ui/tui/table.h"

struct page;
struct screen;

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
	uint64_t	   serial;	/* of it, or 0 */
};

struct tasks {
	struct table	 table;
	struct task_row	*row;		/* owned */
	int		 n, cap;
	int		 count[NTASK_LOOKS];
};


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

/* tasks_row.c: how a task looks in the table. */
enum { TASKS_NCOLUMNS = 10 };
extern const struct column tasks_columns[TASKS_NCOLUMNS];
extern const int tasks_by_state;	/* the column it is sorted by at first */
void	tasks_fit(struct widths *, const struct run *, enum layout_form,
	    int w);
void	tasks_row(const struct screen *, struct canvas *, struct rect,
	    const struct widths *, const struct table_row *, bool selected);
void	tasks_facts(const struct screen *, const struct table_row *,
	    struct facts *);
void	tasks_key(const struct screen *, struct table_row *, int column);

/* tasks_details.c: all about one. */
void	tasks_details(const struct screen *, const struct canvas *,
	    struct page *, uint64_t task);

/* view_tasks.c: go there, with only these in it: "state:failed". */
void	tasks_show(struct screen *, const char *filter);

#endif
