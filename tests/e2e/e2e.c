#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/e2e/e2e.h"

#define LIBVTERM_TERM	"vterm014-256color"

/* ---- a directory of its own ---- */

static const struct {
	const char	*name;
	const char	*below;		/* the test's directory */
} places[] = {
	{ "HOME", "" },			{ "TMPDIR", "" },
	{ "POOLTOP_TMPDIR", "" },	{ "XDG_STATE_HOME", "/state" },
	{ "XDG_CONFIG_HOME", "/config" }, { "XDG_CACHE_HOME", "/cache" },
	{ "XDG_DATA_HOME", "/data" },	{ "XDG_RUNTIME_DIR", "/runtime" },
	{ "TERMINFO", "/terminfo" },
};

static int
make_dir(struct e2e *e)
{
	char path[E2E_PATH_MAX];

	snprintf(e->dir, sizeof e->dir, "/tmp/pt-XXXXXX");
	if (mkdtemp(e->dir) == NULL) {
		perror(e->dir);
		return -1;
	}
	for (size_t i = 0; i < COUNT(places); i++) {
		snprintf(path, sizeof path, "%s%s", e->dir, places[i].below);
		if (mkdir(path, 0700) == -1 && errno != EEXIST) {
			perror(path);
			return -1;
		}
		setenv(places[i].name, path, 1);
	}
	return 0;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	return remove(path);
}

static int
remove_dir(const char *dir)
{
	if (nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0)
		return 0;
	perror(dir);
	return -1;
}

/* Without tic the mouse stays dead; everything else works as xterm, too. */
static const char *
make_term(struct e2e *e)
{
	const char *srcdir = getenv("srcdir");
	char source[PATH_MAX], into[E2E_PATH_MAX];
	struct proc *p;
	bool made;

	snprintf(source, sizeof source, "%s/tests/e2e/vterm.ti",
	    srcdir != NULL ? srcdir : ".");
	e2e_path(e, into, "terminfo");
	p = proc_run(WORDS("tic", "-x", "-o", into, source), NULL, NULL);
	made = p->ended && p->status == 0;
	if (!made)
		print_message("no %s: %s", LIBVTERM_TERM, proc_err(p));
	proc_free(p);
	return made ? LIBVTERM_TERM : "xterm-256color";
}

int
e2e_setup(void **state)
{
	struct e2e *e = mem_alloc(sizeof *e);

	*state = e;
	proc_init();
	if (make_dir(e) == -1)
		return -1;
	e->term = make_term(e);
	return 0;
}

int
e2e_teardown(void **state)
{
	struct e2e *e = *state;
	int rc = 0;

	for (size_t i = 0; i < e->nvts; i++)
		vt_free(e->vts[i]);
	for (size_t i = 0; i < e->nprocs; i++)
		proc_free(e->procs[i]);
	if (!proc_wait_none(PROC_BOUND / 4)) {
		fprintf(stderr, "the test left behind:\n");
		proc_print_descendants();
		proc_kill_all();
		rc = -1;
	}
	if (remove_dir(e->dir) == -1)
		rc = -1;
	free(e);
	return rc;
}

/* ---- files ---- */

const char *
e2e_pooltop(void)
{
	const char *path = getenv("POOLTOP");

	return path != NULL ? path : "./pooltop";
}

const char *
e2e_path(const struct e2e *e, char out[E2E_PATH_MAX], const char *name)
{
	int n = snprintf(out, E2E_PATH_MAX, "%s/%s", e->dir, name);

	assert(n < E2E_PATH_MAX);
	return out;
}

