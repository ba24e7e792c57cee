#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "model/expect.h"
#include "model/jobfile_reader.h"

enum {
	NICE_LEAST = -20,
	NICE_MOST = 19,
	READ_SIZE = 64 * 1024		/* bytes at a time */
};

static const char later[] = "is not available yet";

#define ROOT_KEYS(X) \
	X(ROOT_POOL,	 "pool") \
	X(ROOT_DEFAULTS, "defaults") \
	X(ROOT_JOBS,	 "jobs")
#define POOL_KEYS(X) \
	X(POOL_WORKERS, "workers") \
	X(POOL_NICE,	"nice")
#define KEY_ENUM(id, name) id,
enum root_key { ROOT_KEYS(KEY_ENUM) NROOT_KEYS };
enum pool_key { POOL_KEYS(KEY_ENUM) NPOOL_KEYS };
#undef KEY_ENUM
#define KEY(id, name) { name, NULL },
static const struct expect_key root_keys[] = { ROOT_KEYS(KEY) };
static const struct expect_key pool_keys[] = { POOL_KEYS(KEY) };
#undef KEY

enum defaults_key { DEFAULTS_RETRIES };
static const struct expect_key defaults_keys[] = {
	[DEFAULTS_RETRIES] = { "retries", NULL },
	{ "timeout", later }, { "env", later }, { "memory", later },
	{ "cwd", later }
};
enum { NDEFAULTS_KEYS = sizeof defaults_keys / sizeof *defaults_keys };

void
jobfile_faults_clear(struct jobfile_faults *f)
{
	for (size_t i = 0; i < f->n; i++)
		free(f->line[i]);
	free(f->line);
	*f = (struct jobfile_faults){ 0 };
}

/* Takes line over. */
static void
line_add(struct jobfile_faults *f, char *line)
{
	f->line = mem_grow(f->line, f->n, &f->cap, sizeof *f->line);
	f->line[f->n++] = line;
}

static void
lines_make(struct jobfile_faults *out, const char *path,
    const struct faults *faults)
{
	char shown[PATH_MAX];

	text_harmless(shown, sizeof shown, path, strlen(path));
	for (size_t i = 0; i < faults->n; i++)
		line_add(out, mem_printf("%s:%zu:%zu: %s", shown,
		    faults->fault[i].at.line, faults->fault[i].at.column,
		    faults->fault[i].text));
	if (faults->full)
		line_add(out, mem_printf("%s:%zu:%zu: too many faults, the "
		    "others are not shown", shown, faults->more.line,
		    faults->more.column));
}

/* What -j takes; a bare number as everywhere without quotes. */
static void
workers_read(struct jobfile_reader *r, const struct node *n)
{
	bool number = n->kind == NODE_TEXT &&
	    n->text[strspn(n->text, "0123456789")] == '\0';
	char expected[100];

	snprintf(expected, sizeof expected, "a number up to %d without "
	    "quotes, or N%%, +N, -N or max", POOL_MAX);
	if (n->kind != NODE_TEXT || (number && n->quoted) ||
	    pool_size_parse(n->text, &r->jobs->workers) == -1)
		expect_fault(&r->faults, n, "workers", expected);
}

static void
pool_read(struct jobfile_reader *r, const struct node *n)
{
	const struct node *value[NPOOL_KEYS];
	int64_t nice;

	if (expect_keys(&r->faults, n, "pool", pool_keys, NPOOL_KEYS,
	    value) == -1)
		return;
	if (value[POOL_WORKERS] != NULL)
		workers_read(r, value[POOL_WORKERS]);
	if (value[POOL_NICE] != NULL && expect_int(&r->faults,
	    value[POOL_NICE], "nice", NICE_LEAST, NICE_MOST, &nice) == 0) {
		r->jobs->nice_set = true;
		r->jobs->nice = (int)nice;
	}
}

