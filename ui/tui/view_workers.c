#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ui/tui/charts.h"
#include "ui/tui/show.h"
#include "ui/tui/widget.h"

/*
 * The columns, in order.  Name, title, least width (0: set by what is in it),
 * right-aligned, how long it stays when the screen gets narrow, what sorting
 * by it is called, largest first.
 */
#define COLUMNS(X) \
	X(COL_ID,    "ID",	 0, true,  99, "id", false) \
	X(COL_PID,   "PID",	 0, true,   9, "pid", false) \
	X(COL_STATE, "STATE",	 1, false, 99, "state", false) \
	X(COL_TASK,  "TASK",	 0, true,  99, "task", false) \
	X(COL_LABEL, "LABEL",	10, false, 99, "label", false) \
	X(COL_BAR,   "PROGRESS", 8, false, 99, "progress", true) \
	X(COL_PCT,   "",	 4, true,  10, NULL, false) \
	X(COL_TIME,  "TIME",	 6, true,  99, "time", true) \
	X(COL_CPU,   "CPU%",	 5, true,   8, "cpu", true) \
	X(COL_RSS,   "RSS",	 5, true,   7, "memory", true) \
	X(COL_DONE,  "DONE",	 5, true,   6, "done", true) \
	X(COL_FAIL,  "FAIL",	 4, true,   5, "failed", true) \
	X(COL_TRY,   "TRY",	 4, true,   2, "attempt", true) \
	X(COL_RESTARTS, "RESTARTS", 8, true, 1, "restarts", true)

#define COLUMN_ENUM(id, ...) id,
enum column_id { COLUMNS(COLUMN_ENUM) NCOLUMNS };

static const struct column columns[] = {
#define COLUMN_ROW(id, title, w, right, keep, sort, down) \
	{ title, w, right, keep, sort, down },
	COLUMNS(COLUMN_ROW)
};

enum { STATE_WORD_W = 11, LABEL_W = 24, BAR_W = 26, LABEL_MAX_W = 60 };

/* Columns beyond the least that label and bar should have together, before
   columns that could go are kept. */
static const int comfort[] = { [LAYOUT_NARROW] = 0, [LAYOUT_MEDIUM] = 6,
	[LAYOUT_NORMAL] = 11, [LAYOUT_WIDE] = 28 };

static const struct {
	enum glyph	glyph;
	enum role	role;
} looks[] = {
	[WORKER_STARTING] = { GLYPH_START, ROLE_START },
	[WORKER_IDLE] = { GLYPH_IDLE, ROLE_IDLE },
	[WORKER_RUN] = { GLYPH_RUN, ROLE_RUN },
	[WORKER_DRAIN] = { GLYPH_DRAIN, ROLE_DRAIN },
	[WORKER_TERM] = { GLYPH_TERM, ROLE_TERM },
	[WORKER_FROZEN] = { GLYPH_FROZEN, ROLE_START },
	[WORKER_LOST] = { GLYPH_LOST, ROLE_FAIL },
};

static void
fit(struct widths *ws, const struct run *run, enum layout_form form, int w)
{
	int pid = 5, id = 2, n;

	columns_start(ws, columns, NCOLUMNS, form == LAYOUT_NARROW ? 1 :
	    form == LAYOUT_WIDE ? 3 : 2);
	for (unsigned int i = 0; i < run->nworkers; i++) {
		if ((n = show_digits(run->worker[i].slot) + 1) > id)
			id = n;
		n = show_digits((uint64_t)run->worker[i].pid);
		pid = n > pid ? n : pid;
	}
	ws->w[COL_ID] = id;
	ws->w[COL_PID] = pid;
	n = show_digits(run->queue.total) + 1;
	ws->w[COL_TASK] = n > 4 ? n : 4;
	if (form == LAYOUT_WIDE)
		ws->w[COL_STATE] = STATE_WORD_W;
	if (form == LAYOUT_NARROW)
		ws->w[COL_PID] = ws->w[COL_PCT] = ws->w[COL_CPU] =
		    ws->w[COL_RSS] = ws->w[COL_DONE] = ws->w[COL_FAIL] = 0;
	columns_fit(ws, columns, w - comfort[form]);
	columns_widen(ws, COL_LABEL, 16, w);
	columns_widen(ws, COL_BAR, 13, w);
	columns_widen(ws, COL_LABEL, LABEL_W, w);
	columns_widen(ws, COL_BAR, BAR_W, w);
	columns_widen(ws, COL_LABEL, LABEL_MAX_W, w);
}

