/*
 * client/client.h: a front end's end of the control socket: connect to a run
 * or start one, ask, and hear what happens.  No terminal, no printing.
 */
#ifndef CLIENT_CLIENT_H
#define CLIENT_CLIENT_H

#include <stdbool.h>
#include <sys/types.h>

#include <jansson.h>

#include "base/err.h"
#include "model/event.h"
#include "model/record.h"
#include "model/request.h"
#include "model/run.h"
#include "model/setup.h"
#include "wire/control_msg.h"

struct event_base;

/*
 * Start a run: engine is called in a new process and never returns.  Gives
 * the socket, and the process and the number of the run; -1 and err.
 */
typedef void	client_engine_fn(int fd, const struct setup *);
int	client_start(client_engine_fn *engine, const struct setup *,
	    pid_t *pid, unsigned int *run, struct err *);

/* The socket to a live run; -1 and err. */
int	client_connect(unsigned int run, struct err *);

/*
 * One request and its answer, waited for (not longer than some seconds): a
 * new reference; NULL and err when it was refused, or there is none.
 */
json_t	*client_ask(int fd, const struct request *, struct err *);

/*
 * Which run is meant: number if it is not 0; else the only live run (acting)
 * or the newest (reading).  0 and err when there is none, or several.
 */
unsigned int	client_choose(unsigned int number, bool reading,
		    struct err *);

/* ---- and from now on ------------------------------------------------------ */

struct client;

/* Any may be NULL.  raw is the whole object as it came, borrowed. */
struct client_ops {
	void	(*state)(void *arg, const struct run *);
	void	(*record)(void *arg, const struct record *);
	void	(*event)(void *arg, const struct event *, const json_t *raw);
	void	(*result)(void *arg, const struct result_msg *,
		    const json_t *raw);
	void	(*printed)(void *arg);		/* all that was ready, sent */
	void	(*refused)(void *arg, const char *why);	/* a request */
	void	(*lost)(void *arg);	/* the engine hung up, or spoke nonsense */
};

/* fd is owned from now on. */
struct client	*client_new(struct event_base *, int fd,
		    const struct client_ops *, void *arg);
void		 client_free(struct client *);	/* NULL is fine */
void		 client_send(struct client *, const struct request *);

/* Requests that were not answered yet. */
unsigned int	 client_pending(const struct client *);

/* Hear nothing for a while: who cannot keep up must not pile it up. */
void		 client_pause(struct client *, bool pause);

/* The last state that came; NULL before the first. */
const struct run *client_run(const struct client *);

#endif
