/*
 * Any line on the control socket, read as each thing that it may be.  What
 * is taken is in its bounds, and means the same when it is sent on.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "wire/control_msg.h"

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void
promise(bool kept)
{
	if (!kept)
		abort();
}

/* A sentence is one harmless line, and there is one when something is wrong. */
static void
said(const struct err *err)
{
	promise(err->text[0] != '\0' && strchr(err->text, '\n') == NULL);
}

static json_t *
sent(json_t *j)
{
	struct err err;
	size_t len;
	char *line = control_line(j, &len);
	json_t *back = control_parse(line, len, &err);

	promise(back != NULL);
	free(line);
	json_decref(j);
	return back;
}

static void
try_request(const json_t *j)
{
	struct request r, again;
	struct err err = { "" };
	json_t *back;

	if (control_request_get(j, &r, &err) == -1) {
		said(&err);
		return;
	}
	promise(r.op < NOPS && r.shrink < NSHRINKS);
	promise(r.op != OP_RESIZE || r.size <= POOL_MAX);
	promise(r.op != OP_SIGNAL || (r.signal > 0 && r.signal < NSIG));
	promise(r.nworkers <= POOL_MAX && r.ntasks <= REQUEST_IDS_MAX);
	for (size_t i = 0; i < r.nworkers; i++)
		promise(r.worker[i].slot >= 1 && r.worker[i].slot <= POOL_MAX
		    && r.worker[i].pid >= 0);
	for (size_t i = 0; i < r.ntasks; i++)
		promise(r.task[i] != 0);
	back = sent(control_request(&r));
	promise(control_request_get(back, &again, &err) == 0);
	promise(again.op == r.op && again.size == r.size);
	promise(again.nworkers == r.nworkers && again.ntasks == r.ntasks);
	promise(memcmp(again.task, r.task, r.ntasks * sizeof *r.task) == 0);
	json_decref(back);
}

static void
try_event(const json_t *j)
{
	struct event ev, again;
	struct err err = { "" };
	char sentence[512];
	json_t *back;

	if (control_event_get(j, &ev, &err) == -1) {
		said(&err);
		return;
	}
	event_sentence(&ev, sentence, sizeof sentence);
	promise(text_utf8_is(sentence, strlen(sentence)));
	back = sent(control_event(&ev));
	promise(control_event_get(back, &again, &err) == 0);
	promise(again.kind == ev.kind && again.task == ev.task);
	promise(strcmp(again.text, ev.text) == 0);
	json_decref(back);
}

static void
try_state(const json_t *j)
{
	struct run run, again;
	struct err err = { "" };
	json_t *back;

	run_init(&run);
	run_init(&again);
	if (control_state_get(j, &run, &err) == -1)
		said(&err);
	promise(run.njobs <= JOBS_MAX && run.nworkers <= POOL_MAX);
	promise(run.nrecent <= RUN_RECENT_MAX);
	promise(run.host.ncores <= RUN_CORES_MAX);
	if (err.text[0] == '\0') {
		back = sent(control_state(&run));
		promise(control_state_get(back, &again, &err) == 0);
		promise(again.nworkers == run.nworkers &&
		    again.njobs == run.njobs && again.nrecent == run.nrecent);
		json_decref(back);
	}
	run_clear(&run);
	run_clear(&again);
}

static void
try_rest(const json_t *j)
{
	struct err err = { "" };
	struct result_msg m;
	unsigned int run;

	if (control_result_get(j, &m, &err) == 0)
		promise(m.serial >= 1 && m.text[m.len] == '\0');
	else
		said(&err);
	err.text[0] = '\0';
	if (control_hello_get(j, &run, &err) == -1)
		said(&err);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct err err = { "" };
	json_t *j = control_parse((const char *)data, len, &err);

	if (j == NULL) {
		said(&err);
		return 0;
	}
	try_request(j);
	try_event(j);
	try_state(j);
	try_rest(j);
	json_decref(j);
	return 0;
}
