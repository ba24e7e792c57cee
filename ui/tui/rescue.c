#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "ui/tui/rescue.h"

enum {
	STACK_SIZE = 64 * 1024,		/* for the handler of crashes */
	SECONDS_STUCK = 1
};

static const int crashes[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
enum { NCRASHES = sizeof crashes / sizeof *crashes };

/* What the handlers must reach. */
static struct {
	volatile sig_atomic_t on;	/* the terminal is ours */
	int		 fd;
	struct termios	 saved;
	volatile sig_atomic_t last;	/* a stuck terminal is given up */
	volatile sig_atomic_t flushed;	/* some of a frame was thrown away */
	int		 signal;	/* that ends us */
	void		*stack;		/* owned */
	struct sigaction old[NCRASHES], old_alarm;
} rescue;

/* Everything we may have switched on, off: modes, colours, screen, cursor. */
static const char reset[] = "\033[?2026l\033[?2004l\033[?1000l\033[?1006l"
    "\033[0m\033[?1049l\033[?25h\033[?1l\033>\r";

/* What waits is thrown away, and output that somebody has held goes on. */
static void
unblock(void)
{
	tcflush(rescue.fd, TCOFLUSH);
	tcflow(rescue.fd, TCOON);
}

/* The file description is ours alone: it may become one that never waits. */
static void
restore(void)
{
	ssize_t n;

	if (!rescue.on)
		return;
	rescue.on = 0;
	fcntl(rescue.fd, F_SETFL, O_RDWR | O_NONBLOCK);
	unblock();
	rescue_settings();
	do
		n = write(rescue.fd, reset, sizeof reset - 1);
	while (n == -1 && errno == EINTR);
}

static void
on_crash(int sig)
{
	restore();
	raise(sig);		/* SA_RESETHAND: now it is deadly */
}

static void
on_stuck(int sig)
{
	if (!rescue.last) {
		rescue.flushed = 1;
		unblock();
		alarm(SECONDS_STUCK);
		return;
	}
	restore();
	_exit(128 + (rescue.signal != 0 ? rescue.signal : SIGHUP));
}

void
rescue_start(int fd, const struct termios *saved)
{
	struct sigaction sa = { .sa_handler = on_crash,
		.sa_flags = (int)(SA_ONSTACK | SA_RESETHAND | SA_NODEFER) };
	stack_t stack = { .ss_size = STACK_SIZE };

	assert(rescue.stack == NULL);
	rescue.fd = fd;
	rescue.saved = *saved;
	rescue.last = rescue.flushed = rescue.signal = 0;
	rescue.on = 1;
	stack.ss_sp = rescue.stack = mem_alloc(STACK_SIZE);
	sigaltstack(&stack, NULL);
	sigemptyset(&sa.sa_mask);
	for (int i = 0; i < NCRASHES; i++)
		sigaction(crashes[i], &sa, &rescue.old[i]);
	sa.sa_handler = on_stuck;
	sa.sa_flags = 0;
	sigaction(SIGALRM, &sa, &rescue.old_alarm);
}

void
rescue_stop(void)
{
	stack_t none = { .ss_flags = SS_DISABLE };

	alarm(0);
	rescue.on = 0;
	for (int i = 0; i < NCRASHES; i++)
		sigaction(crashes[i], &rescue.old[i], NULL);
	sigaction(SIGALRM, &rescue.old_alarm, NULL);
	sigaltstack(&none, NULL);
	free(rescue.stack);
	rescue.stack = NULL;
}

bool
rescue_is(void)
{
	return rescue.stack != NULL;
}

void
rescue_pause(bool pause)
{
	rescue.on = !pause;
}

void
rescue_begin(void)
{
	alarm(SECONDS_STUCK);
}

bool
rescue_end(void)
{
	bool flushed;

	alarm(0);
	flushed = rescue.flushed != 0;
	rescue.flushed = 0;
	return flushed;
}

void
rescue_last(int sig)
{
	rescue.signal = sig;
	rescue.last = 1;
	alarm(SECONDS_STUCK);
}

void
rescue_settings(void)
{
	tcsetattr(rescue.fd, TCSANOW, &rescue.saved);
}
