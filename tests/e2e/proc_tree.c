#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/e2e/proc.h"

enum { SCANS_MAX = 20 };	/* until one of them is whole */

/* The first size - 1 bytes of a file of /proc; 0 when it is gone. */
static size_t
read_proc(pid_t pid, const char *name, char *out, size_t size)
{
	char path[64];
	ssize_t n;
	int fd;

	snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) == -1)
		return 0;
	n = read(fd, out, size - 1);
	close(fd);
	n = n > 0 ? n : 0;
	out[n] = '\0';
	return (size_t)n;
}

/* pid (name) state ppid …; the name may hold blanks and brackets itself. */
static bool
read_stat(pid_t pid, struct proc_info *info)
{
	char text[1024], *open, *close;
	int ppid;

	*info = (struct proc_info){ .pid = pid };
	if (read_proc(pid, "stat", text, sizeof text) == 0)
		return false;
	open = strchr(text, '(');
	close = strrchr(text, ')');
	if (open == NULL || close == NULL || close < open)
		return false;
	*close = '\0';
	snprintf(info->name, sizeof info->name, "%s", open + 1);
	if (sscanf(close + 1, " %c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u "
	    "%*u %*u %*d %*d %*d %*d %*d %*d %llu", &info->state, &ppid,
	    &info->start) != 3)
		return false;
	info->ppid = ppid;
	return true;
}

static void
read_cmdline(struct proc_info *info)
{
	size_t n = read_proc(info->pid, "cmdline", info->cmdline,
	    sizeof info->cmdline);

	while (n > 0 && info->cmdline[n - 1] == '\0')
		n--;
	for (size_t i = 0; i < n; i++)
		if (info->cmdline[i] == '\0')
			info->cmdline[i] = ' ';
}

static struct proc_info *
find_pid(const struct proc_list *list, pid_t pid)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->all[i].pid == pid)
			return &list->all[i];
	return NULL;
}

/*
 * Everyone on the machine.  A parent that is missing has ended meanwhile, and
 * its children hang elsewhere by now: false, such a scan is not whole.
 */
static bool
scan(struct proc_list *list)
{
	struct proc_info info;
	struct dirent *entry;
	DIR *dir = opendir("/proc");

	list->n = 0;
	if (dir == NULL)
		return false;
	while ((entry = readdir(dir)) != NULL) {
		if (!isdigit((unsigned char)entry->d_name[0]) ||
		    !read_stat((pid_t)atol(entry->d_name), &info))
			continue;
		list->all = mem_grow(list->all, list->n, &list->cap,
		    sizeof *list->all);
		list->all[list->n++] = info;
	}
	closedir(dir);
	for (size_t i = 0; i < list->n; i++)
		if (list->all[i].ppid != 0 &&
		    find_pid(list, list->all[i].ppid) == NULL)
			return false;
	return true;
}

static bool
is_below(const struct proc_list *list, const struct proc_info *info)
{
	pid_t me = getpid();

	for (size_t depth = 0; info != NULL && depth < list->n; depth++) {
		if (info->ppid == me)
			return true;
		info = find_pid(list, info->ppid);
	}
	return false;
}

void
proc_descendants(struct proc_list *list)
{
	size_t kept = 0;

	for (int i = 0; i < SCANS_MAX && !scan(list); i++)
		;
	for (size_t i = 0; i < list->n; i++)
		list->all[i].below = is_below(list, &list->all[i]);
	for (size_t i = 0; i < list->n; i++)
		if (list->all[i].below) {
			list->all[kept] = list->all[i];
			read_cmdline(&list->all[kept++]);
		}
	list->n = kept;
}

void
proc_list_clear(struct proc_list *list)
{
	free(list->all);
	*list = (struct proc_list){ 0 };
}

static size_t
look_for(const char *text, pid_t *first)
{
	struct proc_list list = { 0 };
	size_t found = 0;

	proc_descendants(&list);
	*first = 0;
	for (size_t i = 0; i < list.n; i++)
		if (strstr(list.all[i].cmdline, text) != NULL &&
		    found++ == 0)
			*first = list.all[i].pid;
	proc_list_clear(&list);
	return found;
}

pid_t
proc_find(const char *text)
{
	pid_t first;

	look_for(text, &first);
	return first;
}

size_t
proc_count(const char *text)
{
	pid_t first;

	return look_for(text, &first);
}

pid_t
proc_wait_find(const char *text, double seconds)
{
	struct mono deadline = proc_deadline(seconds);
	pid_t pid;

	while ((pid = proc_find(text)) == 0 && !proc_late(deadline))
		proc_nap();
	return pid;
}

bool
proc_running(pid_t pid)
{
	struct proc_info info;

	return read_stat(pid, &info) && info.state != 'Z' && info.state != 'X';
}

bool
proc_wait_gone(pid_t pid, double seconds)
{
	struct mono deadline = proc_deadline(seconds);

	while (proc_running(pid)) {
		if (proc_late(deadline))
			return false;
		proc_nap();
	}
	return true;
}

/* Bury who is dead.  True when there is no child, so nobody below at all. */
static bool
bury(void)
{
	pid_t pid;

	do
		pid = waitpid(-1, NULL, WNOHANG | __WALL);
	while (pid > 0 || (pid == -1 && errno == EINTR));
	return pid == -1;
}

bool
proc_wait_none(double seconds)
{
	struct mono deadline = proc_deadline(seconds);

	while (!bury()) {
		if (proc_late(deadline))
			return false;
		proc_nap();
	}
	return true;
}

/* Its pid may be somebody else's by now: hold it, then look again. */
static void
kill_same(const struct proc_info *info)
{
	struct proc_info now;
	int fd = pidfd_open(info->pid, 0);

	if (fd == -1)
		return;
	if (read_stat(info->pid, &now) && now.start == info->start)
		pidfd_send_signal(fd, SIGKILL, NULL, 0);
	close(fd);
}

bool
proc_kill_all(void)
{
	struct mono deadline = proc_deadline(PROC_BOUND);
	struct proc_list list = { 0 };
	bool none;

	while (!(none = bury()) && !proc_late(deadline)) {
		proc_descendants(&list);
		for (size_t i = 0; i < list.n; i++)
			kill_same(&list.all[i]);
		proc_nap();
	}
	proc_list_clear(&list);
	return none;
}

void
proc_print_descendants(void)
{
	struct proc_list list = { 0 };

	proc_descendants(&list);
	for (size_t i = 0; i < list.n; i++)
		fprintf(stderr, "  %d (child of %d) %c %s: %s\n",
		    (int)list.all[i].pid, (int)list.all[i].ppid,
		    list.all[i].state, list.all[i].name, list.all[i].cmdline);
	proc_list_clear(&list);
}
