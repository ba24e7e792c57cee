#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "ui/tui/show.h"
#include "ui/tui/widget.h"

/* As in view_workers.c: what sorting by a column is called is the last but
   one. */
#define COLUMNS(X) \
	X(COL_TASK,   "TASK",	0, true,  99, "id", false) \
	X(COL_JOB,    "JOB",	0, false,  7, "job", false) \
	X(COL_LABEL,  "LABEL", 10, false, 99, "label", false) \
	X(COL_STATE,  "STATE",	1, false, 99, "state", false) \
	X(COL_TRY,    "TRY",	3, true,   6, "attempt", true) \
	X(COL_WORKER, "WORKER",	6, true,   5, "worker", false) \
	X(COL_TIME,   "TIME",	6, true,  99, "time", true) \
	X(COL_CPU,    "CPU",	6, true,   4, "cpu", true) \
	X(COL_ENDED,  "ENDED",	8, true,   3, "ended", true) \
	X(COL_SAID,   "CAUSE",	9, false,  9, "cause", false)

#define COLUMN_ENUM(id, ...) id,
enum column_id { COLUMNS(COLUMN_ENUM) NCOLUMNS };

static const struct column columns[] = {
#define COLUMN_ROW(id, title, w, right, keep, sort, down) \
	{ title, w, right, keep, sort, down },
	COLUMNS(COLUMN_ROW)
};

const int view_tasks_by_state = COL_STATE;

enum {
	STATE_W = 11, JOB_W = 12, LABEL_W = 22, SAID_W = 40, LABEL_MAX_W = 60,
	PANE_FROM = 14,		/* lines of the view that leave room for it */
	PANE_MAX = 9,
	SAID_MAX = OUTCOME_MAX + EVENT_TEXT_MAX + 4
};

/* Columns that label and cause should have beyond the least before other
   columns are kept. */
static const int comfort[] = { [LAYOUT_NARROW] = 0, [LAYOUT_MEDIUM] = 6,
	[LAYOUT_NORMAL] = 12, [LAYOUT_WIDE] = 24 };

static unsigned int
job_of(const struct task_row *r)
{
	return r->worker != NULL ? r->worker->job : r->last->job;
}

static const char *
job_name(const struct run *run, const struct task_row *r)
{
	return job_of(r) < run->njobs ? run->job[job_of(r)].name : "";
}

static const char *
label_of(const struct task_row *r)
{
	return r->worker != NULL ? r->worker->label : r->last->label;
}

/* "exit 2: what it said" of the newest attempt that ended. */
static const char *
said(const struct task_row *r, char out[SAID_MAX])
{
	char outcome[OUTCOME_MAX];

	out[0] = '\0';
	if (r->last == NULL)
		return out;
	outcome_text(outcome, &r->last->outcome);
	snprintf(out, SAID_MAX, "%s%s%s", outcome, outcome[0] != '\0' &&
	    r->last->text[0] != '\0' ? ": " : "", r->last->text);
	return out;
}

static unsigned int
try_of(const struct task_row *r)
{
	return r->worker != NULL ? r->worker->attempt : r->last->attempt;
}

static unsigned int
slot_of(const struct task_row *r)
{
	return r->worker != NULL ? r->worker->slot : r->last->slot;
}

static double
time_of(const struct task_row *r)
{
	return r->worker != NULL ? r->worker->elapsed : r->last->slot != 0 ?
	    r->last->elapsed : NAN;
}

/* CPU seconds; of what runs they are not told. */
static double
cpu_of(const struct task_row *r)
{
	return r->worker != NULL || r->last->slot == 0 ? NAN : r->last->cpu;
}

static double
ended_of(const struct task_row *r)
{
	return r->worker != NULL ? NAN : r->last->ended;
}

