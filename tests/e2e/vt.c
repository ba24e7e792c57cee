#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/e2e/proc.h"
#include "tests/e2e/vt.h"

#define SLICE	0.01	/* seconds between two looks whether it has ended */

/* ---- what libvterm tells ---- */

static void
on_title(struct vt *t, const VTermValue *v)
{
	t->titles++;
#if VTERM_VERSION_MAJOR == 0 && VTERM_VERSION_MINOR == 1
	snprintf(t->title, sizeof t->title, "%s", v->string);
#endif
}

static int
on_property(VTermProp prop, VTermValue *v, void *arg)
{
	struct vt *t = arg;

	if (prop == VTERM_PROP_ALTSCREEN)
		t->alt = v->boolean;
	else if (prop == VTERM_PROP_CURSORVISIBLE)
		t->cursor = v->boolean;
	else if (prop == VTERM_PROP_MOUSE)
		t->mouse = v->number;
	else if (prop == VTERM_PROP_TITLE)
		on_title(t, v);
	return 1;
}

static void
flush(struct vt *t)
{
	ssize_t n;

	while (t->fd != -1 && buf_left(&t->typed) > 0) {
		n = write(t->fd, t->typed.data + t->typed.pos,
		    buf_left(&t->typed));
		if (n > 0)
			buf_take(&t->typed, (size_t)n);
		else if (errno != EINTR)
			return;
	}
}

/* Keys, and answers to the program's questions. */
static void
on_output(const char *s, size_t len, void *arg)
{
	struct vt *t = arg;

	buf_put(&t->typed, s, len);
	flush(t);
}

/* ---- starting and ending ---- */

static void
terminal_open(struct vt *t)
{
	static const VTermScreenCallbacks callbacks = {
		.settermprop = on_property,
	};

	t->vterm = vterm_new(t->rows, t->cols);
	vterm_set_utf8(t->vterm, 1);
	vterm_output_set_callback(t->vterm, on_output, t);
	t->screen = vterm_obtain_screen(t->vterm);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_set_callbacks(t->screen, &callbacks, t);
	vterm_screen_reset(t->screen, 1);
}

static void
start_child(const char *const argv[], const char *const env[],
    const char *term)
{
	static const char *const foreign[] = { "LINES", "COLUMNS", "COLORTERM",
		"NO_COLOR", "TMUX", "STY", "TERM_PROGRAM", "TERMCAP", NULL };

	for (size_t i = 0; foreign[i] != NULL; i++)
		unsetenv(foreign[i]);
	setenv("TERM", term, 1);
	proc_exec(argv, env, NULL);
}

struct vt *
vt_start(const char *const argv[], const char *const env[], int rows, int cols,
    const char *term)
{
	struct winsize size = {
		.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols
	};
	struct vt *t = mem_alloc(sizeof *t);

	assert(rows >= 1 && cols >= 2);
	t->rows = rows;
	t->cols = cols;
	terminal_open(t);
	fflush(NULL);
	t->pid = forkpty(&t->fd, NULL, NULL, &size);
	if (t->pid == 0)
		start_child(argv, env, term);
	assert(t->pid != -1);
	fcntl(t->fd, F_SETFD, FD_CLOEXEC);
	fcntl(t->fd, F_SETFL, O_NONBLOCK);
	return t;
}

void
vt_hang_up(struct vt *t)
{
	if (t->fd != -1)
		close(t->fd);
	t->fd = -1;
	t->eof = true;
}

void
vt_free(struct vt *t)
{
	if (t == NULL)
		return;
	if (!t->ended)
		proc_end(t->pid);
	vt_hang_up(t);
	vterm_free(t->vterm);
	buf_clear(&t->typed);
	free(t->line);
	free(t);
}

/* ---- reading and waiting ---- */

bool
vt_pump(struct vt *t, double seconds)
{
	struct pollfd p = { .fd = t->fd };
	char bytes[65536];
	ssize_t n;

	flush(t);
	p.events = t->stalled || t->eof ? 0 : POLLIN;
	if (buf_left(&t->typed) > 0 && !t->eof)
		p.events |= POLLOUT;
	p.fd = p.events != 0 ? t->fd : -1;
	poll(&p, 1, (int)(seconds * 1000));
	if (t->stalled || t->eof)
		return false;
	n = read(t->fd, bytes, sizeof bytes);
	if (n == -1 && (errno == EAGAIN || errno == EINTR))
		return false;
	if (n <= 0) {		/* EIO: the last one has closed it */
		t->eof = true;
		return false;
	}
	t->bytes += (uint64_t)n;
	vterm_input_write(t->vterm, bytes, (size_t)n);
	return true;
}

/* A program that never rests must not keep us here: so many reads, no more. */
static void
catch_up(struct vt *t)
{
	for (int i = 0; i < 64 && vt_pump(t, 0); i++)
		;
}

bool
vt_wait_until(struct vt *t, bool (*holds)(struct vt *, void *), void *arg,
    double seconds)
{
	struct mono deadline = proc_deadline(seconds);

	catch_up(t);
	while (!holds(t, arg)) {
		if (t->eof || proc_late(deadline))
			return false;
		vt_pump(t, SLICE);
		catch_up(t);
	}
	return true;
}

static bool
shows(struct vt *t, void *text)
{
	return vt_shows(t, text);
}

static bool
shows_not(struct vt *t, void *text)
{
	return !vt_shows(t, text);
}

bool
vt_wait(struct vt *t, const char *text, double seconds)
{
	return vt_wait_until(t, shows, (void *)(uintptr_t)text, seconds);
}

bool
vt_wait_not(struct vt *t, const char *text, double seconds)
{
	return vt_wait_until(t, shows_not, (void *)(uintptr_t)text, seconds);
}

int
vt_wait_exit(struct vt *t, double seconds)
{
	struct mono deadline = proc_deadline(seconds);

	while (!t->ended) {
		if ((t->ended = proc_reap(t->pid, &t->status)))
			break;
		if (proc_late(deadline))
			return -1;
		vt_pump(t, t->eof ? 0 : SLICE);
		if (t->eof)
			proc_nap();
	}
	catch_up(t);
	return t->status;
}

/* ---- the user ---- */

void
vt_type(struct vt *t, const char *utf8)
{
	on_output(utf8, strlen(utf8), t);
}

void
vt_key(struct vt *t, VTermKey key)
{
	vterm_keyboard_key(t->vterm, key, VTERM_MOD_NONE);
}

void
vt_paste(struct vt *t, const char *utf8)
{
	vterm_keyboard_start_paste(t->vterm);
	vt_type(t, utf8);
	vterm_keyboard_end_paste(t->vterm);
}

void
vt_click(struct vt *t, int row, int col, int button)
{
	vterm_mouse_move(t->vterm, row, col, VTERM_MOD_NONE);
	vterm_mouse_button(t->vterm, button, true, VTERM_MOD_NONE);
	if (button < 4)		/* a wheel is not let go of */
		vterm_mouse_button(t->vterm, button, false, VTERM_MOD_NONE);
}

void
vt_resize(struct vt *t, int rows, int cols)
{
	struct winsize size = {
		.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols
	};

	assert(rows >= 1 && cols >= 2);
	catch_up(t);
	t->rows = rows;
	t->cols = cols;
	vterm_set_size(t->vterm, rows, cols);
	ioctl(t->fd, TIOCSWINSZ, &size);
}

void
vt_stall(struct vt *t, bool on)
{
	t->stalled = on;
}
