#include "test.h"
#include "ui/tui/layout.h"

enum { H_MAX = 70, W_MAX = 220 };

struct part {
	const char		*name;
	const struct rect	*r;
};

static void
check(const struct layout_in *in, const struct layout *l)
{
	const struct part parts[] = {
		{ "title", &l->title }, { "meters", &l->meters },
		{ "runbar", &l->runbar }, { "pool", &l->pool },
		{ "tabs", &l->tabs }, { "head", &l->head },
		{ "table", &l->table }, { "detail", &l->detail },
		{ "charts", &l->charts },
		{ "rule", &l->events_head }, { "events", &l->events },
		{ "notice", &l->notice },
		{ "footer", &l->footer },
	};
	int y = 0;

	for (size_t i = 0; i < COUNT(parts); i++) {
		const struct rect *r = parts[i].r;

		if (r->h == 0)
			continue;
		if (r->h < 0 || r->y < y || r->y + r->h > in->h ||
		    r->x != 0 || r->w != in->w)
			fail_msg("%dx%d: %s is at %d,%d %dx%d", in->w, in->h,
			    parts[i].name, r->x, r->y, r->w, r->h);
		y = r->y + r->h;	/* top to bottom, none upon another */
	}
	assert_true(l->view.h == 0 || (l->view.y + l->view.h ==
	    (l->events_head.h > 0 ? l->events_head.y :
	    l->events.h > 0 ? l->events.y : l->notice.h > 0 ? l->notice.y :
	    l->footer.y)));
	assert_true(l->table.y + l->table.h <= l->view.y + l->view.h);
	assert_true(l->charts.h == 0 || (l->charts.y >= l->view.y &&
	    l->charts.y + l->charts.h <= l->view.y + l->view.h));
}

static void
for_all(void (*check_one)(const struct layout_in *, const struct layout *))
{
	static const int cores[] = { 0, 1, 2, 8, 13, 64, 1024 };
	static const int rows[] = { 0, 1, 8, 64, 256 };
	static const int events[] = { 0, 1, 2, 64 };
	struct layout l;

	for (int h = 1; h <= H_MAX; h++)
		for (int w = 1; w <= W_MAX; w++)
			for (int i = 0; i < 7 * 5 * 4 * 2 * 2; i++) {
		struct layout_in in = { h, w, cores[i % 7], rows[i / 7 % 5],
			events[i / 35 % 4], i / 140 % 2 == 1,
			i / 280 % 2 == 1 };

		layout_split(&l, &in);
		check_one(&in, &l);
	}
}

static void
every_part_is_on_the_screen_and_none_upon_another(void **state)
{
	for_all(check);
}

static void
check_table(const struct layout_in *in, const struct layout *l)
{
	if (in->h < LAYOUT_TINY_H || in->w < LAYOUT_TINY_W) {
		assert_int_equal(l->form, LAYOUT_TINY);
		return;
	}
	assert_true(l->table.h >= (in->notice && in->h == 8 ? 2 : 3));
	assert_int_equal(l->title.h, 1);
	assert_int_equal(l->runbar.h, 1);
	assert_int_equal(l->pool.h, 1);
	assert_int_equal(l->footer.h, 1);
	assert_true(!in->notice || l->notice.h == 1 || in->h < 9);
}

static void
the_table_has_three_rows_and_what_must_stay_stays(void **state)
{
	for_all(check_table);
}

static void
check_charts(const struct layout_in *in, const struct layout *l)
{
	int rows = in->rows < 5 ? in->rows : 5;

	if (l->charts.h == 0)
		return;
	assert_true(in->charts);
	assert_true(l->table.h >= rows);
	switch (l->form) {
	case LAYOUT_WIDE:
		assert_true(l->charts.h >= 7);
		break;
	case LAYOUT_NORMAL:
		assert_true(l->charts.h >= 5);
		break;
	default:
		assert_int_equal(l->form, LAYOUT_MEDIUM);
		assert_int_equal(l->charts.h, 1);
	}
}

static void
charts_have_room_to_be_read_and_the_table_goes_first(void **state)
{
	for_all(check_charts);
}

static int	meters_at[H_MAX + 1], rows_at[H_MAX + 1], charts_at[H_MAX + 1];

static void
growing_a_screen_takes_no_row_from_the_table(void **state)
{
	struct layout l;

	for (int i = 2 * LAYOUT_TINY_W; i <= 2 * W_MAX + 1; i++)
		for (int h = LAYOUT_TINY_H; h <= H_MAX; h++) {
			struct layout_in in = { h, i / 2, 8, 8, 6, false,
				i % 2 == 1 };

			layout_split(&l, &in);
			rows_at[h] = l.table.h;
			meters_at[h] = l.meters.h;
			charts_at[h] = l.charts.h;
			if (h == LAYOUT_TINY_H)
				continue;
			assert_true(rows_at[h] >= rows_at[h - 1]);
			assert_true(meters_at[h] >= meters_at[h - 1]);
			assert_true(charts_at[h] >= charts_at[h - 1]);
		}
}

static void
all_workers_are_shown_when_there_is_room(void **state)
{
	struct layout_in in = { 60, 120, 8, 40, 64, false, false };
	struct layout l;

	layout_split(&l, &in);
	assert_int_equal(l.table.h, 40);
	assert_int_equal(l.meters.h, 4);
	assert_true(l.events.h >= 2);
}

static void
cores_get_a_bar_each_or_a_strip(void **state)
{
	int columns;

	for (int n = 1; n <= 1024; n++) {
		int rows = layout_meter_rows(n, &columns);

		assert_true(rows >= 1 && rows <= LAYOUT_METERS_MAX);
		assert_true(columns == 0 || rows * columns >= n);
		assert_true(columns <= 4);
	}
	layout_meter_rows(8, &columns);
	assert_int_equal(columns, 2);
	layout_meter_rows(64, &columns);
	assert_int_equal(columns, 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_part_is_on_the_screen_and_none_upon_another),
		cmocka_unit_test(
		    the_table_has_three_rows_and_what_must_stay_stays),
		cmocka_unit_test(
		    charts_have_room_to_be_read_and_the_table_goes_first),
		cmocka_unit_test(
		    growing_a_screen_takes_no_row_from_the_table),
		cmocka_unit_test(all_workers_are_shown_when_there_is_room),
		cmocka_unit_test(cores_get_a_bar_each_or_a_strip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
