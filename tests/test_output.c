#include <inttypes.h>

#include "engine/output.h"
#include "test.h"

enum { JOBS = 4, TASKS = 60 };

struct expected {
	bool		 total;
	unsigned int	 job;
	task_id		 task;
	char		 text[64];
};

struct world {
	struct run	 run;
	struct run_job	 job[JOBS];
	struct output	*out;
	uint64_t	 seed;
	unsigned int	 ntasks;
	enum { OPEN, DONE, FAILED } is[TASKS + 1];
	bool		 was_late[TASKS + 1];
	bool		 passed[JOBS];	/* the place of its last task has */
	bool		 total_late[JOBS];	/* not known at that time */
	int64_t		 value[TASKS + 1];
	struct expected	 expected[TASKS + JOBS];
	unsigned int	 nexpected;
};

static unsigned int
upto(struct world *w, unsigned int n)
{
	return (unsigned int)(test_random(&w->seed) % n);
}

static void
world_init(struct world *w, uint64_t seed)
{
	*w = (struct world){ .seed = seed };
	w->run.job = w->job;
	w->run.njobs = 1 + upto(w, JOBS);
	for (unsigned int i = 0; i < w->run.njobs; i++) {
		struct run_job *j = &w->job[i];

		snprintf(j->name, sizeof j->name, "job%u", i);
		j->first = w->ntasks + 1;
		j->total = 1 + upto(w, TASKS / JOBS);
		j->reduce = upto(w, 2) ? REDUCE_NONE :
		    (enum reduce)upto(w, NREDUCES);
		w->ntasks += (unsigned int)j->total;
	}
	w->out = output_new(&w->run);
}

static unsigned int
job_of(const struct world *w, task_id task)
{
	unsigned int i = 0;

	while (task >= w->job[i].first + w->job[i].total)
		i++;
	return i;
}

static void
text_of(const struct world *w, task_id task, char out[64])
{
	if (w->job[job_of(w, task)].reduce == REDUCE_NONE && task % 5 == 0)
		out[0] = '\0';		/* an empty line is a result, too */
	else
		snprintf(out, 64, "%" PRId64, w->value[task]);
}

static bool
job_done(const struct world *w, unsigned int job)
{
	const struct run_job *j = &w->job[job];

	for (task_id t = j->first; t < j->first + j->total; t++)
		if (w->is[t] != DONE)
			return false;
	return true;
}

static void
note_passed_jobs(struct world *w)
{
	for (unsigned int i = 0; i < w->run.njobs; i++)
		if (!w->passed[i] && output_lowest(w->out) >=
		    w->job[i].first + w->job[i].total) {
			w->passed[i] = true;
			w->total_late[i] = !job_done(w, i);
		}
}

static void
end_task(struct world *w, task_id task)
{
	struct err err;
	char text[64];

	w->was_late[task] = task < output_lowest(w->out);
	if (upto(w, 5) == 0) {
		w->is[task] = FAILED;
		output_passed(w->out, task);
		note_passed_jobs(w);
		return;
	}
	w->is[task] = DONE;
	w->value[task] = (int64_t)(test_random(&w->seed) % 2001) - 1000;
	text_of(w, task, text);
	assert_int_equal(output_done(w->out, job_of(w, task), task, text,
	    strlen(text), &err), 0);
	note_passed_jobs(w);
}

static bool
may_end(struct world *w, task_id task)
{
	if (w->is[task] == FAILED && upto(w, 3) == 0) {
		output_reopened(w->out, task);
		w->is[task] = OPEN;
	}
	return w->is[task] == OPEN;
}

/* ---- what has to be printed, in the most naive way ----------------------- */

static struct expected *
expect(struct world *w, unsigned int job, task_id task)
{
	struct expected *x = &w->expected[w->nexpected++];

	*x = (struct expected){ .total = task == 0, .job = job,
	    .task = task };
	return x;
}

