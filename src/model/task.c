#include <stdio.h>
#include <string.h>

#include "base/names.h"
#include "model/task.h"

#define NAME(id, name, meaning) name,
static const char *const task_states[] = { TASK_STATES(NAME) };
static const char *const causes[] = { CAUSES(NAME) };
static const char *const worker_states[] = { WORKER_STATES(NAME) };
static const char *const run_states[] = { RUN_STATES(NAME) };
#undef NAME

const char *
task_state_name(enum task_state s)
{
	return task_states[s];
}

const char *
cause_name(enum cause c)
{
	return causes[c];
}

const char *
worker_state_name(enum worker_state s)
{
	return worker_states[s];
}

const char *
run_state_name(enum run_state s)
{
	return run_states[s];
}

enum task_state
task_state_find(const char *name)
{
	return (enum task_state)names_find(task_states, TASK_NSTATES, name);
}

enum cause
cause_find(const char *name)
{
	return (enum cause)names_find(causes, NCAUSES, name);
}

enum worker_state
worker_state_find(const char *name)
{
	return (enum worker_state)names_find(worker_states, WORKER_NSTATES, name);
}

enum run_state
run_state_find(const char *name)
{
	return (enum run_state)names_find(run_states, RUN_NSTATES, name);
}

const char *
outcome_text(char out[OUTCOME_MAX], const struct outcome *o)
{
	const char *abbrev;

	switch (o->cause) {
	case CAUSE_EXIT:
		snprintf(out, OUTCOME_MAX, "exit %d", o->code);
		break;
	case CAUSE_SIGNAL:
		abbrev = sigabbrev_np(o->code);
		snprintf(out, OUTCOME_MAX, "signal %d (SIG%s)", o->code,
		    abbrev != NULL ? abbrev : "?");
		break;
	default:
		snprintf(out, OUTCOME_MAX, "%s", cause_name(o->cause));
	}
	return out;
}
