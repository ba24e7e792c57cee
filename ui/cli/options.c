#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/near.h"
#include "ui/cli/options.h"

enum { OPTIONS_MAX = 64, FIRST_ID = 256 };	/* ids above all letters */

/* Of the plan; refused with that sentence instead of "unknown". */
static const char *const later[] = { "timeout", "halt", "delay", "unordered",
	"line-buffer", "tag", "joblog", "results", "resume", "resume-failed",
	"dry-run", "memory", "memory-limit", "memfree", "load", "nice", "bind",
	"arg-file", "null", "delimiter", "colsep", "header", "max-args",
	"shuf", "name", "cwd", "env", "launcher", "no-store", "output-limit",
	"spool-limit", "state-dir", "progress-from-output", "force", "probe",
	"pipe", "block", "keep" };

static size_t
count(const struct option_def *o)
{
	size_t n = 0;

	while (o[n].id != 0)
		n++;
	return n;
}

/* getopt's own tables: its letters, and its long names. */
static void
convert(const struct option_def *o, struct option *longs, char *letters)
{
	*letters++ = ':';
	for (; o->id != 0; o++, longs++) {
		*longs = (struct option){ .name = o->name,
		    .has_arg = o->value != NULL ? required_argument :
		    no_argument, .val = FIRST_ID + o->id };
		if (o->letter != '\0')
			*letters++ = o->letter;
		if (o->letter != '\0' && o->value != NULL)
			*letters++ = ':';
	}
	*letters = '\0';
}

static int
id_of(const struct option_def *o, int got)
{
	if (got > FIRST_ID)
		return got - FIRST_ID;
	while (o->id != 0 && o->letter != got)
		o++;
	return o->id;
}

static int
unknown(const char *word, const struct option_def *o, struct err *err)
{
	const char *names[OPTIONS_MAX], *near;
	size_t n = count(o), len = strcspn(word, "=");
	char *name;

	while (*word == '-' && len > 0) {
		word++;
		len--;
	}
	name = mem_strndup(word, len);
	for (size_t i = 0; i < n; i++)
		names[i] = o[i].name;
	near = near_word(name, names, n);
	for (size_t i = 0; i < sizeof later / sizeof *later; i++)
		if (strcmp(later[i], name) == 0) {
			err_set(err, "--%s is not available yet", name);
			free(name);
			return -1;
		}
	if (near != NULL)
		err_set(err, "unknown option --%.40s, did you mean --%s?",
		    name, near);
	else
		err_set(err, "unknown option %s%.40s; --help lists them",
		    len > 1 ? "--" : "-", name);
	free(name);
	return -1;
}

static int
wrong(int got, char **argv, const struct option_def *o, struct err *err)
{
	const char *word = argv[optind - 1];
	char letter[3] = { '-', (char)optopt, '\0' };

	if (got == ':')
		return err_set(err, "%s needs a value", word);
	if (optopt > FIRST_ID)
		return err_set(err, "%.*s takes no value",
		    (int)strcspn(word, "="), word);
	return unknown(optopt != 0 ? letter : word, o, err);
}

int
options_read(int argc, char **argv, const struct option_def *o,
    options_set *set, void *arg, int *rest, struct err *err)
{
	struct option longs[OPTIONS_MAX + 1] = { { 0 } };
	char letters[2 * OPTIONS_MAX + 2];
	int got;

	convert(o, longs, letters);
	opterr = 0;
	optind = 0;		/* start anew, with what letters[0] says */
	while ((got = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
		if (got == '?' || got == ':')
			return wrong(got, argv, o, err);
		if (set(arg, id_of(o, got), optarg, err) == -1)
			return -1;
	}
	*rest = optind;
	return 0;
}

void
options_help(FILE *out, const struct option_def *o)
{
	char left[64];

	for (; o->id != 0; o++) {
		int n = snprintf(left, sizeof left, "  %c%c%s --%s",
		    o->letter != '\0' ? '-' : ' ',
		    o->letter != '\0' ? o->letter : ' ',
		    o->letter != '\0' ? "," : " ", o->name);

		if (o->value != NULL)
			snprintf(left + n, sizeof left - (size_t)n, " %s",
			    o->value);
		fprintf(out, "%-26s %s\n", left, o->help);
	}
}
