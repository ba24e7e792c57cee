/*
 * A small program with a screen, to test the terminal of the tests with.
 *
 *	e2e_demo		shows its size, keys and clicks; q ends it
 *	e2e_demo flood FILE	writes until the terminal takes no more, makes
 *				FILE, then goes on when the terminal does
 */
#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static volatile sig_atomic_t resized;

static void
on_sigwinch(int sig)
{
	resized = 1;
}

static void
fit(void)
{
	struct winsize size;

	resized = 0;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		resizeterm(size.ws_row, size.ws_col);
}

static void
draw(const char *last)
{
	erase();
	attron(A_BOLD | COLOR_PAIR(1));
	mvprintw(0, 0, "size %dx%d", LINES, COLS);
	attroff(A_BOLD | COLOR_PAIR(1));
	mvprintw(1, 0, "wide: 日本 e\u0301|");
	mvprintw(2, 0, "last: %s", last);
	attron(A_REVERSE);
	mvprintw(LINES - 1, 0, "bottom");
	attroff(A_REVERSE);
	move(3, 4);
	refresh();
}

/* What came, in words.  false: time to go. */
static bool
input(wint_t c, bool key, char *last, size_t size)
{
	MEVENT m;
	size_t used;

	if (key && c == KEY_MOUSE) {
		if (getmouse(&m) == OK)
			snprintf(last, size, "mouse %d,%d%s", m.y, m.x,
			    m.bstate & BUTTON4_PRESSED ? " wheel" : "");
	} else if (key)
		snprintf(last, size, "%s", keyname((int)c));
	else if (c == 'q')
		return false;
	else if (c == '\033')
		snprintf(last, size, "ESC");
	else {			/* appended, so that a paste can be read */
		used = strlen(last);
		if (used + MB_CUR_MAX + 1 < size)
			snprintf(last + used, size - used, "%lc", c);
	}
	return true;
}

static void
screen_open(void)
{
	static const char title[] = "\033]2;the demo\007\033[?2004h";

	setlocale(LC_ALL, "");
	initscr();
	start_color();
	init_pair(1, 208, 17);
	cbreak();
	noecho();
	set_escdelay(50);	/* ms; keys come in one piece here */
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	mousemask(BUTTON1_CLICKED | BUTTON1_PRESSED | BUTTON4_PRESSED, NULL);
	mouseinterval(0);
	if (write(STDOUT_FILENO, title, sizeof title - 1) == -1)
		exit(1);
}

static int
show(void)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };
	struct sigaction act = { .sa_handler = on_sigwinch };
	char last[200] = "";
	sigset_t block, none;
	bool on = true;
	wint_t c;
	int kind;

	sigemptyset(&block);
	sigemptyset(&none);
	sigaddset(&block, SIGWINCH);
	sigprocmask(SIG_BLOCK, &block, NULL);
	screen_open();
	sigaction(SIGWINCH, &act, NULL);
	fit();
	while (on) {
		draw(last);
		if (ppoll(&p, 1, NULL, &none) == -1 && errno != EINTR)
			break;
		if (resized)
			fit();
		if (p.revents & (POLLHUP | POLLERR))
			break;
		while (on && (kind = get_wch(&c)) != ERR)
			on = input(c, kind == KEY_CODE_YES, last, sizeof last);
		p.revents = 0;
	}
	endwin();
	puts("bye");
	return 3;
}

static int
flood(const char *file)
{
	struct pollfd p = { .fd = STDOUT_FILENO, .events = POLLOUT };
	static const char line[] = "and one more line\r\n";
	ssize_t n;
	int fd;

	fcntl(STDOUT_FILENO, F_SETFL, O_NONBLOCK);
	do
		n = write(STDOUT_FILENO, line, sizeof line - 1);
	while (n > 0);
	if (errno != EAGAIN)
		return 1;
	if ((fd = open(file, O_WRONLY | O_CREAT, 0600)) == -1)
		return 1;
	close(fd);
	poll(&p, 1, -1);
	fcntl(STDOUT_FILENO, F_SETFL, 0);
	puts("\r\nthe flood is over");
	return 0;
}

int
main(int argc, char *argv[])
{
	if (argc == 3 && strcmp(argv[1], "flood") == 0)
		return flood(argv[2]);
	return show();
}
