/*
 * ui/tui/theme.h: what things are on the screen (roles), what they lie on
 * (grounds) and their marks (glyphs), each with a look for terminals of 256
 * colours, of 8 colours and of none, in Unicode and in ASCII.  No colour has
 * a meaning alone: a mark or a word says the same.
 */
#ifndef TUI_THEME_H
#define TUI_THEME_H

#include <stdbool.h>

enum { LOOK_BOLD = 1, LOOK_DIM = 2, LOOK_UNDERLINE = 4, LOOK_REVERSE = 8 };
/* The last three have 256 colours; EITHER can be read on dark and light. */
enum theme_colours { THEME_MONO, THEME_8, THEME_EITHER, THEME_DARK,
	THEME_LIGHT, NTHEMES };

/*
 * role, letter in a role map; with 256 colours: foreground on a background
 * that may be either, on a dark one, on a light one, and look; foreground and
 * look with 8 colours; look without colours.  -1: the terminal's own.
 * ROLE_FAINT is for marks and lines, all others also for text:
 * tests/test_theme.c holds them to a contrast.
 */
#define ROLES(X) \
	X(ROLE_NORMAL, 'n',  -1,  -1,  -1, 0,	       -1, 0,	      0) \
	X(ROLE_DIM,    'd', 243, 246, 240, 0,	       -1, 0, LOOK_DIM) \
	X(ROLE_FAINT,  'q', 243, 243, 242, 0,	       -1, 0, LOOK_DIM) \
	X(ROLE_STRONG, 's',  -1, 255,  16, LOOK_BOLD,  -1, LOOK_BOLD, \
	    LOOK_BOLD) \
	X(ROLE_RUN,    'r',  29, 114,  22, 0,		2, 0,	      0) \
	X(ROLE_DONE,   'g',  29, 108,  23, 0,		2, 0,	      0) \
	X(ROLE_DRAIN,  'a',  98, 179,  58, 0,		3, 0, \
	    LOOK_UNDERLINE) \
	X(ROLE_TERM,   't', 163, 203, 124, 0,		1, LOOK_BOLD, \
	    LOOK_REVERSE) \
	X(ROLE_START,  'c',  63, 110,  24, 0,		6, 0, LOOK_DIM) \
	X(ROLE_IDLE,   'i', 243, 246, 240, 0,	       -1, 0, LOOK_DIM) \
	X(ROLE_FAIL,   'f', 163, 203, 124, LOOK_BOLD,	1, LOOK_BOLD, \
	    LOOK_BOLD) \
	X(ROLE_WARN,   'w', 131, 221,  58, LOOK_BOLD,	3, LOOK_BOLD, \
	    LOOK_BOLD) \
	X(ROLE_RETRY,  'y',  98, 141,  90, 0,		5, 0,	      0) \
	X(ROLE_USED,   'u',  63, 110,  24, 0,		6, 0,	      0) \
	X(ROLE_CHART1, 'v',  63, 110,  24, 0,		6, 0,	      0) \
	X(ROLE_CHART2, 'x',  29, 114,  22, 0,		2, 0,	      0) \
	X(ROLE_CHART3, 'z',  98, 179,  58, 0,		3, 0,	      0) \
	X(ROLE_KEY,    'k',  -1, 255,  16, 0,	       -1, 0, LOOK_BOLD)

#define THEME_ENUM(id, ...) id,
enum role { ROLES(THEME_ENUM) NROLES };
#undef THEME_ENUM

/*
 * ground; with 256 colours: background and foreground of roles that have none,
 * in the dark palette and on a background that may be either, then in the
 * light one; whether all roles have that foreground; background and foreground
 * (for all roles) with 8 colours; look without.
 */
#define GROUNDS(X) \
	X(GROUND_PLAIN,	   -1,	-1,  -1, -1, false, -1, -1, 0) \
	X(GROUND_BAR,	  235, 252, 253, 16, false,  2,  0, LOOK_REVERSE) \
	X(GROUND_SELECTED, 24, 255, 153, 16, true,   6,  0, LOOK_REVERSE) \
	X(GROUND_LABEL,	   23, 255, 152, 16, true,   6,  0, LOOK_REVERSE) \
	X(GROUND_DIALOG,  234, 252, 254, 16, false, -1, -1, 0)

