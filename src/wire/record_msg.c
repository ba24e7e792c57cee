#include <math.h>
#include <string.h>

#include "model/run.h"
#include "wire/control_msg.h"
#include "wire/fields.h"
#include "wire/record_msg.h"

/* What one object carries at most; the rest is left out, oldest first. */
enum {
	SPANS_AT_ONCE = 128,		/* a slot */
	LOG_AT_ONCE = 2000
};

static json_t *
number(double v)
{
	return isfinite(v) ? json_real(v) : json_null();
}

static json_t *
moment_put(const struct moment *m)
{
	return json_pack("[fffof]", m->at, m->depth, m->ended,
	    number(m->parallel), m->workers);
}

/* ---- history ---------------------------------------------------------------- */

static json_t *
level_put(const struct history *h, size_t level)
{
	json_t *list = json_array();

	for (size_t i = 0; i < h->level[level].n; i++)
		json_array_append_new(list, moment_put(history_at(h, level,
		    i)));
	return list;
}

static json_t *
sum_put(const struct history_level *l)
{
	json_t *sum = moment_put(&l->sum);

	json_array_append_new(sum, json_real(l->parallel_known));
	json_array_append_new(sum, json_real(l->seconds));
	return sum;
}

static void
put_levels(json_t *j, const struct history *h)
{
	json_t *levels = json_array(), *sums = json_array();

	for (size_t i = 0; i < HISTORY_LEVELS; i++) {
		json_array_append_new(levels, level_put(h, i));
		json_array_append_new(sums, sum_put(&h->level[i]));
	}
	json_object_set_new(j, "levels", levels);
	json_object_set_new(j, "sums", sums);
}

static void
put_new_moments(json_t *j, const struct history *h, double after)
{
	json_t *list = json_array();
	size_t n = h->level[0].n, i = n;

	while (i > 0 && history_at(h, 0, i - 1)->at > after)
		i--;
	for (; i < n; i++)
		json_array_append_new(list, moment_put(history_at(h, 0, i)));
	json_object_set_new(j, "moments", list);
}

static void
put_history(json_t *j, const struct history *h, struct record_told *told)
{
	size_t n = h->level[0].n;
	double newest = n > 0 ? history_at(h, 0, n - 1)->at : 0;

	if (newest <= told->history_at)
		return;
	if (told->history_at < history_at(h, 0, 0)->at)
		put_levels(j, h);
	else
		put_new_moments(j, h, told->history_at);
	told->history_at = newest;
}

static void
put_marks(json_t *j, const struct history *h, struct record_told *told)
{
	json_t *list = json_array();
	uint64_t unknown = h->marked - told->marks;
	size_t n = unknown < h->nmarks ? (size_t)unknown : h->nmarks;

	for (size_t i = h->nmarks - n; i < h->nmarks; i++)
		json_array_append_new(list, json_pack("[fii]", h->mark[i].at,
		    (int)h->mark[i].from, (int)h->mark[i].to));
	told->marks = h->marked;
	if (json_array_size(list) > 0)
		json_object_set(j, "marks", list);
	json_decref(list);
}

/* ---- task stream ------------------------------------------------------------ */

static json_t *
span_put(unsigned int slot, const struct span *s)
{
	return json_pack("[iffIIs]", (int)slot, s->from, s->to,
	    (json_int_t)s->task, (json_int_t)s->tasks,
	    task_state_name(s->worst));
}

/* The last one that was told may have grown: it is told again. */
static void
put_row(json_t *list, const struct stream *st, unsigned int slot,
    struct record_told *t)
{
	const struct stream_row *r = &st->row[slot - 1];
	uint64_t *told = &t->spans[slot - 1];
	uint64_t unknown = r->count - *told + (*told > 0);
	size_t n = unknown < r->n ? (size_t)unknown : r->n;
	double to = stream_at(st, slot, r->n - 1)->to;

	if (*told == r->count && to == t->span_to[slot - 1])
		return;
	t->span_to[slot - 1] = to;
	if (n > SPANS_AT_ONCE)
		n = SPANS_AT_ONCE;
	for (size_t i = r->n - n; i < r->n; i++)
		json_array_append_new(list, span_put(slot,
		    stream_at(st, slot, i)));
	*told = r->count;
}

static void
put_stream(json_t *j, const struct stream *st, struct record_told *told)
{
	json_t *list = json_array();

	for (unsigned int slot = 1; slot <= POOL_MAX; slot++)
		if (st->row[slot - 1].n > 0)
			put_row(list, st, slot, told);
	if (json_array_size(list) > 0)
		json_object_set(j, "spans", list);
	json_decref(list);
}

