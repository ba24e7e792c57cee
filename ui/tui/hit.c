#include <stdbool.h>

#include "ui/tui/hit.h"

void
hits_clear(struct hits *hits)
{
	hits->n = 0;
}

void
hits_add(struct hits *hits, const struct hit *hit)
{
	if (hits->n < HITS_MAX && hit->h > 0 && hit->w > 0)
		hits->hit[hits->n++] = *hit;
}

static bool
inside(const struct hit *hit, int y, int x)
{
	return y >= hit->y && y - hit->y < hit->h && x >= hit->x &&
	    x - hit->x < hit->w;
}

enum hit_what
hits_find(const struct hits *hits, int y, int x, int64_t *value)
{
	for (int i = hits->n - 1; i >= 0; i--) {
		const struct hit *hit = &hits->hit[i];

		if (!inside(hit, y, x))
			continue;
		if (hit->what != HIT_NOTHING)
			*value = hit->value;
		return hit->what;
	}
	return HIT_NOTHING;
}