static void
expect_task(struct world *w, task_id task, bool late)
{
	unsigned int job = job_of(w, task);

	if (w->is[task] == DONE && w->was_late[task] == late &&
	    w->job[job].reduce == REDUCE_NONE)
		text_of(w, task, expect(w, job, task)->text);
}

static int64_t
fold(enum reduce how, int64_t a, int64_t b)
{
	if (how == REDUCE_SUM)
		return a + b;
	return (how == REDUCE_MIN) == (a < b) ? a : b;
}

static int64_t
total_of(const struct world *w, const struct run_job *j)
{
	int64_t value = w->value[j->first];

	for (task_id t = j->first + 1; t < j->first + j->total; t++)
		value = fold(j->reduce, value, w->value[t]);
	return value;
}

static void
expect_total(struct world *w, unsigned int job, bool late)
{
	const struct run_job *j = &w->job[job];
	struct expected *x;
	char text[64];
	size_t n = 0;

	if (j->reduce == REDUCE_NONE || !job_done(w, job) ||
	    w->total_late[job] != late)
		return;
	if (w->run.njobs > 1)
		n = (size_t)snprintf(text, sizeof text, "job%u\t", job);
	snprintf(text + n, sizeof text - n, "%" PRId64, total_of(w, j));
	x = expect(w, job, 0);
	memcpy(x->text, text, sizeof text);
}

/* What stdout has in the end, when every task had its last word. */
static void
expect_all(struct world *w)
{
	for (unsigned int i = 0; i < w->run.njobs; i++) {
		const struct run_job *j = &w->job[i];

		for (task_id t = j->first; t < j->first + j->total; t++)
			expect_task(w, t, false);
		expect_total(w, i, false);
	}
	for (task_id t = 1; t <= w->ntasks; t++)
		expect_task(w, t, true);
	for (unsigned int i = 0; i < w->run.njobs; i++)
		expect_total(w, i, true);
}

/* ---- who prints ---------------------------------------------------------- */

struct printer {
	uint64_t	 read;		/* serial of the last chunk it got */
	uint64_t	 most;		/* that any printer got */
	struct expected	 got[TASKS + JOBS + 1];	/* by serial */
};

static void
get_one(struct world *w, struct printer *p)
{
	struct expected *x;
	struct chunk c;

	if (!output_next(w->out, p->read, &c))
		return;
	assert_true(c.serial == p->read + 1 && c.len < sizeof x->text);
	x = &p->got[c.serial];
	if (c.serial <= p->most) {	/* again, after a printer was lost */
		assert_true(x->task == c.task && x->job == c.job);
		assert_int_equal(strlen(x->text), c.len);
		assert_memory_equal(x->text, c.text, c.len);
	}
	*x = (struct expected){ .total = c.task == 0, .job = c.job,
	    .task = c.task };
	memcpy(x->text, c.text, c.len);
	p->read = c.serial;
	if (c.serial > p->most)
		p->most = c.serial;
}

static void
print_some(struct world *w, struct printer *p)
{
	uint64_t printed = output_printed_serial(w->out);

	switch (upto(w, 8)) {
	case 0:				/* lost: another one comes */
		p->read = printed;
		break;
	case 1:				/* acknowledged, perhaps late */
		if (p->read > printed)
			printed += 1 + upto(w, (unsigned int)(p->read -
			    printed));
		output_printed(w->out, printed);
		assert_true(output_printed_serial(w->out) == printed);
		break;
	default:
		get_one(w, p);
	}
}

static void
print_all(struct world *w, struct printer *p)
{
	uint64_t before;

	do {
		before = p->read;
		get_one(w, p);
	} while (p->read > before);
	output_printed(w->out, p->read);
}

static void
compare(const struct world *w, const struct printer *p)
{
	assert_int_equal(p->most, w->nexpected);
	for (unsigned int i = 0; i < w->nexpected; i++) {
		const struct expected *x = &w->expected[i];
		const struct expected *got = &p->got[i + 1];

		assert_int_equal(x->total, got->total);
		assert_int_equal(x->job, got->job);
		assert_int_equal(x->task, got->task);
		assert_string_equal(x->text, got->text);
	}
}

