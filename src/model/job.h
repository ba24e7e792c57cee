/*
 * model/job.h: what is to be done: the jobs of one run, in order, and the
 * pool that was asked for.  Written by jobfile.c or the command line, read
 * by everyone.
 */
#ifndef MODEL_JOB_H
#define MODEL_JOB_H

#include <stdbool.h>
#include <stddef.h>

#include "model/items.h"
#include "model/task.h"

enum {
	JOB_NAME_MAX = 64,
	JOBS_MAX = 1000,
	POOL_MAX = 256,		/* workers */
	RETRIES_MAX = 1000
};

#define REDUCES(X) \
	X(REDUCE_NONE, "none", "every result is printed, in task order") \
	X(REDUCE_SUM,  "sum",  "only the sum of the results is printed") \
	X(REDUCE_MIN,  "min",  "only the smallest result is printed") \
	X(REDUCE_MAX,  "max",  "only the largest result is printed")
#define JOB_ENUM(id, name, meaning) id,
enum reduce { REDUCES(JOB_ENUM) NREDUCES };
#undef JOB_ENUM

const char	*reduce_name(enum reduce);
enum reduce	 reduce_find(const char *);	/* NREDUCES: no such name */

struct job_param {
	char		*name;		/* owned, of the kernel's parameters */
	char		*value;		/* owned, a template */
};

struct job {
	char		*name;		/* owned, harmless text, unique */
	char		*kernel;	/* owned */
	struct job_param *params;	/* owned */
	size_t		 nparams;
	struct items	*items;		/* owned */
	enum reduce	 reduce;
	unsigned int	 retries;	/* executions at most; 0 = not said */
};

/*
 * How many workers were asked for, as written: "4", "50%", "+2", "-1", "max".
 */
struct pool_size {
	enum { SIZE_DEFAULT, SIZE_NUMBER, SIZE_PERCENT, SIZE_PLUS, SIZE_MINUS,
	    SIZE_MAX_FIT }	 how;
	unsigned int		 n;
};

/* -1: not one of these forms, or out of range. */
int		 pool_size_parse(const char *, struct pool_size *);

/* The number of workers on this many usable cores: 1 to POOL_MAX. */
unsigned int	 pool_size_resolve(struct pool_size, unsigned int cores);

struct jobs {
	char		*name;		/* owned: job file's base name, or name */
	struct pool_size workers;
	bool		 nice_set;
	int		 nice;		/* -20 to 19 */
	struct job	*job;		/* owned, in file order */
	size_t		 n;
	size_t		 cap;
};

void		 job_clear(struct job *);
void		 jobs_clear(struct jobs *);
struct job	*jobs_add(struct jobs *);		/* zeroed, at the end */

/* All tasks of all jobs. */
uint64_t	 jobs_count(const struct jobs *);

#endif
