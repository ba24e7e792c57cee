/*
 * model/request.h: what can be asked of a running engine.  The verbs of the
 * command line, the keys of the dashboard and the control socket all speak
 * in these.
 */
#ifndef MODEL_REQUEST_H
#define MODEL_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "model/job.h"
#include "model/task.h"

#define OPS(X) \
	X(OP_STATUS,	"status",    "the state, once") \
	X(OP_ATTACH,	"attach",    "state, events and output from now on") \
	X(OP_OUTPUT,	"output",    "results to print, once or from now on") \
	X(OP_ACK,	"ack",	     "results up to here were printed") \
	X(OP_RESIZE,	"resize",    "another number of workers") \
	X(OP_DRAIN,	"drain",     "workers leave after their task") \
	X(OP_TERMINATE,	"terminate", "workers are stopped now") \
	X(OP_SIGNAL,	"signal",    "a signal for workers; STOP freezes") \
	X(OP_CANCEL,	"cancel",    "tasks are taken out") \
	X(OP_RETRY,	"retry",     "failed tasks are queued again") \
	X(OP_PAUSE,	"pause",     "no more tasks are handed out") \
	X(OP_CONTINUE,	"continue",  "the end of a pause") \
	X(OP_STOP,	"stop",	     "the run ends: running tasks finish") \
	X(OP_UNBIND,	"unbind",    "the run goes on without its front end")
#define REQUEST_ENUM(id, name, meaning) id,
enum op { OPS(REQUEST_ENUM) NOPS };
#undef REQUEST_ENUM

/* What becomes of the tasks of workers that leave because the pool shrinks. */
#define SHRINKS(X) \
	X(SHRINK_DRAIN,	  "drain",   "each finishes its current task") \
	X(SHRINK_REQUEUE, "requeue", "stopped now, tasks are queued again") \
	X(SHRINK_FAIL,	  "fail",    "stopped now, tasks are failed")
#define REQUEST_ENUM(id, name, meaning) id,
enum shrink { SHRINKS(REQUEST_ENUM) NSHRINKS };
#undef REQUEST_ENUM

enum { REQUEST_IDS_MAX = 1024 };

/* One worker, meant as it was seen: never another that came later. */
struct worker_ref {
	unsigned int	slot;
	pid_t		pid;		/* 0: whoever is there now */
	task_id		task;		/* 0: whatever it works on */
};

struct request {
	enum op		  op;
	unsigned int	  size;		/* resize */
	enum shrink	  shrink;	/* resize */
	bool		  replace;	/* drain: refill the slot */
	bool		  kill;		/* terminate: SIGKILL at once */
	bool		  fail;		/* terminate: the task fails */
	bool		  shed;		/* terminate: the pool shrinks */
	bool		  now;		/* stop: terminate running tasks */
	bool		  once;		/* output: what is there, no more */
	bool		  events;	/* attach: all events, not notable only */
	bool		  print;	/* attach: and output */
	bool		  record;	/* attach: and what happened so far */
	int		  signal;	/* signal: its number */
	unsigned long long ack;		/* ack: bytes printed since attach */
	struct worker_ref worker[POOL_MAX];
	size_t		  nworkers;
	task_id		  task[REQUEST_IDS_MAX];
	size_t		  ntasks;
};

const char	*op_name(enum op);
enum op		 op_find(const char *);		/* NOPS: no such */
const char	*shrink_name(enum shrink);
enum shrink	 shrink_find(const char *);	/* NSHRINKS: no such */

#endif
