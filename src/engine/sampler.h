/*
 * engine/sampler.h: once a second, what the machine and the workers are busy
 * with, and the rates of the run.
 */
#ifndef ENGINE_SAMPLER_H
#define ENGINE_SAMPLER_H

#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"
#include "model/run.h"

struct sampler;

/* Takes the first sample of the machine.  NULL and err on failure. */
struct sampler	*sampler_new(struct run_host *, struct err *);
void		 sampler_free(struct sampler *);

/* Which process a slot has now; 0: none. */
void		 sampler_process(struct sampler *, unsigned int slot, pid_t);

/* A worker that has ended had so much at most. */
void		 sampler_peak(struct sampler *, uint64_t rss);

/* One second has passed, about: sample, and set what follows from it in run:
 * host, pool.rss, pool.peak, pool.cpu, rate. */
void		 sampler_take(struct sampler *, struct run *);

/* Of the last sample: cores used (NAN) and bytes (SIZE_UNKNOWN). */
void		 sampler_worker(const struct sampler *, unsigned int slot,
		    double *cpu, uint64_t *rss);

/*
 * Seconds until a run is over: expected work left, shared by as many as work
 * on it now, but not sooner than the cores can do its CPU part.  NAN when not
 * enough is known yet.
 */
struct eta_facts {
	uint64_t	left;		/* tasks not ended */
	double		work;		/* seconds of work they are, about; NAN */
	uint64_t	ended;		/* tasks that ended so far */
	double		elapsed;	/* seconds of the run */
	unsigned int	workers;	/* that share it */
	double		cpu;		/* CPU seconds they are, about */
	unsigned int	cores;		/* that share those; 0: not known */
};
double		 sampler_eta(const struct eta_facts *);

#endif
