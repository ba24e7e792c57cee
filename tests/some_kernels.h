/* tests/some_kernels.h: kernels for job files that are only read. */
#ifndef SOME_KERNELS_H
#define SOME_KERNELS_H

#include <string.h>

#include "model/jobfile.h"

static const char *const some_names[] = { "collatz", "primes", "spin", NULL };
static const char *const some_collatz[] = { "limit", NULL };
static const char *const some_primes[] = { "from", "to", "chunk", NULL };
static const char *const some_spin[] = { NULL };

static inline const char *const *
some_params(const char *kernel)
{
	if (strcmp(kernel, "collatz") == 0)
		return some_collatz;
	if (strcmp(kernel, "primes") == 0)
		return some_primes;
	return strcmp(kernel, "spin") == 0 ? some_spin : NULL;
}

static inline bool
some_required(const char *kernel, const char *param)
{
	return strcmp(param, "chunk") != 0;
}

static const struct jobfile_kernels some_kernels = {
	some_params, some_required, some_names
};

#endif
