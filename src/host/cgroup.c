#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "host/cgroup.h"
#include "host/file.h"

enum {
	TEXT_MAX = 8 << 20,	/* bytes of mountinfo: some 50000 mounts */
	DEPTH_MAX = 256		/* ancestors asked */
};
#define MICROSECONDS_MAX ((uint64_t)1 << 53)	/* exact as a double */

struct dir {
	char	*path;		/* owned; with the root in front */
	int	 version;	/* 1 or 2 */
};

struct cgroup {
	struct dir	*dir;	/* owned; our group, its parent, ... */
	size_t		 n, cap;
};

/* A mount of a hierarchy: the group root is seen at the directory point. */
struct mount {
	char	root[PATH_MAX];
	char	point[PATH_MAX];
};

/* The end of a word of a line. */
static const char *
word_end(const char *s)
{
	return s + strcspn(s, " \n");
}

static const char *
word_next(const char *s)
{
	s = word_end(s);
	return *s == ' ' ? s + 1 : s;
}

static bool
word_is(const char *s, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(word_end(s) - s) == len && memcmp(s, word, len) == 0;
}

/* Is name one of "a,b,c", that end at any byte of stop? */
static bool
list_has(const char *s, const char *stop, const char *name)
{
	const char *end = s + strcspn(s, stop);
	size_t len = strlen(name), n;

	while (s < end) {
		n = strcspn(s, ",");
		if (n > (size_t)(end - s))
			n = (size_t)(end - s);
		if (n == len && memcmp(s, name, len) == 0)
			return true;
		s += n + (s + n < end);
	}
	return false;
}

static bool
octal_is(const char *s, const char *end)
{
	if (end - s < 4 || *s != '\\' || s[1] < '0' || s[1] > '3')
		return false;
	return s[2] >= '0' && s[2] <= '7' && s[3] >= '0' && s[3] <= '7';
}

/* A path of mountinfo, where blanks and the like are \040. */
static int
unescape(char out[PATH_MAX], const char *s)
{
	const char *end = word_end(s);
	size_t n = 0;

	while (s < end) {
		if (n == PATH_MAX - 1)
			return -1;
		if (octal_is(s, end)) {
			out[n++] = (char)((s[1] - '0') << 6 |
			    (s[2] - '0') << 3 | (s[3] - '0'));
			s += 4;
		} else
			out[n++] = *s++;
	}
	out[n] = '\0';
	return 0;
}

/*
 * "36 35 98:0 /root /point rw,noatime shared:1 - cgroup cgroup rw,cpu":
 * the mount, if it is of that version (and has the controller cpu).
 */
static int
mount_parse(const char *line, int version, struct mount *m)
{
	const char *s = line, *fs;

	for (int i = 0; i < 3; i++)
		s = word_next(s);
	for (fs = s; *fs != '\n' && *fs != '\0' && !word_is(fs, "-");)
		fs = word_next(fs);
	if (!word_is(fs, "-"))
		return -1;
	fs = word_next(fs);
	if (!word_is(fs, version == 2 ? "cgroup2" : "cgroup"))
		return -1;
	if (version == 1 &&
	    !list_has(word_next(word_next(fs)), " \n", "cpu"))
		return -1;
	if (unescape(m->root, s) == -1 ||
	    unescape(m->point, word_next(s)) == -1)
		return -1;
	return *m->root == '/' && *m->point == '/' ? 0 : -1;
}

/* Does path have a component ".."?  Such a group lies outside our view. */
static bool
outside_is(const char *path)
{
	for (const char *s = path; (s = strstr(s, "/..")) != NULL; s += 3)
		if (s[3] == '/' || s[3] == '\0')
			return true;
	return false;
}

/* What of path lies below the mount's root ("" = the root); NULL: not ours. */
static const char *
below(const struct mount *m, const char *path)
{
	size_t len = strlen(m->root);

	if (outside_is(m->root))
		return "";	/* above all we see: only its top is sure */
	if (outside_is(path))
		return NULL;
	if (len == 1)
		return path;
	if (strncmp(path, m->root, len) != 0)
		return NULL;
	return path[len] == '/' || path[len] == '\0' ? path + len : NULL;
}

/* The mount that shows our group and most of its ancestors. */
static bool
mount_find(const char *mountinfo, int version, const char *path,
    struct mount *best)
{
	struct mount m;
	bool found = false;

