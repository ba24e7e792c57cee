#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include <bsd/sys/queue.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/listener.h>

#include "base/mem.h"
#include "base/mono.h"
#include "base/sock.h"
#include "engine/control.h"
#include "wire/control_msg.h"
#include "wire/record_msg.h"

enum {
	STATE_BACKLOG = 128 * 1024,		/* above it, no more states */
	EVENT_BACKLOG = 64 * 1024 * 1024,	/* above it, no more events */
	RESULT_WINDOW = 1024 * 1024,		/* bytes sent and not printed */
	ANSWER_BACKLOG = 1024 * 1024,		/* above it, no more answers */
	CLIENTS_MAX = 64
};
static const double deaf_after = 3;	/* seconds of not reading */
static const struct timeval deaf_for = { .tv_sec = 1 };

/* One front end's connection: lines in, lines out, both bounded. */
struct client {
	struct control		*control;
	struct bufferevent	*bev;
	bool			 owner;		/* started the run */
	bool			 hears;		/* is told events */
	bool			 attached;	/* wants states, too */
	bool			 all_events;	/* not only notable ones */
	bool			 wants_print;	/* wants results */
	bool			 once;		/* only those that are ready */
	bool			 wants_record;
	struct record_told	 told;		/* of the record */
	uint64_t		 sent;		/* serial of the last result */
	uint64_t		 unacked;	/* bytes of results on their way */
	uint64_t		 missed;	/* events it was too slow for */
	bool			 closing;	/* when all is sent */
	size_t			 seen;		/* backlog, when last looked at */
	struct mono		 heard;		/* when it was seen to read */
	TAILQ_ENTRY(client)	 entry;
};
TAILQ_HEAD(clients, client);

struct control {
	struct event_base	*base;
	struct evconnlistener	*listener;
	struct event		*listen_again;
	const struct run	*run;
	const struct record	*record;
	struct output		*output;
	const struct control_ops *ops;
	void			*arg;
	struct clients		 clients;
	unsigned int		 nclients;
	struct client	*printer;	/* or NULL */
	struct event	 first, last;	/* the start and the end, once told */
	bool		 told_end;
};

static void	read_requests(struct client *);
static void	on_lines(struct bufferevent *, void *);
static void	on_sent(struct bufferevent *, void *);
static void	on_gone(struct bufferevent *, short, void *);

/* ---- one client ----------------------------------------------------------- */

/* Bytes that wait to be read by it. */
static size_t
backlog(const struct client *c)
{
	return evbuffer_get_length(bufferevent_get_output(c->bev));
}

static void
send_object(struct client *c, const json_t *j)
{
	size_t len;
	char *line = control_line(j, &len);

	bufferevent_write(c->bev, line, len);
	free(line);
}

static void
send_new(struct client *c, json_t *j)
{
	send_object(c, j);
	json_decref(j);
}

static struct client *
client_add(struct control *ctl, int fd)
{
	struct client *c = mem_alloc(sizeof *c);

	c->control = ctl;
	c->bev = bufferevent_socket_new(ctl->base, fd, BEV_OPT_CLOSE_ON_FREE |
	    BEV_OPT_DEFER_CALLBACKS);
	bufferevent_setcb(c->bev, on_lines, on_sent, on_gone, c);
	bufferevent_setwatermark(c->bev, EV_READ, 0, REQUEST_LINE_MAX + 1);
	bufferevent_enable(c->bev, EV_READ | EV_WRITE);
	TAILQ_INSERT_TAIL(&ctl->clients, c, entry);
	ctl->nclients++;
	send_new(c, control_hello(ctl->run->number));
	return c;
}

/* Who asked for results first, and is still there, gets them. */
static void
choose_printer(struct control *ctl)
{
	struct client *c;

	if (ctl->printer != NULL)
		return;
	TAILQ_FOREACH(c, &ctl->clients, entry)
		if (c->wants_print && !c->closing)
			break;
	ctl->printer = c;
	if (c != NULL) {	/* what the last one did not print, again */
		c->sent = output_printed_serial(ctl->output);
		c->unacked = 0;
	}
}

