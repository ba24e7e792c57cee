#include <math.h>
#include <stdio.h>

#include "ui/tui/screen.h"
#include "ui/tui/show.h"

static void
cores(const struct screen *s, const struct canvas *c, struct page *p)
{
	unsigned int usable = s->run.host.cores_usable, size = s->dialog.size;

	if (usable == 0)
		return;
	page_row(p, PAGE_FACT, -1);
	page_put(p, c, 0, ROLE_DIM, "Cores");
	page_put(p, c, 11, ROLE_NORMAL, "%u usable, %.1f workers per core",
	    usable, (double)size / usable);
	if (size > usable)
		page_put(p, c, 50, ROLE_WARN, "! they take turns");
}

/* What the pool would need if each worker had as much as one of them had. */
static void
memory(const struct screen *s, const struct canvas *c, struct page *p)
{
	const struct run *run = &s->run;
	char a[HUMAN_MAX], b[HUMAN_MAX];
	double need, room;

	if (run->pool.rss == SIZE_UNKNOWN || run->pool.peak == SIZE_UNKNOWN ||
	    run->host.memory_available == SIZE_UNKNOWN)
		return;
	need = fmin((double)run->pool.peak * s->dialog.size, 0x1p63);
	room = fmin((double)run->host.memory_available +
	    (double)run->pool.rss, 0x1p63);
	page_row(p, PAGE_FACT, -1);
	page_put(p, c, 0, ROLE_DIM, "Memory");
	page_put(p, c, 11, ROLE_NORMAL, "~%s at peak, %s available",
	    human_size(a, (uint64_t)need), human_size(b, (uint64_t)room));
	if (need > room)
		page_put(p, c, 50, ROLE_FAIL, "! does not fit");
	else
		page_put(p, c, 50, need > 0.9 * room ? ROLE_WARN : ROLE_RUN,
		    "%s", need > 0.9 * room ? "! tight" : "fits");
}

/*
 * Seconds with so many workers: their time is shared, but the cores can do
 * only so much of it at once.  NAN when not known.
 */
static double
finish_in(const struct run *run, unsigned int workers)
{
	uint64_t left = run->queue.depth + run->queue.running;
	double share = fmin(workers, (double)left);

	if (workers == 0 || left == 0 || isnan(run->eta))
		return NAN;
	return fmax(run->work_left / share, run->host.cores_usable > 0 ?
	    run->cpu_left / run->host.cores_usable : 0);
}

static void
finish(const struct screen *s, const struct canvas *c, struct page *p)
{
	char a[HUMAN_MAX], b[HUMAN_MAX];
	double now = s->run.eta, then = finish_in(&s->run, s->dialog.size);

	if (s->dialog.size > 0 && isnan(then))
		return;
	page_row(p, PAGE_FACT, -1);
	page_put(p, c, 0, ROLE_DIM, "Finish");
	if (s->dialog.size == 0) {
		page_put(p, c, 11, ROLE_WARN, "never: the queue waits");
		return;
	}
	page_put(p, c, 11, ROLE_NORMAL, "in %s as it is, in about %s then",
	    human_duration(a, now), human_duration(b, then));
	if (s->dialog.size > s->run.pool.size && then > 0.95 * now)
		page_put(p, c, 50, ROLE_WARN, "! gains under 5%%");
}

static void
page(const struct screen *s, const struct canvas *c, struct page *p)
{
	const struct dialog *d = &s->dialog;
	const char *yes = theme_glyph(c->ascii, GLYPH_ON);
	const char *no = theme_glyph(c->ascii, GLYPH_OFF);
	bool less = d->size < s->run.pool.size;

	page_start(p, "Pool size");
	page_row(p, PAGE_MUST, -1);
	page_put(p, c, 0, ROLE_DIM, "Workers");
	page_put(p, c, 11, ROLE_NORMAL, "now %u, new size ", s->run.pool.size);
	page_put(p, c, -1, ROLE_KEY, "[ %u ]", d->size);
	page_put(p, c, -1, ROLE_DIM, "  0 ... %d", POOL_MAX);
	page_row(p, PAGE_BLANK, -1);
	cores(s, c, p);
	memory(s, c, p);
	finish(s, c, p);
	page_row(p, PAGE_BLANK, -1);
	page_row(p, PAGE_HINT, -1);
	page_put(p, c, 0, less ? ROLE_DIM : ROLE_FAINT, "Shrinking");
	page_put(p, c, 11, less ? ROLE_NORMAL : ROLE_FAINT,
	    "%s workers end their task first", d->requeue ? no : yes);
	page_row(p, PAGE_HINT, -1);
	page_put(p, c, 11, less ? ROLE_NORMAL : ROLE_FAINT,
	    "%s stopped now, tasks back to the queue", d->requeue ? yes : no);
	page_row(p, PAGE_BLANK, -1);
	page_row(p, PAGE_HINT, -1);
	page_put(p, c, 0, ROLE_DIM, "Enter apply   Up Down by 1   c = cores   "
	    "Space shrinking   Esc cancel");
}

static void
type(struct dialog *d, unsigned int digit)
{
	unsigned int size = d->typed ? d->size * 10 + digit : digit;

	if (size <= POOL_MAX)
		d->size = size;
	d->typed = true;
}

static void
apply(struct screen *s, struct mono now)
{
	struct dialog d = s->dialog;
	enum shrink how = d.requeue && d.size < s->run.pool.size ?
	    SHRINK_REQUEUE : SHRINK_DRAIN;

	dialog_close(s);
	if (d.size != screen_target(s) || how != SHRINK_DRAIN)
		screen_resize(s, d.size, how, now);
}

static void
act(struct screen *s, enum action a, int key, struct mono now)
{
	struct dialog *d = &s->dialog;

	switch (a) {
	case ACTION_SIZE_MORE:
		d->size += d->size < POOL_MAX;
		break;
	case ACTION_SIZE_LESS:
		d->size -= d->size > 0;
		break;
	case ACTION_SIZE_DIGIT:
		type(d, (unsigned int)(key - '0'));
		break;
	case ACTION_SIZE_BACK:
		d->size /= 10;
		d->typed = true;
		break;
	case ACTION_SIZE_CORES:
		if (s->run.host.cores_usable > 0)
			d->size = s->run.host.cores_usable < POOL_MAX ?
			    s->run.host.cores_usable : POOL_MAX;
		break;
	case ACTION_SIZE_HOW:
		d->requeue = !d->requeue;
		break;
	case ACTION_SIZE_DO:
		apply(s, now);
		break;
	case ACTION_SIZE_CLOSE:
		dialog_close(s);
		break;
	default:
		break;
	}
}

static const struct dialog_ops ops = { MODE_SIZE, page, act };

void
dialog_size_open(struct screen *s)
{
	dialog_close(s);
	s->dialog.ops = &ops;
	s->dialog.size = screen_target(s);
}
