#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <event2/event.h>

#include "ui/printer.h"
#include "ui/say.h"
#include "ui/session.h"
#include "ui/tui/tui.h"

enum { EXIT_LOST = 255 };
static const double first_frame_after = 0.5;	/* seconds */

struct session {
	const struct session_options *options;
	struct event_base	*base;
	struct client		*client;
	struct printer		*printer;
	struct face		 face;
	struct tui		*tui;		/* NULL: a face without screen */
	struct event		*sigint;
	unsigned int		 run;
	pid_t			 engine;	/* our child, or 0 */
	bool			 bound;
	bool			 later;		/* results when the screen is left */
	bool			 last;		/* asked for what is still there */
	bool			 ended;		/* the run */
	struct event		 end;		/* how; told when all is printed */
	json_t			*end_raw;	/* owned; NULL: told, or not yet */
	bool			 finished;	/* all that is left is to write */
	bool			 prints;	/* results come to us */
	bool			 caught_up;	/* with what failed before we came */
	bool			 left;		/* the user */
	bool			 lost;		/* the engine, with what we want */
	int			 interrupts;
	int			 die_of;	/* a signal, when all is said */
	int			 exit_status;
};

/* ---- where we are --------------------------------------------------------- */

bool
session_terminal(void)
{
	int fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	bool ours;

	if (fd == -1)
		return false;
	ours = tcgetpgrp(fd) == getpgrp();
	close(fd);
	return ours;
}

bool
session_stdout_is_terminal(void)
{
	return isatty(STDOUT_FILENO) == 1;
}

/* ---- leaving --------------------------------------------------------------- */

static void
leave(struct session *s, int exit_status)
{
	s->exit_status = exit_status;
	event_base_loopbreak(s->base);
}

static void
leave_if_written(struct session *s)
{
	if (s->finished && printer_idle(s->printer))
		leave(s, s->exit_status);
}

/* Nothing comes any more: the last word, and out when all is written. */
static void
finish(struct session *s)
{
	if (s->tui == NULL && s->end_raw != NULL)
		s->face.event(&s->face, &s->end, s->end_raw);
	json_decref(s->end_raw);
	s->end_raw = NULL;
	s->finished = true;
	leave_if_written(s);
}

/* Were there results for us that never came?  Somebody else may print them. */
static bool
results_missing(const struct session *s)
{
	const struct run *run = client_run(s->client);

	return s->options->print && (s->engine != 0 || s->prints) &&
	    (run == NULL || run->unprinted > 0);
}

/* What has come is still written. */
static void
finish_lost(struct session *s)
{
	say("the engine of run %u was lost%s", s->run, s->ended ?
	    " before all its results were printed" : "");
	s->finished = true;
	leave_if_written(s);
}

/* The results that are still with the engine; then we are through. */
static void
ask_for_rest(struct session *s)
{
	struct request r = { .op = OP_OUTPUT, .once = true };

	if (s->last)
		return;
	s->last = true;
	client_send(s->client, &r);
}

static void
leave_when_printed(struct session *s)
{
	if (s->options->print)
		ask_for_rest(s);
	else
		finish(s);
}

static void
close_tui(struct session *s)
{
	tui_close(s->tui);
	s->tui = NULL;
}

static void
say_how_to_return(const struct session *s)
{
	if (!s->ended && !s->bound)
		say("run %u goes on; pooltop attach --run %u comes back"
		    " to it", s->run, s->run);
}

/* ---- what the engine tells ------------------------------------------------- */

/* The run was over, and somebody retried what had failed. */
static void
on_revived(struct session *s)
{
	s->ended = false;
	json_decref(s->end_raw);
	s->end_raw = NULL;
	s->exit_status = 0;
}

/* Who comes late is told what failed before; objects were for who was there. */
static void
catch_up(struct session *s, const struct run *run)
{
	s->caught_up = true;
	if (s->engine != 0 || s->options->face == FACE_JSON)
		return;
	for (unsigned int i = 0; i < run->nrecent; i++)
		if (run->recent[i].level == EVENT_ERROR)
			s->face.event(&s->face, &run->recent[i], NULL);
}

static void
on_state(void *arg, const struct run *run)
{
	struct session *s = arg;

	if (s->ended && s->tui != NULL && run->state != RUN_FINISHED)
		on_revived(s);
	if (s->tui != NULL) {
		tui_set_bound(s->tui, run->bound && s->bound);
		tui_update(s->tui, run);
		return;
	}
	if (!s->caught_up)
		catch_up(s, run);
	s->face.state(&s->face, run);
}

static void
on_end(struct session *s, const struct event *ev, const json_t *raw)
{
	if (s->last || s->finished)
		return;
	s->ended = true;	/* again, if tasks were retried after the end */
	s->end = *ev;
	json_decref(s->end_raw);
	s->end_raw = json_deep_copy(raw);
	s->exit_status = ev->exit_status;
	if (s->tui != NULL && s->later)
		return;		/* the summary stays until the user leaves */
	leave_when_printed(s);
}

