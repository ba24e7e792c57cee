#include <limits.h>
#include <math.h>
#include <signal.h>

#include "base/mem.h"
#include "base/text.h"
#include "wire/control_msg.h"
#include "test.h"

/* ---- random facts -------------------------------------------------------- */

static unsigned int
upto(uint64_t *seed, unsigned int n)
{
	return (unsigned int)(test_random(seed) % n);
}

static double
some_double(uint64_t *seed)
{
	switch (upto(seed, 5)) {
	case 0:
		return NAN;
	case 1:
		return 0;
	default:
		return (double)upto(seed, 1000000) / 64;
	}
}

static uint64_t
some_size(uint64_t *seed)
{
	return upto(seed, 4) == 0 ? SIZE_UNKNOWN : test_random(seed) >> 2;
}

/* As it is in a run: harmless, sometimes cut. */
static void
some_text(uint64_t *seed, char *out, size_t size)
{
	char raw[300];
	size_t len = upto(seed, sizeof raw);

	for (size_t i = 0; i < len; i++)
		raw[i] = upto(seed, 3) ? (char)('a' + upto(seed, 26)) :
		    (char)test_random(seed);
	text_harmless(out, size, raw, len);
}
#define SOME_TEXT(seed, field) some_text(seed, field, sizeof (field))

static struct event
some_event(uint64_t *seed)
{
	struct event ev = { .kind = (enum event_kind)upto(seed, NEVENTS),
	    .level = (enum event_level)upto(seed, EVENT_ERROR + 1),
	    .notable = upto(seed, 2), .time = some_double(seed) };

	SOME_TEXT(seed, ev.text);
	if (ev.kind == EVENT_WORKER || ev.kind == EVENT_TASK) {
		ev.slot = upto(seed, POOL_MAX + 1);
		ev.pid = (pid_t)upto(seed, INT_MAX);
	}
	if (ev.kind == EVENT_WORKER) {
		ev.worker = (enum worker_state)upto(seed, WORKER_NSTATES);
		ev.gone = upto(seed, 2);
	} else if (ev.kind == EVENT_TASK) {
		ev.task = test_random(seed) >> 1;
		ev.job = upto(seed, JOBS_MAX);
		ev.attempt = upto(seed, 100);
		ev.state = (enum task_state)upto(seed, TASK_NSTATES);
		ev.outcome.cause = (enum cause)upto(seed, NCAUSES);
		ev.outcome.code = (int)upto(seed, 300) - 20;
		ev.again = upto(seed, 2);
		ev.first = upto(seed, 2);
		ev.elapsed = some_double(seed);
		ev.cpu = some_double(seed);
		SOME_TEXT(seed, ev.label);
	} else if (ev.kind == EVENT_START || ev.kind == EVENT_RESIZE) {
		ev.from = upto(seed, POOL_MAX + 1);
		ev.to = upto(seed, POOL_MAX + 1);
	} else if (ev.kind == EVENT_STATE)
		ev.run = (enum run_state)upto(seed, RUN_NSTATES);
	else if (ev.kind == EVENT_END) {
		ev.exit_status = (int)upto(seed, 256);
		ev.elapsed = some_double(seed);
	}
	return ev;
}

static struct run_worker
some_worker(uint64_t *seed, unsigned int slot, unsigned int njobs)
{
	struct run_worker w = { .slot = slot, .pid = (pid_t)upto(seed, 9999),
	    .state = (enum worker_state)upto(seed, WORKER_NSTATES),
	    .progress = some_double(seed), .elapsed = some_double(seed),
	    .cpu = some_double(seed), .rss = some_size(seed),
	    .term_left = some_double(seed), .done = test_random(seed) >> 1,
	    .failed = upto(seed, 9), .restarts = upto(seed, 9) };

	if (njobs > 0 && upto(seed, 3)) {
		w.task = 1 + upto(seed, 100000);
		w.attempt = 1 + upto(seed, 5);
		w.job = upto(seed, njobs);
		SOME_TEXT(seed, w.label);
	}
	return w;
}

static void
some_host(uint64_t *seed, struct run_host *h)
{
	SOME_TEXT(seed, h->name);
	SOME_TEXT(seed, h->cores_why);
	h->cores_online = upto(seed, 1025);
	h->cores_usable = upto(seed, 1025);
	for (int i = 0; i < 3; i++)
		h->load[i] = some_double(seed);
	h->memory_total = some_size(seed);
	h->memory_free = some_size(seed);
	h->memory_available = some_size(seed);
	h->swap_total = some_size(seed);
	h->swap_free = some_size(seed);
	h->busy = some_double(seed);
	h->ncores = upto(seed, 4) ? upto(seed, 9) : RUN_CORES_MAX;
	for (unsigned int i = 0; i < h->ncores; i++)
		h->core_busy[i] = upto(seed, 5) ? (float)upto(seed, 65) / 64 :
		    NAN;
}

