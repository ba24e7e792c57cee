/* What is kept of a run in memory: all of the recent, enough of the old. */
#include <math.h>

#include "model/record.h"
#include "test.h"

static struct moment
moment(double at, double depth, double ended, double parallel, double workers)
{
	return (struct moment){ at, depth, ended, parallel, workers };
}

static double
below(uint64_t *seed, uint64_t n)
{
	return (double)(test_random(seed) % n);
}

/* Sums of what happened, over the moments of a level. */
struct sums {
	double	ended, work, known;
};

static void
count(struct sums *s, const struct moment *m, double seconds)
{
	s->ended += m->ended * seconds;
	if (!isnan(m->parallel)) {
		s->work += m->parallel * seconds;
		s->known += seconds;
	}
}

static bool
near(double a, double b)
{
	return fabs(a - b) <= 1e-6 * fmax(1, fmax(fabs(a), fabs(b)));
}

/* Moments of a level that still has all, and the one that has begun, are
   together all that ever happened. */
static void
check_level(const struct history *h, size_t level, const struct sums *all)
{
	const struct history_level *l = &h->level[level];
	struct sums s = { l->sum.ended, 0, 0 };
	double before = 0;

	for (size_t i = 0; i < l->n; i++) {
		const struct moment *m = history_at(h, level, i);

		assert_true(m->at > before);
		assert_true(m->at - before >= history_span[level] - 0.51 ||
		    level == 0);
		count(&s, m, m->at - before);
		before = m->at;
	}
	assert_true(near(s.ended, all->ended));
}

static void
levels_sum_up_to_all_that_happened(void **state)
{
	static struct history h;
	uint64_t seed = 1;

	for (int run = 0; run < 60; run++) {
		struct sums all = { 0 };
		double at = 0;
		uint64_t n = test_random(&seed) % 590;

		history_init(&h);
		for (uint64_t i = 0; i < n; i++) {
			/* as a rule a second; now and then a long silence */
			double passed = run % 3 == 0 ? 1 : below(&seed, 20) ==
			    0 ? 1 + below(&seed, 200) : 0.5 + below(&seed,
			    100) / 100;
			struct moment m = moment(at + passed, below(&seed,
			    100), below(&seed, 50), below(&seed, 8) == 0 ?
			    NAN : below(&seed, 9), below(&seed, 9));

			at = m.at;
			count(&all, &m, passed);
			history_add(&h, &m);
		}
		for (size_t level = 0; level < HISTORY_LEVELS; level++)
			check_level(&h, level, &all);
	}
}

static void
a_rolled_up_moment_is_the_mean_of_its_seconds(void **state)
{
	static struct history h;
	const struct moment *m;

	history_init(&h);
	for (int at = 1; at <= 60; at++) {
		struct moment second = moment(at, 100 - at, at, at <= 10 ?
		    NAN : 3, at);

		if (at > 10 && at <= 15)
			second.parallel = 5;
		history_add(&h, &second);
	}
	assert_int_equal(h.level[1].n, 6);
	m = history_at(&h, 1, 0);
	assert_true(m->at == 10 && m->depth == 90 && m->workers == 10);
	assert_true(near(m->ended, 5.5));
	assert_true(isnan(m->parallel));	/* of none is it known */
	assert_true(near(history_at(&h, 1, 1)->parallel, 4));
	assert_int_equal(h.level[2].n, 1);
	m = history_at(&h, 2, 0);
	assert_true(m->at == 60 && near(m->ended, 30.5));
	assert_true(near(m->parallel, (5 * 5 + 45 * 3) / 50.0));
}

static void
time_that_does_not_pass_tells_nothing(void **state)
{
	static struct history h;

	history_init(&h);
	history_add(&h, &(struct moment){ .at = 0 });
	history_add(&h, &(struct moment){ .at = NAN });
	assert_int_equal(h.level[0].n, 0);
	history_add(&h, &(struct moment){ .at = 5 });
	history_add(&h, &(struct moment){ .at = 5 });
	history_add(&h, &(struct moment){ .at = 4 });
	assert_int_equal(h.level[0].n, 1);
}

static void
a_history_keeps_the_newest_of_each_level(void **state)
{
	static struct history h;
	double last = 2 * 86400 + 7;

	history_init(&h);
	for (double at = 1; at <= last; at++)
		history_add(&h, &(struct moment){ .at = at, .depth = at });
	for (size_t level = 0; level < HISTORY_LEVELS; level++) {
		const struct history_level *l = &h.level[level];
		double newest = history_at(&h, level, l->n - 1)->at;

		assert_int_equal(l->n, history_room[level]);
		assert_true(last - newest < history_span[level]);
		for (size_t i = 1; i < l->n; i++)
			assert_true(history_at(&h, level, i)->at -
			    history_at(&h, level, i - 1)->at ==
			    history_span[level]);
	}
}

