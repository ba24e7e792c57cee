#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "ui/tui/show.h"
#include "ui/tui/widget.h"

enum {
	PANE_FROM = 14,		/* lines of the view that leave room for it */
	PANE_MAX = 9
};

/* Of so many, these are in the table. */
static void
listed(struct line *l, uint64_t all, int n)
{
	if (all > (uint64_t)n && n > 0)
		line_join(l, ROLE_DIM, ", the last %d listed", n);
	else if (all > (uint64_t)n)
		line_join(l, ROLE_DIM, ", not listed");
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
	line_join(&l, run->queue.failed > 0 ? ROLE_FAIL : ROLE_NORMAL,
	    "%" PRIu64 " failed", run->queue.failed);
	listed(&l, run->queue.failed, n[SHOWN_FAILED]);
	line_add(&l, 6, ROLE_FAINT, " %s ", dot);
	line_join(&l, ROLE_NORMAL, "%" PRIu64 " cancelled",
	    run->queue.cancelled);
	line_add(&l, 5, ROLE_FAINT, " %s ", dot);
	line_join(&l, ROLE_NORMAL, "%" PRIu64 " done", run->queue.done);
	listed(&l, run->queue.done, n[SHOWN_DONE]);
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
	tasks_fit(&ws, screen_shown(s), l->form, c->w - (l->form == LAYOUT_WIDE));
	if (l->head.h > 0)
		columns_head(c, l->head, &ws, tasks_columns, &t->sort);
	for (int i = 0; i < t->list.shown; i++) {
		int at = t->list.top + i;

		struct rect line = { top + i, v.x, 1, v.w };

		tasks_row(s, c, line, &ws, &t->rows.row[at],
		    at == t->list.at);
		canvas_hit(c, line, HIT_ROW, (int64_t)t->rows.row[at].id);
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
may(const struct screen *s, enum action a, const char **why)
{
	const struct task_row *r = tasks_selected(s);

	switch (a) {
	case ACTION_ENTER:
		return r != NULL || view_refuse(why, "no task is selected");
	case ACTION_RETRY:
		return (r != NULL && r->look == SHOWN_FAILED) ||
		    view_refuse(why, "it is for tasks that failed");
	case ACTION_CANCEL:
	case ACTION_WORKER:
		return (r != NULL && r->look <= SHOWN_AGAIN) ||
		    view_refuse(why, "it is for tasks that run or wait");
	case ACTION_TAG:
	case ACTION_TAG_ALL:
	case ACTION_UNTAG:
	case ACTION_OVERVIEW:
	case ACTION_FOLLOW:
	case ACTION_WRAP:
		return view_elsewhere(a, why);
	default:
		return table_may(s, a, why);
	}
}

const struct view view_tasks = {
	.name = "Tasks", .noun = "tasks", .quiet = true, .rows = rows,
	.draw = draw, .act = act, .click = table_click, .follow = follow,
	.may = may, .table = table, .gather = gather, .facts = tasks_facts,
	.key = tasks_key,
	.details = tasks_details,
	.columns = tasks_columns,
	.ncolumns = TASKS_NCOLUMNS
};
