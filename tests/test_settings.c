#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test.h"
#include "ui/tui/settings_file.h"

static bool
equal(const struct settings *a, const struct settings *b)
{
	return memcmp(a->value, b->value, sizeof a->value) == 0;
}

static struct settings
any_settings(uint64_t *seed)
{
	struct settings s;

	settings_init(&s);
	for (int i = 0; i < NSETTINGS; i++)
		s.value[i] = (int)(test_random(seed) %
		    (uint64_t)settings_count((enum setting)i));
	return s;
}

static void
what_is_not_set_is_as_documented(void **state)
{
	struct settings s;
	struct err err;

	settings_init(&s);
	assert_int_equal(settings_parse(&s, "", &err), 0);
	assert_int_equal(settings_palette(&s), PALETTE_AUTO);
	assert_int_equal(settings_symbols(&s), SYMBOLS_AUTO);
	assert_false(settings_vi_keys(&s));
	assert_int_equal(settings_rate(&s), 4);
}

static void
values_are_taken_with_blanks_around_them(void **state)
{
	struct settings s;
	struct err err;

	settings_init(&s);
	assert_int_equal(settings_parse(&s, "# mine\r\n\n"
	    " \t palette =\tdark \r\nrate=1\nrate=10\nsymbols=ascii\nfuture=7\nvi_keys=yes", &err), 0);
	assert_int_equal(settings_palette(&s), PALETTE_DARK);
	assert_int_equal(settings_rate(&s), 10);
	assert_int_equal(settings_symbols(&s), SYMBOLS_ASCII);
	assert_true(settings_vi_keys(&s));
}

static void
a_wrong_line_is_told_and_the_others_count(void **state)
{
	static const struct {
		const char *text, *why;
	} cases[] = {
		{ "rate=11", "line 1: rate cannot be \"11\"" },
		{ "rate=0", "line 1: rate cannot be \"0\"" },
		{ "rate=4.5", "line 1: rate cannot be \"4.5\"" },
		{ "rate=-1", "line 1: rate cannot be \"-1\"" },
		{ "rate=", "line 1: rate cannot be \"\"" },
		{ "\npalette=darker", "line 2: palette cannot be \"darker\"" },
		{ "vi_keys=YES", "line 1: vi_keys cannot be \"YES\"" },
		{ "vi_keys", "line 1 is not key=value" },
		{ "=yes", "line 1 is not key=value" },
		{ "a=b\nnonsense\nrate=99", "line 2 is not key=value" },
	};
	char text[200];
	struct err err;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct settings s;

		settings_init(&s);
		snprintf(text, sizeof text, "%s\nsymbols=ascii\n",
		    cases[i].text);
		assert_int_equal(settings_parse(&s, text, &err), -1);
		assert_string_equal(err.text, cases[i].why);
		assert_int_equal(settings_symbols(&s), SYMBOLS_ASCII);
		assert_int_equal(settings_rate(&s), 4);
	}
}

static void
a_step_goes_through_all_values_and_back(void **state)
{
	for (int i = 0; i < NSETTINGS; i++) {
		enum setting which = (enum setting)i;
		struct settings s, start;

		settings_init(&start);
		s = start;
		for (int n = 1; n < settings_count(which); n++) {
			settings_step(&s, which, 1);
			assert_false(equal(&s, &start));
		}
		settings_step(&s, which, 1);
		assert_true(equal(&s, &start));
		settings_step(&s, which, -1);
		settings_step(&s, which, 1);
		assert_true(equal(&s, &start));
	}
}

/* A line such as people write; or bytes that nobody would. */
static void
add_line(char *text, size_t size, uint64_t *seed)
{
	static const char *const lines[] = { "# a comment", "", "  ",
		"colour of the sky=blue", " rate = 7", "rate=77",
		"palette=light", "=", "vi_keys", "#rate=1", "symbols=\tascii",
		"\xff\xfe\x80", "a = b = c" };
	size_t len = strlen(text);

	snprintf(text + len, size - len, "%s%s", lines[test_random(seed) %
	    COUNT(lines)], test_random(seed) % 9 == 0 ? "\r\n" : "\n");
}