static void
fit(struct widths *ws, const struct run *run, enum layout_form form, int w)
{
	int n = show_digits(run->queue.total) + 1;

	columns_start(ws, columns, NCOLUMNS, form == LAYOUT_NARROW ? 1 :
	    form == LAYOUT_WIDE ? 3 : 2);
	ws->w[COL_TASK] = n > 5 ? n : 5;
	ws->w[COL_JOB] = run->njobs > 1 ? 8 : 0;
	if (form >= LAYOUT_NORMAL)
		ws->w[COL_STATE] = STATE_W;
	if (form == LAYOUT_NARROW)
		ws->w[COL_WORKER] = ws->w[COL_TRY] = ws->w[COL_CPU] = 0;
	columns_fit(ws, columns, w - comfort[form]);
	columns_widen(ws, COL_LABEL, 16, w);
	columns_widen(ws, COL_SAID, 18, w);
	columns_widen(ws, COL_LABEL, LABEL_W, w);
	columns_widen(ws, COL_JOB, JOB_W, w);
	columns_widen(ws, COL_SAID, SAID_W, w);
	columns_widen(ws, COL_LABEL, LABEL_MAX_W, w);
	columns_widen(ws, COL_SAID, SAID_MAX, w);
}

static const char *
value(const struct run *run, const struct task_row *r, enum column_id col,
    char out[SAID_MAX])
{
	out[0] = '\0';
	switch (col) {
	case COL_TASK:
		snprintf(out, HUMAN_MAX, "#%" PRIu64, r->task);
		return out;
	case COL_JOB:
		return job_name(run, r);
	case COL_LABEL:
		return label_of(r);
	case COL_TRY:
		return try_of(r) == 0 ? "" : show_count(out, try_of(r));
	case COL_WORKER:
		if (slot_of(r) != 0)
			snprintf(out, HUMAN_MAX, "w%u", slot_of(r));
		return out;
	case COL_TIME:
		return show_duration(out, time_of(r));
	case COL_CPU:
		return show_duration(out, cpu_of(r));
	case COL_ENDED:
		return isnan(ended_of(r)) ? "" : show_time(out, ended_of(r));
	default:
		return r->look == SHOWN_DONE ? "" : said(r, out);
	}
}

static void
state(struct canvas *c, int y, int x, int w, enum task_look look)
{
	canvas_glyph(c, y, x, task_look_role(look), task_look_glyph(look));
	if (w > 2)
		canvas_puts(c, y, x + 2, w - 2, task_look_role(look),
		    task_look_name(look));
}

static void
draw_row(const struct screen *s, struct canvas *c, struct rect r,
    const struct widths *ws, const struct table_row *row, bool selected)
{
	const struct task_row *t = row->what;
	char text[SAID_MAX];
	int x = r.x + ws->mark, mark = r.x + (ws->mark > 2);

	for (int i = 0; i < NCOLUMNS; i++) {
		if (ws->w[i] == 0)
			continue;
		if (i == COL_STATE)
			state(c, r.y, x, ws->w[i], t->look);
		else
			columns_put(c, r.y, x, ws->w[i], columns[i].right,
			    i == COL_ENDED || i == COL_WORKER ? ROLE_DIM :
			    ROLE_NORMAL, value(screen_shown(s), t,
			    (enum column_id)i, text));
		x += ws->w[i] + 1;
	}
	if (row->hit)
		canvas_puts(c, r.y, mark, 1, ROLE_WARN, "/");
	if (selected) {
		canvas_glyph(c, r.y, mark, ROLE_STRONG, GLYPH_HERE);
		canvas_ground(c, r, GROUND_SELECTED);
	}
}

