#include <math.h>
#include <time.h>

#include "base/mono.h"

#define NS_PER_S 1000000000

struct mono
mono_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (struct mono){ (int64_t)ts.tv_sec * NS_PER_S + ts.tv_nsec };
}

struct mono
mono_after(struct mono m, double seconds)
{
	static const double longest = 1e9;	/* s: 31 years, no overflow */

	return (struct mono){ m.ns +
	    (int64_t)(fmin(seconds, longest) * NS_PER_S) };
}

double
mono_diff(struct mono later, struct mono earlier)
{
	return (double)(later.ns - earlier.ns) / NS_PER_S;
}

double
mono_since(struct mono earlier)
{
	return mono_diff(mono_now(), earlier);
}

double
wall_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / NS_PER_S;
}
