/*
 * model/template.h: text with places for an item.  {} is the whole item,
 * {N} its column N from 1, {NAME} a named column.  Other braces are text.
 */
#ifndef MODEL_TEMPLATE_H
#define MODEL_TEMPLATE_H

#include "base/err.h"
#include "model/items.h"

/*
 * Does every place of text name a column that items of this shape have?
 * -1 and err ("{4}: items have 2 columns") if not.
 */
int	 template_check(const char *text, const struct items *, struct err *);

/* text with the item filled in; free() it.  Unknown places stay as they are. */
char	*template_fill(const char *text, const struct items *,
	    const struct item *);

#endif
