#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "ui/tui/filter.h"

static const struct {
	const char	*name;
	bool		 whole;
} fields[] = {
#define ROW(id, name, whole) { name, whole },
	FIELDS(ROW)
};

/* A number is met with or without the mark before it: "3" is "w3". */
static const char *
bare(const char *s)
{
	return *s == 'w' || *s == '#' ? s + 1 : s;
}

static bool
field_match(const struct facts *f, int i, const char *value)
{
	const char *has = f->field[i];

	if (has == NULL)
		return false;
	if (fields[i].whole)
		return strcmp(bare(has), bare(value)) == 0;
	return strncasecmp(has, value, strlen(value)) == 0;
}

static bool
anywhere(const struct facts *f, const char *text)
{
	for (int i = 0; i < NFIELDS; i++)
		if (f->field[i] != NULL && strcasestr(f->field[i], text) !=
		    NULL)
			return true;
	return false;
}

/* The value of "name:value" and which field that is; -1: it is just text. */
static int
field_of(const char *one, const char **value)
{
	for (int i = 0; i < NFIELDS; i++) {
		size_t n = strlen(fields[i].name);

		if (strncasecmp(one, fields[i].name, n) == 0 &&
		    one[n] == ':') {
			*value = one + n + 1;
			return i;
		}
	}
	*value = one;
	return -1;
}

enum answer { NO, YES, NOT_ASKED };

static enum answer
one_match(const char *one, const struct facts *f)
{
	const char *value;
	int i = field_of(one, &value);

	if (*value == '\0')
		return NOT_ASKED;
	return (i < 0 ? anywhere(f, value) : field_match(f, i, value)) ?
	    YES : NO;
}

static bool
word_match(char *word, const struct facts *f)
{
	bool not = *word == '!', asked = false, yes = false;
	char *rest;

	for (char *one = strtok_r(word + not, "|", &rest); one != NULL;
	    one = strtok_r(NULL, "|", &rest)) {
		enum answer a = one_match(one, f);

		asked |= a != NOT_ASKED;
		yes |= a == YES;
	}
	return !asked || yes != not;
}

bool
filter_match(const char *filter, const struct facts *f)
{
	char words[FILTER_TEXT_MAX], *rest;

	snprintf(words, sizeof words, "%s", filter);
	for (char *word = strtok_r(words, " ", &rest); word != NULL;
	    word = strtok_r(NULL, " ", &rest))
		if (!word_match(word, f))
			return false;
	return true;
}