static void
totals_are_known(const struct world *w)
{
	for (unsigned int i = 0; i < w->run.njobs; i++) {
		bool printed = false;

		for (unsigned int k = 0; k < w->nexpected; k++)
			printed |= w->expected[k].total &&
			    w->expected[k].job == i;
		assert_int_equal(output_totalled(w->out, i), printed);
	}
}

static void
whatever_the_order_of_ends_it_is_printed_in_task_order(void **state)
{
	for (uint64_t seed = 1; seed <= 3000; seed++) {
		struct printer p = { 0 };
		struct world w;
		unsigned int steps;

		world_init(&w, seed);
		steps = upto(&w, 8 * w.ntasks);
		for (unsigned int i = 0; i < steps; i++) {
			/* near the front, mostly, as a pool does */
			task_id t = 1 + (upto(&w, 8) == 0 ? upto(&w, w.ntasks)
			    : (i / 4 + upto(&w, 8)) % w.ntasks);

			if (may_end(&w, t))
				end_task(&w, t);
			if (upto(&w, 3) == 0)
				print_some(&w, &p);
		}
		output_finish(w.out);
		expect_all(&w);
		p.read = output_printed_serial(w.out);
		print_all(&w, &p);
		compare(&w, &p);
		totals_are_known(&w);
		assert_int_equal(output_kept(w.out), 0);
		assert_false(output_unprinted(w.out));
		output_free(w.out);
	}
}

/* ---- examples ------------------------------------------------------------ */

static void
one_job(struct run *run, struct run_job *job, uint64_t total,
    enum reduce reduce)
{
	*job = (struct run_job){ .name = "primes", .first = 1,
	    .total = total, .reduce = reduce };
	*run = (struct run){ .job = job, .njobs = 1 };
}

static void
done(struct output *o, task_id task, const char *text)
{
	struct err err;

	assert_int_equal(output_done(o, 0, task, text, strlen(text), &err),
	    0);
}

static void
refused(struct output *o, const char *text, size_t len)
{
	struct err err = { "" };

	assert_int_equal(output_done(o, 0, 1, text, len, &err), -1);
	assert_true(err.text[0] != '\0');
}

static void
printed(struct output *o, uint64_t after, const char *text)
{
	struct chunk c;

	assert_true(output_next(o, after, &c));
	assert_true(c.serial == after + 1);
	assert_int_equal(c.len, strlen(text));
	assert_memory_equal(c.text, text, c.len);
}

static void
a_result_is_printed_as_soon_as_all_before_it_have_ended(void **state)
{
	struct run run;
	struct run_job job;
	struct output *o;
	struct chunk c;

	one_job(&run, &job, 3, REDUCE_NONE);
	o = output_new(&run);
	done(o, 2, "b");
	assert_false(output_next(o, 0, &c));
	assert_int_equal(output_lowest(o), 1);
	output_passed(o, 1);
	printed(o, 0, "b");
	assert_int_equal(output_lowest(o), 3);
	done(o, 1, "a");		/* retried: its place has passed */
	done(o, 3, "c");
	printed(o, 1, "c");
	assert_false(output_next(o, 2, &c));
	output_finish(o);
	printed(o, 2, "a");
	output_free(o);
}

static void
a_failed_task_that_is_tried_again_in_time_keeps_its_place(void **state)
{
	struct run run;
	struct run_job job;
	struct output *o;

	one_job(&run, &job, 2, REDUCE_NONE);
	o = output_new(&run);
	output_passed(o, 2);
	output_reopened(o, 2);
	done(o, 1, "a");
	assert_int_equal(output_lowest(o), 2);
	done(o, 2, "b");
	printed(o, 0, "a");
	printed(o, 1, "b");
	output_free(o);
}

