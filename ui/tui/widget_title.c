#include <math.h>
#include <stdio.h>

#include "ui/tui/show.h"
#include "ui/tui/widget.h"

static const struct state_look looks[] = {
	[RUN_STARTING] = { GLYPH_START, "STARTING", ROLE_START },
	[RUN_RUNNING] = { GLYPH_GO, "RUNNING", ROLE_RUN },
	[RUN_PAUSED] = { GLYPH_FROZEN, "QUEUE PAUSED", ROLE_WARN },
	[RUN_WAITING] = { GLYPH_FROZEN, "WAITING", ROLE_WARN },
	[RUN_DRAINING] = { GLYPH_DRAIN, "DRAINING", ROLE_DRAIN },
	[RUN_STOPPING] = { GLYPH_TERM, "STOPPING", ROLE_TERM },
	[RUN_FINISHED] = { GLYPH_OK, "FINISHED", ROLE_RUN },
};

struct state_look
widget_state(const struct screen *s)
{
	const struct run *run = &s->run;

	if (s->lost)
		return (struct state_look){ GLYPH_WARN, "NO ENGINE",
			ROLE_FAIL };
	if (s->silent)
		return (struct state_look){ GLYPH_WARN, "NO NEWS", ROLE_WARN };
	if (!s->known)
		return (struct state_look){ GLYPH_START, "CONNECTING",
			ROLE_START };
	if (run->state == RUN_RUNNING && run->queue.total == 0 &&
	    run->queue.total_known)
		return (struct state_look){ GLYPH_IDLE, "IDLE", ROLE_DIM };
	if (run->state == RUN_FINISHED && run->exit_status > 0)
		return (struct state_look){ GLYPH_WARN, "FINISHED",
			ROLE_WARN };
	return looks[run->state];
}

/* "~2m21s", "..." while it cannot be told, "" when nothing is to come. */
const char *
widget_eta(const struct screen *s, char out[HUMAN_MAX])
{
	const struct run *run = &s->run;

	out[0] = '\0';
	if (s->lost || !s->known || run->state != RUN_RUNNING ||
	    run->queue.depth + run->queue.running == 0)
		return out;
	if (isnan(run->eta))
		return "...";
	return human_duration(out, run->eta);
}

static void
host(struct line *l, const struct run *run, const char *bar)
{
	const struct run_host *h = &run->host;
	char size[HUMAN_MAX];

	if (h->cores_online == 0)
		return;
	line_add(l, 3, ROLE_FAINT, "%s", bar);
	line_join(l, ROLE_NORMAL, "%s: ", h->name);
	if (h->cores_usable != 0 && h->cores_usable != h->cores_online)
		line_join(l, ROLE_NORMAL, "%u of %u cores", h->cores_usable,
		    h->cores_online);
	else
		line_join(l, ROLE_NORMAL, "%u cores", h->cores_online);
	if (h->memory_total != SIZE_UNKNOWN)
		line_join(l, ROLE_NORMAL, ", %s",
		    human_size(size, h->memory_total));
}

static void
who(const struct screen *s, struct line *l, const char *bar,
    enum layout_form form)
{
	const struct run *run = &s->run;

	line_add(l, 9, ROLE_STRONG, " pooltop");
	if (!s->known || form <= LAYOUT_NARROW)
		return;
	line_add(l, 6, ROLE_FAINT, "%s", bar);
	line_join(l, ROLE_NORMAL, "%s", run->name[0] != '\0' ? run->name :
	    "(no name)");
	if (form < LAYOUT_WIDE)
		return;
	host(l, run, bar);
	if (run->engine_pid != 0) {
		line_add(l, 2, ROLE_FAINT, "%s", bar);
		line_join(l, ROLE_NORMAL, "run %u, engine %d", run->number,
		    (int)run->engine_pid);
	}
	if (run->viewers > 1) {
		line_add(l, 1, ROLE_FAINT, "%s", bar);
		line_join(l, ROLE_NORMAL, "%u viewers", run->viewers);
	}
}

void
widget_title(const struct screen *s, struct canvas *c, struct rect r,
    enum layout_form form, struct mono now)
{
	struct state_look look = widget_state(s);
	char out[HUMAN_MAX], bar[16];
	struct line left, right;
	const char *eta;
	int end;

	if (r.h == 0)
		return;
	canvas_clear(c, r, GROUND_BAR);
	snprintf(bar, sizeof bar, "  %s ", theme_glyph(c->ascii, GLYPH_VLINE));
	line_start(&right, GROUND_BAR);
	if (s->frozen)
		line_add(&right, 6, ROLE_WARN, "FROZEN  ");
	line_add(&right, 9, look.role, "%s %s", theme_glyph(c->ascii,
	    look.glyph), look.word);
	if ((s->lost || s->silent) && s->known)
		line_add(&right, 8, look.role, "  data %s old",
		    human_duration(out, mono_diff(now, s->run_at)));
	else if (s->known)
		line_add(&right, 8, ROLE_STRONG, "  %s",
		    human_clock(out, s->run.elapsed));
	if (form < LAYOUT_NORMAL && *(eta = widget_eta(s, out)) != '\0') {
		line_add(&right, 7, ROLE_DIM, "  ETA ");
		line_join(&right, ROLE_NORMAL, "%s", eta);
	}
	line_add(&right, 9, ROLE_NORMAL, " ");
	end = line_right(&right, c, r.y, r.x + 9, r.x + r.w);
	line_start(&left, GROUND_BAR);
	who(s, &left, bar, form);
	line_draw(&left, c, r.y, r.x, end - 1);
}
