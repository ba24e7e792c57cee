#include <sys/stat.h>

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/items_source.h"

enum {
	STRIDE = 256,			/* lines between two kept starts */
	WINDOW = 2 * (ITEM_MAX + 1),	/* bytes; any line fits */
	SHOWN_MAX = 256			/* bytes of the path in an error */
};

/*
 * Where a line starts is known from the nearest kept start before it, or from
 * the line that was read last: going forward costs each line once.  The
 * window is the part of the file that was read last.
 */
struct items_file {
	struct items	 items;
	int		 fd;
	char		 shown[SHOWN_MAX];	/* its path, harmless */
	struct stat	 was;		/* when it was scanned */
	off_t		*start;		/* owned; of lines 0, STRIDE, ... */
	size_t		 nstart;
	size_t		 cap;
	uint64_t	 line;		/* the line that begins at pos */
	off_t		 pos;
	char		*window;	/* owned, WINDOW bytes */
	off_t		 window_pos;
	size_t		 window_len;
};

static int
changed(const struct items_file *f, struct err *err)
{
	return err_set(err, "%s changed after it was opened", f->shown);
}

static int
unchanged_check(const struct items_file *f, struct err *err)
{
	struct stat now;

	if (fstat(f->fd, &now) == -1)
		return err_sys(err, "%s", f->shown);
	if (now.st_size != f->was.st_size ||
	    now.st_mtim.tv_sec != f->was.st_mtim.tv_sec ||
	    now.st_mtim.tv_nsec != f->was.st_mtim.tv_nsec)
		return changed(f, err);
	return 0;
}

/* Fill the window from pos on. */
static int
window_read(struct items_file *f, off_t pos, struct err *err)
{
	ssize_t n;

	f->window_pos = pos;
	f->window_len = 0;
	while (f->window_len < WINDOW) {
		n = pread(f->fd, f->window + f->window_len,
		    WINDOW - f->window_len, pos + (off_t)f->window_len);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return err_sys(err, "read %s", f->shown);
		if (n == 0)
			break;
		f->window_len += (size_t)n;
	}
	return unchanged_check(f, err);
}

/* The part of the window that begins at pos; NULL: pos is not in it. */
static const char *
window_at(const struct items_file *f, off_t pos, size_t *len)
{
	size_t skip;

	if (pos < f->window_pos)
		return NULL;
	skip = (size_t)(pos - f->window_pos);
	if (skip >= f->window_len)
		return NULL;
	*len = f->window_len - skip;
	return f->window + skip;
}

/*
 * The line that begins at f->pos, without its newline.  It stays in the
 * window until the next call; f->pos goes to the line after it.
 */
static int
line_next(struct items_file *f, const char **line, size_t *len,
    struct err *err)
{
	const char *end = NULL;
	size_t left = 0;

	if ((*line = window_at(f, f->pos, &left)) != NULL)
		end = memchr(*line, '\n', left);
	if (end == NULL) {
		if (window_read(f, f->pos, err) == -1) {
			f->window_len = 0;	/* nothing of it counts */
			return -1;
		}
		if ((*line = window_at(f, f->pos, &left)) == NULL)
			return changed(f, err);
		end = memchr(*line, '\n', left);
	}
	*len = end != NULL ? (size_t)(end - *line) : left;
	if (*len > ITEM_MAX || memchr(*line, '\0', *len) != NULL)
		return changed(f, err);
	f->pos += (off_t)(*len + (end != NULL));
	f->line++;
	return 0;
}

/* Stand before line at, or at most STRIDE lines before it. */
static void
seek_near(struct items_file *f, uint64_t at)
{
	uint64_t kept = at / STRIDE;

	if (f->line <= at && f->line >= kept * STRIDE)
		return;
	f->line = kept * STRIDE;
	f->pos = f->start[kept];
}

static int
file_get(struct items *items, uint64_t at, struct item *out, struct err *err)
{
	struct items_file *f = (struct items_file *)items;
	const char *line = NULL;
	size_t len = 0;

	seek_near(f, at);
	do {
		if (line_next(f, &line, &len, err) == -1)
			return -1;
	} while (f->line <= at);
	item_add(out, mem_strndup(line, len));
	return 0;
}

static void
file_free(struct items *items)
{
	struct items_file *f = (struct items_file *)items;

	if (f->fd != -1)
		close(f->fd);
	free(f->start);
	free(f->window);
	free(f);
}

static int
file_fd(const struct items *items)
{
	return ((const struct items_file *)items)->fd;
}

static const struct items_ops file_ops = {
	.get = file_get,
	.fd = file_fd,
	.free = file_free
};

/* A line begins at f->pos. */
static void
line_begin(struct items_file *f)
{
	if (f->items.count % STRIDE == 0) {
		f->start = mem_grow(f->start, f->nstart, &f->cap,
		    sizeof *f->start);
		f->start[f->nstart++] = f->pos;
	}
	f->items.count++;
}

static int
line_fault(const struct items_file *f, struct err *err, const char *what)
{
	return err_set(err, "%s, line %" PRIu64 ": %s", f->shown,
	    f->items.count, what);
}

static int
line_too_long(const struct items_file *f, struct err *err)
{
	return err_set(err, "%s, line %" PRIu64 ": longer than %d bytes",
	    f->shown, f->items.count, ITEM_MAX);
}

/* The next len bytes of the file; *used: bytes of the line so far. */
static int
scan_part(struct items_file *f, const char *part, size_t len, size_t *used,
    struct err *err)
{
	const char *end;
	size_t n;

	for (size_t i = 0; i < len; i += n) {
		if (*used == 0)
			line_begin(f);
		end = memchr(part + i, '\n', len - i);
		n = end != NULL ? (size_t)(end - part) - i : len - i;
		if (memchr(part + i, '\0', n) != NULL)
			return line_fault(f, err, "a NUL byte");
		if (*used + n > ITEM_MAX)
			return line_too_long(f, err);
		n += end != NULL;
		*used = end != NULL ? 0 : *used + n;
		f->pos += (off_t)n;
		if (f->items.count >= ITEMS_LIMIT)
			return line_fault(f, err, "too many lines");
	}
	return 0;
}

static int
scan(struct items_file *f, struct err *err)
{
	size_t used = 0;
	ssize_t n;

	while ((n = read(f->fd, f->window, WINDOW)) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return err_sys(err, "read %s", f->shown);
		if (scan_part(f, f->window, (size_t)n, &used, err) == -1)
			return -1;
	}
	f->pos = 0;
	return unchanged_check(f, err);
}

/* Not blocking: the path may be a FIFO that nobody writes to. */
static int
file_open(struct items_file *f, const char *path, struct err *err)
{
	f->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (f->fd == -1)
		return err_sys(err, "open %s", f->shown);
	if (fstat(f->fd, &f->was) == -1)
		return err_sys(err, "%s", f->shown);
	if (!S_ISREG(f->was.st_mode))
		return err_set(err, "%s is not a regular file", f->shown);
	return 0;
}

struct items *
items_file_new(const char *path, struct err *err)
{
	struct items_file *f = mem_alloc(sizeof *f);

	f->items = (struct items){ &file_ops, 0, 1 };
	f->window = mem_alloc(WINDOW);
	text_harmless(f->shown, sizeof f->shown, path, strlen(path));
	if (file_open(f, path, err) == -1 || scan(f, err) == -1) {
		items_free(&f->items);
		return NULL;
	}
	return &f->items;
}
