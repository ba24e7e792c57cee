/* kernels: what is built in. */
#include <stdio.h>

#include <jansson.h>

#include "kernels/table.h"
#include "ui/cli/cli.h"

static json_t *
describe(const struct kernel *k)
{
	json_t *params = json_array();

	for (const struct kernel_param *p = k->params; p->name != NULL; p++)
		json_array_append_new(params, json_pack("{ss ss sb ss?}",
		    "name", p->name, "help", p->help, "required",
		    p->fallback == NULL, "default", p->fallback));
	return json_pack("{ss ss so}", "name", k->name, "summary", k->summary,
	    "params", params);
}

static void
print_json(void)
{
	json_t *list = json_array();

	for (const struct kernel *const *k = kernels; *k != NULL; k++)
		json_array_append_new(list, describe(*k));
	json_dumpf(list, stdout, JSON_INDENT(2));
	putchar('\n');
	json_decref(list);
}

static void
print(const struct kernel *k)
{
	char left[80];

	printf("%s: %s\n", k->name, k->summary);
	for (const struct kernel_param *p = k->params; p->name != NULL; p++) {
		if (p->fallback == NULL)
			snprintf(left, sizeof left, "%s", p->name);
		else
			snprintf(left, sizeof left, "%s=%s", p->name,
			    p->fallback);
		printf("    %-16s %s\n", left, p->help);
	}
	putchar('\n');
}

static int
run_kernels(const struct cli *cli, int argc, char **argv)
{
	struct verb_args a = { 0 };
	int status;

	if (verb_read_all(&verb_kernels, argc, argv, &a, &status) == -1)
		return status;
	if (a.json)
		print_json();
	else
		for (const struct kernel *const *k = kernels; *k != NULL; k++)
			print(*k);
	return 0;
}

static const struct option_def options[] = {
	OPTION_JSON, OPTION_HELP, OPTIONS_END
};
const struct verb verb_kernels = {
	.name = "kernels", .usage = "[OPTIONS]",
	.summary = "list the kernels and their parameters",
	.run = run_kernels, .options = options,
	.more = "A parameter with = has that value unless another is given."
};
