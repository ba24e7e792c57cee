/*
 * ui/tui/workers.h: the view of workers: its rows, tags and details.
 */
#ifndef TUI_WORKERS_H
#define TUI_WORKERS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "model/run.h"
#include "ui/tui/layout.h"
#include "ui/tui/table.h"

struct page;
struct screen;

struct workers {
	struct table	table;
	struct {		/* tagged: a process, never who comes later */
		unsigned int	slot;
		pid_t		pid;
	}		tag[POOL_MAX];
	unsigned int	ntags;
	bool		overview;	/* one mark a worker, overview.h */
	int		a_line;		/* marks in a line of it */
};

/* The selected worker as the table shows it, or NULL. */
const struct run_worker *workers_selected(const struct screen *);
const struct run_worker *workers_find(const struct run *, uint64_t slot);

/* workers_row.c: how a worker looks in the table. */
enum { WORKERS_NCOLUMNS = 14 };
extern const struct column workers_columns[WORKERS_NCOLUMNS];
void	workers_fit(struct widths *, const struct run *, enum layout_form,
	    int w);
void	workers_row(const struct screen *, struct canvas *, struct rect,
	    const struct widths *, const struct table_row *, bool selected);
/* "job item" when there are several jobs, else the item. */
enum { WORKERS_LABEL_MAX = RUN_LABEL_MAX + JOB_NAME_MAX };
const char *workers_label(const struct run *, const struct run_worker *,
	    char out[WORKERS_LABEL_MAX]);
/* The mark of what a worker does, and its role. */
enum glyph	workers_mark(const struct run *, const struct run_worker *,
		    enum role *);
void	workers_key(const struct screen *, struct table_row *, int column);

/* workers_tags.c */
bool	workers_tagged_is(const struct workers *, const struct run_worker *);
void	workers_tag(struct workers *, const struct run_worker *, bool on);
void	workers_tag_shown(struct workers *);
/* Tags of processes that are no more go. */
void	workers_tags_follow(struct workers *, const struct run *);

/* workers_details.c: all about one. */
void	workers_details(const struct screen *, const struct canvas *,
	    struct page *, uint64_t slot);

#endif