static void
some_lists(uint64_t *seed, struct run *run)
{
	run->njobs = upto(seed, 6);
	run->job = mem_array(run->njobs + 1, sizeof *run->job);
	for (unsigned int i = 0; i < run->njobs; i++) {
		struct run_job *j = &run->job[i];

		snprintf(j->name, sizeof j->name, "job%u", i);
		SOME_TEXT(seed, j->kernel);
		j->reduce = (enum reduce)upto(seed, NREDUCES);
		j->first = 1 + i * 1000ull;
		j->total = 1000;
		j->done = upto(seed, 1000);
		j->failed = upto(seed, 1000);
		j->cancelled = upto(seed, 1000);
	}
	run->nworkers = upto(seed, 6) ? upto(seed, 9) : POOL_MAX;
	run->worker = mem_array(run->nworkers + 1, sizeof *run->worker);
	for (unsigned int i = 0; i < run->nworkers; i++)
		run->worker[i] = some_worker(seed, i + 1, run->njobs);
	run->nrecent = upto(seed, 3) ? upto(seed, 4) : RUN_RECENT_MAX;
	for (unsigned int i = 0; i < run->nrecent; i++)
		run->recent[i] = some_event(seed);
}

static void
some_run(uint64_t *seed, struct run *run)
{
	run_init(run);
	run->number = upto(seed, 99999);
	SOME_TEXT(seed, run->name);
	run->state = (enum run_state)upto(seed, RUN_NSTATES);
	SOME_TEXT(seed, run->why);
	run->engine_pid = (pid_t)upto(seed, INT_MAX);
	run->started = 1764000000.25;
	run->elapsed = some_double(seed);
	run->bound = upto(seed, 2);
	run->viewers = upto(seed, 5);
	some_host(seed, &run->host);
	run->pool.target = upto(seed, POOL_MAX + 1);
	run->pool.size = upto(seed, POOL_MAX + 1);
	run->pool.busy = upto(seed, POOL_MAX + 1);
	run->pool.idle = upto(seed, POOL_MAX + 1);
	run->pool.rss = some_size(seed);
	run->pool.cpu = some_double(seed);
	run->queue.depth = test_random(seed) >> 1;
	run->queue.total = test_random(seed) >> 1;
	run->queue.running = upto(seed, 99);
	run->queue.done = test_random(seed) >> 1;
	run->queue.failed = upto(seed, 99);
	run->queue.cancelled = upto(seed, 99);
	run->queue.retries = upto(seed, 99);
	run->queue.total_known = upto(seed, 2);
	run->rate.tasks_per_second = some_double(seed);
	run->rate.cpu_seconds = some_double(seed);
	run->rate.parallel = some_double(seed);
	run->rate.efficiency = some_double(seed);
	run->eta = some_double(seed);
	run->unprinted = some_size(seed);
	run->exit_status = (int)upto(seed, 257) - 1;
	some_lists(seed, run);
}

/* ---- equal? -------------------------------------------------------------- */

static void
same_double(double a, double b)
{
	assert_true(isnan(a) ? isnan(b) : a == b);
}

static void
same_event(const struct event *a, const struct event *b)
{
	assert_int_equal(a->kind, b->kind);
	assert_int_equal(a->level, b->level);
	assert_int_equal(a->notable, b->notable);
	same_double(a->time, b->time);
	assert_int_equal(a->slot, b->slot);
	assert_int_equal(a->pid, b->pid);
	assert_int_equal(a->worker, b->worker);
	assert_int_equal(a->gone, b->gone);
	assert_true(a->task == b->task);
	assert_int_equal(a->job, b->job);
	assert_int_equal(a->attempt, b->attempt);
	assert_int_equal(a->state, b->state);
	assert_int_equal(a->outcome.cause, b->outcome.cause);
	assert_int_equal(a->outcome.code, b->outcome.code);
	assert_int_equal(a->again, b->again);
	assert_int_equal(a->first, b->first);
	same_double(a->elapsed, b->elapsed);
	same_double(a->cpu, b->cpu);
	assert_int_equal(a->from, b->from);
	assert_int_equal(a->to, b->to);
	assert_int_equal(a->run, b->run);
	assert_int_equal(a->exit_status, b->exit_status);
	assert_string_equal(a->label, b->label);
	assert_string_equal(a->text, b->text);
}

