#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/human.h"
#include "base/mem.h"
#include "wire/rundir.h"

static char *
base_path(void)
{
	const char *dir = getenv("POOLTOP_TMPDIR");

	if (dir != NULL && dir[0] == '/')
		return mem_strdup(dir);
	return mem_printf("/tmp/pooltop-%lu", (unsigned long)geteuid());
}

/* Nobody else may have made it, or write to it. */
static int
check_base(int fd, const char *path, struct err *err)
{
	struct stat st;

	if (fstat(fd, &st) == -1)
		return err_sys(err, "%s", path);
	if (st.st_uid != geteuid() || (st.st_mode & 022) != 0)
		return err_set(err, "%s belongs to somebody else or others may"
		    " write to it; set POOLTOP_TMPDIR to a directory of your"
		    " own", path);
	return 0;
}

/* The base directory, open; -1 and err.  errno is ENOENT if not there. */
static int
open_base(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd == -1)
		return err_sys(err, "%s", path);
	if (check_base(fd, path, err) == -1) {
		close(fd);
		errno = EPERM;
		return -1;
	}
	return fd;
}

static void
describe(struct rundir *dir, const char *base, unsigned int number)
{
	*dir = (struct rundir){ .number = number, .lock = -1,
	    .path = mem_printf("%s/%u", base, number),
	    .socket = mem_printf("%s/%u/control", base, number) };
}

static void
forget(struct rundir *dir)
{
	free(dir->path);
	free(dir->socket);
	*dir = (struct rundir){ .lock = -1 };
}

static int
lock(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd != -1 && flock(fd, LOCK_EX | LOCK_NB) == -1) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* A dead run's directory is taken away; with the base locked. */
static void
clear_dead(struct rundir *dir)
{
	int fd = lock(dir->path);

	if (fd == -1)
		return;
	unlink(dir->socket);
	rmdir(dir->path);
	close(fd);
}

static int
make_lowest(struct rundir *dir, const char *base, struct err *err)
{
	for (unsigned int n = 1; n <= RUN_NUMBER_MAX; n++) {
		describe(dir, base, n);
		clear_dead(dir);
		if (mkdir(dir->path, 0700) == 0) {
			if ((dir->lock = lock(dir->path)) != -1)
				return 0;
			err_sys(err, "%s", dir->path);
			rmdir(dir->path);
			forget(dir);
			return -1;
		}
		if (errno != EEXIST) {
			err_sys(err, "%s", dir->path);
			forget(dir);
			return -1;
		}
		forget(dir);
	}
	return err_set(err, "%s: too many runs", base);
}

int
rundir_make(struct rundir *dir, struct err *err)
{
	char *base = base_path();
	int fd, rc = -1;

	*dir = (struct rundir){ .lock = -1 };
	if (mkdir(base, 0700) == -1 && errno != EEXIST) {
		err_sys(err, "%s", base);
		goto out;
	}
	if ((fd = open_base(base, err)) == -1)
		goto out;
	/* Who looks for a free number does it alone. */
	if (flock(fd, LOCK_EX) == -1)
		err_sys(err, "%s", base);
	else
		rc = make_lowest(dir, base, err);
	close(fd);
out:
	free(base);
	return rc;
}

void
rundir_remove(struct rundir *dir)
{
	if (dir->path == NULL)
		return;
	unlink(dir->socket);
	rmdir(dir->path);
	close(dir->lock);
	forget(dir);
}

char *
rundir_socket(unsigned int number)
{
	char *base = base_path(), *path;

	path = mem_printf("%s/%u/control", base, number);
	free(base);
	return path;
}

static int
compare(const void *a, const void *b)
{
	const unsigned int *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static int
is_live(const char *base, unsigned int number)
{
	struct rundir dir;
	int fd;

	describe(&dir, base, number);
	fd = open(dir.path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	forget(&dir);
	if (fd == -1)
		return 0;
	if (flock(fd, LOCK_SH | LOCK_NB) == 0) {
		close(fd);
		return 0;
	}
	close(fd);
	return 1;
}

static int
scan(DIR *d, const char *base, unsigned int *number, size_t max)
{
	const struct dirent *entry;
	size_t n = 0;
	int64_t v;

	while (n < max && (entry = readdir(d)) != NULL)
		if (human_parse_int(entry->d_name, 1, RUN_NUMBER_MAX, &v) ==
		    0 && is_live(base, (unsigned int)v))
			number[n++] = (unsigned int)v;
	qsort(number, n, sizeof *number, compare);
	return (int)n;
}

int
rundir_list(unsigned int *number, size_t max, struct err *err)
{
	char *base = base_path();
	DIR *d = NULL;
	int fd, n = -1;

	if ((fd = open_base(base, err)) == -1) {
		if (errno == ENOENT)
			n = 0;
	} else if (flock(fd, LOCK_SH) == -1 ||	/* none is half made then */
	    (d = fdopendir(fd)) == NULL) {
		err_sys(err, "%s", base);
		close(fd);
	} else {
		n = scan(d, base, number, max);
		closedir(d);
	}
	free(base);
	return n;
}
