#include <sys/stat.h>

#include <fcntl.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "some_kernels.h"
#include "test.h"

enum { NOBODY = 65534 };

#define MANY_X "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"	/* 40 */

/* Empty, and with a name that a glob must not take for a pattern. */
static char folder[] = "/tmp/test_jobfile.[x]*XXXXXX";
static char path[64];

static void
file_write(const char *name, const void *text, size_t len)
{
	char *full = mem_printf("%s/%s", folder, name);
	FILE *f = fopen(full, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
	free(full);
}

static void
file_remove(const char *name)
{
	char *full = mem_printf("%s/%s", folder, name);

	remove(full);
	free(full);
}

static int
folder_make(void **state)
{
	if (mkdtemp(folder) == NULL)
		return -1;
	snprintf(path, sizeof path, "%s/job.yaml", folder);
	return 0;
}

static int
folder_remove(void **state)
{
	return rmdir(folder);
}

/* The faults, each on its line, without the path before them; free() it. */
static char *
faults_text(const struct jobfile_faults *f, const char *name)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < f->n; i++) {
		assert_int_equal(strncmp(f->line[i], name, strlen(name)), 0);
		buf_put(&b, f->line[i] + strlen(name),
		    strlen(f->line[i]) - strlen(name));
		buf_put_u8(&b, '\n');
	}
	buf_put_u8(&b, '\0');
	return (char *)b.data;
}

static void
assert_faults_n(const char *text, size_t len, const char *expected)
{
	struct jobfile_faults faults;
	struct jobs jobs;
	char *said;

	assert_int_equal(jobfile_parse(path, text, len, &some_kernels, &jobs,
	    &faults), -1);
	said = faults_text(&faults, path);
	assert_string_equal(said, expected);
	assert_int_equal(jobs.n, 0);
	assert_null(jobs.name);
	free(said);
	jobfile_faults_clear(&faults);
}

static void
assert_faults(const char *text, const char *expected)
{
	assert_faults_n(text, strlen(text), expected);
}

static void
good_parse(const char *text, struct jobs *jobs)
{
	struct jobfile_faults faults;

	if (jobfile_parse(path, text, strlen(text), &some_kernels, jobs,
	    &faults) == -1)
		fail_msg("%s", faults.line[0]);
	assert_int_equal(faults.n, 0);
	jobfile_faults_clear(&faults);
}

static void
assert_item(struct items *items, uint64_t at, const char *expected)
{
	struct err err;
	struct item item;
	char *joined;

	assert_int_equal(items_get(items, at, &item, &err), 0);
	joined = item_joined(&item);
	assert_string_equal(joined, expected);
	free(joined);
	item_clear(&item);
}

static const char whole[] =
    "pool:\n"
    "  workers: 150%   # as -j\n"
    "  nice: -5\n"
    "defaults: { retries: 2 }\n"
    "jobs:\n"
    "  - name: count primes\n"
    "    kernel: primes\n"
    "    params: { from: \"{1}\", to: \"{2}\" }\n"
    "    items: { range: { from: 1, to: 100, step: 30 } }\n"
    "    reduce: sum\n"
    "  - name: walk\n"
    "    kernel: collatz\n"
    "    params:\n"
    "      limit: \"{x}{y}\"\n"
    "    items: { matrix: { x: [1, 2], y: [\"0\", 7] } }\n"
    "    retries: 5\n";

static void
a_whole_job_file_becomes_the_model(void **state)
{
	struct jobs jobs;

	good_parse(whole, &jobs);
	assert_string_equal(jobs.name, "job.yaml");
	assert_int_equal(jobs.workers.how, SIZE_PERCENT);
	assert_int_equal(jobs.workers.n, 150);
	assert_true(jobs.nice_set);
	assert_int_equal(jobs.nice, -5);
	assert_int_equal(jobs.n, 2);
	assert_string_equal(jobs.job[0].name, "count primes");
	assert_string_equal(jobs.job[0].kernel, "primes");
	assert_int_equal(jobs.job[0].nparams, 2);
	assert_string_equal(jobs.job[0].params[1].name, "to");
	assert_string_equal(jobs.job[0].params[1].value, "{2}");
	assert_int_equal(jobs.job[0].reduce, REDUCE_SUM);
	assert_int_equal(jobs.job[0].retries, 2);
	assert_int_equal(items_count(jobs.job[0].items), 4);
	assert_item(jobs.job[0].items, 3, "91 100");
	assert_int_equal(jobs.job[1].reduce, REDUCE_NONE);
	assert_int_equal(jobs.job[1].retries, 5);
	assert_item(jobs.job[1].items, 1, "1 7");
	assert_item(jobs.job[1].items, 2, "2 0");
	assert_int_equal(jobs_count(&jobs), 8);
	jobs_clear(&jobs);
}

