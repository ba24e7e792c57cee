/*
 * The dashboard on a terminal of ours (a pty), whose every byte is read.  The
 * viewer is a child; what it was told and what it asks comes over a pipe.
 * Waits are for conditions; their bound is only ever reached by a failure.
 */
#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include "base/buf.h"
#include "base/mono.h"
#include "fixture.h"
#include "test.h"
#include "ui/tui/tui.h"

enum { ROWS = 24, COLS = 80, EXIT_NO_TUI = 9, EXIT_LEFT = 40 };
static const double bound = 60;		/* s */

struct how {
	const char	*term;
	double		 first_frame_after;
	int		 blocked;	/* a signal the viewer must not get */
};

struct viewer {
	pid_t		 pid;
	int		 master, pipe;
	struct buf	 screen, said;	/* all bytes; NUL follows */
	struct termios	 before;
	bool		 deaf;		/* do not read the terminal */
};

/*
 * The child.
 */

static struct child {
	struct event_base *base;
	struct tui	*tui;
	struct event	*tick;
	struct run	 run;
	int		 pipe;
	int		 status;
} child;

static void __attribute__((format(printf, 1, 2)))
tell(const char *fmt, ...)
{
	char text[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	if (write(child.pipe, text, strlen(text)) == -1)
		_exit(EXIT_NO_TUI);
}

static void
on_send(void *arg, const struct request *rq)
{
	tell("send %s\n", op_name(rq->op));
}

static void
on_leave(void *arg, enum tui_leave how, int sig)
{
	tell("leave %d %d\n", (int)how, sig);
	child.status = EXIT_LEFT + (int)how;
	tui_close(child.tui);
	event_base_loopbreak(child.base);
}

static void
on_tick(evutil_socket_t fd, short what, void *arg)
{
	child.run.elapsed += 1;
	tui_update(child.tui, &child.run);
}

static void
child_main(int pipe, const struct how *how)
{
	struct tui_options options = { .send = on_send, .leave = on_leave,
		.first_frame_after = how->first_frame_after };
	struct timeval often = { 0, 50000 };
	struct err err;
	sigset_t set;

	child.pipe = pipe;
	if (how->term != NULL)
		setenv("TERM", how->term, 1);
	else
		unsetenv("TERM");
	if (how->blocked != 0) {
		sigemptyset(&set);
		sigaddset(&set, how->blocked);
		sigprocmask(SIG_BLOCK, &set, NULL);
	}
	run_init(&child.run);
	fixture_main(&child.run);
	child.base = event_base_new();
	if ((child.tui = tui_open(child.base, &options, &err)) == NULL) {
		tell("no tui: %s\n", err.text);
		_exit(EXIT_NO_TUI);
	}
	tui_update(child.tui, &child.run);
	child.tick = event_new(child.base, -1, EV_PERSIST, on_tick, NULL);
	event_add(child.tick, &often);
	tell("open\n");
	event_base_dispatch(child.base);
	event_free(child.tick);
	event_base_free(child.base);
	run_clear(&child.run);
	_exit(child.status);
}

/*
 * The parent.
 */

static void
viewer_start(struct viewer *v, struct how how)
{
	struct winsize size = { .ws_row = ROWS, .ws_col = COLS };
	int fd[2], slave;

	memset(v, 0, sizeof *v);
	assert_int_equal(pipe2(fd, O_CLOEXEC), 0);
	assert_int_equal(openpty(&v->master, &slave, NULL, NULL, &size), 0);
	assert_int_equal(tcgetattr(slave, &v->before), 0);
	assert_true((v->pid = fork()) >= 0);
	if (v->pid == 0) {
		close(v->master);
		login_tty(slave);
		child_main(fd[1], &how);
	}
	close(slave);
	close(fd[1]);
	v->pipe = fd[0];
	fcntl(v->pipe, F_SETFL, O_NONBLOCK);
	fcntl(v->master, F_SETFL, O_NONBLOCK);
}

static void
take_in(int fd, struct buf *b)
{
	ssize_t n;

	while (fd != -1 && (n = read(fd, buf_room(b, 4096), 4096)) > 0)
		b->len += (size_t)n;
	*buf_room(b, 1) = '\0';
}

static void
pump(struct viewer *v)
{
	struct pollfd p[] = { { v->pipe, POLLIN, 0 },
		{ v->deaf ? -1 : v->master, POLLIN, 0 } };

	poll(p, 2, 20);
	take_in(v->pipe, &v->said);
	if (!v->deaf)
		take_in(v->master, &v->screen);
}

static bool
contains(const struct buf *b, const char *text)
{
	return b->data != NULL && strstr((const char *)b->data, text) != NULL;
}

static void
wait_for(struct viewer *v, const struct buf *b, const char *text)
{
	struct mono start = mono_now();

	while (!contains(b, text)) {
		if (mono_since(start) > bound)
			fail_msg("waited for \"%s\", got\n%s", text, b->data);
		pump(v);
	}
}

static void
forget(struct buf *b)
{
	buf_reset(b);
	*buf_room(b, 1) = '\0';
}

static void
type(struct viewer *v, const char *keys)
{
	size_t len = strlen(keys);

	assert_int_equal(write(v->master, keys, len), (ssize_t)len);
}

/* How it ended; whatever it still wrote has been read. */
static int
viewer_ends(struct viewer *v)
{
	struct mono start = mono_now();
	int status;

	while (waitpid(v->pid, &status, WNOHANG) == 0) {
		if (mono_since(start) > bound) {
			kill(v->pid, SIGKILL);
			fail_msg("it does not end; it said\n%s",
			    v->said.data);
		}
		pump(v);
	}
	pump(v);
	return status;
}

static void
viewer_free(struct viewer *v)
{
	if (v->master != -1)
		close(v->master);
	close(v->pipe);
	buf_clear(&v->screen);
	buf_clear(&v->said);
}

/* Does the DECSET or DECRST after ESC [ ? at p name this mode? */
static bool
names_mode(const char *p, int number)
{
	char *end;

	for (;; p = end + 1)
		if (strtol(p, &end, 10) == number && end != p)
			return true;
		else if (end == p || *end != ';')
			return false;
}

/* Was this private mode left on or off?  -1: never touched. */
static int
mode(const struct viewer *v, int number)
{
	const char *at = (const char *)v->screen.data;
	int state = -1;
	char last;

	for (; (at = strstr(at, "\033[?")) != NULL; at += 3) {
		last = at[3 + strspn(at + 3, "0123456789;")];
		if ((last == 'h' || last == 'l') && names_mode(at + 3, number))
			state = last == 'h';
	}
	return state;
}

/* Alternate screen, cursor, bracketed paste, synchronized output, mouse. */
static bool
modes_are_as_before(const struct viewer *v)
{
	return mode(v, 1049) == 0 && mode(v, 25) == 1 &&
	    mode(v, 2004) == 0 && mode(v, 2026) <= 0 &&
	    mode(v, 1000) == 0 && mode(v, 1006) == 0;
}

/* Bytes may still be on their way through the pty: they are waited for. */
static void
terminal_is_as_before(struct viewer *v)
{
	struct mono start = mono_now();
	struct termios after;

	while (!modes_are_as_before(v) && mono_since(start) < bound)
		pump(v);
	assert_true(modes_are_as_before(v));
	assert_int_equal(tcgetattr(v->master, &after), 0);
	assert_int_equal(after.c_lflag, v->before.c_lflag);
	assert_int_equal(after.c_iflag, v->before.c_iflag);
	assert_int_equal(after.c_oflag, v->before.c_oflag);
}

static const struct how usual = { "xterm-256color", 0, 0 };

static void
q_gives_the_terminal_back(void **state)
{
	struct viewer v;

	viewer_start(&v, usual);
	wait_for(&v, &v.screen, "prime-sieve");
	assert_int_equal(mode(&v, 1049), 1);
	assert_int_equal(mode(&v, 2004), 1);
	assert_int_equal(mode(&v, 1000), 1);
	assert_int_equal(mode(&v, 1006), 1);
	assert_int_equal(mode(&v, 1002), -1);		/* no motion */
	assert_int_equal(mode(&v, 1003), -1);
	type(&v, "q");
	assert_int_equal(WEXITSTATUS(viewer_ends(&v)),
	    EXIT_LEFT + TUI_DETACHED);
	assert_true(contains(&v.said, "leave 0 0\n"));
	terminal_is_as_before(&v);
	viewer_free(&v);
}

static void
a_signal_leaves_and_gives_the_terminal_back(void **state)
{
	static const int signals[] = { SIGTERM, SIGHUP, SIGQUIT };
	char want[32];

	for (size_t i = 0; i < COUNT(signals); i++) {
		struct viewer v;

		viewer_start(&v, usual);
		wait_for(&v, &v.screen, "prime-sieve");
		kill(v.pid, signals[i]);
		assert_int_equal(WEXITSTATUS(viewer_ends(&v)),
		    EXIT_LEFT + TUI_SIGNALLED);
		snprintf(want, sizeof want, "leave %d %d\n", TUI_SIGNALLED,
		    signals[i]);
		assert_true(contains(&v.said, want));
		terminal_is_as_before(&v);
		viewer_free(&v);
	}
}

static void
ctrl_c_is_a_key_and_detaches(void **state)
{
	struct viewer v;

	viewer_start(&v, usual);
	wait_for(&v, &v.screen, "prime-sieve");
	type(&v, "\003");
	assert_int_equal(WEXITSTATUS(viewer_ends(&v)),
	    EXIT_LEFT + TUI_DETACHED);
	terminal_is_as_before(&v);
	viewer_free(&v);
}

static void
a_crash_gives_the_terminal_back_and_stays_a_crash(void **state)
{
	static const int signals[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL,
		SIGABRT };

	for (size_t i = 0; i < COUNT(signals); i++) {
		struct viewer v;
		int status;

		viewer_start(&v, usual);
		wait_for(&v, &v.screen, "prime-sieve");
		kill(v.pid, signals[i]);
		status = viewer_ends(&v);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), signals[i]);
		terminal_is_as_before(&v);
		viewer_free(&v);
	}
}

