#include "test.h"
#include "ui/tui/hit.h"

static uint64_t seed = 3;

static int
roll(int n)
{
	return (int)(test_random(&seed) % (uint64_t)n);
}

static void
what_is_drawn_later_lies_above(void **state)
{
	struct hits hits = { 0 };
	int value = -1;

	hits_add(&hits, &(struct hit){ 2, 3, 4, 10, HIT_ROW, 7, 1 });
	hits_add(&hits, &(struct hit){ 3, 5, 1, 2, HIT_KEY, 'q', 1 });
	assert_int_equal(hits_find(&hits, 2, 3, &value), HIT_ROW);
	assert_int_equal(value, 7);
	assert_int_equal(hits_find(&hits, 5, 12, &value), HIT_ROW);
	assert_int_equal(value, 10);
	assert_int_equal(hits_find(&hits, 3, 6, &value), HIT_KEY);
	assert_int_equal(value, 'q');
	hits_add(&hits, &(struct hit){ 0, 0, 20, 20, HIT_NOTHING, 0, 1 });
	assert_int_equal(hits_find(&hits, 3, 6, &value), HIT_NOTHING);
	hits_clear(&hits);
	assert_int_equal(hits.n, 0);
}

static void
borders_belong_to_no_neighbour(void **state)
{
	static const int out[][2] = { { 1, 3 }, { 6, 3 }, { 2, 2 }, { 2, 13 },
		{ -1, -1 }, { 5000, 5000 } };
	struct hits hits = { 0 };
	int value;

	hits_add(&hits, &(struct hit){ 2, 3, 4, 10, HIT_ROW, 0, 1 });
	for (size_t i = 0; i < COUNT(out); i++)
		assert_int_equal(hits_find(&hits, out[i][0], out[i][1],
		    &value), HIT_NOTHING);
}

/* Found again by counting along the rows, however wide a place is. */
static void
places_of_a_grid_are_counted_along_its_rows(void **state)
{
	for (int i = 0; i < 2000; i++) {
		int h = 1 + roll(8), a_row = 1 + roll(70), each = 1 + roll(4);
		int first = roll(300), row = roll(h), at = roll(a_row), value;
		struct hit hit = { roll(50), roll(200), h, a_row * each,
			HIT_ROW, first, a_row };
		struct hits hits = { 0 };

		hits_add(&hits, &hit);
		assert_int_equal(hits_find(&hits, hit.y + row,
		    hit.x + at * each + roll(each), &value), HIT_ROW);
		assert_int_equal(value, first + row * a_row + at);
	}
}

static void
empty_places_and_too_many_are_not_taken(void **state)
{
	struct hits hits = { 0 };
	int value;

	hits_add(&hits, &(struct hit){ 0, 0, 0, 5, HIT_ROW, 0, 1 });
	hits_add(&hits, &(struct hit){ 0, 0, 5, 0, HIT_ROW, 0, 1 });
	hits_add(&hits, &(struct hit){ 0, 0, 1, 3, HIT_ROW, 0, 4 });
	assert_int_equal(hits.n, 0);
	for (int i = 0; i < HITS_MAX + 10; i++)
		hits_add(&hits, &(struct hit){ i, 0, 1, 1, HIT_ROW, i, 1 });
	assert_int_equal(hits.n, HITS_MAX);
	assert_int_equal(hits_find(&hits, HITS_MAX, 0, &value), HIT_NOTHING);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_drawn_later_lies_above),
		cmocka_unit_test(borders_belong_to_no_neighbour),
		cmocka_unit_test(places_of_a_grid_are_counted_along_its_rows),
		cmocka_unit_test(empty_places_and_too_many_are_not_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
