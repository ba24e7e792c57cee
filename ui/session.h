/*
 * ui/session.h: a front end that stays with a run: shows it through a face
 * or the dashboard, prints its results, and ends as the run ends or the user
 * leaves.
 */
#ifndef UI_SESSION_H
#define UI_SESSION_H

#include <stdbool.h>
#include <sys/types.h>

#include "client/client.h"
#include "ui/face.h"

struct session_options {
	enum face_kind	 face;
	bool		 face_asked;	/* not to be exchanged for another */
	bool		 print;		/* results to standard output */
	bool		 demo;		/* ends with us, unless let go */
};

/* Begin a run, and stay with it.  Returns the exit status. */
int	session_begin(client_engine_fn *, struct setup *,
	    const struct session_options *);

/* Come to a run that lives. */
int	session_join(unsigned int run, const struct session_options *);

/* Begin a run and leave it alone. */
int	session_detach(client_engine_fn *, struct setup *);

/* Is there a terminal for a dashboard, and is stdout that terminal? */
bool	session_terminal(void);
bool	session_stdout_is_terminal(void);

#endif