static void
same_worker(const struct run_worker *a, const struct run_worker *b)
{
	assert_int_equal(a->slot, b->slot);
	assert_int_equal(a->pid, b->pid);
	assert_int_equal(a->state, b->state);
	assert_true(a->task == b->task);
	assert_int_equal(a->attempt, b->attempt);
	assert_int_equal(a->job, b->job);
	assert_string_equal(a->label, b->label);
	same_double(a->progress, b->progress);
	same_double(a->elapsed, b->elapsed);
	same_double(a->cpu, b->cpu);
	assert_true(a->rss == b->rss);
	same_double(a->term_left, b->term_left);
	assert_true(a->done == b->done);
	assert_true(a->failed == b->failed);
	assert_int_equal(a->restarts, b->restarts);
}

static void
same_host(const struct run_host *a, const struct run_host *b)
{
	assert_string_equal(a->name, b->name);
	assert_string_equal(a->cores_why, b->cores_why);
	assert_int_equal(a->cores_online, b->cores_online);
	assert_int_equal(a->cores_usable, b->cores_usable);
	for (int i = 0; i < 3; i++)
		same_double(a->load[i], b->load[i]);
	assert_true(a->memory_total == b->memory_total);
	assert_true(a->memory_free == b->memory_free);
	assert_true(a->memory_available == b->memory_available);
	assert_true(a->swap_total == b->swap_total);
	assert_true(a->swap_free == b->swap_free);
	same_double(a->busy, b->busy);
	assert_int_equal(a->ncores, b->ncores);
	for (unsigned int i = 0; i < a->ncores; i++)
		same_double(a->core_busy[i], b->core_busy[i]);
}

static void
same_counts(const struct run *a, const struct run *b)
{
	assert_int_equal(a->pool.target, b->pool.target);
	assert_int_equal(a->pool.size, b->pool.size);
	assert_int_equal(a->pool.busy, b->pool.busy);
	assert_int_equal(a->pool.idle, b->pool.idle);
	assert_true(a->pool.rss == b->pool.rss);
	same_double(a->pool.cpu, b->pool.cpu);
	assert_true(a->queue.depth == b->queue.depth);
	assert_true(a->queue.total == b->queue.total);
	assert_true(a->queue.running == b->queue.running);
	assert_true(a->queue.done == b->queue.done);
	assert_true(a->queue.failed == b->queue.failed);
	assert_true(a->queue.cancelled == b->queue.cancelled);
	assert_true(a->queue.retries == b->queue.retries);
	assert_int_equal(a->queue.total_known, b->queue.total_known);
	same_double(a->rate.tasks_per_second, b->rate.tasks_per_second);
	same_double(a->rate.cpu_seconds, b->rate.cpu_seconds);
	same_double(a->rate.parallel, b->rate.parallel);
	same_double(a->rate.efficiency, b->rate.efficiency);
}

static void
same_run(const struct run *a, const struct run *b)
{
	assert_int_equal(a->number, b->number);
	assert_string_equal(a->name, b->name);
	assert_int_equal(a->state, b->state);
	assert_string_equal(a->why, b->why);
	assert_int_equal(a->engine_pid, b->engine_pid);
	same_double(a->started, b->started);
	same_double(a->elapsed, b->elapsed);
	assert_int_equal(a->bound, b->bound);
	assert_int_equal(a->viewers, b->viewers);
	same_host(&a->host, &b->host);
	same_counts(a, b);
	same_double(a->eta, b->eta);
	assert_true(a->unprinted == b->unprinted);
	assert_int_equal(a->exit_status, b->exit_status);
	assert_int_equal(a->njobs, b->njobs);
	for (unsigned int i = 0; i < a->njobs; i++)
		assert_memory_equal(&a->job[i], &b->job[i], sizeof *a->job);
	assert_int_equal(a->nworkers, b->nworkers);
	for (unsigned int i = 0; i < a->nworkers; i++)
		same_worker(&a->worker[i], &b->worker[i]);
	assert_int_equal(a->nrecent, b->nrecent);
	for (unsigned int i = 0; i < a->nrecent; i++)
		same_event(&a->recent[i], &b->recent[i]);
}

/* ---- there and back ------------------------------------------------------ */

/* Over the wire: a line of text, and read again. */
static json_t *
sent(json_t *j)
{
	struct err err;
	size_t len;
	char *line = control_line(j, &len);
	json_t *back;

	assert_true(len > 2 && len <= CONTROL_LINE_MAX);
	assert_int_equal(line[len - 1], '\n');
	assert_null(memchr(line, '\n', len - 1));
	assert_non_null(back = control_parse(line, len, &err));
	free(line);
	json_decref(j);
	return back;
}

