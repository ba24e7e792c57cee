/*
 * ui/tui/table.h: what all views that are tables do alike: rows that are
 * gathered, filtered, sorted, sought and scrolled.
 */
#ifndef TUI_TABLE_H
#define TUI_TABLE_H

#include <stdbool.h>

#include "ui/tui/columns.h"
#include "ui/tui/filter.h"
#include "ui/tui/keys.h"
#include "ui/tui/rows.h"

struct screen;

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

/* The table of the view that is shown, or NULL. */
struct table	*table_of(struct screen *);
const struct table *table_seen(const struct screen *);
/* Bring its rows up to date. */
void		 table_update(struct screen *);
/* Its facts changed: rows are gathered anew when they are needed. */
void		 table_stale(struct table *);
bool		 table_act(struct screen *, enum action);
bool		 table_may(const struct screen *, enum action,
		    const char **why);
/* Sort by this column; again: the other way round. */
void		 table_sort(struct screen *, int column);
/* A click: a row is selected, by a column it is sorted. */
void		 table_click(struct screen *, enum hit_what, int64_t value);
/* Select the next row that is sought: step 1, -1, or 0: this one too. */
bool		 table_seek(struct screen *, int step);
/* Place as many rows as there are lines from y on; sets the range. */
void		 table_place(struct screen *, int y, int lines,
		    int (*height)(const struct table_row *, void *arg),
		    void *arg);
/* Set the range, of a list that is placed. */
void		 table_range(struct table *);
/* The screen's line of the selected row, or -1. */
int		 table_line(const struct screen *);

#endif