/* ---- attempts --------------------------------------------------------------- */

static const char *
state_name(int v)
{
	return task_state_name((enum task_state)v);
}

static int
state_find(const char *s)
{
	return (int)task_state_find(s);
}

static const char *
cause_of(int v)
{
	return cause_name((enum cause)v);
}

static int
cause_by(const char *s)
{
	return (int)cause_find(s);
}

#define F(type, member, key) FIELD(FIELD_##type, struct attempt, member, key)
static const struct field attempt_fields[] = {
	F(U64, serial, "serial"), F(U64, task, "task"),
	F(UINT, job, "job_index"), F(UINT, attempt, "attempt"),
	F(UINT, slot, "slot"), F(INT, pid, "pid"),
	{ "state", FIELD_NAME, offsetof(struct attempt, state), 0, state_name,
	    state_find, TASK_NSTATES },
	F(BOOL, again, "again"),
	{ "cause", FIELD_NAME, offsetof(struct attempt, outcome.cause), 0,
	    cause_of, cause_by, NCAUSES },
	F(INT, outcome.code, "code"), F(DOUBLE, ended, "ended"),
	F(DOUBLE, elapsed, "elapsed"), F(DOUBLE, cpu, "cpu"),
	F(TEXT, label, "label"), F(TEXT, text, "text"), FIELDS_END
};
#undef F

static void
attempt_put(json_t *list, const struct attempt *a, record_label_fn *label,
    void *arg)
{
	struct attempt named = *a;
	json_t *j = json_object();

	if (named.label[0] == '\0')
		label(arg, &named);
	fields_put(j, attempt_fields, &named);
	json_array_append_new(list, j);
}

static bool
unknown_is(const struct tail_ring *r, size_t i, uint64_t after)
{
	return tail_at(r, i)->serial > after;
}

/*
 * Both rings in the order of ending, each attempt once: the failed ones that
 * the other ring has lost come first.
 */
static void
put_attempts(json_t *j, const struct tail *t, struct record_told *told,
    record_label_fn *label, void *arg)
{
	json_t *list = json_array();
	uint64_t oldest = t->ended.n > 0 ? tail_at(&t->ended, 0)->serial : 0;

	for (size_t i = 0; i < t->failed.n; i++)
		if (unknown_is(&t->failed, i, told->attempts) &&
		    tail_at(&t->failed, i)->serial < oldest)
			attempt_put(list, tail_at(&t->failed, i), label, arg);
	for (size_t i = 0; i < t->ended.n; i++)
		if (unknown_is(&t->ended, i, told->attempts))
			attempt_put(list, tail_at(&t->ended, i), label, arg);
	told->attempts = t->serial;
	if (json_array_size(list) > 0)
		json_object_set(j, "attempts", list);
	json_decref(list);
}

/* ---- log -------------------------------------------------------------------- */

static void
put_log(json_t *j, const struct journal *jn, struct record_told *told)
{
	json_t *list;
	size_t i = jn->n > LOG_AT_ONCE ? jn->n - LOG_AT_ONCE : 0;

	if (told->log)
		return;
	told->log = true;
	list = json_array();
	for (; i < jn->n; i++)
		json_array_append_new(list, control_event(journal_at(jn, i)));
	json_object_set_new(j, "log", list);
}

json_t *
record_put(const struct record *r, struct record_told *told,
    record_label_fn *label, void *arg)
{
	json_t *j = json_object();

	put_history(j, &r->history, told);
	put_marks(j, &r->history, told);
	put_stream(j, &r->stream, told);
	put_attempts(j, &r->tail, told, label, arg);
	put_log(j, &r->journal, told);
	if (json_object_size(j) > 0)
		return json_pack("{so}", "record", j);
	json_decref(j);
	return NULL;
}

/* ---- reading ---------------------------------------------------------------- */

static double
number_at(const json_t *list, size_t i)
{
	const json_t *v = json_array_get(list, i);

	return json_is_number(v) ? json_number_value(v) : NAN;
}

/* No time of a run (seconds) and no other figure of it is beyond these. */
static const double time_max = 1e12, figure_max = 1e18;

static bool
within(double v, double max)
{
	return v >= 0 && v <= max;
}

