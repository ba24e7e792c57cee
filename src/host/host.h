/*
 * host/host.h: the machine under a run, all readers of this layer together.
 */
#ifndef HOST_HOST_H
#define HOST_HOST_H

struct err;
struct run_host;
struct host;

/*
 * root: "" for this machine, or a tree that looks like one (host/file.h).
 * NULL and err if there is no proc in it; whatever else is missing is
 * unknown in the samples.
 */
struct host	*host_open(const char *root, struct err *err);
void		 host_close(struct host *);		/* NULL is fine */

/*
 * Fill all of *out.  Figures of cores are since the sample before: the first
 * sample has none (ncores 0, busy NAN), so take one at the start.
 * cores_online 0 = not known; core_busy as in host/cores.h.
 */
void		 host_sample(struct host *, struct run_host *out);

#endif
