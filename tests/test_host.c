#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <math.h>
#include <sched.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/text.h"
#include "host/cgroup.h"
#include "host/cores.h"
#include "host/cpus.h"
#include "host/file.h"
#include "host/host.h"
#include "host/load.h"
#include "host/memory.h"
#include "host/subtree.h"
#include "model/run.h"
#include "test.h"

enum { TRIES = 60000, FAMILY_MAX = 64, BIG = 1 << 20 };

/* A machine that is kept in the source tree. */
static const char *
kept(const char *name)
{
	static char path[PATH_MAX];
	const char *srcdir = getenv("srcdir");

	snprintf(path, sizeof path, "%s/tests/data/host/%s",
	    srcdir != NULL ? srcdir : ".", name);
	return path;
}

/* A machine that a test writes itself: made by setup, gone with teardown. */
static char made[PATH_MAX];

static int
setup(void **state)
{
	const char *tmp = getenv("TMPDIR");

	snprintf(made, sizeof made, "%s/test_host.XXXXXX",
	    tmp != NULL ? tmp : "/tmp");
	return mkdtemp(made) == NULL ? -1 : 0;
}

static int
forget(const char *path, const struct stat *st, int type, struct FTW *at)
{
	return remove(path);
}

static int
teardown(void **state)
{
	return nftw(made, forget, 16, FTW_DEPTH | FTW_PHYS);
}

/* Write over a file without making it anew: readers keep theirs open. */
static void
put(const char *name, const void *data, size_t len)
{
	char path[PATH_MAX * 2];
	int fd;

	snprintf(path, sizeof path, "%s/%s", made, name);
	for (char *s = path + strlen(made) + 1; (s = strchr(s, '/')); s++) {
		*s = '\0';
		mkdir(path, 0700);
		*s = '/';
	}
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd != -1);
	assert_int_equal(write(fd, data, len), (ssize_t)len);
	close(fd);
}

static void
put_text(const char *name, const char *text)
{
	put(name, text, strlen(text));
}

static void
sample_once(const char *root, struct run_host *out)
{
	struct err err = { "" };
	struct host *h = host_open(root, &err);

	assert_string_equal(err.text, "");
	assert_non_null(h);
	host_sample(h, out);
	host_close(h);
}

/* Whatever the files say: what no machine can be is never reported. */
static void
assert_possible(const struct run_host *h)
{
	assert_true(text_utf8_is(h->name, strlen(h->name)));
	assert_in_range(h->cores_usable, 1, CPUS_MAX);
	assert_true(h->cores_online == 0 || h->cores_usable <= h->cores_online);
	assert_true(*h->cores_why != '\0');
	for (int i = 0; i < 3; i++)
		assert_true(isnan(h->load[i]) || h->load[i] >= 0);
	if (h->memory_total != SIZE_UNKNOWN) {
		assert_true(h->memory_free == SIZE_UNKNOWN ||
		    h->memory_free <= h->memory_total);
		assert_true(h->memory_available == SIZE_UNKNOWN ||
		    h->memory_available <= h->memory_total);
	}
	if (h->swap_total != SIZE_UNKNOWN)
		assert_true(h->swap_free == SIZE_UNKNOWN ||
		    h->swap_free <= h->swap_total);
	assert_in_range(h->ncores, 0, RUN_CORES_MAX);
	assert_int_equal(h->ncores == 0, isnan(h->busy));
	for (unsigned int i = 0; i < h->ncores; i++)
		assert_true(isnan(h->core_busy[i]) ||
		    (h->core_busy[i] >= 0 && h->core_busy[i] <= 1));
	assert_true(isnan(h->busy) || (h->busy >= 0 && h->busy <= CPUS_MAX));
}

static void
a_line_that_does_not_fit_is_left_out(void **state)
{
	char text[16], *more = NULL;
	size_t size;
	int fd;

	put_text("a/file", "one 12\ntwo 345678\n");
	fd = file_open(made, "/%s/file", "a");
	assert_true(fd != -1);
	assert_int_equal(file_read(fd, text, sizeof text), 7);
	assert_string_equal(text, "one 12\n");
	assert_int_equal(file_read(fd, text, 7), 0);
	assert_string_equal(text, "");
	assert_int_equal(file_read_grow(fd, &more, &size, 10), 7);
	assert_string_equal(more, "one 12\n");
	assert_int_equal(file_read_grow(fd, &more, &size, 100), 18);
	assert_string_equal(file_find(more, "two"), " 345678\n");
	assert_null(file_find(more, "345"));
	free(more);
	close(fd);
}

