/*
 * base/child.h: processes below this one, and how nobody is left behind.
 */
#ifndef BASE_CHILD_H
#define BASE_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * fork with every signal blocked.  The child returns 0 with all of them still
 * blocked and every handler reset to its default; it must not return to what
 * its parent was doing, and leaves by _exit.  Parent: the pid, or -1.
 */
pid_t	child_fork(void);

/* In a child: nothing blocked any more. */
void	child_unblock(void);

/*
 * In a child: get signal sig when the parent dies; ends at once when it is
 * dead already.
 */
void	child_die_with(pid_t parent, int sig);

/* Orphans below this process become its children. */
void	child_adopt(void);

/* /dev/null on 0, 1 and 2.  -1 if it cannot be opened. */
int	child_no_stdio(void);

/* Close every descriptor above 2 that is not one of n to keep (sorted here). */
void	child_close_others(int *keep, size_t n);

/* How this process shows in ps and htop: title, and a name of 15 bytes. */
void	child_title(const char *name, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));

/*
 * The children of this (single-threaded) process: up to max of them.  Returns
 * how many there are in all.  Safe in a signal handler.
 */
size_t	child_list(pid_t *out, size_t max);

/*
 * Kill (SIGKILL) and reap everything below this process, which must be one
 * that adopts, until nothing is left.  Safe in a signal handler.  Closes
 * standard input: who calls this is about to end, perhaps for want of it.
 */
void	child_kill_all(void);

/*
 * The same for children that bury their own on a SIGTERM: that first, the rest
 * after so many seconds.  Who killed them at once, and were killed then, would
 * leave behind what was below them.
 */
void	child_end_all(double grace);

#endif
