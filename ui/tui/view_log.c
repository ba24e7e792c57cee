#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "ui/tui/show.h"
#include "ui/tui/widget.h"
#include "ui/tui/wrap.h"

enum { TIME_W = 9, LEVEL_W = 6, WHO_W = 8, WHO_FROM = 110, SENTENCE_MAX = 768 };

static enum role
level_role(enum event_level level)
{
	return level == EVENT_ERROR ? ROLE_FAIL : level == EVENT_WARN ?
	    ROLE_WARN : ROLE_DIM;
}

/* Whom it is about. */
static const char *
who(const struct event *ev, char out[HUMAN_MAX])
{
	const char *name = ev->kind == EVENT_RESIZE ? "pool" :
	    ev->kind == EVENT_FAULT ? "engine" : "run";

	if (ev->task != 0)
		snprintf(out, HUMAN_MAX, "#%" PRIu64, ev->task);
	else if (ev->slot != 0)
		snprintf(out, HUMAN_MAX, "w%u", ev->slot);
	else
		snprintf(out, HUMAN_MAX, "%s", name);
	return out;
}

/* Columns before the sentence. */
static int
indent(int w)
{
	return w >= WHO_FROM ? 1 + TIME_W + LEVEL_W + WHO_W + 1 : w >= 60 ?
	    1 + TIME_W + LEVEL_W : 1 + 2;
}

struct lines {
	const struct canvas *c;
	int		     w;		/* of the sentence */
};

static int
height(const struct table_row *row, void *arg)
{
	const struct lines *l = arg;
	char text[SENTENCE_MAX];

	return wrap_lines(l->c, event_sentence(row->what, text, sizeof text),
	    l->w);
}

static void
head(struct canvas *c, struct rect r, const struct event *ev)
{
	int x = r.x + 1;
	char text[HUMAN_MAX];

	if (r.w < 60) {
		canvas_glyph(c, r.y, x, level_role(ev->level), ev->level ==
		    EVENT_ERROR ? GLYPH_FAIL : ev->level == EVENT_WARN ?
		    GLYPH_WARN : GLYPH_INFO);
		return;
	}
	canvas_puts(c, r.y, x, TIME_W, ROLE_DIM, show_time(text, ev->time));
	x += TIME_W;
	canvas_puts(c, r.y, x, LEVEL_W, level_role(ev->level),
	    event_level_name(ev->level));
	if (r.w >= WHO_FROM)
		canvas_puts(c, r.y, x + LEVEL_W, WHO_W, ROLE_NORMAL,
		    who(ev, text));
}

/* An event from line y on; the lines it took. */
static int
draw_row(const struct screen *s, struct canvas *c, struct rect r,
    const struct table_row *row, bool selected)
{
	const struct event *ev = row->what;
	char text[SENTENCE_MAX];
	const char *rest = event_sentence(ev, text, sizeof text);
	int x = r.x + indent(r.w), n = 0, max = s->log.wrap ? r.h : 1;

	head(c, (struct rect){ r.y, r.x, 1, r.w }, ev);
	while (n < max && (n == 0 || *rest != '\0')) {
		const char *next = rest;
		size_t bytes = s->log.wrap ? wrap_next(c, rest, r.w - x, &next)
		    : strlen(rest);

		canvas_printf(c, r.y + n, x, r.w - x, ROLE_NORMAL, "%.*s",
		    (int)bytes, rest);
		n++;
		if (next == rest)
			break;
		rest = next;
	}
	if (row->hit)
		canvas_puts(c, r.y, r.x, 1, ROLE_WARN, "/");
	if (selected) {
		canvas_glyph(c, r.y, r.x, ROLE_STRONG, GLYPH_HERE);
		canvas_ground(c, (struct rect){ r.y, r.x, n, r.w },
		    GROUND_SELECTED);
	}
	return n;
}

