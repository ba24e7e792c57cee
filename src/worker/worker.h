/*
 * worker/worker.h: a worker process: executes the tasks it is given, one
 * after the other, and obeys while it does.
 */
#ifndef WORKER_WORKER_H
#define WORKER_WORKER_H

/*
 * What a worker process does with its socket, in slot w<slot>.  Never
 * returns.  Called in a fresh process with all signals blocked, nothing open
 * but fd and 0, 1, 2 (/dev/null), and below a process that adopts orphans.
 * parent is that process.
 */
#include <sys/types.h>

void	worker_main(int fd, unsigned int slot, pid_t parent)
	    __attribute__((noreturn));

#endif