/* The reader of standard output sets the pace: the engine knows how to wait. */
static void
pause_if_full(struct session *s)
{
	if (printer_full(s->printer))
		client_pause(s->client, true);
}

static void
on_event(void *arg, const struct event *ev, const json_t *raw)
{
	struct session *s = arg;

	if (ev->kind == EVENT_END)
		on_end(s, ev, raw);
	else if (s->tui == NULL)
		s->face.event(&s->face, ev, raw);
	pause_if_full(s);
}

static void
on_result(void *arg, const struct result_msg *m, const json_t *raw)
{
	struct session *s = arg;

	s->prints = true;
	s->face.result(&s->face, m, raw);
	pause_if_full(s);
}

static void
on_printed(void *arg)
{
	struct session *s = arg;

	if (s->last)
		finish(s);
}

static void
on_refused(void *arg, const char *why)
{
	struct session *s = arg;

	if (s->tui != NULL)
		tui_notice(s->tui, EVENT_WARN, why);
	else
		say("%s", why);
	if (s->last && client_pending(s->client) == 0)
		/* it was that of the rest: somebody else prints it */
		finish(s);
}

static void
on_lost(void *arg)
{
	struct session *s = arg;

	if (s->finished || (s->ended && !results_missing(s))) {
		finish(s);
		return;
	}
	s->lost = true;
	s->exit_status = EXIT_LOST;
	if (s->tui != NULL)
		tui_lost(s->tui);
	else
		finish_lost(s);
}

static void
on_record(void *arg, const struct record *record)
{
	struct session *s = arg;

	if (s->tui != NULL)
		tui_record(s->tui, record);
}

static const struct client_ops client_ops = {
	.state = on_state, .record = on_record, .event = on_event,
	.result = on_result, .printed = on_printed, .refused = on_refused,
	.lost = on_lost
};

/* ---- standard output ------------------------------------------------------- */

static void
on_written(void *arg, unsigned long long serial)
{
	struct session *s = arg;
	struct request r = { .op = OP_ACK, .ack = serial };

	client_pause(s->client, false);
	if (serial != 0)
		client_send(s->client, &r);
	leave_if_written(s);
}

/* Nobody reads it, or the disk is full: a bound run ends with us. */
static void
on_broken(void *arg, int why)
{
	struct session *s = arg;

	close_tui(s);
	if (why == EPIPE)
		s->die_of = SIGPIPE;
	else
		say("standard output: %s", strerror(why));
	say_how_to_return(s);
	leave(s, EXIT_LOST);
}

static const struct printer_ops printer_ops = {
	.written = on_written, .broken = on_broken
};

static void	on_sigint(evutil_socket_t, short, void *);

static void
catch_sigint(struct session *s)
{
	if (s->sigint != NULL)
		return;
	s->sigint = evsignal_new(s->base, SIGINT, on_sigint, s);
	event_add(s->sigint, NULL);
}

/* ---- the dashboard --------------------------------------------------------- */

static void
on_tui_send(void *arg, const struct request *r)
{
	struct session *s = arg;

	if (r->op == OP_UNBIND)
		s->bound = false;
	client_send(s->client, r);
}

static void
choose_face(struct session *s)
{
	switch (s->options->face) {
	case FACE_JSON:
		face_json(&s->face);
		break;
	case FACE_QUIET:
		face_quiet(&s->face);
		break;
	default:
		face_plain(&s->face);
	}
	s->face.printer = s->printer;
}

static void
on_detached(struct session *s)
{
	const struct run *run = client_run(s->client);

	if (run != NULL)
		s->bound = s->bound && run->bound;
	s->left = true;
	if (s->lost) {
		finish_lost(s);
		return;
	}
	say_how_to_return(s);
	if (!s->ended)
		s->exit_status = 0;
	leave_when_printed(s);
}

static void
on_tui_leave(void *arg, enum tui_leave how, int sig)
{
	struct session *s = arg;

	close_tui(s);
	catch_sigint(s);
	switch (how) {
	case TUI_DETACHED:
		on_detached(s);
		break;
	case TUI_STOPPED:	/* stay without a screen until it is over */
		s->face.begin(&s->face, s->run);
		if (s->lost)
			finish_lost(s);
		else if (s->ended)
			leave_when_printed(s);
		break;
	case TUI_TERMINAL_LOST:
		leave(s, 0);
		break;
	case TUI_SIGNALLED:
		s->die_of = sig;
		leave(s, 0);
		break;
	}
}

static struct tui *
open_tui(struct session *s, bool demo, struct err *err)
{
	const struct tui_options options = {
		.bound = demo,
		.stdout_cut = s->options->print && !s->later,
		.first_frame_after = first_frame_after,
		.send = on_tui_send, .leave = on_tui_leave, .arg = s
	};

	return tui_open(s->base, &options, err);
}

