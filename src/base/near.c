#include <ctype.h>
#include <string.h>

#include "base/near.h"

enum {
	LETTERS_MAX = 64,	/* a longer word is near to nothing */
	SHORT = 3		/* letters; here two changes leave nothing */
};

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static int
same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/*
 * Damerau-Levenshtein distance in its restricted form (optimal string
 * alignment): no letter is touched twice.  One row a letter of a; a swap
 * looks two rows back.
 */
static size_t
distance(const char *a, size_t na, const char *b, size_t nb)
{
	size_t rows[3][LETTERS_MAX + 1];
	size_t *row = rows[0], *above = rows[1], *higher = rows[2], *spare;

	for (size_t j = 0; j <= nb; j++)
		row[j] = j;
	for (size_t i = 1; i <= na; i++) {
		spare = higher;
		higher = above;
		above = row;
		row = spare;
		row[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			row[j] = least(above[j], row[j - 1]) + 1;
			row[j] = least(row[j],
			    above[j - 1] + !same(a[i - 1], b[j - 1]));
			if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) &&
			    same(a[i - 2], b[j - 1]))
				row[j] = least(row[j], higher[j - 2] + 1);
		}
	}
	return row[nb];
}

const char *
near_word(const char *word, const char *const *words, size_t n)
{
	size_t len = strlen(word), best = len <= SHORT ? 2 : 3, d, other;
	const char *found = NULL;

	if (len == 0 || len > LETTERS_MAX)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		if ((other = strlen(words[i])) > LETTERS_MAX)
			continue;
		if ((d = distance(word, len, words[i], other)) < best) {
			best = d;
			found = words[i];
		}
	}
	return found;
}
