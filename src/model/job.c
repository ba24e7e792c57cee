#include <stdlib.h>
#include <string.h>

#include "base/human.h"
#include "base/mem.h"
#include "base/names.h"
#include "model/job.h"

enum { PERCENT_MAX = 100000 };	/* of one core: POOL_MAX and far beyond */

#define NAME(id, name, meaning) name,
static const char *const reduces[] = { REDUCES(NAME) };
#undef NAME

const char *
reduce_name(enum reduce r)
{
	return reduces[r];
}

enum reduce
reduce_find(const char *name)
{
	return (enum reduce)names_find(reduces, NREDUCES, name);
}

static int
percent_parse(const char *s, int64_t *n)
{
	size_t len = strspn(s, "0123456789");
	char *digits;
	int rc;

	if (strcmp(s + len, "%") != 0)
		return -1;
	digits = mem_strndup(s, len);
	rc = human_parse_int(digits, 1, PERCENT_MAX, n);
	free(digits);
	return rc;
}

int
pool_size_parse(const char *s, struct pool_size *size)
{
	struct pool_size out = { 0 };
	int64_t n = 0;

	if (strcmp(s, "max") == 0 || strcmp(s, "0") == 0)
		out.how = SIZE_MAX_FIT;
	else if (human_parse_int(s, 1, POOL_MAX, &n) == 0)
		out.how = SIZE_NUMBER;
	else if (percent_parse(s, &n) == 0)
		out.how = SIZE_PERCENT;
	else if (*s == '+' && human_parse_int(s + 1, 0, POOL_MAX, &n) == 0)
		out.how = SIZE_PLUS;
	else if (*s == '-' && human_parse_int(s + 1, 0, POOL_MAX, &n) == 0)
		out.how = SIZE_MINUS;
	else
		return -1;
	out.n = (unsigned int)n;
	*size = out;
	return 0;
}

unsigned int
pool_size_resolve(struct pool_size size, unsigned int cores)
{
	uint64_t n = cores;

	switch (size.how) {
	case SIZE_NUMBER:
		n = size.n;
		break;
	case SIZE_PERCENT:
		n = (n * size.n + 50) / 100;
		break;
	case SIZE_PLUS:
		n += size.n;
		break;
	case SIZE_MINUS:
		n = n > size.n ? n - size.n : 1;
		break;
	case SIZE_DEFAULT:
	case SIZE_MAX_FIT:
		break;
	}
	if (n < 1)
		return 1;
	return n < POOL_MAX ? (unsigned int)n : POOL_MAX;
}

void
job_clear(struct job *job)
{
	free(job->name);
	free(job->kernel);
	for (size_t i = 0; i < job->nparams; i++) {
		free(job->params[i].name);
		free(job->params[i].value);
	}
	free(job->params);
	items_free(job->items);
	*job = (struct job){ 0 };
}

void
jobs_clear(struct jobs *jobs)
{
	for (size_t i = 0; i < jobs->n; i++)
		job_clear(&jobs->job[i]);
	free(jobs->job);
	free(jobs->name);
	*jobs = (struct jobs){ 0 };
}

struct job *
jobs_add(struct jobs *jobs)
{
	struct job *job;

	jobs->job = mem_grow(jobs->job, jobs->n, &jobs->cap,
	    sizeof *jobs->job);
	job = &jobs->job[jobs->n++];
	*job = (struct job){ 0 };
	return job;
}

uint64_t
jobs_count(const struct jobs *jobs)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < jobs->n; i++)
		if (jobs->job[i].items != NULL)
			sum += items_count(jobs->job[i].items);
	return sum;
}
