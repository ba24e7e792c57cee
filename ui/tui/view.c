#include "ui/tui/view.h"

const struct view *const views[] = { &view_workers, &view_charts };
const int nviews = sizeof views / sizeof *views;
