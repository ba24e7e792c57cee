/*
 * The control socket, spoken to by strangers; and the JSON that comes out of
 * the program.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/e2e/talk.h"
#include "tests/e2e/work.h"

/* A run whose only task ends when it is told to. */
static struct proc *
start(struct e2e *e)
{
	struct proc *p = e2e_start(e, WORDS(e2e_pooltop(), "run", "--plain",
	    "-j1", "--kernel", "sleep", "seconds={}", ":::", "1h", "1ms"),
	    NULL);

	UNTIL(e, 1, at_least, AT_LEAST("queue.running", 1));
	return p;
}

/* It was not harmed: it goes on as told, to its right end. */
static void
goes_on(struct e2e *e, struct proc *p)
{
	VERB(0, "1 waiting, 1 running, 0 done", NULL, "status");
	VERB(0, NULL, NULL, "cancel", "1");
	EXITS(p, 101);
	assert_string_equal(proc_out(p), "1 ms\n");
	NOBODY_LEFT();
}

static void
meet(struct e2e *e, struct talk *t)
{
	json_t *hello;

	talk_open(e, 1, t);
	hello = talk_hear(t);
	assert_int_equal(number(hello, "pooltop"), 1);
	assert_int_equal(number(hello, "run"), 1);
	json_decref(hello);
}

/* ---- what strangers say ---- */

struct bytes {
	const char	*text;
	size_t		 len;
};
#define BYTES(s) { s, sizeof s - 1 }

static void
what_is_no_object_is_answered_with_a_sentence_and_hung_up_on(void **state)
{
	static const struct bytes said[] = {
		BYTES("\n"), BYTES("hello\n"), BYTES("[]\n"), BYTES("7\n"),
		BYTES("{\n"), BYTES("{}{}\n"), BYTES("{\"op\":}\n"),
		BYTES("{\"op\":\"status\"\0}\n"), BYTES("\0\0\0\n"),
		BYTES("{\"op\":\"\xff\xfe\"}\n"), BYTES("\xef\xbb\xbf{}\n"),
		BYTES("{\"op\":\"status\",\"op\":\"stop\"}\n"),
		BYTES("GET / HTTP/1.0\r\n"),
	};
	struct e2e *e = *state;
	struct proc *p = start(e);
	char why[TALK_TEXT_MAX];

	for (size_t i = 0; i < COUNT(said); i++) {
		struct talk t;

		meet(e, &t);
		assert_true(talk_write(&t, said[i].text, said[i].len));
		assert_false(talk_ok(&t, why));
		assert_non_null(strstr(why, "not a JSON object"));
		assert_null(talk_hear(&t));
		talk_close(&t);
	}
	goes_on(e, p);
}

static void
what_cannot_be_asked_is_refused_and_the_talk_goes_on(void **state)
{
	static const char *const said[] = {
		"{}", "{\"op\":7}", "{\"op\":null}", "{\"op\":\"explode\"}",
		"{\"op\":\"resize\"}", "{\"op\":\"resize\",\"size\":257}",
		"{\"op\":\"resize\",\"size\":-1}",
		"{\"op\":\"resize\",\"size\":1e99}",
		"{\"op\":\"resize\",\"size\":\"2\"}",
		"{\"op\":\"resize\",\"size\":1,\"shrink\":\"x\"}",
		"{\"op\":\"resize\",\"size\":1.5}",
		"{\"op\":\"drain\"}", "{\"op\":\"drain\",\"workers\":[0]}",
		"{\"op\":\"drain\",\"workers\":[257]}",
		"{\"op\":\"drain\",\"workers\":[9]}",
		"{\"op\":\"drain\",\"workers\":[\"w1\"]}",
		"{\"op\":\"drain\",\"workers\":1}",
		"{\"op\":\"drain\",\"workers\":[{\"slot\":1,\"pid\":1}]}",
		"{\"op\":\"terminate\",\"workers\":[{\"slot\":1,\"task\":2}]}",
		"{\"op\":\"terminate\",\"workers\":[1],\"kill\":\"yes\"}",
		"{\"op\":\"signal\",\"workers\":[1]}",
		"{\"op\":\"signal\",\"signal\":0,\"workers\":[1]}",
		"{\"op\":\"signal\",\"signal\":65,\"workers\":[1]}",
		"{\"op\":\"cancel\"}", "{\"op\":\"cancel\",\"tasks\":[0]}",
		"{\"op\":\"cancel\",\"tasks\":[9223372036854775807]}",
		"{\"op\":\"cancel\",\"tasks\":[1.5]}",
		"{\"op\":\"retry\",\"tasks\":[1]}", "{\"op\":\"continue\"}",
		"{\"op\":\"output\"}",
	};
	struct e2e *e = *state;
	struct proc *p = start(e);
	char why[TALK_TEXT_MAX];
	struct talk t;
	json_t *j;

	meet(e, &t);
	for (size_t i = 0; i < COUNT(said); i++) {
		assert_true(talk_say(&t, "%s", said[i]));
		if (talk_ok(&t, why))
			fail_msg("%s was done", said[i]);
		if (strlen(why) < 10)
			fail_msg("%s: %s", said[i], why);
	}
	assert_true(talk_say(&t, "{\"op\":\"ack\",\"ack\":99999}"));
	assert_true(talk_say(&t, "{\"op\":\"status\",\"later\":[1]}"));
	j = talk_hear(&t);
	assert_non_null(json_object_get(j, "state"));
	json_decref(j);
	talk_close(&t);
	goes_on(e, p);
}

