/*
 * model/task.h: the words for what a task, an attempt and a worker can be.
 * One list each: the enum, the names and their meaning come from it.
 */
#ifndef MODEL_TASK_H
#define MODEL_TASK_H

#include <stdint.h>

/* Tasks are numbered from 1 in input order over all jobs; 0 = no task. */
typedef uint64_t task_id;

#define TASK_STATES(X) \
	X(TASK_QUEUED,	  "queued",    "waits for a worker") \
	X(TASK_RUNNING,	  "running",   "a worker executes it") \
	X(TASK_DONE,	  "done",      "finished, its result is kept") \
	X(TASK_FAILED,	  "failed",    "ended without a result") \
	X(TASK_CANCELLED, "cancelled", "taken out by request")

/* Why a task or an attempt ended. */
#define CAUSES(X) \
	X(CAUSE_NONE,	       "",		"it is done, or has not ended") \
	X(CAUSE_EXIT,	       "exit",		"it ended with this status") \
	X(CAUSE_SIGNAL,	       "signal",	"it died of this signal") \
	X(CAUSE_TIMEOUT,       "timeout",	"it ran longer than allowed") \
	X(CAUSE_MEMORY_LIMIT,  "memory limit",	"it grew larger than allowed") \
	X(CAUSE_OUT_OF_MEMORY, "out of memory",	"the kernel killed it") \
	X(CAUSE_WORKER_LOST,   "worker lost",	"its workers died of it") \
	X(CAUSE_CANCELLED,     "cancelled",	"somebody took it out") \
	X(CAUSE_HALTED,	       "halted",	"the run was halted") \
	X(CAUSE_SPAWN_FAILED,  "spawn failed",	"it could not be started")

#define WORKER_STATES(X) \
	X(WORKER_STARTING, "starting", "forked, has not said hello yet") \
	X(WORKER_IDLE,	   "idle",     "has nothing to do") \
	X(WORKER_RUN,	   "run",      "executes a task") \
	X(WORKER_DRAIN,	   "drain",    "leaves after its current task") \
	X(WORKER_TERM,	   "term",     "was asked to stop now") \
	X(WORKER_FROZEN,   "frozen",   "its task was stopped, to be continued") \
	X(WORKER_LOST,	   "lost",     "died; its slot waits to be refilled")

#define RUN_STATES(X) \
	X(RUN_STARTING, "starting", "the pool is being made") \
	X(RUN_RUNNING,	"running",  "tasks are handed out") \
	X(RUN_PAUSED,	"paused",   "no task is handed out, by request") \
	X(RUN_WAITING,	"waiting",  "results wait to be printed: attach") \
	X(RUN_DRAINING, "draining", "running tasks end, no more are started") \
	X(RUN_STOPPING, "stopping", "running tasks are being stopped") \
	X(RUN_FINISHED, "finished", "nothing is left to do")

#define TASK_ENUM(id, name, meaning) id,
enum task_state { TASK_STATES(TASK_ENUM) TASK_NSTATES };
enum cause { CAUSES(TASK_ENUM) NCAUSES };
enum worker_state { WORKER_STATES(TASK_ENUM) WORKER_NSTATES };
enum run_state { RUN_STATES(TASK_ENUM) RUN_NSTATES };
#undef TASK_ENUM

const char	*task_state_name(enum task_state);
const char	*cause_name(enum cause);
const char	*worker_state_name(enum worker_state);
const char	*run_state_name(enum run_state);

/* By name; the N of the list when there is no such name. */
enum task_state		task_state_find(const char *);
enum cause		cause_find(const char *);
enum worker_state	worker_state_find(const char *);
enum run_state		run_state_find(const char *);

/* How an attempt ended. */
struct outcome {
	enum cause	 cause;
	int		 code;		/* exit status or signal number, else 0 */
};

enum { OUTCOME_MAX = 48 };

/* "exit 3", "signal 9 (SIGKILL)", "worker lost", "" when it is done. */
const char	*outcome_text(char out[OUTCOME_MAX], const struct outcome *);

#endif