/* "job item" when there are several jobs, else the item. */
static const char *
label(const struct run *run, const struct run_worker *w, char *out,
    size_t size)
{
	if (w->task == 0)
		out[0] = '\0';
	else if (run->njobs > 1 && w->job < run->njobs)
		snprintf(out, size, "%s %s", run->job[w->job].name, w->label);
	else
		snprintf(out, size, "%s", w->label);
	return out;
}

/* A mark that moves to and fro: it works, nobody knows how far it is. */
static void
moving(struct canvas *c, int y, int x, int w, double elapsed, enum role role)
{
	static const enum glyph marks[] = { GLYPH_MEDIUM, GLYPH_DARK,
		GLYPH_MEDIUM };
	int way = w - 3, at;

	canvas_line(c, y, x, w, ROLE_FAINT, GLYPH_LIGHT);
	if (way < 1 || !(elapsed >= 0 && elapsed < 1e9))
		return;
	at = (int)fmod(elapsed * 4, 2 * way);
	if (at > way)
		at = 2 * way - at;
	for (int i = 0; i < 3; i++)
		canvas_glyph(c, y, x + at + i, role, marks[i]);
}

static void
bar(struct canvas *c, int y, int x, int w, const struct run_worker *worker)
{
	enum role role = looks[worker->state].role;

	if (worker->task == 0)
		return;
	if (isnan(worker->progress))
		moving(c, y, x, w, worker->elapsed, role);
	else
		canvas_bar(c, y, x, w, worker->progress, role);
}

static void
state(struct canvas *c, int y, int x, int w, const struct run *run,
    const struct run_worker *worker)
{
	enum role role = looks[worker->state].role;
	char left[HUMAN_MAX];

	if (worker->state == WORKER_IDLE && run->queue.depth > 0 &&
	    run->state == RUN_RUNNING)
		role = ROLE_WARN;	/* it could have work */
	canvas_glyph(c, y, x, role, looks[worker->state].glyph);
	if (w <= 2)
		return;
	if (worker->state == WORKER_TERM && !isnan(worker->term_left))
		canvas_printf(c, y, x + 2, w - 2, role, "term %s",
		    human_duration(left, worker->term_left));
	else
		canvas_puts(c, y, x + 2, w - 2, role,
		    worker_state_name(worker->state));
}

/* The text of all other columns. */
static const char *
value(const struct run *run, const struct run_worker *w, enum column_id col,
    char out[RUN_LABEL_MAX + JOB_NAME_MAX])
{
	out[0] = '\0';
	switch (col) {
	case COL_ID:
		snprintf(out, HUMAN_MAX, "w%u", w->slot);
		break;
	case COL_PID:
		snprintf(out, HUMAN_MAX, w->pid != 0 ? "%d" : "-", (int)w->pid);
		break;
	case COL_TASK:
		if (w->task != 0)
			snprintf(out, HUMAN_MAX, "#%" PRIu64, w->task);
		break;
	case COL_LABEL:
		return label(run, w, out, RUN_LABEL_MAX + JOB_NAME_MAX);
	case COL_PCT:
		if (w->task != 0)
			return isnan(w->progress) ? "~?" :
			    show_percent(out, w->progress, 0);
		break;
	case COL_TIME:
		if (w->task != 0)
			show_duration(out, w->elapsed);
		break;
	case COL_CPU:
		return show_number(out, w->cpu * 100, 1);
	case COL_RSS:
		return show_size(out, w->rss);
	case COL_DONE:
		return show_count(out, w->done);
	case COL_FAIL:
		return show_count(out, w->failed);
	case COL_TRY:
		if (w->task != 0)
			show_count(out, w->attempt);
		break;
	default:
		return show_count(out, w->restarts);
	}
	return out;
}

static enum role
value_role(const struct run_worker *w, enum column_id col)
{
	if (col == COL_FAIL)
		return w->failed > 0 ? ROLE_FAIL : ROLE_DIM;
	if (col == COL_PID || col == COL_DONE)
		return ROLE_DIM;
	return ROLE_NORMAL;
}

