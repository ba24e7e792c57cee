/*
 * model/node.h: YAML as a tree of texts, lists and mappings, each with its
 * place.  A scalar stays the text that was written: whether it is a number is
 * decided by who reads it, so "on", "010" and "1e3" hold no surprise.  What a
 * job file has no use for is a fault: anchors, aliases, tags, a second
 * document, deep nesting.
 */
#ifndef MODEL_NODE_H
#define MODEL_NODE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/fault.h"

enum node_kind {
	NODE_TEXT,
	NODE_LIST,
	NODE_MAP,
	NODE_WRONG		/* its fault has been told: pass it over */
};

struct node {
	enum node_kind	 kind;
	bool		 quoted;	/* text: in quotes, or a block */
	struct mark	 at;
	struct node	*child;		/* a map's: key, value, key, value */
	struct node	*next;
	char		 text[];	/* "" unless NODE_TEXT; UTF-8 */
};

/*
 * The document in text, to be freed; NULL when it cannot be read to its end
 * or is empty.  Whatever is wrong is added to faults, also when there is a
 * tree.
 */
struct node	*node_read(const char *text, size_t len, struct faults *);
void		 node_free(struct node *);		/* NULL is fine */

/* Is nothing written there?  ("" in quotes is something.) */
bool		 node_empty_is(const struct node *);

#endif