static void
a_run_is_seen_by_a_front_end_as_the_engine_has_it(void **state)
{
	struct run a, b;
	uint64_t seed = 1;
	struct err err;

	run_init(&b);			/* one viewer sees them all in turn */
	for (int i = 0; i < 300; i++) {
		json_t *j;

		some_run(&seed, &a);
		j = sent(control_state(&a));
		assert_int_equal(control_state_get(j, &b, &err), 0);
		same_run(&a, &b);
		json_decref(j);
		run_clear(&a);
	}
	run_clear(&b);
}

static void
events_come_as_they_happened(void **state)
{
	uint64_t seed = 2;
	struct err err;

	for (int i = 0; i < 5000; i++) {
		struct event a = some_event(&seed), b;
		json_t *j = sent(control_event(&a));

		assert_int_equal(control_event_get(j, &b, &err), 0);
		same_event(&a, &b);
		json_decref(j);
	}
}

static struct request
some_request(uint64_t *seed)
{
	struct request r = { .op = (enum op)upto(seed, NOPS),
	    .size = upto(seed, POOL_MAX + 1),
	    .shrink = (enum shrink)upto(seed, NSHRINKS),
	    .replace = upto(seed, 2), .kill = upto(seed, 2),
	    .fail = upto(seed, 2), .shed = upto(seed, 2),
	    .now = upto(seed, 2), .once = upto(seed, 2),
	    .events = upto(seed, 2), .print = upto(seed, 2),
	    .signal = 1 + (int)upto(seed, NSIG - 1),
	    .ack = test_random(seed) >> 1 };

	r.nworkers = upto(seed, 3) ? upto(seed, 4) : POOL_MAX;
	for (size_t i = 0; i < r.nworkers; i++)
		r.worker[i] = (struct worker_ref){ 1 + upto(seed, POOL_MAX),
		    (pid_t)upto(seed, INT_MAX), test_random(seed) >> 1 };
	r.ntasks = upto(seed, 3) ? upto(seed, 4) : REQUEST_IDS_MAX;
	for (size_t i = 0; i < r.ntasks; i++)
		r.task[i] = 1 + (test_random(seed) >> 2);
	return r;
}

static void
requests_come_as_they_were_asked(void **state)
{
	uint64_t seed = 3;
	struct err err;

	for (int i = 0; i < 1000; i++) {
		struct request a = some_request(&seed), b;
		json_t *j = sent(control_request(&a));

		assert_int_equal(control_request_get(j, &b, &err), 0);
		assert_true(a.op == b.op && a.size == b.size &&
		    a.shrink == b.shrink && a.signal == b.signal &&
		    a.ack == b.ack);
		assert_true(a.replace == b.replace && a.kill == b.kill &&
		    a.fail == b.fail && a.shed == b.shed && a.now == b.now &&
		    a.once == b.once && a.events == b.events &&
		    a.print == b.print);
		assert_true(a.nworkers == b.nworkers && a.ntasks == b.ntasks);
		for (size_t k = 0; k < a.nworkers; k++)
			assert_true(a.worker[k].slot == b.worker[k].slot &&
			    a.worker[k].pid == b.worker[k].pid &&
			    a.worker[k].task == b.worker[k].task);
		assert_memory_equal(a.task, b.task,
		    a.ntasks * sizeof *a.task);
		json_decref(j);
	}
}

static void
a_result_comes_byte_for_byte(void **state)
{
	static const char *const texts[] = { "", "168", "a\nb\tc", "é日本\"\\",
		"\x01\x1b[31m", "a\0b" };
	struct result_msg in = { .job = "primes" }, out;
	struct err err;

	for (size_t i = 0; i < COUNT(texts); i++) {
		json_t *j;

		in.serial = i + 1;
		in.task = i;
		in.text = texts[i];
		in.len = i + 1 < COUNT(texts) ? strlen(texts[i]) : 3;
		j = sent(control_result(&in));
		assert_int_equal(control_result_get(j, &out, &err), 0);
		assert_true(out.serial == in.serial && out.task == in.task);
		assert_int_equal(out.len, in.len);
		assert_memory_equal(out.text, in.text, in.len);
		json_decref(j);
	}
}

static void
the_largest_result_fits_into_a_line(void **state)
{
	size_t len = 1024 * 1024;
	char *text = mem_alloc(len);
	struct result_msg in = { .serial = 1, .task = 1, .job = "j",
	    .text = text, .len = len }, out;
	struct err err;
	json_t *j;

	memset(text, 1, len);		/* six bytes each */
	j = sent(control_result(&in));
	assert_int_equal(control_result_get(j, &out, &err), 0);
	assert_int_equal(out.len, len);
	assert_memory_equal(out.text, text, len);
	json_decref(j);
	free(text);
}