static void
defaults_read(struct jobfile_reader *r, const struct node *n)
{
	const struct node *value[NDEFAULTS_KEYS];
	int64_t retries;

	if (expect_keys(&r->faults, n, "defaults", defaults_keys,
	    NDEFAULTS_KEYS, value) == -1)
		return;
	if (value[DEFAULTS_RETRIES] != NULL && expect_int(&r->faults,
	    value[DEFAULTS_RETRIES], "retries", 1, RETRIES_MAX,
	    &retries) == 0)
		r->retries = (unsigned int)retries;
}

static void
root_read(struct jobfile_reader *r, const struct node *n)
{
	const struct node *value[NROOT_KEYS];

	if (expect_keys(&r->faults, n, "the job file", root_keys, NROOT_KEYS,
	    value) == -1)
		return;
	if (value[ROOT_POOL] != NULL)
		pool_read(r, value[ROOT_POOL]);
	if (value[ROOT_DEFAULTS] != NULL)
		defaults_read(r, value[ROOT_DEFAULTS]);
	if (value[ROOT_JOBS] != NULL)
		jobfile_jobs(r, value[ROOT_JOBS]);
	else
		faults_add(&r->faults, n->at, "\"jobs\" is missing in the job "
		    "file");
}

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

static char *
run_name(const char *path)
{
	const char *base = base_name(path);
	char shown[NAME_MAX + 1];

	text_harmless(shown, sizeof shown, base, strlen(base));
	return mem_strdup(shown);
}

int
jobfile_parse(const char *path, const char *text, size_t len,
    const struct jobfile_kernels *kernels, struct jobs *jobs,
    struct jobfile_faults *out)
{
	char *folder = mem_strndup(path, (size_t)(base_name(path) - path));
	struct jobfile_reader *r = mem_alloc(sizeof *r);
	struct node *root;

	*jobs = (struct jobs){ .name = run_name(path) };
	*out = (struct jobfile_faults){ 0 };
	r->folder = folder;
	r->kernels = kernels;
	r->jobs = jobs;
	r->faults.max = JOBFILE_FAULTS_MAX;
	if ((root = node_read(text, len, &r->faults)) != NULL)
		root_read(r, root);
	node_free(root);
	faults_sort(&r->faults);
	lines_make(out, path, &r->faults);
	faults_clear(&r->faults);
	free(r);
	free(folder);
	if (out->n == 0)
		return 0;
	jobs_clear(jobs);
	return -1;
}

/* The whole of it, or -1.  Not blocking: path may be a FIFO. */
static int
slurp(const char *path, struct buf *b, struct err *err)
{
	struct stat st;
	ssize_t n = -1;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd == -1)
		return err_sys(err, "cannot be opened");
	if (fstat(fd, &st) == 0 && !S_ISREG(st.st_mode)) {
		err_set(err, "is not a regular file");
		goto out;
	}
	while ((n = read(fd, buf_room(b, READ_SIZE), READ_SIZE)) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1) {
			err_sys(err, "cannot be read");
			break;
		}
		b->len += (size_t)n;
		if (b->len > JOBFILE_SIZE_MAX) {
			n = err_set(err, "is larger than %d bytes",
			    JOBFILE_SIZE_MAX);
			break;
		}
	}
out:
	close(fd);
	return n == 0 ? 0 : -1;
}

static void
unreadable(const char *path, const struct err *err, struct jobfile_faults *out)
{
	char shown[PATH_MAX];

	*out = (struct jobfile_faults){ 0 };
	text_harmless(shown, sizeof shown, path, strlen(path));
	line_add(out, mem_printf("%s: %s", shown, err->text));
}

int
jobfile_load(const char *path, const struct jobfile_kernels *kernels,
    struct jobs *jobs, struct jobfile_faults *out)
{
	struct buf b = { 0 };
	struct err err;
	int rc = -1;

	*jobs = (struct jobs){ 0 };
	if (slurp(path, &b, &err) == -1)
		unreadable(path, &err, out);
	else
		rc = jobfile_parse(path, (const char *)b.data, b.len, kernels,
		    jobs, out);
	buf_clear(&b);
	return rc;
}
