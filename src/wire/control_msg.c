#include <assert.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/mono.h"
#include "base/text.h"
#include "wire/control_msg.h"
#include "wire/fields.h"

#ifndef PACKAGE_VERSION
#include "config.h"
#endif

/* ---- lines ---------------------------------------------------------------- */

json_t *
control_parse(const char *line, size_t len, struct err *err)
{
	json_error_t why;
	json_t *j;

	/* NUL is UTF-8 too, and a result may have one */
	j = json_loadb(line, len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL,
	    &why);
	if (j == NULL) {
		char text[160];

		text_harmless(text, sizeof text, why.text, strlen(why.text));
		err_set(err, "not a JSON object: %s", text);
	} else if (!json_is_object(j)) {
		json_decref(j);
		j = NULL;
		err_set(err, "not a JSON object");
	}
	return j;
}

char *
control_line(const json_t *j, size_t *len)
{
	/* 15 digits: the wall clock to the microsecond, and 0.1 as "0.1" */
	char *text = json_dumps(j, JSON_COMPACT | JSON_REAL_PRECISION(15));

	if (text == NULL)
		text = mem_strdup("{}");	/* only if memory ran out */
	*len = strlen(text) + 1;
	text = mem_resize(text, *len, 1);
	text[*len - 1] = '\n';
	return text;
}

json_t *
control_hello(unsigned int run)
{
	return json_pack("{sisssi}", "pooltop", CONTROL_VERSION, "version",
	    PACKAGE_VERSION, "run", (int)run);
}

int
control_hello_get(const json_t *j, unsigned int *run, struct err *err)
{
	const json_t *version = json_object_get(j, "pooltop");
	const json_t *number = json_object_get(j, "run");

	if (json_is_string(json_object_get(j, "error")))
		return err_set(err, "%s", json_string_value(
		    json_object_get(j, "error")));
	if (!json_is_integer(version) || !json_is_integer(number))
		return err_set(err, "what answers there is not pooltop");
	if (json_integer_value(version) != CONTROL_VERSION)
		return err_set(err, "this run belongs to another version of"
		    " pooltop: it speaks %lld, this one %d",
		    (long long)json_integer_value(version), CONTROL_VERSION);
	*run = (unsigned int)json_integer_value(number);
	return 0;
}

json_t *
control_ok(void)
{
	return json_pack("{sb}", "ok", 1);
}

json_t *
control_error(const char *why)
{
	return json_pack("{so}", "error", fields_text(why, strlen(why)));
}

/* ---- names ---------------------------------------------------------------- */

#define BY_NAME(fn, type, of, find_) \
	static const char *fn##_of_int(int v) { return of((type)v); } \
	static int fn##_to_int(const char *s) { return (int)find_(s); }
BY_NAME(run_state, enum run_state, run_state_name, run_state_find)
BY_NAME(worker_state, enum worker_state, worker_state_name,
    worker_state_find)
BY_NAME(task_state, enum task_state, task_state_name, task_state_find)
BY_NAME(cause, enum cause, cause_name, cause_find)
BY_NAME(level, enum event_level, event_level_name, event_level_find)
BY_NAME(reduce, enum reduce, reduce_name, reduce_find)
BY_NAME(op, enum op, op_name, op_find)
BY_NAME(shrink, enum shrink, shrink_name, shrink_find)

#define FIELD_BY(fn, s, member, key, count) \
	{ key, FIELD_NAME, offsetof(s, member), 0, fn##_of_int, fn##_to_int, \
	    count }

/* ---- state ---------------------------------------------------------------- */