static void
numbers_above_their_limit_are_none(void **state)
{
	static const struct {
		const char *text;
		uint64_t    max;
		int	    rc;
	} cases[] = { { " \t7x", 7, 0 }, { "8", 7, -1 }, { "", 7, -1 },
	    { "-1", 7, -1 }, { "\n1", 7, -1 }, { "10", 9, -1 },
	    { "18446744073709551615", UINT64_MAX, 0 },
	    { "18446744073709551616", UINT64_MAX, -1 },
	    { "18446744073709551615", UINT64_MAX - 1, -1 },
	    { "184467440737095516150", UINT64_MAX, -1 } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *s = cases[i].text;
		uint64_t v = 3;

		assert_int_equal(file_number(&s, cases[i].max, &v),
		    cases[i].rc);
		assert_int_equal(s == cases[i].text, cases[i].rc == -1);
		assert_int_equal(v == 3, cases[i].rc == -1);
	}
}

static void
a_load_is_three_numbers_or_not_known(void **state)
{
	static const char *const wrong[] = { "", "1.00", "1.00 2.00",
	    "1.00 2.00 3.0", "1.00 2.00 3", "1.00 2.000 3.00 ",
	    "1.00 -2.00 3.00", "1,00 2,00 3,00", "1. 2. 3. ",
	    "99999999999.00 1.00 1.00", "nan nan nan" };
	struct load l;
	double load[3];

	put_text("proc/loadavg", "1.05 2.50 10.00 1/2 3");
	load_init(&l, made);
	load_read(&l, load);
	assert_true(load[0] == 1.05 && load[1] == 2.5 && load[2] == 10);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		put_text("proc/loadavg", wrong[i]);
		load_read(&l, load);
		assert_true(isnan(load[0]) && isnan(load[1]) &&
		    isnan(load[2]));
	}
	load_clear(&l);
}

static void
a_normal_machine_is_read_right(void **state)
{
	struct run_host h;

	sample_once(kept("normal"), &h);
	assert_possible(&h);
	assert_string_equal(h.name, "node7");
	assert_int_equal(h.cores_online, 4);
	assert_int_equal(h.cores_usable, 2);
	assert_string_equal(h.cores_why, "affinity mask allows 2 of 4");
	assert_true(h.load[0] == 7.9 && h.load[1] == 12.05 && h.load[2] == 0);
	assert_true(h.memory_total == 16384000u * UINT64_C(1024));
	assert_true(h.memory_free == 1024000u * UINT64_C(1024));
	assert_true(h.memory_available == 8192000u * UINT64_C(1024));
	assert_true(h.swap_total == 2048000u * UINT64_C(1024));
	assert_true(h.swap_free == 2000000u * UINT64_C(1024));
}

static void
a_first_sample_says_nothing_of_busy_cores(void **state)
{
	struct run_host h;

	sample_once(kept("normal"), &h);
	assert_int_equal(h.ncores, 0);
	assert_true(isnan(h.busy));
}

static void
an_old_kernel_lacks_some_figures_and_no_others(void **state)
{
	struct run_host h;

	sample_once(kept("old"), &h);
	assert_possible(&h);
	assert_true(h.memory_available == SIZE_UNKNOWN);
	assert_true(h.memory_total == 512000u * UINT64_C(1024));
	assert_true(h.swap_total == 0 && h.swap_free == 0);
	assert_int_equal(h.cores_online, 2);	/* cpu0 and cpu2 of stat */
	assert_int_equal(h.cores_usable, 2);
	assert_string_equal(h.cores_why, "all online");
	assert_string_equal(h.name, "");
}

static void
more_cpus_than_a_cpu_set_holds_are_counted(void **state)
{
	struct host_cpus c;

	cpus_read(kept("big"), NULL, &c);
	assert_int_equal(c.online, 2048);
	assert_int_equal(c.usable, 512);
	assert_string_equal(c.why, "affinity mask allows 512 of 2048");
	assert_true(isnan(c.quota));
}

