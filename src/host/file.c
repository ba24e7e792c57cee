#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "host/file.h"

enum { FIRST_ROOM = 4096 };

bool
file_real_is(const char *root)
{
	return *root == '\0' || strcmp(root, "/") == 0;
}

int
file_open(const char *root, const char *fmt, ...)
{
	char path[PATH_MAX];
	int used, n;
	va_list ap;

	used = snprintf(path, sizeof path, "%s",
	    file_real_is(root) ? "" : root);
	if (used < 0 || (size_t)used >= sizeof path) {
		errno = ENAMETOOLONG;
		return -1;
	}
	va_start(ap, fmt);
	n = vsnprintf(path + used, sizeof path - (size_t)used, fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof path - (size_t)used) {
		errno = ENAMETOOLONG;
		return -1;
	}
	return open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
}

/* Bytes from len on, until the end or until size is full; -1 and errno. */
static ssize_t
fill(int fd, char *buf, size_t len, size_t size)
{
	ssize_t n;

	while (len < size) {
		n = pread(fd, buf + len, size - len, (off_t)len);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return -1;
		if (n == 0)
			break;
		len += (size_t)n;
	}
	return (ssize_t)len;
}

/* End the string; when room was short, behind the last whole line. */
static ssize_t
finish(char *buf, ssize_t len, size_t size)
{
	if (len == -1)
		return -1;
	if ((size_t)len == size - 1)
		while (len > 0 && buf[len - 1] != '\n')
			len--;
	buf[len] = '\0';
	return len;
}

ssize_t
file_read(int fd, char *buf, size_t size)
{
	return finish(buf, fill(fd, buf, 0, size - 1), size);
}

ssize_t
file_read_grow(int fd, char **buf, size_t *size, size_t max)
{
	ssize_t len = 0;

	if (*buf == NULL) {
		*size = FIRST_ROOM < max ? FIRST_ROOM : max;
		*buf = mem_alloc(*size);
	}
	for (;;) {
		len = fill(fd, *buf, (size_t)len, *size - 1);
		if (len == -1 || (size_t)len < *size - 1 || *size >= max)
			return finish(*buf, len, *size);
		*size = *size < max / 2 ? *size * 2 : max;
		*buf = mem_resize(*buf, *size, 1);
	}
}

char *
file_text(const char *root, const char *path, size_t max)
{
	char *text = NULL;
	size_t size;
	int fd;

	if ((fd = file_open(root, "%s", path)) == -1)
		return NULL;
	if (file_read_grow(fd, &text, &size, max) == -1) {
		free(text);
		text = NULL;
	}
	close(fd);
	return text;
}

const char *
file_line(const char *s)
{
	const char *end = strchr(s, '\n');

	return end == NULL || end[1] == '\0' ? NULL : end + 1;
}

const char *
file_find(const char *text, const char *key)
{
	size_t len = strlen(key);

	for (const char *s = text; s != NULL; s = file_line(s))
		if (strncmp(s, key, len) == 0)
			return s + len;
	return NULL;
}

int
file_number(const char **s, uint64_t max, uint64_t *value)
{
	const char *p = *s + strspn(*s, " \t");
	uint64_t v = 0;
	unsigned int digit;

	if (*p < '0' || *p > '9')
		return -1;
	for (; *p >= '0' && *p <= '9'; p++) {
		digit = (unsigned int)(*p - '0');
		if (digit > max || v > (max - digit) / 10)
			return -1;
		v = v * 10 + digit;
	}
	*value = v;
	*s = p;
	return 0;
}
