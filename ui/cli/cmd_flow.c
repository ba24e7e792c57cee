/* pause, continue, stop: a live run as a whole. */
#include "ui/cli/cli.h"

enum { OPT_NOW = OPT_OWN };

static int
own(struct verb_args *a, int id, const char *value, struct err *err)
{
	a->request.now = true;
	return 0;
}

static int
send_flow(const struct verb *v, enum op op, int argc, char **argv)
{
	struct verb_args a = { .own = own, .request.op = op };
	int status;

	if (verb_read_all(v, argc, argv, &a, &status) == -1)
		return status;
	return verb_send(&a);
}

static const struct option_def options[] = {
	OPTION_RUN, OPTION_HELP, OPTIONS_END
};

static int
run_pause(const struct cli *cli, int argc, char **argv)
{
	return send_flow(&verb_pause, OP_PAUSE, argc, argv);
}

const struct verb verb_pause = {
	.name = "pause", .usage = "[OPTIONS]",
	.summary = "hand out no more tasks; running ones go on",
	.run = run_pause, .options = options
};

static int
run_continue(const struct cli *cli, int argc, char **argv)
{
	return send_flow(&verb_continue, OP_CONTINUE, argc, argv);
}

const struct verb verb_continue = {
	.name = "continue", .usage = "[OPTIONS]",
	.summary = "the end of a pause", .run = run_continue,
	.options = options
};

static int
run_stop(const struct cli *cli, int argc, char **argv)
{
	return send_flow(&verb_stop, OP_STOP, argc, argv);
}

static const struct option_def stop_options[] = {
	{ OPT_NOW, "now", '\0', NULL,
	    "stop the running tasks too (else they finish)" },
	OPTION_RUN, OPTION_HELP, OPTIONS_END
};
const struct verb verb_stop = {
	.name = "stop", .usage = "[OPTIONS]", .summary = "end a run early",
	.run = run_stop, .options = stop_options,
	.more = "Results of a run without a front end wait until somebody"
	    " attaches; if it is\nstopped again after its end, it drops them"
	    " and is gone."
};
