#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "host/cores.h"
#include "host/file.h"
#include "model/run.h"

enum {
	CORES_MAX = 65536,	/* CPU numbers; the kernel's limit is 8192 */
	STAT_MAX = 4 << 20	/* bytes of /proc/stat that are looked at */
};
#define TICKS_MAX (UINT64_MAX >> 4)	/* so that all fields have a sum */

/* The columns of a cpu line; guest time follows and is in user already. */
enum { USER, NICE, SYSTEM, IDLE, IOWAIT, IRQ, SOFTIRQ, STEAL, NFIELDS };
enum { FIELDS_NEEDED = IDLE + 1 };	/* an old kernel has only these */

struct core {
	uint64_t	ticks[NFIELDS];
	uint64_t	sample;		/* when it was last seen; 0 = never */
	double		busy;		/* 0 to 1, NAN: not known */
};

struct cores {
	int		 fd;		/* kept open; -1: not there */
	uint64_t	 sample;	/* number of this sample, from 1 */
	struct core	*core;		/* owned, by CPU number */
	size_t		 n;
	char		*text;		/* owned */
	size_t		 size;
};

struct cores *
cores_open(const char *root)
{
	struct cores *c = mem_alloc(sizeof *c);

	c->fd = file_open(root, "/proc/stat");
	return c;
}

void
cores_close(struct cores *c)
{
	if (c == NULL)
		return;
	if (c->fd != -1)
		close(c->fd);
	free(c->core);
	free(c->text);
	free(c);
}

static struct core *
core_get(struct cores *c, size_t number)
{
	if (number >= c->n) {
		c->core = mem_resize(c->core, number + 1, sizeof *c->core);
		for (size_t i = c->n; i <= number; i++)
			c->core[i] = (struct core){ .busy = NAN };
		c->n = number + 1;
	}
	return &c->core[number];
}

/* What went by since the last sample decides; counters that fell do not. */
static double
busy_between(const uint64_t *old, const uint64_t *new, double before)
{
	uint64_t all = 0, idle = 0, d;

	for (int i = 0; i < NFIELDS; i++) {
		d = new[i] > old[i] ? new[i] - old[i] : 0;
		all += d;
		if (i == IDLE || i == IOWAIT)
			idle += d;
	}
	return all == 0 ? before : (double)(all - idle) / (double)all;
}

static void
core_update(struct core *core, const uint64_t *ticks, uint64_t sample)
{
	if (core->sample == sample)
		return;		/* named twice: the first line holds */
	if (core->sample != 0 && core->sample == sample - 1)
		core->busy = busy_between(core->ticks, ticks, core->busy);
	else
		core->busy = NAN;
	memcpy(core->ticks, ticks, sizeof core->ticks);
	core->sample = sample;
}

/* "cpu3 1 2 3 4 ...": -1 for any other line, the sum of all ("cpu ") too. */
static int
line_parse(const char *s, uint64_t *number, uint64_t ticks[NFIELDS])
{
	int n = 0;

	if (strncmp(s, "cpu", 3) != 0 || s[3] == ' ')
		return -1;
	s += 3;
	if (file_number(&s, CORES_MAX - 1, number) == -1)
		return -1;
	memset(ticks, 0, NFIELDS * sizeof *ticks);
	while (n < NFIELDS && *s == ' ' &&
	    file_number(&s, TICKS_MAX, &ticks[n]) == 0)
		n++;
	if (n < NFIELDS && *s != '\n' && *s != '\0')
		return -1;
	return n >= FIELDS_NEEDED ? 0 : -1;
}

static void
cores_read(struct cores *c)
{
	uint64_t number, ticks[NFIELDS];
	const char *s;

	c->sample++;
	if (c->fd == -1 ||
	    file_read_grow(c->fd, &c->text, &c->size, STAT_MAX) == -1)
		return;
	for (s = c->text; s != NULL; s = file_line(s))
		if (line_parse(s, &number, ticks) == 0)
			core_update(core_get(c, number), ticks, c->sample);
}

unsigned int
cores_sample(struct cores *c, float *busy, double *total)
{
	unsigned int n = 0;

	*total = NAN;
	cores_read(c);
	for (size_t i = 0; i < c->n; i++) {
		struct core *core = &c->core[i];

		if (core->sample != c->sample)
			core->busy = NAN;	/* offline */
		if (i < RUN_CORES_MAX)
			busy[i] = (float)core->busy;
		if (core->sample == c->sample && i < RUN_CORES_MAX)
			n = (unsigned int)i + 1;
		if (!isnan(core->busy))
			*total = (isnan(*total) ? 0 : *total) + core->busy;
	}
	return isnan(*total) ? 0 : n;
}
