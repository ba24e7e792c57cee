#include <inttypes.h>
#include <stdio.h>

#include "ui/tui/screen.h"
#include "ui/tui/show.h"

/* What it has worked so long is not thrown away by one key. */
static const double precious = 10;	/* s */

enum { CHOICE_CANCEL, CHOICE_WORKER, NCHOICES };

/* Without a worker there is but one thing to do. */
static int
choices(const struct task_row *r)
{
	return r != NULL && r->worker != NULL ? NCHOICES : 1;
}

/* The task as it is now, if it can still be cancelled. */
static const struct task_row *
target(const struct screen *s)
{
	const struct task_row *r = tasks_find(s, s->dialog.about);

	return r != NULL && r->look <= SHOWN_AGAIN ? r : NULL;
}

static void
page(const struct screen *s, const struct canvas *c, struct page *p)
{
	const struct dialog *d = &s->dialog;
	const struct task_row *r = target(s);
	char a[HUMAN_MAX];

	page_start(p, "Cancel task #%" PRIu64, d->about);
	page_row(p, PAGE_MUST, -1);
	if (r == NULL) {
		page_put(p, c, 0, ROLE_WARN,
		    "It has ended by itself: nothing to cancel.");
		return;
	}
	page_put(p, c, 0, ROLE_STRONG, "%s", d->label);
	page_row(p, PAGE_FACT, -1);
	if (r->worker != NULL)
		page_put(p, c, 0, ROLE_NORMAL,
		    "has run on w%u (pid %d) for %s", r->worker->slot,
		    (int)r->worker->pid, show_duration(a, r->worker->elapsed));
	else
		page_put(p, c, 0, ROLE_NORMAL, "waits to be tried again");
	page_row(p, PAGE_BLANK, -1);
	page_row(p, PAGE_CHOICE, CHOICE_CANCEL);
	page_put(p, c, 0, ROLE_KEY, "1");
	page_put(p, c, 3, ROLE_STRONG, "Cancel the task");
	if (r->worker != NULL) {
		page_put(p, c, -1, ROLE_NORMAL, ", its worker stays");
		page_row(p, PAGE_CHOICE, CHOICE_WORKER);
		page_put(p, c, 0, ROLE_KEY, "2");
		page_put(p, c, 3, ROLE_STRONG, "Stop its worker ...");
	}
	page_row(p, PAGE_BLANK, -1);
	page_row(p, PAGE_HINT, -1);
	if (d->sure) {
		page_put(p, c, 0, ROLE_WARN, "Its work is lost. Really?  ");
		page_put(p, c, -1, ROLE_KEY, "y ");
		page_put(p, c, -1, ROLE_NORMAL,
		    "does it, any other key does not");
		p->row[p->n - 1].rank = PAGE_MUST;
	} else
		page_put(p, c, 0, ROLE_DIM, "Enter do it   Esc lets it be");
}

static void
cancel(struct screen *s, struct mono now)
{
	struct request rq = { .op = OP_CANCEL, .ntasks = 1 };

	rq.task[0] = s->dialog.about;
	dialog_close(s);
	screen_send(s, &rq, now);
	if (s->toast.text[0] == '\0')
		screen_say(s, EVENT_INFO, now,
		    "task #%" PRIu64 ": asked to give up", rq.task[0]);
}

void
dialog_cancel_do(struct screen *s, struct mono now)
{
	const struct task_row *r = target(s);

	if (r == NULL)
		dialog_close(s);
	else if (r->worker != NULL && !(r->worker->elapsed < precious))
		s->dialog.sure = true;
	else
		cancel(s, now);
}

static void
choose(struct screen *s, const struct task_row *r, struct mono now)
{
	if (s->dialog.at == CHOICE_CANCEL)
		dialog_cancel_do(s, now);
	else if (r->worker != NULL)	/* it may have lost it */
		dialog_stop_worker(s, r->worker);
}

static void
act(struct screen *s, enum action a, int key, struct mono now)
{
	struct dialog *d = &s->dialog;
	const struct task_row *r;

	table_update(s);
	r = target(s);
	if (d->sure) {
		d->sure = false;
		if (a == ACTION_CHOICE_YES && r != NULL)
			cancel(s, now);
	} else if (a == ACTION_CHOICE_CLOSE ||
	    (a == ACTION_CHOICE_DO && r == NULL))
		dialog_close(s);
	else if (a == ACTION_CHOICE_DO)
		choose(s, r, now);
	else if (a == ACTION_CHOICE_NUMBER && key - '1' < choices(r))
		d->at = key - '1';
	else
		dialog_move(d, a, choices(r));
}

static const struct dialog_ops ops = { MODE_CHOICE, page, act };

void
dialog_cancel_open(struct screen *s, const struct task_row *r)
{
	dialog_close(s);
	if (r == NULL)
		return;
	s->dialog.ops = &ops;
	s->dialog.about = r->task;
	snprintf(s->dialog.label, sizeof s->dialog.label, "%s",
	    r->worker != NULL ? r->worker->label : r->last->label);
}
