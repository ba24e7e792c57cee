/*
 * host/memory.h: memory and swap of the machine, in bytes.
 *
 * Total, free and swap come from sysinfo(2).  It does not know how much of
 * what is not free could be had at once (the page cache): that is
 * MemAvailable of /proc/meminfo (proc(5)), since Linux 3.14.  In a tree that
 * is not this machine all of them come from its proc/meminfo.
 */
#ifndef HOST_MEMORY_H
#define HOST_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

struct memory {
	int	fd;		/* of meminfo, kept open; -1: not there */
	bool	real;		/* sysinfo(2) may be asked */
};

/* SIZE_UNKNOWN (model/run.h) for what is not known or cannot be true. */
struct host_memory {
	uint64_t total;
	uint64_t free;		/* <= total */
	uint64_t available;	/* <= total; without swapping */
	uint64_t swap_total;	/* 0: no swap */
	uint64_t swap_free;	/* <= swap_total */
};

void	memory_init(struct memory *, const char *root);
void	memory_clear(struct memory *);
void	memory_read(const struct memory *, struct host_memory *);

#endif
