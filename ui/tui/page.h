/*
 * ui/tui/page.h: what a dialog shows: rows of text, some of them to choose
 * from.  Rows have a rank: when the screen is low, the least go first, and
 * then the page is scrolled so that the chosen row is seen.
 */
#ifndef TUI_PAGE_H
#define TUI_PAGE_H

#include "ui/tui/canvas.h"

enum {
	PAGE_ROWS_MAX = 64,
	PAGE_PIECES_MAX = 6,
	PAGE_TEXT_MAX = 300
};

enum page_rank { PAGE_BLANK, PAGE_HINT, PAGE_FACT, PAGE_CHOICE, PAGE_MUST };

struct page_row {
	enum page_rank	rank;
	int		choice;		/* -1: nothing to choose */
	int		n;
	struct {
		int	  x;		/* column inside the page */
		enum role role;
		char	  text[PAGE_TEXT_MAX];
	}		piece[PAGE_PIECES_MAX];
};

struct page {
	char		title[PAGE_TEXT_MAX];
	int		n;
	struct page_row	row[PAGE_ROWS_MAX];
};

void	page_start(struct page *, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));
/* A new row; choice -1 if it is none.  Rows beyond the maximum are lost. */
void	page_row(struct page *, enum page_rank, int choice);
/* Text at column x of the newest row; x -1: after what is there. */
void	page_put(struct page *, const struct canvas *, int x, enum role,
	    const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/* Text that may need several rows: from the newest row on, at column x. */
void	page_wrap(struct page *, const struct canvas *, int x, enum role,
	    const char *text);

/* The first rows in a box of just this place. */
void	page_pane(const struct page *, struct canvas *, struct rect);

/*
 * Draw in a box inside area, at its bottom, but rather not upon row avoid
 * (-1: none).  at: the choice that is marked; for a page without choices the
 * first row to show.  Returns the rows that could not be shown.
 */
int	page_draw(const struct page *, struct canvas *, struct rect area,
	    int avoid, int at);

#endif
