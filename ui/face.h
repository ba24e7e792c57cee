/*
 * ui/face.h: what a front end without a screen says while a run goes on.
 * plain is for people (lines on standard error), json for programs (objects
 * on standard output), quiet says what failed and no more.
 */
#ifndef UI_FACE_H
#define UI_FACE_H

#include <stdbool.h>

#include <jansson.h>

#include "model/event.h"
#include "model/run.h"
#include "wire/control_msg.h"

enum face_kind { FACE_TUI, FACE_PLAIN, FACE_JSON, FACE_QUIET };

struct printer;

struct face {
	void	(*begin)(struct face *, unsigned int run);
	void	(*state)(struct face *, const struct run *);
	void	(*event)(struct face *, const struct event *,
		    const json_t *raw);
	/* How a result is put on standard output. */
	void	(*result)(struct face *, const struct result_msg *,
		    const json_t *raw);
	bool	all_events;		/* wants every event, not only notable */
	struct printer	*printer;	/* standard output */
	double	 told;			/* when the last summary was given */
	bool	 live;			/* stderr is a terminal */
};

void	face_plain(struct face *);	/* ui/plain.c */
void	face_quiet(struct face *);
void	face_json(struct face *);	/* ui/json.c */

#endif
