#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "ui/tui/canvas.h"

enum { TEXT_MAX = 4096 };	/* bytes of one text that are looked at */

static int
within(int v, int min, int max)
{
	return v < min ? min : v > max ? max : v;
}

static struct cell *
cell_at(const struct canvas *c, int y, int x)
{
	assert(y >= 0 && y < c->h && x >= 0 && x < c->w);
	return c->cell + (size_t)y * (size_t)c->w + (size_t)x;
}

static struct rect
cut(const struct canvas *c, struct rect r)
{
	int y = within(r.y, 0, c->h), x = within(r.x, 0, c->w);

	return (struct rect){ y, x, within(r.y + r.h, y, c->h) - y,
	    within(r.x + r.w, x, c->w) - x };
}

void
canvas_free(struct canvas *c)
{
	if (c == NULL)
		return;
	free(c->cell);
	free(c);
}

static void
cell_blank(struct cell *cell)
{
	memset(cell->point, 0, sizeof cell->point);
	cell->point[0] = ' ';
	cell->width = 1;
	cell->role = ROLE_NORMAL;
}

struct canvas *
canvas_new(int h, int w, bool ascii)
{
	struct canvas *c = mem_alloc(sizeof *c);

	c->h = within(h, 1, CANVAS_SIDE_MAX);
	c->w = within(w, 1, CANVAS_SIDE_MAX);
	c->ascii = ascii;
	c->cell = mem_array((size_t)c->h * (size_t)c->w, sizeof *c->cell);
	for (int i = 0; i < c->h * c->w; i++)
		cell_blank(&c->cell[i]);
	return c;
}

/* A wide letter of which this cell is a half goes away as a whole. */
static void
unsplit(struct canvas *c, int y, int x)
{
	struct cell *cell = cell_at(c, y, x);

	if (cell->width == 0)
		cell_blank(cell_at(c, y, x - 1));
	else if (cell->width == 2)
		cell_blank(cell_at(c, y, x + 1));
	cell_blank(cell);
}

void
canvas_clear(struct canvas *c, struct rect rect, enum ground ground)
{
	struct rect r = cut(c, rect);

	for (int y = r.y; y < r.y + r.h; y++)
		for (int x = r.x; x < r.x + r.w; x++) {
			unsplit(c, y, x);
			cell_at(c, y, x)->ground = (uint8_t)ground;
		}
}

void
canvas_ground(struct canvas *c, struct rect rect, enum ground ground)
{
	struct rect r = cut(c, rect);

	for (int y = r.y; y < r.y + r.h; y++)
		for (int x = r.x; x < r.x + r.w; x++)
			cell_at(c, y, x)->ground = (uint8_t)ground;
}

void
canvas_hit(struct canvas *c, struct rect r, enum hit_what what,
    int64_t value)
{
	hits_add(&c->hits, &(struct hit){ r.y, r.x, r.h, r.w, what, value });
}

/* A letter with its marks: what one cell, or two, will hold. */
struct cluster {
	uint32_t point[CELL_POINTS_MAX];
	int	 n;
	int	 width;
};

static bool
selector_is(uint32_t cp)
{
	return cp >= 0xfe00 && cp <= 0xfe0f;
}

/* What stands for cp; columns, 0 for a mark upon the letter before. */
static int
shown(const struct canvas *c, uint32_t *cp)
{
	int width;

	if (*cp == '\t' || *cp == '\n' || *cp == '\r')
		*cp = ' ';
	if (!text_printable_is(*cp) || (c->ascii && *cp > 0x7e) ||
	    (width = wcwidth((wchar_t)*cp)) < 0 || width > 2) {
		*cp = c->ascii ? '?' : TEXT_BAD;
		return 1;
	}
	return width;
}

/* The next cluster of s; bytes taken.  n 0: there was nothing to show. */
static size_t
cluster_next(const struct canvas *c, const char *s, size_t len,
    struct cluster *cl)
{
	size_t i = 0, n;
	uint32_t cp;
	int width;

	memset(cl, 0, sizeof *cl);
	while (i < len) {
		n = text_decode(s + i, len - i, &cp);
		width = selector_is(cp) ? 0 : shown(c, &cp);
		if (width > 0 && cl->n > 0)
			break;
		i += n;
		if (width > 0) {
			cl->width = width;
			cl->point[cl->n++] = cp;
		} else if (cl->n > 0 && cl->n < CELL_POINTS_MAX &&
		    !selector_is(cp))
			cl->point[cl->n++] = cp;
	}
	return i;
}

static void
cluster_put(struct canvas *c, int y, int x, enum role role,
    const struct cluster *cl)
{
	struct cell *cell;

	for (int i = 0; i < cl->width; i++)
		unsplit(c, y, x + i);
	cell = cell_at(c, y, x);
	memcpy(cell->point, cl->point, sizeof cell->point);
	cell->width = (uint8_t)cl->width;
	cell->role = (uint8_t)role;
	if (cl->width == 2) {
		cell = cell_at(c, y, x + 1);
		memset(cell->point, 0, sizeof cell->point);
		cell->width = 0;
		cell->role = (uint8_t)role;
	}
}

int
canvas_width(const struct canvas *c, const char *s)
{
	size_t len = strnlen(s, TEXT_MAX);
	struct cluster cl;
	int width = 0;

	for (size_t i = 0; i < len; width += cl.width)
		i += cluster_next(c, s + i, len - i, &cl);
	return width;
}

