#include <assert.h>
#include <string.h>

#include "ui/tui/columns.h"

void
columns_start(struct widths *ws, const struct column *columns, int n,
    int mark)
{
	assert(n <= COLUMNS_MAX);
	memset(ws, 0, sizeof *ws);
	ws->mark = mark;
	ws->n = n;
	for (int i = 0; i < n; i++)
		ws->w[i] = columns[i].w;
}

int
columns_total(const struct widths *ws)
{
	int sum = ws->mark, gap = 0;

	for (int i = 0; i < ws->n; i++)
		if (ws->w[i] > 0) {
			sum += ws->w[i] + gap;
			gap = 1;
		}
	return sum;
}

/* The column that goes first, or -1 when all must stay. */
static int
least_kept(const struct widths *ws, const struct column *columns)
{
	int least = -1;

	for (int i = 0; i < ws->n; i++)
		if (ws->w[i] > 0 && columns[i].keep < COLUMN_STAYS &&
		    (least < 0 || columns[i].keep < columns[least].keep))
			least = i;
	return least;
}

void
columns_fit(struct widths *ws, const struct column *columns, int w)
{
	int gone;

	while (columns_total(ws) > w && (gone = least_kept(ws, columns)) >= 0)
		ws->w[gone] = 0;
}

void
columns_widen(struct widths *ws, int column, int upto, int w)
{
	int slack = w - columns_total(ws);

	if (slack > 0 && ws->w[column] > 0 && ws->w[column] < upto)
		ws->w[column] = ws->w[column] + slack < upto ?
		    ws->w[column] + slack : upto;
}

void
columns_put(struct canvas *c, int y, int x, int w, bool right,
    enum role role, const char *text)
{
	if (right)
		canvas_right(c, y, x + w, w, role, text);
	else
		canvas_puts(c, y, x, w, role, text);
}

/* The mark takes the place beside the title: the blank that is there anyway,
   or the last letter. */
static void
sorted(struct canvas *c, int y, int x, int w, const struct column *col,
    const struct sort *sort)
{
	int len = (int)strlen(col->title);
	int at = col->right ? x + w : x + (len < w ? len : w);

	canvas_glyph(c, y, at, ROLE_STRONG, sort->down ? GLYPH_FALLING :
	    GLYPH_RISING);
}

void
columns_head(struct canvas *c, struct rect r, const struct widths *ws,
    const struct column *columns, const struct sort *sort)
{
	int x = r.x + ws->mark;

	canvas_clear(c, r, GROUND_BAR);
	for (int i = 0; i < ws->n; i++) {
		const char *title = columns[i].title;
		char first[2] = { title[0], '\0' };

		if (ws->w[i] == 0)
			continue;
		if ((int)strlen(title) > ws->w[i])
			title = columns[i].right ? "" : first;
		columns_put(c, r.y, x, ws->w[i], columns[i].right,
		    sort->by == i ? ROLE_STRONG : ROLE_NORMAL, title);
		if (sort->by == i)
			sorted(c, r.y, x, ws->w[i], &columns[i], sort);
		canvas_hit(c, (struct rect){ r.y, x, 1, ws->w[i] + 1 },
		    HIT_HEAD, i);		/* with the mark beside it */
		x += ws->w[i] + 1;
	}
}
