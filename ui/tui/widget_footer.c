#include <string.h>

#include "ui/tui/widget.h"

/* How long a key stays when the line gets narrow. */
static int
rank(const struct screen *s, enum action a)
{
	if (s->view == &view_log && (a == ACTION_SORT || a == ACTION_FOLLOW ||
	    a == ACTION_WRAP))
		return 7;
	if (s->view == &view_log && (a == ACTION_LESS || a == ACTION_MORE))
		return 4;
	switch (a) {
	case ACTION_LEAVE:
		return 9;
	case ACTION_HELP:
		return 8;
	case ACTION_WORKER:
		return 7;
	case ACTION_LESS:
	case ACTION_MORE:
		return 6;
	case ACTION_PAUSE:
	case ACTION_FIND:
	case ACTION_FILTER:
	case ACTION_RETRY:
		return 5;
	case ACTION_STOP:
		return 4;
	case ACTION_SORT:
	case ACTION_SIZE:
		return 3;
	case ACTION_SETTINGS:
		return 1;
	default:
		return 2;
	}
}

static const char *
label(const struct screen *s, enum action a)
{
	if (a == ACTION_PAUSE && s->run.state == RUN_PAUSED)
		return "continue";
	if (a == ACTION_WORKER && s->view == &view_tasks)
		return "Cancel";
	if (a == ACTION_SORT && s->view == &view_log)
		return "Level";
	if (a == ACTION_FOLLOW && !s->log.held)
		return "hold";
	if (a == ACTION_FREEZE && s->frozen)
		return "unfreeze";
	if (a == ACTION_LEAVE && !s->lost && s->known &&
	    s->run.state != RUN_FINISHED && !s->options.bound)
		return "Detach";
	return keys_info(a)->label;
}

/* "F8Pool+" as people know it from htop; a letter stands apart: "p pause". */
static void
entry(struct line *l, const struct action_info *info, const char *word,
    int keep, bool roomy)
{
	int size = (int)strcspn(info->keys, " ");

	l->key = info->key[0];
	line_add(l, keep, ROLE_KEY, "%.*s", size, info->keys);
	if (size > 1) {
		l->ground = GROUND_LABEL;
		line_join(l, ROLE_NORMAL, roomy ? "%-6s" : "%s", word);
		l->ground = GROUND_PLAIN;
		line_join(l, ROLE_NORMAL, " ");
	} else
		line_join(l, ROLE_DIM, " %s  ", word);
}

void
widget_footer(const struct screen *s, struct canvas *c, struct rect r,
    enum layout_form form)
{
	const struct table *t = table_seen(s);
	struct line l;
	int end = r.x + r.w;

	if (r.h == 0)
		return;
	line_start(&l, GROUND_PLAIN);
	for (int i = 0; i < NACTIONS; i++) {
		enum action a = (enum action)i;
		const struct action_info *info = keys_info(a);

		if (info->mode != MODE_MAIN || info->label[0] == '\0' ||
		    !screen_may(s, a, NULL))
			continue;
		entry(&l, info, label(s, a), rank(s, a), form >= LAYOUT_NORMAL);
	}
	if (s->layout.tabs.h == 0 && t != NULL && t->range[0] != '\0')
		end -= canvas_width(c, t->range) + 1;
	line_draw(&l, c, r.y, r.x, end);
	if (end < r.x + r.w)
		canvas_puts(c, r.y, end + 1, r.w, ROLE_DIM, t->range);
}
