/*
 * wire/rundir.h: where the runs of this user are found.  Each live run has a
 * directory BASE/N with its control socket; BASE is /tmp/pooltop-UID, or
 * POOLTOP_TMPDIR.  A run holds a lock (flock) on its directory as long as it
 * lives; a directory without a lock is a dead one's and is taken away.
 */
#ifndef WIRE_RUNDIR_H
#define WIRE_RUNDIR_H

#include <stddef.h>

#include "base/err.h"

enum { RUN_NUMBER_MAX = 99999 };

struct rundir {
	unsigned int	 number;	/* the lowest that was free, from 1 */
	char		*path;		/* owned */
	char		*socket;	/* owned: path of the control socket */
	int		 lock;		/* held */
};

/* Make one for a new run; -1 and err. */
int	rundir_make(struct rundir *, struct err *);
void	rundir_remove(struct rundir *);		/* and give up the lock */

/*
 * Numbers of live runs, ascending, up to max of them.  Returns how many, or
 * -1 and err when the base cannot be used (none there yet is 0).
 */
int	rundir_list(unsigned int *number, size_t max, struct err *);

/* Path of the control socket of run N; free() it. */
char	*rundir_socket(unsigned int number);

#endif
