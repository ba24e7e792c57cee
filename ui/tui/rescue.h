/*
 * ui/tui/rescue.h: the terminal set right from signal handlers: when the
 * program crashes, and when a write to the terminal does not come back.
 * Nothing here knows curses; all that handlers do is async-signal-safe.
 */
#ifndef TUI_RESCUE_H
#define TUI_RESCUE_H

#include <stdbool.h>
#include <termios.h>

/* From now on fd is ours and has to be as saved afterwards.  One at a time. */
void	rescue_start(int fd, const struct termios *saved);
void	rescue_stop(void);
bool	rescue_is(void);		/* started and not stopped */

/* The terminal is the shell's for a while (true), ours again (false). */
void	rescue_pause(bool);

/*
 * Around writes of a frame.  One that blocks for a second is freed by
 * throwing away what the terminal has not read; rescue_end tells: true, the
 * next frame has to be whole.
 */
void	rescue_begin(void);
bool	rescue_end(void);

/*
 * Before the last writes: if they block for a second, the terminal is set
 * right and the process ends with 128 + signal (0: as for SIGHUP).
 */
void	rescue_last(int signal);

/* As it was before rescue_start. */
void	rescue_settings(void);

#endif