static void
bottom(const struct screen *s, struct canvas *c, struct rect r)
{
	const struct table *t = &s->log.table;
	struct line l;

	canvas_line(c, r.y, r.x, r.w, ROLE_FAINT, GLYPH_HLINE);
	line_start(&l, GROUND_PLAIN);
	line_add(&l, 9, ROLE_NORMAL, " %d of %zu lines", t->rows.n,
	    s->record != NULL ? s->record->journal.n : 0);
	line_add(&l, 5, ROLE_DIM, ", the last %d are kept", JOURNAL_MAX);
	if (s->log.held)
		line_add(&l, 8, ROLE_WARN, ", new ones do not scroll: F");
	line_add(&l, 9, ROLE_FAINT, " ");
	line_draw(&l, c, r.y, r.x + 2, r.x + r.w - 1);
}

static void
nothing(const struct screen *s, struct canvas *c, int y)
{
	canvas_puts(c, y, 2, c->w - 2, ROLE_DIM, s->record == NULL ?
	    "What happened so far has not come from the engine yet." :
	    s->log.table.filter[0] != '\0' || s->log.level > EVENT_INFO ?
	    "Nothing like that happened." : "Nothing has happened yet.");
}

/* The log may have grown since its rows were gathered. */
static void
refresh(struct screen *s)
{
	uint64_t count = s->record != NULL ? s->record->journal.count : 0;

	if (count != s->log.count)
		table_stale(&s->log.table);
	s->log.count = count;
	table_update(s);
	if (!s->log.held)
		list_select(&s->log.table.list, &s->log.table.rows,
		    s->log.table.rows.n - 1);
}

static void
draw(struct screen *s, struct canvas *c, const struct layout *l)
{
	struct table *t = &s->log.table;
	struct rect v = l->view;
	struct lines lines = { c, v.w - indent(v.w) };
	int y = v.y, end = v.y + v.h - 1, n;

	log_count(s);
	s->log.unseen = 0;
	refresh(s);
	table_place(s, y, end - y, s->log.wrap ? height : NULL, &lines);
	widget_tabs_table(s, c, l->tabs);
	for (int i = t->list.top; i < t->rows.n && y < end; i++) {
		if (i == t->list.at)
			t->line = y;
		n = draw_row(s, c, (struct rect){ y, v.x, end - y, v.w },
		    &t->rows.row[i], i == t->list.at);
		canvas_hit(c, (struct rect){ y, v.x, n, v.w }, HIT_ROW,
		    (int64_t)t->rows.row[i].id);
		y += n;
	}
	if (t->rows.n == 0 && y < end)
		nothing(s, c, y);
	bottom(s, c, (struct rect){ end, v.x, 1, v.w });
}

/* ---- the table ------------------------------------------------------------- */

static struct table *
table(struct screen *s)
{
	return &s->log.table;
}

static void
gather(struct screen *s, struct table *t)
{
	const struct journal *j;

	if (s->record == NULL)
		return;
	j = &s->record->journal;
	for (size_t i = 0; i < j->n; i++) {
		uint64_t number = j->count - j->n + i + 1;
		const struct event *ev = journal_at(j, i);

		if (ev->level >= s->log.level &&
		    !(s->frozen && number > s->held_events))
			rows_add(&t->rows, number, ev);
	}
}

static void
facts(const struct screen *s, const struct table_row *row, struct facts *f)
{
	const struct run *run = screen_shown(s);
	const struct event *ev = row->what;

	f->field[FIELD_LEVEL] = event_level_name(ev->level);
	f->field[FIELD_SAID] = event_sentence(ev, f->said, sizeof f->said);
	if (ev->task != 0) {
		snprintf(f->room[0], sizeof f->room[0], "#%" PRIu64, ev->task);
		f->field[FIELD_TASK] = f->room[0];
		f->field[FIELD_STATE] = task_state_name(ev->state);
		if (ev->job < run->njobs)
			f->field[FIELD_JOB] = run->job[ev->job].name;
	}
	if (ev->slot != 0) {
		snprintf(f->room[1], sizeof f->room[1], "w%u", ev->slot);
		f->field[FIELD_WORKER] = f->room[1];
	}
}

