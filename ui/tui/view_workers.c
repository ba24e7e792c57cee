#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ui/tui/overview.h"
#include "ui/tui/show.h"
#include "ui/tui/widget.h"

/*
 * The columns, in order.  name, title, least width (0: set by what is in
 * it), right-aligned, how long it stays when the screen gets narrow.
 */
#define COLUMNS(X) \
	X(COL_ID,    "ID",	 0, true,  99) \
	X(COL_PID,   "PID",	 0, true,   9) \
	X(COL_STATE, "STATE",	 1, false, 99) \
	X(COL_TASK,  "TASK",	 0, true,  99) \
	X(COL_LABEL, "LABEL",	10, false, 99) \
	X(COL_BAR,   "PROGRESS", 8, false, 99) \
	X(COL_PCT,   "",	 4, true,  10) \
	X(COL_TIME,  "TIME",	 6, true,  99) \
	X(COL_CPU,   "CPU%",	 5, true,   8) \
	X(COL_RSS,   "RSS",	 5, true,   7) \
	X(COL_DONE,  "DONE",	 5, true,   6) \
	X(COL_FAIL,  "FAIL",	 4, true,   5) \
	X(COL_TRY,   "TRY",	 4, true,   2) \
	X(COL_RESTARTS, "RESTARTS", 8, true, 1)

#define COLUMN_ENUM(id, title, w, right, keep) id,
enum column { COLUMNS(COLUMN_ENUM) NCOLUMNS };

static const struct {
	const char	*title;
	int		 w;
	bool		 right;
	int		 keep;
} columns[] = {
#define COLUMN_ROW(id, title, w, right, keep) { title, w, right, keep },
	COLUMNS(COLUMN_ROW)
};

enum { STATE_WORD_W = 11, LABEL_W = 24, BAR_W = 26, LABEL_MAX_W = 60 };

/* Columns beyond the least that label and bar should have together, before
   columns that could go are kept. */
static const int comfort[] = { [LAYOUT_NARROW] = 0, [LAYOUT_MEDIUM] = 6,
	[LAYOUT_NORMAL] = 11, [LAYOUT_WIDE] = 28 };

/* Widths of the columns on a screen; 0: not shown. */
struct widths {
	int	mark;			/* columns before the first one */
	int	w[NCOLUMNS];
};

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

static int
total_width(const struct widths *ws)
{
	int sum = ws->mark;

	for (int i = 0; i < NCOLUMNS; i++)
		if (ws->w[i] > 0)
			sum += ws->w[i] + (i > 0);
	return sum;
}

/* The column that goes first, or -1 when all must stay. */
static int
least_kept(const struct widths *ws)
{
	int least = -1;

	for (int i = 0; i < NCOLUMNS; i++)
		if (ws->w[i] > 0 && columns[i].keep < 99 && (least < 0 ||
		    columns[i].keep < columns[least].keep))
			least = i;
	return least;
}

static void
widen(struct widths *ws, enum column col, int upto, int w)
{
	int slack = w - total_width(ws);

	if (slack > 0 && ws->w[col] < upto)
		ws->w[col] = ws->w[col] + slack < upto ? ws->w[col] + slack :
		    upto;
}

static void
fit(struct widths *ws, const struct run *run, enum layout_form form, int w)
{
	int pid = 5, id = 2, n, gone;

	memset(ws, 0, sizeof *ws);
	for (unsigned int i = 0; i < run->nworkers; i++) {
		if ((n = show_digits(run->worker[i].slot) + 1) > id)
			id = n;
		n = show_digits((uint64_t)run->worker[i].pid);
		pid = n > pid ? n : pid;
	}
	for (int i = 0; i < NCOLUMNS; i++)
		ws->w[i] = columns[i].w;
	ws->mark = form == LAYOUT_NARROW ? 1 : form == LAYOUT_WIDE ? 3 : 2;
	ws->w[COL_ID] = id;
	ws->w[COL_PID] = pid;
	n = show_digits(run->queue.total) + 1;
	ws->w[COL_TASK] = n > 4 ? n : 4;
	if (form == LAYOUT_WIDE)
		ws->w[COL_STATE] = STATE_WORD_W;
	if (form == LAYOUT_NARROW)
		ws->w[COL_PID] = ws->w[COL_PCT] = ws->w[COL_CPU] =
		    ws->w[COL_RSS] = ws->w[COL_DONE] = ws->w[COL_FAIL] = 0;
	while (total_width(ws) + comfort[form] > w &&
	    (gone = least_kept(ws)) >= 0)
		ws->w[gone] = 0;
	widen(ws, COL_LABEL, 16, w);
	widen(ws, COL_BAR, 13, w);
	widen(ws, COL_LABEL, LABEL_W, w);
	widen(ws, COL_BAR, BAR_W, w);
	widen(ws, COL_LABEL, LABEL_MAX_W, w);
}

