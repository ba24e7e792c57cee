/*
 * e2e/dash.h: the dashboard on a terminal of ours, and beside it the run
 * itself, asked by `pooltop status --json`: what the screen shows and what
 * is so are looked at apart.
 *
 * The terminal is read while a function here waits, unless it is stalled.
 */
#ifndef E2E_DASH_H
#define E2E_DASH_H

#include "tests/e2e/e2e.h"

/* Ten tasks that outlast any test; what is done to them is the test's. */
#define JOB_LONG \
	"jobs:\n" \
	"  - name: long\n" \
	"    kernel: sleep\n" \
	"    params: { seconds: 10000 }\n" \
	"    items: [a, b, c, d, e, f, g, h, i, j]\n"

/*
 * Results at once, then two tasks without end: with two workers the run ends
 * when those are cancelled, tasks 7 and 8, and not before.
 */
#define JOB_HELD \
	"jobs:\n" \
	"  - name: short\n" \
	"    kernel: noop\n" \
	"    params: { text: \"result {}\" }\n" \
	"    items: [1, 2, 3, 4, 5, 6]\n" \
	"  - name: held\n" \
	"    kernel: sleep\n" \
	"    params: { seconds: 10000 }\n" \
	"    items: [x, y]\n"
#define JOB_HELD_RESULTS "result 1\nresult 2\nresult 3\nresult 4\nresult 5\n" \
	"result 6\n"

/* `pooltop run -j 2` of this job on a terminal, its table is on it. */
struct vt	*dash_run(struct e2e *, const char *job);
struct vt	*dash_run_sized(struct e2e *, const char *job,
		    const char *const env[], int rows, int cols);

/* `pooltop attach`, likewise. */
struct vt	*dash_attach(struct e2e *);

/*
 * Through a shell that says "left STATUS" after it and waits for a line:
 * what the program leaves the terminal like is seen.  script uses $0 for
 * pooltop and $1 for the job file.
 */
struct vt	*dash_shell(struct e2e *, const char *script,
		    const char *job);
pid_t		 dash_viewer(struct vt *);	/* the child of that shell */
bool		 dash_stopped(pid_t);		/* by a stop signal */

/*
 * A value in the status, as text: "pool.target", "workers.0.state".
 * "" when nobody answers or there is no such value.  Lives until next time.
 */
const char	*dash_status(const char *path);
pid_t		 dash_pid(const char *path);	/* 0: none */

/* Wait until that value is so; t may be NULL. */
#define IS(t, path, want)	dash_is(t, path, want, __FILE__, __LINE__)
void		 dash_is(struct vt *, const char *path, const char *want,
		    const char *file, int line);

/* Wait until that pid, as text in the status, is another one. */
#define NO_LONGER(t, path, old)	dash_no_longer(t, path, old, __FILE__, __LINE__)
void		 dash_no_longer(struct vt *, const char *path, const char *old,
		    const char *file, int line);

/* A verb that has to succeed: DO(e, "cancel", "7"). */
#define DO(e, ...)	EXITS(e2e_run(e, WORDS(e2e_pooltop(), __VA_ARGS__), \
			    NULL), 0)

/* Stop the run, drop its results; nobody at all is left. */
#define OVER()		dash_over(__FILE__, __LINE__)
void		 dash_over(const char *file, int line);

/* The terminal is as a terminal is: screen, cursor, mouse, paste, termios. */
#define AS_BEFORE(t)	dash_as_before(t, __FILE__, __LINE__)
void		 dash_as_before(struct vt *, const char *file, int line);

#endif
