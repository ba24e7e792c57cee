#include <stdio.h>

#include "ui/tui/screen.h"

enum { NAME_W = 10, ALL_VALUES_W = 60 };	/* all values from that width */

static const char *const notes[] = {
	[SETTING_PALETTE] = "auto asks COLORFGBG, else suits both",
	[SETTING_SYMBOLS] = "what marks and bars are drawn with",
	[SETTING_VI_KEYS] = "h j k l g G move, K stops a worker",
	[SETTING_RATE] = "at most so many pictures a second",
};

/* All values, the one that holds marked; a long row shows that one alone. */
static void
values(const struct settings *settings, const struct canvas *c,
    struct page *p, enum setting which)
{
	int n = settings_count(which), now = settings->value[which];

	if (n > 3 || c->w < ALL_VALUES_W) {
		page_put(p, c, NAME_W, ROLE_KEY, "[ %s ]",
		    settings_value(which, now));
		return;
	}
	page_put(p, c, NAME_W, ROLE_NORMAL, "%s", "");
	for (int i = 0; i < n; i++)
		page_put(p, c, -1, i == now ? ROLE_KEY : ROLE_DIM, "%s %s  ",
		    theme_glyph(c->ascii, i == now ? GLYPH_ON : GLYPH_OFF),
		    settings_value(which, i));
}

static void
page(const struct screen *s, const struct canvas *c, struct page *p)
{
	page_start(p, "Settings");
	for (int i = 0; i < NSETTINGS; i++) {
		page_row(p, PAGE_CHOICE, i);
		page_put(p, c, 0, ROLE_STRONG, "%s",
		    settings_name((enum setting)i));
		values(&s->settings, c, p, (enum setting)i);
	}
	page_row(p, PAGE_CHOICE, NSETTINGS);
	page_put(p, c, 0, ROLE_STRONG, "Save as default");
	page_row(p, PAGE_BLANK, -1);
	page_row(p, PAGE_FACT, -1);
	page_put(p, c, 2, ROLE_NORMAL, "%s", s->dialog.at < NSETTINGS ?
	    notes[s->dialog.at] : "else it is so until you leave");
	page_row(p, PAGE_HINT, -1);
	page_put(p, c, 2, ROLE_DIM,
	    "Left Right change   s save as default   Esc close");
}

static void
step(struct screen *s, int by)
{
	if (s->dialog.at < NSETTINGS)
		settings_step(&s->settings, (enum setting)s->dialog.at, by);
}

/* Closes too: what has come of it is told where the dialog was. */
static void
save(struct screen *s)
{
	s->save = true;
	dialog_close(s);
}

static void
act(struct screen *s, enum action a, int key, struct mono now)
{
	struct dialog *d = &s->dialog;

	switch (a) {
	case ACTION_SET_UP:
		d->at = (d->at + NSETTINGS) % (NSETTINGS + 1);
		break;
	case ACTION_SET_DOWN:
		d->at = (d->at + 1) % (NSETTINGS + 1);
		break;
	case ACTION_SET_BACK:
		step(s, -1);
		break;
	case ACTION_SET_NEXT:
		step(s, 1);
		break;
	case ACTION_SET_DO:
		if (d->at == NSETTINGS)
			save(s);
		else
			step(s, 1);
		break;
	case ACTION_SET_SAVE:
		save(s);
		break;
	case ACTION_SET_CLOSE:
		dialog_close(s);
		break;
	default:
		break;
	}
}

static const struct dialog_ops ops = { MODE_SETTINGS, page, act };

void
dialog_settings_open(struct screen *s)
{
	dialog_close(s);
	s->dialog.ops = &ops;
}
