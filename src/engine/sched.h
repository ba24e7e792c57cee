/*
 * engine/sched.h: who gets how much.  Pure: values in, values out.
 *
 * Leases follow guided self-scheduling: as many tasks as make a few
 * milliseconds of work while the queue is deep, fewer towards its end so that
 * all workers end together, single ones while nothing is known and for tasks
 * that are long.
 */
#ifndef ENGINE_SCHED_H
#define ENGINE_SCHED_H

#include <stdbool.h>
#include <stdint.h>

struct sched_facts {
	uint64_t	depth;		/* tasks that wait */
	unsigned int	workers;	/* that share them, at least 1 */
	double		mean;		/* seconds a task of this job, NAN */
	unsigned int	held;		/* tasks the worker has already */
	unsigned int	credit;		/* tasks it will hold at most */
};

/* How many tasks this worker should get now: 0 = none yet. */
uint64_t	sched_lease(const struct sched_facts *);

/* The mean of a job's task times after one more, which took s seconds. */
double		sched_mean(double mean, double s);

/*
 * Seconds to wait before a slot whose worker died is refilled, after this
 * many deaths in a row without a finished task.
 */
double		sched_backoff(unsigned int deaths);

#endif