static void
the_finest_level_that_reaches_back_is_chosen(void **state)
{
	static struct history h;

	history_init(&h);
	assert_int_equal(history_level_for(&h, 0), 0);
	for (double at = 1; at <= 600; at++)
		history_add(&h, &(struct moment){ .at = at });
	assert_int_equal(history_level_for(&h, 100), 0);
	for (double at = 601; at <= 7300; at++)
		history_add(&h, &(struct moment){ .at = at });
	assert_int_equal(history_level_for(&h, 7000), 0);
	assert_int_equal(history_level_for(&h, 6000), 1);
	assert_int_equal(history_level_for(&h, 120), 1);
	assert_int_equal(history_level_for(&h, 0), 2);
	for (double at = 7301; at <= 90000; at++)
		history_add(&h, &(struct moment){ .at = at });
	assert_int_equal(history_level_for(&h, 0), 2);	/* as far as it goes */
}

static void
the_newest_resizes_are_kept_and_all_are_counted(void **state)
{
	static struct history h;

	history_init(&h);
	for (unsigned int i = 0; i < HISTORY_MARKS + 10; i++)
		history_mark(&h, &(struct resize_mark){ i, i, i + 1 });
	assert_int_equal(h.nmarks, HISTORY_MARKS);
	assert_int_equal(h.marked, HISTORY_MARKS + 10);
	assert_int_equal(h.mark[0].from, 10);
	assert_int_equal(h.mark[HISTORY_MARKS - 1].from, HISTORY_MARKS + 9);
}

static struct span
span(double from, double to, task_id task, enum task_state worst)
{
	return (struct span){ from, to, task, 1, worst };
}

static void
short_tasks_are_joined_and_the_worst_of_them_is_told(void **state)
{
	struct stream st;
	const struct span *s;

	stream_init(&st);
	stream_add(&st, 3, &(struct span){ 0, 0.2, 1, 1, TASK_DONE });
	stream_add(&st, 3, &(struct span){ 0.2, 0.4, 2, 1, TASK_FAILED });
	stream_add(&st, 3, &(struct span){ 0.41, 0.6, 3, 1, TASK_DONE });
	assert_int_equal(st.row[2].n, 1);
	s = stream_at(&st, 3, 0);
	assert_int_equal(s->tasks, 3);
	assert_int_equal(s->task, 3);
	assert_int_equal(s->worst, TASK_FAILED);
	assert_true(s->from == 0 && s->to == 0.6);
	stream_add(&st, 3, &(struct span){ 0.6, 1.1, 4, 1, TASK_DONE });
	assert_int_equal(st.row[2].n, 2);	/* would be too long */
	stream_add(&st, 3, &(struct span){ 1.2, 1.3, 5, 1, TASK_DONE });
	assert_int_equal(st.row[2].n, 3);	/* a gap before it */
	assert_int_equal(st.row[2].count, 3);
	assert_int_equal(st.row[1].n, 0);
	stream_clear(&st);
}

static void
a_stream_loses_no_task_of_what_it_keeps_and_no_busy_second(void **state)
{
	uint64_t seed = 2;
	struct stream st;

	for (int run = 0; run < 100; run++) {
		double at = 0, busy = 0, seen = 0;
		uint64_t tasks = 0;
		unsigned int slot = 1 + (unsigned int)below(&seed, POOL_MAX);

		stream_init(&st);
		for (int i = 0; i < 300; i++) {
			double time = below(&seed, 300) / 100 + 0.001;
			struct span s = span(at, at + time, (task_id)i + 1,
			    TASK_DONE);

			stream_add(&st, slot, &s);
			busy += time;
			at += time + (below(&seed, 2) == 0 ? 0.1 + below(&seed,
			    10) : 0);
		}
		assert_true(st.row[slot - 1].n <= STREAM_SPANS);
		for (size_t i = 0; i < st.row[slot - 1].n; i++) {
			tasks += stream_at(&st, slot, i)->tasks;
			seen += stream_at(&st, slot, i)->to -
			    stream_at(&st, slot, i)->from;
		}
		assert_int_equal(tasks, 300);
		assert_true(near(busy, seen));
		stream_clear(&st);
	}
}

static void
a_stream_keeps_the_newest_spans(void **state)
{
	struct stream st;

	stream_init(&st);
	for (int i = 0; i < STREAM_SPANS + 20; i++) {
		struct span s = span(i * 3, i * 3 + 2, (task_id)i, TASK_DONE);

		stream_add(&st, POOL_MAX, &s);
	}
	assert_int_equal(st.row[POOL_MAX - 1].n, STREAM_SPANS);
	assert_int_equal(st.row[POOL_MAX - 1].count, STREAM_SPANS + 20);
	assert_int_equal(stream_at(&st, POOL_MAX, 0)->task, 20);
	stream_clear(&st);
}

