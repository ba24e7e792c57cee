#include <math.h>
#include <unistd.h>

#include "host/file.h"
#include "host/load.h"

#define LOAD_MAX 10000000	/* above pid_max: not a load */
#define FRACTION_MAX 99		/* two digits, as the kernel prints them */

void
load_init(struct load *l, const char *root)
{
	l->fd = file_open(root, "/proc/loadavg");
}

void
load_clear(struct load *l)
{
	if (l->fd != -1)
		close(l->fd);
	l->fd = -1;
}

/* "12.05 ": by hand, since strtod would listen to the locale. */
static int
load_parse(const char **s, double *value)
{
	uint64_t whole, hundredths;
	const char *p = *s, *dot;

	if (file_number(&p, LOAD_MAX, &whole) == -1 || *p++ != '.')
		return -1;
	dot = p;
	if (file_number(&p, FRACTION_MAX, &hundredths) == -1 || p != dot + 2)
		return -1;
	*value = (double)whole + (double)hundredths / 100;
	*s = p;
	return 0;
}

void
load_read(const struct load *l, double load[3])
{
	char text[256];
	const char *s = text;
	double v[3];

	load[0] = load[1] = load[2] = NAN;
	if (l->fd == -1 || file_read(l->fd, text, sizeof text) == -1)
		return;
	for (int i = 0; i < 3; i++)
		if (load_parse(&s, &v[i]) == -1)
			return;
	for (int i = 0; i < 3; i++)
		load[i] = v[i];
}
