/*
 * engine/pool_impl.h: what the two rooms of the pool know of each other.
 * pool.c has the slots and the life of their processes, pool_tasks.c the
 * tasks in their hands.
 */
#ifndef ENGINE_POOL_IMPL_H
#define ENGINE_POOL_IMPL_H

#include "engine/pool.h"

struct mono	pool_now(const struct pool *);
bool		pool_process_is(const struct slot *);	/* there is one */

void	pool_set_state(struct pool *, struct slot *, enum worker_state,
	    const char *why);

/* Ask back what has not begun: nothing, if that is nothing or was asked. */
void	pool_ask_back(struct pool *, struct slot *);
void	pool_tell_to_leave(struct pool *, struct slot *);	/* once */

/* The worker has died: what becomes of all that it held. */
void	pool_drop(struct pool *, struct slot *);

#endif
