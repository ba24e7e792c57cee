/*
 * model/jobfile_reader.h: what the files jobfile*.c share while they read one
 * job file.
 */
#ifndef MODEL_JOBFILE_READER_H
#define MODEL_JOBFILE_READER_H

#include "model/fault.h"
#include "model/jobfile.h"
#include "model/node.h"

struct jobfile_reader {
	const char	*folder;	/* of the job file; "" = the present */
	const struct jobfile_kernels *kernels;
	struct faults	 faults;
	struct jobs	*jobs;
	unsigned int	 retries;	/* of defaults; 0 = not said */
	uint64_t	 total;		/* items of the jobs so far */
	const struct node *named[JOBS_MAX];	/* by job; NULL: no name */
};

/* jobfile_items.c: NULL and faults. */
struct items	*jobfile_items(struct jobfile_reader *, const struct node *);

/* jobfile_glob.c: NULL and err. */
struct items	*jobfile_glob(const char *folder, const char *pattern,
		    struct err *);

/* path as seen from where the program runs; free() it. */
char		*jobfile_path(const char *folder, const char *path);

/* jobfile_job.c: the list of jobs; faults. */
void		 jobfile_jobs(struct jobfile_reader *, const struct node *);

/* jobfile_names.c: every job gets its name, no two the same; faults. */
void		 jobfile_names(struct jobfile_reader *);

#endif
