/*
 * How many primes lie in [from, to]: a sieve of Eratosthenes, piece by
 * piece, so that memory depends on the square root of to alone: at most 2 MiB
 * of bits for a piece and 8 MiB for the primes to sieve with.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/args.h"

static const int64_t largest = 1000000000000000;	/* 10^15 */

enum {
	PIECE_MIN = 1 << 18,	/* odd numbers in a piece; 32 KiB of bits */
	WORK = 1 << 19		/* bits cleared between calls of progress */
};

/* Bit i stands for the odd number first + 2 i, and is 1 if it is a prime. */
struct piece {
	uint64_t	*bits;
	int64_t		 first;		/* odd */
	int64_t		 n;		/* odd numbers in it */
};

struct sieve {
	struct kernel_call *call;
	struct piece	 piece;
	int64_t		 piece_max;	/* odd numbers there is room for */
	uint32_t	*odd;		/* the odd primes up to sqrt(to) */
	size_t		 nodd;
	int64_t		 work;		/* since progress was called */
	double		 done;		/* 0 to 1 */
};

static void
piece_fill(struct piece *p, int64_t first, int64_t n)
{
	size_t words = (size_t)(n + 63) / 64;

	p->first = first;
	p->n = n;
	memset(p->bits, 0xff, words * sizeof *p->bits);
	if (n % 64 != 0)
		p->bits[words - 1] = ((uint64_t)1 << n % 64) - 1;
}

/* Clear the odd multiples of an odd prime, from its square on. */
static void
piece_strike(struct piece *p, int64_t prime)
{
	int64_t at = prime * prime;

	if (at < p->first) {
		at = (p->first + prime - 1) / prime;
		at = (at | 1) * prime;
	}
	for (int64_t i = (at - p->first) / 2; i < p->n; i += prime)
		p->bits[i / 64] &= ~((uint64_t)1 << i % 64);
}

static int64_t
piece_count(const struct piece *p)
{
	int64_t count = 0;

	for (int64_t i = 0; i < (p->n + 63) / 64; i++)
		count += __builtin_popcountll(p->bits[i]);
	return count;
}

/* More work was done: true if it is time to stop. */
static bool
stop(struct sieve *s, int64_t work)
{
	s->work += work;
	if (s->work < WORK)
		return false;
	s->work = 0;
	return s->call->progress(s->call, s->done);
}

static int64_t
root(int64_t n)
{
	int64_t r = (int64_t)sqrt((double)n);

	while (r * r > n)
		r--;
	while ((r + 1) * (r + 1) <= n)
		r++;
	return r;
}

/* The odd primes up to limit, sieved in one piece that begins with 3. */
static enum kernel_end
find_odd(struct sieve *s, int64_t limit)
{
	struct piece *p = &s->piece;

	piece_fill(p, 3, limit < 3 ? 0 : (limit - 1) / 2);
	for (int64_t i = 0; (2 * i + 3) * (2 * i + 3) <= limit; i++) {
		if ((p->bits[i / 64] >> i % 64 & 1) == 0)
			continue;
		piece_strike(p, 2 * i + 3);
		if (stop(s, p->n / (2 * i + 3)))
			return KERNEL_STOPPED;
	}
	s->odd = malloc(((size_t)piece_count(p) + 1) * sizeof *s->odd);
	if (s->odd == NULL)
		return s->call->fail(s->call, "no memory for the sieve");
	for (int64_t i = 0; i < p->n; i += 64)
		for (uint64_t w = p->bits[i / 64]; w != 0; w &= w - 1)
			s->odd[s->nodd++] = (uint32_t)(2 * (i +
			    __builtin_ctzll(w)) + 3);
	return KERNEL_DONE;
}

/* Sieve the piece; its share of the whole is for s->done. */
static bool
sieve_piece(struct sieve *s, double share)
{
	struct piece *p = &s->piece;
	int64_t last = p->first + 2 * (p->n - 1);
	double before = s->done;

	for (size_t i = 0; i < s->nodd; i++) {
		int64_t prime = s->odd[i];

		if (prime * prime > last)
			break;
		piece_strike(p, prime);
		s->done = before + share * (double)i / (double)s->nodd;
		if (stop(s, p->n / prime + 8))
			return false;
	}
	s->done = before + share;
	return !stop(s, p->n / 64);
}

static enum kernel_end
count(struct sieve *s, int64_t from, int64_t to)
{
	int64_t primes = from <= 2 && to >= 2;
	int64_t first = from < 3 ? 3 : from | 1, n, all;

	all = to < first ? 0 : (to - first) / 2 + 1;
	for (int64_t i = 0; i < all; i += n) {
		n = all - i < s->piece_max ? all - i : s->piece_max;
		piece_fill(&s->piece, first + 2 * i, n);
		s->done = (double)i / (double)all;
		if (!sieve_piece(s, (double)n / (double)all))
			return KERNEL_STOPPED;
		primes += piece_count(&s->piece);
	}
	if (s->call->progress(s->call, 1))
		return KERNEL_STOPPED;
	return args_result(s->call, "%lld", (long long)primes);
}

static enum kernel_end
primes_run(struct kernel_call *call)
{
	struct sieve s = { .call = call };
	enum kernel_end end;
	int64_t from, to, limit;

	if (args_range(call, 0, largest, &from, &to) == -1)
		return KERNEL_FAILED;
	limit = root(to);
	s.piece_max = limit / 2 > PIECE_MIN ? limit / 2 : PIECE_MIN;
	s.piece.bits = calloc((size_t)s.piece_max / 64 + 1, 8);
	if (s.piece.bits == NULL)
		return call->fail(call, "no memory for the sieve");
	if ((end = find_odd(&s, limit)) == KERNEL_DONE)
		end = count(&s, from, to);
	free(s.piece.bits);
	free(s.odd);
	return end;
}

static const struct kernel_param primes_params[] = {
	{ "from", "1", "first number looked at, 0 to 10^15" },
	{ "to", NULL, "last number looked at, from to 10^15" },
	{ NULL, NULL, NULL }
};

const struct kernel kernel_primes = {
	KERNEL_VERSION, "primes",
	"counts prime numbers with a sieve; result: how many",
	primes_params, primes_run
};
