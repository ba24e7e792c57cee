#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ui/tui/screen.h"
#include "ui/tui/show.h"

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

const struct column workers_columns[WORKERS_NCOLUMNS] = {
#define COLUMN_ROW(id, title, w, right, keep, sort, down) \
	{ title, w, right, keep, sort, down },
	COLUMNS(COLUMN_ROW)
};
_Static_assert((int)NCOLUMNS == (int)WORKERS_NCOLUMNS,
    "workers.h says how many");

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

void
workers_fit(struct widths *ws, const struct run *run, enum layout_form form,
    int w)
{
	int pid = 5, id = 2, n;

	columns_start(ws, workers_columns, NCOLUMNS, form == LAYOUT_NARROW ? 1 :
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
	columns_fit(ws, workers_columns, w - comfort[form] -
	    (form == LAYOUT_NORMAL ? (w - 80) / 2 : 0));
	columns_widen(ws, COL_LABEL, 16, w);
	columns_widen(ws, COL_BAR, 13, w);
	columns_widen(ws, COL_LABEL, LABEL_W, w);
	columns_widen(ws, COL_BAR, BAR_W, w);
	columns_widen(ws, COL_LABEL, LABEL_MAX_W, w);
}

const char *
workers_label(const struct run *run, const struct run_worker *w,
    char out[WORKERS_LABEL_MAX])
{
	const size_t size = WORKERS_LABEL_MAX;

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

enum glyph
workers_mark(const struct run *run, const struct run_worker *w,
    enum role *role)
{
	*role = looks[w->state].role;
	if (w->state == WORKER_IDLE && run->queue.depth > 0 &&
	    run->state == RUN_RUNNING)
		*role = ROLE_WARN;	/* it could have work */
	return looks[w->state].glyph;
}

static void
state(struct canvas *c, int y, int x, int w, const struct run *run,
    const struct run_worker *worker)
{
	enum role role;
	enum glyph glyph = workers_mark(run, worker, &role);
	char left[HUMAN_MAX];

	canvas_glyph(c, y, x, role, glyph);
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
    char out[WORKERS_LABEL_MAX])
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
		return workers_label(run, w, out);
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

	if (workers_tagged_is(&s->workers, row->what)) {
		canvas_ground(c, r, GROUND_BAR);
		canvas_puts(c, r.y, x, 1, ROLE_WARN, "*");
	} else if (row->hit)
		canvas_puts(c, r.y, x, 1, ROLE_WARN, "/");
	if (selected) {
		if (!workers_tagged_is(&s->workers, row->what))
			canvas_glyph(c, r.y, x, ROLE_STRONG, GLYPH_HERE);
		canvas_ground(c, r, GROUND_SELECTED);
	}
}

void
workers_row(const struct screen *s, struct canvas *c, struct rect r,
    const struct widths *ws, const struct table_row *row, bool selected)
{
	char text[WORKERS_LABEL_MAX];
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
			columns_put(c, r.y, x, ws->w[i], workers_columns[i].right,
			    value_role(w, (enum column_id)i),
			    value(run, w, (enum column_id)i, text));
		x += ws->w[i] + 1;
	}
	marks(s, c, r, row, selected);
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

void
workers_key(const struct screen *s, struct table_row *row, int column)
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
