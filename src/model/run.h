/*
 * model/run.h: the facts of a run, small and whole.  The engine keeps them,
 * every front end has a copy (wire/control_msg.h carries it).  Never one
 * record per task: what is per task lives in the queue, in the worker that
 * has it, and in the store.
 *
 * Times are seconds, sizes bytes.  Unknown is NAN for a double, SIZE_UNKNOWN
 * for a size, and is shown as unknown.
 */
#ifndef MODEL_RUN_H
#define MODEL_RUN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "model/event.h"
#include "model/job.h"
#include "model/task.h"

enum {
	RUN_LABEL_MAX = 256,	/* bytes of a label, with its NUL */
	RUN_CORES_MAX = 1024,	/* cores shown one by one */
	RUN_RECENT_MAX = 64	/* events remembered for who comes late */
};
#define SIZE_UNKNOWN UINT64_MAX

/* One worker; only slots that are in use are listed, by slot. */
struct run_worker {
	unsigned int	  slot;		/* from 1: w1 */
	pid_t		  pid;		/* 0: none at the moment (lost) */
	enum worker_state state;
	task_id		  task;		/* in execution; 0 = none */
	unsigned int	  attempt;	/* of that task, from 1 */
	unsigned int	  job;		/* of that task, index */
	char		  label[RUN_LABEL_MAX];	/* its item, harmless */
	double		  progress;	/* 0 to 1; NAN: not known */
	double		  elapsed;	/* of the task; NAN without one */
	double		  cpu;		/* CPU time / wall time, 1 = a core */
	uint64_t	  rss;
	double		  term_left;	/* until SIGKILL, in state term; NAN */
	uint64_t	  done;		/* tasks of this slot, all its PIDs */
	uint64_t	  failed;
	unsigned int	  restarts;	/* PIDs before this one */
};

struct run_host {
	char	 name[64];
	unsigned int cores_online;
	unsigned int cores_usable;
	char	 cores_why[96];		/* what limits usable: "affinity mask" */
	double	 load[3];
	uint64_t memory_total;		/* sysinfo(2) */
	uint64_t memory_free;		/* sysinfo(2) */
	uint64_t memory_available;	/* MemAvailable */
	uint64_t swap_total;
	uint64_t swap_free;
	unsigned int ncores;		/* in core_busy */
	float	 core_busy[RUN_CORES_MAX];	/* 0 to 1 since last sample */
	double	 busy;			/* cores in use, all processes */
};

struct run_job {
	char		 name[JOB_NAME_MAX];
	char		 kernel[JOB_NAME_MAX];
	enum reduce	 reduce;
	task_id		 first;		/* its tasks: first to first+total-1 */
	uint64_t	 total;
	uint64_t	 done;
	uint64_t	 failed;
	uint64_t	 cancelled;
};

struct run {
	unsigned int	 number;
	char		 name[RUN_LABEL_MAX];
	enum run_state	 state;
	char		 why[RUN_LABEL_MAX];	/* why nothing starts; "" */
	pid_t		 engine_pid;
	double		 started;	/* wall clock */
	double		 elapsed;
	bool		 bound;		/* ends with its front end */
	unsigned int	 viewers;
	struct run_host	 host;
	struct {
		unsigned int target, size, busy, idle;
		uint64_t     rss;	/* of all workers */
		uint64_t     peak;	/* most that one of them had so far */
		double	     cpu;	/* cores used by workers, last sample */
	}		 pool;
	struct {
		uint64_t depth;		/* waiting, retries among them */
		uint64_t total, running, done, failed, cancelled;
		uint64_t retries;	/* attempts beyond the first, counted */
		bool	 total_known;
	}		 queue;
	struct {
		double tasks_per_second;	/* of the last 10 s */
		double cpu_seconds;		/* of all tasks */
		double parallel;	/* cpu / wall, of the last 10 s */
		double efficiency;	/* parallel / workers */
	}		 rate;
	double		 eta;		/* NAN: not known */
	double		 work_left;	/* seconds of workers' time that the tasks
					   not ended will take, about; NAN */
	double		 cpu_left;	/* CPU seconds of it */
	uint64_t	 unprinted;	/* bytes of results that wait */
	int		 exit_status;	/* of the run; -1 while it goes on */
	struct run_job	*job;		/* owned */
	unsigned int	 njobs;
	struct run_worker *worker;	/* owned, by slot */
	unsigned int	 nworkers;
	struct event	 recent[RUN_RECENT_MAX];	/* notable, oldest first */
	unsigned int	 nrecent;
};

void	run_init(struct run *);
void	run_clear(struct run *);
void	run_copy(struct run *dst, const struct run *src);	/* dst inited */

/*
 * An event happened: what it changes in the facts, and recent.  (Rates, host,
 * the sampled fields of workers and what they work on are set by the engine.)
 *
 * Of task events: "running" takes the task from the queue, first or again;
 * an end takes it from the running ones if it names a slot, from the queue
 * if not; again puts it back into the queue.  "queued" without again is a
 * task that comes (back) into the queue by request: the outcome tells what
 * it was before: cancelled, failed, or (cause none) new.  So depth + running
 * + done + failed + cancelled == total, always.
 *
 * Worker events keep a row for each slot until one says that it is gone.
 * A state event's text becomes why.
 */
void	run_apply(struct run *, const struct event *);

/* The exit status that the counts of an ended run mean (SPEC: 0, 1-100, 101) */
int	run_exit_status(const struct run *);

#endif