static void
a_line_without_end_is_refused(void **state)
{
	enum { SIZE = 10 << 20 };
	struct e2e *e = *state;
	struct proc *p = start(e);
	char *bytes = mem_alloc(SIZE), why[TALK_TEXT_MAX];
	struct talk t;

	memset(bytes, '[', SIZE);
	meet(e, &t);
	talk_write(&t, bytes, SIZE);	/* it may hang up in the middle */
	assert_false(talk_ok(&t, why));
	talk_close(&t);
	meet(e, &t);
	memset(bytes, '{', 60000);	/* deep, and short enough */
	bytes[60000] = '\n';
	talk_write(&t, bytes, 60001);
	assert_false(talk_ok(&t, why));
	assert_non_null(strstr(why, "not a JSON object"));
	talk_close(&t);
	free(bytes);
	goes_on(e, p);
}

static void
halves_of_lines_are_waited_for_and_do_no_harm(void **state)
{
	struct e2e *e = *state;
	struct proc *p = start(e);
	static const char line[] = "{\"op\":\"status\"}\n";
	struct talk t, cut;
	json_t *j;

	meet(e, &t);
	for (size_t i = 0; i < sizeof line - 1; i++)
		assert_true(talk_write(&t, line + i, 1));
	j = talk_hear(&t);
	assert_non_null(json_object_get(j, "state"));
	json_decref(j);
	for (size_t i = 1; i < sizeof line - 1; i++) {
		meet(e, &cut);
		assert_true(talk_write(&cut, line, i));
		talk_close(&cut);
	}
	meet(e, &cut);
	assert_true(talk_write(&cut, "{\"op\":\"stop\"}", 13));
	talk_close(&cut);
	talk_close(&t);
	goes_on(e, p);
}

static void
a_hundred_connections_are_too_many(void **state)
{
	struct e2e *e = *state;
	struct proc *p = start(e);
	struct talk t[100];
	int refused = 0;

	for (size_t i = 0; i < COUNT(t); i++) {
		json_t *j;

		meet(e, &t[i]);
		talk_say(&t[i], "{\"op\":\"status\"}");
		j = talk_hear(&t[i]);
		refused += json_object_get(j, "error") != NULL;
		json_decref(j);
	}
	assert_in_range(refused, 1, 99);
	for (size_t i = 0; i < COUNT(t); i++)
		talk_close(&t[i]);
	UNTIL(e, 1, at_least, AT_LEAST("queue.running", 1));
	goes_on(e, p);
}

/* It asks and asks, and attaches to everything, and never reads a byte. */
static void
who_never_reads_holds_nobody_up(void **state)
{
	struct e2e *e = *state;
	char path[E2E_PATH_MAX], *want = work_result(e);
	static const char ask_line[] = "{\"op\":\"status\"}\n";
	struct proc *p;
	struct talk t;

	p = e2e_start(e, WORDS(e2e_pooltop(), "run", "--plain", "-j2",
	    work_file(e, path)), NULL);
	talk_open(e, 1, &t);
	assert_true(talk_say(&t, "{\"op\":\"attach\",\"events\":true}"));
	for (int i = 0; i < 20000; i++)
		if (send(t.fd, ask_line, sizeof ask_line - 1, MSG_DONTWAIT |
		    MSG_NOSIGNAL) == -1)
			break;
	EXITS(p, 0);
	assert_string_equal(proc_out(p), want);
	NOBODY_LEFT();
	talk_close(&t);
	free(want);
}

