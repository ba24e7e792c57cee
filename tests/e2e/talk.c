#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/e2e/talk.h"

/* ---- lines ---- */

static int
try_connect(const struct e2e *e, unsigned int run)
{
	struct sockaddr_un sun = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(sun.sun_path, sizeof sun.sun_path, "%s/%u/control", e->dir,
	    run);
	assert_int_not_equal(fd, -1);
	if (connect(fd, (struct sockaddr *)&sun, sizeof sun) == 0)
		return fd;
	close(fd);
	return -1;
}

void
talk_open(const struct e2e *e, unsigned int run, struct talk *t)
{
	struct mono deadline = proc_deadline(PROC_BOUND);

	*t = (struct talk){ .fd = -1 };
	while ((t->fd = try_connect(e, run)) == -1) {
		if (proc_late(deadline))
			fail_msg("run %u does not listen", run);
		proc_nap();
	}
}

void
talk_close(struct talk *t)
{
	close(t->fd);
	buf_clear(&t->in);
}

bool
talk_write(struct talk *t, const void *data, size_t len)
{
	const char *bytes = data;

	while (len > 0) {
		ssize_t n = send(t->fd, bytes, len, MSG_NOSIGNAL);

		if (n == -1 && errno != EINTR)
			return false;
		if (n > 0) {
			bytes += n;
			len -= (size_t)n;
		}
	}
	return true;
}

bool
talk_say(struct talk *t, const char *fmt, ...)
{
	char text[TALK_TEXT_MAX];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof text - 1, fmt, ap);
	va_end(ap);
	assert_in_range(n, 0, sizeof text - 2);
	text[n++] = '\n';
	return talk_write(t, text, (size_t)n);
}

static json_t *
take_line(struct talk *t)
{
	const char *text = (const char *)t->in.data + t->in.pos;
	size_t left = t->in.len - t->in.pos;
	const char *end = left > 0 ? memchr(text, '\n', left) : NULL;
	json_t *j;

	if (end == NULL)
		return NULL;
	j = json_loadb(text, (size_t)(end - text), 0, NULL);
	assert_non_null(j);
	buf_take(&t->in, (size_t)(end - text) + 1);
	return j;
}

json_t *
talk_hear(struct talk *t)
{
	struct mono deadline = proc_deadline(PROC_BOUND);
	struct pollfd pfd = { .fd = t->fd, .events = POLLIN };
	json_t *j;
	ssize_t n;

	while ((j = take_line(t)) == NULL && !proc_late(deadline)) {
		if (poll(&pfd, 1, 100) < 1)
			continue;
		n = recv(t->fd, buf_room(&t->in, 65536), 65536, 0);
		if (n <= 0)
			return NULL;
		t->in.len += (size_t)n;
	}
	return j;
}

bool
talk_ok(struct talk *t, char text[TALK_TEXT_MAX])
{
	json_t *j = talk_hear(t);
	bool ok = json_is_true(json_object_get(j, "ok"));
	const char *why = json_string_value(json_object_get(j, "error"));

	if (text != NULL)
		snprintf(text, TALK_TEXT_MAX, "%s", why != NULL ? why :
		    ok ? "ok" : "neither ok nor error");
	json_decref(j);
	return ok;
}

bool
ask(const struct e2e *e, unsigned int run, const char *fmt, ...)
{
	char text[TALK_TEXT_MAX];
	struct talk t = { .fd = try_connect(e, run) };
	va_list ap;
	bool ok;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	if (t.fd == -1)
		return false;
	json_decref(talk_hear(&t));
	ok = talk_say(&t, "%s", text) && talk_ok(&t, NULL);
	talk_close(&t);
	return ok;
}

/* ---- the state of a run ---- */

json_t *
state_of(const struct e2e *e, unsigned int run)
{
	struct talk t = { .fd = try_connect(e, run) };
	json_t *j = NULL, *state = NULL;

	if (t.fd == -1)
		return NULL;
	json_decref(talk_hear(&t));
	if (talk_say(&t, "{\"op\":\"status\"}"))
		j = talk_hear(&t);
	state = json_incref(json_object_get(j, "state"));
	json_decref(j);
	talk_close(&t);
	return state;
}

