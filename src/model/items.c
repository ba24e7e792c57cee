#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/items_source.h"

void
item_clear(struct item *it)
{
	for (unsigned int c = 0; c < it->n; c++)
		free(it->column[c]);
	*it = (struct item){ 0 };
}

void
item_add(struct item *it, char *column)
{
	assert(it->n < ITEM_COLUMNS_MAX);
	it->column[it->n++] = column;
}

char *
item_joined(const struct item *it)
{
	size_t len = 1;
	char *joined, *end;

	for (unsigned int c = 0; c < it->n; c++)
		len += strlen(it->column[c]) + 1;
	joined = end = mem_alloc(len);
	for (unsigned int c = 0; c < it->n; c++) {
		if (c > 0)
			*end++ = ' ';
		end = stpcpy(end, it->column[c]);
	}
	return joined;
}

void
items_free(struct items *items)
{
	if (items != NULL)
		items->ops->free(items);
}

uint64_t
items_count(const struct items *items)
{
	return items->count;
}

int
items_get(struct items *items, uint64_t at, struct item *out, struct err *err)
{
	assert(at < items->count);
	*out = (struct item){ 0 };
	return items->ops->get(items, at, out, err);
}

unsigned int
items_columns(const struct items *items)
{
	return items->columns;
}

const char *
items_column_name(const struct items *items, unsigned int c)
{
	assert(c < items->columns);
	if (items->ops->column_name == NULL)
		return NULL;
	return items->ops->column_name(items, c);
}

int
items_fd(const struct items *items)
{
	return items->ops->fd != NULL ? items->ops->fd(items) : -1;
}
