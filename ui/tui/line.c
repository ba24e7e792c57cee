#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ui/tui/line.h"

void
line_start(struct line *l, enum ground ground)
{
	l->n = 0;
	l->ground = ground;
	l->key = 0;
}

static struct piece *
add(struct line *l, int keep, enum role role)
{
	struct piece *p;

	if (l->n == LINE_PIECES_MAX)
		return NULL;
	p = &l->piece[l->n++];
	p->role = role;
	p->ground = l->ground;
	p->key = l->key;
	p->keep = keep;
	return p;
}

void
line_add(struct line *l, int keep, enum role role, const char *fmt, ...)
{
	struct piece *p = add(l, keep, role);
	va_list ap;

	if (p == NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(p->text, sizeof p->text, fmt, ap);
	va_end(ap);
}

void
line_join(struct line *l, enum role role, const char *fmt, ...)
{
	struct piece *p = add(l, l->n > 0 ? l->piece[l->n - 1].keep : 0, role);
	va_list ap;

	if (p == NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(p->text, sizeof p->text, fmt, ap);
	va_end(ap);
}

/* The width of pieces that are kept from least on; the lowest of them. */
static int
width_from(const struct line *l, const struct canvas *c, int least,
    int *lowest)
{
	int width = 0;

	*lowest = INT_MAX;
	for (int i = 0; i < l->n; i++) {
		if (l->piece[i].keep < least)
			continue;
		width += canvas_width(c, l->piece[i].text);
		if (l->piece[i].keep < *lowest)
			*lowest = l->piece[i].keep;
	}
	return width;
}

/* From which importance on pieces stay, so that they fit; their width.  The
   most important ones stay in any case. */
static int
choose(const struct line *l, const struct canvas *c, int room, int *least)
{
	int width, lowest, top = INT_MIN;

	for (int i = 0; i < l->n; i++)
		if (l->piece[i].keep > top)
			top = l->piece[i].keep;
	*least = INT_MIN;
	while ((width = width_from(l, c, *least, &lowest)) > room &&
	    lowest < top)
		*least = lowest + 1;
	return width <= room ? width : room;
}

static int
draw(const struct line *l, struct canvas *c, int y, int x, int end, int least)
{
	struct rect r = { y, x, 1, 0 };

	for (int i = 0; i < l->n && r.x < end; i++) {
		const struct piece *p = &l->piece[i];

		if (p->keep < least)
			continue;
		r.w = canvas_puts(c, y, r.x, end - r.x, p->role, p->text);
		canvas_ground(c, r, p->ground);
		if (p->key != 0)
			canvas_hit(c, r, HIT_KEY, p->key);
		r.x += r.w;
	}
	return r.x - x;
}

int
line_draw(const struct line *l, struct canvas *c, int y, int x, int end)
{
	int least;

	choose(l, c, end - x, &least);
	return draw(l, c, y, x, end, least);
}

int
line_right(const struct line *l, struct canvas *c, int y, int x, int end)
{
	int least, width = choose(l, c, end - x, &least);

	draw(l, c, y, end - width, end, least);
	return end - width;
}