static const json_t *
find(const json_t *j, const char *path)
{
	char key[64];

	while (j != NULL && *path != '\0') {
		size_t n = strcspn(path, ".");

		snprintf(key, sizeof key, "%.*s", (int)n, path);
		j = json_is_array(j) ? json_array_get(j,
		    strtoul(key, NULL, 10)) : json_object_get(j, key);
		path += n + (path[n] == '.');
	}
	return j;
}

double
number(const json_t *j, const char *path)
{
	const json_t *v = find(j, path);

	return json_is_number(v) ? json_number_value(v) : -1;
}

bool
word_is(const json_t *j, const char *path, const char *word)
{
	const char *value = json_string_value(find(j, path));

	return value != NULL && strcmp(value, word) == 0;
}

void
until_state(const struct e2e *e, unsigned int run,
    bool (*holds)(const json_t *, const void *), const void *arg,
    const char *what, const char *file, int line)
{
	struct mono deadline = proc_deadline(PROC_BOUND);
	json_t *state;
	bool yes;
	char *text;

	for (;;) {
		state = state_of(e, run);
		if ((yes = holds(state, arg)) || proc_late(deadline))
			break;
		json_decref(state);
		proc_nap();
	}
	if (!yes) {
		text = json_dumps(state, JSON_COMPACT);
		fprintf(stderr, "waited for %s of run %u, which is\n%s\n",
		    what, run, text != NULL ? text : "not there");
		free(text);
	}
	json_decref(state);
	if (!yes)
		_fail(file, line);
}

bool
at_least(const json_t *state, const void *arg)
{
	const struct at_least *a = arg;

	return number(state, a->path) >= a->n;
}

bool
state_is(const json_t *state, const void *name)
{
	return word_is(state, "state", name);
}

bool
is_over(const json_t *state, const void *arg)
{
	return state == NULL || word_is(state, "state", "finished");
}

/* ---- verbs ---- */

static bool
has(const char *text, const char *wanted)
{
	return wanted == NULL || strstr(text, wanted) != NULL;
}

void
verb(const char *const argv[], int code, const char *out, const char *err,
    const char *file, int line)
{
	struct proc *p = proc_run(argv, NULL, NULL);
	bool good = p->ended && WIFEXITED(p->status) &&
	    WEXITSTATUS(p->status) == code && has(proc_out(p), out) &&
	    has(proc_err(p), err);

	if (!good) {
		for (size_t i = 0; argv[i] != NULL; i++)
			fprintf(stderr, "%s ", argv[i]);
		fprintf(stderr, "\nexpected status %d, stdout \"%s\", stderr"
		    " \"%s\"\nwait status %#x\nstdout:\n%s----\nstderr:\n"
		    "%s----\n", code, out != NULL ? out : "",
		    err != NULL ? err : "", (unsigned int)p->status,
		    proc_out(p), proc_err(p));
	}
	proc_free(p);
	if (!good)
		_fail(file, line);
}

/* ---- processes by name ---- */

pid_t
find_named(const char *name, size_t nth)
{
	struct proc_list list = { 0 };
	pid_t pid = 0;

	proc_descendants(&list);
	for (size_t i = 0; i < list.n && pid == 0; i++)
		if (strcmp(list.all[i].name, name) == 0 &&
		    list.all[i].state != 'Z' && nth-- == 0)
			pid = list.all[i].pid;
	proc_list_clear(&list);
	return pid;
}

pid_t
wait_named(const char *name, size_t nth)
{
	struct mono deadline = proc_deadline(PROC_BOUND);
	pid_t pid;

	while ((pid = find_named(name, nth)) == 0) {
		if (proc_late(deadline))
			fail_msg("no process %s", name);
		proc_nap();
	}
	return pid;
}
