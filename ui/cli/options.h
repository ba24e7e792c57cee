/*
 * ui/cli/options.h: options from one table: read, refused and explained.
 */
#ifndef UI_CLI_OPTIONS_H
#define UI_CLI_OPTIONS_H

#include <stdio.h>

#include "base/err.h"

struct option_def {
	int		 id;		/* of the caller, from 1; 0: the end */
	const char	*name;		/* long, without the dashes */
	char		 letter;	/* '\0': none */
	const char	*value;		/* what follows it, "N"; NULL: nothing */
	const char	*help;		/* one line */
};

/*
 * Read argv[1..argc-1].  set gets each option with its value; it says -1 and
 * err if that cannot be.  The rest, in order, is moved to the end of argv,
 * from *rest on.  -1 and err: what is wrong, and what is nearest to it.
 */
typedef int	options_set(void *arg, int id, const char *value,
		    struct err *);
int	options_read(int argc, char **argv, const struct option_def *,
	    options_set *, void *arg, int *rest, struct err *);

/* The table as the lines of a help page. */
void	options_help(FILE *, const struct option_def *);

#endif
