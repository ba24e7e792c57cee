#include <inttypes.h>
#include <math.h>

#include "ui/tui/screen.h"
#include "ui/tui/show.h"

enum { ATTEMPTS_MAX = 16, INDENT = 11 };

static void
about(const struct screen *s, const struct canvas *c, struct page *p,
    const struct task_row *r)
{
	const struct run *run = screen_shown(s);
	unsigned int job = r->worker != NULL ? r->worker->job : r->last->job;

	page_row(p, PAGE_MUST, -1);
	page_put(p, c, 0, ROLE_DIM, "state");
	page_put(p, c, INDENT, task_look_role(r->look), "%s %s",
	    theme_glyph(c->ascii, task_look_glyph(r->look)),
	    task_look_name(r->look));
	if (r->look == SHOWN_AGAIN)
		page_put(p, c, -1, ROLE_DIM, " again");
	if (job < run->njobs) {
		page_put(p, c, -1, ROLE_DIM, "   job ");
		page_put(p, c, -1, ROLE_NORMAL, "%s", run->job[job].name);
		if (run->job[job].kernel[0] != '\0')
			page_put(p, c, -1, ROLE_DIM, "   kernel %s",
			    run->job[job].kernel);
	}
}

/* "20:17:02 → 20:17:09  w4 41206  exit 137  cpu 6.1s" and what it said. */
static void
attempt(const struct canvas *c, struct page *p, const struct attempt *a)
{
	char from[HUMAN_MAX], to[HUMAN_MAX], took[HUMAN_MAX], cpu[HUMAN_MAX];
	char outcome[OUTCOME_MAX];
	bool bad = attempt_bad_is(a);

	page_row(p, PAGE_MUST, -1);
	outcome_text(outcome, &a->outcome);
	if (a->slot == 0) {
		page_put(p, c, 0, ROLE_DIM, "not begun");
		page_put(p, c, INDENT, ROLE_NORMAL, "%s   %s",
		    show_time(to, a->ended), outcome);
		return;
	}
	page_put(p, c, 0, ROLE_DIM, "attempt %u", a->attempt);
	page_put(p, c, INDENT, ROLE_NORMAL, "%s %s %s  %6s  w%u %d",
	    show_time(from, a->ended - a->elapsed), theme_glyph(c->ascii,
	    GLYPH_TO), show_time(to, a->ended), show_duration(took,
	    a->elapsed), a->slot, (int)a->pid);
	page_put(p, c, -1, bad ? ROLE_FAIL : a->state == TASK_DONE ?
	    ROLE_DONE : ROLE_WARN, "   %s", outcome[0] != '\0' ? outcome :
	    task_state_name(a->state));
	page_put(p, c, -1, ROLE_DIM, "   cpu %s", show_duration(cpu, a->cpu));
	if (a->text[0] != '\0')
		page_wrap(p, c, INDENT, bad ? ROLE_STRONG : ROLE_NORMAL,
		    a->text);
}

static void
running(const struct canvas *c, struct page *p, const struct run_worker *w)
{
	char a[HUMAN_MAX], b[HUMAN_MAX], e[HUMAN_MAX], d[HUMAN_MAX];

	page_row(p, PAGE_MUST, -1);
	page_put(p, c, 0, ROLE_DIM, "attempt %u", w->attempt);
	page_put(p, c, INDENT, ROLE_NORMAL,
	    "%s for %s  %s  w%u %d   cpu %s%%   %s",
	    worker_state_name(w->state), show_duration(a, w->elapsed),
	    isnan(w->progress) ? "~?" : show_percent(d, w->progress, 0),
	    w->slot, (int)w->pid, show_number(b, w->cpu * 100, 1),
	    show_size(e, w->rss));
}

void
tasks_details(const struct screen *s, const struct canvas *c, struct page *p,
    uint64_t task)
{
	const struct task_row *r = tasks_find(s, task);
	const struct attempt *known[ATTEMPTS_MAX];
	int n = tasks_attempts(s, task, known, ATTEMPTS_MAX);

	page_start(p, "Task #%" PRIu64, task);
	if (r == NULL) {
		page_row(p, PAGE_MUST, -1);
		page_put(p, c, 0, ROLE_WARN,
		    "It is not among the last ones any more.");
		return;
	}
	page_row(p, PAGE_MUST, -1);
	page_put(p, c, 0, ROLE_DIM, "item");
	page_wrap(p, c, INDENT, ROLE_STRONG, r->worker != NULL ?
	    r->worker->label : r->last->label);
	about(s, c, p, r);
	if (n > 0 && known[0]->attempt > 1) {
		page_row(p, PAGE_MUST, -1);
		page_put(p, c, INDENT, ROLE_DIM,
		    "earlier attempts are no longer kept");
	}
	for (int i = 0; i < n; i++)
		attempt(c, p, known[i]);
	if (r->worker != NULL)
		running(c, p, r->worker);
}
