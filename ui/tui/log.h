/* ui/tui/log.h: the view of what happened. */
#ifndef TUI_LOG_H
#define TUI_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "model/event.h"
#include "ui/tui/table.h"

struct screen;

struct log {
	struct table	table;
	enum event_level level;		/* the least that is shown */
	bool		held;		/* it does not follow the newest */
	bool		wrap;
	uint64_t	count;		/* events when rows were gathered */
	uint64_t	counted;	/* events that were looked through */
	uint64_t	unseen;		/* warnings and errors among them that
					   nobody has looked at */
};

/* Look through what is new. */
void		log_count(struct screen *);
void		log_level(struct screen *, enum event_level);

#endif
