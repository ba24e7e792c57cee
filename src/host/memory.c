#include <string.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "host/file.h"
#include "host/memory.h"
#include "model/run.h"

enum { MEMINFO_MAX = 16384 };	/* bytes; the kernel's has some 1500 */

void
memory_init(struct memory *m, const char *root)
{
	m->fd = file_open(root, "/proc/meminfo");
	m->real = file_real_is(root);
}

void
memory_clear(struct memory *m)
{
	if (m->fd != -1)
		close(m->fd);
	m->fd = -1;
}

/* "MemFree:   1234 kB" */
static uint64_t
entry(const char *text, const char *key)
{
	const char *s = file_find(text, key);
	uint64_t kib;

	if (s == NULL || file_number(&s, SIZE_UNKNOWN >> 11, &kib) == -1 ||
	    strncmp(s, " kB", 3) != 0)
		return SIZE_UNKNOWN;
	return kib * 1024;
}

static uint64_t
scaled(unsigned long n, unsigned int unit)
{
	uint64_t bytes;

	return __builtin_mul_overflow((uint64_t)n, unit, &bytes) ?
	    SIZE_UNKNOWN : bytes;
}

static void
by_sysinfo(struct host_memory *out)
{
	struct sysinfo si;

	if (sysinfo(&si) == -1)
		return;
	out->total = scaled(si.totalram, si.mem_unit);
	out->free = scaled(si.freeram, si.mem_unit);
	out->swap_total = scaled(si.totalswap, si.mem_unit);
	out->swap_free = scaled(si.freeswap, si.mem_unit);
}

static void
by_meminfo(const char *text, struct host_memory *out)
{
	out->total = entry(text, "MemTotal:");
	out->free = entry(text, "MemFree:");
	out->swap_total = entry(text, "SwapTotal:");
	out->swap_free = entry(text, "SwapFree:");
}

/* A part that is larger than its whole is no figure. */
static void
believe(uint64_t *part, uint64_t whole)
{
	if (whole != SIZE_UNKNOWN && *part > whole)
		*part = SIZE_UNKNOWN;
}

void
memory_read(const struct memory *m, struct host_memory *out)
{
	char text[MEMINFO_MAX] = "";

	*out = (struct host_memory){ SIZE_UNKNOWN, SIZE_UNKNOWN, SIZE_UNKNOWN,
		SIZE_UNKNOWN, SIZE_UNKNOWN };
	if (m->fd != -1 && file_read(m->fd, text, sizeof text) == -1)
		*text = '\0';
	if (m->real)
		by_sysinfo(out);
	else
		by_meminfo(text, out);
	out->available = entry(text, "MemAvailable:");
	if (out->total == 0)
		out->total = SIZE_UNKNOWN;
	believe(&out->free, out->total);
	believe(&out->available, out->total);
	believe(&out->swap_free, out->swap_total);
}
