#include <locale.h>
#include <wchar.h>

#include "base/text.h"
#include "test.h"
#include "ui/tui/canvas.h"
#include "ui/tui/line.h"
#include "ui/tui/page.h"

static void
reads(const struct canvas *c, const char *want)
{
	char *got = canvas_text(c);

	assert_string_equal(got, want);
	free(got);
}

static void
text_is_cut_with_a_mark_and_never_in_a_wide_letter(void **state)
{
	struct canvas *c = canvas_new(4, 8, false);

	assert_int_equal(canvas_puts(c, 0, 0, 8, ROLE_NORMAL, "exactly8"), 8);
	assert_int_equal(canvas_puts(c, 1, 0, 8, ROLE_NORMAL, "much too long"),
	    8);
	assert_int_equal(canvas_puts(c, 2, 0, 8, ROLE_NORMAL, "日本語です"), 7);
	assert_int_equal(canvas_puts(c, 3, 6, 9, ROLE_NORMAL, "abc"), 2);
	reads(c, "exactly8\nmuch to…\n日本語…\n      a…\n");
	canvas_free(c);
}

static void
marks_upon_letters_take_no_room(void **state)
{
	struct canvas *c = canvas_new(1, 6, false);

	assert_int_equal(canvas_puts(c, 0, 0, 6, ROLE_NORMAL,
	    "\xcc\x81" "e\xcc\x81" "a"), 2);
	reads(c, "e\xcc\x81" "a\n");
	canvas_free(c);
}

static void
half_a_wide_letter_is_never_left(void **state)
{
	struct canvas *c = canvas_new(1, 6, false);

	canvas_puts(c, 0, 0, 6, ROLE_NORMAL, "日本語");
	canvas_puts(c, 0, 1, 1, ROLE_NORMAL, "x");
	canvas_puts(c, 0, 4, 1, ROLE_NORMAL, "y");
	reads(c, " x本y\n");
	canvas_free(c);
}

static void
controls_never_reach_a_cell(void **state)
{
	struct canvas *c = canvas_new(1, 20, false);

	canvas_puts(c, 0, 0, 20, ROLE_NORMAL, "a\033]2;x\007b\tc\xff\xc2\x9b");
	reads(c, "a\ufffd]2;x\ufffdb c\ufffd\ufffd\n");
	canvas_free(c);
	c = canvas_new(1, 20, true);
	canvas_puts(c, 0, 0, 20, ROLE_NORMAL, "é日\033x");
	reads(c, "???x\n");
	canvas_free(c);
}

static void
bars_fill_by_eighths(void **state)
{
	struct canvas *c = canvas_new(5, 4, false);

	canvas_bar(c, 0, 0, 4, 0.5, ROLE_RUN);
	canvas_bar(c, 1, 0, 4, 0.34375, ROLE_RUN);
	canvas_bar(c, 2, 0, 4, 9, ROLE_RUN);
	canvas_bar(c, 3, 0, 4, -1, ROLE_RUN);
	canvas_bar(c, 4, 0, 4, 0.0 / 0.0, ROLE_RUN);
	reads(c, "██░░\n█▍░░\n████\n░░░░\n░░░░\n");
	canvas_free(c);
	c = canvas_new(1, 4, true);
	canvas_bar(c, 0, 0, 4, 0.6, ROLE_RUN);
	reads(c, "##..\n");
	canvas_free(c);
}

static void
a_box_has_its_title_in_its_border(void **state)
{
	struct canvas *c = canvas_new(3, 12, false);

	canvas_box(c, (struct rect){ 0, 0, 3, 12 }, "Stop");
	reads(c, "╭─ Stop ───╮\n│          │\n╰──────────╯\n");
	canvas_free(c);
}

static void
the_least_important_pieces_go_first(void **state)
{
	struct canvas *c = canvas_new(3, 20, false);
	struct line l;

	line_start(&l, GROUND_PLAIN);
	line_add(&l, 9, ROLE_NORMAL, "most");
	line_add(&l, 1, ROLE_NORMAL, " least");
	line_join(&l, ROLE_DIM, "!");
	line_add(&l, 5, ROLE_NORMAL, " middle");
	assert_int_equal(line_draw(&l, c, 0, 0, 20), 18);
	assert_int_equal(line_draw(&l, c, 1, 0, 12), 11);
	assert_int_equal(line_right(&l, c, 2, 0, 3), 0);
	reads(c, "most least! middle\nmost middle\nmo…\n");
	canvas_free(c);
}

