#include <inttypes.h>
#include <stdio.h>

#include "ui/tui/show.h"
#include "ui/tui/widget.h"

static void
put(const struct line *l, struct canvas *c, int y)
{
	if (y < c->h)
		line_draw(l, c, y, 0, c->w);
}

void
widget_tiny(const struct screen *s, struct canvas *c, struct mono now)
{
	const struct run *run = &s->run;
	struct state_look look = widget_state(s);
	char out[HUMAN_MAX];
	const char *eta;
	struct line l;

	line_start(&l, GROUND_PLAIN);
	line_add(&l, 1, ROLE_STRONG, "pooltop ");
	line_add(&l, 5, look.role, "%s ", theme_glyph(c->ascii, look.glyph));
	line_add(&l, 4, look.role, "%s ", look.word);
	if (s->known) {
		line_add(&l, 5, ROLE_STRONG, "%s ", show_percent(out,
		    widget_part(run), 0));
		line_add(&l, 3, ROLE_NORMAL, "%" PRIu64 "/%" PRIu64,
		    run->queue.done + run->queue.failed +
		    run->queue.cancelled, run->queue.total);
	}
	put(&l, c, 0);
	line_start(&l, GROUND_PLAIN);
	if (s->known) {
		line_add(&l, 4, ROLE_NORMAL, "W%u ", run->pool.size);
		line_add(&l, 3, ROLE_NORMAL, "Q%" PRIu64 " ",
		    run->queue.depth);
		line_add(&l, 5, run->queue.failed > 0 ? ROLE_FAIL : ROLE_DIM,
		    "%s%" PRIu64 " ", theme_glyph(c->ascii, GLYPH_FAIL),
		    run->queue.failed);
		eta = widget_eta(s, out);
		if (*eta != '\0')
			line_add(&l, 2, ROLE_NORMAL, "ETA %s", eta);
	}
	put(&l, c, 1);
	if (c->h > 2)
		canvas_printf(c, 2, 0, c->w, ROLE_DIM,
		    "(small: needs %dx%d)", LAYOUT_TINY_W, LAYOUT_TINY_H);
	line_start(&l, GROUND_PLAIN);
	line_add(&l, 5, ROLE_KEY, "q ");
	line_join(&l, ROLE_NORMAL, s->lost || !s->known ||
	    s->run.state == RUN_FINISHED || s->options.bound ? "quit" :
	    "detach");
	put(&l, c, c->h > 3 ? 3 : c->h);
}
