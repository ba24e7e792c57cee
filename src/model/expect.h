/*
 * model/expect.h: what is expected of a node, and the fault when it is
 * something else.  what names the thing in sentences: "retries", "pool".
 * All are silent about a NODE_WRONG, whose fault has been told.
 */
#ifndef MODEL_EXPECT_H
#define MODEL_EXPECT_H

#include <stdint.h>

#include "model/fault.h"
#include "model/node.h"

/* "name: expected was expected, not a list".  Always -1. */
int	expect_fault(struct faults *, const struct node *, const char *what,
	    const char *expected);

/* 0, or -1 with a fault. */
int	expect_list(struct faults *, const struct node *, const char *what);
int	expect_map(struct faults *, const struct node *, const char *what);
int	expect_int(struct faults *, const struct node *, const char *what,
	    int64_t min, int64_t max, int64_t *);

/* Text that says something; NULL with a fault.  Lives as long as the node. */
const char	*expect_text(struct faults *, const struct node *,
		    const char *what);

struct expect_key {
	const char	*name;
	const char	*refusal;	/* "is for later"; NULL: read it */
};

enum { EXPECT_KEYS_MAX = 16 };

/*
 * A mapping that has these keys, in any order, each at most once: value[i]
 * becomes the value of key[i], or NULL if it is not there.  -1: not a mapping.
 * A key that is unknown, refused or there twice is a fault; a refused one has
 * its value all the same.
 */
int	expect_keys(struct faults *, const struct node *, const char *what,
	    const struct expect_key *key, size_t n, const struct node **value);

#endif
