#include <stdarg.h>
#include <stdio.h>

#include "ui/tui/page.h"
#include "ui/tui/wrap.h"

enum { MARK_W = 2, MARGIN = 4 };	/* border and a blank, both sides */

void
page_start(struct page *p, const char *fmt, ...)
{
	va_list ap;

	p->n = 0;
	va_start(ap, fmt);
	vsnprintf(p->title, sizeof p->title, fmt, ap);
	va_end(ap);
}

void
page_row(struct page *p, enum page_rank rank, int choice)
{
	struct page_row *row;

	if (p->n < PAGE_ROWS_MAX)
		p->n++;
	row = &p->row[p->n - 1];
	row->rank = rank;
	row->choice = choice;
	row->n = 0;
}

void
page_put(struct page *p, const struct canvas *c, int x, enum role role,
    const char *fmt, ...)
{
	struct page_row *row = &p->row[p->n - 1];
	int last = row->n - 1;
	va_list ap;

	if (row->n == PAGE_PIECES_MAX)
		return;
	if (x < 0)
		x = last < 0 ? 0 : row->piece[last].x +
		    canvas_width(c, row->piece[last].text);
	row->piece[row->n].x = x;
	row->piece[row->n].role = role;
	va_start(ap, fmt);
	vsnprintf(row->piece[row->n].text, PAGE_TEXT_MAX, fmt, ap);
	va_end(ap);
	row->n++;
}

void
page_wrap(struct page *p, const struct canvas *c, int x, enum role role,
    const char *text)
{
	int w = c->w - MARGIN - x;
	const char *next;
	size_t n;

	for (bool more = false; *text != '\0' && p->n < PAGE_ROWS_MAX;
	    more = true) {
		n = wrap_next(c, text, w < 10 ? 10 : w, &next);
		if (next == text)
			break;
		/* A row that has something at x already gets a new one. */
		if (more || (p->row[p->n - 1].n > 0 &&
		    p->row[p->n - 1].piece[p->row[p->n - 1].n - 1].x >= x))
			page_row(p, p->row[p->n - 1].rank, -1);
		page_put(p, c, x, role, "%.*s", (int)n, text);
		text = next;
	}
}

static int
row_width(const struct page_row *row, const struct canvas *c)
{
	int last = row->n - 1;

	return last < 0 ? 0 : row->piece[last].x +
	    canvas_width(c, row->piece[last].text);
}

static int
page_width(const struct page *p, const struct canvas *c)
{
	int w = canvas_width(c, p->title) + 4, n;

	for (int i = 0; i < p->n; i++)
		if ((n = row_width(&p->row[i], c)) > w)
			w = n;
	return w;
}

/* The rows that stay when there is room for so many; how many those are. */
static int
choose(const struct page *p, int room, const struct page_row **rows)
{
	enum page_rank last = PAGE_FACT;
	int n = 0;

	for (int i = 0; i < p->n; i++)
		if (p->row[i].choice >= 0)
			last = PAGE_CHOICE;
	for (enum page_rank rank = PAGE_BLANK; rank <= last; rank++) {
		n = 0;
		for (int i = 0; i < p->n; i++)
			if (p->row[i].rank >= rank)
				rows[n++] = &p->row[i];
		if (n <= room)
			break;
	}
	return n;
}

/* The first row to show, so that the marked one is among them. */
static int
first_row(const struct page_row **rows, int n, int room, int at)
{
	int marked = -1, first;

	for (int i = 0; i < n; i++)
		if (rows[i]->choice >= 0 && (marked < 0 ||
		    rows[i]->choice == at))
			marked = i;
	if (n <= room)
		return 0;
	first = marked < 0 ? at : marked - room + 1;
	return first < 0 ? 0 : first > n - room ? n - room : first;
}

static void
draw_row(const struct page_row *row, struct canvas *c, struct rect r, int at,
    bool choices)
{
	int indent = choices ? MARK_W : 0, x = r.x;

	if (row->choice >= 0 && row->choice == at) {
		canvas_ground(c, r, GROUND_SELECTED);
		canvas_glyph(c, r.y, r.x, ROLE_STRONG, GLYPH_HERE);
	}
	if (row->choice >= 0) {
		canvas_hit(c, r, HIT_CHOICE, row->choice);
		x += indent;
	}
	for (int i = 0; i < row->n; i++)
		canvas_puts(c, r.y, x + row->piece[i].x,
		    r.x + r.w - x - row->piece[i].x, row->piece[i].role,
		    row->piece[i].text);
}

void
page_pane(const struct page *p, struct canvas *c, struct rect r)
{
	canvas_box(c, r, p->title);
	for (int i = 0; i < p->n && i < r.h - 2; i++)
		draw_row(&p->row[i], c, (struct rect){ r.y + 1 + i, r.x + 2, 1,
		    r.w - MARGIN }, -1, false);
}

static struct rect
place(struct rect area, int avoid, int h, int w)
{
	struct rect r = { area.y + area.h - h, area.x + (area.w - w) / 2, h,
		w };

	if (avoid >= r.y && avoid < r.y + h && avoid - area.y >= h)
		r.y = avoid - h;
	return r;
}

int
page_draw(const struct page *p, struct canvas *c, struct rect area, int avoid,
    int at)
{
	const struct page_row *rows[PAGE_ROWS_MAX];
	bool boxed = area.h >= 6 && area.w >= 20, choices = false;
	int border = boxed ? 2 : 0, room = area.h - border, n, first, w;
	struct rect r;

	if (room < 1 || area.w < 1)
		return p->n;
	for (int i = 0; i < p->n; i++)
		choices |= p->row[i].choice >= 0;
	n = choose(p, room, rows);
	first = first_row(rows, n, room, at);
	w = page_width(p, c) + 2 * border + (choices ? MARK_W : 0);
	w = w < area.w ? w : area.w;
	r = place(area, avoid, (n < room ? n : room) + border, w);
	canvas_hit(c, r, HIT_NOTHING, 0);
	if (boxed)
		canvas_box(c, r, p->title);
	else
		canvas_clear(c, r, GROUND_DIALOG);
	for (int i = 0; i < r.h - border; i++)
		draw_row(rows[first + i], c, (struct rect){
		    r.y + border / 2 + i, r.x + border, 1, w - 2 * border },
		    at, choices);
	return n - (r.h - border);
}