static void
the_first_line_tells_run_and_version(void **state)
{
	static const char *const wrong[] = { "{}", "{\"pooltop\":2,\"run\":1}",
		"{\"pooltop\":\"1\",\"run\":1}", "{\"pooltop\":1}",
		"{\"error\":\"too many\"}" };
	unsigned int run = 0;
	struct err err;
	json_t *j = sent(control_hello(17));

	assert_int_equal(control_hello_get(j, &run, &err), 0);
	assert_int_equal(run, 17);
	json_decref(j);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		j = control_parse(wrong[i], strlen(wrong[i]), &err);
		err.text[0] = '\0';
		assert_int_equal(control_hello_get(j, &run, &err), -1);
		assert_true(err.text[0] != '\0');
		json_decref(j);
	}
	assert_string_equal(err.text, "too many");
}

/* ---- what is unknown, or broken ------------------------------------------ */

static void
what_is_unknown_is_null_and_never_nothing(void **state)
{
	static const char *const unknown[][2] = { { NULL, "eta" },
		{ NULL, "exit_status" }, { "host", "memory_total" },
		{ "host", "load1" }, { "pool", "rss" },
		{ "rate", "efficiency" }, { "rate", "tasks_per_second" } };
	struct run run;
	json_t *j, *in;

	run_init(&run);
	run.rate.efficiency = INFINITY;		/* JSON has none */
	j = sent(control_state(&run));
	for (size_t i = 0; i < COUNT(unknown); i++) {
		in = unknown[i][0] != NULL ? json_object_get(j, unknown[i][0])
		    : j;
		assert_true(json_is_null(json_object_get(in, unknown[i][1])));
	}
	json_decref(j);
	run_clear(&run);
}

/* Bytes that are not UTF-8 are made harmless; nothing else is lost by them. */
static void
text_that_is_not_utf8_does_not_break_a_line(void **state)
{
	static const char bytes[] = "a\xff\xc3(b";
	struct run_worker w = { .slot = 1, .task = 3 };
	struct run run, seen;
	struct err err;
	json_t *j;

	run_init(&run);
	run_init(&seen);
	snprintf(run.name, sizeof run.name, "%s", bytes);
	memset(run.why, 0xff, sizeof run.why);	/* not even terminated */
	snprintf(w.label, sizeof w.label, "%s", bytes);
	run.worker = &w;
	run.nworkers = 1;
	j = sent(control_state(&run));
	assert_int_equal(control_state_get(j, &seen, &err), 0);
	assert_string_equal(seen.name, "a\ufffd\ufffd(b");
	assert_string_equal(seen.worker[0].label, "a\ufffd\ufffd(b");
	assert_true(text_utf8_is(seen.why, strlen(seen.why)));
	json_decref(j);
	run_clear(&seen);
	j = sent(control_error(bytes));
	assert_string_equal(json_string_value(json_object_get(j, "error")),
	    "a\ufffd\ufffd(b");
	json_decref(j);
}

static void
names_of_jobs_that_are_not_utf8_do_no_harm(void **state)
{
	struct run_job job = { .name = "a\xff" };
	struct run_worker w = { .slot = 1, .task = 3 };
	struct result_msg m = { .serial = 1, .job = job.name, .text = "x",
	    .len = 1 };
	struct run run;
	json_t *j;

	run_init(&run);
	run.job = &job;
	run.njobs = 1;
	run.worker = &w;
	run.nworkers = 1;
	j = sent(control_state(&run));
	assert_string_equal(json_string_value(json_object_get(json_array_get(
	    json_object_get(j, "workers"), 0), "job")), "a\ufffd");
	json_decref(j);
	j = sent(control_result(&m));
	assert_string_equal(json_string_value(json_object_get(j, "job")),
	    "a\ufffd");
	json_decref(j);
}

/* ---- the promised keys --------------------------------------------------- */

