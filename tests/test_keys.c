#include <stdbool.h>

#include "test.h"
#include "ui/tui/keys.h"

static void
a_key_means_one_thing_in_a_mode(void **state)
{
	for (int a = 0; a < NACTIONS; a++) {
		const struct action_info *info = keys_info((enum action)a);

		assert_true(info->key[0] != KEY_NONE);
		for (int i = 0; i < ACTION_KEYS_MAX && info->key[i] != 0; i++)
			if (keys_find(info->mode, info->key[i]) !=
			    (enum action)a)
				fail_msg("a key of %s means something else",
				    info->name);
	}
}

static bool
names_a_key_of(const struct action_info *info, const char *written)
{
	char name[KEY_NAME_MAX];
	bool found = false;

	for (int i = 0; i < ACTION_KEYS_MAX && info->key[i] != 0; i++)
		found |= strcasecmp(written, keys_name(info->key[i],
		    name)) == 0;
	return found;
}

/* "1-4": each from the first to the last. */
static bool
names_keys_of(const struct action_info *info, const char *written)
{
	char one[2] = "";

	if (strlen(written) != 3 || written[1] != '-')
		return names_a_key_of(info, written);
	for (one[0] = written[0]; one[0] <= written[2]; one[0]++)
		if (!names_a_key_of(info, one))
			return false;
	return true;
}

static void
what_is_written_of_keys_is_true(void **state)
{
	char keys[64];

	for (int a = 0; a < NACTIONS; a++) {
		const struct action_info *info = keys_info((enum action)a);

		if (info->group == NGROUPS)
			continue;
		snprintf(keys, sizeof keys, "%s", info->keys);
		for (char *k = strtok(keys, " "); k != NULL;
		    k = strtok(NULL, " "))
			if (!names_keys_of(info, k))
				fail_msg("%s says %s", info->name, k);
	}
}

static void
with_vi_keys_only_what_works_is_written(void **state)
{
	char keys[KEYS_WRITTEN_MAX];

	assert_string_equal(keys_written(ACTION_WORKER, false, keys),
	    "F9 k K");
	assert_string_equal(keys_written(ACTION_WORKER, true, keys), "F9 K");
	assert_string_equal(keys_written(ACTION_HELP, true, keys), "F1 ?");
	assert_string_equal(keys_written(ACTION_UP, false, keys), "Up");
	assert_string_equal(keys_written(ACTION_UP, true, keys), "Up k");
	assert_string_equal(keys_written(ACTION_LAST, true, keys), "End G");
}

static void
keys_fit_their_column_and_are_never_all_taken_by_vi(void **state)
{
	char keys[KEYS_WRITTEN_MAX];

	for (int a = 0; a < NACTIONS; a++) {
		const struct action_info *info = keys_info((enum action)a);

		if (info->group == NGROUPS)
			continue;
		for (int vi = 0; vi <= 1; vi++) {
			size_t n = strlen(keys_written((enum action)a, vi,
			    keys));

			assert_in_range(n, 1, 7);
			if (n > 6)	/* the help moves to the right */
				assert_in_range(strlen(info->help), 1, 28);
		}
	}
}

static void
help_fits_its_half_of_the_page(void **state)
{
	for (int a = 0; a < NACTIONS; a++) {
		const struct action_info *info = keys_info((enum action)a);

		assert_true(strlen(info->help) <= 29);
		assert_true(info->group == NGROUPS || info->help[0] != '\0');
	}
}

static void
an_unknown_key_has_no_action(void **state)
{
	assert_int_equal(keys_find(MODE_MAIN, KEY_NONE), NACTIONS);
	assert_int_equal(keys_find(MODE_MAIN, 'y'), NACTIONS);
	assert_int_equal(keys_find(MODE_CHOICE, 0x1f600), NACTIONS);
	assert_int_equal(keys_find(MODE_HELP, -5), NACTIONS);
}

static void
every_key_has_a_name_that_fits(void **state)
{
	char name[KEY_NAME_MAX];

	for (int k = 0; k <= KEYS_END + 5; k++)
		assert_true(strlen(keys_name(k, name)) > 0);
	assert_string_equal(keys_name(PRESS_F(10), name), "F10");
	assert_string_equal(keys_name(PRESS_CTRL('l'), name), "Ctrl-L");
	assert_string_equal(keys_name('?', name), "?");
	assert_string_equal(keys_name(0xe9, name), "é");
	assert_string_equal(keys_name(0x9b, name), "this key");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_means_one_thing_in_a_mode),
		cmocka_unit_test(what_is_written_of_keys_is_true),
		cmocka_unit_test(with_vi_keys_only_what_works_is_written),
		cmocka_unit_test(
		    keys_fit_their_column_and_are_never_all_taken_by_vi),
		cmocka_unit_test(help_fits_its_half_of_the_page),
		cmocka_unit_test(an_unknown_key_has_no_action),
		cmocka_unit_test(every_key_has_a_name_that_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
