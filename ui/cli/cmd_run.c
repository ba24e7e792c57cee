/* run, demo: begin a run. */
#include <stdlib.h>
#include <string.h>

#include <bsd/string.h>

#include "base/human.h"
#include "base/mem.h"
#include "base/text.h"
#include "host/cpus.h"
#include "model/jobfile.h"
#include "ui/cli/cli.h"
#include "ui/cli/demo.h"
#include "ui/cli/faces.h"
#include "ui/cli/kernel_job.h"
#include "ui/say.h"
#include "ui/session.h"

enum { OPT_FACE = OPT_OWN, OPT_WORKERS = OPT_FACE + 4, OPT_GRACE,
    OPT_RETRIES, OPT_CRASH_LIMIT, OPT_KERNEL, OPT_DETACH };

static const double grace_default = 5;		/* seconds */
enum { CRASH_LIMIT_DEFAULT = 3 };

struct run_args {
	struct verb_args	 args;		/* first: own gets it */
	struct faces		 faces;
	struct setup		 setup;
	bool			 workers_set;
	struct pool_size	 workers;
	const char		*kernel;
	bool			 detach;
};

static int
set_number(unsigned int *n, const char *option, const char *value,
    int64_t min, int64_t max, struct err *err)
{
	int64_t v;

	if (human_parse_int(value, min, max, &v) == -1)
		return err_set(err, "%s: %.40s is not a number from %lld to"
		    " %lld", option, value, (long long)min, (long long)max);
	*n = (unsigned int)v;
	return 0;
}

static int
own(struct verb_args *a, int id, const char *value, struct err *err)
{
	struct run_args *r = (struct run_args *)a;

	switch (id) {
	case OPT_WORKERS:
		r->workers_set = true;
		if (pool_size_parse(value, &r->workers) == 0)
			return 0;
		return err_set(err, "-j: %.40s is not a number of workers: N"
		    " up to %d, N%%, +N, -N or max", value, POOL_MAX);
	case OPT_GRACE:
		if (human_parse_duration(value, &r->setup.grace) == 0)
			return 0;
		return err_set(err, "--grace: %.40s is not a duration like"
		    " 500ms, 5s or 1m", value);
	case OPT_RETRIES:
		return set_number(&r->setup.retries, "--retries", value, 1,
		    RETRIES_MAX, err);
	case OPT_CRASH_LIMIT:
		return set_number(&r->setup.crash_limit, "--crash-limit",
		    value, 0, 1000000, err);
	case OPT_KERNEL:
		r->kernel = value;
		return 0;
	case OPT_DETACH:
		r->detach = true;
		return 0;
	default:
		return faces_set(&r->faces, id - OPT_FACE, err);
	}
}

static void
say_faults(const struct jobfile_faults *faults)
{
	for (size_t i = 0; i < faults->n; i++)
		fprintf(stderr, "%s\n", faults->line[i]);
}

static int
load(const char *path, struct jobs *jobs)
{
	struct jobfile_faults faults;
	int rc = jobfile_load(path, &kernel_job_kernels, jobs, &faults);

	say_faults(&faults);
	jobfile_faults_clear(&faults);
	return rc;
}

/* Usable cores as of now: the default size of a pool. */
static unsigned int
cores(void)
{
	struct host_cpus cpus;

	cpus_read("", NULL, &cpus);
	return cpus.usable > 0 ? cpus.usable : 1;
}

enum what { KERNEL, JOB_FILE, DEMO };

static int
begin(const struct cli *cli, struct run_args *a, struct jobs *jobs,
    enum what what)
{
	const struct session_options options = { .print = true,
	    .demo = what == DEMO,
	    .face = faces_choose(&a->faces, what != KERNEL),
	    .face_asked = a->faces.asked };
	int status;

	a->setup.jobs = jobs;
	a->setup.workers = pool_size_resolve(a->workers_set ? a->workers :
	    jobs->workers, cores());
	if (a->detach)
		status = session_detach(cli->engine, &a->setup);
	else
		status = session_begin(cli->engine, &a->setup, &options);
	return status;
}

/* Everything from ::: on is no option, whatever it looks like. */
static char **
cut_items(int *argc, char **argv)
{
	for (int i = 1; i < *argc; i++)
		if (strncmp(argv[i], ":::", 3) == 0) {
			char **items = argv + i;

			*argc = i;
			return items;
		}
	return NULL;
}

