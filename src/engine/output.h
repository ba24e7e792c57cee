/*
 * engine/output.h: results, from the moment a task is done until they have
 * been printed: kept in memory (the store will take this place), handed out
 * in task order, freed when the front end says that they are printed.
 *
 * A task's place in the order passes when it has ended: with a result, which
 * becomes a chunk, or without.  A result that comes after its place has
 * passed (a failed task that was retried) is handed out at the end, or when
 * OUTPUT_MAX is reached: nothing else might make room.  Jobs
 * that reduce hand out their total only, after their last task or, if that
 * is not known by then, at the end.
 */
#ifndef ENGINE_OUTPUT_H
#define ENGINE_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/run.h"

/* Unprinted results kept at most; above it, only the awaited task may start. */
#define OUTPUT_MAX ((uint64_t)64 * 1024 * 1024)

struct output;

/* The jobs of run tell which tasks are whose; borrowed. */
struct output	*output_new(const struct run *);
void		 output_free(struct output *);

/*
 * A task of a job is done; text is copied.  -1 and err: the job reduces, and
 * this result is no number or too much for the total: the task has failed
 * (say so with output_passed).
 */
int		 output_done(struct output *, unsigned int job, task_id,
		    const char *text, size_t len, struct err *);

/* A task ended without a result. */
void		 output_passed(struct output *, task_id);

/* It is tried again after all: it has its place back, if that has not passed. */
void		 output_reopened(struct output *, task_id);

/* The lowest task whose place has not passed. */
task_id		 output_lowest(const struct output *);

/*
 * Does printing wait for this task?  Not as long as there is anything that
 * can be printed without it.
 */
bool		 output_awaits(const struct output *, task_id);

/* Bytes kept, with what keeping them takes; full: OUTPUT_MAX is reached. */
uint64_t	 output_kept(const struct output *);
bool		 output_full(const struct output *);

/* Every task has ended, or never will: hand out what is left. */
void		 output_finish(struct output *);

/* Was the total of this job handed out?  Only asked of a job that reduces. */
bool		 output_totalled(const struct output *, unsigned int job);

struct chunk {
	uint64_t	serial;		/* from 1, in the order of print */
	task_id		task;		/* 0: the total of job */
	unsigned int	job;
	const char	*text;		/* UTF-8, no newline at its end */
	size_t		len;
};

/* The next chunk after a serial (0: from the start); false: none yet. */
bool		 output_next(struct output *, uint64_t after,
		    struct chunk *);

/* Chunks up to this serial were printed, and are freed. */
void		 output_printed(struct output *, uint64_t serial);
uint64_t	 output_printed_serial(const struct output *);
bool		 output_unprinted(const struct output *);	/* any chunk */

#endif
