/*
 * model/jobfile.h: a job file (YAML) read into the model.  Every fault is
 * one line "FILE:LINE:COLUMN: what, and what was expected"; all faults of a
 * file come in one go.
 */
#ifndef MODEL_JOBFILE_H
#define MODEL_JOBFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/job.h"

enum {
	JOBFILE_SIZE_MAX = 4 * 1024 * 1024,	/* bytes; larger is refused */
	JOBFILE_DEPTH_MAX = 16,
	JOBFILE_NODES_MAX = 1000000,	/* texts, lists and mappings */
	JOBFILE_FAULTS_MAX = 100		/* then "too many faults" */
};

/* Which parameters a kernel has: asked by name, so model knows no kernels. */
struct jobfile_kernels {
	/* NULL if there is none; else its parameter names, NULL at the end. */
	const char *const	*(*params)(const char *kernel);
	/* Must this parameter of that kernel be given?  Both exist. */
	bool			  (*required)(const char *kernel,
				    const char *param);
	/* All names, NULL at the end: for the nearest one. */
	const char *const	 *names;
};

struct jobfile_faults {
	char	**line;		/* owned, harmless text, no newline */
	size_t	  n;
	size_t	  cap;
};

void	jobfile_faults_clear(struct jobfile_faults *);

/*
 * Read path, or text of len bytes that is called path in faults (paths in it
 * are relative to the folder of path).  jobs and faults are overwritten, and
 * to be cleared.  0 and no fault, or -1 and at least one; then jobs is empty.
 * A file that cannot be read at all is a fault without a place.
 *
 * A job that has no items gets one without columns.  The files that a glob
 * found are named as seen from the folder of path.  A file of items is held
 * open, one descriptor each.
 */
int	jobfile_load(const char *path, const struct jobfile_kernels *,
	    struct jobs *, struct jobfile_faults *);
int	jobfile_parse(const char *path, const char *text, size_t len,
	    const struct jobfile_kernels *, struct jobs *,
	    struct jobfile_faults *);

#endif
