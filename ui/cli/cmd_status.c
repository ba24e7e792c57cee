/* list, status: which runs there are, and how one is doing. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "base/human.h"
#include "ui/cli/cli.h"
#include "ui/say.h"
#include "wire/rundir.h"

enum { RUNS_MAX = 1000 };

/* The state of a run as its object (a new reference), or NULL and err. */
static json_t *
ask_state(unsigned int run, struct err *err)
{
	struct request r = { .op = OP_STATUS };
	int fd = client_connect(run, err);
	json_t *answer, *state = NULL;

	if (fd == -1)
		return NULL;
	if ((answer = client_ask(fd, &r, err)) != NULL)
		state = json_incref(json_object_get(answer, "state"));
	json_decref(answer);
	close(fd);
	return state;
}

/* ---- list ----------------------------------------------------------------- */

static void
print_row(const json_t *state)
{
	char clock[HUMAN_MAX];
	struct run run;
	struct err err;

	run_init(&run);
	if (control_state_get(state, &run, &err) == 0)
		printf("%4u  %-8s  %7u  %10s  %" PRIu64 "/%" PRIu64 "  %s\n",
		    run.number, run_state_name(run.state), run.pool.size,
		    human_clock(clock, run.elapsed),
		    run.queue.done + run.queue.failed + run.queue.cancelled,
		    run.queue.total, run.name);
	run_clear(&run);
}

static bool
lives(unsigned int wanted)
{
	unsigned int run[RUNS_MAX];
	struct err err;
	int n = rundir_list(run, RUNS_MAX, &err);

	for (int i = 0; i < n; i++)
		if (run[i] == wanted)
			return true;
	return false;
}

static int
run_list(const struct cli *cli, int argc, char **argv)
{
	struct verb_args a = { 0 };
	int status, n;
	unsigned int run[RUNS_MAX];
	json_t *list, *state;
	struct err err;

	if (verb_read_all(&verb_list, argc, argv, &a, &status) == -1)
		return status;
	if ((n = rundir_list(run, RUNS_MAX, &err)) == -1) {
		say("%s", err.text);
		return EXIT_CANNOT;
	}
	list = json_array();
	for (int i = 0; i < n; i++)
		if ((state = ask_state(run[i], &err)) != NULL)
			json_array_append_new(list, state);
		else if (lives(run[i]))		/* it has not just ended */
			say("run %u: %s", run[i], err.text);
	if (a.json) {
		json_dumpf(list, stdout, JSON_COMPACT |
		    JSON_REAL_PRECISION(15));
		putchar('\n');
	} else if (json_array_size(list) > 0)
		puts(" RUN  STATE     WORKERS     ELAPSED  TASKS  NAME");
	for (size_t i = 0; !a.json && i < json_array_size(list); i++)
		print_row(json_array_get(list, i));
	json_decref(list);
	return 0;
}

static const struct option_def list_options[] = {
	OPTION_JSON, OPTION_HELP, OPTIONS_END
};
const struct verb verb_list = {
	.name = "list", .usage = "[OPTIONS]",
	.summary = "list the runs that live on this machine",
	.run = run_list, .options = list_options
};

/* ---- status ----------------------------------------------------------------- */

static void
print_run(const struct run *r)
{
	char a[HUMAN_MAX], b[HUMAN_MAX];

	printf("run %u  %s  %s  %s%s%s\n", r->number, r->name,
	    run_state_name(r->state), human_clock(a, r->elapsed),
	    r->why[0] != '\0' ? "  " : "", r->why);
	printf("cores   %u usable of %u (%s), load %.2f\n",
	    r->host.cores_usable, r->host.cores_online, r->host.cores_why,
	    r->host.load[0]);
	if (r->host.memory_available != SIZE_UNKNOWN)
		printf("memory  %s available of %s\n",
		    human_size(a, r->host.memory_available),
		    human_size(b, r->host.memory_total));
	printf("pool    %u workers, target %u, %u busy, %u idle\n",
	    r->pool.size, r->pool.target, r->pool.busy, r->pool.idle);
	printf("queue   %" PRIu64 " waiting, %" PRIu64 " running, %" PRIu64
	    " done, %" PRIu64 " failed, %" PRIu64 " cancelled of %" PRIu64
	    "\n", r->queue.depth, r->queue.running, r->queue.done,
	    r->queue.failed, r->queue.cancelled, r->queue.total);
	if (!isnan(r->rate.tasks_per_second))
		printf("rate    %s tasks/s, parallel %.1f, eta %s\n",
		    human_rate(a, r->rate.tasks_per_second),
		    r->rate.parallel,
		    isnan(r->eta) ? "?" : human_duration(b, r->eta));
}

static void
print_worker(const struct run *r, const struct run_worker *w)
{
	char time[HUMAN_MAX] = "", rss[HUMAN_MAX] = "?", progress[8] = "~?";

	if (!isnan(w->progress))
		snprintf(progress, sizeof progress, "%.0f%%",
		    w->progress * 100);
	if (!isnan(w->elapsed))
		human_duration(time, w->elapsed);
	if (w->rss != SIZE_UNKNOWN)
		human_size(rss, w->rss);
	printf("w%-4u %7d  %-8s", w->slot, (int)w->pid,
	    worker_state_name(w->state));
	if (w->task != 0)
		printf("  #%-7" PRIu64 " %-24.24s %5s %8s", w->task, w->label,
		    progress, time);
	else
		printf("  %-8s %-24s %5s %8s", "", "", "", "");
	printf(" %6s  done %" PRIu64 " failed %" PRIu64 "\n", rss, w->done,
	    w->failed);
}

static int
print_state(const json_t *state, struct err *err)
{
	struct run run;
	int rc;

	run_init(&run);
	if ((rc = control_state_get(state, &run, err)) == 0) {
		print_run(&run);
		for (unsigned int i = 0; i < run.nworkers; i++)
			print_worker(&run, &run.worker[i]);
	}
	run_clear(&run);
	return rc;
}

static int
run_status(const struct cli *cli, int argc, char **argv)
{
	struct verb_args a = { 0 };
	unsigned int run;
	json_t *state = NULL;
	struct err err;
	int status, rc = 0;

	if (verb_read_all(&verb_status, argc, argv, &a, &status) == -1)
		return status;
	if ((run = client_choose(a.run, true, &err)) != 0)
		state = ask_state(run, &err);
	if (state != NULL && a.json) {
		json_dumpf(state, stdout, JSON_COMPACT |
		    JSON_REAL_PRECISION(15));
		putchar('\n');
	} else if (state == NULL || (rc = print_state(state, &err)) == -1) {
		say("%s", err.text);
		rc = EXIT_CANNOT;
	}
	json_decref(state);
	return rc;
}

static const struct option_def status_options[] = {
	OPTION_RUN, OPTION_JSON, OPTION_HELP, OPTIONS_END
};
const struct verb verb_status = {
	.name = "status", .usage = "[OPTIONS]",
	.summary = "show how a run is doing, once", .run = run_status,
	.options = status_options
};