/* ---- Ctrl-C without a screen ----------------------------------------------- */

/*
 * Who began the run drains it first and stops it then; who only came to look
 * leaves, and so does who only waits for the reader of standard output.  A
 * shell's loop ends with it.
 */
static void
on_sigint(evutil_socket_t fd, short what, void *arg)
{
	struct session *s = arg;
	struct request r = { .op = OP_STOP };

	if (s->tui != NULL)
		return;
	if (s->engine == 0 || s->ended) {
		s->die_of = SIGINT;
		leave(s, s->exit_status);
		return;
	}
	if (s->interrupts++ == 0)
		say("running tasks finish, no more are started; again"
		    " to stop them");
	else {
		r.now = true;
		s->die_of = SIGINT;
	}
	client_send(s->client, &r);
}

/* ---- a whole session ------------------------------------------------------- */

static void
attach(struct session *s)
{
	struct request r = { .op = OP_ATTACH,
	    .events = s->face.all_events && s->tui == NULL,
	    .print = s->options->print && !s->later,
	    .record = s->tui != NULL };

	client_send(s->client, &r);
}

/* Bring up what shows the run: -1 and err when it has to be a dashboard. */
static int
open_face(struct session *s, bool demo, struct err *err)
{
	s->base = event_base_new();
	s->printer = printer_new(s->base, STDOUT_FILENO, &printer_ops, s);
	choose_face(s);
	if (s->options->face != FACE_TUI)
		return 0;
	s->later = s->options->print && session_stdout_is_terminal();
	if ((s->tui = open_tui(s, demo, err)) != NULL)
		return 0;
	s->later = false;
	return s->options->face_asked ? -1 : 0;
}

static void
close_face(struct session *s)
{
	tui_close(s->tui);
	printer_free(s->printer);
	event_base_free(s->base);
}

/*
 * The engine was our child.  It has nothing left to do, so this is short; but
 * it stays for others who still look at the end, and we do not.
 */
static void
wait_for_engine(const struct session *s)
{
	enum { A_MOMENT = 1000 };		/* milliseconds */
	struct pollfd pfd = { .events = POLLIN };

	if (s->engine == 0 || !s->ended ||
	    (pfd.fd = pidfd_open(s->engine, 0)) == -1)
		return;
	poll(&pfd, 1, A_MOMENT);
	close(pfd.fd);
	waitpid(s->engine, NULL, WNOHANG);
}

static int
live(struct session *s, int fd)
{
	signal(SIGPIPE, SIG_IGN);
	s->client = client_new(s->base, fd, &client_ops, s);
	if (s->tui == NULL) {
		catch_sigint(s);
		s->face.begin(&s->face, s->run);
	}
	attach(s);
	event_base_dispatch(s->base);
	if (s->sigint != NULL)
		event_free(s->sigint);
	close_tui(s);		/* it looks at what the client has */
	client_free(s->client);
	close_face(s);
	json_decref(s->end_raw);
	wait_for_engine(s);
	if (s->die_of != 0) {
		signal(s->die_of, SIG_DFL);
		raise(s->die_of);
	}
	return s->exit_status;
}

int
session_begin(client_engine_fn *engine, struct setup *setup,
    const struct session_options *options)
{
	struct session s = { .options = options };
	struct err err;
	int fd;

	if (open_face(&s, options->demo, &err) == -1) {
		say("%s", err.text);
		close_face(&s);
		return EXIT_LOST;
	}
	setup->bound = s.bound = s.tui == NULL || options->demo;
	fd = client_start(engine, setup, &s.engine, &s.run, &err);
	if (fd == -1) {
		close_tui(&s);
		say("%s", err.text);
		close_face(&s);
		return EXIT_LOST;
	}
	return live(&s, fd);
}

int
session_join(unsigned int run, const struct session_options *options)
{
	struct session s = { .options = options, .run = run };
	struct err err;
	int fd;

	if ((fd = client_connect(run, &err)) == -1) {
		say("%s", err.text);
		return EXIT_LOST;
	}
	if (open_face(&s, false, &err) == -1) {
		say("%s", err.text);
		close_face(&s);
		close(fd);
		return EXIT_LOST;
	}
	return live(&s, fd);
}

int
session_detach(client_engine_fn *engine, struct setup *setup)
{
	unsigned int run;
	struct err err;
	pid_t pid;
	int fd;

	setup->bound = false;
	if ((fd = client_start(engine, setup, &pid, &run, &err)) == -1) {
		say("%s", err.text);
		return EXIT_LOST;
	}
	close(fd);
	say("run %u goes on without a front end; pooltop attach --run %u"
	    " shows it", run, run);
	return 0;
}
