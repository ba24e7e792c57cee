/*
 * model/tail.h: attempts that ended: the last ones, and beside them the last
 * ones that failed, which many good ones must not wash away.  (The store will
 * have all of them.)
 */
#ifndef MODEL_TAIL_H
#define MODEL_TAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "model/event.h"
#include "model/task.h"

enum { TAIL_MAX = 1000 };	/* of each kind */

/* One attempt, as it ended.  A value: owns nothing. */
struct attempt {
	uint64_t	 serial;	/* from 1, in the order of ending */
	task_id		 task;
	unsigned int	 job;		/* index */
	unsigned int	 attempt;	/* from 1 */
	unsigned int	 slot;		/* 0: it never began */
	pid_t		 pid;
	enum task_state	 state;		/* of the task, by this attempt */
	bool		 again;		/* the task was queued again */
	struct outcome	 outcome;
	double		 ended;		/* wall clock */
	double		 elapsed;	/* seconds */
	double		 cpu;		/* seconds */
	char		 label[EVENT_LABEL_MAX];	/* its item, harmless */
	char		 text[EVENT_TEXT_MAX];		/* what it said; "" */
};

struct tail_ring {
	struct attempt	*attempt;	/* owned */
	size_t		 first, n;
};

struct tail {
	struct tail_ring ended;		/* all kinds */
	struct tail_ring failed;	/* failed or again for a bad reason */
	uint64_t	 serial;	/* of the newest */
};

void	tail_init(struct tail *);
void	tail_clear(struct tail *);

/* Is it one of those that must not be washed away? */
bool	attempt_bad_is(const struct attempt *);

/* It ended; gets the next serial if it has none. */
void	tail_add(struct tail *, const struct attempt *);

/* Attempt i of a ring, oldest first, i < n. */
const struct attempt	*tail_at(const struct tail_ring *, size_t i);

#endif
