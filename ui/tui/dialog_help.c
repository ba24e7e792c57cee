#include <stdio.h>
#include <string.h>

#include "ui/tui/screen.h"

enum { HALF_W = 38, KEYS_W = 8, LINES_MAX = 64 };

struct lines {
	int			 n;
	const struct action_info *info[LINES_MAX];	/* NULL: heading */
	enum key_group		 group[LINES_MAX];
	enum action		 action[LINES_MAX];
};

static void
gather(struct lines *l, enum key_group g)
{
	l->group[l->n++] = g;
	for (int a = 0; a < NACTIONS && l->n < LINES_MAX; a++) {
		const struct action_info *info = keys_info((enum action)a);

		if (info->group == g && info->mode == MODE_MAIN) {
			l->info[l->n] = info;
			l->action[l->n] = (enum action)a;
			l->group[l->n++] = g;
		}
	}
}

static void
put(struct page *p, const struct canvas *c, const struct lines *l, int i,
    int x, bool vi)
{
	char keys[KEYS_WRITTEN_MAX];
	int w;

	if (i >= l->n)
		return;
	if (l->info[i] == NULL)
		page_put(p, c, x, ROLE_STRONG, "%s",
		    keys_group_name(l->group[i]));
	else {
		page_put(p, c, x, ROLE_KEY, " %s", keys_written(l->action[i],
		    vi, keys));
		w = 2 + (int)strlen(keys);
		page_put(p, c, x + (w > KEYS_W ? w : KEYS_W), ROLE_NORMAL,
		    "%s", l->info[i]->help);
	}
}

/* The marks come first: who sees the screen for the first time needs them. */
static void
marks(struct page *p, const struct canvas *c)
{
	static const struct {
		enum glyph	glyph;
		enum role	role;
		const char	*word;
	} mark[] = {
		{ GLYPH_FULL, ROLE_DONE, "done " },
		{ GLYPH_DARK, ROLE_FAIL, "failed " },
		{ GLYPH_MEDIUM, ROLE_WARN, "running " },
		{ GLYPH_LIGHT, ROLE_DIM, "waiting" },
		{ GLYPH_OK, ROLE_DONE, "done " },
		{ GLYPH_FAIL, ROLE_FAIL, "failed " },
		{ GLYPH_CANCEL, ROLE_WARN, "cancelled " },
		{ GLYPH_RETRY, ROLE_RETRY, "queued again" },
		{ GLYPH_RUN, ROLE_RUN, "runs " },
		{ GLYPH_IDLE, ROLE_IDLE, "idle " },
		{ GLYPH_START, ROLE_START, "starts " },
		{ GLYPH_DRAIN, ROLE_DRAIN, "leaves after its task" },
		{ GLYPH_TERM, ROLE_TERM, "is being stopped " },
		{ GLYPH_FROZEN, ROLE_START, "frozen " },
		{ GLYPH_LOST, ROLE_FAIL, "died " },
		{ GLYPH_BLANK, ROLE_DIM, "~? progress not known" },
	};
	static const char *const name[] = { "TASKS", "", "WORKERS", "" };

	for (int i = 0; i < 16; i++) {
		if (i % 4 == 0) {
			page_row(p, PAGE_FACT, -1);
			page_put(p, c, 0, ROLE_STRONG, "%-8s", name[i / 4]);
		}
		page_put(p, c, -1, mark[i].role, "%s %s", theme_glyph(c->ascii,
		    mark[i].glyph), mark[i].word);
	}
}

/* What works wherever one is. */
static void
always(struct page *p, const struct canvas *c)
{
	page_row(p, PAGE_FACT, -1);
	page_put(p, c, 0, ROLE_STRONG, "%-8s", "ALWAYS");
	page_put(p, c, -1, ROLE_KEY, "Esc");
	page_put(p, c, -1, ROLE_NORMAL, " goes back   ");
	page_put(p, c, -1, ROLE_KEY, "Ctrl-C");
	page_put(p, c, -1, ROLE_NORMAL, " leaves, twice: at once");
}

static void
page(const struct screen *s, const struct canvas *c, struct page *p)
{
	bool vi = settings_vi_keys(&s->settings);
	bool halves = c->w >= 2 * HALF_W + 4;
	struct lines left = { 0 }, right = { 0 };
	struct lines *second = halves ? &right : &left;

	page_start(p, "Help: Up Down scroll, any other key closes");
	gather(&left, GROUP_MOVE);
	gather(&left, GROUP_TABLE);
	gather(second, GROUP_WORKER);
	gather(second, GROUP_TASK);
	gather(second, GROUP_POOL);
	gather(second, GROUP_SHOW);
	gather(second, GROUP_LEAVE);
	marks(p, c);
	always(p, c);
	page_row(p, PAGE_BLANK, -1);
	for (int i = 0; i < left.n || i < right.n; i++) {
		page_row(p, PAGE_FACT, -1);
		put(p, c, &left, i, 0, vi);
		put(p, c, &right, i, HALF_W, vi);
	}
}

static void
act(struct screen *s, enum action a, int key, struct mono now)
{
	struct dialog *d = &s->dialog;

	if (!dialog_scroll(d, a, key))
		dialog_close(s);
}

static const struct dialog_ops ops = { MODE_HELP, page, act };

void
dialog_help_open(struct screen *s)
{
	dialog_close(s);
	s->dialog.ops = &ops;
}
