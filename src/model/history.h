/*
 * model/history.h: how a run went, for charts: one moment a second, rolled up
 * to 10 seconds and to a minute as it gets older, so that what is kept is
 * bounded and still reaches back a day.
 *
 * The engine adds a moment a second; a front end that comes later gets what
 * there is, then each new one: both have the same history.
 */
#ifndef MODEL_HISTORY_H
#define MODEL_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Spans of 1 s for 10 minutes, of 10 s for 2 hours, of 60 s for a day. */
enum {
	HISTORY_LEVELS = 3,
	HISTORY_MOMENTS = 1440,		/* room of a level */
	HISTORY_MARKS = 256		/* resizes remembered, the newest */
};
extern const double	history_span[HISTORY_LEVELS];	/* seconds */
extern const size_t	history_room[HISTORY_LEVELS];	/* moments kept */

/* A span of the run, named by its end. */
struct moment {
	double	at;		/* seconds since the run began */
	double	depth;		/* tasks that wait, at its end */
	double	ended;		/* tasks done or failed a second, mean */
	double	parallel;	/* cores used by workers, mean; NAN: unknown */
	double	workers;	/* processes of the pool, at its end */
};

/* The pool was resized. */
struct resize_mark {
	double		at;
	unsigned int	from, to;
};

struct history_level {
	struct moment	moment[HISTORY_MOMENTS];	/* a ring */
	size_t		first, n;
	struct moment	sum;		/* of the span that has begun */
	double		parallel_known;	/* seconds of it with a known parallel */
	double		seconds;	/* of it so far */
};

struct history {
	struct history_level	level[HISTORY_LEVELS];
	struct resize_mark	mark[HISTORY_MARKS];	/* oldest first */
	size_t			nmarks;
	uint64_t		marked;		/* ever: tells the new ones */
};

void	history_init(struct history *);

/* The next second (or whatever passed since the one before). */
void	history_add(struct history *, const struct moment *);
void	history_mark(struct history *, const struct resize_mark *);

/* Moment i of a level, oldest first, i < n of that level. */
const struct moment	*history_at(const struct history *, size_t level,
			    size_t i);

/*
 * The finest level that reaches back to `from` seconds (or to the start of the
 * run); the coarsest one if none does.
 */
size_t	history_level_for(const struct history *, double from);

/* A level as an engine told it: empty it, then push its moments. */
void	history_empty(struct history *, size_t level);
void	history_push(struct history *, size_t level, const struct moment *);

#endif