static void
a_terminal_that_goes_away_is_noticed(void **state)
{
	struct how how = { "xterm-256color", 0, SIGHUP };
	struct viewer v;

	viewer_start(&v, how);
	wait_for(&v, &v.screen, "prime-sieve");
	close(v.master);
	v.master = -1;
	v.deaf = true;
	assert_int_equal(WEXITSTATUS(viewer_ends(&v)),
	    EXIT_LEFT + TUI_TERMINAL_LOST);
	viewer_free(&v);
}

static void
a_terminal_that_does_not_read_holds_nobody_up(void **state)
{
	struct viewer v;
	struct termios after;
	int status;

	viewer_start(&v, usual);
	wait_for(&v, &v.screen, "prime-sieve");
	v.deaf = true;
	for (int i = 0; i < 12; i++) {	/* whole frames that nobody reads */
		forget(&v.said);
		type(&v, "\014p");
		wait_for(&v, &v.said, "send pause");	/* it listens */
	}
	kill(v.pid, SIGTERM);
	status = viewer_ends(&v);
	assert_true(WIFEXITED(status));
	assert_true(WEXITSTATUS(status) == EXIT_LEFT + TUI_SIGNALLED ||
	    WEXITSTATUS(status) == 128 + SIGTERM);
	assert_int_equal(tcgetattr(v.master, &after), 0);
	assert_int_equal(after.c_lflag, v.before.c_lflag);
	viewer_free(&v);
}

