#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/tui/screen.h"
#include "ui/tui/show.h"
#include "ui/tui/target.h"

/* number from 1, what it does, what that means, needs a task, asks twice. */
#define ITEMS(X) \
	X(ITEM_RETIRE,	  "Retire after this task", "no work is lost", \
	    false, false) \
	X(ITEM_CANCEL,	  "Cancel the task only", "the worker stays", \
	    true, false) \
	X(ITEM_TERMINATE, "Terminate", "asked to stop, then SIGKILL", \
	    false, false) \
	X(ITEM_KILL,	  "Kill now", "SIGKILL", false, true) \
	X(ITEM_FREEZE,	  "Freeze / thaw", "", true, false) \
	X(ITEM_SIGNAL,	  "Other signal ...", "", true, false)

#define ITEM_ENUM(id, text, note, task, sure) id,
enum stop_item { ITEMS(ITEM_ENUM) NITEMS };
#undef ITEM_ENUM

static const struct {
	const char	*text, *note;
	bool		 task, sure;
} items[] = {
#define ITEM_ROW(id, text, note, task, sure) { text, note, task, sure },
	ITEMS(ITEM_ROW)
};

static const int signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2,
	SIGTERM, SIGABRT, SIGKILL };
enum { NSIGNALS = sizeof signals / sizeof *signals };

enum { NOTES_W = 62 };	/* notes fit on screens this wide */

/* Tasks shorter than this, on average, cannot be aimed at by hand. */
static const double brief = 1.0;	/* s */

static bool
brief_tasks_is(const struct run *run)
{
	return run->rate.tasks_per_second > 0 &&
	    run->pool.busy / run->rate.tasks_per_second < brief;
}

static bool
may(const struct dialog *d, int item)
{
	if (!items[item].task)
		return true;
	if (d->ntagged > 0)
		return true;
	return d->any_task ? item != ITEM_CANCEL : d->target.task != 0;
}

static void
over(const struct screen *s, const struct canvas *c, struct page *p,
    enum fate f, const struct run_worker *w)
{
	const struct dialog *d = &s->dialog;

	page_row(p, PAGE_MUST, -1);
	if (d->ntagged > 0)
		page_put(p, c, 0, ROLE_WARN,
		    "They are all gone: nothing to stop.");
	else if (f == FATE_GONE)
		page_put(p, c, 0, ROLE_WARN,
		    "w%u (pid %d) is gone: nothing to stop.", d->target.slot,
		    (int)d->target.pid);
	else if (d->target.task == 0)
		page_put(p, c, 0, ROLE_WARN, "w%u has begun task #%" PRIu64
		    " meanwhile: nothing was done.", d->target.slot, w->task);
	else
		page_put(p, c, 0, ROLE_WARN, "w%u ended #%" PRIu64
		    " by itself: nothing to stop.", d->target.slot,
		    d->target.task);
	page_row(p, PAGE_BLANK, -1);
	page_row(p, PAGE_CHOICE, 0);
	page_put(p, c, 0, ROLE_STRONG, "Close");
}

/* Who is meant; those that are gone meanwhile are left out. */
static void
group_facts(const struct screen *s, const struct canvas *c, struct page *p)
{
	const struct dialog *d = &s->dialog;
	char ids[PAGE_TEXT_MAX] = "";
	size_t len = 0, left = target_left(s);

	for (size_t i = 0; i < d->ntagged && len < sizeof ids - 8; i++)
		if (target_find(&s->run, &d->tagged[i]) != NULL)
			len += (size_t)snprintf(ids + len, sizeof ids - len,
			    "w%u ", d->tagged[i].slot);
	page_row(p, PAGE_MUST, -1);
	page_wrap(p, c, 2, ROLE_STRONG, ids);
	if (left < d->ntagged) {
		page_row(p, PAGE_FACT, -1);
		page_put(p, c, 2, ROLE_WARN, "%zu of them are gone by now",
		    d->ntagged - left);
	}
	page_row(p, PAGE_FACT, -1);
	page_put(p, c, 2, ROLE_NORMAL, "this is about whatever they do");
	page_row(p, PAGE_BLANK, -1);
}

