#include <assert.h>
#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "base/mem.h"
#include "base/mono.h"
#include "ui/tui/keys.h"
#include "ui/tui/rescue.h"
#include "ui/tui/term.h"

static const char path[] = "/dev/tty";
static const char fallback[] = "xterm-256color";

/* Terminals of today that old terminfo bases do not know. */
static const char *const modern[] = { "alacritty", "contour", "foot",
	"ghostty", "kitty", "rio", "st", "tmux", "wezterm", "xterm" };

static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";
static const char frame_begin[] = "\033[?2026h", frame_end[] = "\033[?2026l";

enum {
	CODE_PASTE_BEGIN = 0x7001,	/* for define_key(): 16 bits; ncurses */
					/* counts its own up from KEY_MAX */
	CODE_PASTE_END,
	CODE_ALT,		/* and on: Alt with a letter of alts */
	PASTE_BEGIN = KEYS_END,
	PASTE_END,
	BUTTONS = BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED,
	PAIRS_MAX = 255
};
static const double paste_pause = 0.5;	/* s without a key end a paste */

struct terminal {
	FILE		*file;
	int		 fd;
	SCREEN		*screen;
	bool		 ascii, ascii_only;
	bool		 blocks;
	bool		 synced;	/* knows synchronized output */
	bool		 stuck;		/* writes fail; do not try again */
	int		 signal;	/* that ends us */
	int		 ncolours;	/* 0: none are wanted, or there */
	attr_t		 attr[NROLES][NGROUNDS];
	short		 pair[NROLES][NGROUNDS];
	bool		 pasting;
	bool		 pasted_line;	/* the first line of it is over */
	struct mono	 pasted;	/* the last key of it */
};

/* Is a terminal of this name of a family that does what xterm does? */
static bool
modern_is(const char *name)
{
	for (size_t i = 0; i < sizeof modern / sizeof *modern; i++) {
		size_t n = strlen(modern[i]);

		if (strncmp(name, modern[i], n) == 0 &&
		    (name[n] == '\0' || name[n] == '-'))
			return true;
		if (strncmp(name, "xterm-", 6) == 0 &&
		    strncmp(name + 6, modern[i], n) == 0)
			return true;
	}
	return false;
}

/* Can terminals of this name move the cursor? */
static bool
known(const char *name, int fd)
{
	int why;
	bool able;

	if (setupterm(name, fd, &why) == ERR)
		return false;
	able = cursor_address != NULL;
	del_curterm(cur_term);
	return able;
}

/* The terminfo name to use, or NULL and err. */
static const char *
choose(int fd, struct err *err)
{
	const char *name = getenv("TERM");

	if (name == NULL || *name == '\0')
		err_set(err, "TERM is not set");
	else if (known(name, fd))
		return name;
	else if (modern_is(name) && known(fallback, fd))
		return fallback;
	else
		err_set(err, "a terminal of type \"%.40s\" cannot be drawn on",
		    name);
	return NULL;
}

int
term_usable(struct err *err)
{
	int fd = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC), rc;

	if (fd == -1)
		return err_sys(err, "open %s", path);
	rc = choose(fd, err) != NULL ? 0 : -1;
	close(fd);
	return rc;
}

static const struct {
	char	letter;
	int	key;
} alts[] = {
#define ALT_ROW(letter, key) { letter, key },
	VI_KEYS(ALT_ROW)
};
enum { NALTS = sizeof alts / sizeof *alts };

static void
say(struct terminal *t, const char *s)
{
	size_t len = strlen(s), n;
	ssize_t wrote;

	for (n = 0; n < len && !t->stuck; n += (size_t)wrote) {
		wrote = write(t->fd, s + n, len - n);
		if (wrote == -1 && errno == EINTR)
			wrote = 0;
		else if (wrote == -1)
			t->stuck = true;
		if (wrote == -1)
			break;
	}
}

static attr_t
bits(int look)
{
	return (look & LOOK_BOLD ? A_BOLD : 0) |
	    (look & LOOK_DIM ? A_DIM : 0) |
	    (look & LOOK_UNDERLINE ? A_UNDERLINE : 0) |
	    (look & LOOK_REVERSE ? A_REVERSE : 0);
}

