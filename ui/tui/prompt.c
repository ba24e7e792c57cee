#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ui/tui/line.h"
#include "ui/tui/screen.h"

static char *
text_of(struct screen *s)
{
	return s->prompt.kind == PROMPT_FIND ? s->prompt.sought :
	    table_of(s)->filter;
}

void
prompt_open(struct screen *s, enum prompt_kind kind)
{
	s->prompt.kind = kind;
	hits_clear(&s->hits);		/* the keys at the bottom are others */
	if (kind == PROMPT_FIND)
		s->prompt.sought[0] = '\0';
	table_stale(table_of(s));
}

void
prompt_keep(struct screen *s)
{
	s->prompt.kind = PROMPT_NONE;
	hits_clear(&s->hits);
}

static void
changed(struct screen *s)
{
	table_stale(table_of(s));
	if (s->prompt.kind == PROMPT_FIND)
		table_seek(s, 0);
}

static void
type(char *text, int key)
{
	size_t len = strlen(text), n;
	char utf8[4];

	if (key < ' ' || key >= KEYS_SPECIAL ||
	    !text_printable_is((uint32_t)key))
		return;
	n = text_encode((uint32_t)key, utf8);
	if (len + n >= FILTER_TEXT_MAX)
		return;
	memcpy(text + len, utf8, n);
	text[len + n] = '\0';
}

/* The last letter goes, with all its bytes. */
static void
rub_out(char *text)
{
	size_t len = strlen(text);

	while (len > 0 && ((unsigned char)text[--len] & 0xc0) == 0x80)
		;
	text[len] = '\0';
}

void
prompt_key(struct screen *s, enum action a, int key)
{
	char *text = text_of(s);

	switch (a) {
	case ACTION_PROMPT_KEEP:
		prompt_keep(s);
		break;
	case ACTION_PROMPT_CLOSE:
		text[0] = '\0';
		changed(s);
		prompt_keep(s);
		break;
	case ACTION_PROMPT_NEXT:
		s->prompt.kind == PROMPT_FIND ? table_seek(s, 1) :
		    table_act(s, ACTION_DOWN);
		break;
	case ACTION_PROMPT_PREVIOUS:
		s->prompt.kind == PROMPT_FIND ? table_seek(s, -1) :
		    table_act(s, ACTION_UP);
		break;
	case ACTION_PROMPT_BACK:
		rub_out(text);
		changed(s);
		break;
	case ACTION_PROMPT_CLEAR:
		text[0] = '\0';
		changed(s);
		break;
	default:
		type(text, key);
		changed(s);
	}
}

bool
prompt_forget(struct screen *s)
{
	struct table *t = table_of(s);

	if (t == NULL)
		return false;
	table_stale(t);
	if (s->prompt.sought[0] != '\0')
		s->prompt.sought[0] = '\0';
	else if (t->filter[0] != '\0')
		t->filter[0] = '\0';
	else
		return false;
	return true;
}

static void
counts(const struct screen *s, const struct table *t, struct line *l)
{
	if (s->prompt.kind == PROMPT_FILTER) {
		if (t->filter[0] != '\0')
			line_add(l, 8, t->rows.n > 0 ? ROLE_NORMAL : ROLE_WARN,
			    "  %d of %d %s", t->rows.n, t->all, s->view->noun);
		else
			line_add(l, 2, ROLE_DIM, "  text  state:failed  "
			    "worker:3  job:NAME  !not  this|that");
	} else if (s->prompt.sought[0] != '\0')
		line_add(l, 8, t->hits > 0 ? ROLE_NORMAL : ROLE_WARN,
		    "  %d found", t->hits);
}

static void
keys(const struct screen *s, struct line *l)
{
	static const enum action find[] = { ACTION_PROMPT_NEXT,
		ACTION_PROMPT_KEEP, ACTION_PROMPT_CLOSE };

	for (int i = s->prompt.kind == PROMPT_FIND ? 0 : 1; i < 3; i++) {
		const struct action_info *info = keys_info(find[i]);

		l->key = info->key[0];
		line_add(l, 6 - i, ROLE_KEY, "  %.*s",
		    (int)strcspn(info->keys, " "), info->keys);
		line_join(l, ROLE_DIM, " %s", info->label);
	}
}

void
prompt_draw(struct screen *s, struct canvas *c, struct rect r)
{
	const char *text = text_of(s);
	struct line l;
	int x = r.x, n, skip = 0;

	if (r.h == 0)
		return;
	canvas_clear(c, r, GROUND_BAR);
	canvas_hit(c, r, HIT_NOTHING, 0);
	x += canvas_puts(c, r.y, x, r.w, ROLE_STRONG,
	    s->prompt.kind == PROMPT_FIND ? " Find: " : " Filter: ");
	/* Of a long text the end is seen: there it is typed. */
	while (canvas_width(c, text + skip) > r.w - x - 2 && text[skip] != '\0')
		do
			skip++;
		while (((unsigned char)text[skip] & 0xc0) == 0x80);
	n = canvas_puts(c, r.y, x, r.w - x, ROLE_NORMAL, text + skip);
	canvas_ground(c, (struct rect){ r.y, x + n, 1, 1 }, GROUND_LABEL);
	x += n + 1;
	line_start(&l, GROUND_BAR);
	counts(s, table_of(s), &l);
	keys(s, &l);
	if (x < r.x + r.w - 4)
		line_draw(&l, c, r.y, x, r.x + r.w);
}
