#include <stdlib.h>

#include "base/mono.h"
#include "ui/face.h"
#include "ui/printer.h"

static const double progress_every = 1;		/* seconds */

static void
put(struct face *f, const json_t *j, unsigned long long serial)
{
	size_t len;
	char *line = control_line(j, &len);

	printer_put(f->printer, line, len - 1, serial);
	free(line);
}

static void
json_begin(struct face *f, unsigned int run)
{
	json_t *hello = control_hello(run);

	put(f, hello, 0);
	json_decref(hello);
}

/* The state, less what does not change or was told by events. */
static void
json_state(struct face *f, const struct run *run)
{
	static const char *const keys[] = { "elapsed", "pool", "queue",
	    "rate", "eta", "workers" };
	json_t *state, *j;

	if (run->state == RUN_FINISHED ||
	    wall_now() - f->told < progress_every)
		return;
	f->told = wall_now();
	state = control_state(run);
	j = json_pack("{sssf}", "event", "progress", "time", f->told);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		json_object_set(j, keys[i], json_object_get(state, keys[i]));
	put(f, j, 0);
	json_decref(j);
	json_decref(state);
}

static void
json_event(struct face *f, const struct event *ev, const json_t *raw)
{
	put(f, raw, 0);
}

static void
json_result(struct face *f, const struct result_msg *m, const json_t *raw)
{
	put(f, raw, m->serial);
}

void
face_json(struct face *f)
{
	*f = (struct face){ .begin = json_begin, .state = json_state,
	    .event = json_event, .result = json_result, .all_events = true };
}
