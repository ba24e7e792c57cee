/* attach, wait: stay with a run that lives. */
#include "ui/cli/cli.h"
#include "ui/cli/faces.h"
#include "ui/say.h"
#include "ui/session.h"

enum { OPT_FACE = OPT_OWN };	/* and those after it: faces.h */

struct attach_args {
	struct verb_args	args;	/* first: own gets it */
	struct faces		faces;
};

static int
own(struct verb_args *a, int id, const char *value, struct err *err)
{
	struct attach_args *attach = (struct attach_args *)a;

	return faces_set(&attach->faces, id - OPT_FACE, err);
}

static int
run_attach(const struct cli *cli, int argc, char **argv)
{
	struct attach_args a = { .args = { .own = own } };
	struct session_options options = { .print = true };
	unsigned int run;
	struct err err;
	int status;

	if (verb_read_all(&verb_attach, argc, argv, &a.args, &status) == -1)
		return status;
	if ((run = client_choose(a.args.run, true, &err)) == 0) {
		say("%s", err.text);
		return EXIT_CANNOT;
	}
	options.face = faces_choose(&a.faces, true);
	options.face_asked = a.faces.asked;
	return session_join(run, &options);
}

static const struct option_def attach_options[] = {
	FACES_OPTIONS(OPT_FACE), OPTION_RUN, OPTION_HELP, OPTIONS_END
};
const struct verb verb_attach = {
	.name = "attach", .usage = "[OPTIONS]",
	.summary = "come back to a run: its dashboard, its results",
	.run = run_attach, .options = attach_options,
	.more = "Results that were not printed yet are printed, unless"
	    " another front end does\nthat.  Ctrl-C and q leave; the run"
	    " goes on."
};

static int
run_wait(const struct cli *cli, int argc, char **argv)
{
	struct verb_args a = { 0 };
	const struct session_options options = { .face = FACE_QUIET };
	unsigned int run;
	struct err err;
	int status;

	if (verb_read_all(&verb_wait, argc, argv, &a, &status) == -1)
		return status;
	if ((run = client_choose(a.run, true, &err)) == 0) {
		say("%s", err.text);
		return EXIT_CANNOT;
	}
	return session_join(run, &options);
}

static const struct option_def wait_options[] = {
	OPTION_RUN, OPTION_HELP, OPTIONS_END
};
const struct verb verb_wait = {
	.name = "wait", .usage = "[OPTIONS]",
	.summary = "wait for the end of a run, and end with its status",
	.run = run_wait, .options = wait_options
};
