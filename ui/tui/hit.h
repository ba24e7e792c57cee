/*
 * ui/tui/hit.h: what a click on the screen means.  Whoever draws something
 * that can be clicked says so at once, on the canvas; what is drawn later
 * lies above.  Pure: places in, meaning out.
 */
#ifndef TUI_HIT_H
#define TUI_HIT_H

#include <stdint.h>

enum { HITS_MAX = 512 };

enum hit_what {
	HIT_NOTHING,		/* covers what lies below */
	HIT_KEY,		/* as if this key were pressed */
	HIT_ROW,		/* an item of the view, by what it is: rows may
				   move before the click is read */
	HIT_HEAD,		/* a column of the view's table */
	HIT_CHOICE		/* a choice of the dialog */
};

struct hit {
	int		y, x, h, w;
	enum hit_what	what;
	int64_t		value;		/* key, item, column, choice */
};

struct hits {
	int		n;
	struct hit	hit[HITS_MAX];
};

void	hits_clear(struct hits *);
/* Empty places, and more than HITS_MAX, are not taken. */
void	hits_add(struct hits *, const struct hit *);
/* What lies at row y, column x; *value is left alone if that is nothing. */
enum hit_what hits_find(const struct hits *, int y, int x,
		    int64_t *value);

#endif
