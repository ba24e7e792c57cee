/*
 * engine/control.h: the front ends of a run, from the engine's side: who is
 * connected, what each is told.  The engine never waits for any of them: a
 * slow one misses states, then events, and is told so; results are sent only
 * as fast as they are printed.
 */
#ifndef ENGINE_CONTROL_H
#define ENGINE_CONTROL_H

#include <stdbool.h>

#include "base/err.h"
#include "engine/output.h"
#include "model/event.h"
#include "model/record.h"
#include "model/request.h"
#include "model/run.h"

struct control;
struct event_base;

struct control_ops {
	/* The facts are about to be told: bring them up to date. */
	void	(*refresh)(void *arg);
	/* Do it; -1 and err if it cannot be done.  Not status, attach, ack. */
	int	(*request)(void *arg, const struct request *, struct err *);
	/* The label of an attempt that has none. */
	void	(*label)(void *arg, struct attempt *);
	/* The front end that started the run has gone. */
	void	(*owner_gone)(void *arg);
	/* Somebody came, asked, was answered or went; results were printed. */
	void	(*changed)(void *arg);
};

/*
 * Listen on a socket (owned).  What is told is taken from run, record and
 * output (borrowed).
 */
struct control	*control_new(struct event_base *, int listen_fd,
		    const struct run *, const struct record *,
		    struct output *,
		    const struct control_ops *, void *arg);
void		 control_free(struct control *);

/*
 * The front end that starts the run, on its own socket (owned).  It is told
 * every event from the first one on, until it attaches and says which.
 */
void		 control_add_owner(struct control *, int fd);

/* Tell everybody who attached. */
void		 control_event_out(struct control *, const struct event *);
void		 control_state_out(struct control *);
void		 control_record_out(struct control *);	/* what is new */

/* Send the results that are ready to the one who prints. */
void		 control_output_out(struct control *);

bool		 control_printer(const struct control *);	/* is there one */
unsigned int	 control_viewers(const struct control *);	/* attached */
/* The run that had ended lives again: its end is to be told once more. */
void		 control_reopened(struct control *);
bool		 control_told_end(const struct control *);	/* to anyone */

/* Bytes still on their way to front ends. */
bool		 control_sending(struct control *);

/*
 * Is the run still looked at, by who began it or by who attached?  Who
 * attached and has not read anything for some seconds counts no more, nor do
 * the bytes that are on their way to him.
 */
bool		 control_watched(struct control *);

#endif
