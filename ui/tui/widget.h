/*
 * ui/tui/widget.h: the parts of the screen around the view.  Each draws the
 * facts into its place and changes nothing.
 */
#ifndef TUI_WIDGET_H
#define TUI_WIDGET_H

#include "base/human.h"
#include "ui/tui/line.h"
#include "ui/tui/screen.h"

void	widget_title(const struct screen *, struct canvas *, struct rect,
	    enum layout_form, struct mono now);
void	widget_meters(const struct screen *, struct canvas *, struct rect,
	    enum layout_form);
void	widget_runbar(const struct screen *, struct canvas *, struct rect,
	    enum layout_form);
void	widget_pool(const struct screen *, struct canvas *, struct rect,
	    enum layout_form);
/* right: what the view says of itself ("1-14 of 64"), or "". */
void	widget_tabs(const struct screen *, struct canvas *, struct rect,
	    const char *right);
/* The same with what the table says: rows shown, sorting, filter, find. */
void	widget_tabs_table(const struct screen *, struct canvas *, struct rect);
void	widget_events(const struct screen *, struct canvas *, struct rect);
void	widget_footer(const struct screen *, struct canvas *, struct rect,
	    enum layout_form);
/* A message that passes: over the last event, or over the keys. */
void	widget_toast(const struct screen *, struct canvas *,
	    const struct layout *);
/* Instead of a table when there is none to show: finished, empty, no workers.
   False: there is a table to show. */
bool	widget_panel_is(const struct screen *);
int	widget_panel_rows(const struct screen *);
void	widget_panel(const struct screen *, struct canvas *, struct rect);
/* The few lines for a terminal too small for anything else. */
void	widget_tiny(const struct screen *, struct canvas *, struct mono now);

/* Something that stays until it is no longer so: engine lost, why nothing
   starts. */
bool	widget_notice_is(const struct screen *);
void	widget_notice(const struct screen *, struct canvas *, struct rect,
	    struct mono now);

/* The state of the run: its mark, word and role; what shows its counts. */
struct state_look {
	enum glyph	glyph;
	const char	*word;
	enum role	role;
};
struct state_look widget_state(const struct screen *);
void	widget_counts(const struct screen *, const struct canvas *,
	    struct line *, enum layout_form);
const char *widget_eta(const struct screen *, char out[HUMAN_MAX]);
/* Ended tasks / all; NAN when all are not known. */
double	widget_part(const struct run *);

#endif
