#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "ui/tui/show.h"
#include "ui/tui/widget.h"

double
widget_part(const struct run *run)
{
	uint64_t ended = run->queue.done + run->queue.failed +
	    run->queue.cancelled;

	if (!run->queue.total_known || run->queue.total == 0)
		return NAN;
	return (double)ended / (double)run->queue.total;
}

/* Columns of each part: none that exists disappears while there is room. */
static void
share(int w, const uint64_t *n, int *cells, int nparts, uint64_t total)
{
	uint64_t sum = 0;
	int used = 0, to;

	for (int i = 0; i < nparts; i++) {
		sum += n[i];
		to = total == 0 ? 0 : (int)fmin((double)sum / (double)total *
		    w, w);
		if (n[i] > 0 && to <= used && used < w)
			to = used + 1;
		to = to < used ? used : to;
		cells[i] = to - used;
		used = to;
	}
}

static void
stacked(const struct run *run, struct canvas *c, int y, int x, int w)
{
	static const struct {
		enum glyph	glyph;
		enum role	role;
	} part[] = {
		{ GLYPH_FULL, ROLE_DONE }, { GLYPH_DARK, ROLE_FAIL },
		{ GLYPH_DARK, ROLE_DIM }, { GLYPH_MEDIUM, ROLE_WARN },
	};
	uint64_t n[] = { run->queue.done, run->queue.failed,
		run->queue.cancelled, run->queue.running };
	int cells[4];

	canvas_line(c, y, x, w, ROLE_FAINT, GLYPH_LIGHT);
	share(w, n, cells, 4, run->queue.total);
	for (int i = 0; i < 4; i++) {
		canvas_line(c, y, x, cells[i], part[i].role, part[i].glyph);
		x += cells[i];
	}
}

static void
when_done(struct line *l, const struct screen *s)
{
	const struct run *run = &s->run;
	char out[HUMAN_MAX];
	const char *eta = widget_eta(s, out);

	if (*eta == '\0')
		return;
	line_add(l, 8, ROLE_DIM, "   ETA ");
	line_join(l, ROLE_STRONG, "%s", eta);
	if (!isnan(run->eta) && run->started > 0) {
		line_add(l, 5, ROLE_DIM, "  done about ");
		line_join(l, ROLE_NORMAL, "%s", show_time(out,
		    run->started + run->elapsed + run->eta));
	}
}

void
widget_runbar(const struct screen *s, struct canvas *c, struct rect r,
    enum layout_form form)
{
	const struct run *run = &s->run;
	int digits = show_digits(run->queue.total), x = r.x, room;
	char percent[HUMAN_MAX];
	struct line l;

	if (r.h == 0)
		return;
	if (form >= LAYOUT_NORMAL)
		x += canvas_puts(c, r.y, x, r.w, ROLE_DIM, " Tasks ");
	else if (form == LAYOUT_MEDIUM)
		x++;
	room = form == LAYOUT_NARROW ? r.w - 2 * digits - 2 :
	    form == LAYOUT_MEDIUM ? r.w - 2 * digits - 11 :
	    form == LAYOUT_NORMAL ? r.w * 9 / 20 : r.w / 2;
	stacked(run, c, r.y, x, room > 4 ? room : 4);
	x += (room > 4 ? room : 4) + 1;
	line_start(&l, GROUND_PLAIN);
	if (form > LAYOUT_NARROW)
		line_add(&l, 9, ROLE_STRONG, "%6s  ", show_percent(percent,
		    widget_part(run), 1));
	line_add(&l, 9, ROLE_NORMAL, "%" PRIu64 "/%" PRIu64 "%s",
	    run->queue.done + run->queue.failed + run->queue.cancelled,
	    run->queue.total, run->queue.total_known ? "" : "+");
	if (form >= LAYOUT_NORMAL)
		when_done(&l, s);
	line_draw(&l, c, r.y, x, r.x + r.w);
}