/* The sample of the specification, as pairs of group and key. */
static void
status_has_every_key_that_is_promised(void **state)
{
	static const char *const keys[][2] = {
		{ "", "run" }, { "", "name" }, { "", "state" },
		{ "", "engine_pid" }, { "", "started" }, { "", "elapsed" },
		{ "", "eta" },
		{ "host", "cores_online" }, { "host", "cores_usable" },
		{ "host", "cores_why" }, { "host", "load1" },
		{ "host", "memory_total" }, { "host", "memory_available" },
		{ "host", "memory_usable" }, { "host", "memory_why" },
		{ "pool", "target" }, { "pool", "size" }, { "pool", "busy" },
		{ "pool", "idle" }, { "pool", "launcher" },
		{ "queue", "depth" }, { "queue", "total" },
		{ "queue", "total_known" }, { "queue", "running" },
		{ "queue", "done" }, { "queue", "failed" },
		{ "queue", "cancelled" }, { "queue", "retries" },
		{ "rate", "tasks_per_second" }, { "rate", "cpu_seconds" },
		{ "rate", "effective_parallelism" }, { "rate", "efficiency" },
		{ "workers", "slot" }, { "workers", "pid" },
		{ "workers", "host" }, { "workers", "state" },
		{ "workers", "task" }, { "workers", "attempt" },
		{ "workers", "job" }, { "workers", "label" },
		{ "workers", "progress" }, { "workers", "progress_known" },
		{ "workers", "elapsed" }, { "workers", "cpu" },
		{ "workers", "rss" }, { "workers", "task_pid" },
		{ "workers", "done" }, { "workers", "failed" },
		{ "workers", "restarts" } };
	struct run_worker w = { .slot = 1 };
	struct run run;
	json_t *j, *in;
	bool missing = false;

	run_init(&run);
	run.worker = &w;
	run.nworkers = 1;
	j = sent(control_state(&run));
	for (size_t i = 0; i < COUNT(keys); i++) {
		in = keys[i][0][0] != '\0' ? json_object_get(j, keys[i][0]) :
		    j;
		if (json_is_array(in))
			in = json_array_get(in, 0);
		if (json_object_get(in, keys[i][1]) != NULL)
			continue;
		print_error("status lacks %s.%s\n", keys[i][0], keys[i][1]);
		missing = true;
	}
	assert_false(missing);
	json_decref(j);
}

static void
who_has_no_task_shows_null_for_it(void **state)
{
	static const char *const keys[] = { "pid", "task", "attempt", "job",
		"label", "progress", "rss", "task_pid" };
	struct run_worker w = { .slot = 3, .state = WORKER_LOST,
	    .progress = NAN, .rss = SIZE_UNKNOWN };
	struct run run;
	json_t *j, *row;

	run_init(&run);
	run.worker = &w;
	run.nworkers = 1;
	j = sent(control_state(&run));
	row = json_array_get(json_object_get(j, "workers"), 0);
	for (size_t i = 0; i < COUNT(keys); i++)
		assert_true(json_is_null(json_object_get(row, keys[i])));
	assert_true(json_is_false(json_object_get(row, "progress_known")));
	json_decref(j);
}

/* ---- who is not to be trusted -------------------------------------------- */

static int
ask(const char *line, struct request *r, struct err *err)
{
	json_t *j;
	int rc;

	err->text[0] = '\0';
	if ((j = control_parse(line, strlen(line), err)) == NULL)
		return -1;
	rc = control_request_get(j, r, err);
	json_decref(j);
	return rc;
}

static void
hostile_requests_get_a_sentence(void **state)
{
	static const char *const lines[] = { "", " ", "{", "[]", "1", "null",
		"\"op\"", "{}", "{\"op\":null}", "{\"op\":7}",
		"{\"op\":\"\"}", "{\"op\":\"format\"}", "{\"op\":[\"stop\"]}",
		"{\"op\":\"stop\",\"op\":\"status\"}",
		"{\"op\":\"stop\"} {\"op\":\"stop\"}",
		"{\"op\":\"stop\",\"now\":1}",
		"{\"op\":\"stop\",\"now\":\"true\"}",
		"{\"op\":\"resize\"}", "{\"op\":\"resize\",\"size\":null}",
		"{\"op\":\"resize\",\"size\":-1}",
		"{\"op\":\"resize\",\"size\":257}",
		"{\"op\":\"resize\",\"size\":4294967296}",
		"{\"op\":\"resize\",\"size\":1e2}",
		"{\"op\":\"resize\",\"size\":\"4\"}",
		"{\"op\":\"resize\",\"size\":99999999999999999999999}",
		"{\"op\":\"resize\",\"size\":4,\"shrink\":\"explode\"}",
		"{\"op\":\"signal\",\"workers\":[1]}",
		"{\"op\":\"signal\",\"signal\":0,\"workers\":[1]}",
		"{\"op\":\"signal\",\"signal\":-9,\"workers\":[1]}",
		"{\"op\":\"signal\",\"signal\":9999,\"workers\":[1]}",
		"{\"op\":\"drain\",\"workers\":[0]}",
		"{\"op\":\"drain\",\"workers\":[257]}",
		"{\"op\":\"drain\",\"workers\":[-1]}",
		"{\"op\":\"drain\",\"workers\":[1.0]}",
		"{\"op\":\"drain\",\"workers\":[null]}",
		"{\"op\":\"drain\",\"workers\":[\"w1\"]}",
		"{\"op\":\"drain\",\"workers\":[[1]]}",
		"{\"op\":\"drain\",\"workers\":{\"slot\":1}}",
		"{\"op\":\"drain\",\"workers\":7}",
		"{\"op\":\"drain\",\"workers\":[{}]}",
		"{\"op\":\"drain\",\"workers\":[{\"slot\":0}]}",
		"{\"op\":\"drain\",\"workers\":[{\"slot\":257}]}",
		"{\"op\":\"drain\",\"workers\":[{\"slot\":\"1\"}]}",
		"{\"op\":\"drain\",\"workers\":[{\"slot\":1,\"pid\":-1}]}",
		"{\"op\":\"drain\",\"workers\":[{\"slot\":1,"
		    "\"pid\":99999999999}]}",
		"{\"op\":\"drain\",\"workers\":[{\"slot\":1,\"task\":-1}]}",
		"{\"op\":\"cancel\",\"tasks\":[0]}",
		"{\"op\":\"cancel\",\"tasks\":[-1]}",
		"{\"op\":\"cancel\",\"tasks\":[1,\"2\"]}",
		"{\"op\":\"cancel\",\"tasks\":[1,null]}",
		"{\"op\":\"cancel\",\"tasks\":\"all\"}",
		"{\"op\":\"cancel\",\"tasks\":3}",
		"{\"op\":\"ack\",\"ack\":-1}",
		"{\"op\":\"stop\\u0000x\"}", "{\"op\":\"stop\",\"x\":\"\xff\"}",
		"{\"op\":\"stop\",\"x\":\"\\ud800\"}" };
	struct request r;
	struct err err;

	for (size_t i = 0; i < COUNT(lines); i++) {
		if (ask(lines[i], &r, &err) == 0)
			print_error("taken: %s\n", lines[i]);
		assert_true(ask(lines[i], &r, &err) == -1);
		assert_true(err.text[0] != '\0');
		assert_null(strchr(err.text, '\n'));
		assert_true(text_utf8_is(err.text, strlen(err.text)));
	}
}

