#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "ui/tui/screen.h"
#include "ui/tui/show.h"

enum { TASKS_MAX = 8, INDENT = 10, STREAM_MAX_W = 90 };
static const double stream_span = 60;	/* s shown */

static void
process(const struct canvas *c, struct page *p, const struct run_worker *w)
{
	char a[HUMAN_MAX], b[HUMAN_MAX];

	page_row(p, PAGE_MUST, -1);
	page_put(p, c, 0, ROLE_DIM, "process");
	page_put(p, c, INDENT, ROLE_NORMAL, w->pid != 0 ? "pid %d" :
	    "none now", (int)w->pid);
	page_put(p, c, -1, ROLE_STRONG, "   %s", worker_state_name(w->state));
	page_put(p, c, -1, ROLE_NORMAL, "   cpu %s%%   memory %s",
	    show_number(a, w->cpu * 100, 1), show_size(b, w->rss));
	page_row(p, PAGE_FACT, -1);
	page_put(p, c, 0, ROLE_DIM, "so far");
	page_put(p, c, INDENT, ROLE_DONE, "%" PRIu64 " done", w->done);
	page_put(p, c, -1, w->failed > 0 ? ROLE_FAIL : ROLE_NORMAL,
	    "   %" PRIu64 " failed", w->failed);
	if (w->restarts > 0)
		page_put(p, c, -1, ROLE_WARN, "   restarted %u time%s",
		    w->restarts, w->restarts == 1 ? "" : "s");
}

static void
task(const struct run *run, const struct canvas *c, struct page *p,
    const struct run_worker *w)
{
	char a[HUMAN_MAX], b[HUMAN_MAX];

	page_row(p, PAGE_MUST, -1);
	page_put(p, c, 0, ROLE_DIM, "task");
	if (w->task == 0) {
		page_put(p, c, INDENT, ROLE_DIM, "none");
		return;
	}
	page_put(p, c, INDENT, ROLE_NORMAL,
	    "#%" PRIu64 "  attempt %u  for %s  %s  %s", w->task, w->attempt,
	    show_duration(a, w->elapsed), isnan(w->progress) ? "~?" :
	    show_percent(b, w->progress, 0), w->job < run->njobs ?
	    run->job[w->job].name : "");
	page_row(p, PAGE_MUST, -1);
	page_wrap(p, c, INDENT, ROLE_STRONG, w->label);
}

/* Its last minute: a cell is some seconds, what was worst in them shows. */
static void
stream(const struct screen *s, const struct canvas *c, struct page *p,
    const struct run_worker *w)
{
	char text[STREAM_MAX_W * 4 + 1] = "";
	double now = screen_shown(s)->elapsed;
	int cells = c->w - INDENT - 6;
	enum glyph cell[STREAM_MAX_W];

	if (s->record == NULL || w->slot < 1 || w->slot > POOL_MAX ||
	    !(now >= 0) || cells < 10)
		return;
	cells = cells < STREAM_MAX_W ? cells : STREAM_MAX_W;
	for (int i = 0; i < cells; i++)
		cell[i] = GLYPH_LIGHT;
	for (size_t i = 0; i < s->record->stream.row[w->slot - 1].n; i++) {
		const struct span *span = stream_at(&s->record->stream,
		    w->slot, i);
		double scale = cells / stream_span;
		double from = fmax((span->from - now) * scale + cells, 0);
		double to = fmin((span->to - now) * scale + cells,
		    cells - 0.5);

		if (!(to >= 0 && from < cells))
			continue;
		for (int x = (int)from; x <= (int)to; x++)
			if (cell[x] != GLYPH_DARK)
				cell[x] = span->worst == TASK_FAILED ||
				    span->worst == TASK_QUEUED ? GLYPH_DARK :
				    GLYPH_FULL;
	}
	for (int i = 0; i < cells; i++)
		strcat(text, theme_glyph(c->ascii, cell[i]));
	page_row(p, PAGE_FACT, -1);
	page_put(p, c, 0, ROLE_DIM, "last 60s");
	page_put(p, c, INDENT, ROLE_RUN, "%s", text);
	page_row(p, PAGE_HINT, -1);
	page_put(p, c, INDENT, ROLE_DIM, "%s tasks   %s a failed one   "
	    "%s none ended", theme_glyph(c->ascii, GLYPH_FULL),
	    theme_glyph(c->ascii, GLYPH_DARK),
	    theme_glyph(c->ascii, GLYPH_LIGHT));
}

static void
ended(const struct canvas *c, struct page *p, const struct attempt *a,
    bool first)
{
	char at[HUMAN_MAX], took[HUMAN_MAX], outcome[OUTCOME_MAX];
	bool bad = attempt_bad_is(a);

	outcome_text(outcome, &a->outcome);
	page_row(p, PAGE_FACT, -1);
	page_put(p, c, 0, ROLE_DIM, "%s", first ? "ended" : "");
	page_put(p, c, INDENT, ROLE_DIM, "%s", show_time(at, a->ended));
	page_put(p, c, -1, ROLE_NORMAL, "  #%-6" PRIu64 " %6s  ", a->task,
	    show_duration(took, a->elapsed));
	page_put(p, c, -1, bad ? ROLE_FAIL : a->state == TASK_DONE ?
	    ROLE_DONE : ROLE_WARN, "%s  ", outcome[0] != '\0' ? outcome :
	    task_state_name(a->state));
	page_put(p, c, -1, ROLE_NORMAL, "%s", a->label);
}

static void
last_tasks(const struct screen *s, const struct canvas *c, struct page *p,
    unsigned int slot)
{
	const struct tail_ring *ring = &s->record->tail.ended;
	int shown = 0;

	for (size_t i = ring->n; i-- > 0 && shown < TASKS_MAX; ) {
		const struct attempt *a = tail_at(ring, i);

		if (a->slot == slot)
			ended(c, p, a, shown++ == 0);
	}
}

void
workers_details(const struct screen *s, const struct canvas *c,
    struct page *p, uint64_t slot)
{
	const struct run *run = screen_shown(s);
	const struct run_worker *w = workers_find(run, slot);

	page_start(p, "Worker w%u", (unsigned int)slot);
	if (w == NULL) {
		page_row(p, PAGE_MUST, -1);
		page_put(p, c, 0, ROLE_WARN, "It has left the pool.");
		return;
	}
	process(c, p, w);
	task(run, c, p, w);
	stream(s, c, p, w);
	if (s->record != NULL)
		last_tasks(s, c, p, w->slot);
}
