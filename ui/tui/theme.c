#include <assert.h>

#include "ui/tui/theme.h"

static const struct {
	char	letter;
	short	fg256;
	int	bits256;
	short	fg8;
	int	bits8;
	int	mono;
} roles[] = {
#define ROW(id, ...) { __VA_ARGS__ },
	ROLES(ROW)
};

static const struct {
	short	bg256, fg256, bg8, fg8;
	int	mono;
} grounds[] = {
#define GROUND_ROW(id, ...) { __VA_ARGS__ },
	GROUNDS(GROUND_ROW)
};

static const char *const glyphs[][2] = {
#define GLYPH_ROW(id, utf8, ascii) { utf8, ascii },
	GLYPHS(GLYPH_ROW)
};

struct look
theme_look(enum theme_colours colours, enum role r, enum ground g)
{
	struct look look = { -1, -1, 0 };

	switch (colours) {
	case THEME_256:
		look.fg = roles[r].fg256 != -1 ? roles[r].fg256 :
		    grounds[g].fg256;
		look.bg = grounds[g].bg256;
		if (g == GROUND_SELECTED && (r == ROLE_DIM || r == ROLE_IDLE))
			look.fg = 252;	/* grey cannot be read there */
		look.bits = roles[r].bits256;
		break;
	case THEME_8:
		look.fg = grounds[g].fg8 != -1 ? grounds[g].fg8 : roles[r].fg8;
		look.bg = grounds[g].bg8;
		look.bits = grounds[g].fg8 != -1 ? 0 : roles[r].bits8;
		break;
	default:	/* a reversed role on a reversed ground is plain */
		look.bits = roles[r].mono ^ grounds[g].mono;
		if (grounds[g].mono != 0)
			look.bits &= ~LOOK_DIM;
	}
	return look;
}

char
theme_letter(enum role r)
{
	return roles[r].letter;
}

const char *
theme_glyph(bool ascii, enum glyph g)
{
	return glyphs[g][ascii];
}

const char *
theme_left(bool ascii, unsigned int n)
{
	static const char *const part[] = { " ", "▏", "▎", "▍", "▌", "▋", "▊",
		"▉", "█" };

	assert(n <= 8);
	if (ascii)
		return n < 4 ? "." : "#";
	return part[n];
}

const char *
theme_below(bool ascii, unsigned int n)
{
	static const char *const part[] = { " ", "▁", "▂", "▃", "▄", "▅", "▆",
		"▇", "█" };
	static const char *const digit[] = { "0", "1", "2", "3", "5", "6", "7",
		"8", "9" };

	assert(n <= 8);
	return ascii ? digit[n] : part[n];
}
