#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <bsd/string.h>
#include <event2/event.h>

#include "base/child.h"
#include "base/mem.h"
#include "base/sock.h"
#include "base/text.h"
#include "engine/engine_impl.h"
#include "wire/control_msg.h"

enum { EXIT_LOST = 255 };
static const double abandoned_grace = 1;	/* seconds from TERM to KILL */
static const struct timeval frame_every = { .tv_usec = 100 * 1000 };
static const struct timeval every_second = { .tv_sec = 1 };

/* ---- what happens is told ------------------------------------------------- */

void
engine_emit(struct engine *e, struct event *ev)
{
	ev->time = wall_now();
	run_apply(&e->run, ev);
	record_apply(&e->record, e->run.started, ev);
	control_event_out(e->control, ev);
}

void
engine_fault(struct engine *e, enum event_level level, const char *fmt, ...)
{
	struct event ev = { .kind = EVENT_FAULT, .level = level,
	    .notable = true };
	char text[EVENT_TEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	text_harmless(ev.text, sizeof ev.text, text, strlen(text));
	engine_emit(e, &ev);
}

static void
emit_start(struct engine *e)
{
	struct event ev = { .kind = EVENT_START, .notable = true,
	    .to = e->pool.target };

	snprintf(ev.text, sizeof ev.text, "%llu tasks, %u of %u cores",
	    (unsigned long long)e->run.queue.total,
	    e->run.host.cores_usable, e->run.host.cores_online);
	engine_emit(e, &ev);
}

/* Whose workers will not have the niceness that was asked for. */
static void
warn_of_nice(struct engine *e)
{
	int nice = e->setup->jobs->nice;
	struct rlimit rl;

	if (!e->setup->jobs->nice_set || geteuid() == 0 ||
	    nice >= getpriority(PRIO_PROCESS, 0) ||
	    getrlimit(RLIMIT_NICE, &rl) == -1 ||
	    nice >= 20 - (int)rl.rlim_cur)
		return;
	engine_fault(e, EVENT_WARN, "nice: %d needs a privilege that is not"
	    " there; workers run at %d", nice, getpriority(PRIO_PROCESS, 0));
}

static void
emit_end(struct engine *e, int exit_status, const char *text)
{
	struct event ev = { .kind = EVENT_END, .notable = true,
	    .exit_status = exit_status, .run = RUN_FINISHED,
	    .elapsed = e->run.elapsed };

	strlcpy(ev.text, text, sizeof ev.text);
	engine_emit(e, &ev);
}

static void
emit_state(struct engine *e)
{
	struct event ev = { .kind = EVENT_STATE, .run = engine_state(e) };

	if (ev.run == e->run.state || ev.run == RUN_FINISHED)
		return;		/* emit_end says that */
	/* Neither that it really runs now nor that it ends as it should. */
	ev.notable = !e->over && (ev.run != RUN_RUNNING ||
	    e->run.state != RUN_STARTING);
	engine_why(e, ev.run, ev.text);
	engine_emit(e, &ev);
}

/* ---- the pool wants ------------------------------------------------------- */

static struct mono
on_now(void *arg)
{
	return mono_now();
}

static void
on_spawn(void *arg, struct slot *s)
{
	struct engine *e = arg;

	launch_local_spawn(e->launch, s);
}

static void
on_kill(void *arg, struct slot *s, int sig)
{
	struct engine *e = arg;

	launch_local_kill(e->launch, s, sig);
}

static void
on_send(void *arg, struct slot *s, enum worker_msg what, task_id task)
{
	if (task != 0)
		msg_put_task(launch_local_out(s), what, task);
	else
		msg_put_empty(launch_local_out(s), what);
	launch_local_send(s);
}

/* What people want to read of a worker: not that it came or went as asked. */
static void
on_changed(void *arg, struct slot *s, const char *why)
{
	struct engine *e = arg;
	struct event ev = { .kind = EVENT_WORKER, .slot = s->number,
	    .pid = s->pid, .worker = s->state,
	    .gone = s->state == WORKER_LOST && s->leaving };

	e->ready |= s->state == WORKER_IDLE;
	ev.notable = s->state == WORKER_FROZEN || (!e->pool.closing &&
	    (s->state == WORKER_DRAIN || s->state == WORKER_TERM));
	strlcpy(ev.text, why, sizeof ev.text);
	engine_emit(e, &ev);
}

static const struct pool_ops pool_ops = {
	.now = on_now, .spawn = on_spawn, .kill = on_kill, .send = on_send,
	.began = engine_began, .ended = engine_ended, .changed = on_changed
};

/* ---- the launcher tells --------------------------------------------------- */

static void
on_settle(void *arg)
{
	engine_settle(arg);
}

static void
on_refused(void *arg, struct slot *s, int why)
{
	struct engine *e = arg;

	engine_fault(e, EVENT_WARN, "w%u could not be started: %s", s->number,
	    strerror(why));
	pool_refused(&e->pool, s);
}

/* A death that nobody asked for is news. */
static void
on_exited(void *arg, struct slot *s, int status, uint64_t peak)
{
	struct engine *e = arg;
	const struct held *h = TAILQ_FIRST(&s->held);
	struct outcome o = { CAUSE_EXIT, WEXITSTATUS(status) };
	char what[OUTCOME_MAX], task[64] = "";

	sampler_peak(e->sampler, peak);
	if (s->retiring || s->said_bye || s->killed)
		return;
	if (WIFSIGNALED(status))
		o = (struct outcome){ CAUSE_SIGNAL, WTERMSIG(status) };
	if (h != NULL)
		snprintf(task, sizeof task, " with task #%llu",
		    (unsigned long long)h->task);
	engine_fault(e, EVENT_WARN, "w%u (pid %d) died%s: %s", s->number,
	    (int)s->pid, task, outcome_text(what, &o));
}

static void
on_nonsense(void *arg, struct slot *s)
{
	engine_fault(arg, EVENT_ERROR, "w%u sent what no worker sends; it is"
	    " killed", s->number);
}

/*
 * Without the nursery nobody can be buried in order: everything below dies,
 * and the run is over.
 */
static void
on_lost(void *arg)
{
	struct engine *e = arg;

	child_end_all(NURSERY_GRACE);
	e->ended = e->over = e->drop = true;
	e->bound = true;	/* goes when the words are out */
	emit_end(e, EXIT_LOST, "the run was lost: its nursery process died");
	engine_settle(e);
}

static const struct launch_events launch_events = {
	.settle = on_settle, .refused = on_refused, .exited = on_exited,
	.nonsense = on_nonsense, .lost = on_lost
};

/* ---- the front ends want -------------------------------------------------- */

static void
on_refresh(void *arg)
{
	engine_facts(arg);
}

static void
on_label(void *arg, struct attempt *a)
{
	struct engine *e = arg;
	char label[RUN_LABEL_MAX];

	engine_label(e, a->job, a->task, label);
	strlcpy(a->label, label, sizeof a->label);
}

static void
abandon(struct engine *e)
{
	e->drop = true;
	if (!e->ended) {
		e->draining = e->stopping = true;
		pool_stop(&e->pool, abandoned_grace);
	}
	engine_settle(e);
}

static void
on_owner_gone(void *arg)
{
	struct engine *e = arg;

	if (e->bound)
		abandon(e);
}

static const struct control_ops control_ops = {
	.refresh = on_refresh, .label = on_label, .request = engine_request,
	.owner_gone = on_owner_gone, .changed = on_settle
};

/* ---- how it ends ----------------------------------------------------------- */

static void
say_untotalled(struct engine *e)
{
	for (unsigned int i = 0; i < e->run.njobs; i++)
		if (e->run.job[i].reduce != REDUCE_NONE &&
		    !output_totalled(e->output, i))
			engine_fault(e, EVENT_ERROR, "no %s of %s: %llu of its"
			    " %llu tasks are not done",
			    reduce_name(e->run.job[i].reduce),
			    e->run.job[i].name,
			    (unsigned long long)(e->run.job[i].total -
			    e->run.job[i].done),
			    (unsigned long long)e->run.job[i].total);
}

/* The last task has ended: results are complete, the workers go home. */
static void
finish_if_done(struct engine *e)
{
	if (e->over || pool_count(&e->pool).held > 0 ||
	    (queue_depth(e->queue) > 0 && !e->draining))
		return;
	e->over = true;
	output_finish(e->output);
	say_untotalled(e);
	pool_close(&e->pool);
}

static void
end_if_alone(struct engine *e)
{
	char text[EVENT_TEXT_MAX];
	const struct run *r = &e->run;

	if (!e->over || e->ended || pool_count(&e->pool).used > 0)
		return;
	e->run.elapsed = mono_since(e->started);
	snprintf(text, sizeof text, "%llu done, %llu failed, %llu cancelled,"
	    " %llu never ran", (unsigned long long)r->queue.done,
	    (unsigned long long)r->queue.failed,
	    (unsigned long long)r->queue.cancelled,
	    (unsigned long long)(r->queue.depth + r->queue.running));
	e->ended = true;
	engine_moment(e);
	emit_end(e, run_exit_status(r), text);
	control_state_out(e->control);
	control_record_out(e->control);
}

/*
 * The run is over and nobody is left who wants something of it.  Who is not
 * bound waits until somebody came to see the end and print the results.  Who
 * does not read is not waited for.
 */
static void
leave_if_unwanted(struct engine *e)
{
	bool told = e->bound || e->drop || (control_told_end(e->control) &&
	    !output_unprinted(e->output));

	if (!e->ended || !told)
		return;
	if ((e->drop || !control_watched(e->control)) &&
	    !control_sending(e->control))
		event_base_loopbreak(e->base);
}

static void
arm_tick(struct engine *e)
{
	struct mono at = pool_due(&e->pool);
	double s = at.ns != 0 ? fmax(0, mono_diff(at, mono_now())) : 0;
	struct timeval tv = { (time_t)s,
	    (suseconds_t)((s - floor(s)) * 1e6) + 1 };

	if (at.ns != 0)
		event_add(e->tick, &tv);
	else
		event_del(e->tick);
}

void
engine_settle(struct engine *e)
{
	if (e->settling)
		return;
	e->settling = true;
	engine_feed(e);
	finish_if_done(e);
	emit_state(e);
	end_if_alone(e);
	control_output_out(e->control);
	arm_tick(e);
	if (control_viewers(e->control) > 0 &&
	    !event_pending(e->frame, EV_TIMEOUT, NULL))
		event_add(e->frame, &frame_every);
	leave_if_unwanted(e);
	e->settling = false;
}

/* ---- time and signals ----------------------------------------------------- */

static void
on_tick(evutil_socket_t fd, short what, void *arg)
{
	struct engine *e = arg;

	pool_tick(&e->pool);
	engine_settle(e);
}

static void
on_frame(evutil_socket_t fd, short what, void *arg)
{
	struct engine *e = arg;

	control_state_out(e->control);
}

static void
on_second(evutil_socket_t fd, short what, void *arg)
{
	struct engine *e = arg;

	for (unsigned int i = 0; i < POOL_MAX; i++)
		sampler_process(e->sampler, e->pool.slot[i].number,
		    e->pool.slot[i].pid);
	sampler_take(e->sampler, &e->run);
	engine_moment(e);
	control_record_out(e->control);
	engine_settle(e);
}

static void
on_sigterm(evutil_socket_t fd, short what, void *arg)
{
	abandon(arg);
}

/* ---- how it begins --------------------------------------------------------- */

static void
set_jobs(struct engine *e)
{
	const struct jobs *jobs = e->setup->jobs;
	task_id next = 1;

	e->run.job = mem_array(jobs->n, sizeof *e->run.job);
	e->stats = mem_array(jobs->n, sizeof *e->stats);
	e->run.njobs = (unsigned int)jobs->n;
	for (size_t i = 0; i < jobs->n; i++) {
		struct run_job *j = &e->run.job[i];

		strlcpy(j->name, jobs->job[i].name, sizeof j->name);
		strlcpy(j->kernel, jobs->job[i].kernel, sizeof j->kernel);
		j->reduce = jobs->job[i].reduce;
		j->first = next;
		j->total = items_count(jobs->job[i].items);
		next += j->total;
		e->stats[i].mean = NAN;
		if (j->total > 0)
			queue_add(e->queue, j->first, next - 1);
	}
	e->run.queue.total = e->run.queue.depth = next - 1;
	e->run.queue.total_known = true;
}

static void
set_run(struct engine *e)
{
	struct run *r = &e->run;

	run_init(r);
	record_init(&e->record);
	strlcpy(r->name, e->setup->jobs->name, sizeof r->name);
	r->number = e->dir.number;
	r->engine_pid = getpid();
	r->started = wall_now();
	r->rate.cpu_seconds = 0;
	set_jobs(e);
}

static void
add_timers(struct engine *e)
{
	static const int ignored[] = { SIGPIPE, SIGHUP, SIGINT, SIGQUIT };

	e->tick = evtimer_new(e->base, on_tick, e);
	e->frame = evtimer_new(e->base, on_frame, e);
	e->second = event_new(e->base, -1, EV_PERSIST, on_second, e);
	event_add(e->second, &every_second);
	e->sigterm = evsignal_new(e->base, SIGTERM, on_sigterm, e);
	event_add(e->sigterm, NULL);
	for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
		signal(ignored[i], SIG_IGN);
}

/* The nursery is forked first, before there is anything to inherit. */
static int
begin(struct engine *e, int fd, worker_main_fn *worker, struct err *err)
{
	const struct nursery_options nursery = { .worker = worker,
	    .nice_set = e->setup->jobs->nice_set,
	    .nice = e->setup->jobs->nice };
	int nursery_fd, listen_fd;

	if ((e->nursery = nursery_start(&nursery, &nursery_fd, err)) == -1 ||
	    rundir_make(&e->dir, err) == -1 ||
	    (listen_fd = sock_listen(e->dir.socket, err)) == -1)
		return -1;
	child_title("pooltop-engine", "engine of run %u: %s", e->dir.number,
	    e->setup->jobs->name);
	e->base = event_base_new();
	e->queue = queue_new();
	set_run(e);
	if ((e->sampler = sampler_new(&e->run.host, err)) == NULL)
		return -1;
	e->output = output_new(&e->run);
	pool_init(&e->pool, &pool_ops, e, e->setup->grace);
	e->launch = launch_local_new(e->base, &e->pool, nursery_fd,
	    &launch_events, e);
	e->control = control_new(e->base, listen_fd, &e->run, &e->record,
	    e->output, &control_ops, e);
	control_add_owner(e->control, fd);
	add_timers(e);
	return 0;
}

static void
say_no(int fd, const struct err *err)
{
	json_t *j = control_error(err->text);
	size_t len;
	char *line = control_line(j, &len);

	send(fd, line, len, MSG_NOSIGNAL);
	free(line);
	json_decref(j);
}

static void
engine_end(struct engine *e)
{
	control_free(e->control);
	launch_local_free(e->launch);	/* the nursery sees it, and ends */
	waitpid(e->nursery, NULL, 0);
	rundir_remove(&e->dir);
	pool_clear(&e->pool);
	output_free(e->output);
	queue_free(e->queue);
	sampler_free(e->sampler);
	run_clear(&e->run);
	record_clear(&e->record);
	free(e->stats);
	event_free(e->tick);
	event_free(e->frame);
	event_free(e->second);
	event_free(e->sigterm);
	event_base_free(e->base);
	free(e);
}

/* No descriptor of the user's is kept but what items are read from. */
static void
keep_only(int fd, const struct jobs *jobs)
{
	int *keep = mem_array(jobs->n + 1, sizeof *keep), item;
	size_t n = 0;

	keep[n++] = fd;
	for (size_t i = 0; i < jobs->n; i++)
		if ((item = items_fd(jobs->job[i].items)) != -1)
			keep[n++] = item;
	child_close_others(keep, n);
	free(keep);
}

void
engine_main(int fd, const struct setup *setup, worker_main_fn *worker)
{
	struct engine *e = mem_alloc(sizeof *e);
	struct err err;

	setsid();
	child_adopt();
	child_no_stdio();
	keep_only(fd, setup->jobs);
	e->setup = setup;
	e->bound = setup->bound;
	e->dir.lock = -1;
	e->started = mono_now();
	child_unblock();
	if (begin(e, fd, worker, &err) == -1) {
		say_no(fd, &err);
		child_kill_all();
		rundir_remove(&e->dir);
		exit(EXIT_LOST);
	}
	sampler_take(e->sampler, &e->run);
	pool_resize(&e->pool, setup->workers, SHRINK_DRAIN);
	emit_start(e);
	warn_of_nice(e);
	engine_settle(e);
	event_base_dispatch(e->base);
	engine_end(e);
	exit(0);
}
