#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/items_source.h"

struct axis {
	char	 *name;		/* owned */
	char	**words;	/* owned */
	size_t	  n;
};

struct items_matrix {
	struct items	items;
	struct axis	axis[ITEM_COLUMNS_MAX];	/* items.columns of them */
};

static int
matrix_get(struct items *items, uint64_t at, struct item *out,
    struct err *err)
{
	struct items_matrix *m = (struct items_matrix *)items;
	size_t which[ITEM_COLUMNS_MAX];

	/* at is a number whose digits have the axes as their bases. */
	for (unsigned int c = items->columns; c-- > 0;) {
		which[c] = (size_t)(at % m->axis[c].n);
		at /= m->axis[c].n;
	}
	for (unsigned int c = 0; c < items->columns; c++)
		item_add(out, mem_strdup(m->axis[c].words[which[c]]));
	return 0;
}

static const char *
matrix_column_name(const struct items *items, unsigned int c)
{
	return ((const struct items_matrix *)items)->axis[c].name;
}

static void
matrix_free(struct items *items)
{
	struct items_matrix *m = (struct items_matrix *)items;

	for (unsigned int c = 0; c < items->columns; c++) {
		free(m->axis[c].name);
		for (size_t i = 0; i < m->axis[c].n; i++)
			free(m->axis[c].words[i]);
		free(m->axis[c].words);
	}
	free(m);
}

static const struct items_ops matrix_ops = {
	.get = matrix_get,
	.column_name = matrix_column_name,
	.free = matrix_free
};

static void
axis_copy(struct axis *to, const struct items_axis *from)
{
	to->name = mem_strdup(from->name);
	to->words = mem_array(from->n, sizeof *to->words);
	to->n = from->n;
	for (size_t i = 0; i < from->n; i++)
		to->words[i] = mem_strdup(from->words[i]);
}

/* Bytes of the longest item, with the blanks between its columns. */
static size_t
longest(const struct items_axis *axes, size_t naxes)
{
	size_t sum = 0, most, len;

	for (size_t c = 0; c < naxes; c++) {
		most = 0;
		for (size_t i = 0; i < axes[c].n; i++)
			if ((len = strlen(axes[c].words[i])) > most)
				most = len;
		sum += most + (c > 0);
	}
	return sum;
}

static int
count(const struct items_axis *axes, size_t naxes, uint64_t *product)
{
	*product = 1;
	for (size_t c = 0; c < naxes; c++)
		if (axes[c].n == 0) {
			*product = 0;
			return 0;
		}
	for (size_t c = 0; c < naxes; c++) {
		if (*product > ITEMS_LIMIT / axes[c].n)
			return -1;
		*product *= axes[c].n;
	}
	return 0;
}

struct items *
items_matrix_new(const struct items_axis *axes, size_t naxes,
    struct err *err)
{
	struct items_matrix *m;
	uint64_t product;

	if (naxes > ITEM_COLUMNS_MAX) {
		err_set(err, "%zu axes, at most %d were expected", naxes,
		    ITEM_COLUMNS_MAX);
		return NULL;
	}
	if (count(axes, naxes, &product) == -1) {
		err_set(err, "more than %" PRIu64 " items", ITEMS_LIMIT);
		return NULL;
	}
	if (longest(axes, naxes) > ITEM_MAX) {
		err_set(err, "an item would be longer than %d bytes",
		    ITEM_MAX);
		return NULL;
	}
	m = mem_alloc(sizeof *m);
	m->items = (struct items){ &matrix_ops, product, (unsigned int)naxes };
	for (size_t c = 0; c < naxes; c++)
		axis_copy(&m->axis[c], &axes[c]);
	return &m->items;
}