static void
failures_are_not_washed_away_by_successes(void **state)
{
	struct attempt good = { .state = TASK_DONE };
	struct attempt bad = { .state = TASK_FAILED };
	struct attempt halted = { .state = TASK_QUEUED, .again = true,
		.outcome = { CAUSE_HALTED, 0 } };
	struct tail t;

	tail_init(&t);
	tail_add(&t, &bad);
	tail_add(&t, &halted);
	for (int i = 0; i < 3 * TAIL_MAX; i++)
		tail_add(&t, &good);
	assert_int_equal(t.ended.n, TAIL_MAX);
	assert_int_equal(t.failed.n, 1);
	assert_int_equal(tail_at(&t.failed, 0)->serial, 1);
	assert_int_equal(tail_at(&t.ended, 0)->serial, 2 * TAIL_MAX + 3);
	assert_int_equal(t.serial, 3 * TAIL_MAX + 2);
	for (size_t i = 1; i < t.ended.n; i++)
		assert_true(tail_at(&t.ended, i)->serial ==
		    tail_at(&t.ended, i - 1)->serial + 1);
	tail_clear(&t);
}

static void
a_journal_keeps_the_newest_events_and_counts_all(void **state)
{
	struct journal j;

	journal_init(&j);
	for (unsigned int i = 0; i < JOURNAL_MAX + 5; i++)
		journal_add(&j, &(struct event){ .kind = EVENT_RESIZE,
		    .to = i });
	assert_int_equal(j.n, JOURNAL_MAX);
	assert_int_equal(j.count, JOURNAL_MAX + 5);
	assert_int_equal(journal_at(&j, 0)->to, 5);
	assert_int_equal(journal_at(&j, JOURNAL_MAX - 1)->to, JOURNAL_MAX + 4);
	journal_clear(&j);
}

static void
an_event_leaves_what_it_should_in_the_record(void **state)
{
	struct event done = { .kind = EVENT_TASK, .time = 1010, .slot = 2,
		.task = 7, .state = TASK_DONE, .elapsed = 4, .label = "x" };
	struct event begun = { .kind = EVENT_TASK, .time = 1011, .slot = 2,
		.task = 8, .state = TASK_RUNNING };
	struct event again = { .kind = EVENT_TASK, .time = 1012, .slot = 3,
		.task = 9, .state = TASK_QUEUED, .again = true, .elapsed = 1,
		.notable = true };
	struct event never = { .kind = EVENT_TASK, .time = 1013, .task = 10,
		.state = TASK_CANCELLED };
	struct event resize = { .kind = EVENT_RESIZE, .time = 1020, .from = 4,
		.to = 6, .notable = true };
	struct record r;

	record_init(&r);
	record_apply(&r, 1000, &done);
	record_apply(&r, 1000, &begun);
	record_apply(&r, 1000, &again);
	record_apply(&r, 1000, &never);
	record_apply(&r, 1000, &resize);
	assert_int_equal(r.tail.ended.n, 3);
	assert_int_equal(r.tail.failed.n, 1);
	assert_string_equal(tail_at(&r.tail.ended, 0)->label, "x");
	assert_int_equal(r.stream.row[1].n, 1);
	assert_true(stream_at(&r.stream, 2, 0)->from == 6);
	assert_true(stream_at(&r.stream, 2, 0)->to == 10);
	assert_int_equal(stream_at(&r.stream, 3, 0)->worst, TASK_QUEUED);
	assert_int_equal(r.history.nmarks, 1);
	assert_true(r.history.mark[0].at == 20);
	assert_int_equal(r.journal.n, 2);
	record_clear(&r);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels_sum_up_to_all_that_happened),
		cmocka_unit_test(a_rolled_up_moment_is_the_mean_of_its_seconds),
		cmocka_unit_test(time_that_does_not_pass_tells_nothing),
		cmocka_unit_test(a_history_keeps_the_newest_of_each_level),
		cmocka_unit_test(the_finest_level_that_reaches_back_is_chosen),
		cmocka_unit_test(
		    the_newest_resizes_are_kept_and_all_are_counted),
		cmocka_unit_test(
		    short_tasks_are_joined_and_the_worst_of_them_is_told),
		cmocka_unit_test(
		    a_stream_loses_no_task_of_what_it_keeps_and_no_busy_second),
		cmocka_unit_test(a_stream_keeps_the_newest_spans),
		cmocka_unit_test(failures_are_not_washed_away_by_successes),
		cmocka_unit_test(
		    a_journal_keeps_the_newest_events_and_counts_all),
		cmocka_unit_test(an_event_leaves_what_it_should_in_the_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