static void
facts(const struct screen *s, const struct canvas *c, struct page *p,
    const struct run_worker *w)
{
	const struct dialog *d = &s->dialog;
	char a[HUMAN_MAX], b[HUMAN_MAX], e[HUMAN_MAX];

	page_row(p, PAGE_FACT, -1);
	page_put(p, c, 2, ROLE_STRONG, "w%u", w->slot);
	page_put(p, c, -1, ROLE_NORMAL,
	    "  pid %d   %s %s   cpu %s%%   %s", (int)w->pid,
	    worker_state_name(w->state), show_duration(a, w->elapsed),
	    show_number(b, w->cpu * 100, 1), show_size(e, w->rss));
	page_row(p, PAGE_FACT, -1);
	if (d->any_task)
		page_put(p, c, 2, ROLE_NORMAL,
		    "its tasks are short: this is about whatever it does");
	else if (w->task == 0)
		page_put(p, c, 2, ROLE_DIM, "no task");
	else {
		page_put(p, c, 2, ROLE_NORMAL, "task #%" PRIu64 " ", w->task);
		page_put(p, c, -1, ROLE_STRONG, "%.40s", d->label);
		if (!isnan(w->progress))
			page_put(p, c, -1, ROLE_NORMAL, "   %s done",
			    show_percent(a, w->progress, 0));
	}
	page_row(p, PAGE_BLANK, -1);
}

static void
about(const struct screen *s, const struct canvas *c, struct page *p,
    const struct run_worker *w)
{
	if (s->dialog.ntagged > 0)
		group_facts(s, c, p);
	else
		facts(s, c, p, w);
}

/* The selected one is frozen; of several, one is. */
static bool
thaws_is(const struct dialog *d, const struct run_worker *w)
{
	return w != NULL ? w->state == WORKER_FROZEN : d->thaw;
}

static void
choices(const struct screen *s, const struct canvas *c, struct page *p,
    const struct run_worker *w)
{
	const struct dialog *d = &s->dialog;

	for (int i = 0; i < NITEMS; i++) {
		const char *text = items[i].text, *note = items[i].note;
		bool on = may(d, i);

		if (i == ITEM_FREEZE && thaws_is(d, w)) {
			text = "Thaw";
			note = "it goes on";
		} else if (i == ITEM_FREEZE) {
			text = "Freeze";
			note = "it waits until it is thawed";
		}
		page_row(p, PAGE_CHOICE, i);
		page_put(p, c, 0, on ? ROLE_KEY : ROLE_FAINT, "%d", i + 1);
		page_put(p, c, 3, on ? ROLE_STRONG : ROLE_FAINT, "%s", text);
		if (c->w >= NOTES_W)
			page_put(p, c, 29, on ? ROLE_NORMAL :
			    ROLE_FAINT, "%s", note);
	}
}

static bool
stops_is(int item)
{
	return item == ITEM_TERMINATE || item == ITEM_KILL;
}

/* What becomes of the pool, as far as one can see from here. */
static void
place_switch(const struct screen *s, const struct canvas *c, struct page *p,
    enum role role, bool keep)
{
	unsigned int target = screen_target(s), left = 1;
	bool many = s->dialog.ntagged > 1;

	if (s->dialog.ntagged > 0)
		left = (unsigned int)target_left(s);
	page_row(p, PAGE_HINT, -1);
	if (keep)
		page_put(p, c, 2, role, many ?
		    "%-11s[x] new workers, the pool stays at %u" :
		    "%-11s[x] a new worker, the pool stays at %u",
		    many ? "places" : "its place", target);
	else
		page_put(p, c, 2, role, many ?
		    "%-11s[ ] no new workers, the pool gets %u" :
		    "%-11s[ ] no new worker, the pool gets %u",
		    many ? "places" : "its place",
		    target > left ? target - left : 0);
}

static void
switches(const struct screen *s, const struct canvas *c, struct page *p)
{
	const struct dialog *d = &s->dialog;
	bool task = stops_is(d->at), worker = task || d->at == ITEM_RETIRE;
	bool keep = task ? d->keep_stop : d->keep_retire;
	const char *yes = theme_glyph(c->ascii, GLYPH_ON);
	const char *no = theme_glyph(c->ascii, GLYPH_OFF);

	page_row(p, PAGE_BLANK, -1);
	page_row(p, PAGE_HINT, -1);
	page_put(p, c, 2, task ? ROLE_NORMAL : ROLE_FAINT,
	    d->ntagged > 0 ? "tasks      %s back to the queue   %s failed" :
	    "its task   %s back to the queue   %s failed",
	    !d->fail ? yes : no, d->fail ? yes : no);
	place_switch(s, c, p, worker ? ROLE_NORMAL : ROLE_FAINT, keep);
	page_row(p, PAGE_BLANK, -1);
}

static void
really(const struct canvas *c, struct page *p)
{
	page_row(p, PAGE_MUST, -1);
	page_put(p, c, 2, ROLE_WARN, "Really?  ");
	page_put(p, c, -1, ROLE_KEY, "y ");
	page_put(p, c, -1, ROLE_NORMAL, "does it, any other key does not");
}