static void
what_is_missing_is_unknown(void **state)
{
	struct run_host h;

	put_text("proc/nothing", "");
	sample_once(made, &h);
	assert_possible(&h);
	assert_string_equal(h.name, "");
	assert_int_equal(h.cores_online, 0);
	assert_int_equal(h.cores_usable, 1);
	assert_string_equal(h.cores_why, "not known, at least one");
	assert_true(isnan(h.load[0]) && isnan(h.load[1]) && isnan(h.load[2]));
	assert_true(h.memory_total == SIZE_UNKNOWN);
	assert_true(h.memory_free == SIZE_UNKNOWN);
	assert_true(h.memory_available == SIZE_UNKNOWN);
	assert_true(h.swap_total == SIZE_UNKNOWN);
	assert_true(h.swap_free == SIZE_UNKNOWN);
	assert_int_equal(h.ncores, 0);
}

static void
a_tree_without_proc_is_refused_in_words(void **state)
{
	struct err err = { "" };

	assert_null(host_open(made, &err));
	assert_non_null(strstr(err.text, made));
	assert_non_null(strstr(err.text, "No such file"));
	put_text("proc", "a file");
	assert_null(host_open(made, &err));
}

static void
absurd_figures_are_unknown(void **state)
{
	struct run_host h;
	struct cgroup *cg = cgroup_open(kept("absurd"));

	assert_true(isnan(cgroup_cpu_quota(cg)));
	cgroup_close(cg);
	sample_once(kept("absurd"), &h);
	assert_possible(&h);
	assert_string_equal(h.name, "a^[]0;b^G");
	assert_int_equal(h.cores_usable, 4);	/* those that stat names */
	assert_true(isnan(h.load[0]));
	assert_true(h.memory_total == 100 * 1024);
	assert_true(h.memory_free == SIZE_UNKNOWN);
	assert_true(h.memory_available == SIZE_UNKNOWN);
	assert_true(h.swap_total == SIZE_UNKNOWN);
	assert_true(h.swap_free == SIZE_UNKNOWN);
}

/* Write each text as proc/stat, sample, and give the last sample. */
static unsigned int
samples(const char *const *text, size_t n, float *busy, double *total)
{
	struct cores *c;
	unsigned int last = 0;

	put_text("proc/stat", "");
	c = cores_open(made);
	for (size_t i = 0; i < n; i++) {
		put_text("proc/stat", text[i]);
		last = cores_sample(c, busy, total);
	}
	cores_close(c);
	return last;
}

static void
broken_lines_of_stat_are_no_cores(void **state)
{
	static const char *const text[] = { "cpu0 -5 1 2 3 4\ncpu1 1 2 x 4\n"
	    "cpu2 1 2 3\ncpu3\t1 2 3 4\ncpux 1 2 3 4\ncpu70000 1 2 3 4\n"
	    "cpu5 99999999999999999999 0 0 1\ncpu6 1 2 3 4;\n cpu7 1 2 3 4",
	    "cpu0 -5 2 3 4 5\ncpu1 2 3 x 5\n"
	    "cpu2 2 3 4\ncpu3\t2 3 4 5\ncpux 2 3 4 5\ncpu70000 2 3 4 5\n"
	    "cpu5 99999999999999999999 0 0 2\ncpu6 2 3 4 5;\n cpu7 2 3 4 5" };
	float busy[RUN_CORES_MAX];
	double total;

	assert_int_equal(samples(text, 2, busy, &total), 0);
	assert_true(isnan(total));
}

static void
busy_is_what_was_neither_idle_nor_waiting(void **state)
{
	/* user nice system idle iowait irq softirq steal guest */
	static const char *const text[] = {
	    "cpu  0 0 0 0\ncpu0 0 0 0 0 0 0 0 0 0\ncpu1 0 0 0 0 0 0 0 0 0\n",
	    "cpu  0 0 0 0\ncpu0 10 10 10 25 25 5 5 10 10\n"
	    "cpu1 0 0 0 100 0 0 0 0 0" };
	float busy[RUN_CORES_MAX];
	double total;

	assert_int_equal(samples(text, 2, busy, &total), 2);
	assert_true(busy[0] == 0.5f);
	assert_true(busy[1] == 0);
	assert_true(total == 0.5);
}

