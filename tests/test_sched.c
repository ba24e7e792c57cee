#include <math.h>

#include "engine/sampler.h"
#include "engine/sched.h"
#include "wire/worker_msg.h"
#include "test.h"

static struct sched_facts
some_facts(uint64_t *seed)
{
	static const double means[] = { NAN, 0, 1e-9, 1e-6, 1e-5, 1e-4, 1e-3,
		3e-3, 4e-3, 5e-3, 0.1, 10, 1e6 };
	static const uint64_t depths[] = { 0, 1, 2, 7, 100, 5000, 1u << 20,
		UINT64_MAX / 2 };
	static const unsigned int credits[] = { 1, 2, 16, 256, 512 };

	return (struct sched_facts){
	    .depth = depths[test_random(seed) % COUNT(depths)],
	    .workers = 1 + (unsigned int)(test_random(seed) % 256),
	    .mean = means[test_random(seed) % COUNT(means)],
	    .held = (unsigned int)(test_random(seed) % 600),
	    .credit = credits[test_random(seed) % COUNT(credits)] };
}

static void
a_lease_is_within_what_there_is_may_be_held_and_is_fair(void **state)
{
	uint64_t seed = 1, n;

	for (int i = 0; i < 200000; i++) {
		struct sched_facts f = some_facts(&seed);

		if (i % 2)
			f.held %= 3;
		n = sched_lease(&f);
		assert_true(n <= f.depth);
		assert_true(n <= MSG_TASKS_MAX);
		assert_true(n == 0 || f.held + n <= f.credit);
		assert_true(n <= f.depth / (2 * (uint64_t)f.workers) + 1);
		if (isnan(f.mean) || f.mean > 0.004)
			assert_true(n <= 1 && (n == 0 || f.held == 0));
	}
}

static void
a_worker_with_nothing_gets_what_there_is(void **state)
{
	uint64_t seed = 2;

	for (int i = 0; i < 100000; i++) {
		struct sched_facts f = some_facts(&seed);

		f.held = 0;
		assert_int_equal(sched_lease(&f) > 0, f.depth > 0);
	}
}

static void
while_nothing_is_known_and_for_long_tasks_it_is_one_by_one(void **state)
{
	struct sched_facts f = { .depth = 1000000, .workers = 4,
	    .mean = NAN, .credit = 512 };

	assert_int_equal(sched_lease(&f), 1);
	f.mean = 0.5;
	assert_int_equal(sched_lease(&f), 1);
	f.held = 1;
	assert_int_equal(sched_lease(&f), 0);
}

static void
short_tasks_come_many_at_once_and_before_they_are_needed(void **state)
{
	struct sched_facts f = { .depth = 1000000, .workers = 4,
	    .mean = 1e-4, .credit = 512 };
	uint64_t n = sched_lease(&f);

	assert_in_range(n, 40, 160);	/* some milliseconds */
	f.held = (unsigned int)n;
	assert_int_equal(sched_lease(&f), 0);
	f.held = (unsigned int)n / 2;
	assert_int_equal(sched_lease(&f), n);
	f.mean = 0;
	f.held = 0;
	assert_int_equal(sched_lease(&f), MSG_TASKS_MAX);
}

/* Leases fall towards the end of the queue, to single tasks. */
static void
near_the_end_leases_become_small_and_then_single(void **state)
{
	struct sched_facts f = { .depth = 100000, .workers = 8, .mean = 1e-5,
	    .credit = 512 };
	uint64_t before = MSG_TASKS_MAX, n = 0;

	while (f.depth > 0) {
		n = sched_lease(&f);
		assert_in_range(n, 1, before);
		if (f.depth < 2 * f.workers)
			assert_int_equal(n, 1);
		before = n;
		f.depth -= n;
	}
	assert_int_equal(n, 1);
}

static void
the_mean_moves_from_the_first_towards_the_latest(void **state)
{
	uint64_t seed = 3;
	double mean = NAN;

	assert_true(sched_mean(NAN, 0.25) == 0.25);
	mean = 1;
	for (int i = 0; i < 10000; i++) {
		double s = (double)(test_random(&seed) % 1000) / 100;
		double next = sched_mean(mean, s);

		assert_true(next >= fmin(mean, s) && next <= fmax(mean, s));
		mean = next;
	}
	for (int i = 0; i < 200; i++)
		mean = sched_mean(mean, 3);
	assert_true(fabs(mean - 3) < 1e-6);
}

static void
waiting_after_deaths_grows_up_to_a_bound(void **state)
{
	double before = 0;

	assert_true(sched_backoff(0) == 0 && sched_backoff(1) == 0);
	for (unsigned int deaths = 2; deaths < 100; deaths++) {
		double s = sched_backoff(deaths);

		assert_true(s >= before && s > 0 && s <= 10);
		before = s;
	}
	assert_true(before == 10);
	assert_true(sched_backoff(UINT32_MAX) == 10);
}

static void
the_time_left_is_unknown_until_enough_is_known(void **state)
{
	struct eta_facts f = { .left = 10, .work = 40, .ended = 8,
	    .elapsed = 1, .workers = 4 };

	assert_true(sampler_eta(&f) == 10);
	f.ended = 7;
	assert_true(isnan(sampler_eta(&f)));
	f.elapsed = 11;			/* long tasks: a few must do */
	assert_true(sampler_eta(&f) == 10);
	f.ended = 0;
	assert_true(isnan(sampler_eta(&f)));
	f.ended = 8;
	f.workers = 0;
	assert_true(isnan(sampler_eta(&f)));
	f.workers = 4;
	f.work = NAN;
	assert_true(isnan(sampler_eta(&f)));
	f.left = 0;
	assert_true(sampler_eta(&f) == 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_lease_is_within_what_there_is_may_be_held_and_is_fair),
		cmocka_unit_test(a_worker_with_nothing_gets_what_there_is),
		cmocka_unit_test(
		    while_nothing_is_known_and_for_long_tasks_it_is_one_by_one),
		cmocka_unit_test(
		    short_tasks_come_many_at_once_and_before_they_are_needed),
		cmocka_unit_test(
		    near_the_end_leases_become_small_and_then_single),
		cmocka_unit_test(
		    the_mean_moves_from_the_first_towards_the_latest),
		cmocka_unit_test(waiting_after_deaths_grows_up_to_a_bound),
		cmocka_unit_test(
		    the_time_left_is_unknown_until_enough_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
