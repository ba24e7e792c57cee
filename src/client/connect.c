/* client/connect.c: the part of client.h that waits for one answer. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/child.h"
#include "base/mem.h"
#include "base/mono.h"
#include "base/sock.h"
#include "base/text.h"
#include "client/client.h"
#include "wire/rundir.h"

enum { RUNS_MAX = 1000 };
/* Seconds that a new engine, and one that lives, may take to answer. */
static const double start_patience = 20, patience = 3;

static int
wait_readable(int fd, struct mono until, struct err *err)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	double left;
	int n;

	do {
		left = mono_diff(until, mono_now());
		n = poll(&pfd, 1, left > 0 ? (int)(left * 1000) : 0);
	} while (n == -1 && errno == EINTR);
	if (n == 0)
		return err_set(err, "the run does not answer");
	return n == 1 ? 0 : err_sys(err, "poll");
}

/*
 * Bytes behind the line stay in the socket for who reads on: looked at first,
 * then taken up to the newline.
 */
static int
read_line(int fd, double wait, struct buf *line, struct err *err)
{
	struct mono until = mono_after(mono_now(), wait);
	ssize_t n, take;
	char *end, *room;

	while (line->len < CONTROL_LINE_MAX) {
		if (wait_readable(fd, until, err) == -1)
			return -1;
		room = (char *)buf_room(line, 4096);
		n = recv(fd, room, 4096, MSG_PEEK);
		if (n == -1)
			return err_sys(err, "the run does not answer");
		if (n == 0)
			return err_set(err, "the run has hung up");
		end = memchr(room, '\n', (size_t)n);
		take = end != NULL ? end - room + 1 : n;
		if (recv(fd, room, (size_t)take, 0) != take)
			return err_sys(err, "the run does not answer");
		line->len += (size_t)take;
		if (end != NULL)
			return 0;
	}
	return err_set(err, "the run answers without end");
}

static json_t *
read_object(int fd, double wait, struct err *err)
{
	struct buf line = { 0 };
	json_t *j = NULL;

	if (read_line(fd, wait, &line, err) == 0)
		j = control_parse((char *)line.data, line.len, err);
	buf_clear(&line);
	return j;
}

static int
read_hello(int fd, double wait, unsigned int *run, struct err *err)
{
	json_t *j = read_object(fd, wait, err);
	int rc;

	if (j == NULL)
		return -1;
	rc = control_hello_get(j, run, err);
	json_decref(j);
	return rc;
}

int
client_start(client_engine_fn *engine, const struct setup *setup, pid_t *pid,
    unsigned int *run, struct err *err)
{
	int fd[2];

	if (sock_pair(fd) == -1)
		return err_sys(err, "socket");
	if ((*pid = child_fork()) == 0) {
		close(fd[0]);
		engine(fd[1], setup);
		_exit(255);
	}
	close(fd[1]);
	if (*pid == -1) {
		err_sys(err, "fork");
		close(fd[0]);
		return -1;
	}
	if (read_hello(fd[0], start_patience, run, err) == -1) {
		kill(*pid, SIGKILL);	/* whoever does not answer is no run */
		close(fd[0]);
		return -1;
	}
	return fd[0];
}

int
client_connect(unsigned int run, struct err *err)
{
	char *path = rundir_socket(run);
	unsigned int number;
	int fd = sock_connect(path, err);

	free(path);
	if (fd == -1) {
		if (errno == ENOENT || errno == ECONNREFUSED)
			err_set(err, "there is no run %u; pooltop list shows"
			    " those that live", run);
		return -1;
	}
	if (read_hello(fd, patience, &number, err) == -1) {
		close(fd);
		return -1;
	}
	return fd;
}

static int
write_line(int fd, const char *line, size_t len, struct err *err)
{
	while (len > 0) {
		ssize_t n = send(fd, line, len, MSG_NOSIGNAL);

		if (n == -1 && errno != EINTR)
			return err_sys(err, "the run has hung up");
		if (n > 0) {
			line += n;
			len -= (size_t)n;
		}
	}
	return 0;
}

json_t *
client_ask(int fd, const struct request *r, struct err *err)
{
	json_t *j = control_request(r), *answer;
	size_t len;
	char *line = control_line(j, &len);
	int rc = write_line(fd, line, len, err);
	const json_t *why;

	json_decref(j);
	free(line);
	if (rc == -1 || (answer = read_object(fd, patience, err)) == NULL)
		return NULL;
	if (json_is_string(why = json_object_get(answer, "error"))) {
		char text[256];

		text_harmless(text, sizeof text, json_string_value(why),
		    json_string_length(why));
		err_set(err, "%s", text);
		json_decref(answer);
		return NULL;
	}
	return answer;
}

/* When a run began, in seconds since 1970; 0 if it does not say. */
static double
started(unsigned int run)
{
	struct request r = { .op = OP_STATUS };
	struct err err;
	int fd = client_connect(run, &err);
	json_t *answer;
	double at = 0;

	if (fd == -1)
		return 0;
	if ((answer = client_ask(fd, &r, &err)) != NULL)
		at = json_number_value(json_object_get(
		    json_object_get(answer, "state"), "started"));
	json_decref(answer);
	close(fd);
	return at;
}

static unsigned int
newest(const unsigned int *run, int n)
{
	unsigned int best = run[0];
	double best_at = -1, at;

	for (int i = 0; i < n; i++)
		if ((at = started(run[i])) > best_at) {
			best = run[i];
			best_at = at;
		}
	return best;
}

static void
say_several(const unsigned int *run, int n, struct err *err)
{
	char list[128] = "";
	size_t used = 0;

	for (int i = 0; i < n && used < sizeof list - 12; i++)
		used += (size_t)snprintf(list + used, sizeof list - used,
		    " %u", run[i]);
	err_set(err, "several runs live, say which with --run:%s%s", list,
	    used >= sizeof list - 12 ? " ..." : "");
}

unsigned int
client_choose(unsigned int number, bool reading, struct err *err)
{
	unsigned int run[RUNS_MAX];
	int n;

	if (number != 0)
		return number;
	if ((n = rundir_list(run, RUNS_MAX, err)) == -1)
		return 0;
	if (n == 0) {
		err_set(err, "no run lives now");
		return 0;
	}
	if (n == 1)
		return run[0];
	if (reading)
		return newest(run, n);
	say_several(run, n, err);
	return 0;
}
