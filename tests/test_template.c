#include "base/text.h"
#include "model/template.h"
#include "test.h"

/* A word that could be written to, as those of argv. */
#define W(text) ((char []){ text })

static char *const sizes[] = { W("1"), W("2") };
static char *const kinds[] = { W("a"), W("b") };
static const struct items_axis axes[] = {
	{ "size", sizes, 2 }, { "kind_of-it", kinds, 2 }
};

static void
assert_filled(struct items *items, uint64_t at, const char *text,
    const char *expected)
{
	struct item item;
	struct err err;
	char *filled;

	assert_int_equal(items_get(items, at, &item, &err), 0);
	filled = template_fill(text, items, &item);
	assert_string_equal(filled, expected);
	free(filled);
	item_clear(&item);
}

static void
assert_refused(const char *text, const struct items *items,
    const char *expected)
{
	struct err err = { "" };

	assert_int_equal(template_check(text, items, &err), -1);
	assert_string_equal(err.text, expected);
}

static void
assert_fine(const char *text, const struct items *items)
{
	struct err err = { "" };

	if (template_check(text, items, &err) == -1)
		fail_msg("%s: %s", text, err.text);
}

static void
places_are_filled_and_the_rest_is_kept(void **state)
{
	struct err err;
	struct items *items = items_matrix_new(axes, 2, &err);

	assert_filled(items, 1, "{}", "1 b");
	assert_filled(items, 2, "<{2}{1}>", "<a2>");
	assert_filled(items, 3, "{size}-{kind_of-it}", "2-b");
	assert_filled(items, 0, "", "");
	assert_filled(items, 0, "plain", "plain");
	assert_filled(items, 0, "{{}}", "{1 a}");
	assert_filled(items, 0, "{{1}", "{1");
	items_free(items);
}

static void
braces_that_are_no_place_are_text(void **state)
{
	static const char *const text[] = { "{", "}", "{ }", "{ 1 }", "}{",
		"{a b}", "{\"x\":1}", "{1,2}", "{-1}", "{12345}", "${x", "{é}",
		"{=x=}", "{.x}", "{/./}" };
	char *const word[] = { W("w") };
	struct items *items = items_list_new(word, 1);

	for (size_t i = 0; i < COUNT(text); i++) {
		assert_fine(text[i], items);
		assert_filled(items, 0, text[i], text[i]);
	}
	items_free(items);
}

static void
a_place_must_name_a_column(void **state)
{
	struct err err;
	struct items *matrix = items_matrix_new(axes, 2, &err);
	struct items *range = items_range_new(1, 9, 1, &err);
	char *const word[] = { W("w") };
	struct items *list = items_list_new(word, 1);
	struct items *once = items_matrix_new(NULL, 0, &err);

	assert_fine("{}{1}{2}{size}{kind_of-it}{01}", matrix);
	assert_fine("{1} to {2}", range);
	assert_fine("no place", once);
	assert_refused("a {3}", range, "{3}: items have 2 columns");
	assert_refused("{1}{2}", list, "{2}: items have 1 column");
	assert_refused("{0}", range, "{0}: columns are counted from 1");
	assert_refused("{x}", list,
	    "{x}: no column has this name; names are: none");
	assert_refused("{siz}", matrix, "{siz}: no column has this name; "
	    "names are: size, kind_of-it");
	assert_refused("{}", once, "{}: the job has no items");
	assert_refused("{1}", once, "{1}: the job has no items");
	items_free(matrix);
	items_free(range);
	items_free(list);
	items_free(once);
}

static void
the_other_places_of_gnu_parallel_are_refused_not_passed_on(void **state)
{
	static const char *const later[] = { "{.}", "{/}", "{//}", "{/.}",
		"{#}", "{%}", "{1.}", "{2/}", "{3//}", "{4/.}" };
	char *const word[] = { W("w") };
	struct items *items = items_list_new(word, 1);
	char expected[64];

	for (size_t i = 0; i < COUNT(later); i++) {
		snprintf(expected, sizeof expected, "%s is not available yet",
		    later[i]);
		assert_refused(later[i], items, expected);
		assert_filled(items, 0, later[i], later[i]);
	}
	items_free(items);
}

