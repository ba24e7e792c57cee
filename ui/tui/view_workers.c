#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ui/tui/charts.h"
#include "ui/tui/overview.h"
#include "ui/tui/show.h"
#include "ui/tui/widget.h"

const struct run_worker *
workers_find(const struct run *run, uint64_t slot)
{
	for (unsigned int i = 0; i < run->nworkers; i++)
		if (run->worker[i].slot == slot)
			return &run->worker[i];
	return NULL;
}

const struct run_worker *
workers_selected(const struct screen *s)
{
	const struct list *l = &s->workers.table.list;

	if (l->n == 0 || widget_panel_is(s))
		return NULL;
	return workers_find(screen_shown(s), l->id);
}

static void
detail(const struct screen *s, struct canvas *c, struct rect r)
{
	const struct run *run = screen_shown(s);
	const struct run_worker *w = workers_selected(s);
	const char *dash = theme_glyph(c->ascii, GLYPH_HLINE);
	char text[WORKERS_LABEL_MAX], a[HUMAN_MAX];
	struct line l;

	if (r.h == 0)
		return;
	canvas_line(c, r.y, r.x, r.w, ROLE_FAINT, GLYPH_HLINE);
	if (w == NULL)
		return;
	line_start(&l, GROUND_PLAIN);
	line_add(&l, 9, ROLE_STRONG, " w%u", w->slot);
	if (w->pid != 0)
		line_add(&l, 9, ROLE_NORMAL, " pid %d", (int)w->pid);
	line_join(&l, ROLE_FAINT, " %s ", dash);
	line_join(&l, ROLE_NORMAL, "%s", worker_state_name(w->state));
	if (w->task != 0) {
		line_add(&l, 8, ROLE_FAINT, " %s ", dash);
		line_join(&l, ROLE_NORMAL, "task #%" PRIu64 " ", w->task);
		line_join(&l, ROLE_STRONG, "%s", workers_label(run, w,
		    text));
		line_add(&l, 6, ROLE_FAINT, " %s ", dash);
		line_join(&l, ROLE_NORMAL, "attempt %u", w->attempt);
		line_add(&l, 5, ROLE_FAINT, " %s ", dash);
		line_join(&l, ROLE_NORMAL, "running %s", show_duration(a,
		    w->elapsed));
	}
	if (w->restarts > 0) {
		line_add(&l, 4, ROLE_FAINT, " %s ", dash);
		line_join(&l, ROLE_WARN, "restarted %u time%s",
		    w->restarts, w->restarts == 1 ? "" : "s");
	}
	line_add(&l, 9, ROLE_FAINT, " ");
	line_draw(&l, c, r.y, r.x + 2, r.x + r.w - 1);
}

/* One line a worker, below the names of columns. */
static void
lines(struct screen *s, struct canvas *c, const struct layout *l)
{
	struct table *t = &s->workers.table;
	struct widths ws;

	table_place(s, l->table.y, l->table.h, NULL, NULL);
	widget_tabs_table(s, c, l->tabs);
	workers_fit(&ws, screen_shown(s), l->form,
	    c->w - (l->form == LAYOUT_WIDE));
	if (l->head.h > 0)
		columns_head(c, l->head, &ws, workers_columns, &t->sort);
	for (int i = 0; i < t->list.shown; i++) {
		int at = t->list.top + i;
		struct rect line = { l->table.y + i, l->table.x, 1,
			l->table.w };

		workers_row(s, c, line, &ws, &t->rows.row[at],
		    at == t->list.at);
		canvas_hit(c, line, HIT_ROW, (int64_t)t->rows.row[at].id);
	}
}

static void
draw(struct screen *s, struct canvas *c, const struct layout *l)
{
	struct table *t = &s->workers.table;
	struct rect above = l->view;

	if (widget_panel_is(s)) {
		t->range[0] = '\0';
		widget_tabs(s, c, l->tabs, "");
		if (l->charts.h > 0)
			above.h = l->charts.y - above.y;
		widget_panel(s, c, above);
		charts_pane(s, c, l->charts, l->form);
		return;
	}
	table_update(s);
	if (s->workers.overview) {
		overview_draw(s, c, l);
		widget_tabs_table(s, c, l->tabs);
	} else
		lines(s, c, l);
	if (t->rows.n == 0)
		canvas_puts(c, l->table.y, 2, c->w - 2, ROLE_WARN,
		    "No worker is like that: Esc ends the filter.");
	detail(s, c, l->detail);
	charts_pane(s, c, l->charts, l->form);
}

/* ---- the table ------------------------------------------------------------- */

