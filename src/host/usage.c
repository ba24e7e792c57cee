#include <errno.h>
#include <unistd.h>

#include "host/file.h"
#include "host/usage.h"

#define PAGES_MAX (UINT64_MAX >> 20)	/* so that bytes do not overflow */

int
usage_open(struct usage *u, pid_t pid)
{
	int rc;

	u->statm = file_open("", "/proc/%d/statm", (int)pid);
	if (u->statm == -1)
		return -1;
	if ((rc = clock_getcpuclockid(pid, &u->clock)) != 0) {
		usage_close(u);
		errno = rc;
		return -1;
	}
	return 0;
}

void
usage_close(struct usage *u)
{
	if (u->statm != -1)
		close(u->statm);
	u->statm = -1;
}

/* "size resident shared ...", in pages. */
static int
statm_read(int fd, uint64_t *rss)
{
	char text[256];
	const char *s = text;
	uint64_t size, resident;

	if (file_read(fd, text, sizeof text) == -1)
		return -1;
	if (file_number(&s, PAGES_MAX, &size) == -1 ||
	    file_number(&s, PAGES_MAX, &resident) == -1) {
		errno = EBADMSG;
		return -1;
	}
	*rss = resident * (uint64_t)sysconf(_SC_PAGESIZE);
	return 0;
}

/*
 * The clock knows the process by its number only, the descriptor knows the
 * process itself.  So the clock is read first: if the process is still there
 * afterwards, its number was its own when the clock was read.
 */
int
usage_read(const struct usage *u, double *cpu, uint64_t *rss)
{
	struct timespec ts;
	uint64_t bytes;

	if (u->statm == -1) {
		errno = EBADF;
		return -1;
	}
	if (clock_gettime(u->clock, &ts) == -1) {
		if (errno == EINVAL)
			errno = ESRCH;	/* how a clock says so */
		return -1;
	}
	if (statm_read(u->statm, &bytes) == -1)
		return -1;
	*cpu = (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
	*rss = bytes;
	return 0;
}
