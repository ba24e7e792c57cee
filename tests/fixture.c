#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "fixture.h"
#include "test.h"

#define MiB(n) ((uint64_t)(n) << 20)

static const double started = 1795464814;	/* 2026-11-24 20:13:34 UTC */

static struct run_worker *
worker(struct run *run, unsigned int slot, pid_t pid, enum worker_state state,
    task_id task, const char *label)
{
	struct run_worker *w;

	run->worker = mem_resize(run->worker, run->nworkers + 1, sizeof *w);
	w = run->worker + run->nworkers++;
	memset(w, 0, sizeof *w);
	w->slot = slot;
	w->pid = pid;
	w->state = state;
	w->task = task;
	w->attempt = task != 0;
	w->progress = w->elapsed = w->cpu = w->term_left = NAN;
	w->rss = SIZE_UNKNOWN;
	snprintf(w->label, sizeof w->label, "%s", label);
	return w;
}

static void
sampled(struct run_worker *w, double progress, double elapsed, double cpu,
    uint64_t rss, uint64_t done, uint64_t failed)
{
	w->progress = progress;
	w->elapsed = elapsed;
	w->cpu = cpu;
	w->rss = rss;
	w->done = done;
	w->failed = failed;
}

static void
recent(struct run *run, double time, struct event ev)
{
	ev.time = time;
	ev.notable = true;
	run->recent[run->nrecent++] = ev;
}

static void
host(struct run *run, unsigned int cores)
{
	struct run_host *h = &run->host;
	static const float busy[] = { 0.987f, 0.991f, 0.974f, 0.998f, 0.99f,
		0.962f, 0.995f, 0.988f };

	snprintf(h->name, sizeof h->name, "vm");
	h->cores_online = h->cores_usable = h->ncores = cores;
	for (unsigned int i = 0; i < cores; i++)
		h->core_busy[i] = busy[i % COUNT(busy)];
	h->busy = 0.981 * cores;
	h->load[0] = 7.92;
	h->load[1] = 6.10;
	h->load[2] = 3.41;
	h->memory_total = MiB(24064);
	h->memory_free = MiB(12000);
	h->memory_available = MiB(17715);
	h->swap_total = MiB(2048);
	h->swap_free = MiB(2000);
}

static void
events(struct run *run)
{
	recent(run, started, (struct event){ .kind = EVENT_START, .to = 4 });
	recent(run, started + 70, (struct event){ .kind = EVENT_RESIZE,
	    .from = 4, .to = 6 });
	recent(run, started + 150, (struct event){ .kind = EVENT_RESIZE,
	    .from = 6, .to = 8 });
	recent(run, started + 237, (struct event){ .kind = EVENT_TASK,
	    .level = EVENT_WARN, .slot = 5, .task = 971, .attempt = 2,
	    .state = TASK_QUEUED, .again = true,
	    .outcome = { CAUSE_EXIT, 137 }, .label = "prime-sieve 9e9",
	    .text = "cannot allocate 8.4G" });
	recent(run, started + 240, (struct event){ .kind = EVENT_TASK,
	    .level = EVENT_ERROR, .slot = 2, .task = 804, .attempt = 3,
	    .state = TASK_FAILED, .outcome = { CAUSE_OUT_OF_MEMORY, 0 },
	    .label = "matmul 4096" });
	recent(run, started + 246, (struct event){ .kind = EVENT_WORKER,
	    .level = EVENT_WARN, .slot = 8, .pid = 41395,
	    .worker = WORKER_TERM });
}

static void
facts(struct run *run)
{
	run->number = 3;
	snprintf(run->name, sizeof run->name, "primes.yaml");
	run->state = RUN_RUNNING;
	run->engine_pid = 41190;
	run->started = started;
	run->elapsed = 252;
	run->viewers = 2;
	run->queue.total = 1700;
	run->queue.total_known = true;
	run->queue.depth = 708;
	run->queue.running = 8;
	run->queue.done = 980;
	run->queue.failed = 3;
	run->queue.cancelled = 1;
	run->queue.retries = 5;
	run->rate.tasks_per_second = 5.07;
	run->rate.cpu_seconds = 1660;
	run->rate.parallel = 7.6;
	run->rate.efficiency = 0.95;
	run->eta = 141;
	run->work_left = 8 * 141;
	run->cpu_left = 7.76 * 141;
}