static void
a_core_that_was_offline_is_unknown_not_idle(void **state)
{
	static const char *const text[] = {
	    "cpu0 0 0 0 0\ncpu1 0 0 0 0\ncpu3 0 0 0 0\n",
	    "cpu0 10 0 0 0\ncpu3 0 0 0 10\n",
	    "cpu0 20 0 0 0\ncpu1 50 0 0 50\ncpu3 5 0 0 15\n",
	    "cpu0 30 0 0 0\ncpu1 51 0 0 53\n" };
	float busy[RUN_CORES_MAX];
	double total;

	assert_int_equal(samples(text, 2, busy, &total), 4);
	assert_true(busy[0] == 1 && busy[3] == 0 && total == 1);
	assert_true(isnan(busy[1]) && isnan(busy[2]));
	assert_int_equal(samples(text, 3, busy, &total), 4);
	assert_true(busy[0] == 1 && busy[3] == 0.5f && total == 1.5);
	assert_true(isnan(busy[1]));	/* back, but seen once only */
	assert_int_equal(samples(text, 4, busy, &total), 2);
	assert_true(busy[0] == 1 && busy[1] == 0.25f && total == 1.25);
}

static void
counters_that_go_backwards_stand_still(void **state)
{
	static const char *const text[] = {
	    "cpu0 10 0 0 100 900 0 0 50\ncpu1 9 9 9 9 9 9 9 9\n",
	    "cpu0 20 0 0 110 100 0 0 20\ncpu1 8 8 8 8 8 8 8 8\n",
	    "cpu0 30 0 0 110 110 0 0 40\ncpu1 9 8 8 9 8 8 8 8\n" };
	float busy[RUN_CORES_MAX];
	double total;

	assert_int_equal(samples(text, 2, busy, &total), 2);
	assert_true(busy[0] == 0.5f);
	assert_true(isnan(busy[1]));	/* nothing went forward */
	assert_int_equal(samples(text, 3, busy, &total), 2);
	assert_true(busy[0] == 0.75f);
	assert_true(busy[1] == 0.5f);
}

static void
a_core_keeps_its_figure_until_a_tick_has_passed(void **state)
{
	static const char *const text[] = { "cpu0 0 0 0 0\n",
	    "cpu0 1 0 0 3\n", "cpu0 1 0 0 3\n", "cpu0 2 0 0 3\n" };
	float busy[RUN_CORES_MAX];
	double total;

	assert_int_equal(samples(text, 3, busy, &total), 1);
	assert_true(busy[0] == 0.25f);
	assert_int_equal(samples(text, 4, busy, &total), 1);
	assert_true(busy[0] == 1);
}

static void
of_a_core_named_twice_the_first_line_holds(void **state)
{
	static const char *const text[] = { "cpu0 0 0 0 0\ncpu0 0 0 0 0\n",
	    "cpu0 10 0 0 0\ncpu0 0 0 0 10\n" };
	float busy[RUN_CORES_MAX];
	double total;

	assert_int_equal(samples(text, 2, busy, &total), 1);
	assert_true(busy[0] == 1 && total == 1);
}

static void
cores_beyond_those_shown_count_in_the_total(void **state)
{
	enum { N = RUN_CORES_MAX + 500, LINE = 32 };
	char *text[2];
	float busy[RUN_CORES_MAX];
	double total;

	for (int i = 0; i < 2; i++) {
		size_t used = 0;

		text[i] = malloc(N * LINE);
		assert_non_null(text[i]);
		for (int n = 0; n < N; n++)
			used += (size_t)snprintf(text[i] + used, LINE,
			    "cpu%d %d 0 0 %d 0\n", n, 7 * i, 7 * i);
	}
	assert_int_equal(samples((const char *const *)text, 2, busy, &total),
	    RUN_CORES_MAX);
	assert_true(busy[RUN_CORES_MAX - 1] == 0.5f);
	assert_true(total == N / 2.0);
	free(text[0]);
	free(text[1]);
}

static void
the_smallest_quota_of_all_ancestors_holds(void **state)
{
	static const struct {
		const char *name;
		double	    quota;
	} cases[] = { { "normal", 1.5 }, { "hybrid", 0.5 },
	    { "container", 2.5 } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct cgroup *cg = cgroup_open(kept(cases[i].name));
		struct host_cpus c;

		cpus_read(kept(cases[i].name), cg, &c);
		assert_true(c.quota == cases[i].quota);
		cgroup_close(cg);
	}
}

