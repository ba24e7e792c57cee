#include <stddef.h>

#include "ui/tui/view.h"

const struct view *const views[] = { &view_workers, &view_tasks,
	&view_charts, &view_log };
const int nviews = sizeof views / sizeof *views;

bool
view_refuse(const char **why, const char *sentence)
{
	if (why != NULL)
		*why = sentence;
	return false;
}

bool
view_elsewhere(enum action a, const char **why)
{
	switch (a) {
	case ACTION_WORKER:
	case ACTION_TAG:
	case ACTION_TAG_ALL:
	case ACTION_UNTAG:
		return view_refuse(why, "select a worker in view 1");
	case ACTION_RETRY:
	case ACTION_CANCEL:
		return view_refuse(why, "select a task in view 2");
	case ACTION_OVERVIEW:
		return view_refuse(why, "that is for workers, view 1");
	case ACTION_FOLLOW:
	case ACTION_WRAP:
		return view_refuse(why, "that is for the log, view 4");
	default:
		return view_refuse(why, "there is no table");
	}
}
