/*
 * wire/record_msg.h: the record of a run on its way to a dashboard: first all
 * of it, then what is new.  One object a second, {"record":{...}}, with those
 * of these keys that have something to tell:
 *
 *	"levels"   history from the start: a list a level of moments, each
 *		   [at, depth, ended, parallel or null, workers]
 *	"sums"	   the span that each level has begun: the same, and
 *		   [..., seconds of known parallel, seconds]
 *	"moments"  of the finest level, to be added
 *	"marks"	   resizes: [at, from, to], to be added
 *	"spans"	   of the task stream: [slot, from, to, task, tasks, state];
 *		   one with the from of the last replaces it
 *	"attempts" that ended, to be added
 *	"log"	   events, to be added (later ones come as event lines)
 */
#ifndef WIRE_RECORD_MSG_H
#define WIRE_RECORD_MSG_H

#include <jansson.h>

#include "base/err.h"
#include "model/record.h"

/* How far somebody has been told.  Zeroed: nothing yet. */
struct record_told {
	double		history_at;
	uint64_t	marks;		/* how many */
	uint64_t	spans[POOL_MAX];
	double		span_to[POOL_MAX];	/* of the last one told */
	uint64_t	attempts;	/* serial */
	bool		log;		/* the log so far was told */
};

/* Fill in the label of an attempt that has none. */
typedef void	record_label_fn(void *arg, struct attempt *);

/*
 * What is new since told, which is brought up to date: a new reference; NULL
 * when nothing is.
 */
json_t	*record_put(const struct record *, struct record_told *,
	    record_label_fn *, void *arg);

/* Take over what was told.  -1 and err: it is not what it should be. */
int	 record_get(const json_t *, struct record *, struct err *);

#endif
