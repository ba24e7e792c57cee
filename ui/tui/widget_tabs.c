#include "ui/tui/widget.h"

void
widget_tabs(const struct screen *s, struct canvas *c, struct rect r,
    const char *right)
{
	int x = r.x, end = r.x + r.w, from;

	if (r.h == 0)
		return;
	canvas_line(c, r.y, x, r.w, ROLE_FAINT, GLYPH_HLINE);
	x += 2;
	for (int i = 0; i < nviews; i++) {
		from = x;
		x += canvas_puts(c, r.y, x, end - x, ROLE_FAINT, " ");
		if (nviews > 1)
			x += canvas_printf(c, r.y, x, end - x, ROLE_KEY, "%d ",
			    i + 1);
		x += canvas_puts(c, r.y, x, end - x, views[i] == s->view ?
		    ROLE_STRONG : ROLE_DIM, views[i]->name);
		x += canvas_puts(c, r.y, x, end - x, ROLE_FAINT, " ");
		if (nviews > 1)
			canvas_hit(c, (struct rect){ r.y, from, 1, x - from },
			    HIT_KEY, '1' + i);
		x++;
	}
	if (*right == '\0')
		return;
	end -= 2 + canvas_width(c, right) + 2;
	if (end > x)
		canvas_printf(c, r.y, end, r.w, ROLE_DIM, " %s ", right);
}
