/*
 * host/usage.h: CPU time and memory of one process of this machine, cheaply
 * and often: a clock (clock_getcpuclockid(3)) and a descriptor of
 * /proc/PID/statm (proc(5)) that stays open.
 */
#ifndef HOST_USAGE_H
#define HOST_USAGE_H

#include <stdint.h>
#include <sys/types.h>
#include <time.h>

struct usage {
	int		statm;		/* -1: closed */
	clockid_t	clock;
};
#define USAGE_CLOSED { .statm = -1 }

/*
 * Begin to watch pid: whatever process has that number now.  Only who knows
 * that it is not yet reaped (its parent does) knows which one that is.
 * -1 and errno, and u is closed, when there is none (ENOENT, ESRCH).
 */
int	usage_open(struct usage *u, pid_t pid);
void	usage_close(struct usage *u);		/* closed is fine */

/*
 * cpu: seconds of all its threads since it began.  rss: bytes in memory now.
 * Those of the process that was opened, or -1 and errno (ESRCH when it is
 * gone), never those of another that has its number since.  One that has
 * ended and is not yet reaped still has its CPU time, and rss 0.
 */
int	usage_read(const struct usage *u, double *cpu, uint64_t *rss);

#endif