/* Marks before the columns: selected, tagged, found. */
static void
marks(const struct screen *s, struct canvas *c, struct rect r,
    const struct table_row *row, bool selected)
{
	int x = r.x + (r.w >= 110);

	if (workers_tagged_is(s, row->what)) {
		canvas_ground(c, r, GROUND_BAR);
		canvas_puts(c, r.y, x, 1, ROLE_WARN, "*");
	} else if (row->hit)
		canvas_puts(c, r.y, x, 1, ROLE_WARN, "/");
	if (selected) {
		if (!workers_tagged_is(s, row->what))
			canvas_glyph(c, r.y, x, ROLE_STRONG, GLYPH_HERE);
		canvas_ground(c, r, GROUND_SELECTED);
	}
}

static void
row(const struct screen *s, struct canvas *c, struct rect r,
    const struct widths *ws, const struct table_row *row, bool selected)
{
	char text[RUN_LABEL_MAX + JOB_NAME_MAX];
	const struct run *run = screen_shown(s);
	const struct run_worker *w = row->what;
	int x = r.x + ws->mark;

	for (int i = 0; i < NCOLUMNS; i++) {
		if (ws->w[i] == 0)
			continue;
		if (i == COL_BAR)
			bar(c, r.y, x, ws->w[i], w);
		else if (i == COL_STATE)
			state(c, r.y, x, ws->w[i], run, w);
		else
			columns_put(c, r.y, x, ws->w[i], columns[i].right,
			    value_role(w, (enum column_id)i),
			    value(run, w, (enum column_id)i, text));
		x += ws->w[i] + 1;
	}
	marks(s, c, r, row, selected);
}

static const struct run_worker *
worker_of(const struct run *run, uint64_t slot)
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
	return worker_of(screen_shown(s), l->id);
}

static void
detail(const struct screen *s, struct canvas *c, struct rect r)
{
	const struct run *run = screen_shown(s);
	const struct run_worker *w = workers_selected(s);
	const char *dash = theme_glyph(c->ascii, GLYPH_HLINE);
	char text[RUN_LABEL_MAX + JOB_NAME_MAX], a[HUMAN_MAX];
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
		line_join(&l, ROLE_STRONG, "%s", label(run, w, text,
		    sizeof text));
		line_add(&l, 6, ROLE_FAINT, " %s ", dash);
		line_join(&l, ROLE_NORMAL, "attempt %u", w->attempt);
		line_add(&l, 5, ROLE_FAINT, " %s ", dash);
		line_join(&l, ROLE_NORMAL, "running %s", show_duration(a,
		    w->elapsed));
	}
	if (w->restarts > 0) {
		line_add(&l, 4, ROLE_FAINT, " %s ", dash);
		line_join(&l, ROLE_WARN, "restarted %u times", w->restarts);
	}
	line_add(&l, 9, ROLE_FAINT, " ");
	line_draw(&l, c, r.y, r.x + 2, r.x + r.w - 1);
}

