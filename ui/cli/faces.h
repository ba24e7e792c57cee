/*
 * ui/cli/faces.h: which face a front end has: --tui, --plain, --json,
 * --quiet, or what fits.
 */
#ifndef UI_CLI_FACES_H
#define UI_CLI_FACES_H

#include <stdbool.h>

#include "base/err.h"
#include "ui/face.h"

struct faces {
	bool		asked;		/* by an option */
	enum face_kind	face;		/* if so */
};

/* Four options, with ids from first on. */
#define FACES_OPTIONS(first) \
	{ (first) + FACE_TUI, "tui", '\0', NULL, \
	    "the dashboard (the default where there is a terminal)" }, \
	{ (first) + FACE_PLAIN, "plain", '\0', NULL, \
	    "lines on standard error instead" }, \
	{ (first) + FACE_JSON, "json", '\0', NULL, \
	    "objects on standard output, one a line" }, \
	{ (first) + FACE_QUIET, "quiet", '\0', NULL, \
	    "results only, and what failed" }

/* An option was given; -1 and err: two of them. */
int		faces_set(struct faces *, int face, struct err *);

/*
 * What fits: the dashboard on a usable terminal if the run is worth one
 * (worth: a job file or demo) or stdout is elsewhere; else plain.
 */
enum face_kind	faces_choose(const struct faces *, bool worth);

#endif
