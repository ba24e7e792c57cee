/*
 * What engines have really said, as it came over their control sockets, told
 * to the dashboard: tests/data/streams has a run at work, a paused one, one
 * with failures and one to its end.  The pictures are kept like those of
 * test_screens; each file has all views of a run at one size.
 */
#include <locale.h>
#include <time.h>

#include "golden.h"
#include "ui/tui/screen.h"
#include "wire/control_msg.h"
#include "wire/record_msg.h"

enum { LINES_MAX = 100, ROUNDS = 60 };

static const char *const streams[] = { "work", "paused", "failed",
	"finished" };
static const struct { int h, w; } sizes[] = { { 35, 120 }, { 24, 80 },
	{ 15, 60 }, { 10, 40 } };

/* A front end without a socket and without a terminal. */
struct replay {
	struct screen	screen;
	struct run	run;
	struct record	record;
	bool		has_record;
	struct mono	now;
};

struct told {
	char	*text;			/* its lines end in '\0' */
	size_t	 n;
	char	*line[LINES_MAX];
};

static void
send_nowhere(void *arg, const struct request *rq)
{
}

static void
leave_nowhere(void *arg, enum screen_leave how)
{
}

static void
nothing(void *arg)
{
}

static void
replay_open(struct replay *r)
{
	static const struct screen_options options = {
		.send = send_nowhere, .leave = leave_nowhere,
		.redraw = nothing, .suspend = nothing
	};

	memset(r, 0, sizeof *r);
	r->now = (struct mono){ 1000000000 };
	screen_init(&r->screen, &options);
	run_init(&r->run);
	record_init(&r->record);
}

static void
replay_close(struct replay *r)
{
	screen_clear(&r->screen);
	run_clear(&r->run);
	record_clear(&r->record);
}

static int
hear_state(struct replay *r, const json_t *j)
{
	struct err err;

	if (control_state_get(j, &r->run, &err) == -1)
		return -1;
	screen_update(&r->screen, &r->run, r->now);
	return 0;
}

static int
hear_record(struct replay *r, const json_t *j)
{
	struct err err;

	r->has_record = true;
	if (record_get(j, &r->record, &err) == -1)
		return -1;
	screen_record(&r->screen, &r->record);
	return 0;
}

static int
hear_event(struct replay *r, const json_t *j)
{
	struct event ev;
	struct err err;

	if (control_event_get(j, &ev, &err) == -1)
		return -1;
	if (r->has_record && ev.notable)
		journal_add(&r->record.journal, &ev);
	return 0;
}

static int
hear_object(struct replay *r, const json_t *j)
{
	unsigned int run;
	struct err err;
	const json_t *v;

	if ((v = json_object_get(j, "state")) != NULL && json_is_object(v))
		return hear_state(r, v);
	if ((v = json_object_get(j, "record")) != NULL)
		return hear_record(r, v);
	if (json_object_get(j, "event") != NULL)
		return hear_event(r, j);
	if (json_object_get(j, "ok") != NULL)
		return 0;
	return control_hello_get(j, &run, &err);
}

/* As a client does; -1: it would hang up. */
static int
hear(struct replay *r, const char *line, size_t len)
{
	struct err err;
	json_t *j = control_parse(line, len, &err);
	int rc;

	if (j == NULL)
		return -1;
	rc = hear_object(r, j);
	json_decref(j);
	return rc;
}

static void
told_open(struct told *s, const char *name)
{
	char path[128], *end;

	snprintf(path, sizeof path, "tests/data/streams/%s.jsonl", name);
	s->text = golden_slurp(path);
	s->n = 0;
	for (char *p = s->text; (end = strchr(p, '\n')) != NULL; p = end + 1) {
		assert_true(s->n < LINES_MAX);
		*end = '\0';
		s->line[s->n++] = p;
	}
	assert_true(s->n > 10);
}

static void
told_close(struct told *s)
{
	free(s->text);
}

/* One with all of a stream, every line of which it understood. */
static void
replay_whole(struct replay *r, const char *name)
{
	struct told s;

	replay_open(r);
	told_open(&s, name);
	for (size_t i = 0; i < s.n; i++)
		assert_int_equal(hear(r, s.line[i], strlen(s.line[i])), 0);
	told_close(&s);
}

static void
add(char **all, const char *title, const char *view, char *text)
{
	char *more;

	assert_true(asprintf(&more, "%s==== %s, %s\n%s", *all, view, title,
	    text) >= 0);
	free(*all);
	free(text);
	*all = more;
}

/* What is left of the roles without colours: LOOK_* of each cell, as hex. */
static char *
mono(const struct canvas *c)
{
	char *text = calloc((size_t)c->h + 1, (size_t)c->w + 1), *out = text;

	for (int y = 0; y < c->h; y++) {
		for (int x = 0; x < c->w; x++) {
			const struct cell *cell = &c->cell[y * c->w + x];
			struct look look = theme_look(THEME_MONO,
			    (enum role)cell->role, (enum ground)cell->ground);

			assert_true(look.fg == -1 && look.bg == -1);
			assert_in_range(look.bits, 0, 15);
			*out++ = look.bits == 0 ? '.' :
			    "0123456789abcdef"[look.bits];
		}
		*out++ = '\n';
	}
	*out = '\0';
	return text;
}

