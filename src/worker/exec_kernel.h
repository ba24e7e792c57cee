/*
 * worker/exec_kernel.h: one task executed by a kernel, in this process.
 * Knows no socket: what happens while it runs is the caller's tick.
 */
#ifndef WORKER_EXEC_KERNEL_H
#define WORKER_EXEC_KERNEL_H

#include "base/buf.h"
#include "kernels/kernel.h"
#include "wire/worker_msg.h"

struct exec {
	/*
	 * Called now and then, at most every 10 ms, with how far the task is
	 * (0 to 1, or below 0: not known).  true: stop it.
	 */
	bool		(*tick)(void *arg, double done);
	void		 *arg;
};

/*
 * Run kernel k with the values of the named parameters; what is not named has
 * its fallback.  *text gets the result or, when it failed, the reason.
 */
enum worker_end	exec_kernel(const struct kernel *k,
		    char *const *params, char *const *values, uint32_t n,
		    const struct exec *, struct buf *text);

#endif