static void
what_is_not_said_is_left_open(void **state)
{
	struct jobs jobs;

	good_parse("jobs: [{kernel: spin}]", &jobs);
	assert_int_equal(jobs.workers.how, SIZE_DEFAULT);
	assert_false(jobs.nice_set);
	assert_int_equal(jobs.job[0].retries, 0);
	assert_int_equal(jobs.job[0].nparams, 0);
	assert_int_equal(items_count(jobs.job[0].items), 1);
	assert_int_equal(items_columns(jobs.job[0].items), 0);
	jobs_clear(&jobs);
}

static void
a_job_file_may_be_json(void **state)
{
	struct jobs jobs;

	good_parse("{\"pool\": {\"workers\": \"+1\", \"nice\": 0},\n"
	    "\"jobs\": [{\"kernel\": \"primes\", \"items\": [\"a b\", \"\", 3],"
	    "\n\"params\": {\"from\": 1, \"to\": \"{}\"}}]}", &jobs);
	assert_int_equal(jobs.workers.how, SIZE_PLUS);
	assert_true(jobs.nice_set);
	assert_int_equal(items_count(jobs.job[0].items), 3);
	assert_item(jobs.job[0].items, 0, "a b");
	assert_item(jobs.job[0].items, 1, "");
	assert_item(jobs.job[0].items, 2, "3");
	jobs_clear(&jobs);
}

static void
a_scalar_is_the_text_that_was_written(void **state)
{
	struct jobs jobs;

	good_parse("jobs:\n- kernel: spin\n  items: [on, 010, 1e3, ~, 'a''b',"
	    " 1_000, .5, é]\n", &jobs);
	assert_item(jobs.job[0].items, 0, "on");
	assert_item(jobs.job[0].items, 1, "010");
	assert_item(jobs.job[0].items, 2, "1e3");
	assert_item(jobs.job[0].items, 3, "~");
	assert_item(jobs.job[0].items, 4, "a'b");
	assert_item(jobs.job[0].items, 5, "1_000");
	assert_item(jobs.job[0].items, 6, ".5");
	assert_item(jobs.job[0].items, 7, "é");
	jobs_clear(&jobs);
}

static void
jobs_without_a_name_are_called_after_their_kernel(void **state)
{
	struct jobs jobs;

	good_parse("jobs: [{kernel: spin}, {kernel: spin},"
	    " {name: spin-3, kernel: spin}, {kernel: spin},"
	    " {name: spin, kernel: spin}]", &jobs);
	assert_string_equal(jobs.job[0].name, "spin-2");
	assert_string_equal(jobs.job[1].name, "spin-4");
	assert_string_equal(jobs.job[2].name, "spin-3");
	assert_string_equal(jobs.job[3].name, "spin-5");
	assert_string_equal(jobs.job[4].name, "spin");
	jobs_clear(&jobs);
}

static void
a_thousand_jobs_all_get_names_of_their_own(void **state)
{
	struct buf b = { 0 };
	struct jobs jobs;
	char *line;

	buf_put(&b, "jobs:\n", 6);
	for (int i = 0; i < JOBS_MAX; i++) {
		line = i % 2 == 0 ? mem_printf("- {kernel: spin}\n") :
		    mem_printf("- {kernel: spin, name: spin-%d}\n", i);
		buf_put(&b, line, strlen(line));
		free(line);
	}
	buf_put_u8(&b, '\0');
	good_parse((const char *)b.data, &jobs);
	assert_int_equal(jobs.n, JOBS_MAX);
	for (size_t i = 0; i < jobs.n; i++)
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(jobs.job[i].name,
			    jobs.job[k].name);
	jobs_clear(&jobs);
	b.data[b.len - 1] = '\n';
	buf_put(&b, "- {kernel: spin}\n", 18);
	assert_faults((const char *)b.data,
	    ":1003:3: jobs: at most 1000 were expected\n");
	buf_clear(&b);
}

