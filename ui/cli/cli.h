/*
 * ui/cli/cli.h: the command line: a verb, its options, what it does.  One
 * file a verb, or a few that are alike; cli.c has the table of them.
 */
#ifndef UI_CLI_CLI_H
#define UI_CLI_CLI_H

#include "client/client.h"
#include "ui/cli/options.h"

enum { EXIT_CANNOT = 255 };	/* could not run at all */

/* What main.c joins: the engine is a layer that ui does not know. */
struct cli {
	client_engine_fn	*engine;
};

struct verb {
	const char		*name;
	const char		*usage;		/* after the name; lines of it */
	const char		*summary;	/* one line */
	const char		*more;		/* paragraphs, or NULL */
	const struct option_def	*options;	/* --help is added */
	/* argv[0] is the verb.  Returns the exit status. */
	int			(*run)(const struct cli *, int argc,
				    char **argv);
};

int	cli_main(const struct cli *, int argc, char **argv);

/* The end of a verb that cannot do what it was told.  Always EXIT_CANNOT. */
int	cli_usage(const struct verb *, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));
void	cli_help(const struct verb *);

extern const struct verb verb_run, verb_demo, verb_list, verb_status,
	    verb_attach, verb_wait, verb_resize, verb_drain, verb_terminate,
	    verb_signal, verb_cancel, verb_retry, verb_pause, verb_continue,
	    verb_stop, verb_kernels, verb_help;

/* ---- what verbs that speak to a run share (verb_request.c) ---------------- */

/* Options that several verbs have: --run, --json, --help. */
enum { OPT_HELP = 1, OPT_RUN, OPT_JSON, OPT_OWN };
#define OPTION_RUN  { OPT_RUN, "run", '\0', "N", \
	"the run that is meant (see pooltop list)" }
#define OPTION_JSON { OPT_JSON, "json", '\0', NULL, \
	"JSON instead of lines for people" }
#define OPTION_HELP { OPT_HELP, "help", 'h', NULL, "this page" }
#define OPTIONS_END { 0, NULL, '\0', NULL, NULL }

struct verb_args {
	unsigned int	 run;		/* 0: not said */
	bool		 json;
	bool		 help;
	struct request	 request;
	/* For options from OPT_OWN on; NULL: there are none. */
	int		 (*own)(struct verb_args *, int id, const char *value,
			    struct err *);
};

/*
 * Read the options.  Gives the place of the first operand in argv, or -1 when
 * there is no more to do (help, a fault): then *exit_status is set.
 */
int	verb_read(const struct verb *, int argc, char **argv,
	    struct verb_args *, int *exit_status);

/* The same for a verb without operands: 0, or -1. */
int	verb_read_all(const struct verb *, int argc, char **argv,
	    struct verb_args *, int *exit_status);

/* Send the request to the run that is meant.  Returns the exit status. */
int	verb_send(const struct verb_args *);

/* "w3", "3" and "w2-5" are workers, "7" and "7-9" tasks; -1 and err. */
int	verb_workers(struct request *, char **words, struct err *);
int	verb_tasks(struct request *, char **words, struct err *);

#endif
