/*
 * ui/tui/tui.h: the dashboard as its caller sees it.  It lives on the
 * caller's event base, is fed snapshots and hands out requests.
 *
 * The program must have called setlocale(LC_ALL, "").  Standard error must
 * not be written to the terminal while it is open.
 */
#ifndef TUI_TUI_H
#define TUI_TUI_H

#include <stdbool.h>

#include "base/err.h"
#include "model/record.h"
#include "model/request.h"
#include "model/run.h"

struct event_base;

enum tui_leave {
	TUI_DETACHED,		/* the user goes, the run goes on or is over */
	TUI_STOPPED,		/* the user had the run stopped, and goes */
	TUI_TERMINAL_LOST,	/* nobody is there any more */
	TUI_SIGNALLED		/* TERM, HUP or QUIT has come */
};

struct tui_options {
	bool	ascii;		/* draw nothing but ASCII */
	bool	mono;		/* no colours; NO_COLOR does the same */
	bool	bound;		/* the run ends with us: q asks */
	bool	stdout_cut;	/* leaving cuts the output short: q asks */
	double	first_frame_after;	/* s; before, nothing is drawn */

	/* Both may call tui_*; leave may tui_close, and then print. */
	void	(*send)(void *arg, const struct request *);
	/* signal: which, for TUI_SIGNALLED, else 0.  Called at most once. */
	void	(*leave)(void *arg, enum tui_leave, int signal);
	void	*arg;
};

struct tui;

/*
 * NULL and err when there is no terminal to draw on (then lines are the
 * better face).  Until tui_close the signals WINCH, TSTP, CONT, TERM, HUP,
 * INT and QUIT are ours.
 */
struct tui	*tui_open(struct event_base *, const struct tui_options *,
		    struct err *);

/* The terminal is as it was before; leave is not called. */
void	tui_close(struct tui *);		/* NULL is fine */

void	tui_update(struct tui *, const struct run *);	/* a snapshot came */
/* There is a record, or more in it; borrowed until tui_close. */
void	tui_record(struct tui *, const struct record *);
void	tui_lost(struct tui *);		/* the engine's connection is lost */
void	tui_notice(struct tui *, enum event_level, const char *text);

/* The run ends with us, or does not any more. */
void	tui_set_bound(struct tui *, bool bound);

#endif