static void
files_and_globs_are_looked_for_beside_the_job_file(void **state)
{
	struct jobs jobs;

	file_write("b.txt", "one\ntwo\n", 8);
	file_write("B.txt", "", 0);
	file_write("a.txt", "", 0);
	file_write("a.doc", "", 0);
	good_parse("jobs:\n- {kernel: spin, items: {file: b.txt}}\n"
	    "- {kernel: spin, items: {glob: \"*.t?t\"}}\n", &jobs);
	assert_int_equal(items_count(jobs.job[0].items), 2);
	assert_item(jobs.job[0].items, 1, "two");
	assert_int_equal(items_count(jobs.job[1].items), 3);
	assert_item(jobs.job[1].items, 0, "B.txt");
	assert_item(jobs.job[1].items, 1, "a.txt");
	assert_item(jobs.job[1].items, 2, "b.txt");
	jobs_clear(&jobs);
	assert_faults("jobs:\n- kernel: spin\n"
	    "  items: { glob: \"{a,b}.txt\" }\n",
	    ":3:18: glob: no file matches {a,b}.txt\n");
	file_remove("b.txt");
	file_remove("B.txt");
	file_remove("a.txt");
	file_remove("a.doc");
}

static void
absolute_paths_stay_as_they_are(void **state)
{
	struct jobs jobs;
	char *text, *expected;

	file_write("a.txt", "one\n", 4);
	text = mem_printf("jobs:\n"
	    "- {kernel: spin, items: {file: \"%s/a.txt\"}}\n"
	    "- {kernel: spin, items: {glob: \"/tmp/test_jobfile.?x?*%s/a*\"}}"
	    "\n", folder, strrchr(folder, '*') + 1);
	good_parse(text, &jobs);
	assert_item(jobs.job[0].items, 0, "one");
	expected = mem_printf("%s/a.txt", folder);
	assert_item(jobs.job[1].items, 0, expected);
	jobs_clear(&jobs);
	free(text);
	free(expected);
	file_remove("a.txt");
}

static void
a_missing_file_and_a_glob_without_match_are_faults(void **state)
{
	char *expected = mem_printf(
	    ":3:18: file: open %s/none: No such file or directory\n"
	    ":5:18: glob: no file matches *.none\n"
	    ":7:18: file: %s/. is not a regular file\n", folder, folder);

	assert_faults("jobs:\n- kernel: spin\n  items: { file: none }\n"
	    "- kernel: spin\n  items: { glob: \"*.none\" }\n"
	    "- kernel: spin\n  items: { file: . }\n", expected);
	free(expected);
}

