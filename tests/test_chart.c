/* Values over time: cut into samples, drawn as cells. */
#include <locale.h>
#include <math.h>

#include "fixture.h"
#include "test.h"
#include "ui/tui/chart.h"

enum { CASES = 400 };

static double
some_value(uint64_t *seed)
{
	static const double odd[] = { NAN, INFINITY, -INFINITY, 1e300, -5, 0,
		5e-324 };
	uint64_t n = test_random(seed) % 20;

	return n < COUNT(odd) ? odd[n] : (double)(test_random(seed) %
	    100000) / 100;
}

static void
some_values(struct series *s, size_t n, uint64_t *seed)
{
	s->n = n;
	for (size_t i = 0; i < n; i++)
		s->value[i] = some_value(seed);
}

static void
a_scale_is_a_round_number_that_holds_all_values(void **state)
{
	uint64_t seed = 1;

	for (int i = 0; i < 20000; i++) {
		double max = (double)(test_random(&seed) % 1000000000) /
		    (double)(1 + test_random(&seed) % 100000);
		double top = chart_top(max), lead = top;

		assert_true(top >= max && top >= 1);
		assert_true(max <= 1 || top < max * 2.01);
		while (lead >= 10)
			lead /= 10;
		assert_true(lead == 1 || lead == 2 || lead == 4 || lead == 8);
	}
	assert_true(chart_top(0) == 1);
	assert_true(chart_top(NAN) == 1);
	assert_true(isfinite(chart_top(INFINITY)));
	assert_true(chart_top(7.6) == 8);
	assert_true(chart_top(8) == 8);
	assert_true(chart_top(8.1) == 10);
	assert_true(chart_top(1700) == 2000);
}

static void
a_scale_grows_at_once_and_shrinks_late(void **state)
{
	assert_true(chart_scale(0, 5) == 8);
	assert_true(chart_scale(8, 8.5) == 10);
	assert_true(chart_scale(10, 4) == 10);
	assert_true(chart_scale(10, 3.5) == 10);
	assert_true(chart_scale(10, 3.3) == 4);
	assert_true(chart_scale(100, 0) == 1);
}

static void
labels_of_a_scale_fit_their_columns(void **state)
{
	char out[CHART_LABEL_MAX];

	for (double unit = 1; unit < 1e12; unit *= 10)
		for (int i = 1; i <= 8; i *= 2) {
			double top = i * unit;

			assert_true(strlen(chart_label(out, top, top)) < 5);
			assert_true(strlen(chart_label(out, top / 2, top)) <
			    5);
			assert_true(strlen(chart_label(out, 0, top)) < 5);
		}
	assert_string_equal(chart_label(out, 8, 8), "8.0");
	assert_string_equal(chart_label(out, 1000, 2000), "1000");
	assert_string_equal(chart_label(out, 20000, 20000), "20k");
	assert_string_equal(chart_label(out, 10000, 20000), "10k");
	assert_string_equal(chart_label(out, 4e6, 4e6), "4M");
}

static void
a_greater_value_has_no_fewer_dots_and_zero_has_one(void **state)
{
	uint64_t seed = 2;

	for (int i = 0; i < 20000; i++) {
		int dots = 1 + (int)(test_random(&seed) % 200);
		double top = chart_top((double)(test_random(&seed) % 5000));
		double a = some_value(&seed), b = some_value(&seed);
		int na = chart_dots(a, top, dots), nb = chart_dots(b, top,
		    dots);

		assert_true(na >= 0 && na <= dots);
		assert_true((na == 0) == (isnan(a) != 0));
		assert_true(!(a <= b) || na <= nb);
	}
	assert_int_equal(chart_dots(0, 8, 16), 1);
	assert_int_equal(chart_dots(4, 8, 16), 8);
	assert_int_equal(chart_dots(8, 8, 16), 16);
	assert_int_equal(chart_dots(9, 8, 16), 16);
	assert_int_equal(chart_dots(NAN, 8, 16), 0);
}

static bool
blank(const struct canvas *c, int y, int x)
{
	const struct cell *cell = c->cell + y * c->w + x;

	return cell->point[0] == ' ' && cell->role == ROLE_NORMAL;
}

static struct canvas *
some_canvas(uint64_t *seed)
{
	struct canvas *c = canvas_new(1 + (int)(test_random(seed) % 20),
	    1 + (int)(test_random(seed) % 60), test_random(seed) % 3 == 0);

	c->blocks = test_random(seed) % 2;
	return c;
}

