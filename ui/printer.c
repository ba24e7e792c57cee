#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <event2/event.h>

#include "base/buf.h"
#include "base/mem.h"
#include "ui/printer.h"

/*
 * A write of this much does not wait once poll says that there is room: a
 * pipe takes PIPE_BUF bytes, a terminal a little.
 */
enum { TERMINAL_WRITE = 256, FILE_WRITE = 64 * 1024, FULL = 1024 * 1024 };

struct printer {
	struct event		*ready;
	int			 fd;
	size_t			 most;		/* bytes a write */
	bool			 file;		/* always ready: no polling */
	bool			 broken;
	struct buf		 out;
	unsigned long long	 serial;	/* of the last in out */
	const struct printer_ops *ops;
	void			*arg;
};

static void	on_ready(evutil_socket_t, short, void *);

struct printer *
printer_new(struct event_base *base, int fd, const struct printer_ops *ops,
    void *arg)
{
	struct printer *p = mem_alloc(sizeof *p);
	struct stat st;

	p->fd = fd;
	p->ops = ops;
	p->arg = arg;
	p->file = fstat(fd, &st) == -1 || S_ISREG(st.st_mode) ||
	    (S_ISCHR(st.st_mode) && !isatty(fd));	/* /dev/null */
	p->most = p->file ? FILE_WRITE : isatty(fd) ? TERMINAL_WRITE :
	    PIPE_BUF;
	p->ready = event_new(base, p->file ? -1 : fd, EV_WRITE, on_ready, p);
	return p;
}

void
printer_free(struct printer *p)
{
	if (p == NULL)
		return;
	event_free(p->ready);
	buf_clear(&p->out);
	free(p);
}

static bool
room_is(const struct printer *p)
{
	struct pollfd pfd = { .fd = p->fd, .events = POLLOUT };

	return p->file || (poll(&pfd, 1, 0) == 1 &&
	    (pfd.revents & (POLLOUT | POLLERR | POLLHUP)));
}

static void
wait_for_room(struct printer *p)
{
	if (p->file)
		event_active(p->ready, EV_WRITE, 0);
	else
		event_add(p->ready, NULL);
}

/* Some of it; -1 when that cannot be. */
static int
write_some(struct printer *p)
{
	size_t n = buf_left(&p->out);
	ssize_t done;

	done = write(p->fd, p->out.data + p->out.pos,
	    n < p->most ? n : p->most);
	if (done == -1)
		return errno == EINTR || errno == EAGAIN ? 0 : -1;
	buf_take(&p->out, (size_t)done);
	return 0;
}

/* A good deal at a time, so that others have their turn as well. */
static void
on_ready(evutil_socket_t fd, short what, void *arg)
{
	enum { WRITES = 64 };
	struct printer *p = arg;

	for (int i = 0; i < WRITES && buf_left(&p->out) > 0 && room_is(p);
	    i++)
		if (write_some(p) == -1) {
			p->broken = true;
			p->ops->broken(p->arg, errno);
			return;
		}
	if (buf_left(&p->out) > 0)
		wait_for_room(p);
	else
		p->ops->written(p->arg, p->serial);
}

void
printer_put(struct printer *p, const char *text, size_t len,
    unsigned long long serial)
{
	if (p->broken)
		return;
	buf_put(&p->out, text, len);
	buf_put(&p->out, "\n", 1);
	if (serial != 0)
		p->serial = serial;
	wait_for_room(p);
}

bool
printer_full(const struct printer *p)
{
	return buf_left(&p->out) > FULL;
}

bool
printer_idle(const struct printer *p)
{
	return p->broken || buf_left(&p->out) == 0;
}