static void
the_size_of_what_is_filled_in_is_bounded(void **state)
{
	char text[TEMPLATE_MAX + 2];
	char *const word[] = { W("w") };
	struct items *items = items_list_new(word, 1);

	memset(text, 'x', sizeof text);
	text[TEMPLATE_MAX] = '\0';
	assert_fine(text, items);
	text[TEMPLATE_MAX] = 'x';
	text[TEMPLATE_MAX + 1] = '\0';
	assert_refused(text, items, "longer than 4096 bytes");
	for (int i = 0; i <= TEMPLATE_PLACES_MAX; i++)
		memcpy(text + 3 * i, "{1}", 4);
	assert_refused(text, items, "more than 64 places for items");
	text[3 * TEMPLATE_PLACES_MAX] = '\0';
	assert_fine(text, items);
	items_free(items);
}

static void
a_name_has_letters_digits_underscore_and_hyphen(void **state)
{
	char name[TEMPLATE_NAME_MAX + 2];

	assert_true(template_name_is("x"));
	assert_true(template_name_is("_x-1"));
	assert_false(template_name_is(""));
	assert_false(template_name_is("1x"));
	assert_false(template_name_is("-x"));
	assert_false(template_name_is("a b"));
	assert_false(template_name_is("é"));
	memset(name, 'n', sizeof name);
	name[TEMPLATE_NAME_MAX] = '\0';
	assert_true(template_name_is(name));
	name[TEMPLATE_NAME_MAX] = 'n';
	name[TEMPLATE_NAME_MAX + 1] = '\0';
	assert_false(template_name_is(name));
}

/* Slow and plain: replaces {}, {1} and {2}, leaves anything else. */
static void
naive_fill(char *out, const char *text, const char *one, const char *two)
{
	*out = '\0';
	while (*text != '\0') {
		if (strncmp(text, "{}", 2) == 0) {
			sprintf(out + strlen(out), "%s %s", one, two);
			text += 2;
		} else if (strncmp(text, "{1}", 3) == 0) {
			strcat(out, one);
			text += 3;
		} else if (strncmp(text, "{2}", 3) == 0) {
			strcat(out, two);
			text += 3;
		} else {
			sprintf(out + strlen(out), "%c", *text++);
		}
	}
}

static void
generated_templates_are_filled_as_by_hand(void **state)
{
	static const char letters[] = "{}12 a./";
	uint64_t seed = 7;
	char text[24], expected[24 * 48], *filled;
	struct err err;
	struct items *items = items_range_new(-5, 100, 50, &err);
	struct item item;

	assert_int_equal(items_get(items, 0, &item, &err), 0);
	for (int n = 0; n < 20000; n++) {
		size_t len = test_random(&seed) % sizeof text;

		for (size_t i = 0; i < len; i++)
			text[i] = letters[test_random(&seed) %
			    (sizeof letters - 1)];
		text[len] = '\0';
		naive_fill(expected, text, "-5", "44");
		filled = template_fill(text, items, &item);
		assert_string_equal(filled, expected);
		free(filled);
	}
	item_clear(&item);
	items_free(items);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_are_filled_and_the_rest_is_kept),
		cmocka_unit_test(braces_that_are_no_place_are_text),
		cmocka_unit_test(a_place_must_name_a_column),
		cmocka_unit_test(
		    the_other_places_of_gnu_parallel_are_refused_not_passed_on),
		cmocka_unit_test(the_size_of_what_is_filled_in_is_bounded),
		cmocka_unit_test(
		    a_name_has_letters_digits_underscore_and_hyphen),
		cmocka_unit_test(generated_templates_are_filled_as_by_hand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