/* What is not listed is said: tasks that wait, and older ends. */
static void
summary(const struct screen *s, struct canvas *c, struct rect r)
{
	const struct run *run = &s->run;
	const int *n = s->tasks.count;
	uint64_t again = (uint64_t)n[SHOWN_AGAIN];
	const char *dot = c->ascii ? "-" : "·";
	struct line l;

	canvas_line(c, r.y, r.x, r.w, ROLE_FAINT, GLYPH_HLINE);
	line_start(&l, GROUND_PLAIN);
	line_add(&l, 9, ROLE_NORMAL, " %" PRIu64 " wait in the queue",
	    run->queue.depth);
	if (run->queue.depth > again)
		line_add(&l, 3, ROLE_DIM, "%s", again > 0 ?
		    ", those that ran before are listed" : ", not listed");
	line_add(&l, 7, ROLE_FAINT, " %s ", dot);
	line_join(&l, ROLE_FAIL, "%" PRIu64 " failed", run->queue.failed);
	line_add(&l, 6, ROLE_FAINT, " %s ", dot);
	line_join(&l, ROLE_NORMAL, "%" PRIu64 " cancelled",
	    run->queue.cancelled);
	line_add(&l, 5, ROLE_FAINT, " %s ", dot);
	line_join(&l, ROLE_NORMAL, "%" PRIu64 " done", run->queue.done);
	if (run->queue.done > (uint64_t)n[SHOWN_DONE])
		line_join(&l, ROLE_DIM, ", the last %d listed", n[SHOWN_DONE]);
	line_add(&l, 9, ROLE_FAINT, " ");
	line_draw(&l, c, r.y, r.x + 2, r.x + r.w - 1);
}

static void
nothing(const struct screen *s, struct canvas *c, int y)
{
	const char *text;

	if (s->tasks.table.filter[0] != '\0' && s->tasks.table.all > 0)
		text = "No task is like that: Esc ends the filter.";
	else if (s->record == NULL && s->known)
		text = "What happened so far has not come from the engine yet.";
	else
		text = "No task has begun yet.";
	canvas_puts(c, y, 2, c->w - 2, ROLE_DIM, text);
}

/* Lines of the pane that tells about the selected task: always as many, so
   that the table stands still. */
static int
pane_lines(const struct screen *s, int room)
{
	if (room < PANE_FROM || tasks_selected(s) == NULL)
		return 0;
	return room / 2 < PANE_MAX ? room / 2 : PANE_MAX;
}

static void
draw(struct screen *s, struct canvas *c, const struct layout *l)
{
	struct table *t = &s->tasks.table;
	struct rect v = l->view;
	struct widths ws;
	struct page p;
	int pane, top;

	table_update(s);
	pane = pane_lines(s, v.h);
	top = v.y + (l->head.h > 0);
	table_place(s, top, v.y + v.h - pane - 1 - top, NULL, NULL);
	widget_tabs_table(s, c, l->tabs);
	fit(&ws, screen_shown(s), l->form, c->w - (l->form == LAYOUT_WIDE));
	if (l->head.h > 0)
		columns_head(c, l->head, &ws, columns, &t->sort);
	for (int i = 0; i < t->list.shown; i++) {
		int at = t->list.top + i;

		draw_row(s, c, (struct rect){ top + i, v.x, 1, v.w }, &ws,
		    &t->rows.row[at], at == t->list.at);
	}
	if (t->rows.n == 0)
		nothing(s, c, top);
	summary(s, c, (struct rect){ v.y + v.h - pane - 1, v.x, 1, v.w });
	if (pane > 0) {
		tasks_details(s, c, &p, t->list.id);
		page_pane(&p, c, (struct rect){ v.y + v.h - pane, v.x, pane,
		    v.w });
	}
}

/* ---- the table ------------------------------------------------------------- */

static struct table *
table(struct screen *s)
{
	return &s->tasks.table;
}

static void
gather(struct screen *s, struct table *t)
{
	tasks_gather(s);
	for (int i = 0; i < s->tasks.n; i++)
		rows_add(&t->rows, s->tasks.row[i].task, &s->tasks.row[i]);
}