static int
run_kernel(const struct cli *cli, struct run_args *a, char **params,
    int nparams, char **items)
{
	struct jobs jobs = { 0 };
	struct err err;
	int status;

	if (kernel_job(&jobs, a->kernel, params, nparams, items, &err) == 0)
		status = begin(cli, a, &jobs, KERNEL);
	else
		status = cli_usage(&verb_run, "%s", err.text);
	jobs_clear(&jobs);
	return status;
}

static int
run_file(const struct cli *cli, struct run_args *a, const char *path)
{
	struct jobs jobs = { 0 };
	int status = EXIT_CANNOT;

	if (load(path, &jobs) == 0)
		status = begin(cli, a, &jobs, JOB_FILE);
	jobs_clear(&jobs);
	return status;
}

static struct run_args
defaults(void)
{
	return (struct run_args){ .args = { .own = own },
	    .setup = { .grace = grace_default,
	    .crash_limit = CRASH_LIMIT_DEFAULT } };
}

static int
run_run(const struct cli *cli, int argc, char **argv)
{
	struct run_args a = defaults();
	char **items = cut_items(&argc, argv), *end = argv[argc];
	int status, rest;

	argv[argc] = NULL;
	rest = verb_read(&verb_run, argc, argv, &a.args, &status);
	argv[argc] = end;
	if (rest == -1)
		return status;
	if (a.detach && a.faces.asked)
		return cli_usage(&verb_run, "--detach has no face: leave out"
		    " --tui, --plain, --json or --quiet");
	if (a.kernel != NULL)
		return run_kernel(cli, &a, argv + rest, argc - rest, items);
	if (items != NULL || (rest > 1 && rest < argc &&
	    strcmp(argv[rest - 1], "--") == 0))
		return cli_usage(&verb_run, "programs as tasks are not"
		    " available yet; a job file or --kernel is");
	if (argc - rest != 1)
		return cli_usage(&verb_run, argc == rest ? "say what to run:"
		    " a job file, or --kernel NAME" : "one job file at a"
		    " time");
	return run_file(cli, &a, argv[rest]);
}

#define RUN_OPTIONS \
	{ OPT_WORKERS, "workers", 'j', "N", \
	    "workers: N, N% of the cores, +N, -N, max (default: cores)" }, \
	FACES_OPTIONS(OPT_FACE), \
	{ OPT_GRACE, "grace", '\0', "TIME", \
	    "from asking a task to stop to killing it (default 5s)" }, \
	{ OPT_RETRIES, "retries", '\0', "N", \
	    "execute a task that fails up to N times (default 1)" }, \
	{ OPT_CRASH_LIMIT, "crash-limit", '\0', "N", \
	    "a task that N workers died of fails (default 3, 0: never)" }

static const struct option_def run_options[] = {
	RUN_OPTIONS,
	{ OPT_KERNEL, "kernel", '\0', "NAME",
	    "run this kernel instead of a job file" },
	{ OPT_DETACH, "detach", '\0', NULL,
	    "begin the run and leave it alone" },
	OPTION_HELP, OPTIONS_END
};
const struct verb verb_run = {
	.name = "run",
	.usage = "[OPTIONS] JOBFILE\n"
	    "[OPTIONS] --kernel NAME [PARAM=VALUE...] [::: ITEM...]",
	.summary = "work through tasks with a pool of processes",
	.run = run_run, .options = run_options,
	.more = "Results go to standard output in task order, everything else"
	    " to the terminal\nor standard error."
};

static int
run_demo(const struct cli *cli, int argc, char **argv)
{
	struct run_args a = defaults();
	struct jobfile_faults faults;
	struct jobs jobs = { 0 };
	int status;

	if (verb_read_all(&verb_demo, argc, argv, &a.args, &status) == -1)
		return status;
	status = EXIT_CANNOT;
	if (jobfile_parse("demo", demo_text, strlen(demo_text),
	    &kernel_job_kernels, &jobs, &faults) == 0)
		status = begin(cli, &a, &jobs, DEMO);
	say_faults(&faults);
	jobfile_faults_clear(&faults);
	jobs_clear(&jobs);
	return status;
}

static const struct option_def demo_options[] = {
	RUN_OPTIONS, OPTION_HELP, OPTIONS_END
};
const struct verb verb_demo = {
	.name = "demo", .usage = "[OPTIONS]",
	.summary = "show a pool at work, for about a minute",
	.run = run_demo, .options = demo_options
};
