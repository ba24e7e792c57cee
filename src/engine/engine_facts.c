#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bsd/string.h>

#include "base/human.h"
#include "base/mem.h"
#include "base/text.h"
#include "engine/engine_impl.h"

/* Nothing runs, and nothing may start before results were printed. */
static bool
waits_for_print(const struct engine *e)
{
	task_id awaited = output_lowest(e->output);

	return queue_depth(e->queue) > 0 && output_full(e->output) &&
	    pool_count(&e->pool).held == 0 &&
	    !(output_awaits(e->output, awaited) &&
	    queue_has(e->queue, awaited));
}

enum run_state
engine_state(const struct engine *e)
{
	if (e->ended)
		return RUN_FINISHED;
	if (e->stopping)
		return RUN_STOPPING;
	if (e->draining || e->over)
		return RUN_DRAINING;
	if (e->paused)
		return RUN_PAUSED;
	if (waits_for_print(e))
		return RUN_WAITING;
	return e->ready || e->pool.target == 0 ? RUN_RUNNING : RUN_STARTING;
}

void
engine_why(const struct engine *e, enum run_state state,
    char why[RUN_LABEL_MAX])
{
	char size[HUMAN_MAX];

	why[0] = '\0';
	if (state == RUN_PAUSED)
		strlcpy(why, "paused by request", RUN_LABEL_MAX);
	else if (state == RUN_WAITING)
		snprintf(why, RUN_LABEL_MAX, "%s of results wait to be"
		    " printed", human_size(size, output_kept(e->output)));
	else if (state == RUN_RUNNING && e->pool.target == 0 &&
	    queue_depth(e->queue) > 0)
		strlcpy(why, "the pool has no workers", RUN_LABEL_MAX);
	else if (state == RUN_FINISHED && output_unprinted(e->output) &&
	    !control_printer(e->control))
		strlcpy(why, "results wait to be printed", RUN_LABEL_MAX);
}

void
engine_label(const struct engine *e, unsigned int job, task_id task,
    char label[RUN_LABEL_MAX])
{
	struct item item;
	struct err err;
	char *text;

	label[0] = '\0';
	if (items_get(e->setup->jobs->job[job].items,
	    task - e->run.job[job].first, &item, &err) == -1)
		return;
	text = item_joined(&item);
	text_harmless(label, RUN_LABEL_MAX, text, strlen(text));
	free(text);
	item_clear(&item);
}

/* The item of the task that a slot executes; read once a task. */
static const char *
label(struct engine *e, const struct slot *s, const struct held *h)
{
	if (e->labelled[s->number] != h->task)
		engine_label(e, h->job, h->task, e->label[s->number]);
	e->labelled[s->number] = h->task;
	return e->label[s->number];
}

static void
set_worker(struct engine *e, struct run_worker *w, const struct slot *s)
{
	const struct held *h = TAILQ_FIRST(&s->held);
	struct mono now = mono_now();

	*w = (struct run_worker){ .slot = s->number, .pid = s->pid,
	    .state = s->state, .progress = NAN, .elapsed = NAN,
	    .term_left = NAN, .done = s->done, .failed = s->failed,
	    .restarts = s->restarts };
	sampler_worker(e->sampler, s->number, &w->cpu, &w->rss);
	if (s->state == WORKER_TERM && s->kill_at.ns != 0)
		w->term_left = fmax(0, mono_diff(s->kill_at, now));
	if (h == NULL)
		return;
	w->task = h->task;
	w->attempt = h->attempt;
	w->job = h->job;
	w->progress = s->progress;
	w->elapsed = mono_diff(now, s->began);
	strlcpy(w->label, label(e, s, h), sizeof w->label);
}

static void
set_workers(struct engine *e)
{
	struct pool_count c = pool_count(&e->pool);

	e->run.worker = mem_resize(e->run.worker, c.used,
	    sizeof *e->run.worker);
	e->run.nworkers = 0;
	for (unsigned int i = 1; i <= POOL_MAX; i++) {
		const struct slot *s = pool_slot(&e->pool, i);

		if (s != NULL)
			set_worker(e, &e->run.worker[e->run.nworkers++], s);
	}
	e->run.pool.target = e->pool.target;
	e->run.pool.size = c.size;
	e->run.pool.busy = c.busy;
	e->run.pool.idle = c.idle;
}

/*
 * Seconds that all tasks not ended will take, by what their like took: of
 * their workers' time, and of CPU time.  NAN when none ended yet.
 */
static struct job_stats
work_left(const struct engine *e)
{
	struct job_stats all = { 0 }, left = { 0 };

	for (unsigned int i = 0; i < e->run.njobs; i++) {
		all.wall += e->stats[i].wall;
		all.cpu += e->stats[i].cpu;
		all.ended += e->stats[i].ended;
	}
	for (unsigned int i = 0; i < e->run.njobs; i++) {
		const struct run_job *j = &e->run.job[i];
		const struct job_stats *like = e->stats[i].ended > 0 ?
		    &e->stats[i] : &all;
		double n = (double)(j->total - j->done - j->failed -
		    j->cancelled);

		if (n == 0)
			continue;
		left.wall += n * like->wall / (double)like->ended;
		left.cpu += n * like->cpu / (double)like->ended;
	}
	return left;
}

static void
set_eta(struct engine *e)
{
	const struct run *r = &e->run;
	const struct job_stats work = work_left(e);
	uint64_t left = r->queue.depth + r->queue.running;
	unsigned int workers = r->pool.busy > 0 ? r->pool.busy :
	    r->pool.target;

	if (workers > left)
		workers = (unsigned int)left;
	e->run.eta = NAN;
	e->run.work_left = work.wall;
	e->run.cpu_left = work.cpu;
	if (r->state == RUN_RUNNING || r->state == RUN_STARTING)
		e->run.eta = sampler_eta(&(struct eta_facts){ .left = left,
		    .work = work.wall, .cpu = work.cpu,
		    .cores = r->host.cores_usable, .elapsed = r->elapsed,
		    .ended = r->queue.done + r->queue.failed,
		    .workers = workers });
}

void
engine_facts(struct engine *e)
{
	if (!e->ended)
		e->run.elapsed = mono_since(e->started);
	e->run.bound = e->bound;
	e->run.viewers = control_viewers(e->control);
	e->run.unprinted = output_kept(e->output);
	set_workers(e);
	engine_why(e, e->run.state, e->run.why);
	set_eta(e);
}

void
engine_moment(struct engine *e)
{
	const struct history *h = &e->record.history;
	size_t n = h->level[0].n;
	uint64_t ended = e->run.queue.done + e->run.queue.failed;
	struct moment m = { .at = mono_since(e->started),
	    .depth = (double)e->run.queue.depth,
	    .parallel = e->run.pool.cpu, .workers = pool_count(&e->pool).size };
	double span = m.at - (n > 0 ? history_at(h, 0, n - 1)->at : 0);

	/* a retried task is taken out of failed: never below nothing */
	if (span > 0 && ended > e->ended_before)
		m.ended = (double)(ended - e->ended_before) / span;
	e->ended_before = ended;
	if (!e->ended)
		history_add(&e->record.history, &m);
}
