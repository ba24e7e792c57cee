/*
 * model/event.h: whatever happens in a run is an event.  It changes the facts
 * in one place, is written down, then told.
 */
#ifndef MODEL_EVENT_H
#define MODEL_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "model/task.h"

enum {
	EVENT_TEXT_MAX = 256,
	EVENT_LABEL_MAX = 96
};

/* The names are those of the JSON faces. */
#define EVENTS(X) \
	X(EVENT_START,	"start",  "the run begins") \
	X(EVENT_RESIZE,	"resize", "the pool's target size changed") \
	X(EVENT_STATE,	"state",  "the run's state changed") \
	X(EVENT_WORKER,	"worker", "a worker's state changed") \
	X(EVENT_TASK,	"task",   "a task's state changed") \
	X(EVENT_RESULT,	"result", "a result, in task order") \
	X(EVENT_FAULT,	"fault",  "something is wrong, and what is done") \
	X(EVENT_END,	"end",    "the run is over")
#define EVENT_ENUM(id, name, meaning) id,
enum event_kind { EVENTS(EVENT_ENUM) NEVENTS };
#undef EVENT_ENUM

enum event_level { EVENT_INFO, EVENT_WARN, EVENT_ERROR };

/*
 * A value: copied freely, owns nothing.  Fields that an event of its kind
 * does not use are zero.
 */
struct event {
	enum event_kind	  kind;
	enum event_level  level;
	bool		  notable;	/* people want to read it */
	double		  time;		/* wall clock */

	/* worker, task */
	unsigned int	  slot;		/* 0: none */
	pid_t		  pid;
	enum worker_state worker;
	bool		  gone;		/* worker: left the pool for good */
	task_id		  task;
	unsigned int	  job;
	unsigned int	  attempt;
	enum task_state	  state;
	struct outcome	  outcome;
	bool		  again;	/* this attempt ended, the task did not */
	bool		  first;	/* task running for the first time */
	double		  elapsed;	/* of the attempt, seconds */
	double		  cpu;		/* of the attempt, seconds */

	/* resize, state, end */
	unsigned int	  from, to;	/* pool size */
	enum run_state	  run;
	int		  exit_status;

	/*
	 * Both harmless, "" = none.  label: the item of a task.  text: what a
	 * failed task said, why a state was entered (run.why), a fault.
	 */
	char		  label[EVENT_LABEL_MAX];
	char		  text[EVENT_TEXT_MAX];
};

const char	*event_name(enum event_kind);
enum event_kind	 event_find(const char *);	/* NEVENTS: no such */
const char	*event_level_name(enum event_level);	/* info warn error */
enum event_level event_level_find(const char *);	/* unknown: info */

/*
 * Does the attempt that ended count as an execution of its task?  Attempts
 * that were taken away (worker lost, cancelled, halted) do not.
 */
bool		 event_counts_is(const struct event *);

/* One harmless sentence for people, without the time. */
const char	*event_sentence(const struct event *, char *out, size_t size);

#endif
