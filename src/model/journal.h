/* model/journal.h: the last notable events, for the log. */
#ifndef MODEL_JOURNAL_H
#define MODEL_JOURNAL_H

#include <stddef.h>
#include <stdint.h>

#include "model/event.h"

enum { JOURNAL_MAX = 4000 };

struct journal {
	struct event	*event;		/* a ring, owned */
	size_t		 first, n;
	uint64_t	 count;		/* events ever added */
};

void	journal_init(struct journal *);
void	journal_clear(struct journal *);
void	journal_add(struct journal *, const struct event *);

/* Event i, oldest first, i < n.  Its number is count - n + i, from 0. */
const struct event	*journal_at(const struct journal *, size_t i);

#endif