static void
put(struct canvas *c, int y, int x, int w, bool right, enum role role,
    const char *text)
{
	if (right)
		canvas_right(c, y, x + w, w, role, text);
	else
		canvas_puts(c, y, x, w, role, text);
}

static void
head(struct canvas *c, struct rect r, const struct widths *ws)
{
	int x = r.x + ws->mark;

	canvas_clear(c, r, GROUND_BAR);
	for (int i = 0; i < NCOLUMNS; i++) {
		const char *title = columns[i].title;

		if (ws->w[i] == 0)
			continue;
		if ((int)strlen(title) > ws->w[i])
			title = i == COL_STATE ? "S" : "";
		put(c, r.y, x, ws->w[i], columns[i].right, ROLE_NORMAL,
		    title);
		canvas_hit(c, (struct rect){ r.y, x, 1, ws->w[i] }, HIT_HEAD,
		    i);
		x += ws->w[i] + 1;
	}
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
value(const struct run *run, const struct run_worker *w, enum column col,
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
value_role(const struct run_worker *w, enum column col)
{
	if (col == COL_FAIL)
		return w->failed > 0 ? ROLE_FAIL : ROLE_DIM;
	if (col == COL_PID || col == COL_DONE)
		return ROLE_DIM;
	return ROLE_NORMAL;
}

static void
row(const struct run *run, struct canvas *c, struct rect r,
    const struct widths *ws, const struct run_worker *w, bool selected)
{
	char text[RUN_LABEL_MAX + JOB_NAME_MAX];
	int x = r.x + ws->mark;

	for (int i = 0; i < NCOLUMNS; i++) {
		if (ws->w[i] == 0)
			continue;
		if (i == COL_BAR)
			bar(c, r.y, x, ws->w[i], w);
		else if (i == COL_STATE)
			state(c, r.y, x, ws->w[i], run, w);
		else
			put(c, r.y, x, ws->w[i], columns[i].right,
			    value_role(w, (enum column)i),
			    value(run, w, (enum column)i, text));
		x += ws->w[i] + 1;
	}
	if (selected) {
		canvas_glyph(c, r.y, r.x + (ws->mark > 2), ROLE_STRONG,
		    GLYPH_HERE);
		canvas_ground(c, r, GROUND_SELECTED);
	}
}

static int
index_of(const struct run *run, unsigned int slot)
{
	for (unsigned int i = 0; i < run->nworkers; i++)
		if (run->worker[i].slot == slot)
			return (int)i;
	return -1;
}

const struct run_worker *
workers_selected(const struct screen *s)
{
	const struct run *run = screen_shown(s);
	int i = index_of(run, s->workers.slot);

	if (i < 0 || widget_panel_is(s))
		return NULL;
	return &run->worker[i];
}

int
workers_row(const struct screen *s)
{
	int i = index_of(screen_shown(s), s->workers.slot);

	if (s->workers.overview) {
		i = overview_line(s, i);
		return i < 0 ? -1 : s->layout.table.y + i;
	}
	if (i < s->workers.top || i >= s->workers.top + s->layout.table.h)
		return -1;
	return s->layout.table.y + i - s->workers.top;
}

/* The selected slot is gone: the next one takes over, else the last. */
static void
follow(struct screen *s)
{
	const struct run *run = screen_shown(s);
	unsigned int i = 0;

	if (run->nworkers == 0 || index_of(run, s->workers.slot) >= 0)
		return;
	while (i + 1 < run->nworkers && run->worker[i].slot < s->workers.slot)
		i++;
	s->workers.slot = run->worker[i].slot;
}

/* Scroll no further than needed to see the selected row. */
static void
scroll(struct workers *v, int n, int at, int rows)
{
	v->rows = rows;
	if (at < v->top)
		v->top = at;
	if (at >= v->top + rows)
		v->top = at - rows + 1;
	if (v->top > n - rows)
		v->top = n - rows;
	if (v->top < 0)
		v->top = 0;
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

static int
rows(const struct screen *s)
{
	return widget_panel_is(s) ? widget_panel_rows(s) :
	    s->workers.overview ? overview_rows(s) :
	    (int)screen_shown(s)->nworkers;
}

static void
draw(struct screen *s, struct canvas *c, const struct layout *l)
{
	const struct run *run = screen_shown(s);
	int n = (int)run->nworkers, shown;
	struct widths ws;
	char *range = s->workers.range;

	range[0] = '\0';
	if (widget_panel_is(s)) {
		widget_tabs(s, c, l->tabs, range);
		widget_panel(s, c, l->view);
		return;
	}
	follow(s);
	if (s->workers.overview) {
		overview_draw(s, c, l);
		widget_tabs(s, c, l->tabs, range);
		detail(s, c, l->detail);
		return;
	}
	scroll(&s->workers, n, index_of(run, s->workers.slot), l->table.h);
	shown = n - s->workers.top < l->table.h ? n - s->workers.top :
	    l->table.h;
	if (shown < n)
		snprintf(range, sizeof s->workers.range, "%d-%d of %d",
		    s->workers.top + 1, s->workers.top + shown, n);
	widget_tabs(s, c, l->tabs, range);
	fit(&ws, run, l->form, c->w - (l->form == LAYOUT_WIDE));
	if (l->head.h > 0)
		head(c, l->head, &ws);
	for (int i = 0; i < shown; i++) {
		const struct run_worker *w = &run->worker[s->workers.top + i];
		struct rect r = { l->table.y + i, l->table.x, 1, l->table.w };

		row(run, c, r, &ws, w, w->slot == s->workers.slot);
		canvas_hit(c, r, HIT_ROW, (int)w->slot);
	}
	detail(s, c, l->detail);
}

static bool
act(struct screen *s, enum action a, struct mono now)
{
	const struct run *run = screen_shown(s);
	int n = (int)run->nworkers, at = index_of(run, s->workers.slot);
	int page = s->workers.rows > 1 ? s->workers.rows - 1 : 1;

	if (a == ACTION_OVERVIEW) {
		s->workers.overview = !s->workers.overview;
		s->workers.top = 0;
		return true;
	}
	if (n == 0)
		return false;
	if (s->workers.overview) {
		if ((at = overview_move(s, a, at)) == -1)
			return false;
		s->workers.slot = run->worker[at].slot;
		return true;
	}
	switch (a) {
	case ACTION_UP:
		at--;
		break;
	case ACTION_DOWN:
		at++;
		break;
	case ACTION_PAGE_UP:
		at -= page;
		break;
	case ACTION_PAGE_DOWN:
		at += page;
		break;
	case ACTION_FIRST:
		at = 0;
		break;
	case ACTION_LAST:
		at = n - 1;
		break;
	default:
		return false;
	}
	at = at < 0 ? 0 : at >= n ? n - 1 : at;
	s->workers.slot = run->worker[at].slot;
	return true;
}

static void
click(struct screen *s, enum hit_what what, int value, struct mono now)
{
	if (what == HIT_ROW && index_of(screen_shown(s),
	    (unsigned int)value) >= 0)
		s->workers.slot = (unsigned int)value;
}

const struct view view_workers = {
	.name = "Workers", .rows = rows, .draw = draw, .act = act,
	.follow = follow, .click = click
};
