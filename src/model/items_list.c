#include <stdlib.h>

#include "base/mem.h"
#include "model/items_source.h"

struct items_list {
	struct items	  items;
	char		**words;	/* owned, items.count of them */
};

static int
list_get(struct items *items, uint64_t at, struct item *out, struct err *err)
{
	struct items_list *list = (struct items_list *)items;

	item_add(out, mem_strdup(list->words[at]));
	return 0;
}

static void
list_free(struct items *items)
{
	struct items_list *list = (struct items_list *)items;

	for (uint64_t i = 0; i < items->count; i++)
		free(list->words[i]);
	free(list->words);
	free(list);
}

static const struct items_ops list_ops = {
	.get = list_get,
	.free = list_free
};

struct items *
items_list_new(char *const *words, size_t n)
{
	struct items_list *list = mem_alloc(sizeof *list);

	list->items = (struct items){ &list_ops, n, 1 };
	list->words = mem_array(n, sizeof *list->words);
	for (size_t i = 0; i < n; i++)
		list->words[i] = mem_strdup(words[i]);
	return &list->items;
}