static void
a_request_by_hand_may_be_short(void **state)
{
	struct request r;
	struct err err;

	assert_int_equal(ask("{\"op\":\"stop\"}", &r, &err), 0);
	assert_true(r.op == OP_STOP && !r.now);
	assert_int_equal(ask(" {\"op\":\"resize\",\"size\":0}\n", &r, &err), 0);
	assert_true(r.op == OP_RESIZE && r.size == 0 &&
	    r.shrink == SHRINK_DRAIN);
	assert_int_equal(ask("{\"op\":\"terminate\",\"workers\":[3,256],"
	    "\"kill\":true,\"from_the_future\":[{}]}", &r, &err), 0);
	assert_true(r.nworkers == 2 && r.worker[0].slot == 3 &&
	    r.worker[1].slot == POOL_MAX && r.worker[0].pid == 0 && r.kill);
}

static char *
list_of(const char *before, const char *each, size_t n, const char *after)
{
	size_t len = strlen(each);
	char *text = mem_alloc(strlen(before) + n * (len + 1) +
	    strlen(after) + 1);
	char *at = stpcpy(text, before);

	for (size_t i = 0; i < n; i++)
		at = stpcpy(stpcpy(at, i > 0 ? "," : ""), each);
	strcpy(at, after);
	return text;
}

static void
lists_that_are_too_long_are_refused_whole(void **state)
{
	static const struct { const char *key, *each; size_t max; } cases[] = {
		{ "{\"op\":\"drain\",\"workers\":[", "1", POOL_MAX },
		{ "{\"op\":\"cancel\",\"tasks\":[", "1", REQUEST_IDS_MAX } };
	struct request r;
	struct err err;

	for (size_t i = 0; i < COUNT(cases); i++) {
		char *most = list_of(cases[i].key, cases[i].each,
		    cases[i].max, "]}");
		char *more = list_of(cases[i].key, cases[i].each,
		    cases[i].max + 1, "]}");
		char *many = list_of(cases[i].key, cases[i].each, 30000,
		    "]}");

		assert_int_equal(ask(most, &r, &err), 0);
		assert_int_equal(ask(more, &r, &err), -1);
		assert_int_equal(r.nworkers + r.ntasks, 0);
		assert_int_equal(ask(many, &r, &err), -1);
		free(most);
		free(more);
		free(many);
	}
}

static void
deep_nesting_is_refused_not_followed(void **state)
{
	enum { DEEP = REQUEST_LINE_MAX / 2 };
	char *text = mem_alloc(2 * DEEP + 20);
	struct request r;
	struct err err;

	memset(stpcpy(text, "{\"op\":"), '[', DEEP);
	assert_int_equal(ask(text, &r, &err), -1);
	memset(text + 6 + DEEP, ']', DEEP);
	strcpy(text + 6 + 2 * DEEP, "}");
	assert_int_equal(ask(text, &r, &err), -1);
	assert_true(err.text[0] != '\0');
	free(text);
}

