#include <string.h>

#include "base/text.h"
#include "ui/tui/wrap.h"

/* Columns of the letter at s, by itself; its bytes. */
static int
letter(const struct canvas *c, const char *s, size_t *bytes)
{
	uint32_t cp;
	char one[5];

	*bytes = text_decode(s, strlen(s), &cp);
	memcpy(one, s, *bytes < 4 ? *bytes : 4);
	one[*bytes < 4 ? *bytes : 4] = '\0';
	return canvas_width(c, one);
}

size_t
wrap_next(const struct canvas *c, const char *text, int w,
    const char **next)
{
	size_t at = 0, blank = 0, bytes;
	int columns = 0;

	while (text[at] != '\0') {
		columns += letter(c, text + at, &bytes);
		if (columns > w && at > 0 && text[at] != ' ')
			break;
		if (text[at] == ' ')
			blank = at;
		if (columns > w)
			break;
		at += bytes;
	}
	if (text[at] != '\0' && blank > 0)
		at = blank;
	*next = text + at + strspn(text + at, " ");
	return at;
}

int
wrap_lines(const struct canvas *c, const char *text, int w)
{
	int n = 0;

	while (*text != '\0' && w > 0) {
		const char *next;

		wrap_next(c, text, w, &next);
		if (next == text)
			break;
		text = next;
		n++;
	}
	return n > 0 ? n : 1;
}
