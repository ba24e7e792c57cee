#include "engine/queue.h"
#include "test.h"

enum { TASKS = 120, LAST_OF_JOB = 70 };

/* What the queue promises, in the most naive way. */
struct model {
	bool		 waits[TASKS + 2];
	struct past	 past[TASKS + 2];
};

static uint64_t
model_depth(const struct model *m)
{
	uint64_t n = 0;

	for (int t = 1; t <= TASKS; t++)
		n += m->waits[t];
	return n;
}

static task_id
model_first(const struct model *m)
{
	for (task_id t = 1; t <= TASKS; t++)
		if (m->waits[t])
			return t;
	return 0;
}

static task_id
model_next_failed(const struct model *m, task_id after)
{
	for (task_id t = after + 1; t <= TASKS; t++)
		if (m->past[t].failed)
			return t;
	return 0;
}

static void
try_add(struct queue *q, struct model *m, uint64_t *seed)
{
	task_id first = 1 + test_random(seed) % TASKS, last = first;
	uint64_t most = 1 + test_random(seed) % 20;

	if (m->waits[first])
		return;
	while (last < TASKS && !m->waits[last + 1] && last - first < most)
		last++;
	queue_add(q, first, last);
	for (task_id t = first; t <= last; t++)
		m->waits[t] = true;
}

static void
try_take(struct queue *q, struct model *m, uint64_t *seed)
{
	uint64_t max = 1 + test_random(seed) % 12;
	task_id last = test_random(seed) % 2 ? TASKS : LAST_OF_JOB;
	task_id expected = model_first(m), first = 0;
	uint64_t n = queue_take(q, max, last, &first);

	if (expected == 0 || expected > last) {
		assert_int_equal(n, 0);
		return;
	}
	assert_int_equal(first, expected);
	assert_in_range(n, 1, max);
	for (task_id t = first; t < first + n; t++) {
		assert_true(t <= last && m->waits[t]);
		assert_true(n == 1 || !m->past[t].alone);
		m->waits[t] = false;
	}
	/* not fewer than may go together */
	if (n < max && first + n <= last && m->waits[first + n])
		assert_true(m->past[first].alone || m->past[first + n].alone);
}

static void
try_note(struct queue *q, struct model *m, uint64_t *seed)
{
	task_id t = 1 + test_random(seed) % TASKS;
	struct past *past;

	if (test_random(seed) % 2) {
		queue_forget(q, t);
		m->past[t] = (struct past){ 0 };
		return;
	}
	past = queue_note(q, t);
	assert_memory_equal(past, &m->past[t], sizeof *past);
	past->attempts++;
	past->alone = test_random(seed) % 2;
	past->failed = test_random(seed) % 2;
	m->past[t] = *past;
}

static void
check(const struct queue *q, const struct model *m, uint64_t *seed)
{
	task_id t = test_random(seed) % (TASKS + 1);
	struct past past = queue_past(q, t);

	assert_int_equal(queue_depth(q), model_depth(m));
	assert_int_equal(queue_first(q), model_first(m));
	assert_int_equal(queue_has(q, t), t > 0 && m->waits[t]);
	assert_int_equal(queue_next_failed(q, t), model_next_failed(m, t));
	assert_int_equal(past.attempts, m->past[t].attempts);
	assert_int_equal(past.alone, m->past[t].alone);
	assert_int_equal(past.failed, m->past[t].failed);
}

static void
a_queue_does_what_a_row_of_bits_would_do(void **state)
{
	uint64_t seed = 1;

	for (int round = 0; round < 60; round++) {
		struct queue *q = queue_new();
		struct model m = { 0 };

		for (int i = 0; i < 1500; i++) {
			task_id t = 1 + test_random(&seed) % TASKS;

			switch (test_random(&seed) % 8) {
			case 0:
			case 1:
				try_add(q, &m, &seed);
				break;
			case 2:
			case 3:
				assert_int_equal(queue_remove(q, t),
				    m.waits[t]);
				m.waits[t] = false;
				break;
			case 4:
				try_note(q, &m, &seed);
				break;
			case 5:
				if (test_random(&seed) % 64 == 0) {
					queue_remove_all(q);
					memset(m.waits, 0, sizeof m.waits);
				}
				break;
			default:
				try_take(q, &m, &seed);
			}
			check(q, &m, &seed);
		}
		queue_free(q);
	}
}

