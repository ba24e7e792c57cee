/*
 * wire/worker_msg.h: what engine and worker tell each other, and its bounds.
 * Every put writes one frame; every get reads a body to its last byte and
 * gives -1 when it is not what it should be.
 */
#ifndef WIRE_WORKER_MSG_H
#define WIRE_WORKER_MSG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "model/task.h"
#include "wire/frame.h"

#define WORKER_MSG_VERSION 1

enum worker_msg {
	/* to the worker */
	MSG_JOB = 1,		/* how tasks of a job are executed */
	MSG_LEASE,		/* tasks to execute, in this order */
	MSG_REVOKE,		/* give back what has not begun */
	MSG_CANCEL,		/* this task is not wanted any more */
	MSG_STOP,		/* stop the current task and leave */
	MSG_LEAVE,		/* give back what has not begun, then leave */
	MSG_FREEZE,		/* this task waits ... */
	MSG_THAW,		/* ... and goes on */
	/* to the engine */
	MSG_HELLO,		/* ready */
	MSG_RESULT,		/* a task ended */
	MSG_PROGRESS,		/* how far the current task is */
	MSG_RETURNED,		/* these had not begun (answer to revoke) */
	MSG_GOODBYE		/* leaves; nothing follows */
};

enum {
	MSG_TASKS_MAX = 256,		/* tasks in one lease */
	MSG_PARAMS_MAX = 64,		/* parameters of a job */
	MSG_VALUE_MAX = 1024 * 1024,	/* bytes of one value */
	MSG_NAME_MAX = 256
};

/* A task ended like this in its worker. */
enum worker_end {
	END_DONE,		/* text is the result */
	END_FAILED,		/* text is the reason */
	END_STOPPED,		/* as asked; text is empty */
	NWORKER_ENDS
};

struct msg_job {
	uint32_t	 job;
	char		*kernel;		/* owned */
	uint32_t	 nparams;
	char		*param[MSG_PARAMS_MAX];	/* owned: names */
};

/* One task of a lease: a value for each parameter of its job. */
struct msg_task {
	task_id		 task;
	uint32_t	 attempt;
	uint32_t	 nvalues;
	char		*value[MSG_PARAMS_MAX];	/* owned */
};

struct msg_hello {
	uint32_t	 version;
	uint32_t	 pid;
	uint32_t	 credit;	/* tasks it will hold at most */
};

struct msg_result {
	task_id		 task;
	enum worker_end	 end;
	double		 elapsed;	/* seconds */
	double		 cpu;		/* seconds, user and system */
	const char	*text;		/* in the body; not terminated */
	size_t		 len;
};

void	msg_job_clear(struct msg_job *);
void	msg_task_clear(struct msg_task *);

void	msg_put_job(struct buf *, uint32_t job, const char *kernel,
	    const char *const *params, uint32_t nparams);
int	msg_get_job(struct buf *body, struct msg_job *);

/*
 * A lease is begun, gets its tasks, and is ended.  msg_lease_add gives false,
 * and adds nothing, when the frame would become too long, or a value is.  A
 * lease that got no task leaves nothing behind.
 */
struct msg_lease {
	struct buf	*out;
	size_t		 begun;
	uint32_t	 n;
};
void	msg_lease_begin(struct msg_lease *, struct buf *, uint32_t job);
bool	msg_lease_add(struct msg_lease *, task_id, uint32_t attempt,
	    char *const *values, uint32_t nvalues);
void	msg_lease_end(struct msg_lease *);
int	msg_get_lease(struct buf *body, uint32_t *job, uint32_t *n);
int	msg_get_lease_task(struct buf *body, struct msg_task *);

void	msg_put_empty(struct buf *, enum worker_msg);
void	msg_put_task(struct buf *, enum worker_msg, task_id);
int	msg_get_task(struct buf *body, task_id *);

void	msg_put_hello(struct buf *, const struct msg_hello *);
int	msg_get_hello(struct buf *body, struct msg_hello *);
void	msg_put_result(struct buf *, const struct msg_result *);
int	msg_get_result(struct buf *body, struct msg_result *);
void	msg_put_progress(struct buf *, task_id, double done);	/* <0: unknown */
int	msg_get_progress(struct buf *body, task_id *, double *done);
void	msg_put_returned(struct buf *, const task_id *, uint32_t n);
int	msg_get_returned(struct buf *body, task_id *, uint32_t max,
	    uint32_t *n);

#endif
