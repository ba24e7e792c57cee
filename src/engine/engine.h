/*
 * engine/engine.h: the process that owns one run: queue, pool, results.  It
 * has no terminal; front ends come and go on its control socket.
 */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include <stdbool.h>

#include "engine/nursery.h"
#include "model/job.h"

/* What a run is started with.  All of it is borrowed. */
struct engine_setup {
	struct jobs	*jobs;
	unsigned int	 workers;	/* 0 to POOL_MAX */
	double		 grace;		/* seconds from TERM to KILL */
	unsigned int	 retries;	/* executions of a task at most; 0: as
					   its job says, or once */
	unsigned int	 crash_limit;	/* 0: none */
	bool		 bound;		/* ends with the front end on fd */
	worker_main_fn	*worker;	/* worker/worker.h, or a test's */
};

/*
 * In a fresh child process: the whole run.  fd is the socket of the front end
 * that starts it; the first line it gets is the hello, or an error if the run
 * could not be started.  Never returns.
 */
void	engine_main(int fd, const struct engine_setup *)
	    __attribute__((noreturn));

#endif
