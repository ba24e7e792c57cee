#include "ui/tui/screen.h"
#include "ui/tui/target.h"

const struct run_worker *
target_find(const struct run *run, const struct worker_ref *ref)
{
	for (unsigned int i = 0; i < run->nworkers; i++)
		if (run->worker[i].slot == ref->slot &&
		    run->worker[i].pid == ref->pid && ref->pid != 0)
			return &run->worker[i];
	return NULL;
}

size_t
target_left(const struct screen *s)
{
	const struct dialog *d = &s->dialog;
	size_t n = 0;

	for (size_t i = 0; i < d->ntagged; i++)
		n += target_find(&s->run, &d->tagged[i]) != NULL;
	return n;
}

enum fate
target_fate(const struct screen *s, const struct run_worker **found)
{
	const struct dialog *d = &s->dialog;

	*found = NULL;
	if (d->ntagged > 0)
		return target_left(s) > 0 ? FATE_THERE : FATE_GONE;
	if ((*found = target_find(&s->run, &d->target)) == NULL)
		return FATE_GONE;
	return d->any_task || (*found)->task == d->target.task ?
	    FATE_THERE : FATE_TASK_OVER;
}

void
target_workers(const struct screen *s, struct request *rq)
{
	const struct dialog *d = &s->dialog;

	if (d->ntagged == 0) {
		rq->worker[0] = d->target;
		if (d->any_task)
			rq->worker[0].task = 0;
		rq->nworkers = 1;
	}
	for (size_t i = 0; i < d->ntagged; i++)
		if (target_find(&s->run, &d->tagged[i]) != NULL)
			rq->worker[rq->nworkers++] = d->tagged[i];
}

void
target_tasks(const struct screen *s, struct request *rq)
{
	const struct dialog *d = &s->dialog;
	const struct run_worker *w;

	if (d->ntagged == 0)
		rq->task[rq->ntasks++] = d->target.task;
	for (size_t i = 0; i < d->ntagged; i++)
		if ((w = target_find(&s->run, &d->tagged[i])) != NULL && w->task != 0)
			rq->task[rq->ntasks++] = w->task;
}
