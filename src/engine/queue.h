/*
 * engine/queue.h: the tasks that wait, as ranges of numbers, lowest first,
 * and what must be remembered of those few that did not just run through.
 * A million waiting tasks are one range.
 */
#ifndef ENGINE_QUEUE_H
#define ENGINE_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/task.h"

struct queue;

struct queue	*queue_new(void);
void		 queue_free(struct queue *);		/* NULL is fine */

/* Tasks first to last wait.  None of them may be waiting already. */
void		 queue_add(struct queue *, task_id first, task_id last);

/* true if the task waited; it does not any more. */
bool		 queue_remove(struct queue *, task_id);
void		 queue_remove_all(struct queue *);

bool		 queue_has(const struct queue *, task_id);
uint64_t	 queue_depth(const struct queue *);
task_id		 queue_first(const struct queue *);	/* 0: empty */

/*
 * Take the lowest waiting tasks: consecutive numbers, at most max (>= 1), none
 * above last.  A task that must be alone comes alone.  Returns how many, from
 * *first on; 0 when none waits at or below last.
 */
uint64_t	 queue_take(struct queue *, uint64_t max, task_id last,
		    task_id *first);

/*
 * What is remembered of a task.  Zero for all but the few that failed, were
 * lost with a worker, or must be told apart.
 */
struct past {
	unsigned int	executions;	/* that count for --retries */
	unsigned int	attempts;	/* started, whether they count or not */
	unsigned int	crashes;	/* alone in the hands of a worker that died */
	bool		alone;		/* is leased singly */
	bool		failed;		/* ended failed: may be retried */
};

struct past	 queue_past(const struct queue *, task_id);	/* a copy */
struct past	*queue_note(struct queue *, task_id);	/* to be changed */
void		 queue_forget(struct queue *, task_id);

/* The next failed task after one (0: the first); 0 when there is none. */
task_id		 queue_next_failed(const struct queue *, task_id after);

#endif
