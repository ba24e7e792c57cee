#include <sys/stat.h>

#include <fcntl.h>
#include <inttypes.h>
#include <unistd.h>

#include "model/items.h"
#include "test.h"

/* A word that could be written to, as those of argv. */
#define W(text) ((char []){ text })

static char folder[] = "/tmp/test_items.XXXXXX";
static char path[64];

static int
folder_make(void **state)
{
	if (mkdtemp(folder) == NULL)
		return -1;
	snprintf(path, sizeof path, "%s/items", folder);
	return 0;
}

static int
folder_remove(void **state)
{
	unlink(path);
	return rmdir(folder);
}

static void
file_write(const void *text, size_t len)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

/* Item at, its columns joined, is expected. */
static void
assert_item(struct items *items, uint64_t at, const char *expected)
{
	struct err err = { "" };
	struct item item;
	char *joined;

	if (items_get(items, at, &item, &err) == -1)
		fail_msg("item %" PRIu64 ": %s", at, err.text);
	assert_int_equal(item.n, items_columns(items));
	joined = item_joined(&item);
	assert_string_equal(joined, expected);
	free(joined);
	item_clear(&item);
	assert_int_equal(item.n, 0);
}

static void
a_list_gives_its_words(void **state)
{
	char first[] = "one";
	char *const words[] = { first, W(""), W("three words here") };
	struct items *items = items_list_new(words, 3);

	first[0] = 'X';			/* it has copies */
	assert_int_equal(items_count(items), 3);
	assert_int_equal(items_columns(items), 1);
	assert_null(items_column_name(items, 0));
	assert_item(items, 2, "three words here");
	assert_item(items, 0, "one");
	assert_item(items, 1, "");
	items_free(items);
	items = items_list_new(NULL, 0);
	assert_int_equal(items_count(items), 0);
	items_free(items);
	items_free(NULL);
}

static void
assert_piece(struct items *items, uint64_t at, int64_t first, int64_t last)
{
	char expected[64];

	snprintf(expected, sizeof expected, "%" PRId64 " %" PRId64, first,
	    last);
	assert_item(items, at, expected);
}

/* Against an enumeration in wider numbers. */
static void
range_compare(int64_t from, int64_t to, int64_t step)
{
	struct err err = { "" };
	struct items *items = items_range_new(from, to, step, &err);
	uint64_t at = 0;

	if (items == NULL)
		fail_msg("%" PRId64 " %" PRId64 " %" PRId64 ": %s", from, to,
		    step, err.text);
	for (__int128 first = from; first <= to; first += step) {
		__int128 last = first + step - 1;

		assert_true(at < items_count(items));
		assert_piece(items, at++, (int64_t)first,
		    (int64_t)(last < to ? last : to));
	}
	assert_true(at == items_count(items));
	items_free(items);
}

static void
a_range_is_cut_into_pieces_and_the_last_ends_at_its_end(void **state)
{
	range_compare(1, 10, 3);
	range_compare(1, 10, 10);
	range_compare(1, 10, 11);
	range_compare(5, 5, 1);
	range_compare(-3, 3, 1);
	range_compare(INT64_MIN, INT64_MIN, 1);
	range_compare(INT64_MAX, INT64_MAX, INT64_MAX);
	range_compare(INT64_MIN, INT64_MAX, INT64_MAX);
	range_compare(INT64_MIN, INT64_MAX, INT64_MAX / 7);
	range_compare(INT64_MIN, INT64_MIN + 9, 4);
	range_compare(INT64_MAX - 9, INT64_MAX, 4);
	range_compare(-1, INT64_MAX, INT64_MAX);
}