static void
a_quota_is_read_anew_each_time(void **state)
{
	static const char dir[] = "sys/a b/top/leaf/cpu.max";
	struct cgroup *cg;

	put_text("proc/self/cgroup", "0::/leaf");
	put_text("proc/self/mountinfo",
	    "41 31 0:38 /../.. /elsewhere rw - cgroup2 none rw\n"
	    "42 31 0:38 / /sys/a\\040b/top rw master:1 x:2 - cgroup2 none rw");
	cg = cgroup_open(made);
	assert_true(isnan(cgroup_cpu_quota(cg)));
	put_text(dir, "25000 100000\n");
	assert_true(cgroup_cpu_quota(cg) == 0.25);
	put_text(dir, "max 100000\n");
	assert_true(isnan(cgroup_cpu_quota(cg)));
	put_text("sys/a b/top/cpu.max", "700000 100000\n");
	assert_true(cgroup_cpu_quota(cg) == 7);
	put_text(dir, "100000 0\n");
	assert_true(cgroup_cpu_quota(cg) == 7);
	put_text(dir, "-5 100000\n");
	assert_true(cgroup_cpu_quota(cg) == 7);
	cgroup_close(cg);
}

/* A mount that begins above all we see: its top is an ancestor of ours. */
static void
a_mount_from_outside_shows_the_quota_of_its_top(void **state)
{
	struct cgroup *cg;

	put_text("proc/self/cgroup", "0::/leaf\n");
	put_text("proc/self/mountinfo",
	    "41 31 0:38 /../.. /outer rw - cgroup2 none rw\n");
	put_text("outer/cpu.max", "350000 100000\n");
	put_text("outer/leaf/cpu.max", "1000 100000\n");	/* another's */
	cg = cgroup_open(made);
	assert_true(cgroup_cpu_quota(cg) == 3.5);
	cgroup_close(cg);
}

static const char *const all_files[] = { "proc/stat", "proc/meminfo",
	"proc/loadavg", "proc/self/status", "proc/self/cgroup",
	"proc/self/mountinfo", "proc/sys/kernel/hostname",
	"sys/devices/system/cpu/online", "sys/fs/cgroup/cpu.max",
	"sys/fs/cgroup/cpu.cfs_quota_us", "sys/fs/cgroup/cpu.cfs_period_us",
	"proc/10/task/10/children" };

static void
read_everything(struct host *h)
{
	struct run_host out;
	struct cgroup *cg = cgroup_open(made);
	struct host_cpus c;
	pid_t pid[8];

	host_sample(h, &out);
	assert_possible(&out);
	cpus_read(made, cg, &c);
	assert_true(isnan(c.quota) || c.quota > 0);
	cgroup_close(cg);
	assert_in_range(subtree_list(made, 10, pid, COUNT(pid)), 0, 8);
}

static void
fill_all(char *data, size_t len)
{
	for (size_t i = 0; i < COUNT(all_files); i++)
		put(all_files[i], data, len);
}

static void
empty_files_nuls_and_lines_without_end_do_no_harm(void **state)
{
	static const int fills[] = { '\0', '\n', ' ', '7', ',', ':', '/',
	    '\\', '\xff' };
	char *data = malloc(BIG);
	struct err err;
	struct host *h;

	assert_non_null(data);
	fill_all(data, 0);
	h = host_open(made, &err);
	assert_non_null(h);
	read_everything(h);
	for (size_t i = 0; i < COUNT(fills); i++) {
		memset(data, fills[i], BIG);
		fill_all(data, i % 2 != 0 ? BIG : BIG - 1);
		read_everything(h);
	}
	host_close(h);
	free(data);
}

/* Pieces that make it likely to come far into a parser. */
static size_t
garbage(uint64_t *seed, char *out, size_t max)
{
	static const char *const piece[] = { "cpu", "cpu0 ", "cpu1 ", "cpu3 ",
	    "cpu1023 ", "cpu1024 ", "cpu8191 ", "\ncpu ", "\n", " ", "0", "1",
	    "7", "-", ",", "-1", "0-3", "99999999999999999999", "65535",
	    "65536", "MemTotal:", "\nMemFree: ", "\nMemAvailable: ", " kB\n",
	    "\nSwapTotal: ", "\nSwapFree: ", ".", "0.25 ", "12.50 ",
	    "Cpus_allowed_list:\t", "\n0::/", "1:cpu:/", "a/", "..", "/",
	    "41 31 0:38 / /sys/fs/cgroup rw - cgroup2 x rw\n",
	    "41 31 0:38 /a /sys/fs/cgroup rw - cgroup x rw,cpu\n", " - ",
	    "cgroup2 ", "\\040", "\\0", "max ", "100000", "\033[2J", "\xc3" };
	size_t len = 0, n;

	for (uint64_t k = test_random(seed) % 40; k > 0; k--) {
		const char *p = piece[test_random(seed) % COUNT(piece)];

		n = strlen(p);
		if (len + n + 1 > max)
			break;
		memcpy(out + len, p, n);
		len += n;
		if (test_random(seed) % 8 == 0)
			out[len++] = (char)test_random(seed);
	}
	return len;
}

