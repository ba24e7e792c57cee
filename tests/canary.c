/*
 * A process without stderr that does a known wrong.  Where the report of the
 * sanitizers does not arrive, the sanitized run would see nothing at all:
 * ./bootstrap check --sanitize tries this before it trusts the silence.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int
main(int argc, char *argv[])
{
	const char *fault = argc > 1 ? argv[1] : "";
	char *volatile p = malloc(8);
	volatile int n = 31 + argc;

	close(STDERR_FILENO);
	if (p == NULL)
		return 1;
	*p = 0;
	if (strcmp(fault, "heap") == 0)
		return p[8];
	if (strcmp(fault, "undefined") == 0)
		return *p = (char)(1 << n);
	if (strcmp(fault, "leak") != 0)
		free(p);
	p = NULL;
	return 0;
}
