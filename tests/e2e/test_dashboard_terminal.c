/* The dashboard on terminals of every size and kind, and on none at all. */
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "tests/e2e/dash.h"

#define F(n)	VTERM_KEY_FUNCTION(n)
#define RUN	"\"$0\" run -j2 \"$1\""

/* Two tasks at once: for who only looks whether it is drawn at all. */
#define JOB_BRIEF \
	"jobs:\n" \
	"  - name: brief\n" \
	"    kernel: noop\n" \
	"    params: { text: \"result {}\" }\n" \
	"    items: [1, 2]\n"

static void
fails_with(struct proc *p, int code, const char *words)
{
	EXITS(p, code);
	assert_non_null(strstr(proc_err(p), words));
}

static bool
ascii_only(struct vt *t, void *arg)
{
	char *text = vt_dump(t);
	bool plain = true;

	for (const char *s = text; *s != '\0'; s++)
		plain = plain && (unsigned char)*s < 0x80;
	free(text);
	return plain;
}

/* Does any cell have a colour of its own? */
static bool
coloured(struct vt *t)
{
	VTermColor fg, bg;

	vterm_state_get_default_colors(vterm_obtain_state(t->vterm), &fg, &bg);
	for (int row = 0; row < t->rows; row++)
		for (int col = 0; col < t->cols; col++) {
			VTermScreenCell cell = vt_cell(t, row, col);

			if (!VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) ||
			    !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg))
				return true;
		}
	return false;
}

/* ---- sizes ---- */

static void
it_is_drawn_in_every_size(void **state)
{
	static const struct {
		int		 rows, cols;
		const char	*shows[3];
	} sizes[] = {
		{ 35, 120, { "Workers 2 ", "STATE", "w2 " } },
		{ 24, 80, { "Workers 2 ", "PROGRESS", "w2 " } },
		{ 15, 60, { "W 2 ", "F1Help", "w2 " } },
		{ 10, 40, { "W2 ", "RUNNING", "w2 " } },
		{ 5, 20, { "W2 ", "Q8 ", "RUNNING" } },
		{ 2, 2, { "", "", "" } },
		{ 70, 200, { "Workers 2 ", "RESTARTS", "w2 " } },
	};

	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct vt *t = dash_run_sized(*state, JOB_LONG, NULL,
		    sizes[i].rows, sizes[i].cols);

		for (int k = 0; k < 3; k++)
			SEE(t, sizes[i].shows[k]);
		IS(t, "viewers", "1");
		vt_type(t, "q");
		ENDS(t, 0);
		assert_false(t->alt);
		OVER();
	}
}

static void
it_follows_from_size_to_size(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);

	vt_resize(t, 35, 120);
	SEE(t, "STATE");
	SEE(t, "F10Detach");
	vt_resize(t, 10, 40);
	SEE(t, "W2 ");
	SEE(t, "w2 ");
	SEE_NOT(t, "Workers");
	vt_resize(t, 2, 2);
	vt_resize(t, 15, 60);
	SEE(t, "W 2 ");
	SEE(t, "w2 ");
	vt_resize(t, 24, 80);
	SEE(t, "Workers 2 ");
	SEE_NOT(t, "W 2 ");
	OVER();
}

static void
a_storm_of_resizes_ends_with_the_right_picture(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);
	uint64_t seed = 5;

	for (int i = 0; i < 416; i++) {
		vt_resize(t, (int)(test_random(&seed) % 60) + 1,
		    (int)(test_random(&seed) % 200) + 2);
		if (i % 16 == 0)
			vt_type(t, i % 32 == 0 ? "+" : "-");
	}
	vt_resize(t, 35, 120);
	SEE(t, "STATE");
	SEE(t, "F1Help");
	IS(t, "pool.target", "2");
	vt_type(t, "=3\r");
	IS(t, "pool.size", "3");
	SEE(t, "w3 ");
	assert_non_null(strstr(vt_row(t, 0), "pooltop"));
	assert_non_null(strstr(vt_row(t, 34), "F1Help"));
	vt_type(t, "q");
	ENDS(t, 0);
	OVER();
}

/* ---- kinds of terminals ---- */

/* TERM=dumb and its like: lines, no escape sequence. */
static void
lines_are_written(struct e2e *e, const char *const env[], const char *term)
{
	struct vt *t;
	char path[E2E_PATH_MAX];

	e2e_write(e, "job.yaml", JOB_BRIEF);
	t = e2e_open_sized(e, WORDS(e2e_pooltop(), "run",
	    e2e_path(e, path, "job.yaml")), env, 24, 80);
	ENDS(t, 0);
	SEE(t, "result 1");
	SEE(t, "result 2");
	assert_int_equal(t->titles, 0);
	assert_true(t->cursor);
	assert_int_equal(t->mouse, 0);
	NOBODY_LEFT();
}

