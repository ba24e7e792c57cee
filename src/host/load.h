/* host/load.h: load averages, from /proc/loadavg (proc(5)). */
#ifndef HOST_LOAD_H
#define HOST_LOAD_H

struct load {
	int	fd;		/* kept open; -1: not there */
};

void	load_init(struct load *, const char *root);
void	load_clear(struct load *);

/* Of the last 1, 5 and 15 minutes; all NAN when not known. */
void	load_read(const struct load *, double load[3]);

#endif