static const struct {
	const char	*text;
	const char	*expected;
} broken[] = {
	/* the whole */
	{ "", ":1:1: the file is empty; a mapping with jobs was expected\n" },
	{ "# nothing\n",
	  ":1:1: the file is empty; a mapping with jobs was expected\n" },
	{ "hello", ":1:1: the job file: a mapping was expected, not "
	  "\"hello\"\n" },
	{ "- a\n", ":1:1: the job file: a mapping was expected, not a list\n" },
	{ "pool: {}\n", ":1:1: \"jobs\" is missing in the job file\n" },
	{ "jobs:\n", ":1:6: jobs: a list was expected, not nothing\n" },
	{ "jobs: []", ":1:7: jobs: at least one job was expected\n" },
	{ "jobs: {a: b}", ":1:7: jobs: a list was expected, not a mapping\n" },
	{ "jobs: [a, {kernel: spin}]",
	  ":1:8: a job: a mapping was expected, not \"a\"\n" },
	{ "job: []\n", ":1:1: unknown key \"job\" in the job file, did you "
	  "mean \"jobs\"?\n:1:1: \"jobs\" is missing in the job file\n" },
	{ "name: x\njobs: [{kernel: spin}]\n", ":1:1: unknown key \"name\" in "
	  "the job file; pool, defaults or jobs was expected\n" },
	{ "jobs: [{kernel: spin}]\njobs: []\n", ":2:1: key \"jobs\" is twice "
	  "in the job file; its first value is at line 1\n" },
	{ "[jobs]: []\njobs: [{kernel: spin}]", ":1:1: the job file: the name "
	  "of a key was expected, not a list\n" },

	/* pool and defaults */
	{ "pool: 4\njobs: [{kernel: spin}]",
	  ":1:7: pool: a mapping was expected, not \"4\"\n" },
	{ "pool: {workers: 257}\njobs: [{kernel: spin}]",
	  ":1:17: workers: a number up to 256 without quotes, or N%, +N, -N or "
	  "max was expected, not \"257\"\n" },
	{ "pool: {workers: \"4\"}\njobs: [{kernel: spin}]",
	  ":1:17: workers: a number up to 256 without quotes, or N%, +N, -N or "
	  "max was expected, not \"4\"\n" },
	{ "pool: {workers: }\njobs: [{kernel: spin}]",
	  ":1:17: workers: a number up to 256 without quotes, or N%, +N, -N or "
	  "max was expected, not nothing\n" },
	{ "pool: {workers: [4]}\njobs: [{kernel: spin}]",
	  ":1:17: workers: a number up to 256 without quotes, or N%, +N, -N or "
	  "max was expected, not a list\n" },
	{ "pool: {worker: 1, nice: 20}\njobs: [{kernel: spin}]",
	  ":1:8: unknown key \"worker\" in pool, did you mean \"workers\"?\n"
	  ":1:25: nice: a number from -20 to 19 was expected, not \"20\"\n" },
	{ "defaults: {retries: 0, timeout: 3s, env: {A: b}}\n"
	  "jobs: [{kernel: spin}]",
	  ":1:21: retries: a number from 1 to 1000 was expected, not \"0\"\n"
	  ":1:24: key \"timeout\" is not available yet\n"
	  ":1:37: key \"env\" is not available yet\n" },

	/* a job */
	{ "jobs: [{name: x}]", ":1:8: a job without a kernel; \"kernel\" was "
	  "expected\n" },
	{ "jobs: [{kernel: prime}]", ":1:17: no kernel is called \"prime\", "
	  "did you mean \"primes\"?\n" },
	{ "jobs: [{kernel: sort}]", ":1:17: no kernel is called \"sort\"; "
	  "collatz, primes or spin was expected\n" },
	{ "jobs: [{kernel: }]",
	  ":1:17: kernel: text was expected, not nothing\n" },
	{ "jobs: [{kernal: spin}]", ":1:8: a job without a kernel; \"kernel\" "
	  "was expected\n:1:9: unknown key \"kernal\" in a job, did you mean "
	  "\"kernel\"?\n" },
	{ "jobs: [{command: [a], shell: b, coprocess: c, memory: d,\n"
	  " timeout: e, env: f, cwd: g, after: h, cpus: i}]",
	  ":1:9: key \"command\" is not available yet\n"
	  ":1:23: key \"shell\" is not available yet\n"
	  ":1:33: key \"coprocess\" is not available yet\n"
	  ":1:47: key \"memory\" is not available yet\n"
	  ":2:2: key \"timeout\" is not available yet\n"
	  ":2:14: key \"env\" is not available yet\n"
	  ":2:22: key \"cwd\" is not available yet\n"
	  ":2:30: key \"after\" is reserved for later\n"
	  ":2:40: key \"cpus\" is reserved for later\n" },
	{ "jobs:\n- {name: a, kernel: spin}\n- {name: a, kernel: spin}\n",
	  ":3:10: name \"a\" is taken by the job at line 2\n" },
	{ "jobs: [{name: \"a\\tb\", kernel: spin}]", ":1:15: name: printable "
	  "text of 1 to 63 bytes was expected, not \"a b\"\n" },
	{ "jobs: [{name: \"\\e[31m\", kernel: spin}]", ":1:15: name: printable "
	  "text of 1 to 63 bytes was expected, not \"^[[31m\"\n" },
	{ "jobs: [{name: \"\", kernel: spin}]", ":1:15: name: printable "
	  "text of 1 to 63 bytes was expected, not \"\"\n" },
	{ "jobs: [{name: " MANY_X MANY_X ", kernel: spin}]", ":1:15: name: "
	  "printable text of 1 to 63 bytes was expected, not \"" MANY_X
	  "...\"\n" },
	{ "jobs: [{kernel: spin, reduce: average, retries: \"3\"}]",
	  ":1:31: reduce: not \"average\"; none, sum, min or max was expected\n"
	  ":1:49: retries: a number from 1 to 1000 without quotes was "
	  "expected, not \"3\"\n" },
	{ "jobs: [{kernel: spin, retries: 1001}, {kernel: spin, retries: 1e2},"
	  "\n{kernel: spin, retries: 99999999999999999999}]",
	  ":1:32: retries: a number from 1 to 1000 was expected, not "
	  "\"1001\"\n"
	  ":1:63: retries: a number from 1 to 1000 was expected, not \"1e2\"\n"
	  ":2:25: retries: a number from 1 to 1000 was expected, not "
	  "\"99999999999999999999\"\n" },

	/* parameters */
	{ "jobs: [{kernel: primes}]",
	  ":1:8: kernel \"primes\" needs the parameter \"from\"\n"
	  ":1:8: kernel \"primes\" needs the parameter \"to\"\n" },
	{ "jobs: [{kernel: primes, params: {form: 1, to: 2, to: 3}}]",
	  ":1:33: kernel \"primes\" needs the parameter \"from\"\n"
	  ":1:34: kernel \"primes\" has no parameter \"form\", did you mean "
	  "\"from\"?\n"
	  ":1:50: parameter \"to\" is there twice\n" },
	{ "jobs: [{kernel: spin, params: {x: 1}}]",
	  ":1:32: kernel \"spin\" has no parameter \"x\"\n" },
	{ "jobs: [{kernel: spin, params: x}]",
	  ":1:31: params: a mapping was expected, not \"x\"\n" },
	{ "jobs: [{kernel: collatz, params: {limit: {1}}, items: [a]}]",
	  ":1:42: \"limit\": text (in quotes, if it begins with a brace) was "
	  "expected, not a mapping\n" },
	{ "jobs: [{kernel: collatz, params: {limit: [a]}},\n"
	  "{kernel: collatz, params: {limit: }}]",
	  ":1:42: \"limit\": text was expected, not a list\n"
	  ":2:35: \"limit\": text was expected, not nothing\n" },
	{ "jobs: [{kernel: collatz, params: {limit: \"{2}\"}, items: [a]}]",
	  ":1:42: \"limit\": {2}: items have 1 column\n" },
	{ "jobs: [{kernel: collatz, params: {limit: \"{}\"}}]",
	  ":1:42: \"limit\": {}: the job has no items\n" },
	{ "jobs:\n- params: { limit: \"é {z}\" }\n  kernel: collatz\n"
	  "  items: { matrix: { x: [1], y: [2] } }\n",
	  ":2:20: \"limit\": {z}: no column has this name; names are: x, y\n" },
	{ "jobs: [{kernel: nothere, params: {a: \"{9}\"}, items: [a]}]",
	  ":1:17: no kernel is called \"nothere\"; collatz, primes or spin was "
	  "expected\n"
	  ":1:38: \"a\": {9}: items have 1 column\n" },

	/* items */
	{ "jobs: [{kernel: spin, items: x}]", ":1:30: items: a list, or a "
	  "mapping with one of range, file, glob and matrix was expected, not "
	  "\"x\"\n" },
	{ "jobs: [{kernel: spin, items: {}}]", ":1:30: items: a list, or a "
	  "mapping with one of range, file, glob and matrix was expected\n" },
	{ "jobs: [{kernel: spin, items: {file: a, glob: b}}]", ":1:30: items: "
	  "a list, or a mapping with one of range, file, glob and matrix was "
	  "expected\n" },
	{ "jobs: [{kernel: spin, items: {files: a}}]", ":1:31: unknown key "
	  "\"files\" in items, did you mean \"file\"?\n" },
	{ "jobs: [{kernel: spin, items: [a, [b], {c: d}]}]",
	  ":1:34: an item: text was expected, not a list\n"
	  ":1:39: an item: text (in quotes, if it begins with a brace) was "
	  "expected, not a mapping\n" },
	{ "jobs:\n- kernel: spin\n  items:\n  - a\n  -\n",
	  ":5:4: an item: text was expected, not nothing\n" },
	{ "jobs: [{kernel: spin, items: {range: {from: 1}}}]",
	  ":1:38: range: \"to\" is missing\n" },
	{ "jobs: [{kernel: spin, items: {range: {from: 2, to: 1}}}]",
	  ":1:38: range: from is 2, greater than to, 1\n" },
	{ "jobs: [{kernel: spin, items: {range: {from: 0x1, to: '2', step: 0}}"
	  "}]",
	  ":1:45: from: a 64-bit number was expected, not \"0x1\"\n"
	  ":1:54: to: a 64-bit number without quotes was expected, not \"2\"\n"
	  ":1:65: step: a number from 1 to 9223372036854775807 was expected, "
	  "not \"0\"\n" },
	{ "jobs: [{kernel: spin, items: {range: {from: 0, to: "
	  "9007199254740992}}}]", ":1:38: range: more than 9007199254740992 "
	  "items, a greater step was expected\n" },
	{ "jobs:\n"
	  "- {kernel: spin, items: {range: {from: 1, to: 9007199254740992}}}\n"
	  "- {kernel: spin}\n",
	  ":3:3: items: with those of the jobs before more than "
	  "9007199254740992\n" },
	{ "jobs: [{kernel: spin, items: {matrix: {}}}]", ":1:39: matrix: at "
	  "least one name with a list was expected\n" },
	{ "jobs: [{kernel: spin, items: {matrix: {x: 1, 2y: [a], x: [b]}}}]",
	  ":1:43: \"x\": a list was expected, not \"1\"\n"
	  ":1:46: matrix: the name of a column (a letter, then letters, "
	  "digits, _ and -) was expected, not \"2y\"\n"
	  ":1:55: matrix: \"x\" is there twice\n" },

	/* YAML: the words after the place are libyaml's */
	{ "jobs: [a, b\n", ":2:1: did not find expected ',' or ']' while "
	  "parsing a flow sequence that begins at line 1, column 7\n" },
	{ "jobs:\n- name: \"abc\n  kernel: x\n", ":4:1: found unexpected end "
	  "of stream while scanning a quoted scalar that begins at line 2, "
	  "column 9\n" },
	{ "jobs:\n- name: a: b\n",
	  ":2:10: mapping values are not allowed in this context\n" },
	{ "jobs:\n\t- x\n", ":2:1: found character that cannot start any token "
	  "while scanning for the next token\n" },
	{ "a: &x 1\njobs: *x\n",
	  ":1:1: unknown key \"a\" in the job file; pool, defaults or jobs was "
	  "expected\n"
	  ":1:4: anchors (&name) are not supported\n"
	  ":2:7: aliases (*name) are not supported\n" },
	{ "jobs: [{kernel: spin, <<: *x, retries: !!int 3}]",
	  ":1:23: unknown key \"<<\" in a job; name, kernel, params, items, "
	  "reduce or retries was expected\n"
	  ":1:27: aliases (*name) are not supported\n"
	  ":1:40: tags (!name) are not supported\n" },
	{ "jobs: []\n---\njobs: []\n",
	  ":2:1: a second document; one was expected\n" },
	{ "%TAG ! x\n--- []\n", ":1:1: %TAG is not supported\n" },
	{ "jobs: [\"a\\0b\"]\n",
	  ":1:8: text without a NUL byte was expected\n" },
	{ "é: \xff", ":1:4: byte 0xff is not UTF-8 text\n" },
	{ "a: b\r\né\xc3", ":2:2: byte 0xc3 is not UTF-8 text\n" },
	{ "a: b\rc: \x07",
	  ":2:4: control character U+0007; text was expected\n" },
	{ "a: \x07", ":1:4: control character U+0007; text was expected\n" },
	{ "a\xe2\x80\xa8" "b\xef\xbb\xbf",
	  ":2:2: control character U+FEFF; text was expected\n" },
	{ "\xef\xbb\xbfjobs: []", ":1:7: jobs: at least one job was "
	  "expected\n" },
};

