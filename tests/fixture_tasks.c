#include <math.h>
#include <stdio.h>

#include "fixture.h"
#include "test.h"

static const double started = 1795464814;	/* 2026-11-24 20:13:34 UTC */

static void
ended(struct record *r, double at, struct attempt a, const char *label,
    const char *text)
{
	a.ended = started + at;
	snprintf(a.label, sizeof a.label, "%s", label);
	snprintf(a.text, sizeof a.text, "%s", text);
	tail_add(&r->tail, &a);
}

static void
noted(struct record *r, double at, struct event ev, const char *label,
    const char *text)
{
	ev.time = started + at;
	ev.notable = true;
	snprintf(ev.label, sizeof ev.label, "%s", label);
	snprintf(ev.text, sizeof ev.text, "%s", text);
	journal_add(&r->journal, &ev);
}

/* Attempt n of a task failed; after the last one the task has. */
static void
failed(struct record *r, double at, task_id task, unsigned int n, bool last,
    struct outcome outcome, const char *label, const char *text)
{
	const struct attempt a = { .task = task, .attempt = n, .slot = n % 8 +
		1, .pid = 41203 + (pid_t)n, .state = last ? TASK_FAILED :
		TASK_QUEUED, .again = !last, .outcome = outcome,
		.elapsed = 7.2, .cpu = 6.1 };

	ended(r, at, a, label, text);
	noted(r, at, (struct event){ .kind = EVENT_TASK, .level = last ?
	    EVENT_ERROR : EVENT_WARN, .task = task, .attempt = n,
	    .slot = a.slot, .pid = a.pid, .state = a.state,
	    .again = a.again, .outcome = outcome }, label, text);
}

static void
done(struct record *r, double at, task_id task, unsigned int slot,
    const char *label)
{
	ended(r, at, (struct attempt){ .task = task, .attempt = 1,
	    .slot = slot, .pid = 41202 + (pid_t)slot, .state = TASK_DONE,
	    .elapsed = 1 + slot * 0.4, .cpu = 1 + slot * 0.39 }, label, "");
}

void
fixture_tasks(struct record *r)
{
	static const char *const labels[] = { "prime-sieve 5e7",
		"matmul 512 seed=87", "collatz 1e7+0x1a", "nqueens 12" };
	const struct outcome exit2 = { CAUSE_EXIT, 2 };
	const struct outcome killed = { CAUSE_EXIT, 137 };

	noted(r, 0, (struct event){ .kind = EVENT_START, .to = 4 }, "",
	    "1700 tasks, 8 of 8 cores");
	noted(r, 70, (struct event){ .kind = EVENT_RESIZE, .from = 4,
	    .to = 6 }, "", "");
	failed(r, 100, 677, 1, true, exit2, "prime-sieve -1",
	    "the limit has to be a number from 1 to 1000000000000000");
	failed(r, 110, 804, 1, false, (struct outcome){ CAUSE_OUT_OF_MEMORY,
	    0 }, "matmul 4096 seed=4", "");
	ended(r, 120, (struct attempt){ .task = 512, .attempt = 1, .slot = 2,
	    .pid = 41204, .state = TASK_CANCELLED, .outcome =
	    { CAUSE_CANCELLED, 0 }, .elapsed = 3.3, .cpu = 3.2 },
	    "matmul 8192 seed=0", "");
	noted(r, 150, (struct event){ .kind = EVENT_RESIZE, .from = 6,
	    .to = 8 }, "", "");
	failed(r, 160, 804, 2, true, (struct outcome){ CAUSE_OUT_OF_MEMORY,
	    0 }, "matmul 4096 seed=4", "");
	failed(r, 180, 650, 1, true, exit2, "\033[31mred\007 \xe2\x80\xae"
	    "hostile", "\033]2;PWN\007 says this");
	for (unsigned int i = 0; i < 86; i++)
		if (900 + i != 971)	/* which failed */
			done(r, 190 + i * 0.5, 900 + i, i % 8 + 1,
			    labels[i % COUNT(labels)]);
	failed(r, 230, 971, 1, false, killed, "prime-sieve 9e9",
	    "cannot allocate 8.4G");
	failed(r, 237, 971, 2, false, killed, "prime-sieve 9e9",
	    "cannot allocate 8.4G");
	noted(r, 240, (struct event){ .kind = EVENT_TASK, .task = 650,
	    .state = TASK_QUEUED, .outcome = { CAUSE_EXIT, 0 } },
	    "red hostile", "");
	noted(r, 246, (struct event){ .kind = EVENT_WORKER,
	    .level = EVENT_WARN, .slot = 8, .pid = 41395,
	    .worker = WORKER_TERM }, "", "");
}

static uint64_t
below(uint64_t *seed, uint64_t n)
{
	return test_random(seed) % n;
}

static void
any_text(char *out, size_t size, uint64_t *seed)
{
	size_t len = below(seed, 3) == 0 ? below(seed, size) :
	    below(seed, 12);

	for (size_t i = 0; i < len; i++)
		out[i] = (char)(1 + below(seed, 255));
	out[len] = '\0';
}

static double
any_number(uint64_t *seed)
{
	static const double odd[] = { 0, -1, 1e300, -1e300, 1795464814 };
	uint64_t n = below(seed, 8);

	return n == 0 ? NAN : n == 1 ? INFINITY : n < 7 ? odd[n - 2] :
	    (double)below(seed, 100000) / 100;
}

void
fixture_random_tasks(struct record *r, uint64_t *seed)
{
	for (uint64_t n = below(seed, below(seed, 30) == 0 ? 3000 : 40);
	    n > 0; n--) {
		struct attempt a = { .task = 1 + below(seed, 50),
			.job = (unsigned int)below(seed, 3),
			.attempt = (unsigned int)below(seed, 5),
			.slot = (unsigned int)below(seed, 5),
			.pid = (pid_t)below(seed, 99),
			.state = (enum task_state)below(seed, TASK_NSTATES),
			.again = below(seed, 2) == 0,
			.outcome = { (enum cause)below(seed, NCAUSES),
			    (int)below(seed, 300) },
			.ended = any_number(seed), .cpu = any_number(seed),
			.elapsed = any_number(seed) };
		struct event ev = { .kind = (enum event_kind)below(seed,
			NEVENTS), .level = (enum event_level)below(seed, 3),
			.time = any_number(seed), .task = below(seed, 50),
			.slot = (unsigned int)below(seed, 3),
			.job = (unsigned int)below(seed, 3),
			.state = (enum task_state)below(seed, TASK_NSTATES),
			.again = below(seed, 2) == 0 };

		any_text(a.label, sizeof a.label, seed);
		any_text(a.text, sizeof a.text, seed);
		any_text(ev.label, sizeof ev.label, seed);
		any_text(ev.text, sizeof ev.text, seed);
		tail_add(&r->tail, &a);
		journal_add(&r->journal, &ev);
	}
}
