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
