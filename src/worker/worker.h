/*
 * worker/worker.h: a worker process: executes the tasks it is given, one
 * after the other, and obeys while it does.
 */
#ifndef WORKER_WORKER_H
#define WORKER_WORKER_H

#include <sys/types.h>

/*
 * What a worker process does with its socket, in slot w<slot>.  Never
 * returns.  Called in a fresh process with all signals blocked, nothing open
 * but fd and 0, 1, 2 (/dev/null), and below a process that adopts orphans.
 * parent is that process.
 */
void	worker_main(int fd, unsigned int slot, pid_t parent)
	    __attribute__((noreturn));

/*
 * Its two halves, for a worker that has processes below it.  Guard first:
 * signals are unblocked, those that end this process also end everything
 * below it, and sig comes when the parent dies.  SIGKILL is surest, but
 * leaves behind what is below: with that, it has to be SIGTERM.
 */
void	worker_guard(pid_t parent, int sig);
void	worker_serve(int fd, unsigned int slot) __attribute__((noreturn));

#endif
