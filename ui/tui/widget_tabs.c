#include <inttypes.h>

#include "ui/tui/widget.h"

static void
unseen(const struct screen *s, int view, struct line *l)
{
	uint64_t n = views[view] == &view_log ? s->log.unseen : 0;

	if (n > 0)
		line_join(l, ROLE_WARN, "(%" PRIu64 " new) ", n);
}

/* The names of the views; the column behind them. */
static int
names(const struct screen *s, struct canvas *c, struct rect r)
{
	struct line l;
	int x = r.x + 2;

	canvas_line(c, r.y, r.x, r.w, ROLE_FAINT, GLYPH_HLINE);
	for (int i = 0; i < nviews; i++) {
		bool here = views[i] == s->view;

		line_start(&l, GROUND_PLAIN);
		l.key = nviews > 1 ? '1' + i : KEY_NONE;
		line_add(&l, 9, ROLE_FAINT, " ");
		if (nviews > 1)
			line_join(&l, ROLE_KEY, "%d ", i + 1);
		line_join(&l, here ? ROLE_STRONG : ROLE_DIM, "%s ",
		    views[i]->name);
		unseen(s, i, &l);
		x += line_draw(&l, c, r.y, x, r.x + r.w) + 1;
	}
	return x;
}

void
widget_tabs(const struct screen *s, struct canvas *c, struct rect r,
    const char *right)
{
	int x, end = r.x + r.w;

	if (r.h == 0)
		return;
	x = names(s, c, r);
	if (*right == '\0')
		return;
	end -= 2 + canvas_width(c, right) + 2;
	if (end > x)
		canvas_printf(c, r.y, end, r.w, ROLE_DIM, " %s ", right);
}

static void
part(struct line *l, const struct canvas *c, int keep)
{
	if (l->n > 0)
		line_add(l, keep, ROLE_FAINT, "%s",
		    theme_glyph(c->ascii, GLYPH_HLINE));
	else
		line_add(l, keep, ROLE_FAINT, "%s", "");
}

static void
sorting(const struct screen *s, const struct table *t,
    const struct canvas *c, struct line *l)
{
	if (s->view->columns == NULL)
		return;
	part(l, c, 5);
	line_join(l, ROLE_DIM, " sort: %s %s ",
	    s->view->columns[t->sort.by].sort, theme_glyph(c->ascii,
	    t->sort.down ? GLYPH_FALLING : GLYPH_RISING));
}

static void
log_state(const struct screen *s, const struct canvas *c, struct line *l)
{
	if (s->view != &view_log)
		return;
	part(l, c, 5);
	line_join(l, ROLE_DIM, " level: %s%s ", event_level_name(s->log.level),
	    s->log.level < EVENT_ERROR ? "+" : "");
	part(l, c, 4);
	line_join(l, ROLE_DIM, " follow: %s ", s->log.held ? "off" : "on");
	part(l, c, 3);
	line_join(l, ROLE_DIM, " wrap: %s ", s->log.wrap ? "on" : "off");
}

void
widget_tabs_table(const struct screen *s, struct canvas *c, struct rect r)
{
	const struct table *t = table_seen(s);
	struct line l;
	int x;

	if (r.h == 0)
		return;
	x = names(s, c, r);
	line_start(&l, GROUND_PLAIN);
	sorting(s, t, c, &l);
	log_state(s, c, &l);
	if (t->filter[0] != '\0') {
		part(&l, c, 8);
		line_join(&l, ROLE_STRONG, " filter: %.30s ", t->filter);
	} else if (s->view != &view_log) {
		part(&l, c, 4);
		line_join(&l, ROLE_DIM, " filter: none ");
	}
	if (s->prompt.sought[0] != '\0') {
		part(&l, c, 7);
		line_join(&l, ROLE_STRONG, " %.20s: %d found ",
		    s->prompt.sought, t->hits);
	}
	if (t->range[0] != '\0') {
		part(&l, c, 9);
		line_join(&l, ROLE_DIM, " %s ", t->range);
	}
	if (x < r.x + r.w - 12)
		line_right(&l, c, r.y, x, r.x + r.w - 2);
}
