/*
 * ui/tui/filter.h: which rows of a table are meant.  A text of words: a row
 * has to match each of them.
 *
 *	collatz 1e7	both words are somewhere in the row
 *	a|b		one of them is
 *	!word		it is not
 *	state:failed	a field begins so; task:, worker: and pid: are it
 *
 * ASCII letters match in either case.  A word that is not finished yet
 * ("state:", "a|", "!") asks for nothing.
 */
#ifndef TUI_FILTER_H
#define TUI_FILTER_H

#include <stdbool.h>

enum { FILTER_TEXT_MAX = 128 };		/* bytes, with the NUL */

/* field, its name, is it a number (or the like) that has to be met whole? */
#define FIELDS(X) \
	X(FIELD_TASK,	"task",   true) \
	X(FIELD_WORKER,	"worker", true) \
	X(FIELD_PID,	"pid",	  true) \
	X(FIELD_STATE,	"state",  false) \
	X(FIELD_LEVEL,	"level",  false) \
	X(FIELD_JOB,	"job",	  false) \
	X(FIELD_LABEL,	"label",  false) \
	X(FIELD_SAID,	"said",	  false)
#define FILTER_ENUM(id, name, whole) id,
enum field { FIELDS(FILTER_ENUM) NFIELDS };
#undef FILTER_ENUM

/* What a row says.  NULL: it has no such field. */
struct facts {
	const char	*field[NFIELDS];	/* borrowed, or in room */
	char		 room[3][32];		/* for numbers */
	char		 said[768];
};

bool	filter_match(const char *filter, const struct facts *);

#endif