void
fixture_main(struct run *run)
{
	facts(run);
	host(run, 8);
	sampled(worker(run, 1, 41203, WORKER_RUN, 991, "collatz 1e7+0x1b"),
	    0.42, 1.9, 0.994, MiB(48), 151, 0);
	sampled(worker(run, 2, 41204, WORKER_RUN, 992, "matmul 512 seed=88"),
	    0.77, 2.4, 0.989, MiB(131), 149, 0);
	sampled(worker(run, 3, 41205, WORKER_RUN, 986, "prime-sieve 5e7"),
	    0.93, 4.1, 0.997, MiB(212), 138, 1);
	sampled(worker(run, 4, 41206, WORKER_RUN, 993, "collatz 1e7+0x1c"),
	    0.12, 0.6, 0.978, MiB(48), 154, 0);
	sampled(worker(run, 5, 41388, WORKER_RUN, 990, "mandel tile 14,3"),
	    NAN, 1.2, 0.991, MiB(64), 34, 1);
	sampled(worker(run, 6, 41390, WORKER_RUN, 994, "sha256-chain 4e6"),
	    0.05, 0.2, 0.88, MiB(12), 101, 0);
	sampled(worker(run, 7, 41391, WORKER_DRAIN, 988, "nqueens 13"),
	    0.61, 3.0, 0.995, MiB(9), 76, 1);
	sampled(worker(run, 8, 41395, WORKER_TERM, 989, "matmul 768 seed=2"),
	    0.55, 2.8, 0.972, MiB(262), 72, 0);
	run->worker[7].term_left = 3.1;
	run->worker[4].restarts = 1;
	run->pool.target = run->pool.size = run->pool.busy = 8;
	run->pool.rss = MiB(786);
	run->pool.peak = MiB(262);
	run->pool.cpu = 7.84;
	events(run);
}

void
fixture_many(struct run *run, unsigned int workers, unsigned int cores)
{
	facts(run);
	host(run, cores);
	for (unsigned int i = 1; i <= workers; i++)
		sampled(worker(run, i, (pid_t)(41200 + i), WORKER_RUN,
		    900 + i, "collatz 1e7"), (i * 7 % 100) / 100.0, 1.5,
		    0.97, MiB(20 + i), 10 + i, i % 9 == 0);
	run->pool.target = run->pool.size = run->pool.busy = workers;
	run->pool.rss = MiB(4000);
	run->pool.cpu = 0.95 * cores;
	run->queue.running = workers;
	events(run);
}

void
fixture_small(struct run *run)
{
	facts(run);
	host(run, 2);
	run->host.cores_usable = 1;
	snprintf(run->host.cores_why, sizeof run->host.cores_why,
	    "cgroup cpu.max");
	sampled(worker(run, 1, 812, WORKER_RUN, 7, "日本語の長いファイル名を持つ作業"),
	    0.5, 61, 0.5, MiB(30), 3, 0);
	sampled(worker(run, 2, 813, WORKER_RUN, 8,
	    "\033]2;PWN\a\x9b\xff e\xcc\x81" "clair"), NAN, 3.4, 0.49,
	    MiB(30), 3, 0);
	sampled(worker(run, 3, 814, WORKER_IDLE, 0, ""), NAN, NAN, 0, MiB(2),
	    0, 0);
	worker(run, 4, 0, WORKER_LOST, 0, "");
	run->pool.target = 4;
	run->pool.size = 3;
	run->pool.busy = 2;
	run->pool.idle = 1;
	run->pool.rss = MiB(62);
	run->pool.peak = MiB(31);
	run->pool.cpu = 0.99;
	run->queue.running = 2;
	run->eta = NAN;
	events(run);
}

void
fixture_finished(struct run *run)
{
	fixture_main(run);
	run->state = RUN_FINISHED;
	run->elapsed = 393;
	run->queue.depth = run->queue.running = 0;
	run->queue.done = 1695;
	run->queue.failed = 4;
	run->queue.cancelled = 1;
	run->rate.cpu_seconds = 2592;
	run->rate.tasks_per_second = 0;
	run->rate.parallel = 0;
	run->exit_status = 101;
	run->eta = NAN;
	run->nworkers = 0;
	run->pool.size = run->pool.busy = 0;
	run->pool.rss = 0;
	run->pool.cpu = 0;
	run->host.busy = 0.24;
	for (unsigned int i = 0; i < run->host.ncores; i++)
		run->host.core_busy[i] = 0.03f;
	recent(run, started + 393, (struct event){ .kind = EVENT_END,
	    .elapsed = 393, .exit_status = 101 });
}

