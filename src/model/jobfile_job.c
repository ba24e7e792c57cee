#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/expect.h"
#include "model/jobfile_reader.h"
#include "model/template.h"

static const char later[] = "is not available yet";
static const char reserved[] = "is reserved for later";

#define JOB_KEYS(X) \
	X(KEY_NAME,	 "name",      NULL) \
	X(KEY_KERNEL,	 "kernel",    NULL) \
	X(KEY_PARAMS,	 "params",    NULL) \
	X(KEY_ITEMS,	 "items",     NULL) \
	X(KEY_REDUCE,	 "reduce",    NULL) \
	X(KEY_RETRIES,	 "retries",   NULL) \
	X(KEY_COMMAND,	 "command",   later) \
	X(KEY_SHELL,	 "shell",     later) \
	X(KEY_COPROCESS, "coprocess", later) \
	X(KEY_MEMORY,	 "memory",    later) \
	X(KEY_TIMEOUT,	 "timeout",   later) \
	X(KEY_ENV,	 "env",	      later) \
	X(KEY_CWD,	 "cwd",	      later) \
	X(KEY_AFTER,	 "after",     reserved) \
	X(KEY_CPUS,	 "cpus",      reserved)
#define KEY_ENUM(id, name, refusal) id,
enum job_key { JOB_KEYS(KEY_ENUM) NJOB_KEYS };
#undef KEY_ENUM
#define KEY(id, name, refusal) { name, refusal },
static const struct expect_key job_keys[] = { JOB_KEYS(KEY) };
#undef KEY

static size_t
words_count(const char *const *words)
{
	size_t n = 0;

	while (words[n] != NULL)
		n++;
	return n;
}

/* The parameters of job's kernel; NULL and a fault: it has none. */
static const char *const *
kernel_read(struct jobfile_reader *r, const struct node *n, struct job *job)
{
	const char *name = expect_text(&r->faults, n, "kernel");
	const char *const *params, *const *all = r->kernels->names;
	char quote[QUOTE_MAX], advice[ADVICE_MAX];

	if (name == NULL)
		return NULL;
	if ((params = r->kernels->params(name)) == NULL) {
		faults_add(&r->faults, n->at, "no kernel is called %s%s",
		    fault_quote(quote, name),
		    fault_advice(advice, name, all, words_count(all)));
		return NULL;
	}
	job->kernel = mem_strdup(name);
	return params;
}

static const struct job_param *
param_find(const struct job *job, const char *name)
{
	for (size_t i = 0; i < job->nparams; i++)
		if (strcmp(job->params[i].name, name) == 0)
			return &job->params[i];
	return NULL;
}

/* Has the kernel a parameter of this name, and job not yet? */
static int
param_name_check(struct faults *faults, const struct node *name,
    const struct job *job, const char *const *known)
{
	char quote[QUOTE_MAX], advice[ADVICE_MAX];
	size_t i = 0, n = words_count(known);

	while (i < n && strcmp(known[i], name->text) != 0)
		i++;
	fault_quote(quote, name->text);
	if (i == n)
		return faults_add(faults, name->at, "kernel \"%s\" has no "
		    "parameter %s%s", job->kernel, quote,
		    fault_advice(advice, name->text, known, n));
	if (param_find(job, name->text) != NULL)
		return faults_add(faults, name->at, "parameter %s is there "
		    "twice", quote);
	return 0;
}

static void
param_value_check(struct faults *faults, const struct node *value,
    const char *name, const struct items *items)
{
	char quote[QUOTE_MAX];
	const char *text = expect_text(faults, value,
	    fault_quote(quote, name));
	struct err err;

	if (text == NULL || items == NULL)
		return;
	if (template_check(text, items, &err) == -1)
		faults_add(faults, value->at, "%s: %s", quote, err.text);
}

/* known: NULL when the kernel is not. */
static void
param_read(struct jobfile_reader *r, const struct node *name,
    const char *const *known, struct job *job)
{
	const struct node *value = name->next;
	struct job_param *p;

	if (name->kind != NODE_TEXT) {
		expect_fault(&r->faults, name, "params", "a name");
		return;
	}
	param_value_check(&r->faults, value, name->text, job->items);
	if (known == NULL ||
	    param_name_check(&r->faults, name, job, known) == -1)
		return;
	p = &job->params[job->nparams++];
	p->name = mem_strdup(name->text);
	p->value = mem_strdup(value->text);
}

