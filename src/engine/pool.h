/*
 * engine/pool.h: the workers: how many there should be, who is there, what
 * each has in hand, and how each leaves.  It decides; what it wants done it
 * asks through pool_ops, so that it can be tested without any process.
 *
 * A slot (w1, w2, ...) is stable; the process in it comes and goes.  The life
 * of a process: starting, then idle and run in turn, then drain or term when
 * it is to leave, then dead.  A slot whose process died while it is still
 * wanted is lost until it is refilled.
 */
#ifndef ENGINE_POOL_H
#define ENGINE_POOL_H

#include <stdbool.h>
#include <sys/types.h>

#include <sys/queue.h>

#include "base/mono.h"
#include "model/job.h"
#include "model/request.h"
#include "model/task.h"
#include "wire/worker_msg.h"

/* A task in the hands of a worker; the first one is in execution. */
struct held {
	task_id			 task;
	unsigned int		 job;
	unsigned int		 attempt;	/* from 1 */
	bool			 begun;		/* it is, or was, the first */
	bool			 cancel;	/* asked for */
	TAILQ_ENTRY(held)	 entry;
};
TAILQ_HEAD(helds, held);

/* What became of a task that was in hand. */
enum verdict {
	VERDICT_DONE,		/* result in the message */
	VERDICT_FAILED,		/* reason in the message, or terminated */
	VERDICT_CANCELLED,
	VERDICT_AGAIN,		/* stopped; queued again, does not count */
	VERDICT_UNBEGUN,	/* was not touched; queued again */
	VERDICT_LOST,		/* its worker died; others were in hand too */
	VERDICT_LOST_ALONE	/* its worker died, with only this in hand */
};

struct slot {
	unsigned int		 number;	/* from 1 */
	bool			 used;
	enum worker_state	 state;
	pid_t			 pid;		/* 0: not known, or none */
	bool			 leaving;	/* the slot ends with its process */
	bool			 retiring;	/* drain: leaves when it has ended
						   what it executes */
	bool			 shrunk;	/* leaving, because the pool shrank:
						   growing may keep it */
	bool			 fail;		/* term: its task fails */
	bool			 told_to_leave;
	bool			 suspect;	/* holds a task that must be alone
						   in its hands */
	bool			 hung_up;	/* does not hear us any more */
	bool			 killed;	/* by us */
	bool			 said_bye;
	bool			 revoking;	/* asked, not yet answered */
	bool			 kill_when_known; /* pid was 0 when asked */
	struct mono		 kill_at;	/* SIGKILL then; 0: never */
	struct mono		 refill_at;	/* in state lost */
	struct mono		 began;		/* the current task, about */
	unsigned int		 credit;	/* from its hello */
	unsigned int		 nheld;
	struct helds		 held;
	double			 progress;	/* of the first held; NAN */
	unsigned int		 deaths;	/* in a row, without an ended task */
	unsigned int		 restarts;
	uint64_t		 done, failed;	/* tasks, over all its PIDs */
	void			*link;		/* the launcher's */
};

struct pool_ops {
	struct mono (*now)(void *arg);
	/* Make a process for the slot: pool_spawned or pool_refused follows. */
	void	(*spawn)(void *arg, struct slot *);
	/* Signal its process; pool_dead follows if that kills it. */
	void	(*kill)(void *arg, struct slot *, int sig);
	/* A message without a body (task 0), or about a task. */
	void	(*send)(void *arg, struct slot *, enum worker_msg, task_id);
	/* A task in its hands is executed from now on. */
	void	(*began)(void *arg, struct slot *, const struct held *);
	/*
	 * A task is out of the slot's hands.  msg is NULL when nothing came
	 * from the worker.
	 */
	void	(*ended)(void *arg, struct slot *, const struct held *,
		    enum verdict, const struct msg_result *msg);
	/* Its state changed, other than between idle and run. */
	void	(*changed)(void *arg, struct slot *, const char *why);
};

struct pool {
	const struct pool_ops	*ops;
	void			*arg;
	double			 grace;		/* seconds between TERM and KILL */
	unsigned int		 target;
	bool			 closing;	/* everybody leaves */
	struct slot		 slot[POOL_MAX];
};

void	pool_init(struct pool *, const struct pool_ops *, void *arg,
	    double grace);
void	pool_clear(struct pool *);

/* ---- what is asked ------------------------------------------------------ */

/* Another target size, 0 to POOL_MAX; how workers leave when it is less. */
void	pool_resize(struct pool *, unsigned int target, enum shrink);

/* The worker leaves after its task; the target falls by one or it is refilled. */
void	pool_drain(struct pool *, struct slot *, bool replace);

struct pool_terminate {
	bool	kill;		/* SIGKILL at once, no grace */
	bool	fail;		/* its task fails, else it is queued again */
	bool	shed;		/* the target falls by one, else it is refilled */
};
void	pool_terminate(struct pool *, struct slot *,
	    const struct pool_terminate *);

/* A task in hand is not wanted any more.  false: this slot has it not. */
bool	pool_cancel(struct pool *, task_id);

/* The current task waits, or goes on.  -1: there is none to freeze, or thaw. */
int	pool_freeze(struct pool *, struct slot *, bool freeze);

/* Ask everything back that has not begun. */
void	pool_revoke(struct pool *);
/* A worker is idle and the queue is empty: take from who has most in hand. */
void	pool_steal(struct pool *);

/* All leave: after their tasks, or at once (kill_in: seconds of grace). */
void	pool_close(struct pool *);
void	pool_stop(struct pool *, double kill_in);
void	pool_reopen(struct pool *);

/* ---- what happens -------------------------------------------------------- */

void	pool_spawned(struct pool *, struct slot *, pid_t);
void	pool_refused(struct pool *, struct slot *);	/* could not fork */
void	pool_hello(struct pool *, struct slot *, unsigned int credit);
int	pool_result(struct pool *, struct slot *, const struct msg_result *);
int	pool_progress(struct pool *, struct slot *, task_id, double done);
int	pool_returned(struct pool *, struct slot *, const task_id *,
	    uint32_t n);
void	pool_goodbye(struct pool *, struct slot *);
/* Its process has ended and everything it sent was read. */
void	pool_dead(struct pool *, struct slot *);

/* Do what is due by now: kill, refill.  pool_due: when next; 0 ns = never. */
void		pool_tick(struct pool *);
struct mono	pool_due(const struct pool *);

/* ---- for the scheduler --------------------------------------------------- */

struct slot	*pool_slot(struct pool *, unsigned int number); /* used, or NULL */
bool		 pool_may_hold(const struct pool *, const struct slot *);
void		 pool_hold(struct pool *, struct slot *, task_id,
		    unsigned int job, unsigned int attempt);

/* Who has it in hand, or NULL. */
struct slot	*pool_holder(struct pool *, task_id);

struct pool_count {
	unsigned int	size;		/* processes that are there */
	unsigned int	busy;		/* with a task */
	unsigned int	idle;
	unsigned int	used;		/* slots, lost ones too */
	uint64_t	held;		/* tasks in hand */
};
struct pool_count pool_count(const struct pool *);

#endif
