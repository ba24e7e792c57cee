/* ui/tui/wrap.h: text that is longer than a line. */
#ifndef TUI_WRAP_H
#define TUI_WRAP_H

#include <stddef.h>

#include "ui/tui/canvas.h"

/*
 * The bytes of text that go on a line of w columns: up to a blank where there
 * is one, at least a letter.  *next: where the next line begins, behind
 * blanks.  0 at the end of the text.
 */
size_t	wrap_next(const struct canvas *, const char *text, int w,
	    const char **next);
/* The lines that it takes; at least 1. */
int	wrap_lines(const struct canvas *, const char *text, int w);

#endif
