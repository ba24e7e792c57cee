#include <inttypes.h>
#include <stdio.h>

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

int
overview_line(const struct screen *s, int i)
{
	const struct workers *v = &s->workers;

	if (i < v->top || i >= v->top + v->rows * v->a_line)
		return -1;
	return (i - v->top) / v->a_line;
}

int
overview_move(const struct screen *s, enum action a, int at)
{
	int n = (int)screen_shown(s)->nworkers, line = s->workers.a_line;
	int page = (s->workers.rows > 1 ? s->workers.rows - 1 : 1) * line;
	int to = at;

	switch (a) {
	case ACTION_LEFT:
		return at > 0 ? at - 1 : at;
	case ACTION_RIGHT:
		return at < n - 1 ? at + 1 : at;
	case ACTION_UP:
		to -= line;
		break;
	case ACTION_DOWN:
		to += line;
		break;
	case ACTION_PAGE_UP:
		to -= page;
		break;
	case ACTION_PAGE_DOWN:
		to += page;
		break;
	case ACTION_FIRST:
		return 0;
	case ACTION_LAST:
		return n - 1;
	default:
		return -1;
	}
	return to < 0 ? 0 : to >= n ? n - 1 : to;
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

static void
cells(const struct screen *s, struct canvas *c, int y, const struct grid *g,
    int first)
{
	const struct run *run = screen_shown(s);
	int n = (int)run->nworkers;
	enum role role;
	enum glyph glyph;

	if (g->x > MARGIN)
		canvas_printf(c, y, MARGIN, NAME_W, ROLE_DIM, "w%u",
		    run->worker[first].slot);
	for (int i = 0; i < g->groups * GROUP && first + i < n; i++) {
		const struct run_worker *w = &run->worker[first + i];
		struct rect cell = { y, g->x + i + i / GROUP, 1, 1 };

		glyph = workers_mark(run, w, &role);
		canvas_glyph(c, y, cell.x, role, glyph);
		canvas_hit(c, cell, HIT_ROW, (int)w->slot);
		if (w->slot == s->workers.slot)
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
scroll(struct workers *v, int n, int at, int rows)
{
	int line = at / v->a_line, top = v->top / v->a_line;
	int last = lines_for(n, v->a_line) - rows;

	v->rows = rows;
	if (line < top)
		top = line;
	if (line >= top + rows)
		top = line - rows + 1;
	if (top > last)
		top = last;
	v->top = top < 0 ? 0 : top * v->a_line;
}

void
overview_draw(struct screen *s, struct canvas *c, const struct layout *l)
{
	const struct run *run = screen_shown(s);
	struct workers *v = &s->workers;
	const struct run_worker *selected = workers_selected(s);
	struct grid g = grid_of(c->w);
	struct rect table = l->table, below = l->table;
	bool need_brief = l->detail.h == 0 && table.h > 1;
	int n = (int)run->nworkers, at, shown;

	v->a_line = g.groups * GROUP;
	table.h -= need_brief;
	at = selected != NULL ? (int)(selected - run->worker) : 0;
	scroll(v, n, at, table.h);
	shown = n - v->top < table.h * v->a_line ? n - v->top :
	    table.h * v->a_line;
	if (shown < n)
		snprintf(v->range, sizeof v->range, "%d-%d of %d", v->top + 1,
		    v->top + shown, n);
	counts(run, c, l->head);
	for (int i = 0; i < lines_for(shown, v->a_line); i++)
		cells(s, c, table.y + i, &g, v->top + i * v->a_line);
	below.y += table.h;
	if (need_brief)
		brief(s, c, below);
}
