/*
 * Every file named as an argument, and every file in a folder so named, once
 * through a fuzz target: what fuzzing found is tested with any compiler, and
 * without a fuzzer.  A long run is `clang -fsanitize=fuzzer,address` with the
 * target alone, which brings its own main().
 */
#include <sys/stat.h>

#include <dirent.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INPUT_MAX = 16 * 1024 * 1024 };	/* bytes of one file */

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static unsigned int nfiles;

static void
die(const char *path)
{
	perror(path);
	exit(1);
}

static void
file_replay(const char *path, size_t len)
{
	/* Exactly as large as it is, so that a sanitizer sees its end. */
	uint8_t *data = malloc(len != 0 ? len : 1);
	FILE *f = fopen(path, "r");

	if (f == NULL || data == NULL || fread(data, 1, len, f) != len)
		die(path);
	fclose(f);
	printf("%s\n", path);		/* the last one said is the culprit */
	fflush(stdout);
	LLVMFuzzerTestOneInput(data, len);
	free(data);
	nfiles++;
}

static void	path_replay(const char *path);

static void
folder_replay(const char *path)
{
	char inner[PATH_MAX];
	struct dirent *entry;
	DIR *folder = opendir(path);

	if (folder == NULL)
		die(path);
	while ((entry = readdir(folder)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
		path_replay(inner);
	}
	closedir(folder);
}

static void
path_replay(const char *path)
{
	struct stat st;

	if (stat(path, &st) == -1)
		die(path);
	if (S_ISDIR(st.st_mode))
		folder_replay(path);
	else if (S_ISREG(st.st_mode) && st.st_size <= INPUT_MAX)
		file_replay(path, (size_t)st.st_size);
}

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		path_replay(argv[i]);
	printf("%u files\n", nfiles);
	return nfiles > 0 ? 0 : 1;
}
