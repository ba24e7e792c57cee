/*
 * ui/tui/layout.h: where the parts of the screen go.  Pure: sizes in, places
 * out, so that every size can be tested.
 *
 * When rows get few, these are lost first: spare events, the charts, the
 * detail line,
 * the second event, the meters, the first event, the tab line, then rows of
 * the table down to three.  Title, run bar, pool line and keys always stay.
 */
#ifndef TUI_LAYOUT_H
#define TUI_LAYOUT_H

#include <stdbool.h>

#include "ui/tui/canvas.h"

enum {
	LAYOUT_TINY_H = 8,	/* below this height ... */
	LAYOUT_TINY_W = 40,	/* ... or width: a few lines of text */
	LAYOUT_METERS_MAX = 8	/* rows */
};

enum layout_form {
	LAYOUT_TINY,
	LAYOUT_NARROW,		/* from 40 columns */
	LAYOUT_MEDIUM,		/* from 60 */
	LAYOUT_NORMAL,		/* from 80 */
	LAYOUT_WIDE		/* from 110 */
};

struct layout_in {
	int	h, w;
	int	ncores;
	int	rows;		/* that the view would like to show */
	int	events;		/* that there are to show */
	bool	notice;		/* something to say that must be seen */
	bool	charts;		/* to be shown below the table, given room */
};

/* A part with h 0 is not shown.  All other parts are as wide as the screen. */
struct layout {
	enum layout_form form;
	struct rect	 title, meters, runbar, pool, tabs;
	struct rect	 head;		/* names of the table's columns */
	struct rect	 table, detail;
	struct rect	 charts;	/* 1 row: sparklines */
	struct rect	 events_head;	/* a rule above them, given room */
	struct rect	 events, notice, footer;
	struct rect	 view;		/* head to charts, and the space
					   below them down to the events (and
					   their rule) */
};

void	layout_split(struct layout *, const struct layout_in *);

/* Rows of the wide form's meters, and columns of cores in their left half;
   0 columns: too many cores for a bar each. */
int	layout_meter_rows(int ncores, int *columns);

#endif