static void
random_files_never_crash_and_never_give_the_impossible(void **state)
{
	uint64_t seed = 11;
	char data[1024];
	struct err err;
	struct host *h;

	put_text("proc/stat", "");
	for (int i = 0; i < 300; i++) {
		if (i % 30 == 0)
			fill_all(data, 0);
		h = host_open(made, &err);
		assert_non_null(h);
		for (int k = 0; k < 4; k++) {
			for (size_t f = 0; f < COUNT(all_files); f++)
				put(all_files[f], data,
				    garbage(&seed, data, sizeof data));
			read_everything(h);
		}
		host_close(h);
	}
}

/* Counters as a machine has them, in any order: fractions stay fractions. */
static void
random_counters_give_fractions(void **state)
{
	uint64_t seed = 12;
	float busy[RUN_CORES_MAX];
	double total;
	char text[4096];
	struct cores *c;

	put_text("proc/stat", "");
	c = cores_open(made);
	for (int i = 0; i < 2000; i++) {
		size_t n = 0;
		unsigned int got;
		double sum = 0;

		for (int cpu = 0; cpu < 8; cpu++) {
			if (test_random(&seed) % 6 == 0)
				continue;
			n += (size_t)snprintf(text + n, 8, "cpu%d", cpu);
			for (int k = 0; k < 10; k++)
				n += (size_t)snprintf(text + n, 24, " %llu",
				    (unsigned long long)(test_random(&seed) >>
				    (4 + test_random(&seed) % 60)));
			text[n++] = '\n';
		}
		put("proc/stat", text, n);
		got = cores_sample(c, busy, &total);
		assert_true(i < 2 || got > 0);
		for (unsigned int k = 0; k < got; k++) {
			if (isnan(busy[k]))
				continue;
			assert_true(busy[k] >= 0 && busy[k] <= 1);
			sum += (double)busy[k];
		}
		assert_true(got == 0 || fabs(total - sum) < 1e-4);
	}
	cores_close(c);
}

static void
descendants_of_all_threads_are_listed_once(void **state)
{
	static const pid_t want[] = { 11, 12, 13, 14, 16, 17 };
	pid_t pid[FAMILY_MAX];
	ssize_t n = subtree_list(kept("normal"), 10, pid, FAMILY_MAX);
	uint64_t seen = 0;

	assert_int_equal(n, COUNT(want));
	for (ssize_t i = 0; i < n; i++)
		seen |= UINT64_C(1) << pid[i];
	for (size_t i = 0; i < COUNT(want); i++)
		assert_true(seen & UINT64_C(1) << want[i]);
	assert_int_equal(pid[3], 14);	/* children first, then theirs */
	assert_int_equal(pid[5], 17);
	assert_int_equal(subtree_list(kept("normal"), 16, pid, 9), 1);
	assert_int_equal(subtree_list(kept("normal"), 99, pid, 1), -1);
}

static void
a_list_of_descendants_ends_where_there_is_no_room(void **state)
{
	pid_t pid[3] = { 0, 0, -7 };

	assert_int_equal(subtree_list(kept("normal"), 10, pid, 2), 2);
	assert_int_equal(pid[2], -7);
}

static void
many_children_are_all_listed(void **state)
{
	enum { N = 20000, FIRST = 1000000 };
	char *text = malloc(N * 9);
	pid_t *pid = malloc((N + 1) * sizeof *pid);
	size_t used = 0;

	assert_true(text != NULL && pid != NULL);
	for (int i = 0; i < N; i++)
		used += (size_t)snprintf(text + used, 9, "%d ", FIRST + i);
	put("proc/10/task/10/children", text, used);
	assert_int_equal(subtree_list(made, 10, pid, N + 1), N);
	assert_int_equal(pid[N - 1], FIRST + N - 1);
	free(text);
	free(pid);
}

