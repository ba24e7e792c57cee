#include <stdio.h>
#include <string.h>

#include "ui/tui/screen.h"

struct table *
table_of(struct screen *s)
{
	return s->view->table != NULL ? s->view->table(s) : NULL;
}

const struct table *
table_seen(const struct screen *s)
{
	return table_of((struct screen *)(uintptr_t)s);	/* changes nothing */
}

void
table_stale(struct table *t)
{
	t->fresh = false;
}

/* Leave out what the filter does, and see what is sought. */
static void
choose(struct screen *s, struct table *t)
{
	const char *sought = s->prompt.sought;
	struct facts facts;
	int n = 0;

	t->hits = 0;
	if (t->filter[0] == '\0' && sought[0] == '\0')
		return;
	for (int i = 0; i < t->rows.n; i++) {
		struct table_row row = t->rows.row[i];

		facts = (struct facts){ .said = "" };
		s->view->facts(s, &row, &facts);
		if (!filter_match(t->filter, &facts))
			continue;
		row.hit = sought[0] != '\0' && filter_match(sought, &facts);
		t->hits += row.hit;
		t->rows.row[n++] = row;
	}
	t->rows.n = n;
}

void
table_update(struct screen *s)
{
	struct table *t = table_of(s);

	if (t == NULL || t->fresh)
		return;
	t->rows.n = 0;
	s->view->gather(s, t);
	t->all = t->rows.n;
	choose(s, t);
	if (s->view->key != NULL) {
		for (int i = 0; i < t->rows.n; i++)
			s->view->key(s, &t->rows.row[i], t->sort.by);
		rows_sort(&t->rows, t->sort.down);
	}
	list_follow(&t->list, &t->rows);
	t->fresh = true;
}

/* The columns it can be sorted by, one after the other. */
static int
next_column(const struct view *v, int by, int step)
{
	do
		by = (by + step + v->ncolumns) % v->ncolumns;
	while (v->columns[by].sort == NULL);
	return by;
}

static void
sort_by(struct screen *s, int column)
{
	struct table *t = table_of(s);

	t->sort.by = column;
	t->sort.down = s->view->columns[column].down;
	table_stale(t);
}

void
table_sort(struct screen *s, int column)
{
	struct table *t = table_of(s);

	if (t->sort.by != column)
		sort_by(s, column);
	else
		t->sort.down = !t->sort.down;
	table_stale(t);
}

void
table_click(struct screen *s, enum hit_what what, int64_t value)
{
	struct table *t = table_of(s);
	int at;

	table_update(s);
	if (what == HIT_ROW && (at = rows_find(&t->rows,
	    (uint64_t)value)) >= 0)
		list_select(&t->list, &t->rows, at);
	else if (what == HIT_HEAD && s->view->columns[value].sort != NULL)
		table_sort(s, (int)value);
}

/* The column a key stands for in this view, or -1. */
static int
column_for(const struct view *v, enum action a)
{
	const char *name = a == ACTION_BY_CPU ? "cpu" : a == ACTION_BY_MEMORY ?
	    "memory" : a == ACTION_BY_TIME ? "time" : "id";

	for (int i = 0; i < v->ncolumns; i++)
		if (v->columns[i].sort != NULL &&
		    strcmp(v->columns[i].sort, name) == 0)
			return i;
	return -1;
}

bool
table_seek(struct screen *s, int step)
{
	struct table *t = table_of(s);
	int n, at;

	if (t == NULL)
		return false;
	table_update(s);
	n = t->rows.n;
	for (int i = 0; i < n; i++) {
		at = step < 0 ? t->list.at - 1 - i : t->list.at + step + i;
		at = (at % n + n) % n;
		if (t->rows.row[at].hit) {
			list_select(&t->list, &t->rows, at);
			return true;
		}
	}
	return false;
}

bool
table_act(struct screen *s, enum action a)
{
	struct table *t = table_of(s);

	if (t == NULL)
		return false;
	table_update(s);
	switch (a) {
	case ACTION_BY_NUMBER:
		if (s->prompt.sought[0] != '\0') {
			table_seek(s, -1);
			return true;
		}
		/* fallthrough */
	case ACTION_BY_CPU:
	case ACTION_BY_MEMORY:
	case ACTION_BY_TIME:
		sort_by(s, column_for(s->view, a));
		return true;
	case ACTION_NEXT_COLUMN:
		sort_by(s, next_column(s->view, t->sort.by, 1));
		return true;
	case ACTION_PREVIOUS_COLUMN:
		sort_by(s, next_column(s->view, t->sort.by, -1));
		return true;
	case ACTION_INVERT:
		t->sort.down = !t->sort.down;
		table_stale(t);
		return true;
	case ACTION_AGAIN:
		table_seek(s, 1);
		return true;
	default:
		return list_move(&t->list, &t->rows, a);
	}
}

bool
table_may(const struct screen *s, enum action a, const char **why)
{
	const struct view *v = s->view;
	bool sorts = v->table != NULL && v->key != NULL;

	switch (a) {
	case ACTION_FIND:
	case ACTION_FILTER:
		return v->table != NULL || view_refuse(why,
		    "there is no table here");
	case ACTION_AGAIN:
		return (v->table != NULL && s->prompt.sought[0] != '\0') ||
		    view_refuse(why, "nothing is sought, / does that");
	case ACTION_BY_NUMBER:
		if (v->table != NULL && s->prompt.sought[0] != '\0')
			return true;
		/* fallthrough */
	case ACTION_BY_CPU:
	case ACTION_BY_MEMORY:
	case ACTION_BY_TIME:
		return (sorts && column_for(v, a) >= 0) || view_refuse(why,
		    "that is not known here");
	case ACTION_LEFT:
	case ACTION_RIGHT:
		return view_refuse(why, "rows have no sides");
	default:
		return sorts || view_refuse(why, "nothing is sorted here");
	}
}

void
table_range(struct table *t)
{
	t->range[0] = '\0';
	if (t->list.shown < t->rows.n)
		snprintf(t->range, sizeof t->range, "%d-%d of %d",
		    t->list.top + 1, t->list.top + t->list.shown, t->rows.n);
}

void
table_place(struct screen *s, int y, int lines,
    int (*height)(const struct table_row *, void *arg), void *arg)
{
	struct table *t = table_of(s);
	struct list *l = &t->list;

	list_place(l, &t->rows, lines, height, arg);
	t->line = l->shown > 0 ? y + l->at - l->top : -1;
	table_range(t);
}

int
table_line(const struct screen *s)
{
	const struct table *t = table_seen(s);

	return t == NULL || t->list.n == 0 ? -1 : t->line;
}
