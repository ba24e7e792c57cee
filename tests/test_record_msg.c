/* A dashboard that comes late knows as much as one that was always there. */
#include <math.h>

#include "test.h"
#include "wire/control_msg.h"
#include "wire/record_msg.h"

/* An engine's record, and two viewers of it. */
struct watched {
	struct record		engine;
	struct record		early, late;
	struct record_told	told_early, told_late;
	bool			late_came;
	double			at;
	uint64_t		seed;
	double			busy[POOL_MAX + 1];	/* a slot, until then */
	task_id			task;
};

static void
no_label(void *arg, struct attempt *a)
{
	snprintf(a->label, sizeof a->label, "item %u", (unsigned int)a->task);
}

static void
watched_init(struct watched *w, uint64_t seed)
{
	memset(w, 0, sizeof *w);
	w->seed = seed;
	record_init(&w->engine);
	record_init(&w->early);
	record_init(&w->late);
}

static void
watched_clear(struct watched *w)
{
	record_clear(&w->engine);
	record_clear(&w->early);
	record_clear(&w->late);
}

static uint64_t
below(struct watched *w, uint64_t n)
{
	return test_random(&w->seed) % n;
}

/* As a line through a socket. */
static void
tell(struct watched *w, struct record *to, struct record_told *told)
{
	json_t *j = record_put(&w->engine, told, no_label, NULL), *back;
	struct err err = { "" };
	size_t len;
	char *line;

	if (j == NULL)
		return;
	line = control_line(j, &len);
	back = control_parse(line, len, &err);
	assert_non_null(back);
	if (record_get(json_object_get(back, "record"), to, &err) == -1)
		fail_msg("%s", err.text);
	json_decref(back);
	json_decref(j);
	free(line);
}

static void
an_attempt_ends(struct watched *w)
{
	static const enum task_state states[] = { TASK_DONE, TASK_DONE,
		TASK_FAILED, TASK_CANCELLED, TASK_QUEUED };
	struct event ev = { .kind = EVENT_TASK, .slot = 1 +
	    (unsigned int)below(w, 6), .task = ++w->task, .attempt = 1,
	    .pid = 100, .state = states[below(w, COUNT(states))],
	    .notable = below(w, 9) == 0, .cpu = 0.5 };
	double *busy = &w->busy[ev.slot];

	ev.again = ev.state == TASK_QUEUED;
	if (ev.again || ev.state == TASK_FAILED)
		ev.outcome = (struct outcome){ CAUSE_EXIT, 3 };
	if (*busy < w->at - 3)
		*busy = w->at - 3;
	ev.elapsed = 0.01 + (double)below(w, 60) / 100;
	*busy += ev.elapsed + (double)below(w, 2) / 10;
	ev.time = 1000 + *busy;
	record_apply(&w->engine, 1000, &ev);
}

static void
a_second_passes(struct watched *w)
{
	struct moment m = { .at = w->at += 0.9 + (double)below(w, 20) / 100,
		.depth = (double)below(w, 1000), .ended = (double)below(w, 9),
		.parallel = below(w, 5) == 0 ? NAN : (double)below(w, 8),
		.workers = (double)below(w, 9) };

	for (uint64_t n = below(w, 12); n > 0; n--)
		an_attempt_ends(w);
	for (uint64_t n = below(w, 20) == 0 ? 1 + below(w, 3) : 0; n > 0; n--)
		record_apply(&w->engine, 1000, &(struct event){
		    .kind = EVENT_RESIZE, .time = 1000 + w->at, .from = 2,
		    .to = (unsigned int)below(w, 9) });
	history_add(&w->engine.history, &m);
}