static void
generated_ranges_equal_an_enumeration(void **state)
{
	static const int64_t near[] = { 0, INT64_MIN, INT64_MAX };
	uint64_t seed = 3;

	for (int n = 0; n < 2000; n++) {
		int64_t base = near[test_random(&seed) % COUNT(near)];
		int64_t a = (int64_t)(test_random(&seed) % 200);
		int64_t b = (int64_t)(test_random(&seed) % 200);
		int64_t least = a < b ? a : b, most = a < b ? b : a;
		int64_t step = 1 + (int64_t)(test_random(&seed) % 50);

		if (base == INT64_MAX)
			range_compare(base - most, base - least, step);
		else
			range_compare(base + least, base + most, step);
	}
}

static void
a_range_that_cannot_be_counted_is_refused(void **state)
{
	struct err err;
	struct items *items;
	int64_t limit = (int64_t)ITEMS_LIMIT;

	assert_null(items_range_new(1, 10, 0, &err));
	assert_string_equal(err.text, "step is 0, at least 1 was expected");
	assert_null(items_range_new(1, 10, INT64_MIN, &err));
	assert_null(items_range_new(2, 1, 1, &err));
	assert_string_equal(err.text, "from is 2, greater than to, 1");
	assert_null(items_range_new(INT64_MIN, INT64_MAX, 1, &err));
	assert_null(items_range_new(0, limit, 1, &err));
	items = items_range_new(1, limit, 1, &err);
	assert_non_null(items);
	assert_true(items_count(items) == ITEMS_LIMIT);
	assert_piece(items, ITEMS_LIMIT - 1, limit, limit);
	items_free(items);
}

static void
a_matrix_equals_nested_loops(void **state)
{
	char *const x[] = { W("1"), W("2"), W("3") };
	char *const y[] = { W("a") };
	char *const z[] = { W(""), W("p q"), W("r"), W("s") };
	const struct items_axis axes[] = {
		{ "x", x, COUNT(x) }, { "y", y, COUNT(y) }, { "z", z, COUNT(z) }
	};
	char expected[64];
	struct err err;
	struct items *items = items_matrix_new(axes, COUNT(axes), &err);
	uint64_t at = 0;

	assert_int_equal(items_count(items), 12);
	assert_string_equal(items_column_name(items, 2), "z");
	for (size_t i = 0; i < COUNT(x); i++)
		for (size_t j = 0; j < COUNT(y); j++)
			for (size_t k = 0; k < COUNT(z); k++) {
				snprintf(expected, sizeof expected, "%s %s %s",
				    x[i], y[j], z[k]);
				assert_item(items, at++, expected);
			}
	items_free(items);
}

static void
a_matrix_may_be_empty_or_have_no_axes(void **state)
{
	char *const x[] = { W("1"), W("2") };
	const struct items_axis axes[] = { { "x", x, 2 }, { "y", NULL, 0 } };
	struct err err;
	struct items *items = items_matrix_new(axes, 2, &err);

	assert_int_equal(items_count(items), 0);
	items_free(items);
	items = items_matrix_new(NULL, 0, &err);
	assert_int_equal(items_count(items), 1);
	assert_item(items, 0, "");
	items_free(items);
}

static void
a_matrix_that_is_too_large_is_refused(void **state)
{
	enum { MANY = 1 << 9 };
	struct items_axis axes[ITEM_COLUMNS_MAX + 1];
	char *words[MANY], *wide = calloc(1, ITEM_MAX), w[] = "w";
	struct err err;
	struct items *items;

	for (size_t i = 0; i < MANY; i++)
		words[i] = w;
	for (size_t c = 0; c < COUNT(axes); c++)
		axes[c] = (struct items_axis){ "x", words, 1 };
	assert_null(items_matrix_new(axes, COUNT(axes), &err));
	assert_string_equal(err.text, "17 axes, at most 16 were expected");
	for (size_t c = 0; c < COUNT(axes); c++)
		axes[c].n = MANY;
	assert_null(items_matrix_new(axes, 6, &err));	/* 2^54 */
	axes[5].n = MANY / 2;
	items = items_matrix_new(axes, 6, &err);	/* 2^53 */
	assert_true(items_count(items) == ITEMS_LIMIT);
	assert_item(items, ITEMS_LIMIT - 1, "w w w w w w");
	items_free(items);
	memset(wide, 'x', ITEM_MAX - 2);
	axes[0] = (struct items_axis){ "wide", &wide, 1 };
	items = items_matrix_new(axes, 2, &err);	/* with " w" */
	assert_non_null(items);
	items_free(items);
	wide[ITEM_MAX - 2] = 'x';
	assert_null(items_matrix_new(axes, 2, &err));
	assert_string_equal(err.text,
	    "an item would be longer than 65536 bytes");
	free(wide);
}

