#include <string.h>

#include "ui/tui/screen.h"

bool
dialog_move(struct dialog *d, enum action a, int n)
{
	switch (a) {
	case ACTION_CHOICE_UP:
		d->at = (d->at + n - 1) % n;
		return true;
	case ACTION_CHOICE_DOWN:
		d->at = (d->at + 1) % n;
		return true;
	default:
		return false;
	}
}

bool
dialog_scroll(struct dialog *d, enum action a, int key)
{
	enum { PAGE = 8 };
	int rows = key == PRESS_PAGE_UP || key == PRESS_PAGE_DOWN ? PAGE : 1;

	if (a != ACTION_HELP_UP && a != ACTION_HELP_DOWN)
		return false;
	d->at += a == ACTION_HELP_DOWN ? rows : -rows;
	d->at = d->at > d->hidden ? d->hidden : d->at;
	d->at = d->at < 0 ? 0 : d->at;
	return true;
}

void
dialog_close(struct screen *s)
{
	memset(&s->dialog, 0, sizeof s->dialog);
	hits_clear(&s->hits);	/* of what is no longer there */
}

void
dialog_draw(struct screen *s, struct canvas *c)
{
	struct rect area = { 0, 0, c->h, c->w };
	struct page p;

	if (s->layout.form != LAYOUT_TINY) {	/* title and keys stay */
		area.y = 1;
		area.h -= 2;
	}
	s->dialog.ops->page(s, c, &p);
	s->dialog.hidden = page_draw(&p, c, area, table_line(s),
	    s->dialog.at);
}