static int
see(const char *line, struct run *run, struct err *err)
{
	json_t *j = control_parse(line, strlen(line), err);
	int rc;

	assert_non_null(j);
	rc = control_state_get(j, run, err);
	json_decref(j);
	return rc;
}

/* A front end believes its engine no more than the other way round. */
static void
a_state_that_cannot_be_is_refused_or_bounded(void **state)
{
	static const char *const wrong[] = { "{\"run\":-1}", "{\"run\":\"1\"}",
		"{\"state\":\"sleeping\"}", "{\"eta\":\"soon\"}",
		"{\"host\":{\"memory_total\":-1}}",
		"{\"host\":{\"memory_total\":1.5}}",
		"{\"queue\":{\"depth\":-5}}", "{\"jobs\":[{\"total\":-1}]}",
		"{\"workers\":[{\"state\":\"happy\"}]}",
		"{\"workers\":[{\"slot\":-1}]}",
		"{\"recent\":[{}]}", "{\"recent\":[{\"event\":\"party\"}]}",
		"{\"recent\":[7]}" };
	char *many[] = { list_of("{\"jobs\":[", "{}", JOBS_MAX + 9, "]}"),
		list_of("{\"workers\":[", "{\"slot\":1}", POOL_MAX + 9, "]}"),
		list_of("{\"recent\":[", "{\"event\":\"fault\"}",
		    RUN_RECENT_MAX + 9, "]}"),
		list_of("{\"host\":{\"core_busy\":[", "2", RUN_CORES_MAX + 9,
		    "]}}") };
	struct run run;
	struct err err;

	run_init(&run);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		err.text[0] = '\0';
		assert_int_equal(see(wrong[i], &run, &err), -1);
		assert_true(err.text[0] != '\0');
	}
	for (size_t i = 0; i < COUNT(many); i++) {
		assert_int_equal(see(many[i], &run, &err), 0);
		assert_true(run.njobs <= JOBS_MAX && run.nworkers <= POOL_MAX
		    && run.nrecent <= RUN_RECENT_MAX &&
		    run.host.ncores <= RUN_CORES_MAX);
		free(many[i]);
	}
	assert_int_equal(run.host.ncores, RUN_CORES_MAX);
	assert_true(run.host.core_busy[7] == 1);
	assert_int_equal(see("{}", &run, &err), 0);	/* what is missing is */
	assert_int_equal(run.nworkers, 0);		/* not there */
	run_clear(&run);
}

static void
results_that_are_none_are_refused(void **state)
{
	static const char *const wrong[] = { "{}", "{\"serial\":1}",
		"{\"serial\":0,\"text\":\"\"}", "{\"serial\":-1,\"text\":\"\"}",
		"{\"serial\":1.5,\"text\":\"\"}", "{\"serial\":1,\"text\":7}",
		"{\"serial\":1,\"text\":\"\",\"task\":-1}",
		"{\"serial\":1,\"text\":\"\",\"task\":\"x\"}" };
	struct result_msg m;
	struct err err;

	for (size_t i = 0; i < COUNT(wrong); i++) {
		json_t *j = control_parse(wrong[i], strlen(wrong[i]), &err);

		err.text[0] = '\0';
		assert_int_equal(control_result_get(j, &m, &err), -1);
		assert_true(err.text[0] != '\0');
		json_decref(j);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_run_is_seen_by_a_front_end_as_the_engine_has_it),
		cmocka_unit_test(events_come_as_they_happened),
		cmocka_unit_test(requests_come_as_they_were_asked),
		cmocka_unit_test(a_result_comes_byte_for_byte),
		cmocka_unit_test(the_largest_result_fits_into_a_line),
		cmocka_unit_test(the_first_line_tells_run_and_version),
		cmocka_unit_test(what_is_unknown_is_null_and_never_nothing),
		cmocka_unit_test(text_that_is_not_utf8_does_not_break_a_line),
		cmocka_unit_test(names_of_jobs_that_are_not_utf8_do_no_harm),
		cmocka_unit_test(status_has_every_key_that_is_promised),
		cmocka_unit_test(who_has_no_task_shows_null_for_it),
		cmocka_unit_test(hostile_requests_get_a_sentence),
		cmocka_unit_test(a_request_by_hand_may_be_short),
		cmocka_unit_test(lists_that_are_too_long_are_refused_whole),
		cmocka_unit_test(deep_nesting_is_refused_not_followed),
		cmocka_unit_test(a_state_that_cannot_be_is_refused_or_bounded),
		cmocka_unit_test(results_that_are_none_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