static void
client_remove(struct client *c)
{
	struct control *ctl = c->control;
	bool owner = c->owner;

	TAILQ_REMOVE(&ctl->clients, c, entry);
	ctl->nclients--;
	if (ctl->printer == c)
		ctl->printer = NULL;
	bufferevent_free(c->bev);
	free(c);
	if (owner)
		ctl->ops->owner_gone(ctl->arg);
	choose_printer(ctl);
	control_output_out(ctl);
	ctl->ops->changed(ctl->arg);
}

static void
on_gone(struct bufferevent *bev, short what, void *arg)
{
	if (what & (BEV_EVENT_EOF | BEV_EVENT_ERROR))
		client_remove(arg);
}

static void
on_sent(struct bufferevent *bev, void *arg)
{
	struct client *c = arg;

	if (c->closing) {
		client_remove(c);
		return;
	}
	read_requests(c);	/* those that had to wait */
	c->control->ops->changed(c->control->arg);
}

/* A last word, then it is hung up on. */
static void
refuse(struct client *c, const char *why)
{
	send_new(c, control_error(why));
	bufferevent_disable(c->bev, EV_READ);
	c->closing = true;
}

/* ---- requests ------------------------------------------------------------- */

static json_t *
state_line(struct control *ctl)
{
	ctl->ops->refresh(ctl->arg);
	return json_pack("{so}", "state", control_state(ctl->run));
}

/* Who is too slow is told more the next time. */
static void
send_record(struct client *c)
{
	struct control *ctl = c->control;
	json_t *j;

	if (!c->wants_record || c->closing || backlog(c) > STATE_BACKLOG)
		return;
	j = record_put(ctl->record, &c->told, ctl->ops->label, ctl->arg);
	if (j != NULL)
		send_new(c, j);
}

void
control_record_out(struct control *ctl)
{
	struct client *c;

	TAILQ_FOREACH(c, &ctl->clients, entry)
		send_record(c);
}

/* What was told before this client came: how it began, how it ended. */
static void
send_told(struct client *c, const struct event *ev)
{
	if (ev->time == 0)
		return;		/* it has not happened yet */
	send_new(c, control_event(ev));
}

static void
attach(struct client *c, const struct request *r)
{
	bool late = !c->hears;

	c->attached = c->hears = true;
	c->wants_record |= r->record;
	c->all_events = r->events;
	c->wants_print |= r->print;
	send_new(c, control_ok());
	if (late)
		send_told(c, &c->control->first);
	send_new(c, state_line(c->control));
	send_record(c);
	if (late)
		send_told(c, &c->control->last);
	c->control->told_end |= c->control->last.time != 0;
	choose_printer(c->control);
	control_output_out(c->control);
	c->control->ops->changed(c->control->arg);
}

/* Results, now or from now on.  Somebody else may be printing them. */
static void
output(struct client *c, const struct request *r)
{
	struct control *ctl = c->control;

	if (ctl->printer != NULL && ctl->printer != c) {
		send_new(c, control_error(
		    "another front end prints the results of this run"));
		return;
	}
	c->wants_print = true;
	c->once = r->once;
	send_new(c, control_ok());
	choose_printer(ctl);
	control_output_out(ctl);
}

static void
ack(struct client *c, unsigned long long serial)
{
	struct control *ctl = c->control;

	if (c != ctl->printer || serial > c->sent)
		return;
	output_printed(ctl->output, serial);
	if (serial == c->sent)
		c->unacked = 0;
	control_output_out(ctl);
	ctl->ops->changed(ctl->arg);
}

static void
request(struct client *c, const struct request *r)
{
	struct control *ctl = c->control;
	struct err err;

	if (ctl->ops->request(ctl->arg, r, &err) == -1)
		send_new(c, control_error(err.text));
	else
		send_new(c, control_ok());
	ctl->ops->changed(ctl->arg);	/* behind the answer: it may be the last */
}

