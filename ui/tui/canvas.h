/*
 * ui/tui/canvas.h: the screen as cells in memory.  Everything is drawn here
 * first; a terminal, a test or a file gets it afterwards.  All functions cut
 * at the border, so nothing is ever drawn outside.
 */
#ifndef TUI_CANVAS_H
#define TUI_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/tui/hit.h"
#include "ui/tui/theme.h"

enum {
	CANVAS_SIDE_MAX = 1000,		/* rows, columns */
	CELL_POINTS_MAX = 4		/* a letter and what is put upon it */
};

struct cell {
	uint32_t point[CELL_POINTS_MAX];	/* ends with 0 if shorter */
	uint8_t	 width;		/* 1; 2: and the next cell; 0: its other half */
	uint8_t	 role;		/* enum role */
	uint8_t	 ground;	/* enum ground */
};

struct rect {
	int	y, x, h, w;	/* h or w 0: nothing */
};

struct canvas {
	int	     h, w;
	bool	     ascii;	/* nothing but ASCII is drawn */
	struct cell *cell;	/* owned, h * w, row by row */
	bool	     blocks;	/* no braille: charts are made of blocks */
	struct hits  hits;	/* what can be clicked */
};

/* Sides are cut to 1 ... CANVAS_SIDE_MAX. */
struct canvas	*canvas_new(int h, int w, bool ascii);
void		 canvas_free(struct canvas *);		/* NULL is fine */

/* Blank and on this ground. */
void	canvas_clear(struct canvas *, struct rect, enum ground);
/* Only the ground changes, what is written stays. */
void	canvas_ground(struct canvas *, struct rect, enum ground);

/*
 * The only way for text to reach cells.  Controls and broken bytes become
 * a blank or a replacement sign; what is wider than max columns ends in a
 * mark; a wide letter is never split.  Returns the columns used.
 */
int	canvas_puts(struct canvas *, int y, int x, int max, enum role,
	    const char *utf8);
int	canvas_printf(struct canvas *, int y, int x, int max, enum role,
	    const char *fmt, ...) __attribute__((format(printf, 6, 7)));

/* So that it ends before column end; it gets at most max columns. */
int	canvas_right(struct canvas *, int y, int end, int max, enum role,
	    const char *utf8);
int	canvas_glyph(struct canvas *, int y, int x, enum role, enum glyph);

/* n times a glyph of one column. */
void	canvas_line(struct canvas *, int y, int x, int n, enum role,
	    enum glyph);

/* A bar of w columns, part of it full.  NAN: empty. */
void	canvas_bar(struct canvas *, int y, int x, int w, double part,
	    enum role);

/* A border around rect with a title in it; the inside becomes blank, on that
   ground. */
void	canvas_frame(struct canvas *, struct rect, enum ground,
	    const char *title);
/* The same for a dialog. */
void	canvas_box(struct canvas *, struct rect, const char *title);

/* A click in rect means this. */
void	canvas_hit(struct canvas *, struct rect, enum hit_what, int64_t value);

/* The columns that text takes, as canvas_puts would. */
int	canvas_width(const struct canvas *, const char *utf8);

/* The screen as text, rows ended by newline, no blanks at ends. free() it. */
char	*canvas_text(const struct canvas *);
/* The same with the letters of roles; upper case: not on the plain ground. */
char	*canvas_roles(const struct canvas *);

#endif
