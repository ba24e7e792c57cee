/*
 * ui/tui/columns.h: the columns of a table: how wide each is on this screen,
 * which are left out, their titles and the mark of the one it is sorted by.
 */
#ifndef TUI_COLUMNS_H
#define TUI_COLUMNS_H

#include "ui/tui/layout.h"

enum {
	COLUMNS_MAX = 16,
	COLUMN_STAYS = 99	/* never left out */
};

struct column {
	const char	*title;		/* "": none */
	int		 w;		/* the least */
	bool		 right;		/* aligned to the right */
	int		 keep;		/* the least go first when it is narrow */
	const char	*sort;		/* what sorting by it is called; NULL */
	bool		 down;		/* sorted from the largest at first */
};

struct sort {
	int		by;		/* column */
	bool		down;
};

/* Widths of the columns on a screen; 0: not shown. */
struct widths {
	int	mark;			/* columns before the first one */
	int	n;
	int	w[COLUMNS_MAX];
};

void	columns_start(struct widths *, const struct column *, int n, int mark);
int	columns_total(const struct widths *);
/* Leave out columns until all fit into w. */
void	columns_fit(struct widths *, const struct column *, int w);
/* One column takes of what is left of w, up to a width. */
void	columns_widen(struct widths *, int column, int upto, int w);
void	columns_head(struct canvas *, struct rect, const struct widths *,
	    const struct column *, const struct sort *);
void	columns_put(struct canvas *, int y, int x, int w, bool right,
	    enum role, const char *text);

#endif
