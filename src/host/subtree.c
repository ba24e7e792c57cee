#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "host/file.h"
#include "host/subtree.h"

enum {
	THREADS_MAX = 1 << 20,		/* looked at in one process */
	CHILDREN_MAX = 16 << 20		/* bytes of one children file */
};

/* What is found on the way. */
struct walk {
	const char	*root;
	pid_t		 top;
	pid_t		*out;		/* the caller's */
	size_t		 n, max;
	char		*text;		/* owned */
	size_t		 size;
};

/* Someone may turn up twice: adopted while we were looking. */
static void
add(struct walk *w, pid_t pid)
{
	if (pid == w->top)
		return;
	for (size_t i = 0; i < w->n; i++)
		if (w->out[i] == pid)
			return;
	if (w->n < w->max)
		w->out[w->n++] = pid;
}

static int
thread_children(struct walk *w, pid_t pid, const char *tid)
{
	int fd;
	ssize_t len;
	uint64_t child;
	const char *s;

	fd = file_open(w->root, "/proc/%d/task/%s/children", (int)pid, tid);
	if (fd == -1)
		return -1;
	len = file_read_grow(fd, &w->text, &w->size, CHILDREN_MAX);
	close(fd);
	if (len == -1)
		return -1;
	s = w->text;
	while (w->n < w->max && file_number(&s, INT_MAX, &child) == 0)
		if (child > 0)
			add(w, (pid_t)child);
	return 0;
}

/* -1 if not one of its threads could be asked. */
static int
children(struct walk *w, pid_t pid)
{
	struct dirent *de;
	DIR *dir;
	int fd, rc = -1;

	if ((fd = file_open(w->root, "/proc/%d/task", (int)pid)) == -1)
		return -1;
	if ((dir = fdopendir(fd)) == NULL) {
		close(fd);
		return -1;
	}
	errno = ESRCH;
	for (int i = 0; i < THREADS_MAX && (de = readdir(dir)) != NULL; i++)
		if (de->d_name[0] >= '0' && de->d_name[0] <= '9' &&
		    thread_children(w, pid, de->d_name) == 0)
			rc = 0;
	closedir(dir);
	return rc;
}

/* Breadth first: the list of the found is the list of those to be asked. */
ssize_t
subtree_list(const char *root, pid_t pid, pid_t *out, size_t max)
{
	struct walk w = { .root = root, .top = pid, .out = out, .max = max };
	ssize_t n = -1;

	if (children(&w, pid) == 0) {
		for (size_t i = 0; i < w.n && w.n < w.max; i++)
			children(&w, out[i]);
		n = (ssize_t)w.n;
	}
	free(w.text);
	return n;
}
