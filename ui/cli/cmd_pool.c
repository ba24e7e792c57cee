/* resize, drain, terminate, signal: the workers of a live run. */
#include <ctype.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/human.h"
#include "ui/cli/cli.h"

enum { OPT_DRAIN = OPT_OWN, OPT_REQUEUE, OPT_FAIL, OPT_REPLACE, OPT_KILL,
    OPT_SHRINK };

static int
own(struct verb_args *a, int id, const char *value, struct err *err)
{
	switch (id) {
	case OPT_DRAIN:
		a->request.shrink = SHRINK_DRAIN;
		break;
	case OPT_REQUEUE:
		a->request.shrink = SHRINK_REQUEUE;
		break;
	case OPT_FAIL:
		a->request.shrink = SHRINK_FAIL;
		a->request.fail = true;
		break;
	case OPT_REPLACE:
		a->request.replace = true;
		break;
	case OPT_KILL:
		a->request.kill = true;
		break;
	case OPT_SHRINK:
		a->request.shed = true;
		break;
	}
	return 0;
}

static int
run_resize(const struct cli *cli, int argc, char **argv)
{
	struct verb_args a = { .own = own, .request.op = OP_RESIZE };
	int status, rest = verb_read(&verb_resize, argc, argv, &a, &status);
	int64_t n;

	if (rest == -1)
		return status;
	if (argc - rest != 1 ||
	    human_parse_int(argv[rest], 0, POOL_MAX, &n) == -1)
		return cli_usage(&verb_resize, "say how many workers: 0 to"
		    " %d", POOL_MAX);
	a.request.size = (unsigned int)n;
	return verb_send(&a);
}

static const struct option_def resize_options[] = {
	{ OPT_DRAIN, "drain", '\0', NULL,
	    "workers that leave finish their task first (the default)" },
	{ OPT_REQUEUE, "requeue", '\0', NULL,
	    "they are stopped now, their tasks are queued again" },
	{ OPT_FAIL, "fail", '\0', NULL,
	    "they are stopped now, their tasks fail" },
	OPTION_RUN, OPTION_HELP, OPTIONS_END
};
const struct verb verb_resize = {
	.name = "resize", .usage = "[OPTIONS] N",
	.summary = "make the pool larger or smaller", .run = run_resize,
	.more = "N is 0 to 256; with 0 workers the queue waits.",
	.options = resize_options
};

/* A verb whose operands are workers. */
static int
send_workers(const struct verb *v, struct verb_args *a, char **words)
{
	struct err err;

	if (verb_workers(&a->request, words, &err) == -1)
		return cli_usage(v, "%s", err.text);
	return verb_send(a);
}

static int
run_drain(const struct cli *cli, int argc, char **argv)
{
	struct verb_args a = { .own = own, .request.op = OP_DRAIN };
	int status, rest = verb_read(&verb_drain, argc, argv, &a, &status);

	return rest == -1 ? status :
	    send_workers(&verb_drain, &a, argv + rest);
}

static const struct option_def drain_options[] = {
	{ OPT_REPLACE, "replace", '\0', NULL,
	    "start another in its place: the pool stays as large" },
	OPTION_RUN, OPTION_HELP, OPTIONS_END
};
const struct verb verb_drain = {
	.name = "drain", .usage = "[OPTIONS] wN...",
	.summary = "let workers leave after their current task",
	.run = run_drain, .options = drain_options
};

static int
run_terminate(const struct cli *cli, int argc, char **argv)
{
	struct verb_args a = { .own = own, .request.op = OP_TERMINATE };
	int status, rest = verb_read(&verb_terminate, argc, argv, &a,
	    &status);

	return rest == -1 ? status :
	    send_workers(&verb_terminate, &a, argv + rest);
}

static const struct option_def terminate_options[] = {
	{ OPT_KILL, "kill", '\0', NULL,
	    "SIGKILL at once, without the grace time" },
	{ OPT_FAIL, "fail", '\0', NULL,
	    "its task fails (else it is queued again)" },
	{ OPT_SHRINK, "shrink", '\0', NULL,
	    "the pool gets smaller (else the worker is replaced)" },
	OPTION_RUN, OPTION_HELP, OPTIONS_END
};
const struct verb verb_terminate = {
	.name = "terminate", .usage = "[OPTIONS] wN...",
	.summary = "stop workers now", .run = run_terminate,
	.options = terminate_options
};

/* "9", "KILL", "SIGKILL", in any case; 0: none of them. */
static int
signal_number(const char *word)
{
	int64_t n;

	if (human_parse_int(word, 1, NSIG - 1, &n) == 0)
		return (int)n;
	if (strncasecmp(word, "SIG", 3) == 0)
		word += 3;
	for (int sig = 1; sig < NSIG; sig++) {
		const char *name = sigabbrev_np(sig);

		if (name != NULL && strcasecmp(name, word) == 0)
			return sig;
	}
	return 0;
}

static int
run_signal(const struct cli *cli, int argc, char **argv)
{
	struct verb_args a = { .own = own, .request.op = OP_SIGNAL };
	int status, rest = verb_read(&verb_signal, argc, argv, &a, &status);

	if (rest == -1)
		return status;
	if (rest == argc)
		return cli_usage(&verb_signal, "say which signal: STOP, CONT,"
		    " USR1, 9 ...");
	if ((a.request.signal = signal_number(argv[rest])) == 0)
		return cli_usage(&verb_signal, "%.40s is not a signal; STOP,"
		    " CONT, USR1 and 9 are", argv[rest]);
	return send_workers(&verb_signal, &a, argv + rest + 1);
}

static const struct option_def signal_options[] = {
	OPTION_RUN, OPTION_HELP, OPTIONS_END
};
const struct verb verb_signal = {
	.name = "signal", .usage = "[OPTIONS] SIGNAL wN...",
	.summary = "freeze, continue or signal workers",
	.run = run_signal, .options = signal_options,
	.more = "STOP freezes the task of a worker, CONT lets it go on; the"
	    " worker itself\nalways answers.  Other signals reach the"
	    " worker's process."
};
