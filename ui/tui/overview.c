#include <inttypes.h>

#include "ui/tui/overview.h"
#include "ui/tui/widget.h"

enum { GROUP = 8, GROUPS_MAX = 8, MARGIN = 1, NAME_W = 5 };

/* Where the cells are on a screen of this width. */
struct grid {
	int	x;		/* of the first cell */
	int	groups;		/* in a line, each followed by a blank */
};

static struct grid
grid_of(int w)
{
	struct grid g = { MARGIN, 1 };

	if (w >= 60)		/* the first worker's name before each line */
		g.x += NAME_W;
	g.groups = (w - g.x + 1) / (GROUP + 1);
	if (g.groups > GROUPS_MAX)
		g.groups = GROUPS_MAX;
	if (g.groups < 1)
		g.groups = 1;
	return g;
}

static int
lines_for(int n, int a_line)
{
	return (n + a_line - 1) / a_line;
}

int
overview_rows(const struct screen *s)
{
	int n = (int)screen_shown(s)->nworkers;

	return lines_for(n, grid_of(s->w).groups * GROUP) + 1;
}

/* The row that the action leads to from at; -1: it leads nowhere. */
static int
destination(const struct workers *v, enum action a, int at)
{
	int page = (v->table.list.room > 1 ? v->table.list.room - 1 : 1) *
	    v->a_line;

	switch (a) {
	case ACTION_LEFT:
		return at > 0 ? at - 1 : 0;
	case ACTION_RIGHT:
		return at + 1;
	case ACTION_UP:
		return at > v->a_line ? at - v->a_line : 0;
	case ACTION_DOWN:
		return at + v->a_line;
	case ACTION_PAGE_UP:
		return at > page ? at - page : 0;
	case ACTION_PAGE_DOWN:
		return at + page;
	default:
		return -1;
	}
}

bool
overview_act(struct screen *s, enum action a)
{
	struct table *t = &s->workers.table;
	int to = destination(&s->workers, a, t->list.at);

	if (to < 0 || t->rows.n == 0)
		return false;
	list_select(&t->list, &t->rows, to);
	return true;
}

/* How many there are of each state, with the mark it has; in a narrow place
   the harmless ones go first. */
static void
counts(const struct run *run, struct canvas *c, struct rect r)
{
	struct line l;

	if (r.h == 0)
		return;
	canvas_clear(c, r, GROUND_BAR);
	line_start(&l, GROUND_BAR);
	for (int state = 0; state < WORKER_NSTATES; state++) {
		struct run_worker like = { .state = (enum worker_state)state };
		unsigned int n = 0;
		enum role role;
		enum glyph glyph;

		for (unsigned int i = 0; i < run->nworkers; i++)
			n += run->worker[i].state == like.state;
		if (n == 0)
			continue;
		glyph = workers_mark(run, &like, &role);
		line_add(&l, state == WORKER_RUN ? WORKER_NSTATES : state,
		    role, "  %s", theme_glyph(c->ascii, glyph));
		line_join(&l, ROLE_NORMAL, " %u %s", n,
		    worker_state_name(like.state));
	}
	line_draw(&l, c, r.y, r.x, r.x + r.w);
}

/* A line of marks from this row on.  Tagged ones lie on a ground of their
   own, as they do in the table. */
static void
cells(const struct screen *s, struct canvas *c, int y, const struct grid *g,
    int first)
{
	const struct table *t = &s->workers.table;
	const struct run_worker *w = t->rows.row[first].what;
	enum role role;
	enum glyph glyph;

	if (g->x > MARGIN)
		canvas_printf(c, y, MARGIN, NAME_W, ROLE_DIM, "w%u", w->slot);
	for (int i = 0; i < g->groups * GROUP && first + i < t->rows.n; i++) {
		struct rect cell = { y, g->x + i + i / GROUP, 1, 1 };

		w = t->rows.row[first + i].what;
		glyph = workers_mark(screen_shown(s), w, &role);
		canvas_glyph(c, y, cell.x, role, glyph);
		canvas_hit(c, cell, HIT_ROW, w->slot);
		if (workers_tagged_is(&s->workers, w))
			canvas_ground(c, cell, GROUND_BAR);
		if (first + i == t->list.at)
			canvas_ground(c, cell, GROUND_SELECTED);
	}
}

/* Where no line is left for details, this much about the selected worker. */
static void
brief(const struct screen *s, struct canvas *c, struct rect r)
{
	const struct run_worker *w = workers_selected(s);
	struct line l;

	if (w == NULL)
		return;
	line_start(&l, GROUND_PLAIN);
	line_add(&l, 3, ROLE_STRONG, "w%u", w->slot);
	line_add(&l, 2, ROLE_NORMAL, " %s", worker_state_name(w->state));
	if (w->task != 0) {
		line_add(&l, 2, ROLE_NORMAL, " #%" PRIu64, w->task);
		line_add(&l, 3, ROLE_NORMAL, " %s", w->label);
	}
	line_draw(&l, c, r.y, r.x + MARGIN, r.x + r.w);
}

/* Whole lines are scrolled, no further than needed to see the selection. */
static void
scroll(struct workers *v, int n, int rows)
{
	struct list *l = &v->table.list;
	int line = l->at / v->a_line, top = l->top / v->a_line;
	int last = lines_for(n, v->a_line) - rows;

	if (line < top)
		top = line;
	if (line >= top + rows)
		top = line - rows + 1;
	if (top > last)
		top = last;
	l->top = top < 0 ? 0 : top * v->a_line;
	l->room = rows;
	l->shown = n - l->top < rows * v->a_line ? n - l->top :
	    rows * v->a_line;
}

void
overview_draw(struct screen *s, struct canvas *c, const struct layout *l)
{
	struct workers *v = &s->workers;
	struct table *t = &v->table;
	struct list *list = &t->list;
	struct grid g = grid_of(c->w);
	struct rect table = l->table, below = l->table;
	bool need_brief = l->detail.h == 0 && table.h > 1;

	v->a_line = g.groups * GROUP;
	table.h -= need_brief;
	scroll(v, t->rows.n, table.h);
	t->line = t->rows.n == 0 ? -1 :
	    table.y + (list->at - list->top) / v->a_line;
	table_range(t);
	counts(screen_shown(s), c, l->head);
	for (int i = 0; i < lines_for(list->shown, v->a_line); i++)
		cells(s, c, table.y + i, &g, list->top + i * v->a_line);
	below.y += table.h;
	if (need_brief)
		brief(s, c, below);
}