static void
every_fault_is_told_at_its_place(void **state)
{
	for (size_t i = 0; i < COUNT(broken); i++)
		assert_faults(broken[i].text, broken[i].expected);
}

static void
a_nul_byte_in_the_file_is_a_fault(void **state)
{
	assert_faults_n("jobs:\n- \0", 9,
	    ":2:3: control character U+0000; text was expected\n");
}

static void
after_a_hundred_faults_no_more_are_shown(void **state)
{
	struct jobfile_faults faults;
	struct buf b = { 0 };
	struct jobs jobs;
	char *last;

	buf_put(&b, "jobs:\n", 6);
	for (int i = 0; i < 200; i++)
		buf_put(&b, "- 1\n", 4);
	assert_int_equal(jobfile_parse(path, (const char *)b.data, b.len,
	    &some_kernels, &jobs, &faults), -1);
	assert_int_equal(faults.n, JOBFILE_FAULTS_MAX + 1);
	last = mem_printf("%s:102:3: too many faults, the others are not "
	    "shown", path);
	assert_string_equal(faults.line[JOBFILE_FAULTS_MAX], last);
	free(last);
	jobfile_faults_clear(&faults);
	buf_clear(&b);
}

/* piece, many times; then expected is the only fault. */
static void
assert_many(const char *before, const char *piece, size_t bytes,
    const char *expected)
{
	struct buf b = { 0 };

	buf_put(&b, before, strlen(before));
	while (b.len < bytes)
		buf_put(&b, piece, strlen(piece));
	assert_faults_n((const char *)b.data, b.len, expected);
	buf_clear(&b);
}