/* Does every line of text that is not a setting of ours stand in other? */
static void
keeps_foreign_lines(const char *text, const char *other)
{
	char *copy = strdup(text), *save;

	for (char *line = strtok_r(copy, "\n", &save); line != NULL;
	    line = strtok_r(NULL, "\n", &save)) {
		size_t n = strspn(line, " ");
		bool ours = false;

		for (int i = 0; i < NSETTINGS; i++) {
			const char *key = settings_key((enum setting)i);

			ours |= strncmp(line + n, key, strlen(key)) == 0 &&
			    strchr(line, '=') != NULL;
		}
		assert_true(ours || strstr(other, line) != NULL);
	}
	free(copy);
}

static void
what_is_written_is_read_and_nothing_else_is_touched(void **state)
{
	uint64_t seed = 5;

	for (int i = 0; i < 3000; i++) {
		struct settings s = any_settings(&seed), back;
		char text[1000] = "", *new, *again;
		struct err err;

		for (uint64_t n = test_random(&seed) % 12; n > 0; n--)
			add_line(text, sizeof text, &seed);
		new = settings_format(&s, text);
		settings_init(&back);
		settings_parse(&back, new, &err);
		assert_true(equal(&s, &back));
		keeps_foreign_lines(text, new);
		again = settings_format(&s, new);
		assert_string_equal(again, new);
		free(again);
		free(new);
	}
}

static void
random_bytes_are_survived(void **state)
{
	uint64_t seed = 6;
	struct err err;

	for (int i = 0; i < 5000; i++) {
		struct settings s;
		char text[80], *new;
		size_t len = test_random(&seed) % sizeof text;

		for (size_t n = 0; n < len; n++)
			text[n] = "rate=1\n #\tpvi_\x80\xff"[
			    test_random(&seed) % 16];
		text[len] = '\0';
		settings_init(&s);
		settings_parse(&s, text, &err);
		for (int n = 0; n < NSETTINGS; n++)
			assert_in_range(s.value[n], 0,
			    settings_count((enum setting)n) - 1);
		new = settings_format(&s, text);
		assert_true(strlen(new) >= len);
		free(new);
	}
}

/*
 * The file.
 */

static char home[] = "/tmp/test_settings.XXXXXX";

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	return remove(path);
}

static int
home_make(void **state)
{
	memcpy(home + strlen(home) - 6, "XXXXXX", 6);
	assert_non_null(mkdtemp(home));
	setenv("HOME", home, 1);
	unsetenv("XDG_CONFIG_HOME");
	return 0;
}

