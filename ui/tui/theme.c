#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ui/tui/theme.h"

static const struct {
	char	letter;
	short	either, dark, light;
	int	bits256;
	short	fg8;
	int	bits8;
	int	mono;
} roles[] = {
#define ROW(id, ...) { __VA_ARGS__ },
	ROLES(ROW)
};

static const struct {
	short	dark_bg, dark_fg, light_bg, light_fg;
	bool	all;
	short	bg8, fg8;
	int	mono;
} grounds[] = {
#define GROUND_ROW(id, ...) { __VA_ARGS__ },
	GROUNDS(GROUND_ROW)
};

static const char *const glyphs[][2] = {
#define GLYPH_ROW(id, utf8, ascii) { utf8, ascii },
	GLYPHS(GLYPH_ROW)
};

static struct look
look_256(enum theme_colours colours, enum role r, enum ground g)
{
	bool light = colours == THEME_LIGHT;
	short own = light ? roles[r].light : roles[r].dark;
	short fg = light ? grounds[g].light_fg : grounds[g].dark_fg;

	if (colours == THEME_EITHER && g == GROUND_PLAIN)
		own = roles[r].either;
	if (own != -1 && !grounds[g].all)
		fg = own;
	return (struct look){ fg, light ? grounds[g].light_bg :
	    grounds[g].dark_bg, roles[r].bits256 };
}

struct look
theme_look(enum theme_colours colours, enum role r, enum ground g)
{
	struct look look = { -1, -1, 0 };

	switch (colours) {
	case THEME_MONO:	/* reversed on reversed is plain */
		look.bits = roles[r].mono ^ grounds[g].mono;
		if (grounds[g].mono != 0)
			look.bits &= ~LOOK_DIM;
		break;
	case THEME_8:
		look.fg = grounds[g].fg8 != -1 ? grounds[g].fg8 : roles[r].fg8;
		look.bg = grounds[g].bg8;
		look.bits = grounds[g].fg8 != -1 ? 0 : roles[r].bits8;
		break;
	default:
		look = look_256(colours, r, g);
	}
	return look;
}

enum theme_colours
theme_choose(enum palette palette, int colours, const char *colorfgbg)
{
	const char *last = colorfgbg != NULL ? strrchr(colorfgbg, ';') : NULL;
	char *end;
	long bg;

	if (colours < 256)
		return colours < 8 ? THEME_MONO : THEME_8;
	if (palette != PALETTE_AUTO)
		return palette == PALETTE_DARK ? THEME_DARK : THEME_LIGHT;
	if (last == NULL)
		return THEME_EITHER;
	bg = strtol(last + 1, &end, 10);
	if (end == last + 1 || *end != '\0' || bg < 0 || bg > 15)
		return THEME_EITHER;
	return bg == 7 || bg > 8 ? THEME_LIGHT : THEME_DARK;
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
