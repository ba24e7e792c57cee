#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "ui/tui/rows.h"

void
rows_clear(struct rows *r)
{
	free(r->row);
	memset(r, 0, sizeof *r);
}

void
rows_add(struct rows *r, uint64_t id, const void *what)
{
	if (r->n == r->cap) {
		r->cap = r->cap * 2 + 64;
		r->row = mem_resize(r->row, (size_t)r->cap, sizeof *r->row);
	}
	r->row[r->n] = (struct table_row){ .id = id, .what = what, .number = NAN,
	    .order = r->n };
	r->n++;
}

static int
in_order(const struct table_row *a, const struct table_row *b)
{
	return (a->order > b->order) - (a->order < b->order);
}

static int
compare(const struct table_row *a, const struct table_row *b, int sign)
{
	int d;

	if (a->text != NULL && b->text != NULL)
		d = sign * strcasecmp(a->text, b->text);
	else if (isnan(a->number) || isnan(b->number))
		d = isnan(a->number) - isnan(b->number);
	else
		d = sign * ((a->number > b->number) -
		    (a->number < b->number));
	return d != 0 ? d : in_order(a, b);
}

static int
up(const void *a, const void *b)
{
	return compare(a, b, 1);
}

static int
down(const void *a, const void *b)
{
	return compare(a, b, -1);
}

void
rows_sort(struct rows *r, bool downwards)
{
	if (r->n > 1)
		qsort(r->row, (size_t)r->n, sizeof *r->row,
		    downwards ? down : up);
}

int
rows_find(const struct rows *r, uint64_t id)
{
	for (int i = 0; i < r->n; i++)
		if (r->row[i].id == id)
			return i;
	return -1;
}

void
list_select(struct list *l, const struct rows *r, int at)
{
	l->n = r->n;
	if (r->n == 0)
		return;
	l->at = at < 0 ? 0 : at >= r->n ? r->n - 1 : at;
	l->id = r->row[l->at].id;
}

void
list_follow(struct list *l, const struct rows *r)
{
	int at = rows_find(r, l->id);

	list_select(l, r, at >= 0 ? at : l->at);
}

bool
list_move(struct list *l, const struct rows *r, enum action a)
{
	int page = l->shown > 1 ? l->shown - 1 : 1;

	if (r->n == 0)
		return false;
	switch (a) {
	case ACTION_UP:
		list_select(l, r, l->at - 1);
		return true;
	case ACTION_DOWN:
		list_select(l, r, l->at + 1);
		return true;
	case ACTION_PAGE_UP:
		list_select(l, r, l->at - page);
		return true;
	case ACTION_PAGE_DOWN:
		list_select(l, r, l->at + page);
		return true;
	case ACTION_FIRST:
		list_select(l, r, 0);
		return true;
	case ACTION_LAST:
		list_select(l, r, r->n - 1);
		return true;
	default:
		return false;
	}
}

struct measure {
	const struct rows *rows;
	int	(*lines)(const struct table_row *, void *arg);
	void	*arg;
};

static int
height(const struct measure *m, int i)
{
	return m->lines == NULL ? 1 : m->lines(&m->rows->row[i], m->arg);
}

/* The first row such that the last one is still seen, from `last` upwards. */
static int
first_for(const struct measure *m, int last, int room)
{
	int first = last, sum = height(m, last);

	while (first > 0 && (sum += height(m, first - 1)) <= room)
		first--;
	return first;
}

void
list_place(struct list *l, const struct rows *r, int room,
    int (*lines)(const struct table_row *, void *arg), void *arg)
{
	struct measure m = { r, lines, arg };
	int least, sum = 0;

	l->room = room;
	l->shown = 0;
	if (r->n == 0 || room < 1) {
		l->top = 0;
		return;
	}
	if (l->at < l->top)
		l->top = l->at;
	if ((least = first_for(&m, l->at, room)) > l->top)
		l->top = least;
	if ((least = first_for(&m, r->n - 1, room)) < l->top)
		l->top = least;
	while (l->top + l->shown < r->n &&
	    (sum += height(&m, l->top + l->shown)) <= room)
		l->shown++;
	if (l->shown == 0)
		l->shown = 1;
}