/* The pair of these two colours, made if it is new; 0 when none is left. */
static short
pair_of(short fg, short bg, short *npairs)
{
	short f, b;

	if (fg == -1 && bg == -1)
		return 0;
	for (short i = 1; i <= *npairs; i++) {
		pair_content(i, &f, &b);
		if (f == fg && b == bg)
			return i;
	}
	if (*npairs >= PAIRS_MAX || *npairs + 1 >= COLOR_PAIRS ||
	    init_pair(*npairs + 1, fg, bg) == ERR)
		return 0;
	return ++*npairs;
}

static void
paint(struct terminal *t, enum palette palette)
{
	enum theme_colours colours = theme_choose(palette, t->ncolours,
	    getenv("COLORFGBG"));
	short npairs = 0;

	for (int r = 0; r < NROLES; r++)
		for (int g = 0; g < NGROUNDS; g++) {
			struct look look = theme_look(colours,
			    (enum role)r, (enum ground)g);

			t->attr[r][g] = bits(look.bits);
			t->pair[r][g] = pair_of(look.fg, look.bg, &npairs);
		}
}

/* Clicks and the wheel.  Not on the console of Linux: there ncurses would
   load the library of gpm, which takes signals of ours. */
static void
mouse_on(const struct terminal *t)
{
	mousemask(0, NULL);
	if (!t->synced)
		return;
	mouseinterval(0);	/* a click is not waited for */
	mousemask(BUTTONS, NULL);
}

static void
modes(struct terminal *t)
{
	struct termios tio;

	cbreak();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	meta(stdscr, TRUE);
	leaveok(stdscr, TRUE);
	idlok(stdscr, FALSE);
	scrollok(stdscr, FALSE);
	curs_set(0);
	mouse_on(t);
	define_key("\033[200~", CODE_PASTE_BEGIN);
	define_key("\033[201~", CODE_PASTE_END);
	for (int i = 0; i < NALTS; i++)
		define_key((char[]){ 033, alts[i].letter, 0 }, CODE_ALT + i);
	if (tcgetattr(t->fd, &tio) == 0) {
		tio.c_iflag &= ~(tcflag_t)(IXON | IXOFF);
		tio.c_lflag |= ISIG | NOFLSH;	/* ^C must not eat a frame */
		tcsetattr(t->fd, TCSANOW, &tio);
		def_prog_mode();
	}
}

static bool
no_colour(void)
{
	const char *s = getenv("NO_COLOR");

	return s != NULL && *s != '\0';
}

void
term_look(struct terminal *t, enum palette palette, enum symbols symbols)
{
	t->ascii = t->ascii_only || symbols == SYMBOLS_ASCII ||
	    (symbols == SYMBOLS_AUTO && !t->synced);
	paint(t, palette);
	clearok(curscr, TRUE);
}

/* The console and vt100 to vt525 know no modes newer than themselves. */
static bool
old_is(const char *name)
{
	return strncmp(name, "linux", 5) == 0 || (strncmp(name, "vt", 2) == 0 &&
	    name[2] >= '0' && name[2] <= '9');
}

struct terminal *
term_open(const struct term_options *options, struct err *err)
{
	struct terminal *t = mem_alloc(sizeof *t);
	struct termios saved;
	const char *name;

	assert(!rescue_is());
	if ((t->fd = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)) == -1) {
		err_sys(err, "open %s", path);
		goto fail;
	}
	if ((name = choose(t->fd, err)) == NULL)
		goto fail;
	if (tcgetattr(t->fd, &saved) == -1 ||
	    (t->file = fdopen(t->fd, "r+")) == NULL) {
		err_sys(err, "%s", path);
		goto fail;
	}
	rescue_start(t->fd, &saved);
	set_escdelay(25);
	if ((t->screen = newterm(name, t->file, t->file)) == NULL) {
		rescue_stop();
		err_set(err, "a terminal of type \"%.40s\" cannot be used",
		    name);
		goto fail;
	}
	t->ascii_only = options->ascii ||
	    strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	t->blocks = strncmp(name, "linux", 5) == 0;
	t->synced = !old_is(name);
	modes(t);
	if (!options->mono && !no_colour() && has_colors() &&
	    start_color() == OK) {
		use_default_colors();
		t->ncolours = COLORS;
	}
	term_look(t, PALETTE_AUTO, SYMBOLS_AUTO);
	if (t->synced)
		say(t, paste_on);
	term_resized(t);
	return t;
