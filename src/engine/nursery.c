#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <bsd/unistd.h>

#include "base/buf.h"
#include "base/child.h"
#include "base/sock.h"
#include "engine/nursery.h"
#include "model/job.h"

enum {
	WORKER_FD = 3,		/* in a worker, the only one but 0, 1, 2 */
	PACKET_MAX = 64,	/* bytes; ours are shorter */
	STRANGERS_MAX = 1024,	/* looked at in one round */
	OOM_ADJUST = 200	/* a worker dies before the engine does */
};

enum { ASK_SPAWN = 1, ASK_SIGNAL };

/* ---- the engine's side ------------------------------------------------ */

static int
ask(int fd, uint8_t what, unsigned int slot, pid_t pid, int sig,
    int worker_fd)
{
	struct buf b = { 0 };
	ssize_t n;

	buf_put_u8(&b, what);
	buf_put_u32(&b, slot);
	buf_put_u32(&b, (uint32_t)pid);
	buf_put_u32(&b, (uint32_t)sig);
	n = sock_send_fd(fd, b.data, b.len, worker_fd);
	buf_clear(&b);
	return n == -1 ? -1 : 0;
}

int
nursery_spawn(int fd, unsigned int slot, int worker_fd)
{
	return ask(fd, ASK_SPAWN, slot, 0, 0, worker_fd);
}

int
nursery_signal(int fd, unsigned int slot, pid_t pid, int sig)
{
	return ask(fd, ASK_SIGNAL, slot, pid, sig, -1);
}

static int
news_get(struct buf *b, struct nursery_news *news)
{
	uint32_t slot, pid, status;
	uint8_t kind;

	if (buf_get_u8(b, &kind) == -1 || buf_get_u32(b, &slot) == -1 ||
	    buf_get_u32(b, &pid) == -1 || buf_get_u32(b, &status) == -1 ||
	    buf_get_u64(b, &news->peak_rss) == -1 || buf_left(b) != 0)
		return -1;
	news->kind = kind;
	news->slot = slot;
	news->pid = (pid_t)pid;
	news->status = (int)status;
	return 0;
}

int
nursery_read(int fd, struct nursery_news *news)
{
	uint8_t packet[PACKET_MAX];
	struct buf b;
	ssize_t n;

	do
		n = recv(fd, packet, sizeof packet, MSG_DONTWAIT);
	while (n == -1 && errno == EINTR);
	if (n == -1)
		return errno == EAGAIN ? 0 : -1;
	if (n == 0)
		return -1;
	b = buf_over(packet, (size_t)n);
	return news_get(&b, news) == -1 ? -1 : 1;
}

/* ---- the nursery ------------------------------------------------------- */

struct nursery {
	const struct nursery_options *options;
	int		fd;			/* to the engine */
	int		sigchld;		/* a signalfd */
	pid_t		worker[POOL_MAX + 1];	/* by slot; 0: none */
	struct buf	out;			/* news, each NEWS_SIZE bytes */
};

enum { NEWS_SIZE = 1 + 4 + 4 + 4 + 8 };

/* The engine is gone, or about to be: so is everything below. */
static void
bury_family(void)
{
	child_end_all(NURSERY_GRACE);
	_exit(0);
}

static void
tell(struct nursery *ny, const struct nursery_news *news)
{
	buf_put_u8(&ny->out, (uint8_t)news->kind);
	buf_put_u32(&ny->out, news->slot);
	buf_put_u32(&ny->out, (uint32_t)news->pid);
	buf_put_u32(&ny->out, (uint32_t)news->status);
	buf_put_u64(&ny->out, news->peak_rss);
}

/* Never waits for the engine, or both might wait for each other. */
static void
send_news(struct nursery *ny)
{
	while (buf_left(&ny->out) > 0) {
		ssize_t n = send(ny->fd, ny->out.data + ny->out.pos,
		    NEWS_SIZE, MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n == -1 && (errno == EAGAIN || errno == EINTR))
			return;
		if (n == -1)
			bury_family();
		buf_take(&ny->out, NEWS_SIZE);
	}
}

static void
write_file(const char *path, int value)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd == -1)
		return;
	dprintf(fd, "%d", value);	/* as good as it can be had */
	close(fd);
}

static void
worker_start(const struct nursery *ny, unsigned int slot, int fd,
    pid_t nursery)
{
	if (dup2(fd, WORKER_FD) == -1)
		_exit(0);
	closefrom(WORKER_FD + 1);
	fcntl(WORKER_FD, F_SETFD, FD_CLOEXEC);
	child_adopt();
	write_file("/proc/self/oom_score_adj", OOM_ADJUST);
	if (ny->options->nice_set)
		setpriority(PRIO_PROCESS, 0, ny->options->nice);
	child_title("pooltop-worker", "w%u", slot);
	ny->options->worker(WORKER_FD, slot, nursery);
	_exit(0);
}

