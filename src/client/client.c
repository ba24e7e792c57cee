#include <stdlib.h>
#include <string.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>

#include "base/mem.h"
#include "base/sock.h"
#include "base/text.h"
#include "client/client.h"
#include "wire/record_msg.h"

struct client {
	struct bufferevent	*bev;
	const struct client_ops	*ops;
	void			*arg;
	struct run		 run;
	bool			 has_run;
	struct record		 record;
	bool			 has_record;
	bool			 lost;
	unsigned int		 pending;	/* requests without an answer */
	bool			 busy;		/* in a callback */
	bool			 dead;		/* freed in a callback */
};

static void
be_lost(struct client *c)
{
	if (c->lost)
		return;
	c->lost = true;
	bufferevent_disable(c->bev, EV_READ | EV_WRITE);
	if (c->ops->lost != NULL)
		c->ops->lost(c->arg);
}

static int
on_state(struct client *c, const json_t *state)
{
	struct err err;

	if (control_state_get(state, &c->run, &err) == -1)
		return -1;
	c->has_run = true;
	if (c->ops->state != NULL)
		c->ops->state(c->arg, &c->run);
	return 0;
}

static int
on_record(struct client *c, const json_t *j)
{
	struct err err;

	if (!c->has_record)
		record_init(&c->record);
	c->has_record = true;
	if (record_get(j, &c->record, &err) == -1)
		return -1;
	if (c->ops->record != NULL)
		c->ops->record(c->arg, &c->record);
	return 0;
}

static int
on_result(struct client *c, const json_t *j)
{
	struct result_msg m;
	struct err err;

	if (control_result_get(j, &m, &err) == -1)
		return -1;
	if (c->ops->result != NULL)
		c->ops->result(c->arg, &m, j);
	return 0;
}

static int
on_event(struct client *c, const json_t *j)
{
	struct event ev;
	struct err err;

	if (control_event_get(j, &ev, &err) == -1)
		return 0;	/* a newer engine may know more events */
	if (ev.kind == EVENT_RESULT)
		return on_result(c, j);
	if (c->has_record && ev.notable)
		journal_add(&c->record.journal, &ev);
	if (c->ops->event != NULL)
		c->ops->event(c->arg, &ev, j);
	return 0;
}

static void
on_refused(struct client *c, const json_t *why)
{
	char text[256];

	text_harmless(text, sizeof text, json_string_value(why),
	    json_string_length(why));
	if (c->ops->refused != NULL)
		c->ops->refused(c->arg, text);
}

static int
on_object(struct client *c, const json_t *j)
{
	const json_t *v;

	if ((v = json_object_get(j, "state")) != NULL && json_is_object(v))
		return on_state(c, v);
	if ((v = json_object_get(j, "record")) != NULL)
		return on_record(c, v);
	if (json_object_get(j, "event") != NULL)
		return on_event(c, j);
	if (c->pending > 0 && (json_object_get(j, "ok") != NULL ||
	    json_object_get(j, "error") != NULL))
		c->pending--;
	if (json_is_string(v = json_object_get(j, "error")))
		on_refused(c, v);
	else if (json_object_get(j, "printed") != NULL &&
	    c->ops->printed != NULL)
		c->ops->printed(c->arg);
	return 0;
}

static int
on_line(struct client *c, const char *line, size_t len)
{
	struct err err;
	json_t *j;
	int rc;

	if ((j = control_parse(line, len, &err)) == NULL)
		return -1;
	rc = on_object(c, j);
	json_decref(j);
	return rc;
}

static void
client_bury(struct client *c)
{
	bufferevent_free(c->bev);
	run_clear(&c->run);
	if (c->has_record)
		record_clear(&c->record);
	free(c);
}

static void
on_lines(struct bufferevent *bev, void *arg)
{
	struct client *c = arg;
	struct evbuffer *in = bufferevent_get_input(bev);
	size_t len;
	char *line;

	c->busy = true;
	while (!c->lost && !c->dead &&
	    (line = evbuffer_readln(in, &len, EVBUFFER_EOL_LF)) != NULL) {
		if (on_line(c, line, len) == -1 && !c->dead)
			be_lost(c);
		free(line);
	}
	if (!c->dead && evbuffer_get_length(in) > CONTROL_LINE_MAX)
		be_lost(c);
	c->busy = false;
	if (c->dead)
		client_bury(c);
}

static void
on_gone(struct bufferevent *bev, short what, void *arg)
{
	struct client *c = arg;

	if (!(what & (BEV_EVENT_EOF | BEV_EVENT_ERROR)))
		return;
	c->busy = true;
	be_lost(c);
	c->busy = false;
	if (c->dead)
		client_bury(c);
}

struct client *
client_new(struct event_base *base, int fd, const struct client_ops *ops,
    void *arg)
{
	struct client *c = mem_alloc(sizeof *c);

	run_init(&c->run);
	c->ops = ops;
	c->arg = arg;
	sock_nonblock(fd);
	c->bev = bufferevent_socket_new(base, fd, BEV_OPT_CLOSE_ON_FREE |
	    BEV_OPT_DEFER_CALLBACKS);
	bufferevent_setcb(c->bev, on_lines, NULL, on_gone, c);
	bufferevent_enable(c->bev, EV_READ | EV_WRITE);
	return c;
}

void
client_free(struct client *c)
{
	if (c == NULL)
		return;
	c->dead = true;
	if (!c->busy)
		client_bury(c);
}

void
client_send(struct client *c, const struct request *r)
{
	json_t *j = control_request(r);
	size_t len;
	char *line = control_line(j, &len);

	if (!c->lost)
		bufferevent_write(c->bev, line, len);
	c->pending += r->op != OP_ACK && r->op != OP_STATUS;
	free(line);
	json_decref(j);
}

unsigned int
client_pending(const struct client *c)
{
	return c->pending;
}

void
client_pause(struct client *c, bool pause)
{
	if (c->lost)
		return;
	if (pause)
		bufferevent_disable(c->bev, EV_READ);
	else
		bufferevent_enable(c->bev, EV_READ);
}

const struct run *
client_run(const struct client *c)
{
	return c->has_run ? &c->run : NULL;
}