/* All views at one size, in both alphabets. */
static char *
pictures(struct replay *r, int h, int w)
{
	char *all = calloc(1, 1);

	for (int v = 0; v < nviews; v++)
		for (int ascii = 0; ascii < 2; ascii++) {
			struct canvas *c = canvas_new(h, w, ascii);

			screen_show(&r->screen, views[v]);
			screen_draw(&r->screen, c, r->now);
			add(&all, ascii ? "ascii" : "unicode", views[v]->name,
			    canvas_text(c));
			canvas_free(c);
		}
	return all;
}

/* And what their cells are, with and without colours. */
static char *
roles(struct replay *r)
{
	struct canvas *c = canvas_new(24, 80, false);
	char *all = calloc(1, 1);

	for (int v = 0; v < nviews; v++) {
		screen_show(&r->screen, views[v]);
		screen_draw(&r->screen, c, r->now);
		add(&all, "roles", views[v]->name, canvas_roles(c));
		add(&all, "mono", views[v]->name, mono(c));
	}
	canvas_free(c);
	return all;
}

static void
looks_right(const char *stream)
{
	struct replay r;
	char name[64], *text;

	replay_whole(&r, stream);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		snprintf(name, sizeof name, "replay-%s%d", stream, sizes[i].w);
		text = pictures(&r, sizes[i].h, sizes[i].w);
		golden_compare(name, text);
		free(text);
	}
	snprintf(name, sizeof name, "replay-%s-roles80", stream);
	text = roles(&r);
	golden_compare(name, text);
	free(text);
	replay_close(&r);
}

static void
a_run_at_work_looks_right(void **state)
{
	struct replay r;

	replay_whole(&r, "work");
	assert_int_equal(r.run.state, RUN_RUNNING);
	assert_int_equal(r.run.nworkers, 8);
	replay_close(&r);
	looks_right("work");
}

static void
a_paused_run_looks_right(void **state)
{
	struct replay r;

	replay_whole(&r, "paused");
	assert_int_equal(r.run.state, RUN_PAUSED);
	replay_close(&r);
	looks_right("paused");
}

static void
a_run_with_failures_looks_right(void **state)
{
	struct replay r;

	replay_whole(&r, "failed");
	assert_true(r.run.queue.failed > 0 && r.run.queue.retries > 0);
	replay_close(&r);
	looks_right("failed");
}

static void
a_finished_run_looks_right(void **state)
{
	struct replay r;

	replay_whole(&r, "finished");
	assert_int_equal(r.run.state, RUN_FINISHED);
	replay_close(&r);
	looks_right("finished");
}

static void
draw_all(struct replay *r)
{
	for (size_t i = 0; i < COUNT(sizes); i++)
		free(pictures(r, sizes[i].h, sizes[i].w));
}

static void
a_stream_may_end_after_any_line(void **state)
{
	struct replay r;
	struct told s;

	for (size_t i = 0; i < COUNT(streams); i++) {
		replay_open(&r);
		told_open(&s, streams[i]);
		for (size_t k = 0; k < s.n; k++) {
			assert_int_equal(hear(&r, s.line[k],
			    strlen(s.line[k])), 0);
			draw_all(&r);
		}
		screen_lost(&r.screen, r.now);
		r.now = mono_after(r.now, 2);
		draw_all(&r);
		told_close(&s);
		replay_close(&r);
	}
}

/*
 * Lines get lost, and now and then one is cut short: as in a client, nothing
 * is heard after a line that is not what it should be.  Returns how many
 * streams were hung up.
 */
static int
hear_some(const char *name, uint64_t *seed)
{
	struct replay r;
	struct told s;
	int rc = 0;

	replay_open(&r);
	told_open(&s, name);
	for (size_t k = 0; k < s.n && rc == 0; k++) {
		size_t len = strlen(s.line[k]);

		if (test_random(seed) % 3 == 0)
			continue;
		if (test_random(seed) % 40 == 0)
			len = test_random(seed) % len;
		rc = hear(&r, s.line[k], len);
	}
	if (rc == -1)
		screen_lost(&r.screen, r.now);
	draw_all(&r);
	told_close(&s);
	replay_close(&r);
	return rc == -1;
}

static void
lost_and_cut_lines_do_no_harm(void **state)
{
	int rounds = getenv("POOLTOP_LONG") != NULL ? 20 * ROUNDS : ROUNDS;
	uint64_t seed = 5;
	int hung_up = 0;

	for (int i = 0; i < rounds; i++)
		hung_up += hear_some(streams[i % (int)COUNT(streams)], &seed);
	assert_true(hung_up > 0 && hung_up < rounds);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_run_at_work_looks_right),
		cmocka_unit_test(a_paused_run_looks_right),
		cmocka_unit_test(a_run_with_failures_looks_right),
		cmocka_unit_test(a_finished_run_looks_right),
		cmocka_unit_test(a_stream_may_end_after_any_line),
		cmocka_unit_test(lost_and_cut_lines_do_no_harm),
	};

	setenv("TZ", "UTC", 1);
	tzset();
	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 77;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
