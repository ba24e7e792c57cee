#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "model/template.h"

enum { COLUMN_DIGITS_MAX = 4 };

/* What stands between braces. */
struct place {
	enum {
		PLACE_NONE,		/* not a place: the braces are text */
		PLACE_ALL,
		PLACE_COLUMN,
		PLACE_NAME,
		PLACE_LATER		/* GNU parallel's, not available yet */
	}		 kind;
	unsigned int	 column;	/* from 1; may be 0 or too large */
	const char	*text;		/* with its braces, not terminated */
	size_t		 len;
};

static size_t
name_span(const char *s)
{
	size_t n = 0;

	if (!isalpha((unsigned char)*s) && *s != '_')
		return 0;
	while (isalnum((unsigned char)s[n]) || s[n] == '_' || s[n] == '-')
		n++;
	return n;
}

bool
template_name_is(const char *name)
{
	size_t n = name_span(name);

	return n > 0 && n <= TEMPLATE_NAME_MAX && name[n] == '\0';
}

/* Bytes of "." "/" "//" "/." at s, which change what a place shows. */
static size_t
change_span(const char *s)
{
	if (*s == '.')
		return 1;
	if (*s != '/')
		return 0;
	return s[1] == '/' || s[1] == '.' ? 2 : 1;
}

/* The place that begins at the brace s[0]. */
static struct place
place_at(const char *s)
{
	struct place p = { .kind = PLACE_ALL, .text = s };
	const char *at = s + 1;
	size_t n, change;

	if ((n = strspn(at, "0123456789")) > 0 && n <= COLUMN_DIGITS_MAX) {
		p.kind = PLACE_COLUMN;
		p.column = (unsigned int)strtoul(at, NULL, 10);
	} else if ((n = name_span(at)) > 0 && n <= TEMPLATE_NAME_MAX) {
		p.kind = PLACE_NAME;
	} else if (*at == '#' || *at == '%') {
		p.kind = PLACE_LATER;
		n = 1;
	} else
		n = 0;
	if (p.kind < PLACE_NAME && (change = change_span(at + n)) > 0) {
		p.kind = PLACE_LATER;
		n += change;
	}
	if (at[n] != '}')
		p.kind = PLACE_NONE;
	p.len = n + 2;
	return p;
}

/*
 * The next place of *at, which goes behind it; false at the end.  Bytes before
 * it are added to text, unless that is NULL.
 */
static bool
place_next(const char **at, struct place *p, struct buf *text)
{
	const char *s = *at;

	for (; *s != '\0'; s++) {
		if (*s != '{' || (*p = place_at(s)).kind == PLACE_NONE)
			continue;
		break;
	}
	if (text != NULL)
		buf_put(text, *at, (size_t)(s - *at));
	if (*s == '\0')
		return false;
	*at = s + p->len;
	return true;
}

/* The column that p names, from 0; -1: there is none. */
static int
column_find(const struct place *p, const struct items *items)
{
	unsigned int n = items_columns(items);
	const char *name;

	if (p->kind == PLACE_COLUMN)
		return p->column >= 1 && p->column <= n ?
		    (int)p->column - 1 : -1;
	for (unsigned int c = 0; c < n; c++) {
		name = items_column_name(items, c);
		if (name != NULL && strlen(name) == p->len - 2 &&
		    memcmp(name, p->text + 1, p->len - 2) == 0)
			return (int)c;
	}
	return -1;
}

/* "x, y" or "none": what {NAME} can be. */
static void
names_put(struct buf *b, const struct items *items)
{
	const char *name;

	for (unsigned int c = 0; c < items_columns(items); c++) {
		if ((name = items_column_name(items, c)) == NULL)
			continue;
		if (b->len > 0)
			buf_put(b, ", ", 2);
		buf_put(b, name, strlen(name));
	}
	if (b->len == 0)
		buf_put(b, "none", 4);
	buf_put(b, "", 1);
}

static int
name_fault(const struct place *p, const struct items *items, struct err *err)
{
	struct buf names = { 0 };

	names_put(&names, items);
	err_set(err, "%.*s: no column has this name; names are: %.300s",
	    (int)p->len, p->text, (const char *)names.data);
	buf_clear(&names);
	return -1;
}

static int
place_check(const struct place *p, const struct items *items, struct err *err)
{
	unsigned int n = items_columns(items);
	int len = (int)p->len;

	if (p->kind == PLACE_LATER)
		return err_set(err, "%.*s is not available yet", len, p->text);
	if (n == 0)
		return err_set(err, "%.*s: the job has no items", len,
		    p->text);
	if (p->kind == PLACE_ALL || column_find(p, items) != -1)
		return 0;
	if (p->kind == PLACE_NAME)
		return name_fault(p, items, err);
	if (p->column == 0)
		return err_set(err, "%.*s: columns are counted from 1", len,
		    p->text);
	return err_set(err, "%.*s: items have %u column%s", len, p->text, n,
	    n == 1 ? "" : "s");
}

int
template_check(const char *text, const struct items *items, struct err *err)
{
	struct place p;
	unsigned int n = 0;

	if (strlen(text) > TEMPLATE_MAX)
		return err_set(err, "longer than %d bytes", TEMPLATE_MAX);
	while (place_next(&text, &p, NULL)) {
		if (++n > TEMPLATE_PLACES_MAX)
			return err_set(err, "more than %d places for items",
			    TEMPLATE_PLACES_MAX);
		if (place_check(&p, items, err) == -1)
			return -1;
	}
	return 0;
}

static void
place_fill(struct buf *b, const struct place *p, const struct items *items,
    const struct item *item)
{
	int c;

	if (p->kind == PLACE_ALL) {
		for (unsigned int i = 0; i < item->n; i++) {
			if (i > 0)
				buf_put_u8(b, ' ');
			buf_put(b, item->column[i], strlen(item->column[i]));
		}
		return;
	}
	c = p->kind == PLACE_LATER ? -1 : column_find(p, items);
	if (c != -1 && (unsigned int)c < item->n)
		buf_put(b, item->column[c], strlen(item->column[c]));
	else
		buf_put(b, p->text, p->len);
}

char *
template_fill(const char *text, const struct items *items,
    const struct item *item)
{
	struct buf b = { 0 };
	struct place p;

	while (place_next(&text, &p, &b))
		place_fill(&b, &p, items, item);
	buf_put_u8(&b, '\0');
	return (char *)b.data;
}