	for (const char *s = mountinfo; s != NULL; s = file_line(s)) {
		if (mount_parse(s, version, &m) == -1 ||
		    below(&m, path) == NULL)
			continue;
		if (!found || strlen(m.root) < strlen(best->root))
			*best = m;
		found = true;
	}
	return found;
}

/* "4:cpu,cpuacct:/path" or, in v2, "0::/path": our group in that version. */
static int
own_path(const char *text, int version, char path[PATH_MAX])
{
	const char *s, *list, *p;
	size_t len;

	for (s = text; s != NULL; s = file_line(s)) {
		list = s + strcspn(s, ":\n");
		if (*list != ':')
			continue;
		list++;
		p = list + strcspn(list, ":\n");
		if (*p != ':' || p[1] != '/')
			continue;
		if (version == 2 ? p != list : !list_has(list, ":", "cpu"))
			continue;
		len = strcspn(++p, "\n");
		if (len >= PATH_MAX)
			return -1;
		memcpy(path, p, len);
		path[len] = '\0';
		return 0;
	}
	return -1;
}

static void
dir_add(struct cgroup *cg, char *path, int version)
{
	cg->dir = mem_grow(cg->dir, cg->n, &cg->cap, sizeof *cg->dir);
	cg->dir[cg->n++] = (struct dir){ path, version };
}

/* Our group and what is above it, up to the mount. */
static void
hierarchy_add(struct cgroup *cg, const char *root, const char *groups,
    const char *mountinfo, int version)
{
	char path[PATH_MAX], *rel, *slash;
	struct mount m;

	if (own_path(groups, version, path) == -1 ||
	    !mount_find(mountinfo, version, path, &m))
		return;
	rel = mem_strdup(below(&m, path));
	for (int i = 0; i < DEPTH_MAX; i++) {
		if (strcmp(rel, "/") == 0)
			*rel = '\0';
		dir_add(cg, mem_printf("%s%s%s", root, m.point, rel),
		    version);
		if ((slash = strrchr(rel, '/')) == NULL)
			break;
		*slash = '\0';
	}
	free(rel);
}

struct cgroup *
cgroup_open(const char *root)
{
	struct cgroup *cg = mem_alloc(sizeof *cg);
	char *groups = file_text(root, "/proc/self/cgroup", TEXT_MAX);
	char *mountinfo = file_text(root, "/proc/self/mountinfo", TEXT_MAX);

	if (groups != NULL && mountinfo != NULL) {
		if (file_real_is(root))
			root = "";
		hierarchy_add(cg, root, groups, mountinfo, 2);
		hierarchy_add(cg, root, groups, mountinfo, 1);
	}
	free(groups);
	free(mountinfo);
	return cg;
}

void
cgroup_close(struct cgroup *cg)
{
	if (cg == NULL)
		return;
	for (size_t i = 0; i < cg->n; i++)
		free(cg->dir[i].path);
	free(cg->dir);
	free(cg);
}

/* Up to max numbers of a file: how many there were. */
static int
numbers_read(const char *dir, const char *name, uint64_t *v, int max)
{
	char text[64];
	const char *s = text;
	int fd, n = 0;

	if ((fd = file_open("", "%s/%s", dir, name)) == -1)
		return 0;
	if (file_read(fd, text, sizeof text) == -1)
		*text = '\0';
	close(fd);
	while (n < max && file_number(&s, MICROSECONDS_MAX, &v[n]) == 0)
		n++;
	return n;
}

/* "max" and -1, which mean no quota, are no numbers. */
static double
dir_quota(const struct dir *d)
{
	uint64_t v[2] = { 0, 0 };	/* quota, period */

	if (d->version == 2)
		numbers_read(d->path, "cpu.max", v, 2);
	else if (numbers_read(d->path, "cpu.cfs_quota_us", &v[0], 1) == 1)
		numbers_read(d->path, "cpu.cfs_period_us", &v[1], 1);
	return v[0] > 0 && v[1] > 0 ? (double)v[0] / (double)v[1] : NAN;
}

double
cgroup_cpu_quota(const struct cgroup *cg)
{
	double least = NAN;

	for (size_t i = 0; i < cg->n; i++)
		least = fmin(least, dir_quota(&cg->dir[i]));
	return least;
}
