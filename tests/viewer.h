/*
 * tests/viewer.h: a screen without a terminal, the run it is shown, and what
 * came out of it.
 */
#ifndef VIEWER_H
#define VIEWER_H

#include "fixture.h"
#include "test.h"
#include "ui/tui/screen.h"

enum { SENT_MAX = 64 };

struct viewer {
	struct screen	 screen;
	struct run	 run;
	struct record	 record;
	struct canvas	*canvas;
	struct mono	 now;
	struct request	 sent[SENT_MAX];
	int		 nsent;
	int		 left;		/* times; how the last time */
	enum screen_leave how;
	int		 suspended, redrawn;
};

/* fixture NULL: nothing is known yet. */
void	open_with(struct viewer *, void (*fixture)(struct run *), bool bound,
	    bool cut);
void	viewer_open(struct viewer *);		/* with fixture_main */
void	viewer_close(struct viewer *);

void	draw(struct viewer *);
void	show(struct viewer *);			/* the run as it is now */
void	remember(struct viewer *);		/* fixture_tasks */
void	press(struct viewer *, int key);
void	type(struct viewer *, const char *text);
void	later(struct viewer *, double seconds);
bool	sees(const struct viewer *, const char *text);
/* From the run that show() shows next: by its place, from 0. */
void	remove_worker(struct viewer *, unsigned int i);
/* In the view of workers. */
void	select_slot(struct viewer *, unsigned int slot);

#endif