/* From here on: this machine. */

static void
this_machine_is_plausible(void **state)
{
	struct run_host h;
	char name[256];
	struct cgroup *cg = cgroup_open("");
	double quota = cgroup_cpu_quota(cg);

	cgroup_close(cg);
	assert_true(isnan(quota) || quota > 0);
	sample_once("", &h);
	assert_possible(&h);
	assert_true(h.cores_online >= 1);
	assert_true(h.memory_total != SIZE_UNKNOWN);
	assert_true(h.memory_free != SIZE_UNKNOWN);
	assert_true(!isnan(h.load[0]));
	assert_int_equal(gethostname(name, sizeof name), 0);
	assert_memory_equal(h.name, name, strnlen(name, 32));
	sample_once("/", &h);
	assert_possible(&h);
}

/* One CPU of those we have: usable is one, and the words say so. */
static void
a_narrower_affinity_mask_is_seen(void **state)
{
	struct host_cpus before, c;
	size_t size = CPU_ALLOC_SIZE(CPUS_MAX);
	cpu_set_t *old = calloc(1, size), *one = calloc(1, size);
	char why[96];
	size_t first = 0;

	assert_true(old != NULL && one != NULL);
	assert_int_equal(sched_getaffinity(0, size, old), 0);
	while (!CPU_ISSET_S(first, size, old))
		first++;
	CPU_SET_S(first, size, one);
	cpus_read("", NULL, &before);
	assert_int_equal(sched_setaffinity(0, size, one), 0);
	cpus_read("", NULL, &c);
	assert_int_equal(sched_setaffinity(0, size, old), 0);
	free(old);
	free(one);
	assert_int_equal(c.usable, 1);
	assert_int_equal(c.online, before.online);
	snprintf(why, sizeof why, "affinity mask allows 1 of %u", c.online);
	assert_string_equal(c.why, c.online == 1 ? "all online" : why);
}

static void
pause_ms(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
}

static void
cores_of_this_machine_are_fractions(void **state)
{
	struct err err;
	struct host *h = host_open("", &err);
	struct run_host out;
	int tries = 0;

	assert_non_null(h);
	do {
		pause_ms();
		host_sample(h, &out);
		assert_possible(&out);
	} while (out.ncores == 0 && ++tries < TRIES);
	assert_true(out.ncores > 0);
	host_close(h);
}

#define here(test) cmocka_unit_test(test)
#define made_here(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		made_here(a_line_that_does_not_fit_is_left_out),
		here(numbers_above_their_limit_are_none),
		made_here(a_load_is_three_numbers_or_not_known),
		here(a_normal_machine_is_read_right),
		here(a_first_sample_says_nothing_of_busy_cores),
		here(an_old_kernel_lacks_some_figures_and_no_others),
		here(more_cpus_than_a_cpu_set_holds_are_counted),
		made_here(what_is_missing_is_unknown),
		made_here(a_tree_without_proc_is_refused_in_words),
		here(absurd_figures_are_unknown),
		made_here(broken_lines_of_stat_are_no_cores),
		made_here(busy_is_what_was_neither_idle_nor_waiting),
		made_here(a_core_that_was_offline_is_unknown_not_idle),
		made_here(counters_that_go_backwards_stand_still),
		made_here(a_core_keeps_its_figure_until_a_tick_has_passed),
		made_here(of_a_core_named_twice_the_first_line_holds),
		made_here(cores_beyond_those_shown_count_in_the_total),
		here(the_smallest_quota_of_all_ancestors_holds),
		made_here(a_quota_is_read_anew_each_time),
		made_here(a_mount_from_outside_shows_the_quota_of_its_top),
		made_here(empty_files_nuls_and_lines_without_end_do_no_harm),
		made_here(
		    random_files_never_crash_and_never_give_the_impossible),
		made_here(random_counters_give_fractions),
		here(descendants_of_all_threads_are_listed_once),
		here(a_list_of_descendants_ends_where_there_is_no_room),
		made_here(many_children_are_all_listed),
		here(this_machine_is_plausible),
		here(a_narrower_affinity_mask_is_seen),
		here(cores_of_this_machine_are_fractions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