static void
facts(const struct screen *s, const struct table_row *row, struct facts *f)
{
	const struct task_row *r = row->what;

	snprintf(f->room[0], sizeof f->room[0], "#%" PRIu64, r->task);
	f->field[FIELD_TASK] = f->room[0];
	if (slot_of(r) != 0) {
		snprintf(f->room[1], sizeof f->room[1], "w%u", slot_of(r));
		f->field[FIELD_WORKER] = f->room[1];
	}
	f->field[FIELD_STATE] = task_look_name(r->look);
	f->field[FIELD_JOB] = job_name(screen_shown(s), r);
	f->field[FIELD_LABEL] = label_of(r);
	f->field[FIELD_SAID] = said(r, f->said);
}

static void
key(const struct screen *s, struct table_row *row, int column)
{
	const struct task_row *r = row->what;

	const double number[NCOLUMNS] = {
		[COL_TASK] = (double)r->task, [COL_STATE] = r->look,
		[COL_TRY] = try_of(r), [COL_TIME] = time_of(r),
		[COL_WORKER] = slot_of(r) != 0 ? slot_of(r) : NAN,
		[COL_CPU] = cpu_of(r), [COL_ENDED] = ended_of(r),
		[COL_SAID] = r->last != NULL && r->last->outcome.cause !=
		    CAUSE_NONE ? r->last->outcome.cause : NAN
	};

	row->number = number[column];
	row->text = column == COL_JOB ? job_name(screen_shown(s), r) :
	    column == COL_LABEL ? label_of(r) : NULL;
}

static int
rows(const struct screen *s)
{
	return 3;	/* it shares out its place by itself */
}

static void
follow(struct screen *s)
{
	if (s->view == &view_tasks)
		table_update(s);
}

void
tasks_show(struct screen *s, const char *filter)
{
	screen_show(s, &view_tasks);
	snprintf(s->tasks.table.filter, sizeof s->tasks.table.filter, "%s",
	    filter);
	table_stale(&s->tasks.table);
	s->tasks.table.list.at = 0;
	s->tasks.table.list.id = 0;
	table_update(s);
}

static bool
act(struct screen *s, enum action a, struct mono now)
{
	struct request rq = { .op = OP_RETRY, .ntasks = 1 };
	task_id task = s->tasks.table.list.id;

	switch (a) {
	case ACTION_ENTER:
		dialog_details_open(s, task);
		return true;
	case ACTION_RETRY:
		rq.task[0] = task;
		screen_send(s, &rq, now);
		if (s->toast.text[0] == '\0')
			screen_say(s, EVENT_INFO, now,
			    "task #%" PRIu64 ": asked to try again", task);
		return true;
	case ACTION_CANCEL:
	case ACTION_WORKER:
		dialog_cancel_open(s, tasks_selected(s));
		if (a == ACTION_CANCEL)
			dialog_cancel_do(s, now);
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
	const struct task_row *r = tasks_selected(s);

	switch (a) {
	case ACTION_ENTER:
		return r != NULL || may_not(why, "no task is selected");
	case ACTION_RETRY:
		return (r != NULL && r->look == SHOWN_FAILED) ||
		    may_not(why, "it is for tasks that failed");
	case ACTION_CANCEL:
	case ACTION_WORKER:
		return (r != NULL && r->look <= SHOWN_AGAIN) ||
		    may_not(why, "it is for tasks that run or wait");
	case ACTION_TAG:
	case ACTION_TAG_ALL:
	case ACTION_UNTAG:
		return may_not(why, "workers can be tagged, view 1");
	case ACTION_FOLLOW:
	case ACTION_WRAP:
		return may_not(why, "the log can, view 4");
	default:
		return table_may(s, a, why);
	}
}

const struct view view_tasks = {
	.name = "Tasks", .noun = "tasks", .quiet = true, .rows = rows,
	.draw = draw, .act = act, .follow = follow, .may = may,
	.table = table, .gather = gather, .facts = facts, .key = key,
	.details = tasks_details, .columns = columns, .ncolumns = NCOLUMNS
};
