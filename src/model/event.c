#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/human.h"
#include "base/names.h"
#include "base/text.h"
#include "model/event.h"

#define NAME(id, name, meaning) name,
static const char *const names[] = { EVENTS(NAME) };
#undef NAME
static const char *const levels[] = { "info", "warn", "error" };

const char *
event_name(enum event_kind kind)
{
	return names[kind];
}

enum event_kind
event_find(const char *name)
{
	return (enum event_kind)names_find(names, NEVENTS, name);
}

const char *
event_level_name(enum event_level level)
{
	return levels[level];
}

enum event_level
event_level_find(const char *name)
{
	for (int i = EVENT_WARN; i <= EVENT_ERROR; i++)
		if (strcmp(levels[i], name) == 0)
			return (enum event_level)i;
	return EVENT_INFO;
}

bool
event_counts_is(const struct event *ev)
{
	return ev->outcome.cause != CAUSE_WORKER_LOST &&
	    ev->outcome.cause != CAUSE_CANCELLED &&
	    ev->outcome.cause != CAUSE_HALTED;
}

/* A sentence in the making: what no longer fits is left off. */
struct sentence {
	char	*out;
	size_t	 size;
	size_t	 len;
};

static void __attribute__((format(printf, 2, 3)))
say(struct sentence *s, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(s->out + s->len, s->size - s->len, fmt, ap);
	va_end(ap);
	if (n > 0)
		s->len += (size_t)n < s->size - s->len ? (size_t)n :
		    s->size - s->len - 1;
}

/* ": exit 3 (what the task said), and it is queued again" */
static void
say_outcome(struct sentence *s, const struct event *ev)
{
	char out[OUTCOME_MAX];

	outcome_text(out, &ev->outcome);
	if (out[0] != '\0')
		say(s, ": %s", out);
	if (ev->text[0] != '\0')
		say(s, out[0] != '\0' ? " (%s)" : ": %s", ev->text);
}

static void
say_task(struct sentence *s, const struct event *ev)
{
	say(s, "task #%" PRIu64, ev->task);
	if (ev->label[0] != '\0')
		say(s, " \"%s\"", ev->label);
	if (ev->again)
		say(s, " attempt %u ended", ev->attempt);
	else if (ev->state == TASK_QUEUED && ev->outcome.cause != CAUSE_NONE)
		say(s, " queued again");
	else
		say(s, " %s", task_state_name(ev->state));
	if (ev->slot != 0)
		say(s, " on w%u", ev->slot);
	if (ev->again || ev->state == TASK_FAILED ||
	    (ev->state == TASK_CANCELLED &&
	    ev->outcome.cause != CAUSE_CANCELLED))
		say_outcome(s, ev);
	if (ev->again)
		say(s, ", queued again");
}

static void
say_worker(struct sentence *s, const struct event *ev)
{
	say(s, "worker w%u", ev->slot);
	if (ev->pid != 0)
		say(s, " (pid %d)", (int)ev->pid);
	if (ev->gone)
		say(s, " left the pool");
	else
		say(s, " %s", ev->worker == WORKER_TERM ? "is being stopped" :
		    ev->worker == WORKER_DRAIN ? "leaves after its task" :
		    ev->worker == WORKER_RUN ? "runs" :
		    ev->worker == WORKER_LOST ? "was lost" :
		    ev->worker == WORKER_STARTING ? "is starting" :
		    ev->worker == WORKER_FROZEN ? "is frozen" : "is idle");
	say_outcome(s, ev);
}

static void
say_end(struct sentence *s, const struct event *ev)
{
	char out[HUMAN_MAX];

	say(s, "the run is over");
	if (ev->elapsed > 0)
		say(s, " after %s", human_duration(out, ev->elapsed));
	say(s, ", exit status %d", ev->exit_status);
	if (ev->text[0] != '\0')
		say(s, ": %s", ev->text);
}

static void
say_state(struct sentence *s, const struct event *ev)
{
	say(s, "%s", ev->run == RUN_PAUSED ? "the queue is paused" :
	    ev->run == RUN_RUNNING ? "tasks are handed out" :
	    ev->run == RUN_WAITING ? "waits for somebody to print results" :
	    ev->run == RUN_DRAINING ? "no more tasks are started" :
	    ev->run == RUN_STOPPING ? "running tasks are being stopped" :
	    ev->run == RUN_FINISHED ? "nothing is left to do" :
	    "the pool is being made");
	if (ev->text[0] != '\0')
		say(s, ": %s", ev->text);
}

const char *
event_sentence(const struct event *ev, char *out, size_t size)
{
	char raw[2 * EVENT_TEXT_MAX + EVENT_LABEL_MAX];
	struct sentence s = { raw, sizeof raw, 0 };

	raw[0] = '\0';
	switch (ev->kind) {
	case EVENT_START:
		say(&s, "the run begins with %u worker%s", ev->to,
		    ev->to == 1 ? "" : "s");
		if (ev->text[0] != '\0')
			say(&s, ": %s", ev->text);
		break;
	case EVENT_RESIZE:
		say(&s, "pool %u -> %u", ev->from, ev->to);
		if (ev->text[0] != '\0')
			say(&s, ": %s", ev->text);
		break;
	case EVENT_STATE:
		say_state(&s, ev);
		break;
	case EVENT_WORKER:
		say_worker(&s, ev);
		break;
	case EVENT_TASK:
	case EVENT_RESULT:
		say_task(&s, ev);
		break;
	case EVENT_END:
		say_end(&s, ev);
		break;
	default:
		say(&s, "%s", ev->text);
	}
	return text_harmless(out, size, raw, s.len);
}