static void
a_page_keeps_its_chosen_row_in_sight(void **state)
{
	struct page p;

	for (int h = 1; h < 30; h++)
		for (int w = 1; w < 60; w += 7)
			for (int at = 0; at < 20; at++) {
		struct canvas *c = canvas_new(h, w, false);
		char *text;

		page_start(&p, "title");
		page_row(&p, PAGE_FACT, -1);
		page_put(&p, c, 0, ROLE_NORMAL, "some facts");
		for (int i = 0; i < 20; i++) {
			page_row(&p, PAGE_CHOICE, i);
			page_put(&p, c, 0, ROLE_NORMAL, "choice %d", i);
		}
		page_draw(&p, c, (struct rect){ 0, 0, h, w }, -1, at);
		text = canvas_text(c);
		if (w > 10 && strstr(text, "▸") == NULL)
			fail_msg("%dx%d, choice %d:\n%s", h, w, at, text);
		free(text);
		canvas_free(c);
	}
}

/* Every cell holds what a terminal can show in the columns it takes. */
static void
whole(const struct canvas *c)
{
	for (int y = 0; y < c->h; y++)
		for (int x = 0; x < c->w; x++) {
			const struct cell *cell = c->cell + y * c->w + x;

			if (cell->width == 0) {
				assert_true(x > 0 && cell[-1].width == 2);
				continue;
			}
			assert_true(cell->width == 1 || x + 1 < c->w);
			assert_true(text_printable_is(cell->point[0]));
			assert_int_equal(wcwidth((wchar_t)cell->point[0]),
			    cell->width);
			assert_true(!c->ascii || cell->point[0] < 0x7f);
		}
}

static void
whatever_is_drawn_anywhere_leaves_whole_cells(void **state)
{
	static const char *const parts[] = { "日", "é", "e\xcc\x81", "x", "\033",
		"\xff", "🙂", "\xcc\x81", " ", "…", "\xf0\x9f", "\ufe0f" };
	uint64_t seed = 1;
	char text[128];

	for (int n = 0; n < 3000; n++) {
		struct canvas *c = canvas_new((int)(test_random(&seed) % 6),
		    (int)(test_random(&seed) % 30), n % 2 == 0);

		for (int i = 0; i < 20; i++) {
			int y = (int)(test_random(&seed) % 10) - 2;
			int x = (int)(test_random(&seed) % 40) - 4;
			int w = (int)(test_random(&seed) % 20) - 2, used;

			text[0] = '\0';
			for (uint64_t k = test_random(&seed) % 12; k > 0; k--)
				strcat(text, parts[test_random(&seed) %
				    COUNT(parts)]);
			used = canvas_puts(c, y, x, w, ROLE_NORMAL, text);
			assert_true(used >= 0 && used <= (w > 0 ? w : 0));
			canvas_bar(c, y, x, w, 0.3, ROLE_RUN);
			if (i % 5 == 0)
				canvas_box(c, (struct rect){ y, x, w, w },
				    text);
			canvas_right(c, y, x, w, ROLE_NORMAL, text);
			canvas_clear(c, (struct rect){ y, x, 1, w / 3 },
			    GROUND_BAR);
		}
		whole(c);
		canvas_free(c);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    text_is_cut_with_a_mark_and_never_in_a_wide_letter),
		cmocka_unit_test(marks_upon_letters_take_no_room),
		cmocka_unit_test(half_a_wide_letter_is_never_left),
		cmocka_unit_test(controls_never_reach_a_cell),
		cmocka_unit_test(bars_fill_by_eighths),
		cmocka_unit_test(a_box_has_its_title_in_its_border),
		cmocka_unit_test(the_least_important_pieces_go_first),
		cmocka_unit_test(a_page_keeps_its_chosen_row_in_sight),
		cmocka_unit_test(
		    whatever_is_drawn_anywhere_leaves_whole_cells),
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 77;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
