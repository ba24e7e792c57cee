/*
 * The longest chain of n -> n/2 (even), 3n+1 (odd) down to 1.  It is not
 * proven that every chain gets there, but checked far above our limit (by
 * D. Barina up to 2^68).  The highest chains that are known rise to 15 times
 * the square of their start: too high for 64 bits, so that a chain goes on in
 * 128 when it must, and far too low to leave those.
 */
#include "kernels/args.h"

static const int64_t largest = 1000000000000000;	/* 10^15 */

enum {
	STARTS = 1024		/* between calls of progress: about 0.5 ms */
};

typedef unsigned __int128 u128;

static uint32_t
steps_above(u128 n)
{
	uint32_t steps = 0;

	for (; n != 1; steps++)
		n = n % 2 == 0 ? n / 2 : 3 * n + 1;
	return steps;
}

static uint32_t
steps_from(uint64_t n)
{
	uint32_t steps = (uint32_t)__builtin_ctzll(n);
	int halvings;

	n >>= steps;
	while (n != 1) {
		if (n > (UINT64_MAX - 1) / 3)
			return steps + steps_above(n);
		n = 3 * n + 1;
		halvings = __builtin_ctzll(n);
		n >>= halvings;
		steps += (uint32_t)halvings + 1;
	}
	return steps;
}

static enum kernel_end
collatz_run(struct kernel_call *call)
{
	int64_t from, to, best = 0;
	uint32_t longest = 0, steps;

	if (args_range(call, 1, largest, &from, &to) == -1)
		return KERNEL_FAILED;
	for (int64_t n = from; n <= to; n++) {
		steps = steps_from((uint64_t)n);
		if (steps > longest || n == from) {
			longest = steps;
			best = n;
		}
		if ((n - from) % STARTS == 0 && call->progress(call,
		    (double)(n - from) / (double)(to - from + 1)))
			return KERNEL_STOPPED;
	}
	if (call->progress(call, 1))
		return KERNEL_STOPPED;
	return args_result(call, "%lld %u", (long long)best, longest);
}

static const struct kernel_param collatz_params[] = {
	{ "from", "1", "first start of a chain, 1 to 10^15" },
	{ "to", NULL, "last start of a chain, from to 10^15" },
	{ NULL, NULL, NULL }
};

const struct kernel kernel_collatz = {
	KERNEL_VERSION, "collatz",
	"finds the longest Collatz chain; result: its start and its steps",
	collatz_params, collatz_run
};
