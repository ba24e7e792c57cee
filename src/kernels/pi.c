/*
 * Hexadecimal digits of pi from any position on, without those before, by
 * the formula of Bailey, Borwein and Plouffe ("On the rapid computation of
 * various polylogarithmic constants", Mathematics of Computation 66, 1997):
 *
 *	pi = sum over k of 16^-k (4/(8k+1) - 2/(8k+4) - 1/(8k+5) - 1/(8k+6))
 *
 * Multiplied by 16^skip, only the fractional part of every term is needed,
 * and 16^(skip-k) mod (8k+j) gives that.  Fractions are 128-bit integers that
 * stand for multiples of 2^-128.  A term is cut by less than one of these,
 * there are at most 4 * 10^8 with weights of 4 or less, so a sum is wrong by
 * less than 2^-96.  The first 64 bits are used: 16 digits, and the 32 bits
 * after them keep the error away.
 */
#include "kernels/args.h"

enum {
	POSITION_MAX = 100000000,	/* then 8k+6 is below 2^30 */
	COUNT_MAX = 4096,
	DIGITS = 16,			/* of one sum */
	TAIL = 32,			/* digits of a fraction */
	TERMS = 256			/* between calls of progress: 0.5 ms */
};

typedef unsigned __int128 u128;

struct sums {
	struct kernel_call *call;
	double		 all;		/* terms of all sums */
	double		 before;	/* terms of the sums that are ready */
};

/* 16^e mod m, m below 2^32. */
static uint64_t
power16(uint32_t e, uint64_t m)
{
	uint64_t r = 1 % m;

	for (int bit = e == 0 ? -1 : 31 - __builtin_clz(e); bit >= 0; bit--) {
		r = r * r % m;
		if (e >> bit & 1)
			r = r * 16 % m;
	}
	return r;
}

/* r/m as a fraction, r below m, m below 2^32: long division in base 2^32. */
static u128
fraction(uint64_t r, uint64_t m)
{
	u128 f = 0;

	for (int i = 0; i < 4; i++) {
		f = f << 32 | (r << 32) / m;
		r = (r << 32) % m;
	}
	return f;
}

/* The fractional part of 16^(skip-k) / (8k+j). */
static u128
term(uint32_t skip, uint32_t k, uint32_t j)
{
	uint64_t m = (uint64_t)8 * k + j;

	if (k <= skip)
		return fraction(power16(skip - k, m), m);
	return ((u128)1 << (128 - 4 * (k - skip))) / m;
}

/* The fractional part of 16^skip pi.  false: stop. */
static bool
sum(struct sums *s, uint32_t skip, u128 *out)
{
	u128 f = 0;

	for (uint32_t k = 0; k < skip + TAIL; k++) {
		f += 4 * term(skip, k, 1) - 2 * term(skip, k, 4) -
		    term(skip, k, 5) - term(skip, k, 6);
		if (k % TERMS == 0 &&
		    s->call->progress(s->call, (s->before + k) / s->all))
			return false;
	}
	s->before += skip + TAIL;
	*out = f;
	return true;
}

static bool
give_digits(struct kernel_call *call, u128 f, int n)
{
	char text[DIGITS];

	for (int i = 0; i < n; i++)
		text[i] = "0123456789ABCDEF"[(int)(f >> (124 - 4 * i)) & 15];
	return call->result(call, text, (size_t)n);
}

static enum kernel_end
pi_run(struct kernel_call *call)
{
	struct sums s = { .call = call };
	int64_t position, count;
	u128 f;

	if (args_int(call, "position", 1, POSITION_MAX, &position) == -1 ||
	    args_int(call, "count", 1, COUNT_MAX, &count) == -1)
		return KERNEL_FAILED;
	for (int64_t at = 0; at < count; at += DIGITS)
		s.all += (double)(position - 1 + at + TAIL);
	for (int64_t at = 0; at < count; at += DIGITS) {
		int n = count - at < DIGITS ? (int)(count - at) : DIGITS;

		if (!sum(&s, (uint32_t)(position - 1 + at), &f))
			return KERNEL_STOPPED;
		if (!give_digits(call, f, n))
			return call->fail(call, "the result is too large");
	}
	return call->progress(call, 1) ? KERNEL_STOPPED : KERNEL_DONE;
}

static const struct kernel_param pi_params[] = {
	{ "position", "1", "first digit, 1 (just after the point) to 10^8" },
	{ "count", "16", "digits, 1 to 4096; 16 cost as much as one" },
	{ NULL, NULL, NULL }
};

const struct kernel kernel_pi = {
	KERNEL_VERSION, "pi",
	"computes hexadecimal digits of pi; result: the digits",
	pi_params, pi_run
};