static void
params_complete(struct jobfile_reader *r, struct mark at,
    const struct job *job, const char *const *known)
{
	for (size_t i = 0; known[i] != NULL; i++)
		if (r->kernels->required(job->kernel, known[i]) &&
		    param_find(job, known[i]) == NULL)
			faults_add(&r->faults, at, "kernel \"%s\" needs the "
			    "parameter \"%s\"", job->kernel, known[i]);
}

/* n: NULL when no parameters are given. */
static void
params_read(struct jobfile_reader *r, const struct node *n, struct mark at,
    const char *const *known, struct job *job)
{
	if (n != NULL && expect_map(&r->faults, n, "params") == -1)
		return;
	if (known != NULL)
		job->params = mem_array(words_count(known),
		    sizeof *job->params);
	for (const struct node *c = n != NULL ? n->child : NULL;
	    c != NULL && !r->faults.full; c = c->next->next)
		param_read(r, c, known, job);
	if (known != NULL)
		params_complete(r, n != NULL ? n->at : at, job, known);
}

/* n: NULL when no items are given. */
static void
items_read(struct jobfile_reader *r, const struct node *n, struct mark at,
    struct job *job)
{
	struct err err;

	if (n == NULL)
		job->items = items_matrix_new(NULL, 0, &err);
	else
		job->items = jobfile_items(r, n);
	if (job->items == NULL)
		return;
	r->total += items_count(job->items);
	if (r->total > ITEMS_LIMIT)
		faults_add(&r->faults, n != NULL ? n->at : at, "items: with "
		    "those of the jobs before more than %" PRIu64,
		    ITEMS_LIMIT);
}

static void
reduce_read(struct jobfile_reader *r, const struct node *n, struct job *job)
{
	const char *name = expect_text(&r->faults, n, "reduce");
	const char *names[NREDUCES];
	char quote[QUOTE_MAX], advice[ADVICE_MAX];

	if (name == NULL || (job->reduce = reduce_find(name)) != NREDUCES)
		return;
	for (int i = 0; i < NREDUCES; i++)
		names[i] = reduce_name((enum reduce)i);
	faults_add(&r->faults, n->at, "reduce: not %s%s",
	    fault_quote(quote, name),
	    fault_advice(advice, name, names, NREDUCES));
}

static void
retries_read(struct jobfile_reader *r, const struct node *n, struct job *job)
{
	int64_t retries = r->retries;

	if (n != NULL)
		expect_int(&r->faults, n, "retries", 1, RETRIES_MAX, &retries);
	job->retries = (unsigned int)retries;
}

/* Is there something to run?  What is refused has its fault already. */
static bool
work_is(const struct node *const *value)
{
	return value[KEY_KERNEL] != NULL || value[KEY_COMMAND] != NULL ||
	    value[KEY_SHELL] != NULL || value[KEY_COPROCESS] != NULL;
}

static void
job_read(struct jobfile_reader *r, const struct node *n)
{
	const struct node *value[NJOB_KEYS];
	const char *const *params = NULL;
	size_t place = r->jobs->n;
	struct job *job;

	if (expect_keys(&r->faults, n, "a job", job_keys, NJOB_KEYS,
	    value) == -1)
		return;
	job = jobs_add(r->jobs);
	r->named[place] = value[KEY_NAME];
	if (!work_is(value))
		faults_add(&r->faults, n->at, "a job without a kernel; "
		    "\"kernel\" was expected");
	if (value[KEY_KERNEL] != NULL)
		params = kernel_read(r, value[KEY_KERNEL], job);
	items_read(r, value[KEY_ITEMS], n->at, job);
	params_read(r, value[KEY_PARAMS], n->at, params, job);
	if (value[KEY_REDUCE] != NULL)
		reduce_read(r, value[KEY_REDUCE], job);
	retries_read(r, value[KEY_RETRIES], job);
}

void
jobfile_jobs(struct jobfile_reader *r, const struct node *list)
{
	size_t n = 0;

	if (expect_list(&r->faults, list, "jobs") == -1)
		return;
	if (list->child == NULL)
		faults_add(&r->faults, list->at, "jobs: at least one job was "
		    "expected");
	for (const struct node *c = list->child; c != NULL && !r->faults.full;
	    c = c->next) {
		if (n++ == JOBS_MAX) {
			faults_add(&r->faults, c->at, "jobs: at most %d were "
			    "expected", JOBS_MAX);
			break;
		}
		job_read(r, c);
	}
	jobfile_names(r);
}
