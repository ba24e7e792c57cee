/*
 * Any bytes as a job file: a model, or at least one fault.  The file lies in
 * a folder that is not there, and a slash is no slash: whatever paths the
 * bytes may say, no file of this machine is read.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tests/some_kernels.h"
#include "model/template.h"

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

enum { ITEMS_TRIED = 3 };	/* of each job */

static void
promise(bool kept)
{
	if (!kept)
		abort();
}

static void
job_try(struct job *job, uint64_t at)
{
	struct item item;
	struct err err;

	promise(items_get(job->items, at, &item, &err) == 0);
	promise(item.n == items_columns(job->items));
	for (size_t i = 0; i < job->nparams; i++)
		free(template_fill(job->params[i].value, job->items, &item));
	item_clear(&item);
}

static void
jobs_try(struct jobs *jobs)
{
	promise(jobs->n > 0 && jobs->n <= JOBS_MAX);
	promise(jobs_count(jobs) <= ITEMS_LIMIT);
	for (size_t i = 0; i < jobs->n; i++) {
		struct job *job = &jobs->job[i];
		uint64_t n = items_count(job->items);

		promise(job->name != NULL && job->kernel != NULL);
		for (uint64_t k = 0; k < n && k < ITEMS_TRIED; k++)
			job_try(job, n / ITEMS_TRIED * k);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char *text = malloc(len != 0 ? len : 1), *slash;
	struct jobfile_faults faults;
	struct jobs jobs;
	int rc;

	promise(text != NULL);
	if (len > 0)
		memcpy(text, data, len);
	while ((slash = memchr(text, '/', len)) != NULL)
		*slash = '_';
	rc = jobfile_parse("/nothere/job.yaml", text, len, &some_kernels,
	    &jobs, &faults);
	promise((rc == 0) == (faults.n == 0));
	promise(faults.n <= JOBFILE_FAULTS_MAX + 1);
	if (rc == 0)
		jobs_try(&jobs);
	jobs_clear(&jobs);
	jobfile_faults_clear(&faults);
	free(text);
	return 0;
}
