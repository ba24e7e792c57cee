/*
 * pooltop with workers whose tasks have left processes behind: a plain child,
 * one that fled to a session of its own, and one whose parent has gone.  None
 * of them ends by itself, or for a SIGTERM.
 */
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <bsd/unistd.h>

#include "base/child.h"
#include "engine/engine.h"
#include "ui/cli/cli.h"
#include "worker/worker.h"

static void __attribute__((noreturn))
stay(void)
{
	signal(SIGTERM, SIG_IGN);
	child_title("wild-child", "stays");
	for (;;)
		pause();
}

static void
breed(bool session, bool orphan)
{
	pid_t pid = fork();

	if (pid == -1)
		_exit(1);
	if (pid > 0)
		return;
	if (session)
		setsid();
	if (orphan && fork() != 0)
		_exit(0);
	stay();
}

static void
wild_worker(int fd, unsigned int slot, pid_t parent)
{
	worker_guard(parent, SIGTERM);
	breed(false, false);
	breed(true, false);
	breed(true, true);
	worker_serve(fd, slot);
}

static void
start_engine(int fd, const struct setup *setup)
{
	engine_main(fd, setup, wild_worker);
}

int
main(int argc, char **argv)
{
	static const struct cli cli = { .engine = start_engine };

	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");
	setproctitle_init(argc, argv, environ);
	return cli_main(&cli, argc, argv);
}
