#include <string.h>

#include "ui/tui/layout.h"

enum {
	ROWS_MIN = 3,
	TABLE_MIN = 5,		/* rows of the table, before charts come */
	EVENTS_MAX = 12
};

static int
least(int a, int b)
{
	return a < b ? a : b;
}

static int
most(int a, int b)
{
	return a > b ? a : b;
}

static enum layout_form
form_of(int h, int w)
{
	if (h < LAYOUT_TINY_H || w < LAYOUT_TINY_W)
		return LAYOUT_TINY;
	return w < 60 ? LAYOUT_NARROW : w < 80 ? LAYOUT_MEDIUM :
	    w < 110 ? LAYOUT_NORMAL : LAYOUT_WIDE;
}

int
layout_meter_rows(int ncores, int *columns)
{
	int rows = 4;

	if (ncores > 4 * rows)
		rows = LAYOUT_METERS_MAX;
	*columns = (ncores + rows - 1) / rows;
	if (*columns == 3)
		*columns = 4;
	if (*columns > 4) {
		*columns = 0;
		rows = 4;
	}
	return rows;
}

/* How many rows each part gets. */
struct heights {
	int	head, table, tabs, meters, detail, charts, notice,
		events_head, events;
};

/* One part asks for n of what is left, all or nothing. */
static int
grant(int *left, int n)
{
	if (n > *left)
		return 0;
	*left -= n;
	return n;
}

static int
meters_want(enum layout_form form, int ncores)
{
	int columns;

	if (form == LAYOUT_WIDE)
		return layout_meter_rows(ncores, &columns);
	return form == LAYOUT_NORMAL ? 2 : 0;
}

/* The least that charts need, and what is enough while others want rows. */
static int
charts_want(enum layout_form form, int h, int *enough)
{
	if (form == LAYOUT_WIDE) {
		*enough = most(14, h * 2 / 5);
		return 7;		/* a box */
	}
	*enough = form == LAYOUT_NORMAL ? most(8, h / 3) : 1;
	return form == LAYOUT_NORMAL ? 5 : 1;
}

/* The table first: it grows as far as it can and leaves them their least. */
static void
share_charts(struct heights *s, enum layout_form form,
    const struct layout_in *in, int rows, int *left)
{
	int enough, want = charts_want(form, in->h, &enough);

	if (!in->charts || form == LAYOUT_NARROW ||
	    s->table < least(rows, TABLE_MIN))
		return;
	s->charts = grant(left, want);
	if (s->charts == 0)
		return;
	s->table += grant(left, most(least(rows - s->table, *left), 0));
	s->charts += grant(left, most(least(enough - want, *left), 0));
}

static void
share(struct heights *s, enum layout_form form, const struct layout_in *in)
{
	int left = in->h - 4;		/* title, run bar, pool, footer */
	int rows = most(in->rows, ROWS_MIN), share, more;
	bool roomy = form >= LAYOUT_NORMAL;

	memset(s, 0, sizeof *s);
	s->head = form == LAYOUT_NARROW ? 0 : grant(&left, 1);
	s->table = grant(&left, ROWS_MIN);
	s->notice = in->notice ? grant(&left, 1) : 0;
	share = roomy ? in->h * 2 / 5 : in->h;
	more = most(least(least(rows, share) - ROWS_MIN, left), 0);
	s->table += grant(&left, more);
	if (roomy)
		s->tabs = grant(&left, 1);
	s->events = grant(&left, least(in->events, 1));
	s->meters = grant(&left, meters_want(form, in->ncores));
	if (form == LAYOUT_WIDE && s->meters == 0)
		s->meters = grant(&left, 2);
	if (form == LAYOUT_MEDIUM)
		share_charts(s, form, in, rows, &left);
	if (in->events > 1)
		s->events += grant(&left, 1);
	if (roomy)
		s->detail = grant(&left, 1);
	if (roomy)
		share_charts(s, form, in, rows, &left);
	s->table += grant(&left, most(least(rows - s->table, left), 0));
	s->events += grant(&left,
	    most(least(least(in->events, EVENTS_MAX) - s->events, left - 1),
	    0));
	s->events_head = s->events > 0 ? grant(&left, 1) : 0;
	if (s->charts > 1)
		s->charts += grant(&left, most(least(in->h / 2 - s->charts,
		    left), 0));
}

static struct rect
next(const struct layout_in *in, int *y, int h)
{
	struct rect r = { *y, 0, h, in->w };

	*y += h;
	return r;
}

void
layout_split(struct layout *l, const struct layout_in *in)
{
	struct heights s;
	int y = 0, bottom;

	memset(l, 0, sizeof *l);
	l->form = form_of(in->h, in->w);
	if (l->form == LAYOUT_TINY)
		return;
	share(&s, l->form, in);
	l->title = next(in, &y, 1);
	l->meters = next(in, &y, s.meters);
	l->runbar = next(in, &y, 1);
	l->pool = next(in, &y, 1);
	l->tabs = next(in, &y, s.tabs);
	l->view = next(in, &y, 0);
	l->head = next(in, &y, s.head);
	l->table = next(in, &y, s.table);
	l->detail = next(in, &y, s.detail);
	l->charts = next(in, &y, s.charts);
	bottom = in->h - 1 - s.notice - s.events - s.events_head;
	l->view.h = bottom - l->view.y;
	l->events_head = next(in, &bottom, s.events_head);
	l->events = next(in, &bottom, s.events);
	l->notice = next(in, &bottom, s.notice);
	l->footer = next(in, &bottom, 1);
}
