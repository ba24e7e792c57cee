/*
 * e2e/vt.h: a program on a terminal of our own: a pty whose other end is
 * libvterm.  A test types, clicks, resizes, and looks at the screen.
 *
 * The terminal reads only while a function here waits or pumps.  Waits are as
 * in proc.h: for a condition, with a bound in seconds.
 *
 * Of libvterm 0.1.4: it knows no dim, and it crashes on screens of one column.
 */
#ifndef E2E_VT_H
#define E2E_VT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <vterm.h>

#include "base/buf.h"

/* Look, but change it with the functions only. */
struct vt {
	pid_t		 pid;
	bool		 ended;
	int		 status;	/* of waitpid, once ended */
	int		 fd;		/* our end; -1 after vt_hang_up */
	bool		 eof;		/* nobody is on the other end */
	bool		 stalled;
	int		 rows, cols;
	bool		 alt;		/* on the alternate screen */
	bool		 cursor;	/* visible */
	int		 mouse;		/* VTERM_PROP_MOUSE_*; 0 = off */
	unsigned int	 titles;	/* times the title was set */
	char		 title[128];	/* the last one */
	uint64_t	 bytes;		/* read so far */
	struct buf	 typed;		/* what the program has not taken yet */
	char		*line;		/* of vt_row */
	VTerm		*vterm;
	VTermScreen	*screen;
};

/* env: see proc_how.  A program that is not there exits with 127. */
struct vt	*vt_start(const char *const argv[], const char *const env[],
		    int rows, int cols, const char *term);
void		 vt_free(struct vt *);	/* kills it if it runs; NULL is fine */

/* Read once, waiting as long as said; false: nothing came. */
bool	vt_pump(struct vt *, double seconds);

/*
 * Waits.  false: late, or the program has left the terminal.
 */
bool	vt_wait(struct vt *, const char *text, double seconds);
bool	vt_wait_not(struct vt *, const char *text, double seconds);
bool	vt_wait_until(struct vt *, bool (*holds)(struct vt *, void *),
	    void *arg, double seconds);

/* Until the program ended: its status as of waitpid, or -1 (it runs on). */
int	vt_wait_exit(struct vt *, double seconds);

/*
 * The user.
 */
void	vt_type(struct vt *, const char *utf8);		/* as it is */
void	vt_key(struct vt *, VTermKey);			/* VTERM_KEY_DOWN … */
void	vt_paste(struct vt *, const char *utf8);	/* bracketed, if on */
void	vt_click(struct vt *, int row, int col, int button);
					/* from 0; 4 and 5: the wheel */
void	vt_resize(struct vt *, int rows, int cols);
void	vt_stall(struct vt *, bool on);		/* reads nothing (Ctrl-S) */
void	vt_hang_up(struct vt *);		/* the terminal is lost */

/*
 * The screen.  Rows and columns from 0; text is UTF-8 without the blanks at
 * the end of a row.
 */
const char	*vt_row(struct vt *, int row);	/* valid until the next call */
bool		 vt_shows(struct vt *, const char *text);	/* in one row */
bool		 vt_find(struct vt *, const char *text, VTermPos *);
VTermScreenCell	 vt_cell(struct vt *, int row, int col);
VTermPos	 vt_cursor(struct vt *);
char		*vt_dump(struct vt *);		/* rows; free() it */
char		*vt_dump_ansi(struct vt *);	/* with colours; free() it */

#endif
