/* cancel, retry: tasks of a live run. */
#include "ui/cli/cli.h"

static int
send_tasks(const struct verb *v, enum op op, bool needed, int argc,
    char **argv)
{
	struct verb_args a = { .request.op = op };
	int status, rest = verb_read(v, argc, argv, &a, &status);
	struct err err;

	if (rest == -1)
		return status;
	if (verb_tasks(&a.request, argv + rest, &err) == -1)
		return cli_usage(v, "%s", err.text);
	if (needed && a.request.ntasks == 0)
		return cli_usage(v, "say which tasks: 7 9-12 ...");
	return verb_send(&a);
}

static const struct option_def options[] = {
	OPTION_RUN, OPTION_HELP, OPTIONS_END
};

static int
run_cancel(const struct cli *cli, int argc, char **argv)
{
	return send_tasks(&verb_cancel, OP_CANCEL, true, argc, argv);
}

const struct verb verb_cancel = {
	.name = "cancel", .usage = "[OPTIONS] TASK...",
	.summary = "take tasks out, waiting or running ones",
	.run = run_cancel, .options = options
};

static int
run_retry(const struct cli *cli, int argc, char **argv)
{
	return send_tasks(&verb_retry, OP_RETRY, false, argc, argv);
}

const struct verb verb_retry = {
	.name = "retry", .usage = "[OPTIONS] [TASK...]",
	.summary = "queue failed tasks again, all of them by default",
	.run = run_retry, .options = options
};