static void
pasted_text_is_no_command(void **state)
{
	struct viewer v;

	viewer_start(&v, usual);
	wait_for(&v, &v.screen, "prime-sieve");
	type(&v, "\033[200~pkqQ+\r\033[201~");
	type(&v, "p");
	wait_for(&v, &v.said, "send pause");
	assert_string_equal(v.said.data, "open\nsend pause\n");
	type(&v, "q");
	viewer_ends(&v);
	viewer_free(&v);
}

static void
of_pasted_text_a_prompt_takes_the_first_line(void **state)
{
	struct viewer v;

	viewer_start(&v, usual);
	wait_for(&v, &v.screen, "prime-sieve");
	type(&v, "\\\033[200~nqu\033eens\rmatmul\r\033[201~");
	wait_for(&v, &v.screen, "1 of 8 workers");
	type(&v, "\r");
	type(&v, "p");
	wait_for(&v, &v.said, "send pause");
	type(&v, "q");
	viewer_ends(&v);
	viewer_free(&v);
}

static void
function_keys_are_understood(void **state)
{
	struct viewer v;

	viewer_start(&v, usual);
	wait_for(&v, &v.screen, "prime-sieve");
	type(&v, "\033[20~");				/* F9 */
	wait_for(&v, &v.screen, "Retire after this task");
	type(&v, "\r");
	wait_for(&v, &v.said, "send drain");
	type(&v, "\033[19~");				/* F8 */
	wait_for(&v, &v.said, "send resize");
	type(&v, "\033[21~");				/* F10 */
	viewer_ends(&v);
	viewer_free(&v);
}