static struct items *
file_items(const void *text, size_t len)
{
	struct err err = { "" };
	struct items *items;

	file_write(text, len);
	if ((items = items_file_new(path, &err)) == NULL)
		fail_msg("%s", err.text);
	return items;
}

static void
every_line_of_a_file_is_an_item_as_it_is(void **state)
{
	static const char text[] = "one\n\ntwo words\r\n\tblanks \n\xff\nlast";
	struct items *items = file_items(text, sizeof text - 1);

	assert_int_equal(items_count(items), 6);
	assert_item(items, 5, "last");
	assert_item(items, 0, "one");
	assert_item(items, 1, "");
	assert_item(items, 2, "two words\r");
	assert_item(items, 3, "\tblanks ");
	assert_item(items, 4, "\xff");
	items_free(items);
	items = file_items("a\n", 2);
	assert_int_equal(items_count(items), 1);
	assert_item(items, 0, "a");
	items_free(items);
	items = file_items("\n\n\n", 3);
	assert_int_equal(items_count(items), 3);
	assert_item(items, 2, "");
	items_free(items);
	items = file_items("", 0);
	assert_int_equal(items_count(items), 0);
	items_free(items);
}

/* Lines whose content and length tell their number; some of them long. */
static void
line_make(uint64_t at, char *line)
{
	size_t len = at % 997 == 0 ? 40000 : at * 7919 % 50;
	int n = sprintf(line, "%" PRIu64 ":", at);

	memset(line + n, 'a' + (int)(at % 26), len);
	line[(size_t)n + len] = '\0';
}

static void
random_access_to_a_file_equals_reading_it_through(void **state)
{
	enum { LINES = 20000 };
	static char line[50000];
	FILE *f = fopen(path, "w");
	uint64_t seed = 5, at;
	struct err err;
	struct items *items;

	for (at = 0; at < LINES; at++) {
		line_make(at, line);
		fprintf(f, "%s\n", line);
	}
	fclose(f);
	items = items_file_new(path, &err);
	assert_non_null(items);
	assert_int_equal(items_count(items), LINES);
	for (at = 0; at < LINES; at++) {
		line_make(at, line);
		assert_item(items, at, line);
	}
	for (int n = 0; n < 2000; n++) {
		at = test_random(&seed) % LINES;
		line_make(at, line);
		assert_item(items, at, line);
		assert_item(items, at, line);	/* again, as a retry does */
	}
	for (at = LINES; at-- > LINES - 1000;) {
		line_make(at, line);
		assert_item(items, at, line);
	}
	items_free(items);
}

static void
assert_file_refused(const void *text, size_t len, const char *what)
{
	struct err err = { "" };
	char expected[128];

	file_write(text, len);
	assert_null(items_file_new(path, &err));
	snprintf(expected, sizeof expected, "%s, %s", path, what);
	assert_string_equal(err.text, expected);
}