static void
page(const struct screen *s, const struct canvas *c, struct page *p)
{
	const struct dialog *d = &s->dialog;
	const struct run_worker *w;
	enum fate f = target_fate(s, &w);

	if (d->ntagged > 0)
		page_start(p, "Stop %zu tagged worker%s", d->ntagged,
		    d->ntagged > 1 ? "s" : "");
	else if (d->target.task != 0 && !d->any_task)
		page_start(p, "Stop w%u, task #%" PRIu64, d->target.slot,
		    d->target.task);
	else
		page_start(p, "Stop w%u", d->target.slot);
	if (f != FATE_THERE) {
		over(s, c, p, f, w);
		return;
	}
	about(s, c, p, w);
	choices(s, c, p, w);
	switches(s, c, p);
	if (d->sure)
		really(c, p);
	else {
		page_row(p, PAGE_HINT, -1);
		page_put(p, c, 2, ROLE_DIM, "Enter do it  1-6 choose  "
		    "r f Space switch  Esc cancel");
	}
}

static void
ask(struct screen *s, struct request *rq, const char *what, struct mono now)
{
	unsigned int slot = s->dialog.target.slot;
	size_t ntagged = s->dialog.ntagged;

	if (rq->op == OP_CANCEL)
		target_tasks(s, rq);
	else
		target_workers(s, rq);
	dialog_close(s);
	if (rq->nworkers + rq->ntasks == 0) {
		screen_say(s, EVENT_INFO, now, "none of them has a task");
		return;
	}
	screen_send(s, rq, now);
	if (s->toast.text[0] != '\0')
		return;
	if (ntagged > 0)
		screen_say(s, EVENT_INFO, now, "%zu workers: asked to %s",
		    ntagged, what);
	else
		screen_say(s, EVENT_INFO, now, "w%u: asked to %s", slot,
		    what);
}

static void
carry_out(struct screen *s, const struct run_worker *w, struct mono now)
{
	const struct dialog *d = &s->dialog;
	struct request rq = { .op = OP_TERMINATE, .fail = d->fail,
		.shed = !d->keep_stop };

	switch ((enum stop_item)d->at) {
	case ITEM_RETIRE:
		rq = (struct request){ .op = OP_DRAIN,
			.replace = d->keep_retire };
		ask(s, &rq, "leave after its task", now);
		break;
	case ITEM_CANCEL:
		rq = (struct request){ .op = OP_CANCEL };
		ask(s, &rq, "give up the task", now);
		break;
	case ITEM_TERMINATE:
		ask(s, &rq, "stop now", now);
		break;
	case ITEM_KILL:
		rq.kill = true;
		ask(s, &rq, "die", now);
		break;
	default:
		rq = (struct request){ .op = OP_SIGNAL, .signal =
		    thaws_is(d, w) ? SIGCONT : SIGSTOP };
		ask(s, &rq, rq.signal == SIGCONT ? "go on" : "freeze", now);
	}
}

static void	signal_open(struct screen *);

static void
choose(struct screen *s, const struct run_worker *w, struct mono now)
{
	struct dialog *d = &s->dialog;

	if (!may(d, d->at))
		screen_say(s, EVENT_INFO, now, "w%u has no task that could be "
		    "aimed at", d->target.slot);
	else if (d->at == ITEM_SIGNAL)
		signal_open(s);
	else if (items[d->at].sure)
		d->sure = true;
	else
		carry_out(s, w, now);
}

/* The target is no longer what it was: anything that does, closes. */
static bool
act_over(struct screen *s, enum action a)
{
	const struct run_worker *w;

	if (target_fate(s, &w) == FATE_THERE)
		return false;
	if (a == ACTION_CHOICE_DO || a == ACTION_CHOICE_CLOSE)
		dialog_close(s);
	return true;
}

static void
act(struct screen *s, enum action a, int key, struct mono now)
{
	struct dialog *d = &s->dialog;
	const struct run_worker *w;

	target_fate(s, &w);
	if (act_over(s, a))
		return;
	if (d->sure) {
		d->sure = false;
		if (a == ACTION_CHOICE_YES)
			carry_out(s, w, now);
		return;
	}
	switch (a) {
	case ACTION_CHOICE_CLOSE:
		dialog_close(s);
		break;
	case ACTION_CHOICE_NUMBER:
		if (key - '1' < NITEMS)
			d->at = key - '1';
		break;
	case ACTION_CHOICE_DO:
		choose(s, w, now);
		break;
	case ACTION_CHOICE_QUEUE:
		d->fail = d->fail && !stops_is(d->at);
		break;
	case ACTION_CHOICE_FAIL:
		d->fail = d->fail || stops_is(d->at);
		break;
	case ACTION_CHOICE_REPLACE:
		if (stops_is(d->at))
			d->keep_stop = !d->keep_stop;
		else if (d->at == ITEM_RETIRE)
			d->keep_retire = !d->keep_retire;
		break;
	default:
		dialog_move(d, a, NITEMS);
	}
}

