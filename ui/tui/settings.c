#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "ui/tui/settings.h"

static const char *const palettes[] = {
#define NAME(id, name) name,
	PALETTES(NAME)
};
static const char *const symbol_sets[] = { SYMBOL_SETS(NAME) };
static const char *const switches[] = { "no", "yes" };
static const char *const rates[] = { "1", "2", "3", "4", "5", "6", "7", "8",
	"9", "10" };

static const struct {
	const char	*key, *name;
} infos[] = {
#define ROW(id, key, name) { key, name },
	SETTINGS(ROW)
};

static const struct {
	const char *const *value;
	int		 n;
} values[] = {
	[SETTING_PALETTE] = { palettes, NPALETTES },
	[SETTING_SYMBOLS] = { symbol_sets, NSYMBOLS },
	[SETTING_VI_KEYS] = { switches, 2 },
	[SETTING_RATE] = { rates, SETTINGS_RATE_MAX },
};

void
settings_init(struct settings *s)
{
	memset(s, 0, sizeof *s);
	s->value[SETTING_RATE] = SETTINGS_RATE - 1;
}

enum palette
settings_palette(const struct settings *s)
{
	return (enum palette)s->value[SETTING_PALETTE];
}

enum symbols
settings_symbols(const struct settings *s)
{
	return (enum symbols)s->value[SETTING_SYMBOLS];
}

bool
settings_vi_keys(const struct settings *s)
{
	return s->value[SETTING_VI_KEYS] != 0;
}

int
settings_rate(const struct settings *s)
{
	return s->value[SETTING_RATE] + 1;
}

const char *
settings_key(enum setting which)
{
	return infos[which].key;
}

const char *
settings_name(enum setting which)
{
	return infos[which].name;
}

int
settings_count(enum setting which)
{
	return values[which].n;
}

const char *
settings_value(enum setting which, int i)
{
	assert(i >= 0 && i < values[which].n);
	return values[which].value[i];
}

void
settings_step(struct settings *s, enum setting which, int step)
{
	int n = values[which].n;

	s->value[which] = (s->value[which] + n + step) % n;
}

/* A piece of text that ends where it says. */
struct piece {
	const char	*s;
	size_t		 len;
};

static bool
blank_is(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static struct piece
trim(const char *s, size_t len)
{
	while (len > 0 && blank_is(*s)) {
		s++;
		len--;
	}
	while (len > 0 && blank_is(s[len - 1]))
		len--;
	return (struct piece){ s, len };
}

static bool
same(struct piece p, const char *text)
{
	return strlen(text) == p.len && memcmp(text, p.s, p.len) == 0;
}

/* The line at *text, without its newline; *text goes behind it. */
static struct piece
next_line(const char **text)
{
	struct piece line = { *text, strcspn(*text, "\n") };

	*text += line.len + ((*text)[line.len] == '\n');
	return line;
}

enum line_kind { LINE_OTHER, LINE_SETTING, LINE_WRONG };

/* What a line is; for LINE_SETTING which one, and its value as written. */
static enum line_kind
read_line(struct piece line, enum setting *which, struct piece *value)
{
	struct piece all = trim(line.s, line.len), key;
	const char *sign;

	if (all.len == 0 || *all.s == '#')
		return LINE_OTHER;
	if ((sign = memchr(all.s, '=', all.len)) == NULL || sign == all.s)
		return LINE_WRONG;
	key = trim(all.s, (size_t)(sign - all.s));
	*value = trim(sign + 1, all.len - (size_t)(sign + 1 - all.s));
	for (int i = 0; i < NSETTINGS; i++)
		if (same(key, infos[i].key)) {
			*which = (enum setting)i;
			return LINE_SETTING;
		}
	return LINE_OTHER;
}

static int
value_find(enum setting which, struct piece value)
{
	for (int i = 0; i < values[which].n; i++)
		if (same(value, values[which].value[i]))
			return i;
	return -1;
}

int
settings_parse(struct settings *s, const char *text, struct err *err)
{
	struct piece value;
	enum setting which;
	int rc = 0, found;

	for (int n = 1; *text != '\0'; n++) {
		enum line_kind kind = read_line(next_line(&text), &which,
		    &value);

		if (kind == LINE_SETTING &&
		    (found = value_find(which, value)) != -1)
			s->value[which] = found;
		else if (kind == LINE_SETTING && rc == 0)
			rc = err_set(err, "line %d: %s cannot be \"%.*s\"", n,
			    infos[which].key, (int)(value.len < 40 ?
			    value.len : 40), value.s);
		else if (kind == LINE_WRONG && rc == 0)
			rc = err_set(err, "line %d is not key=value", n);
	}
	return rc;
}

static void
put_setting(struct buf *b, const struct settings *s, enum setting which)
{
	const char *value = values[which].value[s->value[which]];

	buf_put(b, infos[which].key, strlen(infos[which].key));
	buf_put(b, "=", 1);
	buf_put(b, value, strlen(value));
}

char *
settings_format(const struct settings *s, const char *text)
{
	bool there[NSETTINGS] = { false };
	struct piece line, value;
	enum setting which;
	struct buf b = { 0 };

	while (*text != '\0') {
		line = next_line(&text);
		if (read_line(line, &which, &value) == LINE_SETTING) {
			there[which] = true;
			if (value_find(which, value) == s->value[which])
				buf_put(&b, line.s, line.len);
			else
				put_setting(&b, s, which);
		} else
			buf_put(&b, line.s, line.len);
		buf_put(&b, "\n", 1);
	}
	for (int i = 0; i < NSETTINGS; i++) {
		if (there[i])
			continue;
		put_setting(&b, s, (enum setting)i);
		buf_put(&b, "\n", 1);
	}
	buf_put(&b, "", 1);
	return (char *)b.data;
}
