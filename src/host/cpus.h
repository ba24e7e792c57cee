/*
 * host/cpus.h: how many CPUs there are, and how many this process may use.
 *
 * Online: /sys/devices/system/cpu/online, else the cpu lines of /proc/stat.
 * Allowed: sched_getaffinity(2), whose mask a cpuset narrows too; in a tree
 * that is not this machine, Cpus_allowed_list of its proc/self/status.
 * A CPU is what the kernel calls one: a hardware thread.
 */
#ifndef HOST_CPUS_H
#define HOST_CPUS_H

struct cgroup;

enum { CPUS_MAX = 65536 };	/* CPU numbers; the kernel's limit is 8192 */

struct host_cpus {
	unsigned int	online;		/* 0: not known */
	unsigned int	usable;		/* online and allowed, at least 1 */
	double		quota;		/* of the cgroups; NAN: none.  Not in
					   usable: time, not CPUs */
	char		why[96];	/* what limits usable, in words */
};

/* cg may be NULL: then no quota is looked for. */
void	cpus_read(const char *root, const struct cgroup *cg,
	    struct host_cpus *);

#endif
