/*
 * ui/tui/term.h: the terminal.  The only file that knows curses, and the
 * only one that has to leave the terminal as it found it, however the
 * program ends (SIGKILL excepted).
 *
 * Measured traps that are dealt with here: a terminal that has gone makes
 * getch() return at once for ever; a terminal that does not read blocks
 * write(), and ncurses spins on O_NONBLOCK; ncurses' own SIGWINCH handler
 * loses resizes; a pasted text must not be taken for commands.
 */
#ifndef TUI_TERM_H
#define TUI_TERM_H

#include <stdbool.h>

#include "base/err.h"
#include "ui/tui/canvas.h"
#include "ui/tui/keys.h"
#include "ui/tui/settings.h"

enum {
	TERM_KEY_NONE = 0,	/* no key is waiting */
	TERM_LOST = -1		/* the terminal has gone */
};

struct term_options {
	bool	ascii;		/* nothing but ASCII, whatever is chosen */
	bool	mono;		/* no colours; also with NO_COLOR */
};

struct terminal;

/*
 * Is there a terminal that can be drawn on: /dev/tty opens and TERM is known
 * to move the cursor, or is at least plausible?  -1 and err if not: then
 * lines are the better face.  Writes nothing.
 */
int	term_usable(struct err *);

/*
 * Take the terminal.  Install signal handlers before: ncurses leaves those
 * alone.  At most one at a time.  NULL and err.
 */
struct terminal	*term_open(const struct term_options *, struct err *);

/* Give it back.  If it does not read for 1 s, it is set right and the
   process ends there. */
void	term_close(struct terminal *);		/* NULL is fine */

int	term_fd(const struct terminal *);		/* to wait for keys */
/* Without UTF-8 in the locale there is only ASCII. */
void	term_look(struct terminal *, enum palette, enum symbols);
bool	term_ascii(const struct terminal *);
bool	term_blocks(const struct terminal *);	/* its font has no braille */
void	term_size(const struct terminal *, int *h, int *w);
void	term_resized(struct terminal *);		/* after SIGWINCH */

/* Would it take a frame now?  If not, skip it: the next one is complete. */
bool	term_ready(const struct terminal *);
void	term_draw(struct terminal *, const struct canvas *);
void	term_redraw(struct terminal *);	/* the next frame is sent whole */

/* The next key (keys.h), TERM_KEY_NONE or TERM_LOST; for PRESS_MOUSE also
   what it did. */
int	term_key(struct terminal *, struct mouse *);

/* Back to the shell: returns when we are continued. */
void	term_suspend(struct terminal *);
/* After SIGCONT: the terminal may be in any state. */
void	term_continued(struct terminal *);

/*
 * A signal ends the program: if term_close finds the terminal stuck, the
 * process ends with 128 + signal.
 */
void	term_ends_by(struct terminal *, int signal);

#endif