#define F(type, member, key) FIELD(FIELD_##type, struct run, member, key)
static const struct field run_fields[] = {
	F(UINT, number, "run"), F(TEXT, name, "name"),
	FIELD_BY(run_state, struct run, state, "state", RUN_NSTATES),
	F(TEXT, why, "why"), F(INT, engine_pid, "engine_pid"),
	F(DOUBLE, started, "started"), F(DOUBLE, elapsed, "elapsed"),
	F(BOOL, bound, "bound"), F(UINT, viewers, "viewers"),
	F(DOUBLE, eta, "eta"), F(DOUBLE, work_left, "work_left"),
	F(DOUBLE, cpu_left, "cpu_left"), F(BYTES, unprinted, "unprinted"),
	F(INT, exit_status, "exit_status"), FIELDS_END
};
static const struct field host_fields[] = {
	F(TEXT, host.name, "name"),
	F(UINT, host.cores_online, "cores_online"),
	F(UINT, host.cores_usable, "cores_usable"),
	F(TEXT, host.cores_why, "cores_why"),
	F(DOUBLE, host.load[0], "load1"), F(DOUBLE, host.load[1], "load5"),
	F(DOUBLE, host.load[2], "load15"),
	F(BYTES, host.memory_total, "memory_total"),
	F(BYTES, host.memory_free, "memory_free"),
	F(BYTES, host.memory_available, "memory_available"),
	F(BYTES, host.swap_total, "swap_total"),
	F(BYTES, host.swap_free, "swap_free"), F(DOUBLE, host.busy, "busy"),
	FIELDS_END
};
static const struct field pool_fields[] = {
	F(UINT, pool.target, "target"), F(UINT, pool.size, "size"),
	F(UINT, pool.busy, "busy"), F(UINT, pool.idle, "idle"),
	F(BYTES, pool.rss, "rss"), F(BYTES, pool.peak, "peak_rss"), F(DOUBLE, pool.cpu, "cpu"), FIELDS_END
};
static const struct field queue_fields[] = {
	F(U64, queue.depth, "depth"), F(U64, queue.total, "total"),
	F(BOOL, queue.total_known, "total_known"),
	F(U64, queue.running, "running"), F(U64, queue.done, "done"),
	F(U64, queue.failed, "failed"), F(U64, queue.cancelled, "cancelled"),
	F(U64, queue.retries, "retries"), FIELDS_END
};
static const struct field rate_fields[] = {
	F(DOUBLE, rate.tasks_per_second, "tasks_per_second"),
	F(DOUBLE, rate.cpu_seconds, "cpu_seconds"),
	F(DOUBLE, rate.parallel, "effective_parallelism"),
	F(DOUBLE, rate.efficiency, "efficiency"), FIELDS_END
};
#undef F
#define F(type, member, key) \
	FIELD(FIELD_##type, struct run_worker, member, key)
static const struct field worker_fields[] = {
	F(UINT, slot, "slot"), F(INT, pid, "pid"),
	FIELD_BY(worker_state, struct run_worker, state, "state",
	    WORKER_NSTATES),
	F(U64, task, "task"), F(UINT, attempt, "attempt"),
	F(TEXT, label, "label"), F(DOUBLE, progress, "progress"),
	F(DOUBLE, elapsed, "elapsed"), F(DOUBLE, cpu, "cpu"),
	F(BYTES, rss, "rss"), F(DOUBLE, term_left, "term_left"),
	F(U64, done, "done"), F(U64, failed, "failed"),
	F(UINT, restarts, "restarts"), FIELDS_END
};
#undef F
#define F(type, member, key) FIELD(FIELD_##type, struct run_job, member, key)
static const struct field job_fields[] = {
	F(TEXT, name, "name"), F(TEXT, kernel, "kernel"),
	FIELD_BY(reduce, struct run_job, reduce, "reduce", NREDUCES),
	F(U64, first, "first"), F(U64, total, "total"), F(U64, done, "done"),
	F(U64, failed, "failed"), F(U64, cancelled, "cancelled"), FIELDS_END
};
#undef F

static json_t *
group(const struct field *fields, const void *base)
{
	json_t *j = json_object();

	fields_put(j, fields, base);
	return j;
}

static void
set_null_if(json_t *j, const char *key, bool unknown)
{
	if (unknown)
		json_object_set_new(j, key, json_null());
}

static json_t *
name_put(const char *name)
{
	return fields_text(name, strlen(name));
}

static json_t *
worker_put(const struct run *run, const struct run_worker *w)
{
	json_t *j = group(worker_fields, w);

	json_object_set_new(j, "host", json_string("local"));
	json_object_set_new(j, "progress_known",
	    json_boolean(!isnan(w->progress)));
	json_object_set_new(j, "job", w->task != 0 && w->job < run->njobs ?
	    name_put(run->job[w->job].name) : json_null());
	json_object_set_new(j, "task_pid", json_null());
	set_null_if(j, "pid", w->pid == 0);
	set_null_if(j, "task", w->task == 0);
	set_null_if(j, "attempt", w->task == 0);
	set_null_if(j, "label", w->task == 0);
	return j;
}

static json_t *
host_put(const struct run *run)
{
	json_t *j = group(host_fields, run);
	json_t *busy = json_array();

	for (unsigned int i = 0; i < run->host.ncores; i++)
		json_array_append_new(busy, isnan(run->host.core_busy[i]) ?
		    json_null() : json_real(run->host.core_busy[i]));
	json_object_set_new(j, "core_busy", busy);
	/* promised; not known before there is a capacity check */
	json_object_set_new(j, "memory_usable", json_null());
	json_object_set_new(j, "memory_why", json_null());
	return j;
}

json_t *
control_state(const struct run *run)
{
	json_t *j = group(run_fields, run), *list;

	set_null_if(j, "exit_status", run->exit_status < 0);
	json_object_set_new(j, "host", host_put(run));
	json_object_set_new(j, "pool", group(pool_fields, run));
	json_object_set_new(json_object_get(j, "pool"), "launcher",
	    json_string("local"));
	json_object_set_new(j, "queue", group(queue_fields, run));
	json_object_set_new(j, "rate", group(rate_fields, run));
	list = json_array();
	for (unsigned int i = 0; i < run->njobs; i++)
		json_array_append_new(list, group(job_fields, &run->job[i]));
	json_object_set_new(j, "jobs", list);
	list = json_array();
	for (unsigned int i = 0; i < run->nworkers; i++)
		json_array_append_new(list, worker_put(run, &run->worker[i]));
	json_object_set_new(j, "workers", list);
	list = json_array();
	for (unsigned int i = 0; i < run->nrecent; i++)
		json_array_append_new(list, control_event(&run->recent[i]));
	json_object_set_new(j, "recent", list);
	return j;
}

static unsigned int
job_by_name(const struct run *run, const json_t *name)
{
	for (unsigned int i = 0; i < run->njobs && json_is_string(name); i++)
		if (strcmp(run->job[i].name, json_string_value(name)) == 0)
			return i;
	return 0;
}

static int
worker_get(const json_t *j, const struct run *run, struct run_worker *w,
    struct err *err)
{
	*w = (struct run_worker){ .progress = NAN, .elapsed = NAN,
	    .cpu = NAN, .rss = SIZE_UNKNOWN, .term_left = NAN };
	w->job = job_by_name(run, json_object_get(j, "job"));
	return fields_get(j, worker_fields, w, err);
}

static size_t
list_size(const json_t *j, const char *key, size_t max, const json_t **list)
{
	*list = json_object_get(j, key);
	size_t n = json_array_size(*list);

	return n < max ? n : max;
}

static int
lists_get(const json_t *j, struct run *run, struct err *err)
{
	const json_t *list;
	size_t n;

	n = list_size(j, "jobs", JOBS_MAX, &list);
	run->job = mem_resize(run->job, n, sizeof *run->job);
	memset(run->job, 0, n * sizeof *run->job);
	for (run->njobs = 0; run->njobs < n; run->njobs++)
		if (fields_get(json_array_get(list, run->njobs), job_fields,
		    &run->job[run->njobs], err) == -1)
			return -1;
	n = list_size(j, "workers", POOL_MAX, &list);
	run->worker = mem_resize(run->worker, n, sizeof *run->worker);
	for (run->nworkers = 0; run->nworkers < n; run->nworkers++)
		if (worker_get(json_array_get(list, run->nworkers), run,
		    &run->worker[run->nworkers], err) == -1)
			return -1;
	n = list_size(j, "recent", RUN_RECENT_MAX, &list);
	for (run->nrecent = 0; run->nrecent < n; run->nrecent++)
		if (control_event_get(json_array_get(list, run->nrecent),
		    &run->recent[run->nrecent], err) == -1)
			return -1;
	return 0;
}

static void
cores_get(const json_t *host, struct run *run)
{
	const json_t *list;
	size_t n = list_size(host, "core_busy", RUN_CORES_MAX, &list);

	for (size_t i = 0; i < n; i++) {
		const json_t *busy = json_array_get(list, i);

		run->host.core_busy[i] = json_is_number(busy) ?
		    (float)fmax(0, fmin(json_number_value(busy), 1)) : NAN;
	}
	run->host.ncores = (unsigned int)n;
}

int
control_state_get(const json_t *j, struct run *run, struct err *err)
{
	run->exit_status = -1;
	if (fields_get(j, run_fields, run, err) == -1 ||
	    fields_get(json_object_get(j, "host"), host_fields, run, err) ==
	    -1 ||
	    fields_get(json_object_get(j, "pool"), pool_fields, run, err) ==
	    -1 ||
	    fields_get(json_object_get(j, "queue"), queue_fields, run, err) ==
	    -1 ||
	    fields_get(json_object_get(j, "rate"), rate_fields, run, err) ==
	    -1)
		return -1;
	cores_get(json_object_get(j, "host"), run);
	return lists_get(j, run, err);
}

/* ---- events --------------------------------------------------------------- */

#define F(type, member, key) FIELD(FIELD_##type, struct event, member, key)
static const struct field event_base[] = {
	F(DOUBLE, time, "time"),
	FIELD_BY(level, struct event, level, "level", EVENT_ERROR + 1),
	F(BOOL, notable, "notable"), F(TEXT, text, "text"), FIELDS_END
};
static const struct field worker_event[] = {
	F(UINT, slot, "slot"), F(INT, pid, "pid"),
	FIELD_BY(worker_state, struct event, worker, "state", WORKER_NSTATES),
	F(BOOL, gone, "gone"), FIELDS_END
};
static const struct field task_event[] = {
	F(U64, task, "task"), F(UINT, job, "job_index"),
	F(TEXT, label, "label"),
	F(UINT, attempt, "attempt"), F(UINT, slot, "slot"),
	F(INT, pid, "pid"),
	FIELD_BY(task_state, struct event, state, "state", TASK_NSTATES),
	FIELD_BY(cause, struct event, outcome.cause, "cause", NCAUSES),
	F(INT, outcome.code, "code"), F(BOOL, again, "again"),
	F(BOOL, first, "first"), F(DOUBLE, elapsed, "elapsed"),
	F(DOUBLE, cpu, "cpu"), FIELDS_END
};
static const struct field resize_event[] = {
	F(UINT, from, "from"), F(UINT, to, "to"), FIELDS_END
};
static const struct field state_event[] = {
	FIELD_BY(run_state, struct event, run, "state", RUN_NSTATES),
	FIELDS_END
};
static const struct field end_event[] = {
	F(INT, exit_status, "exit_status"), F(DOUBLE, elapsed, "elapsed"),
	FIELDS_END
};
#undef F
static const struct field no_fields[] = { FIELDS_END };

static const struct field *const event_fields[NEVENTS] = {
	[EVENT_START] = resize_event, [EVENT_RESIZE] = resize_event,
	[EVENT_STATE] = state_event, [EVENT_WORKER] = worker_event,
	[EVENT_TASK] = task_event, [EVENT_RESULT] = no_fields,
	[EVENT_FAULT] = no_fields, [EVENT_END] = end_event,
};

json_t *
control_event(const struct event *ev)
{
	json_t *j = json_object();

	json_object_set_new(j, "event", json_string(event_name(ev->kind)));
	fields_put(j, event_base, ev);
	fields_put(j, event_fields[ev->kind], ev);
	return j;
}

int
control_event_get(const json_t *j, struct event *ev, struct err *err)
{
	const char *name = json_string_value(json_object_get(j, "event"));

	*ev = (struct event){ 0 };
	ev->kind = name != NULL ? event_find(name) : NEVENTS;
	if (ev->kind >= NEVENTS) {
		ev->kind = EVENT_START;
		return err_set(err, "no such event");
	}
	if (fields_get(j, event_base, ev, err) == -1)
		return -1;
	return fields_get(j, event_fields[ev->kind], ev, err);
}

json_t *
control_result(const struct result_msg *m)
{
	return json_pack("{sssfsIsIsoso}", "event", event_name(EVENT_RESULT),
	    "time", wall_now(), "serial", (json_int_t)m->serial, "task",
	    (json_int_t)m->task, "job", name_put(m->job), "text",
	    fields_text(m->text, m->len));
}

int
control_result_get(const json_t *j, struct result_msg *m, struct err *err)
{
	const json_t *serial = json_object_get(j, "serial");
	const json_t *task = json_object_get(j, "task");
	const json_t *text = json_object_get(j, "text");

	if (!json_is_integer(serial) || json_integer_value(serial) < 1 ||
	    !json_is_integer(task) || json_integer_value(task) < 0 ||
	    !json_is_string(text))
		return err_set(err, "a result that is none");
	*m = (struct result_msg){
	    .serial = (unsigned long long)json_integer_value(serial),
	    .task = (task_id)json_integer_value(task),
	    .text = json_string_value(text),
	    .len = json_string_length(text) };
	return 0;
}

/* ---- requests ------------------------------------------------------------- */

#define F(type, member, key) FIELD(FIELD_##type, struct request, member, key)
static const struct field request_fields[] = {
	FIELD_BY(op, struct request, op, "op", NOPS),
	F(UINT, size, "size"),
	FIELD_BY(shrink, struct request, shrink, "shrink", NSHRINKS),
	F(BOOL, replace, "replace"), F(BOOL, kill, "kill"),
	F(BOOL, fail, "fail"), F(BOOL, shed, "shed"), F(BOOL, now, "now"),
	F(BOOL, once, "once"), F(BOOL, events, "events"),
	F(BOOL, print, "print"), F(BOOL, record, "record"),
	F(INT, signal, "signal"),
	F(U64, ack, "ack"), FIELDS_END
};
#undef F
#define F(type, member, key) \
	FIELD(FIELD_##type, struct worker_ref, member, key)
static const struct field ref_fields[] = {
	F(UINT, slot, "slot"), F(INT, pid, "pid"), F(U64, task, "task"),
	FIELDS_END
};
#undef F

json_t *
control_request(const struct request *r)
{
	json_t *j = group(request_fields, r), *list;

	if (r->nworkers > 0) {
		list = json_array();
		for (size_t i = 0; i < r->nworkers; i++)
			json_array_append_new(list,
			    group(ref_fields, &r->worker[i]));
		json_object_set_new(j, "workers", list);
	}
	if (r->ntasks > 0) {
		list = json_array();
		for (size_t i = 0; i < r->ntasks; i++)
			json_array_append_new(list,
			    json_integer((json_int_t)r->task[i]));
		json_object_set_new(j, "tasks", list);
	}
	return j;
}

/* A worker is an object, or its slot's number for who writes by hand. */
static int
ref_get(const json_t *j, struct worker_ref *ref, struct err *err)
{
	const json_t *slot = json_is_object(j) ? json_object_get(j, "slot") :
	    j;

	*ref = (struct worker_ref){ 0 };
	if (!json_is_integer(slot) || json_integer_value(slot) < 1 ||
	    json_integer_value(slot) > POOL_MAX)
		return err_set(err, "\"workers\" lists numbers 1 to %d",
		    POOL_MAX);
	ref->slot = (unsigned int)json_integer_value(slot);
	if (!json_is_object(j))
		return 0;
	if (fields_get(j, ref_fields, ref, err) == -1)
		return -1;
	return ref->pid >= 0 ? 0 : err_set(err, "\"pid\" is a process");
}

static bool
list_or_none(const json_t *j)
{
	return j == NULL || json_is_array(j);
}

static int
ids_get(const json_t *j, struct request *r, struct err *err)
{
	const json_t *workers = json_object_get(j, "workers");
	const json_t *tasks = json_object_get(j, "tasks"), *v;
	size_t n = json_array_size(workers), m = json_array_size(tasks);

	if (!list_or_none(workers) || !list_or_none(tasks))
		return err_set(err, "\"workers\" and \"tasks\" are lists");
	if (tasks != NULL && m == 0)
		return err_set(err, "\"tasks\" lists numbers from 1");
	if (n > POOL_MAX || m > REQUEST_IDS_MAX)
		return err_set(err, "too many at once: at most %d workers and"
		    " %d tasks", POOL_MAX, REQUEST_IDS_MAX);
	for (; r->nworkers < n; r->nworkers++)
		if (ref_get(json_array_get(workers, r->nworkers),
		    &r->worker[r->nworkers], err) == -1)
			return -1;
	for (; r->ntasks < m; r->ntasks++) {
		v = json_array_get(tasks, r->ntasks);
		if (!json_is_integer(v) || json_integer_value(v) < 1)
			return err_set(err, "\"tasks\" lists numbers from 1");
		r->task[r->ntasks] = (task_id)json_integer_value(v);
	}
	return 0;
}

int
control_request_get(const json_t *j, struct request *r, struct err *err)
{
	*r = (struct request){ .op = NOPS };
	if (fields_get(j, request_fields, r, err) == -1)
		return -1;
	if (r->op >= NOPS)
		return err_set(err, "a request needs an \"op\"");
	if (r->op == OP_RESIZE &&
	    (!json_is_integer(json_object_get(j, "size")) ||
	    r->size > POOL_MAX))
		return err_set(err, "resize needs a \"size\" from 0 to %d",
		    POOL_MAX);
	if (r->op == OP_SIGNAL && (r->signal < 1 || r->signal >= NSIG))
		return err_set(err, "signal needs a \"signal\" from 1 to %d",
		    NSIG - 1);
	return ids_get(j, r, err);
}
