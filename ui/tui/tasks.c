#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/tui/screen.h"

static const struct {
	const char	*name;
	enum glyph	 glyph;
	enum role	 role;
} looks[] = {
#define ROW(id, name, glyph, role) { name, glyph, role },
	TASK_LOOKS(ROW)
};

const char *
task_look_name(enum task_look look)
{
	return looks[look].name;
}

enum glyph
task_look_glyph(enum task_look look)
{
	return looks[look].glyph;
}

enum role
task_look_role(enum task_look look)
{
	return looks[look].role;
}

static void
add(struct tasks *v, task_id task, const struct run_worker *w,
    const struct attempt *a)
{
	if (v->n == v->cap) {
		v->cap = v->cap * 2 + 256;
		v->row = mem_resize(v->row, (size_t)v->cap, sizeof *v->row);
	}
	v->row[v->n++] = (struct task_row){ .task = task, .worker = w,
	    .last = a, .serial = a != NULL ? a->serial : 0 };
}

static bool
held_back(const struct screen *s, const struct attempt *a)
{
	return s->frozen && a->serial > s->held_serial;
}

static void
add_ring(struct screen *s, const struct tail_ring *ring)
{
	for (size_t i = 0; i < ring->n; i++) {
		const struct attempt *a = tail_at(ring, i);

		if (!held_back(s, a))
			add(&s->tasks, a->task, NULL, a);
	}
}

static int
by_task(const void *x, const void *y)
{
	const struct task_row *a = x, *b = y;

	if (a->task != b->task)
		return a->task < b->task ? -1 : 1;
	return (a->serial < b->serial) - (a->serial > b->serial);
}

/* One row a task, with its newest attempt and the worker that has it. */
static void
unite(struct tasks *v)
{
	int n = 0;

	qsort(v->row, (size_t)v->n, sizeof *v->row, by_task);
	for (int i = 0; i < v->n; i++) {
		if (n == 0 || v->row[n - 1].task != v->row[i].task)
			v->row[n++] = v->row[i];
		else if (v->row[i].worker != NULL)
			v->row[n - 1].worker = v->row[i].worker;
	}
	v->n = n;
}

static enum task_look
look_of(const struct task_row *r)
{
	if (r->worker != NULL)
		return r->worker->state == WORKER_TERM ? SHOWN_STOPPING :
		    r->worker->state == WORKER_FROZEN ? SHOWN_FROZEN :
		    SHOWN_RUNNING;
	if (r->last->again)
		return SHOWN_AGAIN;
	return r->last->state == TASK_DONE ? SHOWN_DONE :
	    r->last->state == TASK_CANCELLED ? SHOWN_CANCELLED : SHOWN_FAILED;
}

static int
task_only(const void *x, const void *y)
{
	const struct task_row *a = x, *b = y;

	return (a->task > b->task) - (a->task < b->task);
}

/* Tasks that had ended and were queued again by request: the log knows.
   The rows are in the order of tasks still. */
static void
note_requests(struct tasks *v, const struct journal *j)
{
	for (size_t i = 0; i < j->n; i++) {
		const struct event *ev = journal_at(j, i);
		struct task_row *r, key = { .task = ev->task };

		if (ev->kind != EVENT_TASK || ev->state != TASK_QUEUED ||
		    ev->again)
			continue;
		r = bsearch(&key, v->row, (size_t)v->n, sizeof *v->row,
		    task_only);
		if (r != NULL && r->worker == NULL &&
		    ev->time >= r->last->ended)
			r->look = SHOWN_AGAIN;
	}
}

/*
 * A failure that is remembered longer than other ends, of a task that was
 * queued again: what became of it since may have been forgotten.
 */
static bool
outdated(const struct task_row *r, const struct tail *t)
{
	return r->look == SHOWN_AGAIN && t->ended.n == TAIL_MAX &&
	    r->last->serial < tail_at(&t->ended, 0)->serial;
}

static void
leave_out(struct tasks *v, const struct tail *t)
{
	int n = 0;

	for (int i = 0; i < v->n; i++)
		if (!outdated(&v->row[i], t))
			v->row[n++] = v->row[i];
	v->n = n;
}

/* What goes on first, in the order it began; what ended: newest first. */
static int
by_look(const void *x, const void *y)
{
	const struct task_row *a = x, *b = y;

	if (a->look != b->look)
		return a->look < b->look ? -1 : 1;
	if (a->look > SHOWN_STOPPING && a->serial != b->serial)
		return a->serial > b->serial ? -1 : 1;
	return (a->task > b->task) - (a->task < b->task);
}

void
tasks_gather(struct screen *s)
{
	const struct run *run = screen_shown(s);
	struct tasks *v = &s->tasks;

	v->n = 0;
	for (unsigned int i = 0; i < run->nworkers; i++)
		if (run->worker[i].task != 0)
			add(v, run->worker[i].task, &run->worker[i], NULL);
	if (s->record != NULL) {
		add_ring(s, &s->record->tail.ended);
		add_ring(s, &s->record->tail.failed);
	}
	memset(v->count, 0, sizeof v->count);
	if (v->n == 0)
		return;
	unite(v);
	for (int i = 0; i < v->n; i++)
		v->row[i].look = look_of(&v->row[i]);
	if (s->record != NULL) {
		note_requests(v, &s->record->journal);
		leave_out(v, &s->record->tail);
	}
	for (int i = 0; i < v->n; i++)
		v->count[v->row[i].look]++;
	qsort(v->row, (size_t)v->n, sizeof *v->row, by_look);
}

const struct task_row *
tasks_find(const struct screen *s, task_id task)
{
	for (int i = 0; i < s->tasks.n; i++)
		if (s->tasks.row[i].task == task)
			return &s->tasks.row[i];
	return NULL;
}

const struct task_row *
tasks_selected(const struct screen *s)
{
	const struct list *l = &s->tasks.table.list;

	return l->n > 0 ? tasks_find(s, l->id) : NULL;
}

static int
older(const void *x, const void *y)
{
	const struct attempt *const *a = x, *const *b = y;

	return ((*a)->serial > (*b)->serial) - ((*a)->serial < (*b)->serial);
}

static int
add_attempts(const struct screen *s, const struct tail_ring *ring,
    task_id task, const struct attempt **out, int n, int max)
{
	for (size_t i = ring->n; i-- > 0 && n < max; ) {
		const struct attempt *a = tail_at(ring, i);
		bool known = a->task != task || held_back(s, a);

		for (int k = 0; k < n; k++)
			known |= out[k]->serial == a->serial;
		if (!known)
			out[n++] = a;
	}
	return n;
}

int
tasks_attempts(const struct screen *s, task_id task,
    const struct attempt **out, int max)
{
	int n = 0;

	if (s->record == NULL)
		return 0;
	n = add_attempts(s, &s->record->tail.ended, task, out, n, max);
	n = add_attempts(s, &s->record->tail.failed, task, out, n, max);
	qsort(out, (size_t)n, sizeof(const struct attempt *), older);
	return n;
}
