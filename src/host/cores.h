/*
 * host/cores.h: how busy each core was since the sample before, from
 * /proc/stat (proc(5)).
 *
 * Busy is every tick that was neither idle nor iowait.  Steal counts as
 * busy: the hypervisor gave that time to others although somebody here
 * wanted it.  A tick is 10 ms, so samples want to be 100 ms apart or more.
 */
#ifndef HOST_CORES_H
#define HOST_CORES_H

struct cores;			/* the counters of the last sample */

struct cores	*cores_open(const char *root);	/* fine without the file */
void		 cores_close(struct cores *);	/* NULL is fine */

/*
 * Take a sample.  busy has room for RUN_CORES_MAX (model/run.h); busy[i] is
 * CPU number i, 0 to 1, NAN while it is offline or has been seen only once.
 * Returns how many are set: the highest number online + 1, at most
 * RUN_CORES_MAX; 0 in the first sample and when nothing can be read.
 * *total: the sum over all cores (also of those above), NAN if not known.
 *
 * iowait, idle and steal may go backwards; then they count as standing
 * still.  When no tick has passed a core keeps its last figure.
 */
unsigned int	cores_sample(struct cores *, float *busy, double *total);

#endif
