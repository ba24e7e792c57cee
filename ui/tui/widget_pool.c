#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ui/tui/show.h"
#include "ui/tui/widget.h"

/* A count with its mark ("✓980"), or in ASCII with its word ("done 980"). */
static void
count(struct line *l, const struct canvas *c, int keep, enum role role,
    enum glyph mark, const char *word, uint64_t n, bool wide)
{
	if (c->ascii)
		line_add(l, keep, role, "%s%s %" PRIu64, wide ? "  " : " ",
		    word, n);
	else if (wide)
		line_add(l, keep, role, "  %s%" PRIu64 " %s",
		    theme_glyph(false, mark), n, word);
	else
		line_add(l, keep, role, " %s%" PRIu64,
		    theme_glyph(false, mark), n);
}

void
widget_counts(const struct screen *s, const struct canvas *c, struct line *l,
    enum layout_form form)
{
	const struct run *run = &s->run;
	bool wide = form == LAYOUT_WIDE;

	count(l, c, 7, ROLE_DONE, GLYPH_OK, "done", run->queue.done, wide);
	count(l, c, 9, run->queue.failed > 0 ? ROLE_FAIL : ROLE_DIM,
	    GLYPH_FAIL, wide ? "failed" : "fail", run->queue.failed, wide);
	if (run->queue.cancelled > 0)
		count(l, c, 4, ROLE_DIM, GLYPH_CANCEL, wide ? "cancelled" :
		    "canc", run->queue.cancelled, wide);
	if (run->queue.retries > 0)
		count(l, c, 2, ROLE_RETRY, GLYPH_RETRY, wide ? "retried" :
		    "retry", run->queue.retries, wide);
}

/* " (6 run 1 drain 1 term)" when they are not all the same. */
static void
states(struct line *l, const struct run *run)
{
	unsigned int n[WORKER_NSTATES] = { 0 };
	char text[PIECE_MAX] = "";
	size_t used = 0;
	int kinds = 0;

	for (unsigned int i = 0; i < run->nworkers; i++)
		n[run->worker[i].state]++;
	for (int state = 0; state < WORKER_NSTATES; state++) {
		if (n[state] == 0)
			continue;
		used += (size_t)snprintf(text + used, sizeof text - used,
		    "%s%u %s", kinds > 0 ? " " : "", n[state],
		    worker_state_name((enum worker_state)state));
		kinds++;
	}
	if (kinds > 1 || n[WORKER_RUN] == 0)
		line_add(l, 3, ROLE_DIM, kinds > 0 ? " (%s)" : "%s", text);
}

static void
workers(struct line *l, const struct screen *s, const struct canvas *c,
    const char *name)
{
	unsigned int size = s->run.pool.size, target = screen_target(s);

	line_add(l, 9, ROLE_DIM, "%s", name);
	if (size == target || s->run.state == RUN_FINISHED)
		line_join(l, ROLE_STRONG, "%u", size);
	else
		line_join(l, ROLE_WARN, "%u%s%u", size,
		    theme_glyph(c->ascii, GLYPH_TO), target);
}

static void
rates(struct line *l, const struct screen *s, bool wide)
{
	const struct run *run = &s->run;
	bool over = run->state == RUN_FINISHED && run->elapsed > 0;
	double rate = over ? (double)run->queue.done / run->elapsed :
	    run->rate.tasks_per_second;
	double parallel = over ? run->rate.cpu_seconds / run->elapsed :
	    run->rate.parallel;
	char a[HUMAN_MAX];

	line_add(l, 5, ROLE_DIM, over ? "   mean " : "   ");
	line_join(l, ROLE_NORMAL, "%s%s", show_rate(a, rate),
	    wide ? " task/s" : "/s");
	line_add(l, 6, ROLE_DIM, "   Parallel ");
	line_join(l, ROLE_STRONG, "%s", show_number(a, parallel, 1));
	if (!over)
		line_join(l, ROLE_NORMAL, "/%u", run->pool.size);
}

static void
small(struct line *l, const struct screen *s, const struct canvas *c,
    enum layout_form form)
{
	const struct run *run = &s->run;
	bool narrow = form == LAYOUT_NARROW;
	char a[HUMAN_MAX];
	double used = (double)run->host.memory_total -
	    (double)run->host.memory_available;

	workers(l, s, c, narrow ? "W" : " W ");
	line_add(l, 8, ROLE_DIM, narrow ? " Q" : "  Q ");
	line_join(l, ROLE_NORMAL, "%" PRIu64, run->queue.depth);
	if (!narrow)
		line_add(l, 9, ROLE_NORMAL, " ");
	widget_counts(s, c, l, form);
	line_add(l, 5, ROLE_NORMAL, narrow ? " %s/s" : "  %s/s", show_rate(a,
	    run->rate.tasks_per_second));
	line_add(l, 6, ROLE_DIM, narrow ? " par " : "  par ");
	line_join(l, ROLE_STRONG, "%s", show_number(a, run->rate.parallel, 1));
	if (narrow || run->host.cores_online == 0)
		return;
	line_add(l, 4, ROLE_DIM, "  CPU ");
	line_join(l, ROLE_NORMAL, "%s", show_percent(a, run->host.busy /
	    run->host.cores_online, 0));
	if (run->host.memory_total == SIZE_UNKNOWN ||
	    run->host.memory_available == SIZE_UNKNOWN)
		return;
	line_add(l, 3, ROLE_DIM, " Mem ");
	line_join(l, ROLE_NORMAL, "%s", show_percent(a, used /
	    (double)run->host.memory_total, 0));
}

void
widget_pool(const struct screen *s, struct canvas *c, struct rect r,
    enum layout_form form)
{
	struct line l;

	if (r.h == 0)
		return;
	line_start(&l, GROUND_PLAIN);
	if (form < LAYOUT_NORMAL)
		small(&l, s, c, form);
	else {
		workers(&l, s, c, " Workers ");
		if (form == LAYOUT_WIDE)
			states(&l, &s->run);
		line_add(&l, 8, ROLE_DIM, "  Queue ");
		line_join(&l, ROLE_STRONG, "%" PRIu64, s->run.queue.depth);
		if (form == LAYOUT_NORMAL)
			line_add(&l, 9, ROLE_NORMAL, " ");
		widget_counts(s, c, &l, form);
		rates(&l, s, form == LAYOUT_WIDE);
	}
	line_draw(&l, c, r.y, r.x, r.x + r.w);
}
