/*
 * engine/engine_impl.h: the engine's own rooms look at each other here.
 * engine.c lives and dies, engine_tasks.c hands tasks out and takes them
 * back, engine_requests.c does what front ends ask, engine_facts.c brings the
 * facts up to date.
 */
#ifndef ENGINE_ENGINE_IMPL_H
#define ENGINE_ENGINE_IMPL_H

#include "engine/control.h"
#include "engine/engine.h"
#include "engine/launch_local.h"
#include "engine/output.h"
#include "engine/pool.h"
#include "engine/queue.h"
#include "engine/sampler.h"
#include "model/record.h"
#include "model/run.h"
#include "wire/rundir.h"

/* What is known about the tasks of one job. */
struct job_stats {
	double		mean;		/* seconds a task, the newest count most;
					   NAN: none ended yet */
	double		wall;		/* seconds of all that ended */
	double		cpu;		/* CPU seconds of all that ended */
	uint64_t	ended;
	double		result_bytes;	/* of a result, as mean */
};

struct engine {
	const struct setup	*setup;
	struct event_base	*base;
	struct event		*tick;		/* for the pool's due times */
	struct event		*second;	/* for the sampler */
	struct event		*frame;		/* states to front ends */
	struct event		*sigterm;
	struct run		 run;
	struct record		 record;
	struct mono		 started;
	uint64_t		 ended_before;	/* at the last moment */
	struct queue		*queue;
	struct output		*output;
	struct pool		 pool;
	struct launch		*launch;
	struct control		*control;
	struct sampler		*sampler;
	struct rundir		 dir;
	pid_t			 nursery;
	struct job_stats	*stats;		/* one a job */
	task_id			 labelled[POOL_MAX + 1];	/* by slot */
	char			 label[POOL_MAX + 1][RUN_LABEL_MAX];

	bool	paused;		/* by request */
	bool	draining;	/* nothing is handed out any more */
	bool	stopping;	/* ... and what runs is stopped */
	bool	bound;		/* ends with its front end */
	bool	over;		/* all tasks ended; the workers leave */
	bool	ended;		/* ... and have left; the end was told */
	bool	drop;		/* unprinted results are not waited for */
	bool	ready;		/* a worker has said hello */
	bool	settling;
};

/* engine.c */
void	engine_emit(struct engine *, struct event *);
void	engine_fault(struct engine *, enum event_level, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));
void	engine_settle(struct engine *);	/* something happened: go on */

/* engine_tasks.c */
unsigned int	engine_job_of(const struct engine *, task_id);
void		engine_feed(struct engine *);
void		engine_began(void *arg, struct slot *, const struct held *);
void		engine_ended(void *arg, struct slot *, const struct held *,
		    enum verdict, const struct msg_result *);
/* Take a waiting task out of the queue for good. */
void		engine_cancel_waiting(struct engine *, task_id);
/* A failed task gets another chance. */
void		engine_retry(struct engine *, task_id);

/* engine_requests.c */
int	engine_request(void *arg, const struct request *, struct err *);

/* engine_facts.c */
enum run_state	engine_state(const struct engine *);
/* Why nothing starts in that state, in words for people; or "". */
void		engine_why(const struct engine *, enum run_state,
		    char why[RUN_LABEL_MAX]);
/* The item of a task, harmless; "" if it cannot be read any more. */
void		engine_label(const struct engine *, unsigned int job, task_id,
		    char label[RUN_LABEL_MAX]);
void		engine_facts(struct engine *);
/* What the charts will show of the time since the last moment. */
void		engine_moment(struct engine *);

#endif