static void
without_a_usable_term_there_are_lines(void **state)
{
	lines_are_written(*state, WORDS("TERM"), "unset");
	lines_are_written(*state, WORDS("TERM=dumb"), "dumb");
	lines_are_written(*state, WORDS("TERM=no-such-thing"), "unknown");
}

static void
an_unknown_modern_term_is_drawn_like_xterm(void **state)
{
	struct vt *t = dash_run_sized(*state, JOB_LONG,
	    WORDS("TERM=xterm-kitty", "TERMINFO"), 24, 80);

	SEE(t, "Workers 2 ");
	SEE(t, "w2 ");
	assert_true(coloured(t));
	vt_type(t, "q");
	ENDS(t, 0);
	assert_false(t->alt);
	OVER();
}

static void
old_terminals_are_drawn_on_too(void **state)
{
	static const char *const terms[] = { "TERM=vt100", "TERM=linux",
		"TERM=xterm", "TERM=screen" };

	for (size_t i = 0; i < COUNT(terms); i++) {
		struct vt *t = dash_run_sized(*state, JOB_LONG,
		    WORDS(terms[i], "TERMINFO"), 24, 80);

		SEE(t, "Workers 2 ");
		SEE(t, "w2 ");
		SEE(t, "F1Help");
		vt_type(t, "+");
		SEE(t, "Workers 3 ");
		vt_type(t, "q");
		ENDS(t, 0);
		OVER();
	}
}

static void
in_locale_c_it_is_ascii(void **state)
{
	struct vt *t = dash_run_sized(*state, JOB_LONG, WORDS("LC_ALL=C"),
	    24, 80);

	SEE(t, "Workers 2 ");
	SEE(t, "w2 ");
	SEE_THAT(t, ascii_only, NULL);
	vt_type(t, "k");
	SEE(t, "Stop w1");
	SEE_THAT(t, ascii_only, NULL);
	OVER();
}

static void
no_color_means_no_colour(void **state)
{
	struct vt *t = dash_run_sized(*state, JOB_LONG, WORDS("NO_COLOR=1"),
	    24, 80);

	SEE(t, "w2 ");
	SEE(t, "F1Help");
	assert_false(coloured(t));
	vt_type(t, "?");
	SEE(t, "any other key closes");
	assert_false(coloured(t));
	OVER();
}

static void
otherwise_there_are_colours(void **state)
{
	struct vt *t = dash_run(*state, JOB_LONG);

	assert_true(coloured(t));
	OVER();
}

/* ---- where stdin and stdout are ---- */

static void
keys_come_from_the_terminal_whatever_stdin_is(void **state)
{
	struct vt *t = dash_shell(*state, "echo + | " RUN, JOB_LONG);

	SEE(t, "w2 ");
	vt_key(t, F(8));
	SEE(t, "Workers 3 ");
	IS(t, "pool.target", "3");
	vt_type(t, "q");
	SEE(t, "left 0");
	AS_BEFORE(t);
	vt_type(t, "\n");
	ENDS(t, 0);
	OVER();
}

static void
without_a_terminal_there_are_lines(void **state)
{
	struct e2e *e = *state;
	char path[E2E_PATH_MAX];
	struct proc *p;

	e2e_write(e, "job.yaml", JOB_BRIEF);
	p = e2e_run(e, WORDS("setsid", "-w", e2e_pooltop(), "run",
	    e2e_path(e, path, "job.yaml")), NULL);
	EXITS(p, 0);
	assert_string_equal(proc_out(p), "result 1\nresult 2\n");
	assert_null(strchr(proc_err(p), '\033'));
	NOBODY_LEFT();
}

static void
tui_without_a_terminal_is_refused_in_a_sentence(void **state)
{
	struct e2e *e = *state;
	char path[E2E_PATH_MAX];

	e2e_write(e, "job.yaml", JOB_BRIEF);
	fails_with(e2e_run(e, WORDS("setsid", "-w", e2e_pooltop(), "run",
	    "--tui", e2e_path(e, path, "job.yaml")), NULL), 255, "/dev/tty");
	fails_with(e2e_run(e, WORDS("setsid", "-w", e2e_pooltop(), "demo",
	    "--tui"), NULL), 255, "/dev/tty");
	NOBODY_LEFT();
}

