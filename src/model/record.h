/*
 * model/record.h: what happened so far, as far as it is kept in memory: for
 * the charts, the task stream, the tasks that ended and the log.  The engine
 * has one; a dashboard that attaches gets a copy and then what is new.
 */
#ifndef MODEL_RECORD_H
#define MODEL_RECORD_H

#include "model/history.h"
#include "model/journal.h"
#include "model/stream.h"
#include "model/tail.h"

struct record {
	struct history	history;
	struct stream	stream;
	struct tail	tail;
	struct journal	journal;
};

void	record_init(struct record *);
void	record_clear(struct record *);

/*
 * An event happened in a run that began at started (wall clock): what of it
 * is kept.  Moments of the history are the sampler's.
 */
void	record_apply(struct record *, double started, const struct event *);

#endif