/* One range can be taken in one piece; two that only touch could not. */
static void
ranges_that_touch_are_one(void **state)
{
	static const task_id order[][3] = { { 1, 11, 21 }, { 21, 11, 1 },
		{ 1, 21, 11 }, { 11, 1, 21 }, { 11, 21, 1 }, { 21, 1, 11 } };
	task_id first;

	for (size_t i = 0; i < COUNT(order); i++) {
		struct queue *q = queue_new();

		for (size_t k = 0; k < 3; k++)
			queue_add(q, order[i][k], order[i][k] + 9);
		assert_int_equal(queue_take(q, 1000, TASKS, &first), 30);
		assert_int_equal(first, 1);
		assert_int_equal(queue_depth(q), 0);
		queue_free(q);
	}
}

static void
a_task_that_comes_back_joins_its_neighbours(void **state)
{
	struct queue *q = queue_new();
	task_id first;

	queue_add(q, 1, 9);
	assert_true(queue_remove(q, 5));
	assert_false(queue_remove(q, 5));
	queue_add(q, 5, 5);
	assert_int_equal(queue_take(q, 100, 100, &first), 9);
	queue_free(q);
}

static void
ten_million_tasks_are_as_quick_as_ten(void **state)
{
	const task_id most = 10000000;
	struct queue *q = queue_new();
	task_id first;

	queue_add(q, 1, most);
	assert_true(queue_has(q, most));
	assert_true(queue_remove(q, most / 2));
	assert_true(queue_depth(q) == most - 1);
	assert_true(queue_take(q, most, most, &first) == most / 2 - 1);
	assert_true(queue_take(q, most, most - 1, &first) == most / 2 - 1);
	assert_true(first == most / 2 + 1);
	assert_true(queue_first(q) == most);
	queue_free(q);
}

static void
a_task_that_must_be_alone_comes_alone(void **state)
{
	struct queue *q = queue_new();
	task_id first;

	queue_add(q, 1, 10);
	queue_note(q, 4)->alone = true;
	assert_int_equal(queue_take(q, 100, 100, &first), 3);
	assert_int_equal(queue_take(q, 100, 100, &first), 1);
	assert_int_equal(first, 4);
	assert_int_equal(queue_take(q, 100, 100, &first), 6);
	queue_free(q);
}

static void
nothing_is_taken_from_nothing_or_from_behind_the_last(void **state)
{
	struct queue *q = queue_new();
	task_id first;

	assert_int_equal(queue_first(q), 0);
	assert_int_equal(queue_take(q, 10, 100, &first), 0);
	assert_false(queue_has(q, 0));
	assert_false(queue_remove(q, 7));
	queue_add(q, 50, 60);
	assert_int_equal(queue_take(q, 10, 49, &first), 0);
	assert_int_equal(queue_take(q, 0, 100, &first), 0);
	assert_int_equal(queue_take(q, 10, 50, &first), 1);
	queue_free(q);
	queue_free(NULL);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_queue_does_what_a_row_of_bits_would_do),
		cmocka_unit_test(ranges_that_touch_are_one),
		cmocka_unit_test(a_task_that_comes_back_joins_its_neighbours),
		cmocka_unit_test(ten_million_tasks_are_as_quick_as_ten),
		cmocka_unit_test(a_task_that_must_be_alone_comes_alone),
		cmocka_unit_test(
		    nothing_is_taken_from_nothing_or_from_behind_the_last),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
