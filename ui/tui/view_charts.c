#include <stdio.h>

#include "ui/tui/charts.h"
#include "ui/tui/widget.h"

/* Rows that parts need, in boxes and without. */
enum {
	BOX_H = 7, CHART_H = 5,
	STREAM_BOX_H = 5, STREAM_H = 4,
	BOXES_H = 14,		/* below it, no boxes */
	ALL_ROWS = 1000		/* as many as there are */
};

static int
rows(const struct screen *s)
{
	(void)s;
	return ALL_ROWS;
}

/* Of h rows those of the charts; the task stream gets the others. */
static int
share(const struct screen *s, int h, bool boxed)
{
	int least = boxed ? BOX_H : CHART_H;
	int stream = boxed ? STREAM_BOX_H : STREAM_H;
	int n = h - charts_stream_rows(s) - (boxed ? 3 : 2);

	if (n < h * 2 / 5)
		n = h * 2 / 5;
	if (n < least)
		n = least;
	return h - n < stream ? h : n;
}

static void
pictures(struct screen *s, struct canvas *c, struct rect r, bool boxed)
{
	int n = r.w / CHARTS_W_MIN, h = share(s, r.h, boxed);

	charts_row(s, c, (struct rect){ r.y, r.x, h, r.w }, n < CHARTS ? n :
	    CHARTS, boxed);
	if (h < r.h)
		charts_stream(s, c, (struct rect){ r.y + h, r.x, r.h - h,
		    r.w }, boxed);
}

static void
draw(struct screen *s, struct canvas *c, const struct layout *l)
{
	struct rect r = l->view;
	char text[64];

	snprintf(text, sizeof text, "window: %s%s  [ ] zoom  Left Right scroll",
	    charts_window(s), s->charts.to > 0 ? ", End: back to now" : "");
	widget_tabs(s, c, l->tabs, text);
	s->charts.rows = 0;
	if (!charts_known(s))
		canvas_puts(c, r.y + r.h / 2, r.x + 2, r.w - 3, ROLE_DIM,
		    "Nothing has been measured yet.");
	else if (r.h < CHART_H + STREAM_H || r.w < 2 * CHARTS_W_MIN)
		charts_sparks(s, c, r);
	else
		pictures(s, c, r, l->form == LAYOUT_WIDE && r.h >= BOXES_H);
}

static bool
act(struct screen *s, enum action a, struct mono now)
{
	int page = s->charts.rows > 1 ? s->charts.rows - 1 : 1;
	int last = charts_stream_rows(s) - s->charts.rows;
	int *first = &s->charts.first;

	(void)now;
	if (charts_act(s, a))
		return true;
	switch (a) {
	case ACTION_UP:
		*first -= 1;
		break;
	case ACTION_DOWN:
		*first += 1;
		break;
	case ACTION_PAGE_UP:
		*first -= page;
		break;
	case ACTION_PAGE_DOWN:
		*first += page;
		break;
	case ACTION_FIRST:
		*first = 0;
		break;
	default:
		return false;
	}
	*first = *first < 0 || last < 0 ? 0 : *first > last ? last : *first;
	return true;
}

static void
follow(struct screen *s)
{
	(void)s;	/* nothing is selected here */
}

const struct view view_charts = {
	.name = "Charts", .rows = rows, .draw = draw, .act = act,
	.follow = follow
};