static void
a_nul_byte_or_a_line_that_is_too_long_is_refused(void **state)
{
	char *lengthy = malloc(ITEM_MAX + 3);
	struct items *items;

	assert_file_refused("a\nb\0c\n", 6, "line 2: a NUL byte");
	assert_file_refused("a\nb\n\0", 5, "line 3: a NUL byte");
	memset(lengthy, 'x', ITEM_MAX + 3);
	lengthy[0] = lengthy[ITEM_MAX + 2] = '\n';
	assert_file_refused(lengthy, ITEM_MAX + 3,
	    "line 2: longer than 65536 bytes");
	assert_file_refused(lengthy, ITEM_MAX + 2,
	    "line 2: longer than 65536 bytes");
	items = file_items(lengthy + 1, ITEM_MAX);
	assert_int_equal(items_count(items), 1);
	lengthy[ITEM_MAX + 1] = '\0';
	assert_item(items, 0, lengthy + 1);
	items_free(items);
	lengthy[ITEM_MAX + 1] = '\n';
	items = file_items(lengthy, ITEM_MAX + 2);
	assert_int_equal(items_count(items), 2);
	lengthy[ITEM_MAX + 1] = '\0';
	assert_item(items, 1, lengthy + 1);
	items_free(items);
	free(lengthy);
}

static void
what_is_not_a_regular_file_is_refused_at_once(void **state)
{
	char expected[128];
	struct err err;

	assert_null(items_file_new(folder, &err));
	assert_null(items_file_new("/dev/zero", &err));
	assert_string_equal(err.text, "/dev/zero is not a regular file");
	unlink(path);
	assert_null(items_file_new(path, &err));
	snprintf(expected, sizeof expected,
	    "open %s: No such file or directory", path);
	assert_string_equal(err.text, expected);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_null(items_file_new(path, &err));
	unlink(path);
}

static void
a_file_that_shrank_is_an_error_and_never_a_wrong_item(void **state)
{
	char text[300000];
	struct err err = { "" };
	struct item item;
	struct items *items;
	char expected[128];
	struct stat st;

	for (size_t i = 0; i < sizeof text; i++)
		text[i] = i % 100 == 99 ? '\n' : 'x';
	items = file_items(text, sizeof text);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(truncate(path, 12345), 0);
	assert_int_equal(utimensat(AT_FDCWD, path, (struct timespec[2]){
	    st.st_atim, st.st_mtim }, 0), 0);
	snprintf(expected, sizeof expected, "%s changed after it was opened",
	    path);
	for (uint64_t at = 0; at < 3000; at += 100) {
		assert_int_equal(items_get(items, at, &item, &err), -1);
		assert_string_equal(err.text, expected);
		assert_int_equal(item.n, 0);
	}
	items_free(items);
}

static void
a_file_that_was_written_anew_is_an_error(void **state)
{
	static const char before[] = "aaaa\nbbbb\n";
	static const char after[] = "a\na\na\na\na\n";
	const struct timespec old[2] = { { 1, 0 }, { 1, 0 } };
	struct items *items;
	struct item item;
	struct err err;

	file_write(before, sizeof before - 1);
	assert_int_equal(utimensat(AT_FDCWD, path, old, 0), 0);
	items = items_file_new(path, &err);
	assert_non_null(items);
	file_write(after, sizeof after - 1);
	assert_int_equal(items_get(items, 1, &item, &err), -1);
	items_free(items);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_gives_its_words),
		cmocka_unit_test(
		    a_range_is_cut_into_pieces_and_the_last_ends_at_its_end),
		cmocka_unit_test(generated_ranges_equal_an_enumeration),
		cmocka_unit_test(a_range_that_cannot_be_counted_is_refused),
		cmocka_unit_test(a_matrix_equals_nested_loops),
		cmocka_unit_test(a_matrix_may_be_empty_or_have_no_axes),
		cmocka_unit_test(a_matrix_that_is_too_large_is_refused),
		cmocka_unit_test(every_line_of_a_file_is_an_item_as_it_is),
		cmocka_unit_test(
		    random_access_to_a_file_equals_reading_it_through),
		cmocka_unit_test(
		    a_nul_byte_or_a_line_that_is_too_long_is_refused),
		cmocka_unit_test(what_is_not_a_regular_file_is_refused_at_once),
		cmocka_unit_test(
		    a_file_that_shrank_is_an_error_and_never_a_wrong_item),
		cmocka_unit_test(a_file_that_was_written_anew_is_an_error),
	};

	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