static void
details(const struct screen *s, const struct canvas *c, struct page *p,
    uint64_t id)
{
	char text[SENTENCE_MAX], time[HUMAN_MAX], about[HUMAN_MAX];
	const struct journal *j = &s->record->journal;
	const struct event *ev;

	page_start(p, "Log entry %" PRIu64, id);
	page_row(p, PAGE_MUST, -1);
	if (id > j->count || id + j->n <= j->count) {
		page_put(p, c, 0, ROLE_WARN, "It is no longer kept.");
		return;
	}
	ev = journal_at(j, (size_t)(id - 1 - (j->count - j->n)));
	page_put(p, c, 0, ROLE_NORMAL, "%s ", show_time(time, ev->time));
	page_put(p, c, -1, level_role(ev->level), " %s ",
	    event_level_name(ev->level));
	page_put(p, c, -1, ROLE_NORMAL, " %s", who(ev, about));
	if (ev->slot != 0)
		page_put(p, c, -1, ROLE_DIM, "   w%u pid %d", ev->slot,
		    (int)ev->pid);
	page_row(p, PAGE_MUST, -1);
	page_wrap(p, c, 0, ROLE_STRONG, event_sentence(ev, text,
	    sizeof text));
}

static int
rows(const struct screen *s)
{
	return 3;	/* it shares out its place by itself */
}

/* The newest is selected as long as nobody looks at another one. */
static void
follow(struct screen *s)
{
	if (s->view == &view_log)
		refresh(s);
}

void
log_count(struct screen *s)
{
	const struct journal *j;

	if (s->record == NULL)
		return;
	j = &s->record->journal;
	if (s->log.counted > j->count)		/* another record */
		s->log.counted = s->log.unseen = 0;
	for (size_t i = j->n; i-- > 0 &&
	    j->count - j->n + i >= s->log.counted; )
		s->log.unseen += journal_at(j, i)->level > EVENT_INFO;
	s->log.counted = j->count;
}

void
log_level(struct screen *s, enum event_level level)
{
	s->log.level = level;
	table_stale(&s->log.table);
	follow(s);
}

/* Who looks at an older entry does not want it to scroll away. */
static void
hold(struct log *v)
{
	v->held = v->table.list.at + 1 < v->table.rows.n;
}

static bool
act(struct screen *s, enum action a, struct mono now)
{
	struct log *v = &s->log;
	bool moved;

	refresh(s);
	switch (a) {
	case ACTION_ENTER:
		dialog_details_open(s, v->table.list.id);
		return true;
	case ACTION_FOLLOW:
		v->held = !v->held;
		follow(s);
		return true;
	case ACTION_WRAP:
		v->wrap = !v->wrap;
		return true;
	default:
		moved = table_act(s, a);
		if (moved)
			hold(v);
		return moved;
	}
}

static void
click(struct screen *s, enum hit_what what, int64_t value)
{
	refresh(s);
	table_click(s, what, value);
	hold(&s->log);
}

static bool
may(const struct screen *s, enum action a, const char **why)
{
	switch (a) {
	case ACTION_ENTER:
		return s->log.table.list.n > 0 ||
		    view_refuse(why, "nothing is selected");
	case ACTION_FOLLOW:
	case ACTION_WRAP:
	case ACTION_SORT:
		return true;
	case ACTION_TAG:
	case ACTION_TAG_ALL:
	case ACTION_UNTAG:
	case ACTION_WORKER:
	case ACTION_RETRY:
	case ACTION_CANCEL:
	case ACTION_OVERVIEW:
		return view_elsewhere(a, why);
	default:
		return table_may(s, a, why);
	}
}

const struct view view_log = {
	.name = "Log", .noun = "lines", .quiet = true, .rows = rows,
	.draw = draw, .act = act, .click = click, .follow = follow, .may = may,
	.table = table, .gather = gather, .facts = facts,
	.details = details
};
