#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/expect.h"
#include "model/jobfile_reader.h"
#include "model/template.h"

#define SOURCES(X) \
	X(SOURCE_RANGE,	 "range",  range_items) \
	X(SOURCE_FILE,	 "file",   file_items) \
	X(SOURCE_GLOB,	 "glob",   glob_items) \
	X(SOURCE_MATRIX, "matrix", matrix_items)

static const char expected[] = "a list, or a mapping with one of range, "
    "file, glob and matrix";

/* What a list of the job file says; texts are those of its nodes. */
struct words {
	char	**word;		/* owned; the texts are not */
	size_t	  n;
	size_t	  cap;
};

/* An item is text; "" in quotes is one, nothing at all is a slip. */
static const char *
word_text(struct faults *faults, const struct node *n, const char *what)
{
	const char *text = expect_text(faults, n, what);

	if (text != NULL && strlen(text) > ITEM_MAX) {
		faults_add(faults, n->at, "%s: longer than %d bytes", what,
		    ITEM_MAX);
		return NULL;
	}
	return text;
}

static int
words_read(struct faults *faults, const struct node *list, const char *what,
    struct words *w)
{
	const char *text;
	int rc = 0;

	for (const struct node *c = list->child; c != NULL && !faults->full;
	    c = c->next) {
		if ((text = word_text(faults, c, what)) == NULL) {
			rc = -1;
			continue;
		}
		w->word = mem_grow(w->word, w->n, &w->cap, sizeof *w->word);
		w->word[w->n++] = (char *)(uintptr_t)text;
	}
	return faults->full ? -1 : rc;
}

static struct items *
list_items(struct jobfile_reader *r, const struct node *list)
{
	struct items *items = NULL;
	struct words w = { 0 };

	if (words_read(&r->faults, list, "an item", &w) == 0)
		items = items_list_new(w.word, w.n);
	free(w.word);
	return items;
}

/* NULL is passed on; err becomes a fault at n. */
static struct items *
checked(struct jobfile_reader *r, const struct node *n, const char *what,
    struct items *items, const struct err *err)
{
	if (items == NULL)
		faults_add(&r->faults, n->at, "%s: %s", what, err->text);
	return items;
}

#define RANGE_KEYS(X) \
	X(RANGE_FROM, "from", INT64_MIN) \
	X(RANGE_TO,   "to",   INT64_MIN) \
	X(RANGE_STEP, "step", 1)
#define RANGE_ENUM(id, name, min) id,
enum range_key { RANGE_KEYS(RANGE_ENUM) NRANGE_KEYS };
#undef RANGE_ENUM
#define RANGE_KEY(id, name, min) { name, NULL },
static const struct expect_key range_keys[] = { RANGE_KEYS(RANGE_KEY) };
#undef RANGE_KEY
#define RANGE_LEAST(id, name, min) min,
static const int64_t range_least[] = { RANGE_KEYS(RANGE_LEAST) };
#undef RANGE_LEAST

static struct items *
range_items(struct jobfile_reader *r, const struct node *range)
{
	int64_t number[NRANGE_KEYS] = { [RANGE_STEP] = 1 };
	const struct node *value[NRANGE_KEYS];
	struct err err;
	int rc = 0;

	if (expect_keys(&r->faults, range, "range", range_keys, NRANGE_KEYS,
	    value) == -1)
		return NULL;
	for (int k = 0; k < NRANGE_KEYS; k++) {
		if (value[k] != NULL)
			rc |= expect_int(&r->faults, value[k],
			    range_keys[k].name, range_least[k], INT64_MAX,
			    &number[k]);
		else if (k != RANGE_STEP)
			rc = faults_add(&r->faults, range->at, "range: \"%s\" "
			    "is missing", range_keys[k].name);
	}
	if (rc != 0)
		return NULL;
	return checked(r, range, "range", items_range_new(number[RANGE_FROM],
	    number[RANGE_TO], number[RANGE_STEP], &err), &err);
}

static struct items *
file_items(struct jobfile_reader *r, const struct node *file)
{
	const char *name = expect_text(&r->faults, file, "file");
	struct items *items;
	struct err err;
	char *path;

	if (name == NULL)
		return NULL;
	path = jobfile_path(r->folder, name);
	items = checked(r, file, "file", items_file_new(path, &err), &err);
	free(path);
	return items;
}

