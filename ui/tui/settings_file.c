#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "ui/tui/settings_file.h"

static int
path_of(char out[PATH_MAX], struct err *err)
{
	const char *dir = getenv("XDG_CONFIG_HOME"), *below = "";
	int n;

	if (dir == NULL || *dir != '/') {	/* a relative one is none */
		dir = getenv("HOME");
		below = "/.config";
	}
	if (dir == NULL || *dir != '/')
		return err_set(err, "HOME is not set");
	n = snprintf(out, PATH_MAX, "%s%s/pooltop/tui.conf", dir, below);
	if (n >= PATH_MAX)
		return err_set(err, "the name of the file is too long");
	return 0;
}

static int
read_all(int fd, const char *path, char *text, size_t *len, struct err *err)
{
	ssize_t n;

	*len = 0;
	while ((n = read(fd, text + *len, SETTINGS_TEXT_MAX + 1 - *len)) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return err_sys(err, "read %s", path);
		*len += (size_t)n;
		if (*len > SETTINGS_TEXT_MAX)
			return err_set(err, "%s is larger than %d bytes", path,
			    SETTINGS_TEXT_MAX);
	}
	text[*len] = '\0';
	if (strlen(text) != *len)
		return err_set(err, "%s is not a text", path);
	return 0;
}

/* The file as text, "" if there is none; NULL and err.  free() it. */
static char *
slurp(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	char *text = NULL;
	struct stat st;
	size_t len;
	int rc = -1;

	if (fd == -1 && errno != ENOENT) {
		err_sys(err, "open %s", path);
		return NULL;
	}
	text = mem_alloc(SETTINGS_TEXT_MAX + 1);
	if (fd == -1)
		return text;
	if (fstat(fd, &st) == -1)
		err_sys(err, "stat %s", path);
	else if (!S_ISREG(st.st_mode))
		err_set(err, "%s is not a file", path);
	else
		rc = read_all(fd, path, text, &len, err);
	close(fd);
	if (rc == 0)
		return text;
	free(text);
	return NULL;
}

int
settings_load(struct settings *s, struct err *err)
{
	char path[PATH_MAX], *text;
	struct err why;
	int rc = 0;

	if (path_of(path, &why) == -1)
		return 0;		/* nobody's settings */
	if ((text = slurp(path, err)) == NULL)
		return -1;
	if (settings_parse(s, text, &why) == -1)
		rc = err_set(err, "tui.conf: %s", why.text);
	free(text);
	return rc;
}

/* The directory that path is in, and those above it. */
static int
make_dirs(const char *path, struct err *err)
{
	char dir[PATH_MAX];

	snprintf(dir, sizeof dir, "%s", path);
	for (char *p = strchr(dir + 1, '/'); p != NULL; p = strchr(p, '/')) {
		*p = '\0';
		if (mkdir(dir, 0700) == -1 && errno != EEXIST)
			return err_sys(err, "make %s", dir);
		*p++ = '/';
	}
	return 0;
}

static int
write_all(int fd, const char *text)
{
	size_t len = strlen(text);
	ssize_t n;

	for (; len > 0; text += n, len -= (size_t)n)
		if ((n = write(fd, text, len)) == -1) {
			if (errno != EINTR)
				return -1;
			n = 0;
		}
	return 0;
}

/* The mode of the file that is replaced stays. */
static int
replace(const char *path, const char *text, struct err *err)
{
	char temp[PATH_MAX + 8];
	struct stat st;
	int fd, rc = -1;

	snprintf(temp, sizeof temp, "%s.XXXXXX", path);
	if ((fd = mkostemp(temp, O_CLOEXEC)) == -1)
		return err_sys(err, "create a file beside %s", path);
	if (stat(path, &st) == 0 && fchmod(fd, st.st_mode & 0777) == -1)
		err_sys(err, "%s", temp);
	else if (write_all(fd, text) == -1 || fsync(fd) == -1)
		err_sys(err, "write %s", temp);
	else if (rename(temp, path) == -1)
		err_sys(err, "rename to %s", path);
	else
		rc = 0;
	if (rc == -1)
		unlink(temp);
	close(fd);
	return rc;
}

int
settings_save(const struct settings *s, struct err *err)
{
	char path[PATH_MAX], real[PATH_MAX], *old, *text;
	int rc;

	if (path_of(path, err) == -1 || make_dirs(path, err) == -1)
		return -1;
	if (realpath(path, real) != NULL)	/* a link stays a link */
		memcpy(path, real, sizeof path);
	if ((old = slurp(path, err)) == NULL)
		return -1;
	text = settings_format(s, old);
	rc = replace(path, text, err);
	free(text);
	free(old);
	return rc;
}
