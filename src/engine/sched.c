#include <math.h>

#include "engine/sched.h"
#include "wire/worker_msg.h"

static const double lease_seconds = 0.008;	/* work in one lease, about */
static const double longest_backoff = 10;	/* seconds */

/* Tasks that make up one lease while the queue is deep. */
static uint64_t
batch(double mean)
{
	double n = mean > 0 ? lease_seconds / mean : MSG_TASKS_MAX;

	if (isnan(mean) || n < 2)
		return 1;
	return n < MSG_TASKS_MAX ? (uint64_t)n : MSG_TASKS_MAX;
}

uint64_t
sched_lease(const struct sched_facts *f)
{
	uint64_t n = batch(f->mean);
	uint64_t share = f->depth / (2 * (uint64_t)f->workers) + 1;

	/* Short tasks: the next lease waits in the worker's hands. */
	if (f->depth == 0 || f->held > (n > 1 ? n / 2 : 0))
		return 0;
	if (n > share)
		n = share;
	if (f->held + n > f->credit)
		n = f->credit > f->held ? f->credit - f->held : 0;
	return n < f->depth ? n : f->depth;
}

double
sched_mean(double mean, double s)
{
	return isnan(mean) ? s : mean + (s - mean) / 8;
}

double
sched_backoff(unsigned int deaths)
{
	if (deaths <= 1)
		return 0;
	return fmin(0.1 * exp2(fmin(deaths - 2, 16)), longest_backoff);
}