fail:
	if (t->file != NULL)
		fclose(t->file);
	else if (t->fd != -1)
		close(t->fd);
	free(t);
	return NULL;
}

void
term_close(struct terminal *t)
{
	if (t == NULL)
		return;
	rescue_last(t->signal);
	if (!term_ready(t))
		tcflush(t->fd, TCOFLUSH);
	if (t->synced)
		say(t, paste_off);
	endwin();
	rescue_settings();
	rescue_stop();
	delscreen(t->screen);
	fclose(t->file);
	free(t);
}

int
term_fd(const struct terminal *t)
{
	return t->fd;
}

bool
term_ascii(const struct terminal *t)
{
	return t->ascii;
}

bool
term_blocks(const struct terminal *t)
{
	return t->blocks;
}

void
term_size(const struct terminal *t, int *h, int *w)
{
	(void)t;
	*h = LINES;
	*w = COLS;
}

void
term_ends_by(struct terminal *t, int signal)
{
	t->signal = signal;
}

void
term_resized(struct terminal *t)
{
	struct winsize ws;

	if (ioctl(t->fd, TIOCGWINSZ, &ws) == -1 || ws.ws_row == 0 ||
	    ws.ws_col == 0)
		return;
	resizeterm(ws.ws_row < CANVAS_SIDE_MAX ? ws.ws_row : CANVAS_SIDE_MAX,
	    ws.ws_col < CANVAS_SIDE_MAX ? ws.ws_col : CANVAS_SIDE_MAX);
	clearok(curscr, TRUE);
}

bool
term_ready(const struct terminal *t)
{
	struct pollfd p = { .fd = t->fd, .events = POLLOUT };

	return !t->stuck && poll(&p, 1, 0) == 1 && (p.revents & POLLOUT) != 0;
}

static void
put_cell(struct terminal *t, int y, int x, const struct cell *cell)
{
	wchar_t text[CELL_POINTS_MAX + 1] = { 0 };
	cchar_t cc;

	for (int i = 0; i < CELL_POINTS_MAX; i++)
		text[i] = (wchar_t)cell->point[i];
	if (setcchar(&cc, text, t->attr[cell->role][cell->ground],
	    t->pair[cell->role][cell->ground], NULL) == OK)
		mvadd_wch(y, x, &cc);
}

void
term_draw(struct terminal *t, const struct canvas *c)
{
	if (t->stuck)
		return;
	erase();
	for (int y = 0; y < c->h && y < LINES; y++)
		for (int x = 0; x < c->w && x < COLS; x++) {
			const struct cell *cell = c->cell + y * c->w + x;

			if (cell->width != 0)
				put_cell(t, y, x, cell);
		}
	wnoutrefresh(stdscr);
	rescue_begin();
	if (t->synced)
		say(t, frame_begin);
	doupdate();
	if (t->synced)
		say(t, frame_end);
	if (rescue_end())
		clearok(curscr, TRUE);
}

void
term_redraw(struct terminal *t)
{
	(void)t;
	clearok(curscr, TRUE);
}

static const struct {
	int	curses, key;
} special[] = {
	{ KEY_UP, PRESS_UP }, { KEY_DOWN, PRESS_DOWN },
	{ KEY_LEFT, PRESS_LEFT }, { KEY_RIGHT, PRESS_RIGHT },
	{ KEY_PPAGE, PRESS_PAGE_UP }, { KEY_NPAGE, PRESS_PAGE_DOWN },
	{ KEY_HOME, PRESS_HOME }, { KEY_END, PRESS_END },
	{ KEY_BTAB, PRESS_BACKTAB },
	{ KEY_A1, PRESS_HOME }, { KEY_C1, PRESS_END },
	{ KEY_ENTER, PRESS_ENTER }, { KEY_BACKSPACE, PRESS_BACK },
	{ CODE_PASTE_BEGIN, PASTE_BEGIN }, { CODE_PASTE_END, PASTE_END },
};

