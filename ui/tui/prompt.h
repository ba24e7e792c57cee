/*
 * ui/tui/prompt.h: the line at the bottom while somebody types what is to be
 * found or shown.  Each letter takes effect at once.
 */
#ifndef TUI_PROMPT_H
#define TUI_PROMPT_H

#include <stdbool.h>

#include "ui/tui/canvas.h"
#include "ui/tui/filter.h"
#include "ui/tui/keys.h"

struct screen;

enum prompt_kind { PROMPT_NONE, PROMPT_FIND, PROMPT_FILTER };

struct prompt {
	enum prompt_kind kind;		/* NONE: nothing is typed */
	char		 sought[FILTER_TEXT_MAX];	/* "": nothing */
};

void	prompt_open(struct screen *, enum prompt_kind);
/* action NACTIONS: the key means itself. */
/* What was typed holds, no more is typed. */
void	prompt_keep(struct screen *);
void	prompt_key(struct screen *, enum action, int key);
/* Forget the filter or what is sought, the newer first: true. */
bool	prompt_forget(struct screen *);
void	prompt_draw(struct screen *, struct canvas *, struct rect);

#endif
