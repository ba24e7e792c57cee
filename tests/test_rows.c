#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "test.h"
#include "ui/tui/canvas.h"
#include "ui/tui/rows.h"
#include "ui/tui/wrap.h"

/* Rows with ids 1 ... n in any order, some missing. */
static void
some_rows(struct rows *r, int n, uint64_t *seed)
{
	r->n = 0;
	for (int i = 1; i <= n; i++)
		if (test_random(seed) % 5 != 0)
			rows_add(r, (uint64_t)i, NULL);
	for (int i = r->n - 1; i > 0; i--) {
		int k = (int)(test_random(seed) % (uint64_t)(i + 1));
		struct table_row old = r->row[i];

		r->row[i] = r->row[k];
		r->row[k] = old;
	}
}

static void
rows_are_sorted_either_way_and_equal_ones_stay_in_order(void **state)
{
	struct rows r = { 0 };
	uint64_t seed = 1;

	for (int n = 0; n < 300; n++) {
		bool down = test_random(&seed) % 2;
		int count = (int)(test_random(&seed) % 60);

		r.n = 0;
		for (int i = 0; i < count; i++) {
			rows_add(&r, (uint64_t)i + 1, NULL);
			r.row[i].number = test_random(&seed) % 5 == 0 ? NAN :
			    (double)(test_random(&seed) % 6);
		}
		rows_sort(&r, down);
		assert_int_equal(r.n, count);
		for (int i = 1; i < r.n; i++) {
			double a = r.row[i - 1].number, b = r.row[i].number;

			if (isnan(a))	/* what is not known is at the end */
				assert_true(isnan(b));
			else if (!isnan(b))
				assert_true(down ? a >= b : a <= b);
			if (a == b || (isnan(a) && isnan(b)))
				assert_true(r.row[i - 1].id < r.row[i].id);
		}
	}
	rows_clear(&r);
}

static void
texts_are_sorted_like_words(void **state)
{
	static const char *const words[] = { "pear", "Apple", "fig", "apple" };
	struct rows r = { 0 };

	for (size_t i = 0; i < COUNT(words); i++) {
		rows_add(&r, i + 1, NULL);
		r.row[i].text = words[i];
	}
	rows_sort(&r, false);
	assert_string_equal(r.row[0].text, "Apple");
	assert_string_equal(r.row[1].text, "apple");
	assert_string_equal(r.row[3].text, "pear");
	rows_clear(&r);
}

static void
the_selection_is_an_identity(void **state)
{
	struct rows r = { 0 };
	struct list l = { 0 };
	uint64_t seed = 2;

	for (int n = 0; n < 2000; n++) {
		uint64_t was = l.id;
		int at = l.at;

		some_rows(&r, 12, &seed);
		list_follow(&l, &r);
		if (r.n == 0)
			continue;
		assert_true(l.at >= 0 && l.at < r.n);
		assert_int_equal(r.row[l.at].id, l.id);
		if (rows_find(&r, was) >= 0)
			assert_int_equal(l.id, was);
		else if (was != 0)
			assert_int_equal(l.at, at < r.n ? at : r.n - 1);
		list_move(&l, &r, (enum action[]){ ACTION_UP, ACTION_DOWN,
		    ACTION_FIRST, ACTION_LAST, ACTION_PAGE_UP,
		    ACTION_PAGE_DOWN }[test_random(&seed) % 6]);
		assert_int_equal(r.row[l.at].id, l.id);
	}
	rows_clear(&r);
}

static void
a_selection_outlives_a_filter_that_hides_everything(void **state)
{
	struct rows r = { 0 };
	struct list l = { 0 };

	for (uint64_t i = 1; i <= 9; i++)
		rows_add(&r, i, NULL);
	list_select(&l, &r, 4);
	r.n = 0;
	list_follow(&l, &r);
	assert_int_equal(l.n, 0);
	for (uint64_t i = 1; i <= 9; i++)
		rows_add(&r, i, NULL);
	list_follow(&l, &r);
	assert_int_equal(l.id, 5);
	rows_clear(&r);
}

static int
height(const struct table_row *row, void *arg)
{
	int max = *(int *)arg;

	return 1 + (int)(row->id * 7 % (uint64_t)max);
}

/* Rows of many heights: the selected one is seen, no room is wasted. */
static void
the_selected_row_is_seen_whatever_the_heights(void **state)
{
	struct rows r = { 0 };
	struct list l = { 0 };
	uint64_t seed = 3;

	for (int n = 0; n < 3000; n++) {
		int max = 1 + (int)(test_random(&seed) % 4), sum = 0;
		int room = 1 + (int)(test_random(&seed) % 15);

		r.n = 0;
		for (uint64_t i = 0; i < test_random(&seed) % 40; i++)
			rows_add(&r, i + 1, NULL);
		list_select(&l, &r, (int)(test_random(&seed) % 40));
		list_place(&l, &r, room, max == 1 ? NULL : height, &max);
		if (r.n == 0) {
			assert_int_equal(l.shown, 0);
			continue;
		}
		assert_true(l.top >= 0 && l.shown > 0);
		assert_true(l.top + l.shown <= r.n);
		assert_true(l.at >= l.top);
		assert_true(l.at < l.top + l.shown);
		for (int i = l.top; i < l.top + l.shown; i++)
			sum += height(&r.row[i], &max);
		assert_true(sum <= room || l.shown == 1);
		/* The row above would fit as well only if there is none, or
		   if rows below are hidden. */
		if (l.top > 0 && l.top + l.shown == r.n)
			assert_true(sum + height(&r.row[l.top - 1], &max) >
			    room);
	}
	rows_clear(&r);
}

static void
without_blanks(const char *text, char *out)
{
	for (; *text != '\0'; text++)
		if (*text != ' ')
			*out++ = *text;
	*out = '\0';
}

static void
wrapped_text_loses_no_word(void **state)
{
	struct canvas *c = canvas_new(1, 200, false);
	uint64_t seed = 4;

	for (int n = 0; n < 3000; n++) {
		static const char *const piece[] = { "a", "bc", "日本", "é",
			" ", "  ", "longer-word", "\xff" };
		char text[300] = "", back[300] = "", want[300], got[300];
		int w = 4 + (int)(test_random(&seed) % 30);
		const char *s = text, *next;
		char line[300];

		for (uint64_t i = 0; i < test_random(&seed) % 25; i++)
			strcat(text, piece[test_random(&seed) % COUNT(piece)]);
		for (size_t len; *s != '\0'; s = next) {
			len = wrap_next(c, s, w, &next);
			assert_true(next > s);
			strncat(back, s, len);
			snprintf(line, sizeof line, "%.*s", (int)len, s);
			assert_true(canvas_width(c, line) <= w + 1);
		}
		without_blanks(text, want);
		without_blanks(back, got);
		assert_string_equal(got, want);
	}
	assert_int_equal(wrap_lines(c, "", 10), 1);
	assert_int_equal(wrap_lines(c, "one two", 3), 2);
	assert_int_equal(wrap_lines(c, "one two", 7), 1);
	canvas_free(c);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    rows_are_sorted_either_way_and_equal_ones_stay_in_order),
		cmocka_unit_test(texts_are_sorted_like_words),
		cmocka_unit_test(the_selection_is_an_identity),
		cmocka_unit_test(
		    a_selection_outlives_a_filter_that_hides_everything),
		cmocka_unit_test(
		    the_selected_row_is_seen_whatever_the_heights),
		cmocka_unit_test(wrapped_text_loses_no_word),
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 77;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