void
fixture_empty(struct run *run)
{
	facts(run);
	host(run, 8);
	memset(&run->queue, 0, sizeof run->queue);
	run->queue.total_known = true;
	run->elapsed = 3;
	run->eta = NAN;
	run->rate.tasks_per_second = 0;
	run->rate.parallel = 0;
	for (unsigned int i = 1; i <= 8; i++)
		sampled(worker(run, i, (pid_t)(500 + i), WORKER_IDLE, 0, ""),
		    NAN, NAN, 0, MiB(2), 0, 0);
	run->pool.target = run->pool.size = run->pool.idle = 8;
	run->pool.rss = MiB(16);
	run->pool.cpu = 0;
	run->host.busy = 0.16;
	for (unsigned int i = 0; i < run->host.ncores; i++)
		run->host.core_busy[i] = 0.02f;
}

void
fixture_paused(struct run *run)
{
	fixture_main(run);
	run->state = RUN_PAUSED;
	snprintf(run->why, sizeof run->why, "the disk is full (/var/lib)");
	run->eta = NAN;
	run->pool.target = 4;
}

static uint64_t
below(uint64_t *seed, uint64_t n)
{
	return test_random(seed) % n;
}

/* A number that may also be odd. */
static double
number(uint64_t *seed)
{
	static const double odd[] = { 0, -1, 1, 1e300, -1e300, 5e-324 };
	uint64_t n = below(seed, 12);

	if (n == 0)
		return NAN;
	if (n == 1)
		return INFINITY;
	if (n < 8)
		return odd[n - 2];
	return (double)below(seed, 1000000) / 1000;
}

static void
text(char *out, size_t size, uint64_t *seed)
{
	size_t len = below(seed, 3) == 0 ? below(seed, size) :
	    below(seed, size < 20 ? size : 20);

	for (size_t i = 0; i < len; i++)
		out[i] = (char)(1 + below(seed, 255));
	out[len] = '\0';
}

static void
random_workers(struct run *run, uint64_t *seed)
{
	unsigned int n = (unsigned int)(below(seed, 4) == 0 ? below(seed, 257) :
	    below(seed, 12)), slot = 0;

	for (unsigned int i = 0; i < n; i++) {
		char label[RUN_LABEL_MAX];
		struct run_worker *w;

		slot += 1 + (unsigned int)below(seed, 3);
		text(label, sizeof label, seed);
		w = worker(run, slot, (pid_t)below(seed, 4) * 11,
		    (enum worker_state)below(seed, WORKER_NSTATES),
		    below(seed, 3), label);
		w->job = (unsigned int)below(seed, 3);
		sampled(w, number(seed), number(seed), number(seed),
		    test_random(seed) >> below(seed, 64), below(seed, 1000),
		    test_random(seed));
		w->term_left = number(seed);
	}
}

static void
random_events(struct run *run, uint64_t *seed)
{
	run->nrecent = (unsigned int)below(seed, RUN_RECENT_MAX + 1);
	for (unsigned int i = 0; i < run->nrecent; i++) {
		struct event *ev = &run->recent[i];

		ev->kind = (enum event_kind)below(seed, NEVENTS);
		ev->level = (enum event_level)below(seed, 3);
		ev->time = number(seed);
		ev->state = (enum task_state)below(seed, TASK_NSTATES);
		ev->worker = (enum worker_state)below(seed, WORKER_NSTATES);
		ev->run = (enum run_state)below(seed, RUN_NSTATES);
		ev->outcome.cause = (enum cause)below(seed, NCAUSES);
		ev->outcome.code = (int)below(seed, 300);
		ev->task = test_random(seed);
		ev->slot = (unsigned int)below(seed, 3);
		ev->again = below(seed, 2) == 0;
		text(ev->text, sizeof ev->text, seed);
		text(ev->label, sizeof ev->label, seed);
	}
}

