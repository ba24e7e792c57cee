#include <jansson.h>
#include <pty.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include "tests/e2e/dash.h"

/* ---- starting --------------------------------------------------------------- */

struct vt *
dash_run_sized(struct e2e *e, const char *job, const char *const env[],
    int rows, int cols)
{
	char path[E2E_PATH_MAX];

	e2e_write(e, "job.yaml", job);
	return e2e_open_sized(e, WORDS(e2e_pooltop(), "run", "-j2",
	    e2e_path(e, path, "job.yaml")), env, rows, cols);
}

struct vt *
dash_run(struct e2e *e, const char *job)
{
	struct vt *t = dash_run_sized(e, job, NULL, 24, 80);

	SEE(t, "Workers 2 ");
	SEE(t, "w2");
	return t;
}

struct vt *
dash_attach(struct e2e *e)
{
	struct vt *t = e2e_open(e, WORDS(e2e_pooltop(), "attach"));

	SEE(t, "w1");
	return t;
}

struct vt *
dash_shell(struct e2e *e, const char *script, const char *job)
{
	char path[E2E_PATH_MAX], all[512];

	snprintf(all, sizeof all, "%s; echo left $?; read x", script);
	e2e_write(e, "job.yaml", job);
	return e2e_open(e, WORDS("sh", "-c", all, e2e_pooltop(),
	    e2e_path(e, path, "job.yaml")));
}

pid_t
dash_viewer(struct vt *t)
{
	struct proc_list list = { 0 };
	pid_t found = 0;

	proc_descendants(&list);
	for (size_t i = 0; i < list.n; i++)
		if (list.all[i].ppid == t->pid && list.all[i].state != 'Z')
			found = list.all[i].pid;
	proc_list_clear(&list);
	assert_int_not_equal(found, 0);
	return found;
}

bool
dash_stopped(pid_t pid)
{
	struct proc_list list = { 0 };
	bool stopped = false;

	proc_descendants(&list);
	for (size_t i = 0; i < list.n; i++)
		stopped = stopped || (list.all[i].pid == pid &&
		    list.all[i].state == 'T');
	proc_list_clear(&list);
	return stopped;
}

/* ---- what the run says ------------------------------------------------------- */

static json_t *
status(void)
{
	struct proc *p = proc_run(WORDS(e2e_pooltop(), "status", "--json"),
	    NULL, NULL);
	json_t *j = json_loads(proc_out(p), 0, NULL);

	proc_free(p);
	return j;
}

static const json_t *
look(const json_t *j, const char *path)
{
	char name[32];
	size_t n;

	for (; j != NULL && *path != '\0'; path += n + (path[n] == '.')) {
		n = strcspn(path, ".");
		snprintf(name, sizeof name, "%.*s", (int)n, path);
		j = json_is_array(j) ? json_array_get(j, (size_t)atoi(name)) :
		    json_object_get(j, name);
	}
	return j;
}

const char *
dash_status(const char *path)
{
	static char text[256];
	json_t *all = status();
	const json_t *j = look(all, path);
	char *dumped = NULL;

	if (json_is_string(j))
		snprintf(text, sizeof text, "%s", json_string_value(j));
	else if (j != NULL && (dumped = json_dumps(j, JSON_ENCODE_ANY)) != NULL)
		snprintf(text, sizeof text, "%s", dumped);
	else
		text[0] = '\0';
	free(dumped);
	json_decref(all);
	return text;
}

pid_t
dash_pid(const char *path)
{
	return (pid_t)atoi(dash_status(path));
}

/* Wait until the value is that text, or is not. */
static void
await(struct vt *t, const char *path, const char *text, bool wanted,
    const char *file, int line)
{
	struct mono deadline = proc_deadline(PROC_BOUND);
	const char *now;

	while ((strcmp(now = dash_status(path), text) == 0) != wanted) {
		if (proc_late(deadline)) {
			char *screen = t != NULL ? vt_dump(t) : NULL;

			fprintf(stderr, "%s is \"%s\", %swanted: \"%s\"\n%s\n",
			    path, now, wanted ? "" : "not ", text,
			    screen != NULL ? screen : "");
			free(screen);
			_fail(file, line);
		}
		if (t != NULL)
			vt_pump(t, 0.01);
		else
			proc_nap();
	}
}

void
dash_is(struct vt *t, const char *path, const char *want, const char *file,
    int line)
{
	await(t, path, want, true, file, line);
}

void
dash_no_longer(struct vt *t, const char *path, const char *old,
    const char *file, int line)
{
	char text[64];

	snprintf(text, sizeof text, "%s", old);
	await(t, path, text, false, file, line);
}

/* ---- the end ------------------------------------------------------------------ */

/* Once to stop it, once more to have what it holds dropped. */
static bool
dropped(void *arg)
{
	pid_t engine = dash_pid("engine_pid");

	if (engine == 0)
		return true;
	proc_free(proc_run(WORDS(e2e_pooltop(), "stop", "--now"), NULL, NULL));
	return false;
}

void
dash_over(const char *file, int line)
{
	if (!proc_wait_until(dropped, NULL, PROC_BOUND)) {
		fprintf(stderr, "the run would not be stopped\n");
		_fail(file, line);
	}
	e2e_nobody_left(file, line);
}

/* Does what is pasted still come in brackets? */
static bool
paste_is_on(struct vt *t)
{
	size_t before = buf_left(&t->typed);
	int fd = t->fd;
	bool on;

	t->fd = -1;		/* nobody shall get it */
	vterm_keyboard_start_paste(t->vterm);
	on = buf_left(&t->typed) > before;
	t->typed.len -= buf_left(&t->typed) - before;
	t->fd = fd;
	return on;
}

/* Termios of a terminal that nobody has touched. */
static void
fresh(struct termios *tio)
{
	int ours, theirs;

	assert_int_equal(openpty(&ours, &theirs, NULL, NULL, NULL), 0);
	assert_int_equal(tcgetattr(theirs, tio), 0);
	close(ours);
	close(theirs);
}

void
dash_as_before(struct vt *t, const char *file, int line)
{
	struct termios want, is;
	bool set;

	fresh(&want);
	assert_int_equal(tcgetattr(t->fd, &is), 0);
	set = want.c_iflag == is.c_iflag && want.c_oflag == is.c_oflag &&
	    want.c_cflag == is.c_cflag && want.c_lflag == is.c_lflag &&
	    memcmp(want.c_cc, is.c_cc, sizeof is.c_cc) == 0;
	if (!t->alt && t->cursor && t->mouse == 0 && !paste_is_on(t) && set)
		return;
	fprintf(stderr, "the terminal was left: alternate screen %d, "
	    "cursor %d, mouse %d, paste %d, termios as before %d\n", t->alt,
	    t->cursor, t->mouse, paste_is_on(t), set);
	_fail(file, line);
}