#define THEME_ENUM(id, ...) id,
enum ground { GROUNDS(THEME_ENUM) NGROUNDS };
#undef THEME_ENUM

#define GLYPHS(X) \
	X(GLYPH_BLANK,	 " ", " ") \
	X(GLYPH_RUN,	 "●", "R") \
	X(GLYPH_DRAIN,	 "◐", "D") \
	X(GLYPH_TERM,	 "■", "T") \
	X(GLYPH_START,	 "○", "S") \
	X(GLYPH_IDLE,	 "·", "I") \
	X(GLYPH_FROZEN,	 "‖", "Z") \
	X(GLYPH_LOST,	 "✗", "X") \
	X(GLYPH_OK,	 "✓", "*") \
	X(GLYPH_FAIL,	 "✗", "x") \
	X(GLYPH_CANCEL,	 "⊘", "-") \
	X(GLYPH_RETRY,	 "↻", "r") \
	X(GLYPH_WARN,	 "!", "!") \
	X(GLYPH_INFO,	 "·", ".") \
	X(GLYPH_GO,	 "▶", ">") \
	X(GLYPH_HERE,	 "▸", ">") \
	X(GLYPH_TO,	 "→", "->") \
	X(GLYPH_UP,	 "↑", "^") \
	X(GLYPH_DOWN,	 "↓", "v") \
	X(GLYPH_RISING,	 "▲", "^") \
	X(GLYPH_FALLING, "▼", "v") \
	X(GLYPH_CUT,	 "…", "~") \
	X(GLYPH_BAD,	 "\ufffd", "?") \
	X(GLYPH_HLINE,	 "─", "-") \
	X(GLYPH_VLINE,	 "│", "|") \
	X(GLYPH_TL,	 "╭", "+") \
	X(GLYPH_TR,	 "╮", "+") \
	X(GLYPH_BL,	 "╰", "+") \
	X(GLYPH_BR,	 "╯", "+") \
	X(GLYPH_NOTCH,	 "┴", "+") \
	X(GLYPH_TASK,	 "█", "#") \
	X(GLYPH_TASK_NEXT, "▓", "=") \
	X(GLYPH_TASK_MANY, "▒", "%") \
	X(GLYPH_TASK_PART, "░", ":") \
	X(GLYPH_TASK_NONE, "·", ".") \
	X(GLYPH_FULL,	 "█", "#") \
	X(GLYPH_DARK,	 "▓", "x") \
	X(GLYPH_MEDIUM,	 "▒", "=") \
	X(GLYPH_LIGHT,	 "░", ".") \
	X(GLYPH_ON,	 "(•)", "(*)") \
	X(GLYPH_OFF,	 "( )", "( )")

#define THEME_ENUM(id, ...) id,
enum glyph { GLYPHS(THEME_ENUM) NGLYPHS };
#undef THEME_ENUM

#define PALETTES(X) \
	X(PALETTE_AUTO,	 "auto") \
	X(PALETTE_DARK,	 "dark") \
	X(PALETTE_LIGHT, "light")

#define THEME_ENUM(id, ...) id,
enum palette { PALETTES(THEME_ENUM) NPALETTES };
#undef THEME_ENUM

struct look {
	short	fg, bg;			/* a colour's number; -1: none set */
	int	bits;			/* LOOK_* */
};

struct look	 theme_look(enum theme_colours, enum role, enum ground);
/*
 * For a terminal of so many colours.  colorfgbg: what the terminal says of
 * itself in that variable, "15;0" or "0;default;15" (the last is the
 * background's number), or NULL.
 */
enum theme_colours theme_choose(enum palette, int colours,
		    const char *colorfgbg);
char		 theme_letter(enum role);
const char	*theme_glyph(bool ascii, enum glyph);

/* A block of n eighths of a cell: growing from the left, or from below. */
const char	*theme_left(bool ascii, unsigned int n);	/* 0 to 8 */
const char	*theme_below(bool ascii, unsigned int n);	/* 0 to 8 */

#endif
