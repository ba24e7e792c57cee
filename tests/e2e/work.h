/*
 * e2e/work.h: a job file for tests that disturb a run: 300 tasks of a few
 * milliseconds each, some that compute and some that wait, whose results tell
 * which task they belong to.
 */
#ifndef E2E_WORK_H
#define E2E_WORK_H

#include "tests/e2e/e2e.h"

enum { WORK_TASKS = 300 };

/* Writes it; its path, as e2e_path gives it. */
const char	*work_file(const struct e2e *, char path[E2E_PATH_MAX]);

/* What it prints when nothing disturbs it, from one worker; free() it. */
char		*work_result(struct e2e *);

#endif
