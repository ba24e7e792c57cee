/*
 * e2e/talk.h: a run, spoken to over its control socket by a client that is
 * not the program's own, and the program's verbs.
 *
 * Runs of a test are numbered from 1 and found in the test's directory.
 */
#ifndef E2E_TALK_H
#define E2E_TALK_H

#include <jansson.h>

#include "tests/e2e/e2e.h"

enum { TALK_TEXT_MAX = 1024 };

struct talk {
	int		fd;
	struct buf	in;
};

/* Connected as soon as there is somebody; the test fails if that is late. */
void	 talk_open(const struct e2e *, unsigned int run, struct talk *);
void	 talk_close(struct talk *);

/* Bytes as they are; false when they do not get there. */
bool	 talk_write(struct talk *, const void *, size_t len);
bool	 talk_say(struct talk *, const char *fmt, ...)	/* and a newline */
	    __attribute__((format(printf, 2, 3)));

/* The next line as an object, a new reference; NULL: hung up, or late. */
json_t	*talk_hear(struct talk *);

/* true: "ok".  The error, if not, goes to text (which may be NULL). */
bool	 talk_ok(struct talk *, char text[TALK_TEXT_MAX]);

/* One request on a connection of its own; false: refused, or no such run. */
bool	 ask(const struct e2e *, unsigned int run, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));

/* The state of a run, a new reference; NULL: it is not there. */
json_t	*state_of(const struct e2e *, unsigned int run);

/* A number in it: "queue.done".  -1: null, or there is none. */
double	 number(const json_t *, const char *path);
bool	 word_is(const json_t *, const char *path, const char *word);

/* Wait until the state of the run fulfils it; the test fails if late. */
#define UNTIL(e, run, holds, arg) \
	until_state(e, run, holds, arg, #holds, __FILE__, __LINE__)
void	 until_state(const struct e2e *, unsigned int run,
	    bool (*holds)(const json_t *, const void *), const void *arg,
	    const char *what, const char *file, int line);
bool	 at_least(const json_t *, const void *what);	/* struct at_least */
bool	 state_is(const json_t *, const void *name);	/* of the run */
bool	 is_over(const json_t *, const void *);		/* finished, or gone */
struct at_least {
	const char	*path;
	double		 n;
};
#define AT_LEAST(path, n)	(&(struct at_least){ path, n })

/*
 * pooltop with these words exits with this code; out and err, unless NULL,
 * are somewhere in what it writes.
 */
#define VERB(code, out, err, ...) \
	verb(WORDS(e2e_pooltop(), __VA_ARGS__), code, out, err, __FILE__, \
	    __LINE__)
void	 verb(const char *const argv[], int code, const char *out,
	    const char *err, const char *file, int line);

/* The pid of the nth (from 0) process below us with that name; 0: none. */
pid_t	 find_named(const char *name, size_t nth);
pid_t	 wait_named(const char *name, size_t nth);	/* fails if late */

#endif
