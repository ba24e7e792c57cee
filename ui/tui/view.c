#include "ui/tui/view.h"

const struct view *const views[] = { &view_workers };
const int nviews = sizeof views / sizeof *views;
