#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/near.h"
#include "ui/cli/cli.h"
#include "ui/say.h"

#include "config.h"

static const struct verb *const verbs[] = { &verb_run, &verb_demo, &verb_list,
	&verb_status, &verb_attach, &verb_wait, &verb_resize, &verb_drain,
	&verb_terminate, &verb_signal, &verb_cancel, &verb_retry,
	&verb_pause, &verb_continue, &verb_stop, &verb_kernels, &verb_help };
enum { NVERBS = sizeof verbs / sizeof *verbs };

/* Of the plan; refused with that sentence. */
static const char *const later[] = { "check", "speedup", "add", "log",
	"results", "report", "resume", "worker" };

static const struct verb *
verb_find(const char *name)
{
	for (size_t i = 0; i < NVERBS; i++)
		if (strcmp(verbs[i]->name, name) == 0)
			return verbs[i];
	return NULL;
}

int
cli_usage(const struct verb *v, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	say("%s: %s", v->name, text);
	return EXIT_CANNOT;
}

/* "usage: pooltop run A" and, under it, a line for each other form. */
static void
print_usage(const struct verb *v)
{
	const char *line = v->usage;
	const char *head = "usage:";

	while (*line != '\0') {
		size_t n = strcspn(line, "\n");

		printf("%-6s pooltop %s %.*s\n", head, v->name, (int)n, line);
		head = "";
		line += n + (line[n] == '\n');
	}
}

void
cli_help(const struct verb *v)
{
	print_usage(v);
	printf("\n%s\n\n", v->summary);
	if (v->more != NULL)
		printf("%s\n\n", v->more);
	options_help(stdout, v->options);
}

static void
print_verbs(FILE *out)
{
	fprintf(out, "usage: pooltop VERB [OPTIONS] ...\n\n"
	    "A terminal dashboard over a pool of worker processes.\n\n");
	for (size_t i = 0; i < NVERBS; i++)
		fprintf(out, "  %-10s %s\n", verbs[i]->name,
		    verbs[i]->summary);
	fprintf(out, "\npooltop VERB --help explains one; pooltop --version"
	    " tells which this is.\n");
}

static int
unknown_verb(const char *name)
{
	const char *names[NVERBS], *near;

	for (size_t i = 0; i < NVERBS; i++)
		names[i] = verbs[i]->name;
	for (size_t i = 0; i < sizeof later / sizeof *later; i++)
		if (strcmp(later[i], name) == 0) {
			say("%s is not available yet", name);
			return EXIT_CANNOT;
		}
	if (name[0] == '-')
		say("unknown option %.40s; the options of a verb stand"
		    " behind it", name);
	else if ((near = near_word(name, names, NVERBS)) != NULL)
		say("unknown verb %.40s, did you mean %s?", name, near);
	else
		say("unknown verb \"%.40s\"; pooltop help lists them", name);
	return EXIT_CANNOT;
}

static int
run_help(const struct cli *cli, int argc, char **argv)
{
	const struct verb *v;

	if (argc < 2 || argv[1][0] == '-') {
		print_verbs(stdout);
		return 0;
	}
	if ((v = verb_find(argv[1])) == NULL)
		return unknown_verb(argv[1]);
	cli_help(v);
	return 0;
}

static const struct option_def help_options[] = { OPTIONS_END };
const struct verb verb_help = {
	.name = "help", .usage = "[VERB]", .summary = "explain a verb",
	.run = run_help, .options = help_options
};

int
cli_main(const struct cli *cli, int argc, char **argv)
{
	const struct verb *v;

	if (argc < 2) {
		print_verbs(stderr);
		return EXIT_CANNOT;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts(PACKAGE_STRING);
		return 0;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		print_verbs(stdout);
		return 0;
	}
	if ((v = verb_find(argv[1])) == NULL)
		return unknown_verb(argv[1]);
	return v->run(cli, argc - 1, argv + 1);
}