static void
the_total_of_one_job_stands_alone(void **state)
{
	static const struct { enum reduce how; const char *total; } cases[] = {
		{ REDUCE_SUM, "-1" }, { REDUCE_MIN, "-9" },
		{ REDUCE_MAX, "8" } };
	struct run run;
	struct run_job job;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct output *o;

		one_job(&run, &job, 3, cases[i].how);
		o = output_new(&run);
		done(o, 3, "8");
		done(o, 1, "0");
		done(o, 2, "-9");
		printed(o, 0, cases[i].total);
		assert_true(output_totalled(o, 0));
		output_free(o);
	}
}

static void
no_total_is_printed_when_a_task_is_missing(void **state)
{
	struct run run;
	struct run_job job;
	struct output *o;
	struct chunk c;

	one_job(&run, &job, 3, REDUCE_SUM);
	o = output_new(&run);
	done(o, 1, "1");
	output_passed(o, 2);
	done(o, 3, "3");
	output_finish(o);
	assert_false(output_next(o, 0, &c));
	assert_false(output_totalled(o, 0));
	assert_int_equal(output_kept(o), 0);
	output_free(o);
}

static void
what_is_no_number_of_64_bits_is_refused(void **state)
{
	static const char *const wrong[] = { "", "x", "1.5", " 1", "1 ", "1\n",
		"0x10", "9223372036854775808", "-9223372036854775809", "+1",
		"1111111111111111111111111111111111111111111" };
	struct run run;
	struct run_job job;
	struct output *o;

	one_job(&run, &job, 1, REDUCE_SUM);
	o = output_new(&run);
	for (size_t i = 0; i < COUNT(wrong); i++)
		refused(o, wrong[i], strlen(wrong[i]));
	refused(o, "1\0002", 3);
	assert_int_equal(output_lowest(o), 1);
	done(o, 1, "-9223372036854775808");
	printed(o, 0, "-9223372036854775808");
	output_free(o);
}

static void
a_sum_that_is_too_large_is_refused_and_stays_as_it_was(void **state)
{
	struct run run;
	struct run_job job;
	struct output *o;

	one_job(&run, &job, 3, REDUCE_SUM);
	o = output_new(&run);
	done(o, 2, "9223372036854775807");
	refused(o, "1", 1);
	done(o, 3, "-7");
	done(o, 1, "1");
	printed(o, 0, "9223372036854775801");
	output_free(o);
}

static void
what_is_kept_is_counted_and_bounded(void **state)
{
	static char big[1024 * 1024];
	struct run run;
	struct run_job job;
	struct output *o;
	struct err err;
	task_id t = 1;

	one_job(&run, &job, 1000, REDUCE_NONE);
	o = output_new(&run);
	memset(big, 'x', sizeof big);
	for (; !output_full(o); t++)
		assert_int_equal(output_done(o, 0, t, big, sizeof big, &err),
		    0);
	assert_in_range(t - 1, 60, 64);
	assert_true(output_kept(o) >= (t - 1) * sizeof big);
	output_printed(o, t - 2);
	assert_true(output_unprinted(o) && !output_full(o));
	output_printed(o, t - 1);
	assert_int_equal(output_kept(o), 0);
	output_free(o);
	output_free(NULL);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    whatever_the_order_of_ends_it_is_printed_in_task_order),
		cmocka_unit_test(
		    a_result_is_printed_as_soon_as_all_before_it_have_ended),
		cmocka_unit_test(
		    a_failed_task_that_is_tried_again_in_time_keeps_its_place),
		cmocka_unit_test(the_total_of_one_job_stands_alone),
		cmocka_unit_test(no_total_is_printed_when_a_task_is_missing),
		cmocka_unit_test(what_is_no_number_of_64_bits_is_refused),
		cmocka_unit_test(
		    a_sum_that_is_too_large_is_refused_and_stays_as_it_was),
		cmocka_unit_test(what_is_kept_is_counted_and_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
