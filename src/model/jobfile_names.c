#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/expect.h"
#include "model/jobfile_reader.h"

enum { KERNEL_PART = JOB_NAME_MAX - 8 };	/* room for "-1000" */

struct entry {
	const char	*name;
	size_t		 line;		/* 0: not from the file */
};

/* The names so far, in order, for the search. */
struct names {
	struct entry	entry[JOBS_MAX];
	size_t		n;
};

/* The entry of that name, or where it would be. */
static size_t
names_find(const struct names *all, const char *name)
{
	size_t low = 0, high = all->n, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (strcmp(all->entry[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* NULL: added.  Else the one that has this name already. */
static const struct entry *
names_add(struct names *all, const char *name, size_t line)
{
	size_t i = names_find(all, name);
	struct entry *at = &all->entry[i];

	if (i < all->n && strcmp(at->name, name) == 0)
		return at;
	assert(all->n < JOBS_MAX);
	memmove(at + 1, at, (all->n - i) * sizeof *at);
	*at = (struct entry){ name, line };
	all->n++;
	return NULL;
}

/* A name is shown as it is, on one line. */
static bool
name_is(const char *text)
{
	char harmless[JOB_NAME_MAX];
	size_t len = strlen(text);

	if (len == 0 || len >= JOB_NAME_MAX)
		return false;
	text_harmless(harmless, sizeof harmless, text, len);
	return strcmp(harmless, text) == 0;
}

static void
name_take(struct jobfile_reader *r, struct names *all, struct job *job,
    const struct node *n)
{
	const struct entry *other;
	char quote[QUOTE_MAX], expected[64];

	if (expect_text(&r->faults, n, "name") == NULL)
		return;
	if (!name_is(n->text)) {
		snprintf(expected, sizeof expected, "printable text of 1 to "
		    "%d bytes", JOB_NAME_MAX - 1);
		expect_fault(&r->faults, n, "name", expected);
		return;
	}
	job->name = mem_strdup(n->text);
	if ((other = names_add(all, job->name, n->at.line)) != NULL)
		faults_add(&r->faults, n->at, "name %s is taken by the job at "
		    "line %zu", fault_quote(quote, n->text), other->line);
}

/* How many jobs before this one are called after the same kernel. */
static unsigned int
twins(const struct jobfile_reader *r, size_t i)
{
	const struct job *job = r->jobs->job;
	unsigned int n = 0;

	for (size_t k = 0; k < i; k++)
		if (r->named[k] == NULL && job[k].kernel != NULL &&
		    strcmp(job[k].kernel, job[i].kernel) == 0)
			n++;
	return n;
}

/* "primes", and "primes-2" when that is taken; there are more than names. */
static void
name_make(struct names *all, struct job *job, unsigned int before)
{
	for (unsigned int k = before + 1; job->name == NULL; k++) {
		assert(k <= before + JOBS_MAX + 1);
		job->name = k == 1 ?
		    mem_printf("%.*s", KERNEL_PART, job->kernel) :
		    mem_printf("%.*s-%u", KERNEL_PART, job->kernel, k);
		if (names_add(all, job->name, 0) != NULL) {
			free(job->name);
			job->name = NULL;
		}
	}
}

void
jobfile_names(struct jobfile_reader *r)
{
	struct names *all = mem_alloc(sizeof *all);
	struct jobs *jobs = r->jobs;

	for (size_t i = 0; i < jobs->n; i++)
		if (r->named[i] != NULL)
			name_take(r, all, &jobs->job[i], r->named[i]);
	for (size_t i = 0; i < jobs->n; i++)
		if (r->named[i] == NULL && jobs->job[i].kernel != NULL)
			name_make(all, &jobs->job[i], twins(r, i));
	free(all);
}
