#include "ui/tui/screen.h"

/* The columns that a table can be sorted by, as rows of the menu. */
static int
choices(const struct screen *s, int column[COLUMNS_MAX])
{
	int n = 0;

	for (int i = 0; i < s->view->ncolumns; i++)
		if (s->view->columns[i].sort != NULL)
			column[n++] = i;
	return n;
}

static void
sort_page(const struct screen *s, const struct canvas *c, struct page *p)
{
	const struct table *t = table_seen(s);
	int column[COLUMNS_MAX], n = choices(s, column);

	page_start(p, "Sort %s by", s->view->noun);
	for (int i = 0; i < n; i++) {
		const struct column *col = &s->view->columns[column[i]];
		bool here = t->sort.by == column[i];

		page_row(p, PAGE_CHOICE, i);
		page_put(p, c, 0, here ? ROLE_STRONG : ROLE_NORMAL, "%-10s",
		    col->sort);
		if (here)
			page_put(p, c, -1, ROLE_KEY, "%s",
			    theme_glyph(c->ascii, t->sort.down ?
			    GLYPH_FALLING : GLYPH_RISING));
	}
	page_row(p, PAGE_BLANK, -1);
	page_row(p, PAGE_HINT, -1);
	page_put(p, c, 0, ROLE_DIM, "Enter sorts, again: turns round");
}

static void
sort_act(struct screen *s, enum action a, int key, struct mono now)
{
	struct dialog *d = &s->dialog;
	int column[COLUMNS_MAX], n = choices(s, column), at = d->at;

	if (a == ACTION_CHOICE_DO) {
		dialog_close(s);
		table_sort(s, column[at]);
	} else if (a == ACTION_CHOICE_CLOSE)
		dialog_close(s);
	else if (a == ACTION_CHOICE_NUMBER && key - '1' < n)
		d->at = key - '1';
	else
		dialog_move(d, a, n);
}

enum { NLEVELS = EVENT_ERROR + 1 };

static void
level_page(const struct screen *s, const struct canvas *c, struct page *p)
{
	static const char *const meaning[NLEVELS] = { "everything",
		"warnings and errors", "errors" };

	page_start(p, "Show in the log");
	for (int i = 0; i < NLEVELS; i++) {
		page_row(p, PAGE_CHOICE, i);
		page_put(p, c, 0, ROLE_KEY, "%d", i + 1);
		page_put(p, c, 3, ROLE_STRONG, "%s",
		    event_level_name((enum event_level)i));
		page_put(p, c, 10, ROLE_NORMAL, "%s", meaning[i]);
	}
}

static void
level_act(struct screen *s, enum action a, int key, struct mono now)
{
	struct dialog *d = &s->dialog;
	int at = a == ACTION_CHOICE_NUMBER ? key - '1' : d->at;

	if ((a == ACTION_CHOICE_DO || a == ACTION_CHOICE_NUMBER) &&
	    at < NLEVELS) {
		dialog_close(s);
		log_level(s, (enum event_level)at);
	} else if (a == ACTION_CHOICE_CLOSE)
		dialog_close(s);
	else
		dialog_move(d, a, NLEVELS);
}

static const struct dialog_ops sort_ops = { MODE_CHOICE, sort_page,
	sort_act };
static const struct dialog_ops level_ops = { MODE_CHOICE, level_page,
	level_act };

void
dialog_sort_open(struct screen *s)
{
	const struct table *t = table_of(s);
	int column[COLUMNS_MAX], n = choices(s, column);

	dialog_close(s);
	s->dialog.ops = n > 0 ? &sort_ops : &level_ops;
	s->dialog.at = n > 0 ? 0 : (int)s->log.level;
	for (int i = 0; i < n; i++)
		if (column[i] == t->sort.by)
			s->dialog.at = i;
}
