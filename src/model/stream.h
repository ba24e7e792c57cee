/*
 * model/stream.h: which worker was busy when, for the task stream: one row a
 * worker, a span a task, gaps are idle time.  Tasks too short to be seen are
 * drawn together: what is kept is bounded, however many there are.
 */
#ifndef MODEL_STREAM_H
#define MODEL_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/job.h"
#include "model/task.h"

enum { STREAM_SPANS = 512 };	/* a slot; the newest */

/* A worker was busy. */
struct span {
	double		from, to;	/* seconds since the run began */
	task_id		task;		/* the last one in it */
	uint32_t	tasks;		/* how many; more than 1: short ones */
	enum task_state	worst;		/* done, cancelled or failed; queued: it
					   will be done again */
};

struct stream_row {
	struct span	*span;		/* a ring, owned; NULL: nothing yet */
	size_t		 first, n;
	uint64_t	 count;		/* spans ever begun: tells the new ones */
};

struct stream {
	struct stream_row	row[POOL_MAX];	/* by slot, w1 first */
};

void	stream_init(struct stream *);
void	stream_clear(struct stream *);

/*
 * A task ended in a slot (from 1).  It is joined to the span before it when
 * both together are shorter than a second and no gap of 50 ms is between.
 */
void	stream_add(struct stream *, unsigned int slot, const struct span *);

/* A span as another stream had it: its last one again, or a new one. */
void	stream_put(struct stream *, unsigned int slot, const struct span *);

/* Span i of a slot, oldest first, i < n. */
const struct span	*stream_at(const struct stream *, unsigned int slot,
			    size_t i);

#endif
