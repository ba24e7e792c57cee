#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "model/jobfile_reader.h"

enum {
	PATTERN_MAX = 4096,	/* bytes, with the folder */
	MATCHES_MAX = 1000000,	/* files */
	SHOWN_MAX = 256		/* bytes of the pattern in an error */
};

char *
jobfile_path(const char *folder, const char *path)
{
	if (*path == '/' || *folder == '\0')
		return mem_strdup(path);
	return mem_printf("%s%s%s", folder,
	    folder[strlen(folder) - 1] == '/' ? "" : "/", path);
}

/* The pattern below folder, whose own name means itself. */
static char *
pattern_full(const char *folder, const char *pattern)
{
	struct buf literal = { 0 };
	char *full;

	for (const char *s = folder; *s != '\0'; s++) {
		if (strchr("*?[]\\", *s) != NULL)
			buf_put_u8(&literal, '\\');
		buf_put_u8(&literal, (uint8_t)*s);
	}
	buf_put_u8(&literal, '\0');
	full = jobfile_path((const char *)literal.data, pattern);
	buf_clear(&literal);
	return full;
}

static int
bytewise(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Sorted, as seen from the folder where the pattern is. */
static struct items *
matches_new(glob_t *found, const char *folder, const char *pattern)
{
	char **words = mem_array(found->gl_pathc, sizeof *words);
	char *before = *pattern == '/' ? mem_strdup("") :
	    jobfile_path(folder, "");
	size_t len = strlen(before);
	struct items *items;

	for (size_t i = 0; i < found->gl_pathc; i++) {
		words[i] = found->gl_pathv[i];
		if (strncmp(words[i], before, len) == 0)
			words[i] += len;
	}
	qsort(words, found->gl_pathc, sizeof *words, bytewise);
	items = items_list_new(words, found->gl_pathc);
	free(before);
	free(words);
	return items;
}

struct items *
jobfile_glob(const char *folder, const char *pattern, struct err *err)
{
	char shown[SHOWN_MAX], *full = pattern_full(folder, pattern);
	struct items *items = NULL;
	glob_t found = { 0 };
	int rc;

	text_harmless(shown, sizeof shown, pattern, strlen(pattern));
	if (strlen(full) > PATTERN_MAX) {
		err_set(err, "longer than %d bytes", PATTERN_MAX);
		goto out;
	}
	/* Sorted here: glob() would follow the locale. */
	rc = glob(full, GLOB_NOSORT, NULL, &found);
	if (rc == GLOB_NOSPACE)
		err_set(err, "%s: not enough memory", shown);
	else if (rc != 0 || found.gl_pathc == 0)
		err_set(err, "no file matches %s", shown);
	else if (found.gl_pathc > MATCHES_MAX)
		err_set(err, "more than %d files match %s", MATCHES_MAX,
		    shown);
	else
		items = matches_new(&found, folder, pattern);
	globfree(&found);
out:
	free(full);
	return items;
}