void
fixture_random(struct run *run, uint64_t *seed)
{
	run_clear(run);
	text(run->name, sizeof run->name, seed);
	text(run->why, sizeof run->why, seed);
	if (below(seed, 2) == 0)
		run->why[0] = '\0';
	run->state = (enum run_state)below(seed, RUN_NSTATES);
	run->engine_pid = (pid_t)below(seed, 3);
	run->viewers = (unsigned int)below(seed, 3);
	run->started = number(seed);
	run->elapsed = number(seed);
	text(run->host.name, sizeof run->host.name, seed);
	run->host.ncores = (unsigned int)below(seed, below(seed, 4) == 0 ?
	    RUN_CORES_MAX + 1 : 20);
	run->host.cores_online = (unsigned int)below(seed, 9);
	run->host.cores_usable = (unsigned int)below(seed, 9);
	run->host.busy = number(seed);
	for (unsigned int i = 0; i < run->host.ncores; i++)
		run->host.core_busy[i] = (float)number(seed);
	run->host.memory_total = test_random(seed) >> below(seed, 64);
	run->host.memory_available = test_random(seed) >> below(seed, 64);
	run->pool.target = (unsigned int)below(seed, POOL_MAX + 1);
	run->pool.size = (unsigned int)below(seed, POOL_MAX + 1);
	run->pool.busy = (unsigned int)below(seed, POOL_MAX + 1);
	run->pool.rss = test_random(seed) >> below(seed, 64);
	run->pool.cpu = number(seed);
	run->queue.total = test_random(seed) >> below(seed, 65) % 64;
	run->queue.depth = test_random(seed) >> below(seed, 64);
	run->queue.done = test_random(seed) >> below(seed, 64);
	run->queue.failed = below(seed, 5);
	run->queue.cancelled = below(seed, 5);
	run->queue.retries = below(seed, 5);
	run->queue.running = below(seed, 300);
	run->queue.total_known = below(seed, 2) == 0;
	if (below(seed, 8) == 0)
		run->queue.total = 0;
	run->rate.tasks_per_second = number(seed);
	run->rate.cpu_seconds = number(seed);
	run->rate.parallel = number(seed);
	run->eta = number(seed);
	run->exit_status = (int)below(seed, 102) - 1;
	run->njobs = (unsigned int)below(seed, 3);
	run->job = mem_array(run->njobs, sizeof *run->job);
	for (unsigned int i = 0; i < run->njobs; i++)
		text(run->job[i].name, sizeof run->job[i].name, seed);
	random_workers(run, seed);
	random_events(run, seed);
}

/* ---- records ---------------------------------------------------------------- */

static unsigned int
size_at(double at)
{
	return at < 70 ? 4 : at < 150 ? 6 : 8;
}

static void
moments(struct history *h)
{
	uint64_t seed = 5;
	double depth = 1696;

	for (double at = 1; at <= 252; at++) {
		double rate = size_at(at) * 0.64 + (double)below(&seed, 3) - 1;

		depth -= at < 252 ? 3.935 : depth - 708;
		history_add(h, &(struct moment){ .at = at, .depth = depth,
		    .ended = rate, .parallel = at < 3 ? NAN : size_at(at) -
		    0.4 + (double)below(&seed, 3) / 10,
		    .workers = size_at(at) });
	}
	history_mark(h, &(struct resize_mark){ 70, 4, 6 });
	history_mark(h, &(struct resize_mark){ 150, 6, 8 });
}

/* Tasks of 1 to 6 seconds with a gap now and then, and a burst of short ones;
   one in w2 failed. */
static void
busy(struct stream *st, unsigned int slot, double from, double to)
{
	uint64_t seed = slot;
	task_id task = slot;

	for (double at = from; at < to - 6; task += 8) {
		bool shorts = slot == 3 && at > 200 && at < 220;
		double time = shorts ? 0.2 : 1 + (double)below(&seed, 51) / 10;
		struct span s = { .from = at, .to = at + time, .task = task,
		    .tasks = 1, .worst = slot == 2 && at > 235 ? TASK_FAILED :
		    slot == 5 && at > 230 && at < 236 ? TASK_QUEUED :
		    TASK_DONE };

		stream_add(st, slot, &s);
		at += time + (below(&seed, 8) == 0 ? 7 : 0);
	}
}

void
fixture_record(struct record *r)
{
	moments(&r->history);
	for (unsigned int slot = 1; slot <= 8; slot++)
		busy(&r->stream, slot, slot <= 4 ? 0 : slot <= 6 ? 70 : 150,
		    252);
}

void
fixture_random_record(struct record *r, uint64_t *seed)
{
	static const enum task_state states[] = { TASK_DONE, TASK_FAILED,
		TASK_QUEUED, TASK_CANCELLED };

	for (uint64_t n = below(seed, 40); n > 0; n--) {
		struct moment m = { number(seed), number(seed), number(seed),
			number(seed), number(seed) };

		if (below(seed, 2) == 0)
			m.at = (double)(r->history.level[0].n + n) * 2;
		if (below(seed, 8) == 0)
			history_push(&r->history, below(seed, HISTORY_LEVELS),
			    &m);
		else
			history_add(&r->history, &m);
	}
	for (uint64_t n = below(seed, 40); n > 0; n--)
		stream_put(&r->stream, 1 + (unsigned int)below(seed,
		    below(seed, 9) == 0 ? POOL_MAX : 9), &(struct span){
		    number(seed), number(seed), n, (uint32_t)below(seed, 3),
		    states[below(seed, COUNT(states))] });
	history_mark(&r->history, &(struct resize_mark){ number(seed),
	    (unsigned int)below(seed, POOL_MAX + 1),
	    (unsigned int)below(seed, POOL_MAX + 1) });
}