static void
a_resized_terminal_gets_its_own_layout(void **state)
{
	struct winsize small = { .ws_row = 10, .ws_col = 40 };
	struct winsize least = { .ws_row = 1, .ws_col = 1 };
	struct winsize large = { .ws_row = 50, .ws_col = 200 };
	struct viewer v;

	viewer_start(&v, usual);
	wait_for(&v, &v.screen, "prime-sieve");
	forget(&v.screen);
	assert_int_equal(ioctl(v.master, TIOCSWINSZ, &small), 0);
	wait_for(&v, &v.screen, "par");		/* short for Parallel */
	assert_int_equal(ioctl(v.master, TIOCSWINSZ, &least), 0);
	assert_int_equal(ioctl(v.master, TIOCSWINSZ, &large), 0);
	wait_for(&v, &v.screen, "RESTARTS");
	type(&v, "q");
	assert_int_equal(WEXITSTATUS(viewer_ends(&v)),
	    EXIT_LEFT + TUI_DETACHED);
	viewer_free(&v);
}

static void
alt_and_a_letter_move_as_vi_does(void **state)
{
	struct viewer v;

	viewer_start(&v, usual);
	wait_for(&v, &v.screen, "prime-sieve");
	type(&v, "\033j\033j\033j\033kk");		/* w3, and its menu */
	wait_for(&v, &v.screen, "Stop w3");
	type(&v, "qq");
	viewer_ends(&v);
	viewer_free(&v);
}

static char *
settings_text(const char *dir)
{
	static char text[1000];
	char path[200];
	FILE *f;

	snprintf(path, sizeof path, "%s/pooltop/tui.conf", dir);
	text[0] = '\0';
	if ((f = fopen(path, "r")) == NULL)
		return text;
	text[fread(text, 1, sizeof text - 1, f)] = '\0';
	fclose(f);
	return text;
}

