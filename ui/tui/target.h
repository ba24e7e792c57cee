/*
 * ui/tui/target.h: whom a dialog about stopping means: one worker with its
 * task, or those that were tagged.  A worker is meant as it was seen when the
 * dialog opened, and never another that came into its place.
 */
#ifndef TUI_TARGET_H
#define TUI_TARGET_H

#include <stddef.h>

#include "model/request.h"
#include "model/run.h"

struct screen;

enum fate { FATE_THERE, FATE_TASK_OVER, FATE_GONE };

/* The same process; NULL: it is no longer there. */
const struct run_worker *target_find(const struct run *,
	    const struct worker_ref *);
/* How many of the tagged workers are still there. */
size_t	 target_left(const struct screen *);
/* What has become of it, by the newest facts; found: the worker, if it is
   one and is there. */
enum fate target_fate(const struct screen *, const struct run_worker **found);

/* The workers that are meant and still there; the tasks they have now. */
void	 target_workers(const struct screen *, struct request *);
void	 target_tasks(const struct screen *, struct request *);

#endif