static void
hostile_files_get_a_sentence(void **state)
{
	enum { KILO = 1000, MEGA = 1000 * KILO };

	assert_many("", "[", 200 * KILO,
	    ":1:17: nested too deeply, at most 16 levels were expected\n");
	assert_many("", "{a: ", 200 * KILO,
	    ":1:65: nested too deeply, at most 16 levels were expected\n");
	assert_many("", "- ", 200 * KILO,
	    ":1:33: nested too deeply, at most 16 levels were expected\n");
	assert_many("", "? ", 200 * KILO,
	    ":1:33: nested too deeply, at most 16 levels were expected\n");
	assert_many("", "a: ", 200 * KILO,
	    ":1:5: mapping values are not allowed in this context\n");
	assert_many("", "%TAG !a! x\n", 2 * MEGA,
	    ":1:1: %TAG is not supported\n");
	assert_many("", "a\r", 2 * MEGA, ":1:1: the job file: a mapping was "
	    "expected, not \"a a a a a a a a a a a a a a a a a a a a ...\"\n");
	assert_many("jobs: ", "x", 3 * MEGA,
	    ":1:7: jobs: a list was expected, not \"" MANY_X "...\"\n");
	assert_many("jobs: !<", "a", MEGA,
	    ":1:1000001: did not find the expected '>' while scanning a tag "
	    "that begins at line 1, column 7\n");
	assert_many("jobs: [", "x,", 3 * MEGA, ":1:2000002: more than 1000000 "
	    "values; many items are better kept in a file\n");
	assert_many("---\n", "---\n", MEGA,
	    ":2:1: a second document; one was expected\n");
}

