/* tests/fixture.h: runs to look at, as an engine would tell of them. */
#ifndef FIXTURE_H
#define FIXTURE_H

#include "model/record.h"
#include "model/run.h"

/* Into an inited run.  A prime search on 8 cores, in the middle. */
void	fixture_main(struct run *);
/* The same with so many workers, on so many cores. */
void	fixture_many(struct run *, unsigned int workers, unsigned int cores);
/* Two cores, hostile labels, one job. */
void	fixture_small(struct run *);
void	fixture_finished(struct run *);
void	fixture_empty(struct run *);
void	fixture_paused(struct run *);

/* Any run at all; the facts need not agree with each other. */
void	fixture_random(struct run *, uint64_t *seed);

/* Into an inited record: how fixture_main came to be what it is. */
void	fixture_record(struct record *);
/* More of anything, as a hostile engine might tell it. */
void	fixture_random_record(struct record *, uint64_t *seed);

/* fixture_tasks.c: what ended and what happened in fixture_main. */
void	fixture_tasks(struct record *);
void	fixture_random_tasks(struct record *, uint64_t *seed);

#endif