static void
settings_write(const char *dir, const char *text)
{
	char path[200];
	FILE *f;

	snprintf(path, sizeof path, "%s/pooltop", dir);
	mkdir(path, 0700);
	snprintf(path, sizeof path, "%s/pooltop/tui.conf", dir);
	assert_non_null(f = fopen(path, "w"));
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void
settings_are_read_obeyed_at_once_and_saved_when_asked(void **state)
{
	char dir[] = "/tmp/test_tui.XXXXXX", path[200];
	struct viewer v;

	assert_non_null(mkdtemp(dir));
	setenv("XDG_CONFIG_HOME", dir, 1);
	setenv("NO_COLOR", "1", 1);
	settings_write(dir, "symbols=ascii\nvi_keys=maybe\nmine=1\n");
	viewer_start(&v, usual);
	wait_for(&v, &v.screen, "line 2: vi_keys cannot be \"maybe\"");
	assert_false(contains(&v.screen, "●"));
	type(&v, "S");
	wait_for(&v, &v.screen, "Palette");
	type(&v, "\033OB\033OD");			/* symbols: unicode */
	wait_for(&v, &v.screen, "●");
	assert_string_equal(settings_text(dir),
	    "symbols=ascii\nvi_keys=maybe\nmine=1\n");
	type(&v, "s");
	wait_for(&v, &v.screen, "saved");
	assert_string_equal(settings_text(dir), "symbols=unicode\n"
	    "vi_keys=no\nmine=1\npalette=auto\nrate=4\n");
	type(&v, "q");
	viewer_ends(&v);
	viewer_free(&v);
	snprintf(path, sizeof path, "%s/pooltop/tui.conf", dir);
	assert_int_equal(unlink(path), 0);
	*strrchr(path, '/') = '\0';
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(rmdir(dir), 0);
	unsetenv("NO_COLOR");
	setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
}

static void
ctrl_z_goes_back_to_the_shell_and_returns(void **state)
{
	struct viewer v;
	int status;

	viewer_start(&v, usual);
	wait_for(&v, &v.screen, "prime-sieve");
	type(&v, "\032");
	assert_int_equal(waitpid(v.pid, &status, WUNTRACED), v.pid);
	assert_true(WIFSTOPPED(status));
	pump(&v);
	terminal_is_as_before(&v);
	forget(&v.screen);
	kill(v.pid, SIGCONT);
	wait_for(&v, &v.screen, "prime-sieve");
	assert_int_equal(mode(&v, 1049), 1);
	assert_int_equal(mode(&v, 1000), 1);
	type(&v, "q");
	assert_int_equal(WEXITSTATUS(viewer_ends(&v)),
	    EXIT_LEFT + TUI_DETACHED);
	terminal_is_as_before(&v);
	viewer_free(&v);
}

/* In the form SGR: button, column, row from 1; M pressed, m released. */
static void
the_mouse_is_understood(void **state)
{
	struct viewer v;

	viewer_start(&v, usual);
	wait_for(&v, &v.screen, "F8");
	type(&v, "\033[<0;29;24M\033[<0;29;24m");	/* on F7Pool- */
	wait_for(&v, &v.said, "send resize");
	type(&v, "\033[<2;29;24M\033[<32;29;24M");	/* nobody's buttons */
	type(&v, "\033[<65;5;10Mk");			/* wheel: w4 */
	wait_for(&v, &v.screen, "Stop w4");
	type(&v, "\033[<64;5;10M\r");		/* the last choice */
	wait_for(&v, &v.screen, "SIGHUP");
	assert_string_equal(v.said.data, "open\nsend resize\n");
	type(&v, "qq");		/* the dialog, then us */
	viewer_ends(&v);
	terminal_is_as_before(&v);
	viewer_free(&v);
}

static void
nothing_is_written_before_the_first_frame_is_due(void **state)
{
	struct how how = { "xterm-256color", 3600, 0 };
	struct viewer v;

	viewer_start(&v, how);
	wait_for(&v, &v.said, "open");
	kill(v.pid, SIGTERM);
	assert_int_equal(WEXITSTATUS(viewer_ends(&v)),
	    EXIT_LEFT + TUI_SIGNALLED);
	assert_int_equal(v.screen.len, 0);
	viewer_free(&v);
}

static void
terminals_that_cannot_are_refused_and_modern_ones_are_not(void **state)
{
	static const char *const no[] = { "dumb", "", "nonsense-terminal",
		NULL };
	static const char *const yes[] = { "xterm-kitty", "foot", "linux",
		"vt100", "screen" };
	struct viewer v;

	for (size_t i = 0; i < COUNT(no); i++) {
		viewer_start(&v, (struct how){ no[i], 0, 0 });
		assert_int_equal(WEXITSTATUS(viewer_ends(&v)), EXIT_NO_TUI);
		assert_true(contains(&v.said, "no tui: "));
		assert_int_equal(v.screen.len, 0);
		viewer_free(&v);
	}
	for (size_t i = 0; i < COUNT(yes); i++) {
		viewer_start(&v, (struct how){ yes[i], 0, 0 });
		wait_for(&v, &v.screen, "sieve");
		type(&v, "q");
		assert_int_equal(WEXITSTATUS(viewer_ends(&v)),
		    EXIT_LEFT + TUI_DETACHED);
		viewer_free(&v);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(q_gives_the_terminal_back),
		cmocka_unit_test(a_signal_leaves_and_gives_the_terminal_back),
		cmocka_unit_test(ctrl_c_is_a_key_and_detaches),
		cmocka_unit_test(
		    a_crash_gives_the_terminal_back_and_stays_a_crash),
		cmocka_unit_test(a_terminal_that_goes_away_is_noticed),
		cmocka_unit_test(
		    a_terminal_that_does_not_read_holds_nobody_up),
		cmocka_unit_test(pasted_text_is_no_command),
		cmocka_unit_test(
		    of_pasted_text_a_prompt_takes_the_first_line),
		cmocka_unit_test(function_keys_are_understood),
		cmocka_unit_test(the_mouse_is_understood),
		cmocka_unit_test(a_resized_terminal_gets_its_own_layout),
		cmocka_unit_test(alt_and_a_letter_move_as_vi_does),
		cmocka_unit_test(
		    settings_are_read_obeyed_at_once_and_saved_when_asked),
		cmocka_unit_test(ctrl_z_goes_back_to_the_shell_and_returns),
		cmocka_unit_test(
		    nothing_is_written_before_the_first_frame_is_due),
		cmocka_unit_test(
		    terminals_that_cannot_are_refused_and_modern_ones_are_not),
	};

	unsetenv("LINES");
	unsetenv("COLUMNS");
	setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 77;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
