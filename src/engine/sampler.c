#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/mono.h"
#include "engine/sampler.h"
#include "host/host.h"
#include "host/usage.h"

enum { WINDOW = 10 };		/* samples that rates are taken over */

/* A worker's process as it was when last looked at. */
struct watched {
	pid_t		pid;		/* 0: none */
	struct usage	usage;
	double		cpu_seconds;	/* so far; NAN: not looked at yet */
	double		cpu;		/* cores used since the sample before */
	uint64_t	rss;
};

/* What had been reached at one moment. */
struct mark {
	struct mono	at;
	uint64_t	ended;
	double		cpu_seconds;
};

struct sampler {
	struct host	*host;
	struct watched	 worker[POOL_MAX + 1];	/* by slot */
	double		 cpu_seconds;	/* of all workers, as far as seen */
	uint64_t	 peak;		/* RSS of one worker; 0: not seen yet */
	struct mark	 mark[WINDOW + 1];	/* the newest first */
	unsigned int	 nmarks;
};

static void
unwatch(struct watched *w)
{
	usage_close(&w->usage);
	*w = (struct watched){ .usage = USAGE_CLOSED, .cpu_seconds = NAN,
	    .cpu = NAN, .rss = SIZE_UNKNOWN };
}

struct sampler *
sampler_new(struct run_host *host, struct err *err)
{
	struct sampler *sm = mem_alloc(sizeof *sm);

	for (unsigned int i = 0; i <= POOL_MAX; i++) {
		sm->worker[i].usage = (struct usage)USAGE_CLOSED;
		unwatch(&sm->worker[i]);
	}
	if ((sm->host = host_open("", err)) == NULL) {
		free(sm);
		return NULL;
	}
	host_sample(sm->host, host);
	return sm;
}

void
sampler_free(struct sampler *sm)
{
	if (sm == NULL)
		return;
	for (unsigned int i = 0; i <= POOL_MAX; i++)
		usage_close(&sm->worker[i].usage);
	host_close(sm->host);
	free(sm);
}

void
sampler_process(struct sampler *sm, unsigned int slot, pid_t pid)
{
	struct watched *w = &sm->worker[slot];

	if (w->pid == pid)
		return;
	unwatch(w);
	w->pid = pid;
	if (pid != 0)
		usage_open(&w->usage, pid);
}

void
sampler_peak(struct sampler *sm, uint64_t rss)
{
	if (rss > sm->peak)
		sm->peak = rss;
}

/* CPU seconds it used since the last look. */
static double
look(struct watched *w, double wall)
{
	double before = isnan(w->cpu_seconds) ? 0 : w->cpu_seconds, now;

	if (w->usage.statm == -1 ||
	    usage_read(&w->usage, &now, &w->rss) == -1) {
		w->cpu = NAN;
		w->rss = SIZE_UNKNOWN;
		return 0;
	}
	w->cpu = !isnan(w->cpu_seconds) && wall > 0 ? (now - before) / wall :
	    NAN;
	w->cpu_seconds = now;
	return now - before;
}

static void
look_at_workers(struct sampler *sm, double wall, struct run *run)
{
	double used = 0;

	run->pool.rss = 0;
	for (unsigned int i = 1; i <= POOL_MAX; i++) {
		struct watched *w = &sm->worker[i];

		used += look(w, wall);
		if (w->rss == SIZE_UNKNOWN)
			continue;
		run->pool.rss += w->rss;
		sampler_peak(sm, w->rss);
	}
	run->pool.peak = sm->peak > 0 ? sm->peak : SIZE_UNKNOWN;
	sm->cpu_seconds += used;
	run->pool.cpu = wall > 0 ? used / wall : NAN;
}

static void
push_mark(struct sampler *sm, const struct run *run)
{
	for (unsigned int i = WINDOW; i > 0; i--)
		sm->mark[i] = sm->mark[i - 1];
	sm->mark[0] = (struct mark){ .at = mono_now(),
	    .ended = run->queue.done + run->queue.failed,
	    .cpu_seconds = sm->cpu_seconds };
	if (sm->nmarks <= WINDOW)
		sm->nmarks++;
}

static void
set_rates(const struct sampler *sm, struct run *run)
{
	const struct mark *now = &sm->mark[0];
	const struct mark *then = &sm->mark[sm->nmarks - 1];
	double wall = mono_diff(now->at, then->at);

	if (!(wall > 0))
		return;
	/* a retried task is taken out of failed: never below nothing */
	run->rate.tasks_per_second = now->ended > then->ended ?
	    (double)(now->ended - then->ended) / wall : 0;
	run->rate.parallel = (now->cpu_seconds - then->cpu_seconds) / wall;
	run->rate.efficiency = run->pool.size > 0 ?
	    run->rate.parallel / run->pool.size : NAN;
}

void
sampler_take(struct sampler *sm, struct run *run)
{
	double wall = sm->nmarks > 0 ? mono_since(sm->mark[0].at) : NAN;

	host_sample(sm->host, &run->host);
	look_at_workers(sm, wall, run);
	push_mark(sm, run);
	set_rates(sm, run);
}

void
sampler_worker(const struct sampler *sm, unsigned int slot, double *cpu,
    uint64_t *rss)
{
	*cpu = sm->worker[slot].cpu;
	*rss = sm->worker[slot].rss;
}

double
sampler_eta(const struct eta_facts *f)
{
	static const double patience = 10;	/* seconds */

	if (f->left == 0)
		return 0;
	if (isnan(f->work) || f->workers == 0 || f->ended == 0 ||
	    (f->ended < 2 * (uint64_t)f->workers && f->elapsed < patience))
		return NAN;
	return fmax(f->work / f->workers,
	    f->cores > 0 ? f->cpu / f->cores : 0);
}
