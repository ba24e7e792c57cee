/*
 * pooltop with workers whose tasks have left processes behind: a plain child,
 * one that fled to a session of its own, and one whose parent has gone.  None
 * of them ends by itself, or for a SIGTERM.
 *
 * With WILD=fragile, workers that execute nothing: a task whose value is "die"
 * kills its worker, and of any other the value is the result.
 */
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <bsd/unistd.h>

#include "base/child.h"
#include "engine/engine.h"
#include "ui/cli/cli.h"
#include "wire/worker_msg.h"
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
answer(struct buf *out, const struct msg_task *t)
{
	struct msg_result m = { .task = t->task, .end = END_DONE,
	    .text = t->value[0], .len = strlen(t->value[0]) };

	if (strcmp(t->value[0], "die") == 0)
		raise(SIGKILL);		/* with all that was not sent yet */
	msg_put_result(out, &m);
}

static void
take_lease(struct buf *out, struct buf *body)
{
	uint32_t job, n;
	struct msg_task t;

	if (msg_get_lease(body, &job, &n) == -1)
		_exit(1);
	for (; n > 0 && msg_get_lease_task(body, &t) == 0; n--) {
		answer(out, &t);
		msg_task_clear(&t);
	}
}

static void __attribute__((noreturn))
fragile_worker(int fd, unsigned int slot, pid_t parent)
{
	const struct msg_hello hello = { WORKER_MSG_VERSION,
	    (uint32_t)getpid(), 2 * MSG_TASKS_MAX };
	struct buf in = { 0 }, out = { 0 }, body;
	uint8_t type = 0;
	ssize_t n;

	worker_guard(parent, SIGKILL);
	msg_put_hello(&out, &hello);
	while (type != MSG_LEAVE && type != MSG_STOP) {
		if (write(fd, out.data, out.len) != (ssize_t)out.len)
			_exit(1);
		buf_reset(&out);
		if ((n = read(fd, buf_room(&in, FRAME_MAX), FRAME_MAX)) <= 0)
			_exit(0);
		in.len += (size_t)n;
		while (frame_next(&in, &type, &body) == 1)
			if (type == MSG_LEASE)
				take_lease(&out, &body);
			else if (type == MSG_REVOKE)
				msg_put_returned(&out, NULL, 0);
	}
	_exit(0);
}

static void
start_engine(int fd, const struct setup *setup)
{
	const char *how = getenv("WILD");

	engine_main(fd, setup, how != NULL && strcmp(how, "fragile") == 0 ?
	    fragile_worker : wild_worker);
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
