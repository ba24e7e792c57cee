#include <string.h>

#include "ui/tui/show.h"
#include "ui/tui/widget.h"

static enum role
level_role(enum event_level level)
{
	return level == EVENT_ERROR ? ROLE_FAIL : level == EVENT_WARN ?
	    ROLE_WARN : ROLE_NORMAL;
}

static enum glyph
level_glyph(enum event_level level)
{
	return level == EVENT_ERROR ? GLYPH_FAIL : level == EVENT_WARN ?
	    GLYPH_WARN : GLYPH_INFO;
}

static void
event(struct canvas *c, int y, int x, int end, const struct event *ev)
{
	char text[EVENT_TEXT_MAX * 2], time[HUMAN_MAX];
	enum glyph mark = ev->kind == EVENT_TASK && ev->again ? GLYPH_RETRY :
	    level_glyph(ev->level);
	enum role role = level_role(ev->level);

	x += 1;
	if (end - x >= 60)
		x += canvas_printf(c, y, x, end - x, ROLE_DIM, "%s ",
		    show_time(time, ev->time));
	x += canvas_glyph(c, y, x, mark == GLYPH_RETRY ? ROLE_RETRY : role,
	    mark) + 1;
	canvas_puts(c, y, x, end - x, ROLE_NORMAL, event_sentence(ev, text,
	    sizeof text));
}

void
widget_events(const struct screen *s, struct canvas *c, struct rect r)
{
	int n = (int)s->run.nrecent, first = n > r.h ? n - r.h : 0;
	struct rect head = s->layout.events_head;

	if (head.h > 0) {
		canvas_line(c, head.y, head.x, head.w, ROLE_FAINT,
		    GLYPH_HLINE);
		canvas_puts(c, head.y, head.x + 2, head.w, ROLE_DIM,
		    " Events ");
	}

	for (int i = first; i < n; i++)
		event(c, r.y + r.h - n + i, r.x, r.x + r.w, &s->run.recent[i]);
}

void
widget_toast(const struct screen *s, struct canvas *c, const struct layout *l)
{
	struct rect r = l->events.h > 0 ? l->events : l->footer;
	enum role role = s->toast.level == EVENT_INFO ? ROLE_STRONG :
	    level_role(s->toast.level);

	if (s->toast.text[0] == '\0')
		return;
	r.y += r.h - 1;
	r.h = 1;
	canvas_clear(c, r, GROUND_BAR);
	canvas_hit(c, r, HIT_NOTHING, 0);
	canvas_glyph(c, r.y, r.x + 1, role, level_glyph(s->toast.level));
	canvas_puts(c, r.y, r.x + 3, r.w - 4, role, s->toast.text);
}

bool
widget_notice_is(const struct screen *s)
{
	return s->lost || (s->known && s->run.why[0] != '\0' &&
	    s->run.state != RUN_FINISHED);
}

void
widget_notice(const struct screen *s, struct canvas *c, struct rect r,
    struct mono now)
{
	char age[HUMAN_MAX];
	enum role role = s->lost ? ROLE_FAIL : ROLE_WARN;
	int x = r.x + 1, end = r.x + r.w - 1;

	if (r.h == 0)
		return;
	canvas_clear(c, r, GROUND_BAR);
	x += canvas_glyph(c, r.y, x, role, GLYPH_WARN) + 1;
	if (s->lost && s->known)
		canvas_printf(c, r.y, x, end - x, role, "The connection to the "
		    "engine was lost %s ago: what is shown is old.",
		    human_duration(age, mono_diff(now, s->run_at)));
	else if (s->lost)
		canvas_puts(c, r.y, x, end - x, role,
		    "There is no connection to the engine.");
	else
		canvas_printf(c, r.y, x, end - x, role, "%s: %s",
		    s->run.state == RUN_PAUSED ? "Paused" :
		    s->run.state == RUN_WAITING ? "Waiting" :
		    "No new tasks start", s->run.why);
}