static void
tui_on_a_dumb_terminal_is_refused_in_a_sentence(void **state)
{
	struct vt *t = dash_shell(*state, "TERM=dumb \"$0\" run --tui \"$1\"",
	    JOB_BRIEF);

	SEE(t, "\"dumb\" cannot be drawn on");
	SEE(t, "left 255");
	vt_type(t, "\n");
	ENDS(t, 0);
	NOBODY_LEFT();
}

static void
in_the_background_there_are_lines(void **state)
{
	struct vt *t = dash_shell(*state,
	    "set -m; " RUN " & wait", JOB_BRIEF);

	SEE(t, "result 2");
	SEE(t, "left 0");
	assert_false(t->alt);
	vt_type(t, "\n");
	ENDS(t, 0);
	NOBODY_LEFT();
}

/* ---- hostile items ---- */

static bool
no_control_in_any_cell(struct vt *t)
{
	for (int row = 0; row < t->rows; row++)
		for (int col = 0; col < t->cols; col++) {
			uint32_t c = vt_cell(t, row, col).chars[0];

			if ((c > 0 && c < 0x20) || (c >= 0x7f && c < 0xa0) ||
			    (c >= 0x202a && c <= 0x202e) ||
			    (c >= 0x2066 && c <= 0x2069))
				return false;
		}
	return true;
}

static void
hostile_items_do_no_harm(void **state)
{
	static const char items[] =
	    "AA\033]2;PWN\007BB\n"
	    "CC\033[2J\033[31mDD\n"
	    "EE\302\233" "2JFF\302\205GG\n"
	    "HH\342\200\256II\342\201\246JJ\n"
	    "KK\346\227\245\346\234\254e\314\201LL\n"
	    "MM\377\376\300\257NN\n"
	    "OO\rPP\tQQ\b\bRR\n"
	    "%s%n%99999d\n";
	struct e2e *e = *state;
	char path[E2E_PATH_MAX];
	struct vt *t;

	e2e_write(e, "items.txt", items);
	e2e_write(e, "job.yaml",
	    "jobs:\n"
	    "  - name: hostile\n"
	    "    kernel: sleep\n"
	    "    params: { seconds: 10000 }\n"
	    "    items: { file: items.txt }\n");
	t = e2e_open_sized(e, WORDS(e2e_pooltop(), "run", "-j8",
	    e2e_path(e, path, "job.yaml")), NULL, 35, 120);
	SEE(t, "w8 ");
	SEE(t, "BB");
	SEE(t, "DD");
	SEE(t, "GG");
	SEE(t, "JJ");
	SEE(t, "日本");
	SEE(t, "NN");
	SEE(t, "RR");
	SEE(t, "%s%n%99999d");
	assert_int_equal(t->titles, 0);
	assert_true(no_control_in_any_cell(t));
	for (int i = 0; i < 8; i++) {	/* each in the dialog, too */
		vt_type(t, "k");
		SEE(t, "Stop w");
		assert_true(no_control_in_any_cell(t));
		vt_key(t, VTERM_KEY_ESCAPE);
		SEE_NOT(t, "Stop w");
		vt_key(t, VTERM_KEY_DOWN);
	}
	DO(e, "cancel", "1", "2", "3", "4", "5", "6", "7", "8");
	SEE(t, "FINISHED");		/* its events speak of them */
	assert_int_equal(t->titles, 0);
	assert_true(no_control_in_any_cell(t));
	vt_type(t, "q");
	ENDS(t, 101);
	assert_int_equal(t->titles, 0);
	NOBODY_LEFT();
}

int
main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		E2E_TEST(it_is_drawn_in_every_size),
		E2E_TEST(it_follows_from_size_to_size),
		E2E_TEST(a_storm_of_resizes_ends_with_the_right_picture),
		E2E_TEST(without_a_usable_term_there_are_lines),
		E2E_TEST(an_unknown_modern_term_is_drawn_like_xterm),
		E2E_TEST(old_terminals_are_drawn_on_too),
		E2E_TEST(in_locale_c_it_is_ascii),
		E2E_TEST(no_color_means_no_colour),
		E2E_TEST(otherwise_there_are_colours),
		E2E_TEST(keys_come_from_the_terminal_whatever_stdin_is),
		E2E_TEST(without_a_terminal_there_are_lines),
		E2E_TEST(tui_without_a_terminal_is_refused_in_a_sentence),
		E2E_TEST(tui_on_a_dumb_terminal_is_refused_in_a_sentence),
		E2E_TEST(in_the_background_there_are_lines),
		E2E_TEST(hostile_items_do_no_harm),
	};

	if (argc > 1)		/* one of them, or some: "*term*" */
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
