#include "base/mem.h"
#include "model/job.h"
#include "test.h"

static unsigned int
resolved(const char *text, unsigned int cores)
{
	struct pool_size size;

	assert_int_equal(pool_size_parse(text, &size), 0);
	return pool_size_resolve(size, cores);
}

static void
a_pool_size_is_a_number_or_follows_the_cores(void **state)
{
	assert_int_equal(resolved("1", 8), 1);
	assert_int_equal(resolved("12", 8), 12);
	assert_int_equal(resolved("256", 8), 256);
	assert_int_equal(resolved("100%", 8), 8);
	assert_int_equal(resolved("50%", 8), 4);
	assert_int_equal(resolved("200%", 8), 16);
	assert_int_equal(resolved("+2", 8), 10);
	assert_int_equal(resolved("+0", 8), 8);
	assert_int_equal(resolved("-2", 8), 6);
	assert_int_equal(resolved("max", 8), 8);
	assert_int_equal(resolved("0", 8), 8);
	assert_int_equal(pool_size_resolve((struct pool_size){ 0 }, 6), 6);
}

static void
a_percentage_is_rounded_to_the_nearest(void **state)
{
	assert_int_equal(resolved("50%", 3), 2);
	assert_int_equal(resolved("49%", 3), 1);
	assert_int_equal(resolved("33%", 10), 3);
	assert_int_equal(resolved("35%", 10), 4);
}

static void
a_pool_has_at_least_one_worker_and_at_most_pool_max(void **state)
{
	assert_int_equal(resolved("1%", 4), 1);
	assert_int_equal(resolved("-4", 4), 1);
	assert_int_equal(resolved("-256", 4), 1);
	assert_int_equal(resolved("+256", 4), POOL_MAX);
	assert_int_equal(resolved("100000%", UINT32_MAX), POOL_MAX);
	assert_int_equal(resolved("max", 1000), POOL_MAX);
	assert_int_equal(resolved("max", 0), 1);
}

static void
what_is_no_pool_size_is_refused_and_leaves_it_as_it_was(void **state)
{
	static const char *const wrong[] = { "", "-", "+", "%", "257", "-257",
		"+257", "0%", "100001%", "5000", "4 ", " 4", "4x", "1.5",
		"50%%", "+50%", "--1", "+-1", "Max", "0x4", "1e2",
		"99999999999999999999", "99999999999999999999%" };
	struct pool_size size = { SIZE_PLUS, 7 };

	for (size_t i = 0; i < COUNT(wrong); i++) {
		assert_int_equal(pool_size_parse(wrong[i], &size), -1);
		assert_int_equal(size.how, SIZE_PLUS);
		assert_int_equal(size.n, 7);
	}
}

static void
every_reduction_is_found_by_its_name(void **state)
{
	for (int i = 0; i < NREDUCES; i++)
		assert_int_equal(reduce_find(reduce_name(i)), i);
	assert_int_equal(reduce_find("average"), NREDUCES);
	assert_int_equal(reduce_find(""), NREDUCES);
}

static void
jobs_grow_and_count_their_tasks(void **state)
{
	struct jobs jobs = { 0 };
	struct err err;

	for (int i = 0; i < 100; i++) {
		struct job *job = jobs_add(&jobs);

		assert_null(job->items);
		job->name = mem_printf("job%d", i);
		job->items = items_range_new(1, i + 1, 1, &err);
	}
	jobs_add(&jobs);		/* has no items yet */
	assert_int_equal(jobs.n, 101);
	assert_string_equal(jobs.job[99].name, "job99");
	assert_int_equal(jobs_count(&jobs), 100 * 101 / 2);
	jobs_clear(&jobs);
	assert_int_equal(jobs.n, 0);
	assert_int_equal(jobs_count(&jobs), 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pool_size_is_a_number_or_follows_the_cores),
		cmocka_unit_test(a_percentage_is_rounded_to_the_nearest),
		cmocka_unit_test(
		    a_pool_has_at_least_one_worker_and_at_most_pool_max),
		cmocka_unit_test(
		    what_is_no_pool_size_is_refused_and_leaves_it_as_it_was),
		cmocka_unit_test(every_reduction_is_found_by_its_name),
		cmocka_unit_test(jobs_grow_and_count_their_tasks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
