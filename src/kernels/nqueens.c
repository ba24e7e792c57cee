/*
 * In how many ways do n queens stand on an n x n board so that none attacks
 * another?  Row by row; the columns and diagonals that are taken are bits.
 */
#include "kernels/args.h"

enum {
	N_MAX = 18,
	ROWS_SHARED = 4,	/* rows whose branches count as progress */
	NODES = 1 << 16		/* boards between calls of progress */
};

struct board {
	struct kernel_call *call;
	uint32_t	 all;		/* a bit for each column */
	uint64_t	 solutions;
	uint32_t	 nodes;		/* since progress was called */
	double		 done;		/* 0 to 1 */
	bool		 stopped;
};

/* What the queens so far attack in the next row. */
struct row {
	uint32_t	columns;
	uint32_t	left;		/* diagonals that go down to the left */
	uint32_t	right;
};

static struct row
next_row(struct row r, uint32_t queen)
{
	return (struct row){ r.columns | queen, (r.left | queen) << 1,
	    (r.right | queen) >> 1 };
}

static void
place_rest(struct board *b, struct row r)
{
	uint32_t open = b->all & ~(r.columns | r.left | r.right);

	if (r.columns == b->all)
		b->solutions++;
	if (++b->nodes >= NODES) {
		b->nodes = 0;
		b->stopped = b->call->progress(b->call, b->done);
	}
	for (; open != 0 && !b->stopped; open &= open - 1)
		place_rest(b, next_row(r, open & -open));
}

/* The same for the first rows; share: how much of the whole this branch is. */
static void
place_first(struct board *b, struct row r, int rows, uint32_t open,
    double share)
{
	double before = b->done;
	int n = __builtin_popcount(open);

	for (; open != 0 && !b->stopped; open &= open - 1) {
		struct row next = next_row(r, open & -open);
		uint32_t then = b->all & ~(next.columns | next.left |
		    next.right);

		if (rows > 1 && then != 0)
			place_first(b, next, rows - 1, then, share / n);
		else
			place_rest(b, next);
	}
	b->done = before + share;
}

static enum kernel_end
nqueens_run(struct kernel_call *call)
{
	struct board b = { .call = call };
	struct row empty = { 0 };
	int64_t n, column;

	if (args_int(call, "n", 1, N_MAX, &n) == -1 ||
	    args_int(call, "column", 0, n, &column) == -1)
		return KERNEL_FAILED;
	b.all = ((uint32_t)1 << n) - 1;
	place_first(&b, empty, ROWS_SHARED,
	    column == 0 ? b.all : (uint32_t)1 << (column - 1), 1);
	if (b.stopped || call->progress(call, 1))
		return KERNEL_STOPPED;
	return args_result(call, "%llu", (unsigned long long)b.solutions);
}

static const struct kernel_param nqueens_params[] = {
	{ "n", "12", "queens, and size of the board, 1 to 18" },
	{ "column", "0", "where the first queen stands, 1 to n; 0: anywhere" },
	{ NULL, NULL, NULL }
};

const struct kernel kernel_nqueens = {
	KERNEL_VERSION, "nqueens",
	"places n queens that do not attack each other; result: the ways",
	nqueens_params, nqueens_run
};
