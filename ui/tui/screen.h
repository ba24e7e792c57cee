/*
 * ui/tui/screen.h: what a viewer sees and does: the newest snapshot of the
 * run, the selection, the open dialog.  Knows neither terminal nor clock nor
 * engine: keys and snapshots go in, requests and a drawing come out.
 */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include <stdbool.h>

#include "base/mono.h"
#include "model/record.h"
#include "model/request.h"
#include "model/run.h"
#include "ui/tui/canvas.h"
#include "ui/tui/dialog.h"
#include "ui/tui/keys.h"
#include "ui/tui/layout.h"
#include "ui/tui/log.h"
#include "ui/tui/prompt.h"
#include "ui/tui/settings.h"
#include "ui/tui/tasks.h"
#include "ui/tui/view.h"
#include "ui/tui/workers.h"

enum screen_leave {
	SCREEN_DETACH,		/* the run goes on (or is over) */
	SCREEN_STOP		/* it was asked to stop; leave at once */
};

struct screen_options {
	bool	bound;		/* the run ends with this front end */
	bool	stdout_cut;	/* leaving would cut the output short */

	void	(*send)(void *arg, const struct request *);
	void	(*leave)(void *arg, enum screen_leave);
	void	(*redraw)(void *arg);	/* send the whole screen again */
	void	(*suspend)(void *arg);
	void	*arg;
};

struct screen {
	struct screen_options options;
	struct settings	 settings;	/* whoever has the terminal obeys */
	bool		 save;		/* them as default: asked for */
	struct run	 run;		/* the newest; owned */
	bool		 known;		/* one has come */
	struct mono	 run_at;	/* when it came */
	bool		 lost;		/* the engine does not answer */
	bool		 silent;	/* it has said nothing for seconds */
	const struct record *record;	/* what happened; NULL: none came */

	const struct view *view;
	struct workers	 workers;	/* state of the views */
	struct tasks	 tasks;
	struct log	 log;
	struct prompt	 prompt;
	struct charts	 charts;	/* and of all charts */
	bool		 frozen;	/* tables show held instead of run */
	struct run	 held;		/* owned */
	uint64_t	 held_serial;	/* the newest attempt and event then */
	uint64_t	 held_events;

	struct dialog	 dialog;
	struct {
		char		 text[EVENT_TEXT_MAX];	/* "": none */
		enum event_level level;
		struct mono	 until;
	}		 toast;
	struct {		/* a pool size on its way */
		bool		 wanted;	/* differs from the run's */
		bool		 unsent;
		unsigned int	 to;
		struct mono	 sent;
	}		 size;
	struct mono	 interrupted;	/* the last Ctrl-C */
	int		 w;		/* columns of what is drawn */
	struct layout	 layout;	/* as drawn last */
	struct hits	 hits;		/* the same */
};

void	screen_init(struct screen *, const struct screen_options *);
void	screen_clear(struct screen *);

void	screen_update(struct screen *, const struct run *, struct mono now);
/* There is a record, or there is more in it; borrowed from now on. */
void	screen_record(struct screen *, const struct record *);
void	screen_lost(struct screen *, struct mono now);
void	screen_say(struct screen *, enum event_level, struct mono now,
	    const char *fmt, ...) __attribute__((format(printf, 4, 5)));
void	screen_key(struct screen *, int key, struct mono now);

/* Clicks and the wheel, where they were when the screen was drawn last. */
void	screen_mouse(struct screen *, const struct mouse *, struct mono now);

/*
 * What has to happen without a key: call it when the time that it returned
 * has come.  Seconds until then; below 0: nothing is waiting.
 */
double	screen_tick(struct screen *, struct mono now);

void	screen_draw(struct screen *, struct canvas *, struct mono now);

void	screen_show(struct screen *, const struct view *);

/* May this be done now?  If not, why (a sentence) unless why is NULL. */
bool	screen_may(const struct screen *, enum action, const char **why);
/* The run that tables show. */
const struct run *screen_shown(const struct screen *);
/* The pool's size as asked for, by us if that is newer. */
unsigned int	screen_target(const struct screen *);
/* Ask the engine, or say why it cannot be asked. */
void	screen_send(struct screen *, const struct request *, struct mono now);
void	screen_resize(struct screen *, unsigned int size, enum shrink,
	    struct mono now);

#endif
