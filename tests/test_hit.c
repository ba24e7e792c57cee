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
	int64_t value = -1;

	hits_add(&hits, &(struct hit){ 2, 3, 4, 10, HIT_ROW, 7 });
	hits_add(&hits, &(struct hit){ 3, 5, 1, 2, HIT_KEY, 'q' });
	assert_int_equal(hits_find(&hits, 2, 3, &value), HIT_ROW);
	assert_int_equal(value, 7);
	assert_int_equal(hits_find(&hits, 5, 12, &value), HIT_ROW);
	assert_int_equal(value, 7);
	assert_int_equal(hits_find(&hits, 3, 6, &value), HIT_KEY);
	assert_int_equal(value, 'q');
	hits_add(&hits, &(struct hit){ 0, 0, 20, 20, HIT_NOTHING, 0 });
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
	int64_t value;

	hits_add(&hits, &(struct hit){ 2, 3, 4, 10, HIT_ROW, 0 });
	for (size_t i = 0; i < COUNT(out); i++)
		assert_int_equal(hits_find(&hits, out[i][0], out[i][1],
		    &value), HIT_NOTHING);
}

/* The same as looking at each place, the newest first. */
static void
any_places_are_found_as_they_lie(void **state)
{
	enum { SIDE = 12, N = 10 };

	for (int i = 0; i < 500; i++) {
		int above[SIDE][SIDE] = { { 0 } };
		int64_t value;
		struct hits hits = { 0 };

		for (int n = 1; n <= N; n++) {
			struct hit h = { roll(SIDE), roll(SIDE), 1 + roll(5),
				1 + roll(5), HIT_ROW, n };

			hits_add(&hits, &h);
			for (int y = h.y; y < h.y + h.h && y < SIDE; y++)
				for (int x = h.x; x < h.x + h.w && x < SIDE;
				    x++)
					above[y][x] = n;
		}
		for (int at = 0; at < SIDE * SIDE; at++) {
			value = 0;
			hits_find(&hits, at / SIDE, at % SIDE, &value);
			assert_int_equal(value, above[at / SIDE][at % SIDE]);
		}
	}
}

static void
empty_places_and_too_many_are_not_taken(void **state)
{
	struct hits hits = { 0 };
	int64_t value;

	hits_add(&hits, &(struct hit){ 0, 0, 0, 5, HIT_ROW, 0 });
	hits_add(&hits, &(struct hit){ 0, 0, 5, 0, HIT_ROW, 0 });
	assert_int_equal(hits.n, 0);
	for (int i = 0; i < HITS_MAX + 10; i++)
		hits_add(&hits, &(struct hit){ i, 0, 1, 1, HIT_ROW, i });
	assert_int_equal(hits.n, HITS_MAX);
	assert_int_equal(hits_find(&hits, HITS_MAX, 0, &value), HIT_NOTHING);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_drawn_later_lies_above),
		cmocka_unit_test(borders_belong_to_no_neighbour),
		cmocka_unit_test(any_places_are_found_as_they_lie),
		cmocka_unit_test(empty_places_and_too_many_are_not_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
