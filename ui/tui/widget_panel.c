#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "ui/tui/show.h"
#include "ui/tui/widget.h"

bool
widget_panel_is(const struct screen *s)
{
	const struct run *run = &s->run;

	return !s->known || run->state == RUN_FINISHED ||
	    (run->queue.total == 0 && run->queue.total_known) ||
	    screen_shown(s)->nworkers == 0;
}

static void
finished(const struct run *run, const struct canvas *c, struct page *p)
{
	char a[HUMAN_MAX], b[HUMAN_MAX];
	uint64_t never = run->queue.depth + run->queue.running;

	page_start(p, "%s", never + run->queue.cancelled == 0 &&
	    run->queue.total_known ? "All tasks finished" : "The run is over");
	page_row(p, PAGE_FACT, -1);
	page_put(p, c, 0, ROLE_DONE, "%" PRIu64 " done", run->queue.done);
	page_put(p, c, -1, ROLE_NORMAL, ", ");
	page_put(p, c, -1, run->queue.failed > 0 ? ROLE_FAIL : ROLE_NORMAL,
	    "%" PRIu64 " failed", run->queue.failed);
	page_put(p, c, -1, ROLE_NORMAL, ", %" PRIu64 " cancelled",
	    run->queue.cancelled);
	page_put(p, c, -1, ROLE_STRONG, " in %s",
	    human_duration(a, run->elapsed));
	if (never > 0) {
		page_row(p, PAGE_FACT, -1);
		page_put(p, c, 0, ROLE_WARN, "%" PRIu64 " never ran", never);
	}
	page_row(p, PAGE_FACT, -1);
	page_put(p, c, 0, ROLE_NORMAL, "CPU time %s, parallel %s on average",
	    show_duration(a, run->rate.cpu_seconds), show_number(b,
	    run->elapsed > 0 ? run->rate.cpu_seconds / run->elapsed : NAN,
	    1));
	if (run->exit_status >= 0) {
		page_row(p, PAGE_FACT, -1);
		page_put(p, c, 0, ROLE_NORMAL, "exit status %d",
		    run->exit_status);
	}
	page_row(p, PAGE_BLANK, -1);
	page_row(p, PAGE_HINT, -1);
	if (run->queue.failed > 0) {
		page_put(p, c, 0, ROLE_KEY, "Enter ");
		page_put(p, c, -1, ROLE_NORMAL, "the failed tasks   ");
		page_put(p, c, -1, ROLE_KEY, "R ");
		page_put(p, c, -1, ROLE_NORMAL, "try them again   ");
	}
	page_put(p, c, -1, ROLE_KEY, "q ");
	page_put(p, c, -1, ROLE_NORMAL, "close");
}

static void
hints(const struct screen *s, const struct canvas *c, struct page *p)
{
	page_row(p, PAGE_BLANK, -1);
	page_row(p, PAGE_HINT, -1);
	page_put(p, c, 0, ROLE_KEY, "q ");
	page_put(p, c, -1, ROLE_NORMAL, s->options.bound || s->lost ?
	    "quit" : "detach");
	if (screen_may(s, ACTION_STOP, NULL)) {
		page_put(p, c, -1, ROLE_KEY, "     Q ");
		page_put(p, c, -1, ROLE_NORMAL, "end the run");
	}
}

static void
nothing(const struct screen *s, const struct canvas *c, struct page *p)
{
	const struct run *run = &s->run;

	page_start(p, "%s", "");
	page_row(p, PAGE_MUST, -1);
	if (!s->known)
		page_put(p, c, 0, ROLE_NORMAL, s->lost ?
		    "Nothing is known of the run." :
		    "Waiting for the engine to tell about the run.");
	else if (run->queue.total == 0 && run->queue.total_known)
		page_put(p, c, 0, ROLE_NORMAL, "The queue is empty. "
		    "The pool is ready with %u workers.", run->pool.size);
	else if (run->state == RUN_STARTING)
		page_put(p, c, 0, ROLE_NORMAL, "The pool is being made.");
	else {
		page_put(p, c, 0, ROLE_WARN,
		    "There are no workers: %" PRIu64 " tasks wait.",
		    run->queue.depth);
		if (screen_may(s, ACTION_MORE, NULL)) {
			page_row(p, PAGE_FACT, -1);
			page_put(p, c, 0, ROLE_KEY, "+ ");
			page_put(p, c, -1, ROLE_NORMAL, "adds one, ");
			page_put(p, c, -1, ROLE_KEY, "= ");
			page_put(p, c, -1, ROLE_NORMAL, "sets a number");
		}
	}
	hints(s, c, p);
}

int
widget_panel_rows(const struct screen *s)
{
	return s->known && s->run.state == RUN_FINISHED ? 8 : 7;
}

void
widget_panel(const struct screen *s, struct canvas *c, struct rect area)
{
	struct page p;
	int need;

	if (s->known && s->run.state == RUN_FINISHED)
		finished(&s->run, c, &p);
	else
		nothing(s, c, &p);
	need = p.n + 2;
	if (need < area.h)
		area.h = need + (area.h - need) / 2;
	page_draw(&p, c, area, -1, -1);
}
