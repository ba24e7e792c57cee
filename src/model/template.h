/*
 * model/template.h: text with places for an item.  {} is the whole item,
 * {N} its column N from 1, {NAME} a named column.  Other braces are text.
 */
#ifndef MODEL_TEMPLATE_H
#define MODEL_TEMPLATE_H

#include <stdbool.h>

#include "base/err.h"
#include "model/items.h"

enum {
	TEMPLATE_MAX = 4096,		/* bytes of text */
	TEMPLATE_PLACES_MAX = 64,
	TEMPLATE_NAME_MAX = 63		/* bytes of a column's name */
};

/* Can it name a column?  A letter or _, then letters, digits, _ and -. */
bool	 template_name_is(const char *);

/*
 * Does every place of text name a column that items of this shape have?
 * -1 and err ("{4}: items have 2 columns") if not, if text or the number of
 * its places is too large, and for the places of GNU parallel that are not
 * available yet ({.} {/} {#} and their like).
 */
int	 template_check(const char *text, const struct items *, struct err *);

/* text with the item filled in; free() it.  Unknown places stay as they are. */
char	*template_fill(const char *text, const struct items *,
	    const struct item *);

#endif