static bool
same_number(double a, double b)
{
	return a == b || (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-9 *
	    fmax(fabs(a), fabs(b));
}

static void
same_moment(const struct moment *a, const struct moment *b)
{
	assert_true(same_number(a->at, b->at) &&
	    same_number(a->depth, b->depth) &&
	    same_number(a->ended, b->ended) &&
	    same_number(a->parallel, b->parallel) &&
	    same_number(a->workers, b->workers));
}

static void
same_history(const struct history *a, const struct history *b)
{
	for (size_t level = 0; level < HISTORY_LEVELS; level++) {
		assert_int_equal(a->level[level].n, b->level[level].n);
		for (size_t i = 0; i < a->level[level].n; i++)
			same_moment(history_at(a, level, i), history_at(b,
			    level, i));
		if (level == 0)
			continue;
		same_moment(&a->level[level].sum, &b->level[level].sum);
		assert_true(same_number(a->level[level].seconds,
		    b->level[level].seconds));
		assert_true(same_number(a->level[level].parallel_known,
		    b->level[level].parallel_known));
	}
	assert_int_equal(a->nmarks, b->nmarks);
	for (size_t i = 0; i < a->nmarks; i++)
		assert_true(same_number(a->mark[i].at, b->mark[i].at) &&
		    a->mark[i].from == b->mark[i].from &&
		    a->mark[i].to == b->mark[i].to);
}

/* b has the newest spans of a; who comes late gets no more of the old. */
static void
same_spans(const struct stream *a, const struct stream *b, size_t least)
{
	for (unsigned int slot = 1; slot <= POOL_MAX; slot++) {
		size_t na = a->row[slot - 1].n, nb = b->row[slot - 1].n;

		assert_true(nb <= na && (nb == na || nb >= least));
		for (size_t i = 1; i <= nb; i++) {
			const struct span *x = stream_at(a, slot, na - i);
			const struct span *y = stream_at(b, slot, nb - i);

			assert_true(same_number(x->from, y->from) &&
			    same_number(x->to, y->to) && x->task == y->task &&
			    x->tasks == y->tasks && x->worst == y->worst);
		}
	}
}

static void
same_attempts(const struct tail_ring *a, const struct tail_ring *b)
{
	assert_int_equal(a->n, b->n);
	for (size_t i = 0; i < a->n; i++) {
		const struct attempt *x = tail_at(a, i), *y = tail_at(b, i);

		assert_true(x->serial == y->serial && x->task == y->task &&
		    x->state == y->state && x->again == y->again &&
		    x->slot == y->slot && x->outcome.cause == y->outcome.cause
		    && same_number(x->elapsed, y->elapsed));
		assert_true(y->label[0] != '\0');
	}
}

static void
same(const struct record *a, const struct record *b, size_t least)
{
	same_history(&a->history, &b->history);
	same_spans(&a->stream, &b->stream, least);
	same_attempts(&a->tail.ended, &b->tail.ended);
	same_attempts(&a->tail.failed, &b->tail.failed);
}

static void
who_comes_late_ends_with_the_same_record(void **state)
{
	static struct watched w;

	for (uint64_t run = 1; run <= 12; run++) {
		uint64_t seconds = 20 + test_random(&(uint64_t){ run }) %
		    (run % 4 == 0 ? 1500 : 300);
		uint64_t late;

		watched_init(&w, run);
		late = below(&w, seconds);
		for (uint64_t i = 0; i < seconds; i++) {
			a_second_passes(&w);
			tell(&w, &w.early, &w.told_early);
			if (i >= late && below(&w, 4) != 0)
				tell(&w, &w.late, &w.told_late);
		}
		tell(&w, &w.late, &w.told_late);
		same(&w.engine, &w.early, STREAM_SPANS);
		same(&w.engine, &w.late, 100);
		watched_clear(&w);
	}
}

/* So long that the seconds it did not get are no longer kept. */
static void
who_was_not_told_for_long_gets_the_history_anew(void **state)
{
	static struct watched w;

	watched_init(&w, 77);
	for (int i = 0; i < 50; i++)
		a_second_passes(&w);
	tell(&w, &w.late, &w.told_late);
	for (int i = 0; i < 900; i++)
		a_second_passes(&w);
	tell(&w, &w.late, &w.told_late);
	same_history(&w.engine.history, &w.late.history);
	watched_clear(&w);
}

static void
nothing_new_is_not_told(void **state)
{
	static struct watched w;

	watched_init(&w, 5);
	a_second_passes(&w);
	an_attempt_ends(&w);
	tell(&w, &w.early, &w.told_early);
	tell(&w, &w.early, &w.told_early);
	a_second_passes(&w);
	tell(&w, &w.early, &w.told_early);
	same(&w.engine, &w.early, STREAM_SPANS);
	watched_clear(&w);
}

static void
two_resizes_in_one_moment_both_arrive(void **state)
{
	static struct watched w;
	struct event ev = { .kind = EVENT_RESIZE, .time = 1005, .from = 1,
		.to = 2 };

	watched_init(&w, 6);
	record_apply(&w.engine, 1000, &ev);
	tell(&w, &w.early, &w.told_early);
	ev.from = 2;
	ev.to = 3;
	record_apply(&w.engine, 1000, &ev);
	tell(&w, &w.early, &w.told_early);
	same_history(&w.engine.history, &w.early.history);
	watched_clear(&w);
}

static void
the_log_is_told_once(void **state)
{
	static struct watched w;
	json_t *j;

	watched_init(&w, 8);
	record_apply(&w.engine, 1000, &(struct event){ .kind = EVENT_FAULT,
	    .notable = true, .text = "alas" });
	tell(&w, &w.early, &w.told_early);
	assert_int_equal(w.early.journal.n, 1);
	assert_string_equal(journal_at(&w.early.journal, 0)->text, "alas");
	j = record_put(&w.engine, &w.told_early, no_label, NULL);
	assert_true(j == NULL || json_object_get(json_object_get(j, "record"),
	    "log") == NULL);
	json_decref(j);
	watched_clear(&w);
}

static void
a_record_that_cannot_be_is_refused(void **state)
{
	static const char *const wrong[] = {
		"{\"moments\":[1]}", "{\"moments\":[[]]}",
		"{\"moments\":[[1,2,3,4]]}", "{\"moments\":[[\"1\",2,3,4,5]]}",
		"{\"moments\":[[1e300,2,3,4,5]]}",
		"{\"moments\":[[-1,2,3,4,5]]}",
		"{\"moments\":[[1,2,1e300,4,5]]}",
		"{\"levels\":{}}", "{\"levels\":[[],[],[]]}",
		"{\"levels\":[[[2,1,1,1,1],[1,1,1,1,1]]]}",
		"{\"levels\":[[[0,1,1,1,1]]]}",
		"{\"levels\":[[7]],\"sums\":[]}",
		"{\"spans\":[[0,1,2,3,1,\"done\"]]}",
		"{\"spans\":[[257,1,2,3,1,\"done\"]]}",
		"{\"spans\":[[1,1,2,3,1,\"happy\"]]}",
		"{\"spans\":[[1,1,2,3,1]]}", "{\"spans\":[{}]}",
		"{\"spans\":[[1,1,2,-3,1,\"done\"]]}",
		"{\"spans\":[[1,1,2,3,5e9,\"done\"]]}",
		"{\"spans\":[[1,1e300,2e300,3,1,\"done\"]]}",
		"{\"spans\":[[1,5,2,3,1,\"done\"]]}",
		"{\"attempts\":[{\"state\":\"happy\"}]}",
		"{\"attempts\":[{\"serial\":-1}]}", "{\"attempts\":[7]}"
	};
	struct record r;

	record_init(&r);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct err err = { "" };
		json_t *j = control_parse(wrong[i], strlen(wrong[i]), &err);

		assert_non_null(j);
		if (record_get(j, &r, &err) != -1)
			fail_msg("taken: %s", wrong[i]);
		assert_true(err.text[0] != '\0');
		json_decref(j);
	}
	record_clear(&r);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_comes_late_ends_with_the_same_record),
		cmocka_unit_test(
		    who_was_not_told_for_long_gets_the_history_anew),
		cmocka_unit_test(nothing_new_is_not_told),
		cmocka_unit_test(two_resizes_in_one_moment_both_arrive),
		cmocka_unit_test(the_log_is_told_once),
		cmocka_unit_test(a_record_that_cannot_be_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