void
e2e_write(const struct e2e *e, const char *name, const char *text)
{
	char path[E2E_PATH_MAX];
	FILE *f = fopen(e2e_path(e, path, name), "we");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

char *
e2e_read(const char *path)
{
	struct buf b = { 0 };
	FILE *f = fopen(path, "re");
	size_t n;

	if (f == NULL)
		return NULL;
	while ((n = fread(buf_room(&b, 4096), 1, 4096, f)) > 0)
		b.len += n;
	fclose(f);
	buf_put_u8(&b, '\0');
	return (char *)b.data;
}

bool
e2e_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

static bool
exists(void *path)
{
	return e2e_exists(path);
}

bool
e2e_wait_exists(const char *path)
{
	return proc_wait_until(exists, (void *)(uintptr_t)path, PROC_BOUND);
}

/* ---- what a test starts ---- */

static struct proc *
keep_proc(struct e2e *e, struct proc *p)
{
	assert(e->nprocs < E2E_STARTED_MAX);
	return e->procs[e->nprocs++] = p;
}

struct proc *
e2e_start(struct e2e *e, const char *const argv[], const struct proc_how *how)
{
	return keep_proc(e, proc_start(argv, how));
}

struct proc *
e2e_run(struct e2e *e, const char *const argv[], const char *input)
{
	return keep_proc(e, proc_run(argv, NULL, input));
}

struct vt *
e2e_open_sized(struct e2e *e, const char *const argv[],
    const char *const env[], int rows, int cols)
{
	assert(e->nvts < E2E_STARTED_MAX);
	return e->vts[e->nvts++] = vt_start(argv, env, rows, cols, e->term);
}

struct vt *
e2e_open(struct e2e *e, const char *const argv[])
{
	return e2e_open_sized(e, argv, NULL, 24, 80);
}

/* ---- failing with something to look at ---- */

/* To stderr: what cmocka prints is cut at 1024 bytes, less than a screen. */

static void
print_screen(struct vt *t)
{
	char *screen = vt_dump(t);

	fprintf(stderr, "the screen, %dx%d%s:\n%s----\n", t->rows, t->cols,
	    t->eof ? ", left by the program" : "", screen);
	free(screen);
}

static const char *
status_words(char out[64], int status)
{
	if (status == -1)
		snprintf(out, 64, "still runs");
	else if (WIFSIGNALED(status))
		snprintf(out, 64, "died of signal %d", WTERMSIG(status));
	else
		snprintf(out, 64, "exited with %d", WEXITSTATUS(status));
	return out;
}

static bool
exited_is(int status, int code)
{
	return status != -1 && WIFEXITED(status) && WEXITSTATUS(status) == code;
}

void
e2e_see(struct vt *t, const char *text, bool wanted, const char *file,
    int line)
{
	if (wanted ? vt_wait(t, text, PROC_BOUND) :
	    vt_wait_not(t, text, PROC_BOUND))
		return;
	fprintf(stderr, "waited for %s\"%s\"\n", wanted ? "" : "the end of ",
	    text);
	print_screen(t);
	_fail(file, line);
}

void
e2e_see_that(struct vt *t, bool (*holds)(struct vt *, void *), void *arg,
    const char *what, const char *file, int line)
{
	if (vt_wait_until(t, holds, arg, PROC_BOUND))
		return;
	fprintf(stderr, "waited for %s\n", what);
	print_screen(t);
	_fail(file, line);
}

void
e2e_ends(struct vt *t, int code, const char *file, int line)
{
	int status = vt_wait_exit(t, PROC_BOUND);
	char words[64];

	if (exited_is(status, code))
		return;
	fprintf(stderr, "expected exit status %d, it %s\n", code,
	    status_words(words, status));
	print_screen(t);
	_fail(file, line);
}

void
e2e_exits(struct proc *p, int code, const char *file, int line)
{
	int status = proc_wait(p, PROC_BOUND);
	char words[64];

	if (exited_is(status, code))
		return;
	fprintf(stderr, "expected exit status %d, it %s\n", code,
	    status_words(words, status));
	fprintf(stderr, "stdout:\n%s----\nstderr:\n%s----\n", proc_out(p),
	    proc_err(p));
	_fail(file, line);
}

void
e2e_nobody_left(const char *file, int line)
{
	if (proc_wait_none(PROC_BOUND))
		return;
	fprintf(stderr, "still there:\n");
	proc_print_descendants();
	_fail(file, line);
}
