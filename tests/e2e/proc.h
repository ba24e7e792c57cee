/*
 * e2e/proc.h: commands that a test starts, and everything that hangs below
 * the test, however often it forked and whichever session it fled to.
 *
 * proc_init makes the test program a subreaper: whoever loses its parent
 * becomes a child of the test.  So the kernel itself knows whether anybody is
 * left: no child means no descendant.
 *
 * Nothing here waits for a time.  Every wait is for a condition and has a
 * bound in seconds, PROC_BOUND as a rule, that only a failure ever reaches;
 * it is stretched (proc_bound) where programs are slow.
 */
#ifndef E2E_PROC_H
#define E2E_PROC_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/mono.h"

#define PROC_BOUND	60.0		/* seconds: generous for anything */
#define PROC_KEEP	(16u << 20)	/* bytes kept of each stream */

void	proc_init(void);	/* subreaper, no SIGPIPE; may be repeated */

/* Five times the bound under sanitizers or with POOLTOP_SLOW set. */
double	proc_bound(double seconds);

/* When a wait that may take so long, stretched, has to be given up. */
struct mono	proc_deadline(double seconds);
bool		proc_late(struct mono deadline);
void		proc_nap(void);	/* a few ms between two looks at a condition */

/* Wait until the condition holds; false when the bound has passed. */
bool	proc_wait_until(bool (*holds)(void *), void *arg, double seconds);

/*
 * One command.
 */

struct proc_stream {
	int		fd;		/* -1 once it ended or was closed */
	struct buf	text;		/* a NUL follows it */
	size_t		dropped;	/* bytes beyond PROC_KEEP */
};

struct proc {
	pid_t			pid;
	bool			ended;
	int			status;	/* of waitpid, once ended */
	int			in;	/* we write; -1 = closed or /dev/null */
	struct proc_stream	out, err;
};

struct proc_how {
	const char	*const *env;	/* "NAME=VALUE" adds, "NAME" removes;
					   NULL-terminated; NULL = as we are */
	const char	*dir;		/* to start in; NULL = where we are */
	bool		 pipe_in;	/* stdin is a pipe from us; /dev/null */
};

/* how may be NULL.  A command that is not there exits with 127. */
struct proc	*proc_start(const char *const argv[], const struct proc_how *);

/* Started, waited for with PROC_BOUND; ask ->ended.  input may be NULL. */
struct proc	*proc_run(const char *const argv[], const struct proc_how *,
		    const char *input);

void	proc_free(struct proc *);	/* kills it if it runs; NULL is fine */

/* Read what is there, waiting for the first of it as long as said. */
void	proc_pump(struct proc *, double seconds);

/* Give it all these bytes; false when it does not take them. */
bool	proc_write(struct proc *, const void *, size_t len);
void	proc_close_in(struct proc *);
void	proc_close_out(struct proc *);	/* its reader is gone: SIGPIPE */

const char	*proc_out(const struct proc *);	/* stdout so far, as text */
const char	*proc_err(const struct proc *);

/* Until it has written text; false when it ended or is late. */
bool	proc_wait_out(struct proc *, const char *text, double seconds);
bool	proc_wait_err(struct proc *, const char *text, double seconds);

/*
 * Until it ended: its status as of waitpid, or -1 (it runs on).  What it had
 * written has been read then; whom it left behind may still write.
 */
int	proc_wait(struct proc *, double seconds);

/* Until nobody at all can write to its stdout and stderr any more. */
bool	proc_wait_eof(struct proc *, double seconds);

bool	proc_signal(struct proc *, int sig);	/* false once it ended */

/*
 * What vt.c needs of it too.
 */

/* In a child just forked: exec with a clean state, or exit with 127. */
void	proc_exec(const char *const argv[], const char *const env[],
	    const char *dir) __attribute__((noreturn));

/* Has our child ended?  Also when somebody else took its status (-1). */
bool	proc_reap(pid_t, int *status);

/* Kill and bury our child if it still is one. */
void	proc_end(pid_t);

/*
 * Everybody below the test.
 */

struct proc_info {
	pid_t			pid, ppid;
	char			state;		/* R S D T Z … */
	unsigned long long	start;		/* ticks since boot */
	char			name[32];	/* comm */
	char			cmdline[1024];	/* words, joined; "" = zombie */
	bool			below;
};

struct proc_list {
	struct proc_info	*all;
	size_t			 n, cap;
};

/* All descendants, zombies too.  list is { 0 } or used before. */
void	proc_descendants(struct proc_list *);
void	proc_list_clear(struct proc_list *);

/* A descendant whose command line contains text; 0 = none.  No zombies. */
pid_t	proc_find(const char *text);
size_t	proc_count(const char *text);		/* how many of those */
pid_t	proc_wait_find(const char *text, double seconds);	/* 0 = late */

bool	proc_running(pid_t);			/* there, and no zombie */
bool	proc_wait_gone(pid_t, double seconds);

/*
 * Until nobody is left below, and bury all of them.  Takes the status of
 * everyone: wait first for those whose status is wanted.
 */
bool	proc_wait_none(double seconds);

/* Kill everyone below.  false = somebody would not die. */
bool	proc_kill_all(void);

void	proc_print_descendants(void);		/* for a failure */

#endif
