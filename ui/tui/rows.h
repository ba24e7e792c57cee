/*
 * ui/tui/rows.h: the rows of a table in the order they are shown, and which
 * of them is selected.  The selection is an identity: it stays on what it is
 * about while rows come, go and change places.
 */
#ifndef TUI_ROWS_H
#define TUI_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/tui/keys.h"

struct table_row {
	uint64_t	 id;		/* what it is about; not 0 */
	const void	*what;		/* its facts; borrowed */
	bool		 hit;		/* it is among those sought */
	/* By what it is sorted: the text if there is one. */
	double		 number;	/* NAN: not known, at the end */
	const char	*text;		/* borrowed */
	int		 order;		/* as added */
};

/* Zeroed is empty. */
struct rows {
	struct table_row	*row;		/* owned */
	int		 n, cap;
};

void	rows_clear(struct rows *);
void	rows_add(struct rows *, uint64_t id, const void *what);
/* Rows that are equal stay in the order they were added, either way. */
void	rows_sort(struct rows *, bool down);
int	rows_find(const struct rows *, uint64_t id);	/* -1: not there */

struct list {
	uint64_t	id;		/* selected; 0: none */
	int		at;		/* the row it was in */
	int		top;		/* first row shown */
	int		shown;		/* rows that found room */
	int		room;		/* lines for them */
	int		n;		/* rows there are */
};

/* Rows are new: if the selected one is gone, who is in its place now is it. */
void	list_follow(struct list *, const struct rows *);
void	list_select(struct list *, const struct rows *, int at);
/* The action moved the selection: true. */
bool	list_move(struct list *, const struct rows *, enum action);
/*
 * There are so many lines for rows: scroll no further than needed to see the
 * selected one.  lines: how many a row takes; NULL: one.
 */
void	list_place(struct list *, const struct rows *, int room,
	    int (*lines)(const struct table_row *, void *arg), void *arg);

#endif