static struct table *
table(struct screen *s)
{
	return &s->workers.table;
}

static void
gather(struct screen *s, struct table *t)
{
	const struct run *run = screen_shown(s);

	for (unsigned int i = 0; i < run->nworkers; i++)
		rows_add(&t->rows, run->worker[i].slot, &run->worker[i]);
}

static void
facts(const struct screen *s, const struct table_row *row, struct facts *f)
{
	const struct run *run = screen_shown(s);
	const struct run_worker *w = row->what;

	f->field[FIELD_WORKER] = f->room[0];
	snprintf(f->room[0], sizeof f->room[0], "w%u", w->slot);
	f->field[FIELD_STATE] = worker_state_name(w->state);
	if (w->pid != 0) {
		snprintf(f->room[1], sizeof f->room[1], "%d", (int)w->pid);
		f->field[FIELD_PID] = f->room[1];
	}
	if (w->task == 0)
		return;
	snprintf(f->room[2], sizeof f->room[2], "#%" PRIu64, w->task);
	f->field[FIELD_TASK] = f->room[2];
	f->field[FIELD_LABEL] = w->label;
	if (w->job < run->njobs)
		f->field[FIELD_JOB] = run->job[w->job].name;
}

static int
rows(const struct screen *s)
{
	return widget_panel_is(s) ? widget_panel_rows(s) :
	    s->workers.overview ? overview_rows(s) :
	    (int)screen_shown(s)->nworkers;
}

static void
follow(struct screen *s)
{
	workers_tags_follow(&s->workers, &s->run);
	if (s->view == &view_workers)
		table_update(s);
}

static bool
act(struct screen *s, enum action a, struct mono now)
{
	struct workers *v = &s->workers;
	const struct run_worker *w;

	table_update(s);
	w = workers_selected(s);
	if (s->workers.overview && overview_act(s, a))
		return true;
	switch (a) {
	case ACTION_OVERVIEW:
		v->overview = !v->overview;
		v->table.list.top = 0;
		return true;
	case ACTION_ENTER:
		if (w != NULL)
			dialog_details_open(s, v->table.list.id);
		else
			tasks_show(s, "state:failed");
		return true;
	case ACTION_RETRY:
		screen_send(s, &(struct request){ .op = OP_RETRY }, now);
		return true;
	case ACTION_TAG:
		if (w->pid == 0)
			screen_say(s, EVENT_INFO, now,
			    "w%u has no process now", w->slot);
		workers_tag(v, w, !workers_tagged_is(v, w));
		return list_move(&v->table.list, &v->table.rows, ACTION_DOWN);
	case ACTION_TAG_ALL:
		workers_tag_shown(v);
		return true;
	case ACTION_UNTAG:
		v->ntags = 0;
		return true;
	default:
		return table_act(s, a);
	}
}

static bool
may(const struct screen *s, enum action a, const char **why)
{
	bool failed = s->known && s->run.state == RUN_FINISHED &&
	    s->run.queue.failed > 0;

	switch (a) {
	case ACTION_ENTER:
		return workers_selected(s) != NULL || failed ||
		    view_refuse(why, "no worker is selected");
	case ACTION_TAG:
	case ACTION_WORKER:
		return (workers_selected(s) != NULL &&
		    s->layout.table.h != 0) || (a == ACTION_WORKER &&
		    s->workers.ntags > 0 && !widget_panel_is(s)) ||
		    view_refuse(why, "no worker is selected");
	case ACTION_TAG_ALL:
		return (s->workers.table.list.n > 0 && !widget_panel_is(s)) ||
		    view_refuse(why, "no worker is shown");
	case ACTION_UNTAG:
		return s->workers.ntags > 0 ||
		    view_refuse(why, "no worker is tagged");
	case ACTION_LEFT:
	case ACTION_RIGHT:
		return (s->workers.overview && !widget_panel_is(s)) ||
		    table_may(s, a, why);
	case ACTION_RETRY:
		return failed || view_elsewhere(a, why);
	case ACTION_CANCEL:
	case ACTION_FOLLOW:
	case ACTION_WRAP:
		return view_elsewhere(a, why);
	default:
		return widget_panel_is(s) ? view_refuse(why,
		    "there is no table") : table_may(s, a, why);
	}
}

const struct view view_workers = {
	.name = "Workers", .noun = "workers", .rows = rows, .pane = true,
	.draw = draw, .act = act, .click = table_click, .follow = follow,
	.may = may, .table = table,
	.gather = gather, .facts = facts, .key = workers_key,
	.details = workers_details, .columns = workers_columns,
	.ncolumns = WORKERS_NCOLUMNS
};
