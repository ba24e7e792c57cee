#include "ui/tui/screen.h"

static void
page(const struct screen *s, const struct canvas *c, struct page *p)
{
	s->view->details(s, c, p, s->dialog.about);
	page_row(p, PAGE_BLANK, -1);
	page_row(p, PAGE_HINT, -1);
	page_put(p, c, 0, ROLE_DIM, "Up Down scroll, any other key closes");
}

static void
act(struct screen *s, enum action a, int key, struct mono now)
{
	if (!dialog_scroll(&s->dialog, a, key))
		dialog_close(s);
}

static const struct dialog_ops ops = { MODE_HELP, page, act };

void
dialog_details_open(struct screen *s, uint64_t id)
{
	dialog_close(s);
	s->dialog.ops = &ops;
	s->dialog.about = id;
}