static void
handle(struct client *c, const struct request *r)
{
	struct control *ctl = c->control;

	switch (r->op) {
	case OP_STATUS:
		send_new(c, state_line(ctl));
		break;
	case OP_ATTACH:
		attach(c, r);
		break;
	case OP_OUTPUT:
		output(c, r);
		break;
	case OP_ACK:
		ack(c, r->ack);
		break;
	default:
		request(c, r);
	}
}

static void
on_line(struct client *c, const char *line, size_t len)
{
	struct request r;
	struct err err;
	json_t *j;

	if ((j = control_parse(line, len, &err)) == NULL)
		refuse(c, err.text);
	else if (control_request_get(j, &r, &err) == -1)
		send_new(c, control_error(err.text));
	else
		handle(c, &r);
	json_decref(j);
}

/* Who does not read its answers is not listened to. */
static bool
may_answer(const struct client *c)
{
	return !c->closing && backlog(c) < ANSWER_BACKLOG;
}

static void
read_requests(struct client *c)
{
	struct evbuffer *in = bufferevent_get_input(c->bev);
	size_t len;
	char *line;

	while (may_answer(c) &&
	    (line = evbuffer_readln(in, &len, EVBUFFER_EOL_LF)) != NULL) {
		on_line(c, line, len);
		free(line);
	}
	if (may_answer(c) && evbuffer_get_length(in) > REQUEST_LINE_MAX)
		refuse(c, "a line is too long");
}

static void
on_lines(struct bufferevent *bev, void *arg)
{
	read_requests(arg);
}

/* ---- the listener --------------------------------------------------------- */

static void
on_connection(struct evconnlistener *listener, evutil_socket_t fd,
    struct sockaddr *sa, int len, void *arg)
{
	struct control *ctl = arg;
	uid_t uid;

	if (sock_peer_uid(fd, &uid) == -1 ||
	    (uid != geteuid() && uid != 0)) {
		close(fd);
		return;
	}
	struct client *c = client_add(ctl, fd);

	if (ctl->nclients > CLIENTS_MAX)
		refuse(c, "too many front ends are connected");
}

/* No descriptor is free: a connection that waits must not keep us busy. */
static void
on_accept_failed(struct evconnlistener *listener, void *arg)
{
	struct control *ctl = arg;

	evconnlistener_disable(listener);
	event_add(ctl->listen_again, &deaf_for);
}

static void
on_listen_again(evutil_socket_t fd, short what, void *arg)
{
	struct control *ctl = arg;

	evconnlistener_enable(ctl->listener);
}

struct control *
control_new(struct event_base *base, int listen_fd, const struct run *run,
    const struct record *record, struct output *out,
    const struct control_ops *ops, void *arg)
{
	struct control *ctl = mem_alloc(sizeof *ctl);

	ctl->base = base;
	ctl->run = run;
	ctl->record = record;
	ctl->output = out;
	ctl->ops = ops;
	ctl->arg = arg;
	TAILQ_INIT(&ctl->clients);
	ctl->listener = evconnlistener_new(base, on_connection, ctl,
	    LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC, 0, listen_fd);
	evconnlistener_set_error_cb(ctl->listener, on_accept_failed);
	ctl->listen_again = evtimer_new(base, on_listen_again, ctl);
	return ctl;
}

void
control_add_owner(struct control *ctl, int fd)
{
	struct client *c;

	sock_nonblock(fd);
	c = client_add(ctl, fd);
	c->owner = c->hears = c->all_events = true;
}

void
control_free(struct control *ctl)
{
	struct client *c;

	if (ctl == NULL)
		return;
	while ((c = TAILQ_FIRST(&ctl->clients)) != NULL) {
		TAILQ_REMOVE(&ctl->clients, c, entry);
		bufferevent_free(c->bev);
		free(c);
	}
	evconnlistener_free(ctl->listener);
	event_free(ctl->listen_again);
	free(ctl);
}