/* 4 and 5 are the wheel. */
static int
mouse(struct mouse *m)
{
	MEVENT ev;

	if (getmouse(&ev) != OK || (ev.bstate & BUTTONS) == 0)
		return TERM_KEY_NONE;
	m->what = ev.bstate & BUTTON4_PRESSED ? MOUSE_WHEEL_UP :
	    ev.bstate & BUTTON5_PRESSED ? MOUSE_WHEEL_DOWN : MOUSE_CLICK;
	m->y = ev.y;
	m->x = ev.x;
	return PRESS_MOUSE;
}

static int
translate(int rc, wint_t in, struct mouse *m)
{
	if (rc != KEY_CODE_YES) {
		if (in == '\r' || in == '\n')
			return PRESS_ENTER;
		if (in == 0x1b)
			return PRESS_ESC;
		return in == 0x7f || in == '\b' ? PRESS_BACK : (int)in;
	}
	if ((int)in >= CODE_ALT && (int)in < CODE_ALT + NALTS)
		return alts[(int)in - CODE_ALT].key;
	if (in == KEY_MOUSE)
		return mouse(m);
	if ((int)in > KEY_F0 && (int)in <= KEY_F(12))
		return PRESS_F((int)in - KEY_F0);
	for (size_t i = 0; i < sizeof special / sizeof *special; i++)
		if (special[i].curses == (int)in)
			return special[i].key;
	return TERM_KEY_NONE;		/* of no use here */
}

/*
 * Pasted text: of its first line the characters, marked as such, of all else
 * nothing.  Nothing of it is a command.
 */
static int
pasted(struct terminal *t, int key)
{
	struct mono now = mono_now();
	bool was = t->pasting && mono_diff(now, t->pasted) < paste_pause;

	t->pasting = key == PASTE_BEGIN || (was && key != PASTE_END);
	t->pasted = now;
	if (key == PASTE_BEGIN || key == PASTE_END) {
		t->pasted_line = false;
		return TERM_KEY_NONE;
	}
	if (!t->pasting)
		return key;
	t->pasted_line |= key == PRESS_ENTER;
	return t->pasted_line || key < ' ' || key >= KEYS_SPECIAL ?
	    TERM_KEY_NONE : key + KEYS_PASTED;
}

static bool
gone(const struct terminal *t)
{
	struct pollfd p = { .fd = t->fd, .events = POLLIN };

	return poll(&p, 1, 0) == 1 &&
	    (p.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

int
term_key(struct terminal *t, struct mouse *m)
{
	enum { ONCE_MAX = 4096 };	/* keys that mean nothing in one go */
	wint_t in;
	int rc, key;

	for (int i = 0; i < ONCE_MAX; i++) {
		if (gone(t)) {
			t->stuck = true;
			return TERM_LOST;
		}
		if ((rc = get_wch(&in)) == ERR)
			return TERM_KEY_NONE;
		key = translate(rc, in, m);
		if (key != TERM_KEY_NONE &&
		    (key = pasted(t, key)) != TERM_KEY_NONE)
			return key;
	}
	return TERM_KEY_NONE;
}

void
term_suspend(struct terminal *t)
{
	if (t->synced)
		say(t, paste_off);
	endwin();
	rescue_settings();
	rescue_pause(true);
	raise(SIGSTOP);
	rescue_pause(false);
	term_continued(t);
}

void
term_continued(struct terminal *t)
{
	reset_prog_mode();
	doupdate();
	curs_set(0);
	mouse_on(t);
	if (t->synced)
		say(t, paste_on);
	term_resized(t);
	clearok(curscr, TRUE);
}
