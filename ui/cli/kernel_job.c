#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/near.h"
#include "kernels/table.h"
#include "model/template.h"
#include "ui/cli/kernel_job.h"

enum { KERNELS_MAX = 64 };

static const struct kernel_param *
param_find(const struct kernel *k, const char *name)
{
	const struct kernel_param *p = k->params;

	while (p->name != NULL && strcmp(p->name, name) != 0)
		p++;
	return p->name != NULL ? p : NULL;
}

/* Names of a kernel's parameters, until the next call. */
static const char *const *
param_names(const char *kernel)
{
	static const char *names[KERNEL_PARAMS_MAX + 1];
	const struct kernel *k = kernel_find(kernel);
	size_t n = 0;

	if (k == NULL)
		return NULL;
	for (; n < KERNEL_PARAMS_MAX && k->params[n].name != NULL; n++)
		names[n] = k->params[n].name;
	names[n] = NULL;
	return names;
}

static bool
required(const char *kernel, const char *param)
{
	const struct kernel_param *p = param_find(kernel_find(kernel), param);

	return p != NULL && p->fallback == NULL;
}

/* One list: kernels[] names them. */
static const char *kernel_names[KERNELS_MAX + 1];

static void __attribute__((constructor))
fill_names(void)
{
	for (size_t i = 0; i < KERNELS_MAX && kernels[i] != NULL; i++)
		kernel_names[i] = kernels[i]->name;
}

const struct jobfile_kernels kernel_job_kernels = {
	.params = param_names, .required = required, .names = kernel_names
};

static size_t
count(const char *const *names)
{
	size_t n = 0;

	while (names[n] != NULL)
		n++;
	return n;
}

static int
unknown(const char *what, const char *name, const char *const *names,
    struct err *err)
{
	const char *near = near_word(name, names, count(names));

	if (near != NULL)
		return err_set(err, "no %s %.40s, did you mean %s?", what,
		    name, near);
	return err_set(err, "no %s %.40s; pooltop kernels lists them", what,
	    name);
}

/* NAME=VALUE; the value is a template. */
static int
add_param(struct job *j, const char *word, struct err *err)
{
	const char *eq = strchr(word, '=');
	struct job_param *p;
	char *name;
	int rc = 0;

	if (eq == NULL)
		return err_set(err, "%.40s: a parameter is written NAME=VALUE",
		    word);
	name = mem_strndup(word, (size_t)(eq - word));
	if (param_find(kernel_find(j->kernel), name) == NULL) {
		rc = unknown("parameter", name, param_names(j->kernel), err);
		free(name);
		return rc;
	}
	for (size_t i = 0; i < j->nparams; i++)
		if (strcmp(j->params[i].name, name) == 0)
			rc = err_set(err, "parameter %.40s is given twice",
			    name);
	p = &j->params[j->nparams++];
	p->name = name;
	p->value = mem_strdup(eq + 1);
	return rc != 0 ? rc : template_check(p->value, j->items, err);
}

static struct items *
make_items(char **words, struct err *err)
{
	size_t n = 0;

	if (words == NULL)
		return items_matrix_new(NULL, 0, err);
	if (strcmp(words[0], ":::") != 0) {
		err_set(err, "%.40s is not available yet; ::: is", words[0]);
		return NULL;
	}
	for (words++; words[n] != NULL; n++)
		if (strncmp(words[n], ":::", 3) == 0 &&
		    strspn(words[n], ":+") == strlen(words[n])) {
			err_set(err, "more than one ::: is not available"
			    " yet");
			return NULL;
		}
	return items_list_new(words, n);
}

static int
check_required(const struct job *j, const struct kernel *k, struct err *err)
{
	for (const struct kernel_param *p = k->params; p->name != NULL; p++) {
		bool given = p->fallback != NULL;

		for (size_t i = 0; i < j->nparams; i++)
			given |= strcmp(j->params[i].name, p->name) == 0;
		if (!given)
			return err_set(err, "kernel %s needs %s=VALUE: %s",
			    k->name, p->name, p->help);
	}
	return 0;
}

int
kernel_job(struct jobs *jobs, const char *kernel, char **params, int nparams,
    char **items, struct err *err)
{
	const struct kernel *k = kernel_find(kernel);
	struct job *j;

	if (k == NULL)
		return unknown("kernel", kernel, kernel_names, err);
	if (nparams > KERNEL_PARAMS_MAX)
		return err_set(err, "too many parameters");
	jobs->name = mem_strdup(k->name);
	j = jobs_add(jobs);
	j->name = mem_strdup(k->name);
	j->kernel = mem_strdup(k->name);
	j->params = mem_array((size_t)nparams, sizeof *j->params);
	if ((j->items = make_items(items, err)) == NULL)
		return -1;
	for (int i = 0; i < nparams; i++)
		if (add_param(j, params[i], err) == -1)
			return -1;
	return check_required(j, k, err);
}