static int
home_remove(void **state)
{
	return nftw(home, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static const char *
in_home(const char *name)
{
	static char path[200];

	snprintf(path, sizeof path, "%s/%s", home, name);
	return path;
}

static void
write_file(const char *path, const char *text, size_t len)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static void
has_file(const char *path, const char *want)
{
	char text[1000];
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	text[fread(text, 1, sizeof text - 1, f)] = '\0';
	fclose(f);
	assert_string_equal(text, want);
}

static void
no_file_is_no_mistake_and_saving_makes_one(void **state)
{
	struct settings s, back;
	struct err err;

	settings_init(&s);
	assert_int_equal(settings_load(&s, &err), 0);
	settings_step(&s, SETTING_PALETTE, 1);
	assert_int_equal(settings_save(&s, &err), 0);
	has_file(in_home(".config/pooltop/tui.conf"),
	    "palette=dark\nsymbols=auto\nvi_keys=no\nrate=4\n");
	settings_init(&back);
	assert_int_equal(settings_load(&back, &err), 0);
	assert_true(equal(&s, &back));
}

static void
xdg_config_home_counts_when_it_is_absolute(void **state)
{
	struct settings s;
	struct err err;

	settings_init(&s);
	setenv("XDG_CONFIG_HOME", "relative", 1);
	assert_int_equal(settings_save(&s, &err), 0);
	assert_int_equal(access(in_home(".config/pooltop/tui.conf"), F_OK), 0);
	setenv("XDG_CONFIG_HOME", in_home("xdg/deep"), 1);
	assert_int_equal(settings_save(&s, &err), 0);
	assert_int_equal(access(in_home("xdg/deep/pooltop/tui.conf"), F_OK), 0);
}

static void
saving_keeps_mode_link_and_foreign_lines(void **state)
{
	struct settings s;
	struct stat st;
	struct err err;
	char real[200];

	settings_init(&s);
	assert_int_equal(settings_save(&s, &err), 0);
	snprintf(real, sizeof real, "%s", in_home("mine"));
	write_file(real, "# mine\nx=1\nrate=9", 17);
	assert_int_equal(chmod(real, 0640), 0);
	unlink(in_home(".config/pooltop/tui.conf"));
	assert_int_equal(symlink(real, in_home(".config/pooltop/tui.conf")),
	    0);
	assert_int_equal(settings_save(&s, &err), 0);
	assert_int_equal(lstat(in_home(".config/pooltop/tui.conf"), &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(stat(real, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
	has_file(real, "# mine\nx=1\nrate=4\npalette=auto\nsymbols=auto\n"
	    "vi_keys=no\n");
	unlink(in_home(".config/pooltop/tui.conf"));
	assert_int_equal(rmdir(in_home(".config/pooltop")), 0);
}

static void
what_cannot_be_a_file_of_ours_is_told_and_left_alone(void **state)
{
	static char large[SETTINGS_TEXT_MAX + 1];
	char path[200];
	struct settings s;
	struct stat st;
	struct err err;

	settings_init(&s);
	assert_int_equal(settings_save(&s, &err), 0);
	snprintf(path, sizeof path, "%s", in_home(".config/pooltop/tui.conf"));
	memset(large, '#', sizeof large);
	write_file(path, large, sizeof large);
	assert_int_equal(settings_load(&s, &err), -1);
	assert_non_null(strstr(err.text, "larger than"));
	assert_int_equal(settings_save(&s, &err), -1);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, sizeof large);
	write_file(path, "rate=1\n\0rate=2\n", 15);
	assert_int_equal(settings_save(&s, &err), -1);
	assert_non_null(strstr(err.text, "not a text"));
	unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);	/* must not hang */
	assert_int_equal(settings_load(&s, &err), -1);
	assert_int_equal(settings_save(&s, &err), -1);
	assert_non_null(strstr(err.text, "is not a file"));
	assert_int_equal(settings_rate(&s), 4);
}

static void
a_place_that_cannot_be_written_is_told(void **state)
{
	struct settings s;
	struct err err;

	settings_init(&s);
	write_file(in_home("file"), "", 0);
	setenv("XDG_CONFIG_HOME", in_home("file"), 1);
	assert_int_equal(settings_save(&s, &err), -1);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("HOME");
	assert_int_equal(settings_load(&s, &err), 0);
	assert_int_equal(settings_save(&s, &err), -1);
	assert_string_equal(err.text, "HOME is not set");
}

#define at_home(test) \
	cmocka_unit_test_setup_teardown(test, home_make, home_remove)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_set_is_as_documented),
		cmocka_unit_test(values_are_taken_with_blanks_around_them),
		cmocka_unit_test(a_wrong_line_is_told_and_the_others_count),
		cmocka_unit_test(a_step_goes_through_all_values_and_back),
		cmocka_unit_test(
		    what_is_written_is_read_and_nothing_else_is_touched),
		cmocka_unit_test(random_bytes_are_survived),
		at_home(no_file_is_no_mistake_and_saving_makes_one),
		at_home(xdg_config_home_counts_when_it_is_absolute),
		at_home(
		    saving_keeps_mode_link_and_foreign_lines),
		at_home(what_cannot_be_a_file_of_ours_is_told_and_left_alone),
		at_home(a_place_that_cannot_be_written_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
