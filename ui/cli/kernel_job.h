/*
 * ui/cli/kernel_job.h: the kernels as job files and command lines see them.
 */
#ifndef UI_CLI_KERNEL_JOB_H
#define UI_CLI_KERNEL_JOB_H

#include "base/err.h"
#include "model/job.h"
#include "model/jobfile.h"

extern const struct jobfile_kernels kernel_job_kernels;

/*
 * One job: a kernel, its parameters as NAME=VALUE, and its items: NULL, or
 * words that begin with ":::", up to NULL.  Without items one task.  jobs is
 * to be cleared, also after -1 and err.
 */
int	kernel_job(struct jobs *, const char *kernel, char **params,
	    int nparams, char **items, struct err *);

#endif
