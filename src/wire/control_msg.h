/*
 * wire/control_msg.h: what engine and front ends tell each other, as JSON
 * objects, one a line.  pooltop(1), CONTROL SOCKET, describes them for users.
 *
 * From the engine: first a hello; an answer to each request, in order; and to
 * who attached, states, events and results.  From a front end: requests.
 */
#ifndef WIRE_CONTROL_MSG_H
#define WIRE_CONTROL_MSG_H

#include <stdbool.h>

#include <jansson.h>

#include "base/err.h"
#include "model/event.h"
#include "model/request.h"
#include "model/run.h"

enum {
	CONTROL_VERSION = 1,
	REQUEST_LINE_MAX = 64 * 1024,		/* bytes, from a front end */
	CONTROL_LINE_MAX = 16 * 1024 * 1024	/* bytes, from the engine */
};

/* All give a new reference, or take none. */
json_t	*control_hello(unsigned int run);
int	 control_hello_get(const json_t *, unsigned int *run, struct err *);

json_t	*control_ok(void);
json_t	*control_error(const char *why);

json_t	*control_request(const struct request *);
int	 control_request_get(const json_t *, struct request *, struct err *);

/* The object of `status --json`; as a line it is {"state": that}. */
json_t	*control_state(const struct run *);
/* *run is inited; it keeps what is not in the object. */
int	 control_state_get(const json_t *, struct run *, struct err *);

json_t	*control_event(const struct event *);
int	 control_event_get(const json_t *, struct event *, struct err *);

/* A result as an event; job is its name.  task 0: the total of the job. */
struct result_msg {
	unsigned long long serial;	/* to be named in ack */
	task_id		 task;
	const char	*job;
	const char	*text;
	size_t		 len;
};
json_t	*control_result(const struct result_msg *);
/* Borrows from the object. */
int	 control_result_get(const json_t *, struct result_msg *, struct err *);

/* One line of at most max bytes read as an object; NULL and err. */
json_t	*control_parse(const char *line, size_t len, struct err *);

/* The object as a line with its newline; free() it. */
char	*control_line(const json_t *, size_t *len);

#endif