static void
signal_page(const struct screen *s, const struct canvas *c, struct page *p)
{
	const struct dialog *d = &s->dialog;
	const struct run_worker *w;
	enum fate f = target_fate(s, &w);

	if (d->ntagged > 0)
		page_start(p, "Signal for %zu tagged workers", d->ntagged);
	else
		page_start(p, "Signal for w%u", d->target.slot);
	if (f != FATE_THERE) {
		over(s, c, p, f, w);
		return;
	}
	about(s, c, p, w);
	for (int i = 0; i < NSIGNALS; i++) {
		page_row(p, PAGE_CHOICE, i);
		page_put(p, c, 0, ROLE_KEY, "%d", i + 1);
		page_put(p, c, 3, ROLE_STRONG, "SIG%-5s",
		    sigabbrev_np(signals[i]));
		page_put(p, c, 13, ROLE_NORMAL, "%s",
		    sigdescr_np(signals[i]));
	}
	page_row(p, PAGE_BLANK, -1);
	if (d->sure)
		really(c, p);
	else {
		page_row(p, PAGE_HINT, -1);
		page_put(p, c, 2, ROLE_DIM,
		    "Enter send   1-%d choose   Esc cancel", NSIGNALS);
	}
}

static void
signal_act(struct screen *s, enum action a, int key, struct mono now)
{
	struct dialog *d = &s->dialog;
	struct request rq = { .op = OP_SIGNAL };
	char what[32];

	if (act_over(s, a))
		return;
	if (d->sure) {
		d->sure = false;
		if (a != ACTION_CHOICE_YES)
			return;
		rq.signal = signals[d->at];
		snprintf(what, sizeof what, "take SIG%s",
		    sigabbrev_np(rq.signal));
		ask(s, &rq, what, now);
	} else if (a == ACTION_CHOICE_CLOSE)
		dialog_close(s);
	else if (a == ACTION_CHOICE_NUMBER && key - '1' < NSIGNALS)
		d->at = key - '1';
	else if (a == ACTION_CHOICE_DO)
		d->sure = true;
	else
		dialog_move(d, a, NSIGNALS);
}

static const struct dialog_ops ops = { MODE_CHOICE, page, act };
static const struct dialog_ops signal_ops = { MODE_CHOICE, signal_page,
	signal_act };

static void
signal_open(struct screen *s)
{
	s->dialog.ops = &signal_ops;
	hits_clear(&s->hits);
	s->dialog.at = 0;
}

void
dialog_stop_worker(struct screen *s, const struct run_worker *w)
{
	struct dialog *d = &s->dialog;

	dialog_close(s);
	d->ops = &ops;
	d->target = (struct worker_ref){ w->slot, w->pid, w->task };
	d->any_task = brief_tasks_is(&s->run);
	d->keep_stop = true;
	snprintf(d->label, sizeof d->label, "%s", w->label);
}

static int
by_slot(const void *x, const void *y)
{
	const struct worker_ref *a = x, *b = y;

	return (a->slot > b->slot) - (a->slot < b->slot);
}

static void
open_tagged(struct screen *s)
{
	struct dialog *d = &s->dialog;

	d->ops = &ops;
	d->keep_stop = true;
	for (unsigned int i = 0; i < s->workers.ntags; i++)
		d->tagged[d->ntagged++] = (struct worker_ref){
		    .slot = s->workers.tag[i].slot,
		    .pid = s->workers.tag[i].pid };
	qsort(d->tagged, d->ntagged, sizeof *d->tagged, by_slot);
	for (size_t i = 0; i < d->ntagged && !d->thaw; i++) {
		const struct run_worker *w = target_find(&s->run, &d->tagged[i]);

		d->thaw = w != NULL && w->state == WORKER_FROZEN;
	}
}

void
dialog_stop_open(struct screen *s)
{
	const struct run_worker *w = workers_selected(s);

	dialog_close(s);
	if (s->workers.ntags > 0)
		open_tagged(s);
	else if (w != NULL)
		dialog_stop_worker(s, w);
}