static void
assert_load_fault(const char *name, const char *expected)
{
	struct jobfile_faults faults;
	struct jobs jobs;

	assert_int_equal(jobfile_load(name, &some_kernels, &jobs, &faults),
	    -1);
	assert_int_equal(faults.n, 1);
	assert_string_equal(faults.line[0], expected);
	assert_int_equal(jobs.n, 0);
	jobfile_faults_clear(&faults);
}

static void
a_file_is_loaded_as_its_text_is_parsed(void **state)
{
	struct jobfile_faults faults;
	struct jobs jobs;
	char *expected;

	file_write("job.yaml", whole, sizeof whole - 1);
	assert_int_equal(jobfile_load(path, &some_kernels, &jobs, &faults), 0);
	assert_int_equal(jobs_count(&jobs), 8);
	jobs_clear(&jobs);
	jobfile_faults_clear(&faults);
	file_write("job.yaml", "", 0);
	expected = mem_printf("%s:1:1: the file is empty; a mapping with jobs "
	    "was expected", path);
	assert_load_fault(path, expected);
	free(expected);
	file_remove("job.yaml");
}

static void
what_cannot_be_read_is_told_without_waiting(void **state)
{
	char *large = calloc(1, JOBFILE_SIZE_MAX + 1);
	char *expected;

	assert_load_fault("/nothere", "/nothere: cannot be opened: No such "
	    "file or directory");
	assert_load_fault("/a\033[1m\nb", "/a^[[1m b: cannot be opened: No "
	    "such file or directory");
	assert_load_fault("/dev/zero", "/dev/zero: is not a regular file");
	assert_load_fault("/tmp", "/tmp: is not a regular file");
	assert_int_equal(mkfifo(path, 0600), 0);
	expected = mem_printf("%s: is not a regular file", path);
	assert_load_fault(path, expected);
	free(expected);
	file_remove("job.yaml");
	file_write("job.yaml", large, JOBFILE_SIZE_MAX + 1);
	expected = mem_printf("%s: is larger than 4194304 bytes", path);
	assert_load_fault(path, expected);
	free(expected);
	file_remove("job.yaml");
	free(large);
}

static void
a_file_without_permission_is_told(void **state)
{
	uid_t me = geteuid();
	char *expected;

	file_write("job.yaml", whole, sizeof whole - 1);
	assert_int_equal(chmod(path, 0), 0);
	expected = mem_printf("%s: cannot be opened: Permission denied", path);
	if (me == 0)		/* root may read everything */
		assert_int_equal(seteuid(NOBODY), 0);
	assert_load_fault(path, expected);
	assert_int_equal(seteuid(me), 0);
	free(expected);
	file_remove("job.yaml");
}