static void
nothing_is_drawn_outside_a_plot(void **state)
{
	static struct series v, line;
	uint64_t seed = 3;

	for (int i = 0; i < CASES; i++) {
		struct canvas *c = some_canvas(&seed);
		struct rect r = { (int)(test_random(&seed) % 25) - 2,
			(int)(test_random(&seed) % 70) - 5,
			(int)(test_random(&seed) % 12),
			(int)(test_random(&seed) % 50) };

		some_values(&v, chart_samples(c, r.w), &seed);
		some_values(&line, chart_samples(c, r.w), &seed);
		chart_plot(c, r, ROLE_CHART1, &v, i % 2 ? &line : NULL, 100);
		for (int y = 0; y < c->h; y++)
			for (int x = 0; x < c->w; x++)
				if (y < r.y || y >= r.y + r.h || x < r.x ||
				    x >= r.x + r.w)
					assert_true(blank(c, y, x));
		canvas_free(c);
	}
}

/* The picture of these values, rows ended by '/'. */
static void
looks(const double *value, size_t n, int h, double top, bool ascii,
    bool blocks, const char *want)
{
	struct canvas *c = canvas_new(h, (int)n, ascii);
	static struct series v;
	char *text;

	c->blocks = blocks;
	v.n = n;
	memcpy(v.value, value, n * sizeof *value);
	c->w = (int)(n / chart_samples(c, 1));
	chart_plot(c, (struct rect){ 0, 0, h, c->w }, ROLE_CHART1, &v, NULL,
	    top);
	text = canvas_text(c);
	for (char *p = text; *p != '\0'; p++)
		if (*p == '\n')
			*p = '/';
	assert_string_equal(text, want);
	free(text);
	canvas_free(c);
}

static void
small_pictures_are_right_to_the_dot(void **state)
{
	const double up[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 8 };
	const double gap[] = { 8, NAN, NAN, 8, NAN, NAN };

	looks(up, 10, 2, 8, false, false, "  ⢀⣴⣿/⣀⣴⣿⣿⣿/");
	looks(up, 10, 1, 8, false, false, "⣀⣠⣴⣾⣿/");
	looks(gap, 6, 2, 8, false, false, "⡇⢸/⡇⢸/");
	looks(up, 10, 2, 8, false, true, "     ▂▄▆██/▁▂▄▆██████/");
	looks(up, 10, 2, 8, true, false, "     .::##/..::######/");
	looks(gap, 6, 1, 8, true, false, "#  #/");
}

static void
a_line_is_seen_above_the_values_and_not_within_them(void **state)
{
	struct canvas *c = canvas_new(2, 2, false);
	static struct series v, line;
	char *text;

	v.n = line.n = 4;
	for (int i = 0; i < 4; i++) {
		v.value[i] = i < 2 ? 1 : 8;
		line.value[i] = 6;
	}
	chart_plot(c, (struct rect){ 0, 0, 2, 2 }, ROLE_CHART3, &v, &line, 8);
	text = canvas_text(c);
	assert_string_equal(text, "⠤⣿\n⣀⣿\n");
	free(text);
	canvas_free(c);
}

static void
times_stay_in_their_columns(void **state)
{
	struct resize_mark mark[12];
	uint64_t seed = 4;

	for (int i = 0; i < CASES; i++) {
		struct canvas *c = some_canvas(&seed);
		double from = (double)(test_random(&seed) % 1000);
		struct chart_time t = { { from, from + 1 +
		    (double)(test_random(&seed) % 90000) }, from +
		    (double)(test_random(&seed) % 90000), i % 2, i % 3, mark,
		    test_random(&seed) % COUNT(mark) };
		int x = (int)(test_random(&seed) % 10);
		int w = (int)(test_random(&seed) % 60);

		for (size_t m = 0; m < t.nmarks; m++)
			mark[m] = (struct resize_mark){ some_value(&seed), 1,
			    256 };
		chart_rule(c, 0, x, w, &t);
		chart_times(c, c->h - 1, x, w, &t);
		for (int col = 0; col < c->w; col++)
			assert_true((col >= x && col < x + w) ||
			    blank(c, c->h - 1, col));
		canvas_free(c);
	}
}

static void
written(const struct chart_time *t, int w, const char *want)
{
	struct canvas *c = canvas_new(1, w, false);
	char *text;

	chart_times(c, 0, 0, w, t);
	text = canvas_text(c);
	text[strlen(text) - 1] = '\0';
	assert_string_equal(text, want);
	free(text);
	canvas_free(c);
}

