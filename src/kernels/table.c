#include <string.h>

#include "kernels/table.h"

/* Sorted.  kernel_NAME is in NAME.c. */
#define KERNELS(X) \
	X(burn) X(collatz) X(mandelbrot) X(matmul) X(noop) X(nqueens) X(pi) \
	X(primes) X(sha256) X(sleep)

#define DECLARE(name) extern const struct kernel kernel_##name;
KERNELS(DECLARE)

#define ADDRESS(name) &kernel_##name,
const struct kernel *const kernels[] = { KERNELS(ADDRESS) NULL };

const struct kernel *
kernel_find(const char *name)
{
	for (size_t i = 0; kernels[i] != NULL; i++)
		if (strcmp(kernels[i]->name, name) == 0)
			return kernels[i];
	return NULL;
}
