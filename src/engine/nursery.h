/*
 * engine/nursery.h: the small process that forks the workers, so that a fork
 * is cheap and clean however large the engine has grown, and that buries the
 * whole family when the engine is gone.
 *
 * It is forked before event base and everything else exists.  Engine and
 * nursery speak over a packet socket; the end of it means the other is gone.
 */
#ifndef ENGINE_NURSERY_H
#define ENGINE_NURSERY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"

/*
 * The main function of a worker, which never returns: its socket, its slot
 * (w1 = 1), and the pid of its parent.  worker/worker.h has the real one.
 */
typedef void	worker_main_fn(int fd, unsigned int slot, pid_t parent);

/* Seconds that workers have to bury their own, when engine or nursery died. */
#define NURSERY_GRACE	0.5

struct nursery_options {
	worker_main_fn	*worker;
	bool		 nice_set;
	int		 nice;		/* of workers, if set: -20 to 19 */
};

/*
 * Fork it.  Gives its pid, and in *fd the engine's end of its socket, which
 * is blocking: the nursery always reads.  -1 and err on failure.
 */
pid_t	nursery_start(const struct nursery_options *, int *fd, struct err *);

/* Ask for a worker in a slot; its end of the socket goes along (not closed). */
int	nursery_spawn(int fd, unsigned int slot, int worker_fd);

/* Signal the worker in a slot, if it is still this one. */
int	nursery_signal(int fd, unsigned int slot, pid_t, int sig);

/* What the nursery tells. */
struct nursery_news {
	enum { NURSERY_SPAWNED = 1, NURSERY_REFUSED, NURSERY_EXITED } kind;
	unsigned int	slot;
	pid_t		pid;
	int		status;		/* exited: as of wait; refused: errno */
	uint64_t	peak_rss;	/* exited: bytes, of the process */
};

/* Read one; 1, 0 when none is there now, -1 when the nursery is gone. */
int	nursery_read(int fd, struct nursery_news *);

#endif
