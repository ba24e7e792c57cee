/*
 * ui/tui/line.h: one line of the screen, made of pieces of which the less
 * important ones are left out when it gets narrow.
 */
#ifndef TUI_LINE_H
#define TUI_LINE_H

#include "ui/tui/canvas.h"

enum { LINE_PIECES_MAX = 48, PIECE_MAX = 320 };

struct piece {
	char		text[PIECE_MAX];
	enum role	role;
	enum ground	ground;
	int		key;		/* a click on it presses this */
	int		keep;		/* the least goes first */
};

struct line {
	struct piece	piece[LINE_PIECES_MAX];
	int		n;
	enum ground	ground;		/* of pieces that come */
	int		key;		/* the same; KEY_NONE: no click */
};

/* Further pieces than LINE_PIECES_MAX are not taken. */
void	line_start(struct line *, enum ground);
void	line_add(struct line *, int keep, enum role, const char *fmt, ...)
	    __attribute__((format(printf, 4, 5)));
/* A piece that goes with the one before it, in another role. */
void	line_join(struct line *, enum role, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));

/* Draw from column x to before end; columns used. */
int	line_draw(const struct line *, struct canvas *, int y, int x, int end);
/* The same, ending before column end; where it begins is returned. */
int	line_right(const struct line *, struct canvas *, int y, int x,
	    int end);

#endif