static struct items *
glob_items(struct jobfile_reader *r, const struct node *glob)
{
	const char *pattern = expect_text(&r->faults, glob, "glob");
	struct err err;

	if (pattern == NULL)
		return NULL;
	return checked(r, glob, "glob", jobfile_glob(r->folder, pattern, &err),
	    &err);
}

struct axes {
	struct items_axis axis[ITEM_COLUMNS_MAX];
	struct words	  words[ITEM_COLUMNS_MAX];	/* of the axes */
	size_t		  n;
};

static int
axis_name_check(struct faults *faults, const struct node *name,
    const struct axes *a)
{
	if (name->kind != NODE_TEXT || !template_name_is(name->text))
		return expect_fault(faults, name, "matrix", "the name of a "
		    "column (a letter, then letters, digits, _ and -)");
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->axis[i].name, name->text) == 0)
			return faults_add(faults, name->at, "matrix: \"%s\" "
			    "is there twice", name->text);
	return 0;
}

/* The next axis; its words, also when something is wrong with its name. */
static int
axis_read(struct faults *faults, const struct node *name, struct axes *a)
{
	struct words *w = &a->words[a->n];
	int rc = axis_name_check(faults, name, a);
	char quote[QUOTE_MAX];

	fault_quote(quote, name->text);
	if (expect_list(faults, name->next, quote) == -1 ||
	    words_read(faults, name->next, "an item", w) == -1)
		rc = -1;
	a->axis[a->n++] = (struct items_axis){ name->text, w->word, w->n };
	return rc;
}

static int
axes_read(struct faults *faults, const struct node *matrix, struct axes *a)
{
	int rc = 0;

	if (expect_map(faults, matrix, "matrix") == -1)
		return -1;
	if (matrix->child == NULL)
		return faults_add(faults, matrix->at, "matrix: at least one "
		    "name with a list was expected");
	for (const struct node *c = matrix->child; c != NULL && !faults->full;
	    c = c->next->next) {
		if (a->n == ITEM_COLUMNS_MAX)
			return faults_add(faults, c->at, "matrix: at most %d "
			    "names were expected", ITEM_COLUMNS_MAX);
		rc |= axis_read(faults, c, a);
	}
	return faults->full ? -1 : rc;
}

static struct items *
matrix_items(struct jobfile_reader *r, const struct node *matrix)
{
	struct items *items = NULL;
	struct axes a = { .n = 0 };
	struct err err;

	if (axes_read(&r->faults, matrix, &a) == 0)
		items = checked(r, matrix, "matrix", items_matrix_new(a.axis,
		    a.n, &err), &err);
	for (size_t i = 0; i < a.n; i++)
		free(a.words[i].word);
	return items;
}

#define SOURCE_ENUM(id, name, read) id,
enum source { SOURCES(SOURCE_ENUM) NSOURCES };
#undef SOURCE_ENUM
#define SOURCE_KEY(id, name, read) { name, NULL },
static const struct expect_key source_keys[] = { SOURCES(SOURCE_KEY) };
#undef SOURCE_KEY
#define SOURCE_READ(id, name, read) read,
static struct items *(*const source_read[])(struct jobfile_reader *,
    const struct node *) = { SOURCES(SOURCE_READ) };
#undef SOURCE_READ

static struct items *
source_items(struct jobfile_reader *r, const struct node *map)
{
	const struct node *value[NSOURCES];
	struct items *items = NULL;
	size_t found = r->faults.n;
	unsigned int n = 0;

	expect_keys(&r->faults, map, "items", source_keys, NSOURCES, value);
	for (int i = 0; i < NSOURCES; i++)
		n += value[i] != NULL;
	if (n > 1 || (n == 0 && r->faults.n == found)) {
		faults_add(&r->faults, map->at, "items: %s was expected",
		    expected);
		return NULL;
	}
	for (int i = 0; i < NSOURCES; i++)
		if (value[i] != NULL)
			items = source_read[i](r, value[i]);
	return items;
}

struct items *
jobfile_items(struct jobfile_reader *r, const struct node *n)
{
	if (n->kind == NODE_LIST)
		return list_items(r, n);
	if (n->kind == NODE_MAP)
		return source_items(r, n);
	expect_fault(&r->faults, n, "items", expected);
	return NULL;
}
