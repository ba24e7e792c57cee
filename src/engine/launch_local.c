#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <event2/event.h>

#include "base/mem.h"
#include "base/sock.h"
#include "engine/launch_local.h"
#include "engine/nursery.h"
#include "wire/worker_msg.h"

enum { READ_SIZE = 64 * 1024 };

/* The engine's end of one worker. */
struct link {
	struct launch	*launch;
	struct slot	*slot;
	int		 fd;		/* -1: closed */
	struct event	*readable, *writable;
	struct buf	 in, out;
	unsigned int	 jobs;		/* told */
	bool		 broken;
};

struct launch {
	struct event_base	*base;
	struct pool		*pool;
	int			 nursery;
	struct event		*news;
	const struct launch_events *events;
	void			*arg;
	struct link		 link[POOL_MAX];	/* by slot */
};

static void	on_news(evutil_socket_t, short, void *);

struct launch *
launch_local_new(struct event_base *base, struct pool *pool, int nursery,
    const struct launch_events *events, void *arg)
{
	struct launch *l = mem_alloc(sizeof *l);

	l->base = base;
	l->pool = pool;
	l->nursery = nursery;
	l->events = events;
	l->arg = arg;
	for (unsigned int i = 0; i < POOL_MAX; i++)
		l->link[i].fd = -1;
	l->news = event_new(base, nursery, EV_READ | EV_PERSIST, on_news, l);
	event_add(l->news, NULL);
	return l;
}

static void
hang_up(struct link *k)
{
	if (k->fd == -1)
		return;
	event_free(k->readable);
	event_free(k->writable);
	close(k->fd);
	k->fd = -1;
	buf_reset(&k->out);
}

void
launch_local_free(struct launch *l)
{
	if (l == NULL)
		return;
	for (unsigned int i = 0; i < POOL_MAX; i++) {
		hang_up(&l->link[i]);
		buf_clear(&l->link[i].in);
		buf_clear(&l->link[i].out);
	}
	event_free(l->news);
	close(l->nursery);
	free(l);
}

struct buf *
launch_local_out(struct slot *s)
{
	return &((struct link *)s->link)->out;
}

unsigned int *
launch_local_jobs(struct slot *s)
{
	return &((struct link *)s->link)->jobs;
}

/* ---- from the worker ------------------------------------------------------ */

static int
on_hello(struct launch *l, struct slot *s, struct buf *body)
{
	struct msg_hello m;

	if (msg_get_hello(body, &m) == -1 ||
	    m.version != WORKER_MSG_VERSION || s->credit != 0)
		return -1;
	pool_hello(l->pool, s, m.credit);
	return 0;
}

static int
on_result(struct launch *l, struct slot *s, struct buf *body)
{
	struct msg_result m;

	if (msg_get_result(body, &m) == -1)
		return -1;
	return pool_result(l->pool, s, &m);
}

static int
on_progress(struct launch *l, struct slot *s, struct buf *body)
{
	task_id task;
	double done;

	if (msg_get_progress(body, &task, &done) == -1)
		return -1;
	return pool_progress(l->pool, s, task, done);
}

static int
on_returned(struct launch *l, struct slot *s, struct buf *body)
{
	task_id task[2 * MSG_TASKS_MAX];
	uint32_t n;

	if (msg_get_returned(body, task, 2 * MSG_TASKS_MAX, &n) == -1)
		return -1;
	return pool_returned(l->pool, s, task, n);
}

static int
on_frame(struct launch *l, struct slot *s, uint8_t type, struct buf *body)
{
	if (s->credit == 0 && type != MSG_HELLO)
		return -1;	/* hello comes first */
	switch (type) {
	case MSG_HELLO:
		return on_hello(l, s, body);
	case MSG_RESULT:
		return on_result(l, s, body);
	case MSG_PROGRESS:
		return on_progress(l, s, body);
	case MSG_RETURNED:
		return on_returned(l, s, body);
	case MSG_GOODBYE:
		pool_goodbye(l->pool, s);
		return 0;
	default:
		return -1;
	}
}

static void
give_up(struct link *k)
{
	k->broken = true;
	k->launch->events->nonsense(k->launch->arg, k->slot);
	launch_local_kill(k->launch, k->slot, SIGKILL);
}

