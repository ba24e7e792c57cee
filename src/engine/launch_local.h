/*
 * engine/launch_local.h: the pool's workers as processes of this machine:
 * forked by the nursery, spoken to over a stream socket each.
 */
#ifndef ENGINE_LAUNCH_LOCAL_H
#define ENGINE_LAUNCH_LOCAL_H

#include <sys/types.h>

#include "base/buf.h"
#include "engine/pool.h"

struct event_base;
struct launch;

struct launch_events {
	/* Something came from a worker or the nursery and was handled. */
	void	(*settle)(void *arg);
	/* A process could not be made; why is errno. */
	void	(*refused)(void *arg, struct slot *, int why);
	/* A worker's process has ended; status as of wait, peak RSS in bytes. */
	void	(*exited)(void *arg, struct slot *, int status, uint64_t peak);
	/* A worker said what it cannot say, and is killed. */
	void	(*nonsense)(void *arg, struct slot *);
	/* The nursery has died. */
	void	(*lost)(void *arg);
};

/* nursery: its socket, owned from now on.  The pool is the caller's. */
struct launch	*launch_local_new(struct event_base *, struct pool *,
		    int nursery, const struct launch_events *, void *arg);
void		 launch_local_free(struct launch *);

/* What pool_ops ask for. */
void		 launch_local_spawn(struct launch *, struct slot *);
void		 launch_local_kill(struct launch *, struct slot *, int sig);

/* Put frames into this buf, then send.  Never NULL while it has a process. */
struct buf	*launch_local_out(struct slot *);
void		 launch_local_send(struct slot *);

/* Jobs that the worker has been told, as of MSG_JOB. */
unsigned int	*launch_local_jobs(struct slot *);

#endif
