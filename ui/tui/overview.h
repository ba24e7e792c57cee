/*
 * ui/tui/overview.h: the Workers view with one mark a worker instead of one
 * row, in groups of 8, so that a pool of hundreds is seen at once.
 */
#ifndef TUI_OVERVIEW_H
#define TUI_OVERVIEW_H

#include "ui/tui/screen.h"

int	overview_rows(const struct screen *);
/* Cells and what is below them; the selected worker's line is the caller's
   if there is a place for it (layout->detail). */
void	overview_draw(struct screen *, struct canvas *, const struct layout *);
/* The worker, counted from 0, that the action leads to from at; -1: none. */
int	overview_move(const struct screen *, enum action, int at);
/* The line of cells that worker i is on, from 0 at the top of the screen's
   table; -1: not seen. */
int	overview_line(const struct screen *, int i);

#endif
