#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/human.h"
#include "base/mono.h"
#include "ui/face.h"
#include "ui/printer.h"

static const double summary_every = 5;		/* seconds */

static void
say(const char *word, double at, const char *text)
{
	char clock[16];
	time_t t = (time_t)at;
	struct tm tm;

	localtime_r(&t, &tm);
	strftime(clock, sizeof clock, "%H:%M:%S", &tm);
	fprintf(stderr, "%s %-5s %s\n", clock, word, text);
}

/* 20:17:46 [984/1700 57.9%] run 8 queue 708 fail 3  5.07/s  parallel 7.6/8 */
static void
summary(const struct run *run)
{
	char rate[HUMAN_MAX], eta[HUMAN_MAX], text[256];
	uint64_t ended = run->queue.done + run->queue.failed +
	    run->queue.cancelled;
	int n;

	n = snprintf(text, sizeof text, "[%" PRIu64 "/%" PRIu64 " %.1f%%] run %"
	    PRIu64 " queue %" PRIu64 " fail %" PRIu64 "  %s/s", ended,
	    run->queue.total, run->queue.total > 0 ?
	    100 * (double)ended / (double)run->queue.total : 100,
	    run->queue.running, run->queue.depth, run->queue.failed,
	    isnan(run->rate.tasks_per_second) ? "?" :
	    human_rate(rate, run->rate.tasks_per_second));
	if (!isnan(run->rate.parallel))
		n += snprintf(text + n, sizeof text - (size_t)n,
		    "  parallel %.1f/%u", run->rate.parallel,
		    run->pool.target);
	if (!isnan(run->eta))
		snprintf(text + n, sizeof text - (size_t)n, "  eta %s",
		    human_duration(eta, run->eta));
	say("", wall_now(), text);
}

static void
plain_begin(struct face *f, unsigned int run)
{
	f->live = isatty(STDERR_FILENO);
	f->told = wall_now();
}

static void
plain_state(struct face *f, const struct run *run)
{
	if (!f->live || run->state == RUN_FINISHED ||
	    wall_now() - f->told < summary_every)
		return;
	f->told = wall_now();
	summary(run);
}

static const char *
word(const struct event *ev)
{
	if (ev->kind == EVENT_TASK && ev->state == TASK_FAILED)
		return "FAIL";
	if (ev->kind == EVENT_RESIZE)
		return "pool";
	if (ev->kind == EVENT_END)
		return "done";
	return event_name(ev->kind);
}

/* To a file or pipe: what went wrong, and how it ended; no more. */
static bool
wanted(const struct face *f, const struct event *ev)
{
	if (f->live)
		return ev->notable;
	return ev->kind == EVENT_END || ev->level == EVENT_ERROR ||
	    ev->kind == EVENT_FAULT;
}

static void
plain_event(struct face *f, const struct event *ev, const json_t *raw)
{
	char text[3 * EVENT_TEXT_MAX], took[HUMAN_MAX];

	if (!wanted(f, ev))
		return;
	if (ev->kind == EVENT_END) {
		snprintf(text, sizeof text, "%s; took %s", ev->text,
		    human_duration(took, ev->elapsed));
		say(word(ev), ev->time, text);
	} else
		say(word(ev), ev->time, event_sentence(ev, text,
		    sizeof text));
}

static void
text_result(struct face *f, const struct result_msg *m, const json_t *raw)
{
	printer_put(f->printer, m->text, m->len, m->serial);
}

void
face_plain(struct face *f)
{
	*f = (struct face){ .begin = plain_begin, .state = plain_state,
	    .event = plain_event, .result = text_result };
}

static void
quiet_begin(struct face *f, unsigned int run)
{
}

static void
quiet_state(struct face *f, const struct run *run)
{
}

static void
quiet_event(struct face *f, const struct event *ev, const json_t *raw)
{
	char text[3 * EVENT_TEXT_MAX];

	if (ev->level == EVENT_ERROR)
		fprintf(stderr, "pooltop: %s\n", event_sentence(ev, text,
		    sizeof text));
}

void
face_quiet(struct face *f)
{
	*f = (struct face){ .begin = quiet_begin, .state = quiet_state,
	    .event = quiet_event, .result = text_result };
}