int
canvas_puts(struct canvas *c, int y, int x, int max, enum role role,
    const char *s)
{
	size_t len = strnlen(s, TEXT_MAX);
	struct cluster cl;
	int used = 0, room;
	bool whole;

	if (y < 0 || y >= c->h || x < 0 || x >= c->w || max <= 0)
		return 0;
	max = max < c->w - x ? max : c->w - x;
	whole = canvas_width(c, s) <= max;
	room = whole ? max : max - 1;
	for (size_t i = 0; i < len;) {
		i += cluster_next(c, s + i, len - i, &cl);
		if (used + cl.width > room)
			break;
		if (cl.n == 0)
			continue;
		cluster_put(c, y, x + used, role, &cl);
		used += cl.width;
	}
	if (!whole)
		used += canvas_glyph(c, y, x + used, role, GLYPH_CUT);
	return used;
}

int
canvas_printf(struct canvas *c, int y, int x, int max, enum role role,
    const char *fmt, ...)
{
	char text[TEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return canvas_puts(c, y, x, max, role, text);
}

int
canvas_right(struct canvas *c, int y, int end, int max, enum role role,
    const char *s)
{
	int width = canvas_width(c, s);

	width = width < max ? width : max;
	return canvas_puts(c, y, end - width, width, role, s);
}

int
canvas_glyph(struct canvas *c, int y, int x, enum role role, enum glyph g)
{
	const char *s = theme_glyph(c->ascii, g);

	if (canvas_width(c, s) > c->w - x)
		return 0;
	return canvas_puts(c, y, x, c->w - x, role, s);
}

void
canvas_line(struct canvas *c, int y, int x, int n, enum role role,
    enum glyph g)
{
	for (int i = 0; i < n; i++)
		canvas_glyph(c, y, x + i, role, g);
}

void
canvas_bar(struct canvas *c, int y, int x, int w, double part, enum role role)
{
	int eighths, full;

	canvas_line(c, y, x, w, ROLE_FAINT, GLYPH_LIGHT);
	if (!(part > 0) || w <= 0)
		return;
	eighths = (int)lround(fmin(part, 1) * w * 8);
	full = eighths / 8;
	canvas_line(c, y, x, full, role, GLYPH_FULL);
	if (eighths % 8 != 0 && (!c->ascii || eighths % 8 >= 4))
		canvas_puts(c, y, x + full, 1, role,
		    theme_left(c->ascii, (unsigned int)eighths % 8));
}

void
canvas_frame(struct canvas *c, struct rect r, enum ground ground,
    const char *title)
{
	int bottom = r.y + r.h - 1, right = r.x + r.w - 1;

	if (r.h < 2 || r.w < 2)
		return;
	canvas_clear(c, r, ground);
	canvas_line(c, r.y, r.x + 1, r.w - 2, ROLE_DIM, GLYPH_HLINE);
	canvas_line(c, bottom, r.x + 1, r.w - 2, ROLE_DIM, GLYPH_HLINE);
	for (int y = r.y + 1; y < bottom; y++) {
		canvas_glyph(c, y, r.x, ROLE_DIM, GLYPH_VLINE);
		canvas_glyph(c, y, right, ROLE_DIM, GLYPH_VLINE);
	}
	canvas_glyph(c, r.y, r.x, ROLE_DIM, GLYPH_TL);
	canvas_glyph(c, r.y, right, ROLE_DIM, GLYPH_TR);
	canvas_glyph(c, bottom, r.x, ROLE_DIM, GLYPH_BL);
	canvas_glyph(c, bottom, right, ROLE_DIM, GLYPH_BR);
	if (title != NULL && *title != '\0' && r.w >= 8) {
		int n = canvas_puts(c, r.y, r.x + 3, r.w - 6, ROLE_STRONG,
		    title);

		canvas_puts(c, r.y, r.x + 2, 1, ROLE_DIM, " ");
		canvas_puts(c, r.y, r.x + 3 + n, 1, ROLE_DIM, " ");
	}
}

void
canvas_box(struct canvas *c, struct rect r, const char *title)
{
	canvas_frame(c, r, GROUND_DIALOG, title);
}

static void
put_cell(struct buf *b, const struct cell *cell)
{
	char utf8[4];

	for (int i = 0; i < CELL_POINTS_MAX && cell->point[i] != 0; i++)
		buf_put(b, utf8, text_encode(cell->point[i], utf8));
}

static void
put_role(struct buf *b, const struct cell *cell)
{
	char letter = theme_letter((enum role)cell->role);

	if (cell->ground != GROUND_PLAIN)
		letter = (char)toupper((unsigned char)letter);
	else if (cell->point[0] == ' ')
		letter = ' ';
	buf_put(b, &letter, 1);
}

static char *
dump(const struct canvas *c, void (*put)(struct buf *, const struct cell *))
{
	struct buf b = { 0 };

	for (int y = 0; y < c->h; y++) {
		for (int x = 0; x < c->w; x++)
			put(&b, cell_at(c, y, x));
		while (b.len > 0 && b.data[b.len - 1] == ' ')
			b.len--;
		buf_put(&b, "\n", 1);
	}
	buf_put(&b, "", 1);
	return (char *)b.data;
}

char *
canvas_text(const struct canvas *c)
{
	return dump(c, put_cell);
}

char *
canvas_roles(const struct canvas *c)
{
	return dump(c, put_role);
}