static void
times_are_written_below_their_columns(void **state)
{
	const struct resize_mark mark[] = { { 70, 4, 6 }, { 150, 6, 8 } };
	struct chart_time t = { { 0, 252 }, 252, false, true, NULL, 0 };

	written(&t, 32, "start         -2m06          now");
	written(&t, 12, "start    now");
	written(&t, 6, "   now");
	t.mark = mark;
	t.nmarks = 2;
	written(&t, 32, "start  4→6        6→8        now");
	t.ended = true;
	written(&t, 12, "start    end");
	t = (struct chart_time){ { 100, 400 }, 1000, false, false, NULL, 0 };
	written(&t, 32, "-15m         -12m30         -10m");
}

static struct moment
moment(double at, double v)
{
	return (struct moment){ .at = at, .depth = v, .ended = v,
	    .parallel = v, .workers = v };
}

static void
a_sample_is_the_mean_of_what_is_known_of_its_time(void **state)
{
	static struct history h;
	static struct series s;

	history_init(&h);
	for (int at = 1; at <= 8; at++) {
		struct moment m = moment(at, at);

		if (at == 3 || at == 5 || at == 6)
			m.parallel = NAN;
		history_add(&h, &m);
	}
	series_take(&s, &h, FIGURE_PARALLEL, (struct stretch){ 0, 10 }, 5);
	assert_int_equal(s.n, 5);
	assert_true(fabs(s.value[0] - 1.5) < 1e-9);
	assert_true(fabs(s.value[1] - 4) < 1e-9);	/* 3 is not known */
	assert_true(isnan(s.value[2]));
	assert_true(fabs(s.value[3] - 7.5) < 1e-9);
	assert_true(isnan(s.value[4]));		/* has not come yet */
	assert_true(fabs(s.max - 7.5) < 1e-9);
	series_take(&s, &h, FIGURE_DEPTH, (struct stretch){ 0, 8 }, 16);
	assert_true(fabs(s.value[0] - 1) < 1e-9 && fabs(s.value[15] - 8) <
	    1e-9);
}

/* Whatever was rolled up: what ended is what the samples say. */
static void
an_old_stretch_comes_from_coarser_levels_and_loses_nothing(void **state)
{
	static struct history h;
	static struct series s;
	uint64_t seed = 6;
	double all = 0, sum = 0;
	int last = 9000;

	history_init(&h);
	for (int at = 1; at <= last; at++) {
		struct moment m = moment(at, (double)(test_random(&seed) %
		    7));

		all += m.ended;
		history_add(&h, &m);
	}
	series_take(&s, &h, FIGURE_ENDED, (struct stretch){ 0, last }, 90);
	for (size_t i = 0; i < s.n; i++) {
		assert_false(isnan(s.value[i]));
		sum += s.value[i] * 100;
	}
	assert_true(fabs(sum - all) < 1e-6 * all);
}

static void
any_history_makes_samples_and_no_harm(void **state)
{
	static struct series s;
	uint64_t seed = 7;
	struct record r;

	record_init(&r);
	for (int i = 0; i < CASES; i++) {
		double from = some_value(&seed), to = some_value(&seed);
		size_t n = test_random(&seed) % 3000;

		fixture_random_record(&r, &seed);
		series_take(&s, &r.history, (enum figure)(i % NFIGURES),
		    (struct stretch){ from, to }, n);
		assert_true(s.n <= SERIES_MAX && s.n <= n);
		for (size_t k = 0; k < s.n; k++)
			assert_false(isinf(s.value[k]));
	}
	record_clear(&r);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_scale_is_a_round_number_that_holds_all_values),
		cmocka_unit_test(a_scale_grows_at_once_and_shrinks_late),
		cmocka_unit_test(labels_of_a_scale_fit_their_columns),
		cmocka_unit_test(
		    a_greater_value_has_no_fewer_dots_and_zero_has_one),
		cmocka_unit_test(nothing_is_drawn_outside_a_plot),
		cmocka_unit_test(small_pictures_are_right_to_the_dot),
		cmocka_unit_test(
		    a_line_is_seen_above_the_values_and_not_within_them),
		cmocka_unit_test(times_stay_in_their_columns),
		cmocka_unit_test(times_are_written_below_their_columns),
		cmocka_unit_test(
		    a_sample_is_the_mean_of_what_is_known_of_its_time),
		cmocka_unit_test(
		    an_old_stretch_comes_from_coarser_levels_and_loses_nothing),
		cmocka_unit_test(any_history_makes_samples_and_no_harm),
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 77;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
