/* Can it be read?  Contrast as WCAG 2 defines it, colours as xterm has them. */
#include <math.h>

#include "test.h"
#include "ui/tui/theme.h"

enum { BLACK = 16, WHITE = 231 };
static const double least_text = 4.5, least_mark = 3;

/* One of 256 colours, 16 to 255: a cube of 6 x 6 x 6, then greys. */
static void
rgb(int n, double out[3])
{
	static const double step[] = { 0, 95, 135, 175, 215, 255 };

	assert_true(n >= 16 && n <= 255);
	if (n >= 232) {
		out[0] = out[1] = out[2] = 8 + 10 * (n - 232);
		return;
	}
	out[0] = step[(n - 16) / 36];
	out[1] = step[(n - 16) / 6 % 6];
	out[2] = step[(n - 16) % 6];
}

/* Relative luminance, 0 to 1: WCAG 2.2, "relative luminance". */
static double
luminance(int n)
{
	static const double weight[] = { 0.2126, 0.7152, 0.0722 };
	double c[3], sum = 0;

	rgb(n, c);
	for (int i = 0; i < 3; i++) {
		double v = c[i] / 255;

		sum += weight[i] * (v <= 0.04045 ? v / 12.92 :
		    pow((v + 0.055) / 1.055, 2.4));
	}
	return sum;
}

static double
contrast(int a, int b)
{
	double x = luminance(a), y = luminance(b);

	return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

static void
can_be_read(enum theme_colours colours, enum role r, enum ground g,
    int background)
{
	struct look look = theme_look(colours, r, g);
	int bg = look.bg != -1 ? look.bg : background;
	double got;

	if (look.fg == -1) {	/* the terminal's own on its own */
		assert_int_equal(look.bg, -1);
		return;
	}
	got = contrast(look.fg, bg);
	if (got < (r == ROLE_FAINT ? least_mark : least_text))
		fail_msg("role %c, ground %d, theme %d: %d on %d has %.2f",
		    theme_letter(r), g, colours, look.fg, bg, got);
}

static void
all_can_be_read(enum theme_colours colours, int background)
{
	for (int r = 0; r < NROLES; r++)
		for (int g = 0; g < NGROUNDS; g++)
			can_be_read(colours, (enum role)r, (enum ground)g,
			    background);
}

static void
contrast_is_as_defined(void **state)
{
	assert_float_equal(contrast(BLACK, WHITE), 21, 1e-9);
	assert_float_equal(contrast(WHITE, WHITE), 1, 1e-9);
	assert_float_equal(contrast(243, WHITE), 4.54, 0.01);	/* #767676 */
}

static void
every_role_of_the_dark_palette_can_be_read_on_black(void **state)
{
	all_can_be_read(THEME_DARK, BLACK);
}

static void
every_role_of_the_light_palette_can_be_read_on_white(void **state)
{
	all_can_be_read(THEME_LIGHT, WHITE);
}

static void
without_a_choice_every_role_can_be_read_on_both(void **state)
{
	all_can_be_read(THEME_EITHER, BLACK);
	all_can_be_read(THEME_EITHER, WHITE);
}

static void
what_went_well_never_looks_like_what_failed(void **state)
{
	for (enum theme_colours c = THEME_8; c < NTHEMES; c++) {
		short well = theme_look(c, ROLE_DONE, GROUND_PLAIN).fg;
		short ill = theme_look(c, ROLE_FAIL, GROUND_PLAIN).fg;

		assert_int_not_equal(well, ill);
		assert_int_not_equal(well, -1);
		assert_int_not_equal(ill, -1);
	}
}

static void
the_palette_is_the_users_else_the_terminals_else_for_both(void **state)
{
	static const struct {
		enum palette	palette;
		int		colours;
		const char	*colorfgbg;
		enum theme_colours want;
	} cases[] = {
		{ PALETTE_DARK, 256, "0;15", THEME_DARK },
		{ PALETTE_LIGHT, 256, "15;0", THEME_LIGHT },
		{ PALETTE_AUTO, 256, NULL, THEME_EITHER },
		{ PALETTE_AUTO, 256, "", THEME_EITHER },
		{ PALETTE_AUTO, 256, "15;0", THEME_DARK },
		{ PALETTE_AUTO, 256, "15;8", THEME_DARK },
		{ PALETTE_AUTO, 256, "0;15", THEME_LIGHT },
		{ PALETTE_AUTO, 256, "0;7", THEME_LIGHT },
		{ PALETTE_AUTO, 256, "0;default;15", THEME_LIGHT },
		{ PALETTE_AUTO, 256, "15;default", THEME_EITHER },
		{ PALETTE_AUTO, 256, "15;", THEME_EITHER },
		{ PALETTE_AUTO, 256, "15;0x", THEME_EITHER },
		{ PALETTE_AUTO, 256, "15;-1", THEME_EITHER },
		{ PALETTE_AUTO, 256, "15;99999999999999999999", THEME_EITHER },
		{ PALETTE_DARK, 8, NULL, THEME_8 },
		{ PALETTE_LIGHT, 88, "0;15", THEME_8 },
		{ PALETTE_LIGHT, 0, "0;15", THEME_MONO },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(theme_choose(cases[i].palette,
		    cases[i].colours, cases[i].colorfgbg), cases[i].want);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(contrast_is_as_defined),
		cmocka_unit_test(
		    every_role_of_the_dark_palette_can_be_read_on_black),
		cmocka_unit_test(
		    every_role_of_the_light_palette_can_be_read_on_white),
		cmocka_unit_test(
		    without_a_choice_every_role_can_be_read_on_both),
		cmocka_unit_test(what_went_well_never_looks_like_what_failed),
		cmocka_unit_test(
		    the_palette_is_the_users_else_the_terminals_else_for_both),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
