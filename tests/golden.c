#include "golden.h"

enum { FILE_MAX = 1 << 20, PATH_LEN = 512 };

static const char *
below_source(char out[PATH_LEN], const char *path)
{
	const char *dir = getenv("srcdir");

	snprintf(out, PATH_LEN, "%s/%s", dir != NULL ? dir : ".", path);
	return out;
}

char *
golden_slurp(const char *path)
{
	char whole[PATH_LEN], *text = calloc(1, FILE_MAX);
	FILE *f = fopen(below_source(whole, path), "r");

	assert_non_null(text);
	if (f != NULL) {
		text[fread(text, 1, FILE_MAX - 1, f)] = '\0';
		fclose(f);
	}
	return text;
}

static void
write_whole(const char *path, const char *text)
{
	char whole[PATH_LEN];
	FILE *f = fopen(below_source(whole, path), "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

void
golden_compare(const char *name, const char *got)
{
	char path[128], *want;

	snprintf(path, sizeof path, "tests/screens/%s.txt", name);
	if (getenv("UPDATE_SCREENS") != NULL) {
		write_whole(path, got);
		return;
	}
	want = golden_slurp(path);
	if (strcmp(want, got) != 0)
		print_error("%s is\n%sbut should be\n%s", name, got, want);
	assert_true(strcmp(want, got) == 0);
	free(want);
}
