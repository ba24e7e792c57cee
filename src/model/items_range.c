#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/items_source.h"

/*
 * All arithmetic is on distances from the first number: unsigned, they hold
 * the whole way from INT64_MIN to INT64_MAX, and no step leaves the range.
 */
struct items_range {
	struct items	items;
	int64_t		from, to;	/* from <= to */
	uint64_t	step;		/* >= 1 */
};

static uint64_t
span(int64_t from, int64_t to)
{
	return (uint64_t)to - (uint64_t)from;
}

static int
range_get(struct items *items, uint64_t at, struct item *out, struct err *err)
{
	struct items_range *r = (struct items_range *)items;
	uint64_t start = at * r->step;
	int64_t first = (int64_t)((uint64_t)r->from + start), last = r->to;

	if (span(first, r->to) >= r->step)
		last = (int64_t)((uint64_t)first + r->step - 1);
	item_add(out, mem_printf("%" PRId64, first));
	item_add(out, mem_printf("%" PRId64, last));
	return 0;
}

static void
range_free(struct items *items)
{
	free(items);
}

static const struct items_ops range_ops = {
	.get = range_get,
	.free = range_free
};

struct items *
items_range_new(int64_t from, int64_t to, int64_t step, struct err *err)
{
	struct items_range *r;
	uint64_t further;		/* pieces after the first */

	if (step < 1) {
		err_set(err, "step is %" PRId64 ", at least 1 was expected",
		    step);
		return NULL;
	}
	if (from > to) {
		err_set(err, "from is %" PRId64 ", greater than to, %" PRId64,
		    from, to);
		return NULL;
	}
	further = span(from, to) / (uint64_t)step;
	if (further >= ITEMS_LIMIT) {
		err_set(err, "more than %" PRIu64 " items, a greater step was "
		    "expected", ITEMS_LIMIT);
		return NULL;
	}
	r = mem_alloc(sizeof *r);
	r->items = (struct items){ &range_ops, further + 1, 2 };
	r->from = from;
	r->to = to;
	r->step = (uint64_t)step;
	return &r->items;
}
