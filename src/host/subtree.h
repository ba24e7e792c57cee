/*
 * host/subtree.h: who descends from a process, from the files
 * /proc/PID/task/TID/children (proc_pid_task_children(5), Linux 3.5 with
 * CONFIG_PROC_CHILDREN).
 */
#ifndef HOST_SUBTREE_H
#define HOST_SUBTREE_H

#include <sys/types.h>

/*
 * The descendants of pid, itself not among them, into out[max]: nearer ones
 * first, each once.  Zombies are listed until they are reaped.
 *
 * It is a look, not a census: while processes fork and end, one may be
 * missed or be gone already; nobody is missed in a family that stands still.
 * The number in out (max: there may be more), or -1 and errno when pid is
 * gone or this kernel has no such files (ENOENT, ESRCH).
 */
ssize_t	subtree_list(const char *root, pid_t pid, pid_t *out, size_t max);

#endif