static int
moment_get(const json_t *j, struct moment *m, struct err *err)
{
	*m = (struct moment){ number_at(j, 0), number_at(j, 1),
	    number_at(j, 2), number_at(j, 3), number_at(j, 4) };
	if (!within(m->at, time_max) || !within(m->depth, figure_max) ||
	    !within(m->ended, figure_max) || !within(m->workers, figure_max)
	    || !(isnan(m->parallel) || within(m->parallel, figure_max)))
		return err_set(err, "a moment of the history is none");
	return 0;
}

static int
level_get(const json_t *list, const json_t *sum, struct history *h,
    size_t level, struct err *err)
{
	struct history_level *l = &h->level[level];
	struct moment m;
	double known = number_at(sum, 5), seconds = number_at(sum, 6);
	double before = 0;

	history_empty(h, level);
	for (size_t i = 0; i < json_array_size(list) &&
	    i < history_room[level]; i++) {
		if (moment_get(json_array_get(list, i), &m, err) == -1)
			return -1;
		if (m.at <= before)
			return err_set(err,
			    "the history is not in the order of time");
		before = m.at;
		history_push(h, level, &m);
	}
	if (moment_get(sum, &m, err) == -1)
		return -1;
	l->sum = m;
	if (isnan(l->sum.parallel))
		l->sum.parallel = 0;
	l->parallel_known = within(known, time_max) ? known : 0;
	l->seconds = within(seconds, time_max) ? seconds : 0;
	return 0;
}

static int
history_get(const json_t *j, struct history *h, struct err *err)
{
	const json_t *levels = json_object_get(j, "levels");
	const json_t *sums = json_object_get(j, "sums");
	const json_t *moments = json_object_get(j, "moments");
	struct moment m;

	for (size_t i = 0; levels != NULL && i < HISTORY_LEVELS; i++)
		if (level_get(json_array_get(levels, i),
		    json_array_get(sums, i), h, i, err) == -1)
			return -1;
	for (size_t i = 0; i < json_array_size(moments); i++) {
		if (moment_get(json_array_get(moments, i), &m, err) == -1)
			return -1;
		history_add(h, &m);
	}
	return 0;
}

static void
marks_get(const json_t *list, struct history *h)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *v = json_array_get(list, i);
		double at = number_at(v, 0), from = number_at(v, 1),
		    to = number_at(v, 2);

		if (within(at, time_max) && within(from, POOL_MAX) &&
		    within(to, POOL_MAX))
			history_mark(h, &(struct resize_mark){ at,
			    (unsigned int)from, (unsigned int)to });
	}
}

static int
span_get(const json_t *v, struct stream *st, struct err *err)
{
	double slot = number_at(v, 0), task = number_at(v, 3),
	    tasks = number_at(v, 4);
	const char *name = json_string_value(json_array_get(v, 5));
	struct span s = { .from = number_at(v, 1), .to = number_at(v, 2) };

	s.worst = name != NULL ? task_state_find(name) : TASK_NSTATES;
	if (!(slot >= 1 && slot <= POOL_MAX) || !within(s.from, time_max) ||
	    !within(s.to, time_max) || s.to < s.from || !(task >= 0 && task < 0x1p63) ||
	    !(tasks >= 0 && tasks < 0x1p32) || s.worst >= TASK_NSTATES)
		return err_set(err, "a span of the task stream is none");
	s.task = (task_id)task;
	s.tasks = (uint32_t)tasks;
	stream_put(st, (unsigned int)slot, &s);
	return 0;
}

static int
lists_get(const json_t *j, struct record *r, struct err *err)
{
	const json_t *list;
	struct attempt a;
	struct event ev;

	list = json_object_get(j, "spans");
	for (size_t i = 0; i < json_array_size(list); i++)
		if (span_get(json_array_get(list, i), &r->stream, err) == -1)
			return -1;
	list = json_object_get(j, "attempts");
	for (size_t i = 0; i < json_array_size(list); i++) {
		a = (struct attempt){ 0 };
		if (fields_get(json_array_get(list, i), attempt_fields, &a,
		    err) == -1)
			return -1;
		if (a.serial == 0)
			return err_set(err, "an attempt has no serial");
		tail_add(&r->tail, &a);
	}
	list = json_object_get(j, "log");
	for (size_t i = 0; i < json_array_size(list); i++)
		if (control_event_get(json_array_get(list, i), &ev, err) == 0)
			journal_add(&r->journal, &ev);
	return 0;
}

int
record_get(const json_t *j, struct record *r, struct err *err)
{
	if (history_get(j, &r->history, err) == -1)
		return -1;
	marks_get(json_object_get(j, "marks"), &r->history);
	return lists_get(j, r, err);
}