static void
handle_frames(struct link *k)
{
	struct buf body;
	uint8_t type;
	int rc = 0;

	while (!k->broken && (rc = frame_next(&k->in, &type, &body)) == 1)
		if (on_frame(k->launch, k->slot, type, &body) == -1)
			rc = -1, give_up(k);
	if (rc == -1 && !k->broken)
		give_up(k);
	buf_take(&k->in, 0);	/* gives room back when all is read */
}

/* One read: 1 there may be more, 0 nothing now, -1 the end. */
static int
read_some(struct link *k)
{
	ssize_t n;

	do
		n = recv(k->fd, buf_room(&k->in, READ_SIZE), READ_SIZE,
		    MSG_DONTWAIT);
	while (n == -1 && errno == EINTR);
	if (n == -1 && errno == EAGAIN)
		return 0;
	if (n <= 0)
		return -1;
	k->in.len += (size_t)n;
	handle_frames(k);
	return 1;
}

/* A worker that hangs up without a word is dying, or must. */
static void
on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct link *k = arg;

	if (read_some(k) == -1) {
		k->slot->hung_up = true;
		if (!k->slot->said_bye)
			launch_local_kill(k->launch, k->slot, SIGKILL);
		hang_up(k);
	}
	k->launch->events->settle(k->launch->arg);
}

/* ---- to the worker -------------------------------------------------------- */

/* What cannot be sent now is sent when it can; to the dead: nothing. */
void
launch_local_send(struct slot *s)
{
	struct link *k = s->link;
	ssize_t n = 0;

	while (k->fd != -1 && buf_left(&k->out) > 0) {
		n = send(k->fd, k->out.data + k->out.pos, buf_left(&k->out),
		    MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n == -1 && errno == EAGAIN) {
			event_add(k->writable, NULL);
			return;
		}
		if (n == -1 && errno != EINTR)
			break;
		if (n > 0)
			buf_take(&k->out, (size_t)n);
	}
	buf_reset(&k->out);
}

static void
on_writable(evutil_socket_t fd, short what, void *arg)
{
	struct link *k = arg;

	launch_local_send(k->slot);
}

void
launch_local_spawn(struct launch *l, struct slot *s)
{
	struct link *k = &l->link[s->number - 1];
	int pair[2], rc;

	hang_up(k);
	buf_reset(&k->in);
	buf_reset(&k->out);
	k->launch = l;
	k->slot = s;
	k->jobs = 0;
	k->broken = false;
	s->link = k;
	if (sock_pair(pair) == -1) {
		l->events->refused(l->arg, s, errno);
		return;
	}
	k->fd = pair[0];
	k->readable = event_new(l->base, k->fd, EV_READ | EV_PERSIST,
	    on_readable, k);
	k->writable = event_new(l->base, k->fd, EV_WRITE, on_writable, k);
	event_add(k->readable, NULL);
	rc = nursery_spawn(l->nursery, s->number, pair[1]);
	close(pair[1]);
	if (rc == -1) {
		hang_up(k);
		l->events->refused(l->arg, s, errno);
	}
}

void
launch_local_kill(struct launch *l, struct slot *s, int sig)
{
	if (s->pid != 0)
		nursery_signal(l->nursery, s->number, s->pid, sig);
	else
		s->kill_when_known = true;
}

/* ---- from the nursery ----------------------------------------------------- */

/* Everything it had sent is read before it is buried. */
static void
bury(struct launch *l, struct slot *s, int status, uint64_t peak)
{
	struct link *k = s->link;

	while (k->fd != -1 && read_some(k) == 1)
		;
	hang_up(k);
	l->events->exited(l->arg, s, status, peak);
	pool_dead(l->pool, s);
}

static void
handle_news(struct launch *l, const struct nursery_news *news)
{
	struct slot *s = pool_slot(l->pool, news->slot);

	if (s == NULL)
		return;
	switch (news->kind) {
	case NURSERY_SPAWNED:
		pool_spawned(l->pool, s, news->pid);
		break;
	case NURSERY_REFUSED:
		hang_up(s->link);
		l->events->refused(l->arg, s, news->status);
		break;
	case NURSERY_EXITED:
		bury(l, s, news->status, news->peak_rss);
		break;
	}
}

static void
on_news(evutil_socket_t fd, short what, void *arg)
{
	struct launch *l = arg;
	struct nursery_news news;
	int rc;

	while ((rc = nursery_read(l->nursery, &news)) == 1)
		handle_news(l, &news);
	if (rc == -1) {
		event_del(l->news);
		l->events->lost(l->arg);
		return;
	}
	l->events->settle(l->arg);
}
