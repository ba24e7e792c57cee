/*
 * engine/engine.h: the process that owns one run: queue, pool, results.  It
 * has no terminal; front ends come and go on its control socket.
 */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "engine/nursery.h"
#include "model/setup.h"

/*
 * In a fresh child process: the whole run.  fd is the socket of the front end
 * that starts it; the first line it gets is the hello, or an error if the run
 * could not be started.  Workers execute worker: the one of worker/worker.h,
 * or a test's.  Never returns.
 */
void	engine_main(int fd, const struct setup *, worker_main_fn *worker)
	    __attribute__((noreturn));

#endif
