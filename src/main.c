/*
 * The processes begin here.  This is the one file that knows every layer: it
 * hands the engine to the command line, and the worker to the engine.
 */
#include <fcntl.h>
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

/*
 * Who was started with one of 0, 1, 2 closed must not find a socket there:
 * they are taken, and fail to be read or written as if they were closed.
 */
static void
take_stdio(void)
{
	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) == -1 && open("/dev/null",
		    fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) == -1)
			_exit(EXIT_CANNOT);
}

int
main(int argc, char **argv)
{
	static const struct cli cli = { .engine = start_engine };

	take_stdio();
	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");	/* numbers are read and written one way */
	setproctitle_init(argc, argv, environ);
	return close_stdout(cli_main(&cli, argc, argv));
}