static void
spawn(struct nursery *ny, unsigned int slot, int fd)
{
	struct nursery_news news = { .kind = NURSERY_SPAWNED, .slot = slot };
	pid_t nursery = getpid();

	if (slot < 1 || slot > POOL_MAX || ny->worker[slot] != 0)
		bury_family();	/* the engine would never ask this */
	errno = EMFILE;		/* no room for the socket that came along */
	news.pid = fd != -1 ? child_fork() : -1;
	if (news.pid == 0)
		worker_start(ny, slot, fd, nursery);
	if (news.pid == -1) {
		news.kind = NURSERY_REFUSED;
		news.status = errno;
		news.pid = 0;
	} else
		ny->worker[slot] = news.pid;
	tell(ny, &news);
	if (fd != -1)
		close(fd);
}

static void
asked(struct nursery *ny)
{
	uint8_t packet[PACKET_MAX], what;
	uint32_t slot, pid, sig;
	struct buf b;
	ssize_t n;
	int fd;

	n = sock_recv_fd(ny->fd, packet, sizeof packet, &fd);
	if (n <= 0)
		bury_family();
	b = buf_over(packet, (size_t)n);
	if (buf_get_u8(&b, &what) == -1 || buf_get_u32(&b, &slot) == -1 ||
	    buf_get_u32(&b, &pid) == -1 || buf_get_u32(&b, &sig) == -1)
		bury_family();
	if (what == ASK_SPAWN)
		spawn(ny, slot, fd);
	else if (slot >= 1 && slot <= POOL_MAX && pid != 0 &&
	    ny->worker[slot] == (pid_t)pid)
		kill((pid_t)pid, (int)sig);	/* not reaped: it is this one */
}

static unsigned int
slot_of(const struct nursery *ny, pid_t pid)
{
	for (unsigned int slot = 1; slot <= POOL_MAX; slot++)
		if (ny->worker[slot] == pid)
			return slot;
	return 0;
}

/* What a dead worker left behind hangs below the nursery now. */
static void
kill_strangers(const struct nursery *ny)
{
	pid_t pid[STRANGERS_MAX];
	size_t n = child_list(pid, STRANGERS_MAX);

	for (size_t i = 0; i < n && i < STRANGERS_MAX; i++)
		if (slot_of(ny, pid[i]) == 0)
			kill(pid[i], SIGKILL);
}

static void
reap(struct nursery *ny)
{
	struct nursery_news news;
	struct rusage ru;
	int status;
	pid_t pid;

	while ((pid = wait4(-1, &status, WNOHANG, &ru)) > 0) {
		kill_strangers(ny);
		news = (struct nursery_news){ .kind = NURSERY_EXITED,
		    .slot = slot_of(ny, pid), .pid = pid, .status = status,
		    .peak_rss = (uint64_t)ru.ru_maxrss * 1024 };
		if (news.slot == 0)
			continue;
		ny->worker[news.slot] = 0;
		tell(ny, &news);
	}
}

static void
sigchld_drain(const struct nursery *ny)
{
	struct signalfd_siginfo si;

	while (read(ny->sigchld, &si, sizeof si) == sizeof si)
		;
}

static void
nursery_loop(struct nursery *ny)
{
	for (;;) {
		struct pollfd pfd[2] = {
			{ .fd = ny->fd, .events = POLLIN |
			    (buf_left(&ny->out) > 0 ? POLLOUT : 0) },
			{ .fd = ny->sigchld, .events = POLLIN },
		};

		if (poll(pfd, 2, -1) == -1)
			continue;
		if (pfd[1].revents != 0) {
			sigchld_drain(ny);
			reap(ny);
		}
		if (pfd[0].revents & POLLIN)
			asked(ny);
		else if (pfd[0].revents & (POLLHUP | POLLERR))
			bury_family();
		send_news(ny);
	}
}

static void
nursery_main(const struct nursery_options *options, int fd)
{
	struct nursery ny = { .options = options, .fd = fd };
	sigset_t chld;

	child_close_others(&fd, 1);
	sigemptyset(&chld);
	sigaddset(&chld, SIGCHLD);
	ny.sigchld = signalfd(-1, &chld, SFD_NONBLOCK | SFD_CLOEXEC);
	if (ny.sigchld == -1)
		_exit(0);
	child_adopt();
	child_title("pooltop-nursery", "nursery");
	nursery_loop(&ny);
}

pid_t
nursery_start(const struct nursery_options *options, int *fd, struct err *err)
{
	int pair[2];
	pid_t pid;

	if (sock_packet_pair(pair) == -1)
		return err_sys(err, "socket");
	if ((pid = child_fork()) == 0) {
		close(pair[0]);
		nursery_main(options, pair[1]);
	}
	close(pair[1]);
	if (pid == -1) {
		err_sys(err, "fork");
		close(pair[0]);
		return -1;
	}
	*fd = pair[0];
	return pid;
}
