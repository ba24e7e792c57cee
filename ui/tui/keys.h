/*
 * ui/tui/keys.h: which key does what.  One list: key lookup, the line at the
 * bottom, the help and the tests come from it.  A key does the same in every
 * view or nothing.
 */
#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include <stdbool.h>
#include <stddef.h>

/* A key is a character (below 256: control or ASCII) or one of these. */
enum key {
	KEY_NONE = 0,		/* no key is waiting */
	KEYS_SPECIAL = 0x110000,	/* above all characters */
	PRESS_UP, PRESS_DOWN, PRESS_LEFT, PRESS_RIGHT,
	PRESS_PAGE_UP, PRESS_PAGE_DOWN, PRESS_HOME, PRESS_END,
	PRESS_ENTER, PRESS_ESC, PRESS_BACK, PRESS_BACKTAB,
	PRESS_F0,		/* PRESS_F0 + n is Fn, 1 to 12 */
	PRESS_MOUSE = PRESS_F0 + 13,	/* struct mouse says more */
	KEYS_END,
	KEYS_PASTED = 0x400000	/* added to a character that was pasted */
};
#define PRESS_F(n)	(PRESS_F0 + (n))
#define PRESS_CTRL(c)	((c) & 0x1f)

enum mouse_what { MOUSE_CLICK, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct mouse {
	enum mouse_what	what;
	int		y, x;		/* of the screen, from 0 */
};

/* Letters that move: with Alt always, alone if the user wants vi's keys. */
#define VI_KEYS(X) \
	X('h', PRESS_LEFT) \
	X('j', PRESS_DOWN) \
	X('k', PRESS_UP) \
	X('l', PRESS_RIGHT) \
	X('g', PRESS_HOME) \
	X('G', PRESS_END)

enum mode {
	MODE_MAIN,		/* a view, no dialog */
	MODE_CHOICE,		/* a dialog with rows to choose from */
	MODE_SIZE,		/* the pool size dialog */
	MODE_HELP,		/* a page to read */
	MODE_PROMPT,		/* something is typed */
	MODE_SETTINGS
};

enum key_group { GROUP_MOVE, GROUP_POOL, GROUP_WORKER, GROUP_TASK, GROUP_TABLE,
	GROUP_SHOW, GROUP_LEAVE, NGROUPS };

/*
 * action, mode, group, keys as written, word at the bottom ("" = not there),
 * what it does, keys.  The order is that of the bottom line and the help.
 */
#define ACTIONS(X) \
	X(ACTION_HELP,	MODE_MAIN, GROUP_SHOW, "F1 ? h", "Help", \
	    "this help", PRESS_F(1), '?', 'h') \
	X(ACTION_SETTINGS, MODE_MAIN, GROUP_SHOW, "F2 S", "Setup", \
	    "settings ...", PRESS_F(2), 'S') \
	X(ACTION_UP,	MODE_MAIN, GROUP_MOVE, "Up", "", \
	    "the row above", PRESS_UP) \
	X(ACTION_DOWN,	MODE_MAIN, GROUP_MOVE, "Down", "", \
	    "the row below", PRESS_DOWN) \
	X(ACTION_PAGE_UP, MODE_MAIN, GROUP_MOVE, "PgUp", "", \
	    "a page up", PRESS_PAGE_UP) \
	X(ACTION_PAGE_DOWN, MODE_MAIN, GROUP_MOVE, "PgDn", "", \
	    "a page down", PRESS_PAGE_DOWN) \
	X(ACTION_FIRST,	MODE_MAIN, GROUP_MOVE, "Home", "", \
	    "the first row", PRESS_HOME) \
	X(ACTION_LAST,	MODE_MAIN, GROUP_MOVE, "End", "", \
	    "the last row; charts: now", PRESS_END) \
	X(ACTION_ENTER, MODE_MAIN, GROUP_MOVE, "Enter", "", \
	    "all about the selected row", PRESS_ENTER) \
	X(ACTION_LEFT,	MODE_MAIN, GROUP_MOVE, "Left", "", \
	    "charts: earlier; marks: left", PRESS_LEFT) \
	X(ACTION_RIGHT,	MODE_MAIN, GROUP_MOVE, "Right", "", \
	    "charts: later; marks: right", PRESS_RIGHT) \
	X(ACTION_FIND, MODE_MAIN, GROUP_TABLE, "F3 /", "Find", \
	    "find rows, as you type ...", PRESS_F(3), '/') \
	X(ACTION_AGAIN, MODE_MAIN, GROUP_TABLE, "n", "next", \
	    "the next one found", 'n') \
	X(ACTION_FILTER, MODE_MAIN, GROUP_TABLE, "F4 \\", "Filter", \
	    "show only some rows ...", PRESS_F(4), '\\') \
	X(ACTION_PANE,	MODE_MAIN, GROUP_SHOW, "F5 t", "Charts", \
	    "charts below the table or not", PRESS_F(5), 't') \
	X(ACTION_SORT, MODE_MAIN, GROUP_TABLE, "F6", "Sort", \
	    "choose what to sort by ...", PRESS_F(6)) \
	X(ACTION_LESS,	MODE_MAIN, GROUP_POOL, "F7 -", "Pool-", \
	    "one less: after its task", PRESS_F(7), '-') \
	X(ACTION_MORE,	MODE_MAIN, GROUP_POOL, "F8 +", "Pool+", \
	    "one worker more", PRESS_F(8), '+') \
	X(ACTION_WORKER, MODE_MAIN, GROUP_WORKER, "F9 k K", "Stop", \
	    "stop a worker, cancel a task", PRESS_F(9), 'k', 'K') \
	X(ACTION_LEAVE,	MODE_MAIN, GROUP_LEAVE, "F10 q", "Quit", \
	    "leave this screen", PRESS_F(10), 'q', \
	    PRESS_CTRL('c')) \
	X(ACTION_SIZE,	MODE_MAIN, GROUP_POOL, "=", "size", \
	    "set the number of workers ...", '=') \
	X(ACTION_PAUSE,	MODE_MAIN, GROUP_POOL, "p", "pause", \
	    "pause the queue / go on", 'p') \
	X(ACTION_STOP,	MODE_MAIN, GROUP_LEAVE, "Q", "stop run", \
	    "end the run ...", 'Q') \
	X(ACTION_TAG, MODE_MAIN, GROUP_WORKER, "Space", "tag", \
	    "tag a worker, or untag it", ' ') \
	X(ACTION_TAG_ALL, MODE_MAIN, GROUP_WORKER, "c", "", \
	    "tag all workers shown", 'c') \
	X(ACTION_UNTAG, MODE_MAIN, GROUP_WORKER, "U", "", \
	    "untag all", 'U') \
	X(ACTION_RETRY, MODE_MAIN, GROUP_TASK, "R", "retry", \
	    "a failed task: once more", 'R') \
	X(ACTION_CANCEL, MODE_MAIN, GROUP_TASK, "x", "", \
	    "cancel the selected task", 'x') \
	X(ACTION_NEXT_COLUMN, MODE_MAIN, GROUP_TABLE, "> .", "", \
	    "sort by the next column", '>', '.') \
	X(ACTION_PREVIOUS_COLUMN, MODE_MAIN, GROUP_TABLE, "< ,", "", \
	    "sort by the column before", '<', ',') \
	X(ACTION_BY_CPU, MODE_MAIN, GROUP_TABLE, "P", "", \
	    "sort by CPU", 'P') \
	X(ACTION_BY_MEMORY, MODE_MAIN, GROUP_TABLE, "M", "", \
	    "sort by memory", 'M') \
	X(ACTION_BY_TIME, MODE_MAIN, GROUP_TABLE, "T", "", \
	    "sort by time", 'T') \
	X(ACTION_BY_NUMBER, MODE_MAIN, GROUP_TABLE, "N", "", \
	    "sort by id; found: one back", 'N') \
	X(ACTION_INVERT, MODE_MAIN, GROUP_TABLE, "I", "", \
	    "the other way round", 'I') \
	X(ACTION_FOLLOW, MODE_MAIN, GROUP_SHOW, "F", "follow", \
	    "log: stay with the newest", 'F') \
	X(ACTION_WRAP, MODE_MAIN, GROUP_SHOW, "W", "wrap", \
	    "log: long lines whole or cut", 'W') \
	X(ACTION_FREEZE, MODE_MAIN, GROUP_SHOW, "Z", "freeze", \
	    "hold the table still", 'Z') \
	X(ACTION_OVERVIEW, MODE_MAIN, GROUP_SHOW, "O", "", \
	    "one mark a worker / one line", 'O') \
	X(ACTION_SHORTER, MODE_MAIN, GROUP_MOVE, "[", "zoom in", \
	    "charts: a shorter time", '[') \
	X(ACTION_LONGER, MODE_MAIN, GROUP_MOVE, "]", "zoom out", \
	    "charts: a longer time", ']') \
	X(ACTION_VIEW, MODE_MAIN, GROUP_SHOW, "1-4", "", \
	    "a view by its number", '1', '2', '3', '4') \
	X(ACTION_NEXT, MODE_MAIN, GROUP_SHOW, "Tab", "", \
	    "the next view", '\t') \
	X(ACTION_PREVIOUS, MODE_MAIN, NGROUPS, "Shift-Tab", "", \
	    "the view before", PRESS_BACKTAB) \
	X(ACTION_REDRAW, MODE_MAIN, GROUP_SHOW, "Ctrl-L", "", \
	    "draw everything anew", PRESS_CTRL('l')) \
	X(ACTION_SUSPEND, MODE_MAIN, GROUP_LEAVE, "Ctrl-Z", "", \
	    "back to the shell for a while", \
	    PRESS_CTRL('z')) \
	X(ACTION_BACK, MODE_MAIN, GROUP_TABLE, "Esc", "", \
	    "end the find, then the filter", PRESS_ESC) \
	\
	X(ACTION_CHOICE_UP, MODE_CHOICE, NGROUPS, "Up", "", "", PRESS_UP) \
	X(ACTION_CHOICE_DOWN, MODE_CHOICE, NGROUPS, "Down", "", "", \
	    PRESS_DOWN, '\t') \
	X(ACTION_CHOICE_DO, MODE_CHOICE, NGROUPS, "Enter", "do it", "", \
	    PRESS_ENTER) \
	X(ACTION_CHOICE_NUMBER, MODE_CHOICE, NGROUPS, "1-9", "", "", \
	    '1', '2', '3', '4', '5', '6', '7', '8', '9') \
	X(ACTION_CHOICE_QUEUE, MODE_CHOICE, NGROUPS, "r", "", "", 'r') \
	X(ACTION_CHOICE_FAIL, MODE_CHOICE, NGROUPS, "f", "", "", 'f') \
	X(ACTION_CHOICE_REPLACE, MODE_CHOICE, NGROUPS, "Space", "", "", ' ') \
	X(ACTION_CHOICE_YES, MODE_CHOICE, NGROUPS, "y", "", "", 'y') \
	X(ACTION_CHOICE_CLOSE, MODE_CHOICE, NGROUPS, "Esc", "cancel", "", \
	    PRESS_ESC, 'q', 'n', PRESS_F(10), PRESS_CTRL('c')) \
	\
	X(ACTION_SIZE_MORE, MODE_SIZE, NGROUPS, "Up", "", "", \
	    PRESS_UP, '+', PRESS_RIGHT, PRESS_F(8)) \
	X(ACTION_SIZE_LESS, MODE_SIZE, NGROUPS, "Down", "", "", \
	    PRESS_DOWN, '-', PRESS_LEFT, PRESS_F(7)) \
	X(ACTION_SIZE_DIGIT, MODE_SIZE, NGROUPS, "0-9", "", "", \
	    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9') \
	X(ACTION_SIZE_BACK, MODE_SIZE, NGROUPS, "Backspace", "", "", \
	    PRESS_BACK) \
	X(ACTION_SIZE_CORES, MODE_SIZE, NGROUPS, "c", "", "", 'c') \
	X(ACTION_SIZE_HOW, MODE_SIZE, NGROUPS, "Space", "", "", ' ') \
	X(ACTION_SIZE_DO, MODE_SIZE, NGROUPS, "Enter", "apply", "", \
	    PRESS_ENTER) \
	X(ACTION_SIZE_CLOSE, MODE_SIZE, NGROUPS, "Esc", "cancel", "", \
	    PRESS_ESC, 'q', PRESS_F(10), PRESS_CTRL('c')) \
	\
	X(ACTION_HELP_UP, MODE_HELP, NGROUPS, "Up", "", "", \
	    PRESS_UP, PRESS_PAGE_UP) \
	X(ACTION_HELP_DOWN, MODE_HELP, NGROUPS, "Down", "", "", \
	    PRESS_DOWN, PRESS_PAGE_DOWN) \
	\
	X(ACTION_PROMPT_NEXT, MODE_PROMPT, NGROUPS, "F3 Down", "next", "", \
	    PRESS_F(3), PRESS_DOWN) \
	X(ACTION_PROMPT_PREVIOUS, MODE_PROMPT, NGROUPS, "Up", "", "", \
	    PRESS_UP) \
	X(ACTION_PROMPT_KEEP, MODE_PROMPT, NGROUPS, "Enter", "keep", "", \
	    PRESS_ENTER, PRESS_F(4)) \
	X(ACTION_PROMPT_CLOSE, MODE_PROMPT, NGROUPS, "Esc", "clear", "", \
	    PRESS_ESC, PRESS_F(10), PRESS_CTRL('c')) \
	X(ACTION_PROMPT_BACK, MODE_PROMPT, NGROUPS, "Backspace", "", "", \
	    PRESS_BACK) \
	X(ACTION_PROMPT_CLEAR, MODE_PROMPT, NGROUPS, "Ctrl-U", "", "", \
	    PRESS_CTRL('u')) \
	\
	X(ACTION_SET_UP, MODE_SETTINGS, NGROUPS, "Up", "", "", PRESS_UP) \
	X(ACTION_SET_DOWN, MODE_SETTINGS, NGROUPS, "Down", "", "", \
	    PRESS_DOWN, '\t') \
	X(ACTION_SET_BACK, MODE_SETTINGS, NGROUPS, "Left", "", "", \
	    PRESS_LEFT, '-', PRESS_BACK) \
	X(ACTION_SET_NEXT, MODE_SETTINGS, NGROUPS, "Right", "", "", \
	    PRESS_RIGHT, '+', ' ') \
	X(ACTION_SET_DO, MODE_SETTINGS, NGROUPS, "Enter", "", "", \
	    PRESS_ENTER) \
	X(ACTION_SET_SAVE, MODE_SETTINGS, NGROUPS, "s", "save", "", 's') \
	X(ACTION_SET_CLOSE, MODE_SETTINGS, NGROUPS, "Esc", "close", "", \
	    PRESS_ESC, 'q', PRESS_F(2), PRESS_F(10), PRESS_CTRL('c'))

#define KEYS_ENUM(id, ...) id,
enum action { ACTIONS(KEYS_ENUM) NACTIONS };
#undef KEYS_ENUM

enum { ACTION_KEYS_MAX = 10 };

struct action_info {
	const char	*name;		/* of the enum, for tests */
	enum mode	 mode;
	enum key_group	 group;		/* NGROUPS: not in the help */
	const char	*keys;		/* as written */
	const char	*label;		/* at the bottom; "" = not there */
	const char	*help;
	int		 key[ACTION_KEYS_MAX];	/* 0 at the end if fewer */
};

const struct action_info *keys_info(enum action);
enum action	 keys_find(enum mode, int key);		/* NACTIONS: none */
const char	*keys_group_name(enum key_group);

/* What a letter of VI_KEYS stands for; other keys stay what they are. */
int		 keys_vi(int key);
/* An action's keys as written; with vi's, other letters may do it. */
enum { KEYS_WRITTEN_MAX = 32 };
const char	*keys_written(enum action, bool vi,
		    char out[KEYS_WRITTEN_MAX]);

/* "F9", "Ctrl-L", "x": what to call a key. */
enum { KEY_NAME_MAX = 16 };
const char	*keys_name(int key, char out[KEY_NAME_MAX]);

#endif
