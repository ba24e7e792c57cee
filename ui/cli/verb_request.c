#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/human.h"
#include "base/mem.h"
#include "ui/cli/cli.h"
#include "ui/say.h"
#include "wire/rundir.h"

static int
set(void *arg, int id, const char *value, struct err *err)
{
	struct verb_args *a = arg;
	int64_t n;

	switch (id) {
	case OPT_HELP:
		a->help = true;
		return 0;
	case OPT_JSON:
		a->json = true;
		return 0;
	case OPT_RUN:
		if (human_parse_int(value, 1, RUN_NUMBER_MAX, &n) == -1)
			return err_set(err, "--run: %.40s is not the number"
			    " of a run", value);
		a->run = (unsigned int)n;
		return 0;
	default:
		return a->own(a, id, value, err);
	}
}

int
verb_read(const struct verb *v, int argc, char **argv, struct verb_args *a,
    int *exit_status)
{
	struct err err;
	int rest;

	if (options_read(argc, argv, v->options, set, a, &rest, &err) == -1) {
		*exit_status = cli_usage(v, "%s", err.text);
		return -1;
	}
	if (a->help) {
		cli_help(v);
		*exit_status = 0;
		return -1;
	}
	return rest;
}

int
verb_read_all(const struct verb *v, int argc, char **argv,
    struct verb_args *a, int *exit_status)
{
	int rest = verb_read(v, argc, argv, a, exit_status);

	if (rest == -1)
		return -1;
	if (rest == argc)
		return 0;
	*exit_status = cli_usage(v, "%.40s: nothing is expected there",
	    argv[rest]);
	return -1;
}

int
verb_send(const struct verb_args *a)
{
	struct err err;
	unsigned int run = client_choose(a->run, false, &err);
	json_t *answer = NULL;
	int fd = -1;

	if (run != 0 && (fd = client_connect(run, &err)) != -1) {
		answer = client_ask(fd, &a->request, &err);
		close(fd);
	}
	if (answer == NULL) {
		say("%s", err.text);
		return EXIT_CANNOT;
	}
	json_decref(answer);
	return 0;
}

/* "7" or "7-9", numbers from 1 to max. */
static int
range(const char *word, int64_t max, int64_t *first, int64_t *last)
{
	char *copy = mem_strdup(word), *dash = strchr(copy, '-');
	int rc;

	if (dash != NULL)
		*dash = '\0';
	rc = human_parse_int(copy, 1, max, first);
	*last = *first;
	if (rc == 0 && dash != NULL)
		rc = human_parse_int(dash + 1, *first, max, last);
	free(copy);
	return rc;
}

int
verb_workers(struct request *r, char **words, struct err *err)
{
	int64_t first, last;

	for (; *words != NULL; words++) {
		if (range(*words + (**words == 'w'), POOL_MAX, &first,
		    &last) == -1)
			return err_set(err, "%.40s is not a worker; they are"
			    " called w1 to w%d", *words, POOL_MAX);
		for (; first <= last; first++) {
			if (r->nworkers == POOL_MAX)
				return err_set(err, "too many workers");
			r->worker[r->nworkers++] = (struct worker_ref){
			    .slot = (unsigned int)first };
		}
	}
	return r->nworkers > 0 ? 0 : err_set(err, "say which workers: w1 ...");
}

int
verb_tasks(struct request *r, char **words, struct err *err)
{
	int64_t first, last;

	for (; *words != NULL; words++) {
		if (range(*words + (**words == '#'), INT64_MAX, &first,
		    &last) == -1)
			return err_set(err, "%.40s is not a task; they are"
			    " numbered from 1", *words);
		if (last - first >= (int64_t)(REQUEST_IDS_MAX - r->ntasks))
			return err_set(err, "at most %d tasks at once",
			    REQUEST_IDS_MAX);
		for (; first <= last; first++)
			r->task[r->ntasks++] = (task_id)first;
	}
	return 0;
}
