#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "ui/tui/screen.h"
#include "ui/tui/show.h"

/* As in workers_row.c. */
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

const struct column tasks_columns[TASKS_NCOLUMNS] = {
#define COLUMN_ROW(id, title, w, right, keep, sort, down) \
	{ title, w, right, keep, sort, down },
	COLUMNS(COLUMN_ROW)
};

_Static_assert((int)NCOLUMNS == (int)TASKS_NCOLUMNS,
    "tasks.h says how many");
const int tasks_by_state = COL_STATE;

enum {
	STATE_W = 11, JOB_W = 12, LABEL_W = 28, SAID_W = 40, LABEL_MAX_W = 60,
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

void
tasks_fit(struct widths *ws, const struct run *run, enum layout_form form, int w)
{
	int n = show_digits(run->queue.total) + 1;

	columns_start(ws, tasks_columns, NCOLUMNS, form == LAYOUT_NARROW ? 1 :
	    form == LAYOUT_WIDE ? 3 : 2);
	ws->w[COL_TASK] = n > 5 ? n : 5;
	ws->w[COL_JOB] = run->njobs > 1 ? 8 : 0;
	if (form >= LAYOUT_NORMAL)
		ws->w[COL_STATE] = STATE_W;
	if (form == LAYOUT_NARROW)
		ws->w[COL_WORKER] = ws->w[COL_TRY] = ws->w[COL_CPU] = 0;
	columns_fit(ws, tasks_columns, w - comfort[form]);
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

void
tasks_row(const struct screen *s, struct canvas *c, struct rect r,
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
			columns_put(c, r.y, x, ws->w[i], tasks_columns[i].right,
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

void
tasks_facts(const struct screen *s, const struct table_row *row, struct facts *f)
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

void
tasks_key(const struct screen *s, struct table_row *row, int column)
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
