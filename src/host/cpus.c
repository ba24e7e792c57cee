#include <math.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "host/cgroup.h"
#include "host/cpus.h"
#include "host/file.h"

enum { TEXT_MAX = 4 << 20 };	/* bytes of one file that are looked at */

/* A plain cpu_set_t ends at 1024. */
static const size_t set_size = CPU_ALLOC_SIZE(CPUS_MAX);

static cpu_set_t *
set_new(void)
{
	return mem_alloc(set_size);
}

static unsigned int
set_count(const cpu_set_t *set)
{
	return (unsigned int)CPU_COUNT_S(set_size, set);
}

/* "0-3,8,10-11" (cpuset(7), list format), to the end of its line. */
static int
list_parse(const char *s, cpu_set_t *set)
{
	uint64_t first, last;

	for (;;) {
		if (file_number(&s, CPUS_MAX - 1, &first) == -1)
			return -1;
		last = first;
		if (*s == '-') {
			s++;
			if (file_number(&s, CPUS_MAX - 1, &last) == -1)
				return -1;
		}
		if (last < first)
			return -1;
		for (uint64_t i = first; i <= last; i++)
			CPU_SET_S(i, set_size, set);
		if (*s != ',')
			return *s == '\n' || *s == '\0' ? 0 : -1;
		s++;
	}
}

static bool
online_from_sys(const char *root, cpu_set_t *set)
{
	char *text;
	int rc = -1;

	text = file_text(root, "/sys/devices/system/cpu/online", TEXT_MAX);
	if (text != NULL && (rc = list_parse(text, set)) == -1)
		CPU_ZERO_S(set_size, set);
	free(text);
	return rc == 0;
}

/* Some containers hide /sys. */
static void
online_from_stat(const char *root, cpu_set_t *set)
{
	char *text = file_text(root, "/proc/stat", TEXT_MAX);
	uint64_t number;
	const char *p;

	for (const char *s = text; s != NULL; s = file_line(s)) {
		if (strncmp(s, "cpu", 3) != 0 || s[3] == ' ')
			continue;
		p = s + 3;
		if (file_number(&p, CPUS_MAX - 1, &number) == 0 && *p == ' ')
			CPU_SET_S(number, set_size, set);
	}
	free(text);
}

static bool
allowed_read(const char *root, cpu_set_t *set)
{
	char *text;
	const char *list;
	int rc = -1;

	if (file_real_is(root))
		return sched_getaffinity(0, set_size, set) == 0;
	text = file_text(root, "/proc/self/status", TEXT_MAX);
	list = text == NULL ? NULL : file_find(text, "Cpus_allowed_list:");
	if (list != NULL && (rc = list_parse(list, set)) == -1)
		CPU_ZERO_S(set_size, set);
	free(text);
	return rc == 0;
}

/* Say why; and never less than the one we run on. */
static void
explain(struct host_cpus *c)
{
	if (c->usable == 0) {
		c->usable = 1;
		snprintf(c->why, sizeof c->why, "not known, at least one");
	} else if (c->online == 0)
		snprintf(c->why, sizeof c->why, "affinity mask allows %u",
		    c->usable);
	else if (c->usable == c->online)
		snprintf(c->why, sizeof c->why, "all online");
	else
		snprintf(c->why, sizeof c->why,
		    "affinity mask allows %u of %u", c->usable, c->online);
}

void
cpus_read(const char *root, const struct cgroup *cg, struct host_cpus *c)
{
	cpu_set_t *online = set_new(), *both = set_new();

	if (!online_from_sys(root, online))
		online_from_stat(root, online);
	c->online = set_count(online);
	c->usable = c->online;
	if (allowed_read(root, both)) {
		if (c->online > 0)
			CPU_AND_S(set_size, both, both, online);
		c->usable = set_count(both);
	}
	explain(c);
	c->quota = cg == NULL ? NAN : cgroup_cpu_quota(cg);
	free(online);
	free(both);
}