/* Faults in order of place, harmless, one line each. */
static void
assert_faults_well_formed(const struct jobfile_faults *faults)
{
	size_t line, column, last = 0, skip = strlen(path);

	assert_in_range(faults->n, 1, JOBFILE_FAULTS_MAX + 1);
	for (size_t i = 0; i < faults->n; i++) {
		const char *s = faults->line[i];
		char *harmless = mem_alloc(3 * strlen(s) + 1);

		assert_int_equal(strncmp(s, path, skip), 0);
		assert_int_equal(sscanf(s + skip, ":%zu:%zu: ", &line,
		    &column), 2);
		assert_true(column > 0 && line >= last);
		last = i < JOBFILE_FAULTS_MAX ? line : 0;
		text_harmless(harmless, 3 * strlen(s) + 1, s, strlen(s));
		assert_string_equal(harmless, s);
		free(harmless);
	}
}

static void
assert_model_well_formed(const struct jobs *jobs)
{
	assert_in_range(jobs->n, 1, JOBS_MAX);
	for (size_t i = 0; i < jobs->n; i++) {
		const struct job *job = &jobs->job[i];

		assert_in_range(strlen(job->name), 1, JOB_NAME_MAX - 1);
		assert_non_null(some_params(job->kernel));
		assert_non_null(job->items);
		assert_in_range(job->reduce, 0, NREDUCES - 1);
		assert_in_range(job->retries, 0, RETRIES_MAX);
	}
}

static void
mutate(char *text, size_t len, uint64_t *seed)
{
	static const char likely[] = "{}[]:,\"'- \n#&*!|>%?x0\t\\";
	size_t n = 1 + test_random(seed) % 4;

	while (n-- > 0)
		text[test_random(seed) % len] = test_random(seed) % 4 == 0 ?
		    (char)test_random(seed) :
		    likely[test_random(seed) % (sizeof likely - 1)];
}

static void
a_mutated_job_file_gives_a_model_or_faults(void **state)
{
	char text[sizeof whole];
	struct jobfile_faults faults;
	uint64_t seed = 11;
	struct jobs jobs;
	unsigned int good = 0, bad = 0;

	for (int n = 0; n < 5000; n++) {
		memcpy(text, whole, sizeof text);
		mutate(text, sizeof text - 1, &seed);
		if (jobfile_parse(path, text, sizeof text - 1, &some_kernels,
		    &jobs, &faults) == 0) {
			assert_int_equal(faults.n, 0);
			assert_model_well_formed(&jobs);
			jobs_clear(&jobs);
			good++;
		} else {
			assert_int_equal(jobs.n, 0);
			assert_faults_well_formed(&faults);
			bad++;
		}
		jobfile_faults_clear(&faults);
	}
	assert_true(good > 100 && bad > 100);	/* both ways were walked */
}

static void
a_job_file_that_was_cut_off_gives_a_model_or_faults(void **state)
{
	struct jobfile_faults faults;
	struct jobs jobs;

	for (size_t len = 0; len < sizeof whole; len++) {
		if (jobfile_parse(path, whole, len, &some_kernels, &jobs,
		    &faults) == 0)
			assert_model_well_formed(&jobs);
		else
			assert_faults_well_formed(&faults);
		jobs_clear(&jobs);
		jobfile_faults_clear(&faults);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_job_file_becomes_the_model),
		cmocka_unit_test(what_is_not_said_is_left_open),
		cmocka_unit_test(a_job_file_may_be_json),
		cmocka_unit_test(a_scalar_is_the_text_that_was_written),
		cmocka_unit_test(
		    jobs_without_a_name_are_called_after_their_kernel),
		cmocka_unit_test(a_thousand_jobs_all_get_names_of_their_own),
		cmocka_unit_test(
		    files_and_globs_are_looked_for_beside_the_job_file),
		cmocka_unit_test(absolute_paths_stay_as_they_are),
		cmocka_unit_test(
		    a_missing_file_and_a_glob_without_match_are_faults),
		cmocka_unit_test(every_fault_is_told_at_its_place),
		cmocka_unit_test(a_nul_byte_in_the_file_is_a_fault),
		cmocka_unit_test(after_a_hundred_faults_no_more_are_shown),
		cmocka_unit_test(hostile_files_get_a_sentence),
		cmocka_unit_test(a_file_is_loaded_as_its_text_is_parsed),
		cmocka_unit_test(what_cannot_be_read_is_told_without_waiting),
		cmocka_unit_test(a_file_without_permission_is_told),
		cmocka_unit_test(a_mutated_job_file_gives_a_model_or_faults),
		cmocka_unit_test(
		    a_job_file_that_was_cut_off_gives_a_model_or_faults),
	};

	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
