/*
 * e2e/e2e.h: what a test of the whole program needs.
 *
 * A test gets a struct e2e as its state: a private directory, which is also
 * its HOME and everything else pooltop keeps things in, and what it started.
 * Afterwards all of that is taken away, and a test that left a process behind
 * has failed.
 *
 *	static void
 *	q_leaves_the_screen(void **state)
 *	{
 *		struct e2e *e = *state;
 *		struct vt *t = e2e_open(e, WORDS(e2e_pooltop(), "demo"));
 *
 *		SEE(t, "Workers");
 *		vt_type(t, "q");
 *		ENDS(t, 0);
 *	}
 */
#ifndef E2E_E2E_H
#define E2E_E2E_H

#include "tests/test.h"

#include "tests/e2e/proc.h"
#include "tests/e2e/vt.h"

enum { E2E_DIR_MAX = 40, E2E_PATH_MAX = 256, E2E_STARTED_MAX = 32 };

struct e2e {
	char		 dir[E2E_DIR_MAX];	/* short: sockets go below it */
	const char	*term;			/* TERM of our terminals */
	struct proc	*procs[E2E_STARTED_MAX];	/* owned */
	struct vt	*vts[E2E_STARTED_MAX];		/* owned */
	size_t		 nprocs, nvts;
};

#define E2E_TEST(f)	cmocka_unit_test_setup_teardown(f, e2e_setup, \
			    e2e_teardown)
#define WORDS(...)	((const char *const []){ __VA_ARGS__, NULL })

int	e2e_setup(void **state);
int	e2e_teardown(void **state);

const char	*e2e_pooltop(void);	/* under test: $POOLTOP, ./pooltop */

/* out = the path of a file in the test's directory.  Returns out. */
const char	*e2e_path(const struct e2e *, char out[E2E_PATH_MAX],
		    const char *name);
void		 e2e_write(const struct e2e *, const char *name,
		    const char *text);
char		*e2e_read(const char *path);	/* NULL = not there; free() */
bool		 e2e_exists(const char *path);
bool		 e2e_wait_exists(const char *path);

/* As in proc.h and vt.h, but e keeps them and frees them. */
struct proc	*e2e_start(struct e2e *, const char *const argv[],
		    const struct proc_how *);
struct proc	*e2e_run(struct e2e *, const char *const argv[],
		    const char *input);
struct vt	*e2e_open(struct e2e *, const char *const argv[]); /* 24 x 80 */
struct vt	*e2e_open_sized(struct e2e *, const char *const argv[],
		    const char *const env[], int rows, int cols);

/* The test fails, with the screen or the output, unless this comes true. */
#define SEE(t, text)		e2e_see(t, text, true, __FILE__, __LINE__)
#define SEE_NOT(t, text)	e2e_see(t, text, false, __FILE__, __LINE__)
#define SEE_THAT(t, holds, arg)	e2e_see_that(t, holds, arg, #holds, \
				    __FILE__, __LINE__)
#define ENDS(t, code)		e2e_ends(t, code, __FILE__, __LINE__)
#define EXITS(p, code)		e2e_exits(p, code, __FILE__, __LINE__)
#define NOBODY_LEFT()		e2e_nobody_left(__FILE__, __LINE__)

void	e2e_see(struct vt *, const char *text, bool wanted, const char *file,
	    int line);
void	e2e_see_that(struct vt *, bool (*holds)(struct vt *, void *),
	    void *arg, const char *what, const char *file, int line);
void	e2e_ends(struct vt *, int code, const char *file, int line);
void	e2e_exits(struct proc *, int code, const char *file, int line);
void	e2e_nobody_left(const char *file, int line);

#endif
