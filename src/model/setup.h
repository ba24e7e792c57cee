/*
 * model/setup.h: what a run is started with: what is to be done, and how.
 */
#ifndef MODEL_SETUP_H
#define MODEL_SETUP_H

#include <stdbool.h>

#include "model/job.h"

struct setup {
	struct jobs	*jobs;		/* borrowed */
	unsigned int	 workers;	/* 0 to POOL_MAX */
	double		 grace;		/* seconds from TERM to KILL */
	unsigned int	 retries;	/* executions of a task at most; 0: as
					   its job says, or once */
	unsigned int	 crash_limit;	/* workers a task may cost; 0: any */
	bool		 bound;		/* ends with the front end that began it */
};

#endif