static void
socket_and_directory_are_the_users_alone(void **state)
{
	struct e2e *e = *state;
	struct proc *p = start(e);
	char path[E2E_PATH_MAX];
	struct stat st;

	assert_int_equal(stat(e2e_path(e, path, "1"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_int_equal(stat(e2e_path(e, path, "1/control"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	goes_on(e, p);
	assert_false(e2e_exists(path));
	assert_int_equal(chmod(e->dir, 0777), 0);
	VERB(255, NULL, "others may write", "run", "--kernel", "noop");
	assert_int_equal(chmod(e->dir, 0700), 0);
}

/* ---- engines that are none ---- */

/* Something that listens as run 1 and says this first. */
static struct proc *
pretend(struct e2e *e, const char *hello)
{
	char dir[E2E_PATH_MAX], *script = mem_printf("import fcntl, os, socket"
	    "\nd = os.open('%s', os.O_RDONLY)\nfcntl.flock(d, fcntl.LOCK_EX)\n"
	    "s = socket.socket(socket.AF_UNIX)\ns.bind('%s/control')\n"
	    "s.listen()\nprint('ready', flush=True)\nwhile True:\n"
	    " c = s.accept()[0]\n c.sendall(b'%s\\n')\n c.close()\n",
	    e2e_path(e, dir, "1"), dir, hello);
	struct proc *p;

	assert_int_equal(mkdir(dir, 0700), 0);
	p = e2e_start(e, WORDS("python3", "-c", script), NULL);
	free(script);
	return p;
}

static void
another_version_is_refused_with_a_sentence(void **state)
{
	struct e2e *e = *state;
	struct proc *p = pretend(e,
	    "{\"pooltop\":2,\"version\":\"9.0\",\"run\":1}");

	if (!proc_wait_out(p, "ready", PROC_BOUND))
		skip();		/* no python3 */
	VERB(255, NULL, "another version of pooltop", "status");
	VERB(255, NULL, "another version of pooltop", "attach", "--plain");
	VERB(255, NULL, "another version of pooltop", "stop");
	proc_signal(p, SIGKILL);
}

static void
what_is_no_pooltop_is_told(void **state)
{
	struct e2e *e = *state;
	struct proc *p = pretend(e, "220 mail ready");

	if (!proc_wait_out(p, "ready", PROC_BOUND))
		skip();
	VERB(255, NULL, "not a JSON object", "status");
	VERB(255, NULL, "not a JSON object", "wait");
	proc_signal(p, SIGKILL);
}

/* ---- JSON ---- */

static void
each_line_is_an_object_from_hello_to_end(void **state)
{
	struct e2e *e = *state;
	char path[E2E_PATH_MAX], *want = work_result(e);
	struct proc *p = e2e_run(e, WORDS(e2e_pooltop(), "run", "--json",
	    "-j3", work_file(e, path)), NULL);
	size_t lines = 0, done = 0;
	struct buf results = { 0 };
	const char *s, *end;
	bool ended = false;

	EXITS(p, 0);
	assert_string_equal(proc_err(p), "");
	for (s = proc_out(p); (end = strchr(s, '\n')) != NULL; s = end + 1) {
		json_t *j = json_loadb(s, (size_t)(end - s),
		    JSON_REJECT_DUPLICATES, NULL);

		assert_true(json_is_object(j));
		assert_false(ended);
		if (lines == 0)
			assert_int_equal(number(j, "pooltop"), 1);
		if (lines == 1)
			assert_true(word_is(j, "event", "start"));
		if (lines > 0)
			assert_true(number(j, "time") > 1e9);
		done += word_is(j, "event", "task") &&
		    word_is(j, "state", "done");
		if (word_is(j, "event", "result")) {
			const char *text = json_string_value(
			    json_object_get(j, "text"));

			buf_put(&results, text, strlen(text));
			buf_put_u8(&results, '\n');
		}
		ended = word_is(j, "event", "end");
		lines++;
		json_decref(j);
	}
	assert_true(ended);
	assert_string_equal(s, "");
	assert_int_equal(done, WORK_TASKS);
	buf_put_u8(&results, '\0');
	assert_string_equal((char *)results.data, want);
	buf_clear(&results);
	free(want);
}

/* ---- few descriptors ---- */

static void
few_descriptors_are_enough_or_it_is_told(void **state)
{
	struct e2e *e = *state;
	char path[E2E_PATH_MAX], *want = work_result(e);
	struct proc *p = e2e_run(e, WORDS("sh", "-c", "ulimit -n 64; exec "
	    "\"$1\" run --plain -j4 \"$2\"", "sh", e2e_pooltop(),
	    work_file(e, path)), NULL);

	EXITS(p, 0);
	assert_string_equal(proc_out(p), want);
	p = e2e_run(e, WORDS("sh", "-c", "ulimit -n 24; exec \"$1\" run "
	    "--plain -j40 \"$2\"", "sh", e2e_pooltop(), path), NULL);
	EXITS(p, 0);
	assert_string_equal(proc_out(p), want);
	assert_non_null(strstr(proc_err(p), "could not be started: Too many"
	    " open files"));
	NOBODY_LEFT();
	free(want);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		E2E_TEST(what_is_no_object_is_answered_with_a_sentence_and_hung_up_on),
		E2E_TEST(what_cannot_be_asked_is_refused_and_the_talk_goes_on),
		E2E_TEST(a_line_without_end_is_refused),
		E2E_TEST(halves_of_lines_are_waited_for_and_do_no_harm),
		E2E_TEST(a_hundred_connections_are_too_many),
		E2E_TEST(who_never_reads_holds_nobody_up),
		E2E_TEST(socket_and_directory_are_the_users_alone),
		E2E_TEST(another_version_is_refused_with_a_sentence),
		E2E_TEST(what_is_no_pooltop_is_told),
		E2E_TEST(each_line_is_an_object_from_hello_to_end),
		E2E_TEST(few_descriptors_are_enough_or_it_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
