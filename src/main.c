/*
 * The processes begin here.  This is the one file that knows every layer: it
 * hands the engine to the command line, and the worker to the engine.
 */
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

#include <bsd/unistd.h>

#include "base/err.h"
#include "engine/engine.h"
#include "ui/cli/cli.h"
#include "worker/worker.h"

static void
start_engine(int fd, const struct setup *setup)
{
	engine_main(fd, setup, worker_main);
}

/* What is printed must arrive: a full disk is an error like any other. */
static int
close_stdout(int status)
{
	if (fflush(stdout) == 0)
		return status;
	perror("pooltop: standard output");
	return status != 0 ? status : EXIT_CANNOT;
}

int
main(int argc, char **argv)
{
	static const struct cli cli = { .engine = start_engine };

	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");	/* numbers are read and written one way */
	setproctitle_init(argc, argv, environ);
	return close_stdout(cli_main(&cli, argc, argv));
}
