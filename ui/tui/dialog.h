/*
 * ui/tui/dialog.h: what lies over the screen and takes the keys.  A dialog
 * is one file with one table of functions.
 */
#ifndef TUI_DIALOG_H
#define TUI_DIALOG_H

#include <stdbool.h>

#include "base/mono.h"
#include "model/request.h"
#include "model/run.h"
#include "ui/tui/keys.h"
#include "ui/tui/page.h"

struct screen;
struct task_row;

struct dialog_ops {
	enum mode mode;
	/* What it shows now. */
	void	(*page)(const struct screen *, const struct canvas *,
		    struct page *);
	/* key: as pressed; action NACTIONS: the key means nothing here. */
	void	(*act)(struct screen *, enum action, int key, struct mono now);
};

struct dialog {
	const struct dialog_ops *ops;	/* NULL: no dialog */
	int		 at;		/* chosen row; first row of help */
	int		 hidden;	/* rows that found no room last time */
	bool		 sure;		/* asks once more, waits for y */

	/* stop menu and signals: whom it is about, as seen when it opened */
	struct worker_ref target;
	struct worker_ref tagged[POOL_MAX];	/* or these, by slot */
	size_t		ntagged;		/* 0: only the target */
	bool		 thaw;		/* one of them is frozen */
	bool		 any_task;	/* tasks are short: whatever it does */
	char		 label[RUN_LABEL_MAX];
	bool		 fail;		/* the task is failed, not queued */
	bool		 keep_retire;	/* a retired worker is replaced */
	bool		 keep_stop;	/* a terminated worker is replaced */

	uint64_t	about;		/* details, cancel: the row's identity */

	/* pool size */
	unsigned int	 size;
	bool		 typed;		/* digits have been typed */
	bool		 requeue;	/* shrink now instead of draining */
};

/* The action moved the chosen row among n: true. */
bool	dialog_move(struct dialog *, enum action, int n);
/* A page to read was scrolled, by a row or several: true. */
bool	dialog_scroll(struct dialog *, enum action, int key);
void	dialog_close(struct screen *);
void	dialog_draw(struct screen *, struct canvas *);

void	dialog_help_open(struct screen *);
void	dialog_settings_open(struct screen *);
void	dialog_stop_open(struct screen *);
/* The same about one worker, tagged or not. */
void	dialog_stop_worker(struct screen *, const struct run_worker *);
void	dialog_details_open(struct screen *, uint64_t id);
/* A menu: the columns of the table, or the levels of the log. */
void	dialog_sort_open(struct screen *);
void	dialog_cancel_open(struct screen *, const struct task_row *);
/* Cancel it at once, unless its work is worth a question. */
void	dialog_cancel_do(struct screen *, struct mono now);
void	dialog_size_open(struct screen *);
/* How to leave a run that would end or whose output would be cut. */
void	dialog_leave_open(struct screen *);
/* What its last answer does: stop the run, and leave. */
void	dialog_leave_stop(struct screen *, struct mono now);
void	dialog_cut_open(struct screen *);
/* How to end the run. */
void	dialog_end_open(struct screen *);

#endif