/* ---- telling --------------------------------------------------------------- */

static void
tell_missed(struct client *c)
{
	struct event ev = { .kind = EVENT_FAULT, .level = EVENT_WARN,
	    .notable = true, .time = wall_now() };

	snprintf(ev.text, sizeof ev.text, "%llu events were left out: this"
	    " front end reads too slowly", (unsigned long long)c->missed);
	c->missed = 0;
	send_new(c, control_event(&ev));
}

void
control_event_out(struct control *ctl, const struct event *ev)
{
	struct client *c;
	json_t *j = NULL;

	if (ev->kind == EVENT_START)
		ctl->first = *ev;
	if (ev->kind == EVENT_END)
		ctl->last = *ev;
	TAILQ_FOREACH(c, &ctl->clients, entry) {
		if (!c->hears || c->closing ||
		    !(c->all_events || ev->notable))
			continue;
		if (backlog(c) > EVENT_BACKLOG) {
			c->missed++;
			continue;
		}
		if (c->missed > 0)
			tell_missed(c);
		if (j == NULL)
			j = control_event(ev);
		send_object(c, j);
		ctl->told_end |= ev->kind == EVENT_END && c->attached;
	}
	json_decref(j);
}

void
control_state_out(struct control *ctl)
{
	struct client *c;
	json_t *j = NULL;

	TAILQ_FOREACH(c, &ctl->clients, entry) {
		if (!c->attached || c->closing ||
		    backlog(c) > STATE_BACKLOG)
			continue;
		if (j == NULL)
			j = state_line(ctl);
		send_object(c, j);
	}
	json_decref(j);
}

static void
send_result(struct client *c, const struct chunk *chunk)
{
	const struct run_job *job = &c->control->run->job[chunk->job];
	const struct result_msg m = { .serial = chunk->serial,
	    .task = chunk->task, .job = job->name, .text = chunk->text, .len = chunk->len };

	send_new(c, control_result(&m));
	c->sent = chunk->serial;
	c->unacked += chunk->len + 1;
}

void
control_output_out(struct control *ctl)
{
	struct client *c = ctl->printer;
	struct chunk chunk;

	if (c == NULL || c->closing)
		return;
	while (c->unacked < RESULT_WINDOW &&
	    output_next(ctl->output, c->sent, &chunk))
		send_result(c, &chunk);
	if (c->once && c->sent == output_printed_serial(ctl->output) &&
	    c->unacked == 0) {		/* it has all that was ready */
		c->wants_print = c->once = false;
		ctl->printer = NULL;
		send_new(c, json_pack("{sb}", "printed", 1));
		choose_printer(ctl);
	}
}

bool
control_printer(const struct control *ctl)
{
	return ctl->printer != NULL;
}

unsigned int
control_viewers(const struct control *ctl)
{
	const struct client *c;
	unsigned int n = 0;

	TAILQ_FOREACH(c, &ctl->clients, entry)
		n += c->attached;
	return n;
}

void
control_reopened(struct control *ctl)
{
	ctl->last = (struct event){ 0 };
	ctl->told_end = false;
}

bool
control_told_end(const struct control *ctl)
{
	return ctl->told_end;
}

/* It has not taken anything of what waits for it, as often as we looked. */
static bool
deaf(struct client *c)
{
	size_t n = backlog(c);

	if (n == 0 || c->seen == 0 || n < c->seen)
		c->heard = mono_now();
	c->seen = n;
	return mono_since(c->heard) > deaf_after;
}

bool
control_sending(struct control *ctl)
{
	struct client *c;

	TAILQ_FOREACH(c, &ctl->clients, entry)
		if (backlog(c) > 0 && !deaf(c))
			return true;
	return false;
}

bool
control_watched(struct control *ctl)
{
	struct client *c;

	TAILQ_FOREACH(c, &ctl->clients, entry)
		if (c->owner || (c->attached && !deaf(c)))
			return true;
	return false;
}
