/*
 * ui/tui/overview.h: the Workers view with one mark a worker instead of one
 * row, in groups of 8, so that a pool of hundreds is seen at once.
 */
#ifndef TUI_OVERVIEW_H
#define TUI_OVERVIEW_H

#include "ui/tui/screen.h"

int	overview_rows(const struct screen *);
/* Marks of the table's rows, in its order, and what is below them; the line
   about the selected worker is the caller's if there is a place for it
   (layout->detail). */
void	overview_draw(struct screen *, struct canvas *, const struct layout *);
/* Arrows move over marks and lines of them.  False: another action. */
bool	overview_act(struct screen *, enum action);

#endif
