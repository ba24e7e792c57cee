/*
 * host/cgroup.h: what the control groups of this process allow it, of both
 * versions (cgroups(7)): v2 in cpu.max, v1 in cpu.cfs_quota_us and
 * cpu.cfs_period_us.  A limit binds everything below it, so every ancestor
 * that can be seen is asked.
 *
 * /proc/self/cgroup says which groups, /proc/self/mountinfo where they are
 * mounted.  A container may see only its own part of the tree: limits above
 * that part are invisible from inside.
 */
#ifndef HOST_CGROUP_H
#define HOST_CGROUP_H

struct cgroup;

/* Find the groups; never fails: where there are none nothing is limited. */
struct cgroup	*cgroup_open(const char *root);
void		 cgroup_close(struct cgroup *);		/* NULL is fine */

/*
 * CPU time per wall time, in cores: 1.5 is one and a half.  The smallest of
 * all ancestors; NAN: no quota.  Read anew each time, quotas do change.
 */
double		 cgroup_cpu_quota(const struct cgroup *);

#endif