static void
draw(struct screen *s, struct canvas *c, const struct layout *l)
{
	struct table *t = &s->workers.table;
	struct rect above = l->view;
	struct widths ws;

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
	table_place(s, l->table.y, l->table.h, NULL, NULL);
	widget_tabs_table(s, c, l->tabs);
	fit(&ws, screen_shown(s), l->form, c->w - (l->form == LAYOUT_WIDE));
	if (l->head.h > 0)
		columns_head(c, l->head, &ws, columns, &t->sort);
	for (int i = 0; i < t->list.shown; i++) {
		int at = t->list.top + i;

		row(s, c, (struct rect){ l->table.y + i, l->table.x, 1,
		    l->table.w }, &ws, &t->rows.row[at], at == t->list.at);
	}
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

static double
size(uint64_t bytes)
{
	return bytes == SIZE_UNKNOWN ? NAN : (double)bytes;
}

static double
of_task(const struct run_worker *w, double v)
{
	return w->task != 0 ? v : NAN;
}

static void
key(const struct screen *s, struct table_row *row, int column)
{
	const struct run_worker *w = row->what;
	const double number[NCOLUMNS] = {
		[COL_ID] = w->slot,
		[COL_PID] = w->pid != 0 ? w->pid : NAN,
		[COL_STATE] = w->state,
		[COL_TASK] = of_task(w, (double)w->task),
		[COL_BAR] = of_task(w, w->progress),
		[COL_TIME] = of_task(w, w->elapsed),
		[COL_CPU] = w->cpu,
		[COL_RSS] = size(w->rss),
		[COL_DONE] = (double)w->done,
		[COL_FAIL] = (double)w->failed,
		[COL_TRY] = of_task(w, w->attempt),
		[COL_RESTARTS] = w->restarts
	};

	row->number = number[column];
	row->text = column == COL_LABEL ? w->label : NULL;
}

static int
rows(const struct screen *s)
{
	return widget_panel_is(s) ? widget_panel_rows(s) :
	    (int)screen_shown(s)->nworkers;
}

/* ---- tags ------------------------------------------------------------------ */

static int
tag_of(const struct workers *v, const struct run_worker *w)
{
	for (unsigned int i = 0; i < v->ntags; i++)
		if (v->tag[i].slot == w->slot && v->tag[i].pid == w->pid)
			return (int)i;
	return -1;
}

bool
workers_tagged_is(const struct screen *s, const struct run_worker *w)
{
	return tag_of(&s->workers, w) >= 0;
}

static void
tag(struct workers *v, const struct run_worker *w, bool on)
{
	int i = tag_of(v, w);

	if (i >= 0 && !on)
		v->tag[i] = v->tag[--v->ntags];
	else if (i < 0 && on && v->ntags < POOL_MAX && w->pid != 0) {
		v->tag[v->ntags].slot = w->slot;
		v->tag[v->ntags++].pid = w->pid;
	}
}

/* Tags of processes that are no more go. */
static void
follow(struct screen *s)
{
	struct workers *v = &s->workers;

	for (unsigned int i = 0; i < v->ntags; ) {
		const struct run_worker *w = worker_of(&s->run,
		    v->tag[i].slot);

		if (w == NULL || w->pid != v->tag[i].pid)
			v->tag[i] = v->tag[--v->ntags];
		else
			i++;
	}
	if (s->view == &view_workers)
		table_update(s);
}

static void
tag_all(struct workers *v)
{
	for (int i = 0; i < v->table.rows.n; i++)
		tag(v, v->table.rows.row[i].what, true);
}

static bool
act(struct screen *s, enum action a, struct mono now)
{
	struct workers *v = &s->workers;
	const struct run_worker *w;

	table_update(s);
	w = workers_selected(s);
	switch (a) {
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
		tag(v, w, !workers_tagged_is(s, w));
		return list_move(&v->table.list, &v->table.rows, ACTION_DOWN);
	case ACTION_TAG_ALL:
		tag_all(v);
		return true;
	case ACTION_UNTAG:
		v->ntags = 0;
		return true;
	default:
		return table_act(s, a);
	}
}

static bool
may_not(const char **why, const char *sentence)
{
	if (why != NULL)
		*why = sentence;
	return false;
}

static bool
may(const struct screen *s, enum action a, const char **why)
{
	bool failed = s->known && s->run.state == RUN_FINISHED &&
	    s->run.queue.failed > 0;

	switch (a) {
	case ACTION_ENTER:
		return workers_selected(s) != NULL || failed ||
		    may_not(why, "no worker is selected");
	case ACTION_TAG:
	case ACTION_WORKER:
		return (workers_selected(s) != NULL &&
		    s->layout.table.h != 0) || (a == ACTION_WORKER &&
		    s->workers.ntags > 0 && !widget_panel_is(s)) ||
		    may_not(why, "no worker is selected");
	case ACTION_TAG_ALL:
		return (s->workers.table.list.n > 0 && !widget_panel_is(s)) ||
		    may_not(why, "no worker is shown");
	case ACTION_UNTAG:
		return s->workers.ntags > 0 ||
		    may_not(why, "no worker is tagged");
	case ACTION_RETRY:
		return failed || may_not(why, "choose a failed task in view 2");
	case ACTION_CANCEL:
		return may_not(why, "choose a task in view 2");
	case ACTION_FOLLOW:
	case ACTION_WRAP:
		return may_not(why, "the log can, view 4");
	default:
		return widget_panel_is(s) ? may_not(why,
		    "there is no table") : table_may(s, a, why);
	}
}

const struct view view_workers = {
	.name = "Workers", .noun = "workers", .rows = rows, .pane = true,
	.draw = draw, .act = act, .follow = follow, .may = may, .table = table,
	.gather = gather, .facts = facts, .key = key,
	.details = workers_details, .columns = columns, .ncolumns = NCOLUMNS
};
