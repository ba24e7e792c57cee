#include "ui/tui/workers.h"

static int
tag_of(const struct workers *v, const struct run_worker *w)
{
	for (unsigned int i = 0; i < v->ntags; i++)
		if (v->tag[i].slot == w->slot && v->tag[i].pid == w->pid)
			return (int)i;
	return -1;
}

bool
workers_tagged_is(const struct workers *v, const struct run_worker *w)
{
	return tag_of(v, w) >= 0;
}

void
workers_tag(struct workers *v, const struct run_worker *w, bool on)
{
	int i = tag_of(v, w);

	if (i >= 0 && !on)
		v->tag[i] = v->tag[--v->ntags];
	else if (i < 0 && on && v->ntags < POOL_MAX && w->pid != 0) {
		v->tag[v->ntags].slot = w->slot;
		v->tag[v->ntags++].pid = w->pid;
	}
}

void
workers_tag_shown(struct workers *v)
{
	for (int i = 0; i < v->table.rows.n; i++)
		workers_tag(v, v->table.rows.row[i].what, true);
}

void
workers_tags_follow(struct workers *v, const struct run *run)
{
	for (unsigned int i = 0; i < v->ntags; ) {
		const struct run_worker *w = workers_find(run,
		    v->tag[i].slot);

		if (w == NULL || w->pid != v->tag[i].pid)
			v->tag[i] = v->tag[--v->ntags];
		else
			i++;
	}
}
