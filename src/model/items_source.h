/*
 * model/items_source.h: what a source of items is made of.  For the files
 * items_*.c alone; everyone else knows items.h.
 */
#ifndef MODEL_ITEMS_SOURCE_H
#define MODEL_ITEMS_SOURCE_H

#include "model/items.h"

struct items_ops {
	/* Item at < count into out, which is empty; -1 leaves it so. */
	int		 (*get)(struct items *, uint64_t at, struct item *out,
			    struct err *);
	/* NULL: its columns have no names. */
	const char	*(*column_name)(const struct items *, unsigned int c);
	/* NULL: it keeps no descriptor open. */
	int		 (*fd)(const struct items *);
	/* Frees what it owns, and itself. */
	void		 (*free)(struct items *);
};

/* The first field of every source. */
struct items {
	const struct items_ops	*ops;
	uint64_t		 count;
	unsigned int		 columns;
};

void	item_add(struct item *, char *column);	/* takes column over */

#endif
