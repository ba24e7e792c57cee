/*
 * C = A B with doubles.  All elements are whole numbers so small that every
 * sum is exact: the result does not depend on the order of the additions,
 * so neither on the blocks nor on the compiler.
 */
#include <stdlib.h>
#include <string.h>

#include "kernels/args.h"

enum {
	N_MAX = 8192,		/* sums stay below 2^33, so below 2^53 */
	ELEMENT_MAX = 1023,
	/* ROWS x INNER times INNER x COLUMNS: a million products, 0.5 ms */
	ROWS = 32,
	INNER = 64,
	COLUMNS = 512
};

struct matmul {
	struct kernel_call *call;
	size_t		 n;
	double		*a, *b, *c;	/* n x n, row by row */
};

static size_t
min(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* splitmix64 of G. Steele, D. Lea and C. Flood (OOPSLA 2014). */
static uint64_t
random_next(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

/* false: stop. */
static bool
fill(const struct matmul *m, double *matrix, uint64_t *state)
{
	for (size_t i = 0; i < m->n * m->n; i++) {
		if (i % m->n == 0 && m->call->progress(m->call, 0))
			return false;
		matrix[i] = (double)(random_next(state) & ELEMENT_MAX);
	}
	return true;
}

/* Add the product of the tiles of A at (i0, k0) and B at (k0, j0) to C. */
static void
multiply_tile(const struct matmul *m, size_t i0, size_t k0, size_t j0)
{
	size_t n = m->n, i1 = min(i0 + ROWS, n), k1 = min(k0 + INNER, n);
	size_t j1 = min(j0 + COLUMNS, n);

	for (size_t i = i0; i < i1; i++) {
		double *restrict c = m->c + i * n;

		for (size_t k = k0; k < k1; k++) {
			const double *restrict b = m->b + k * n;
			double a = m->a[i * n + k];

			for (size_t j = j0; j < j1; j++)
				c[j] += a * b[j];
		}
	}
}

static bool
multiply(const struct matmul *m)
{
	size_t n = m->n;
	double done;

	for (size_t i = 0; i < n; i += ROWS)
		for (size_t j = 0; j < n; j += COLUMNS)
			for (size_t k = 0; k < n; k += INNER) {
				done = (double)(i * n + min(ROWS, n - i) * j);
				if (m->call->progress(m->call,
				    done / (double)(n * n)))
					return false;
				multiply_tile(m, i, k, j);
			}
	return true;
}

/* Of all elements in their order, so that none can be in a wrong place. */
static uint64_t
checksum(const struct matmul *m)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < m->n * m->n; i++)
		sum = sum * 0x100000001b3u + (uint64_t)m->c[i];
	return sum;
}

static enum kernel_end
matmul_in(struct matmul *m, uint64_t seed)
{
	size_t bytes = m->n * sizeof *m->a;

	m->a = calloc(m->n, bytes);
	m->b = calloc(m->n, bytes);
	m->c = calloc(m->n, bytes);
	if (m->a == NULL || m->b == NULL || m->c == NULL)
		return m->call->fail(m->call, "n: the system does not give "
		    "memory for three matrices of %zu bytes", m->n * bytes);
	if (!fill(m, m->a, &seed) || !fill(m, m->b, &seed) || !multiply(m) ||
	    m->call->progress(m->call, 1))
		return KERNEL_STOPPED;
	return args_result(m->call, "%016llx",
	    (unsigned long long)checksum(m));
}

static enum kernel_end
matmul_run(struct kernel_call *call)
{
	struct matmul m = { .call = call };
	enum kernel_end end;
	int64_t n, seed;

	if (args_int(call, "n", 1, N_MAX, &n) == -1 ||
	    args_int(call, "seed", 0, INT64_MAX, &seed) == -1)
		return KERNEL_FAILED;
	m.n = (size_t)n;
	end = matmul_in(&m, (uint64_t)seed);
	free(m.a);
	free(m.b);
	free(m.c);
	return end;
}

static const struct kernel_param matmul_params[] = {
	{ "n", "512", "rows and columns, 1 to 8192; needs 24 n^2 bytes" },
	{ "seed", "1", "which random matrices, 0 to 2^63-1" },
	{ NULL, NULL, NULL }
};

const struct kernel kernel_matmul = {
	KERNEL_VERSION, "matmul",
	"multiplies two n x n matrices; result: checksum of the product",
	matmul_params, matmul_run
};
