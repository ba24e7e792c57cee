/*
 * host/file.h: the small text files below /proc, /sys and the cgroup mounts.
 *
 * Every reader of this layer takes a root: "" or "/" is this machine, any
 * other directory a tree that looks like one (proc/stat, sys/devices/...),
 * so that machines nobody has here can be tested.  What a machine tells by
 * system call alone is read in such a tree from the file that says the same.
 */
#ifndef HOST_FILE_H
#define HOST_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

bool	file_real_is(const char *root);		/* is root this machine? */

/* Open root + path to read, never to wait.  The descriptor, or -1 and errno */
int	file_open(const char *root, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));

/*
 * The file from its start (wherever the descriptor stands), as a string of
 * at most size - 1 bytes: a line that does not fit is left out.  A NUL in
 * the file ends the string for who reads it.  Bytes, or -1 and errno.
 */
ssize_t	file_read(int fd, char *buf, size_t size);

/*
 * The same, with *buf (owned by the caller, NULL at first) growing as needed
 * from *size up to max bytes.
 */
ssize_t	file_read_grow(int fd, char **buf, size_t *size, size_t max);

/* A whole file of up to max bytes; free() it.  NULL and errno on failure. */
char	*file_text(const char *root, const char *path, size_t max);

/* The start of the next line, or NULL when s is in the last one. */
const char	*file_line(const char *s);

/* The line that begins with key: what follows the key, or NULL. */
const char	*file_find(const char *text, const char *key);

/*
 * Blanks, then decimal digits: *s moves behind them.  -1, and *s and *value
 * stay, when there are none or the number is above max.
 */
int	file_number(const char **s, uint64_t max, uint64_t *value);

#endif
