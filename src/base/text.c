#include <string.h>

#include "base/text.h"

/* Length by the first byte, and the smallest code point that needs it. */
static size_t
lead(unsigned char c, uint32_t *bits, uint32_t *least)
{
	if (c < 0x80) {
		*bits = c;
		*least = 0;
		return 1;
	}
	if (c >= 0xc2 && c < 0xe0) {
		*bits = c & 0x1f;
		*least = 0x80;
		return 2;
	}
	if (c >= 0xe0 && c < 0xf0) {
		*bits = c & 0x0f;
		*least = 0x800;
		return 3;
	}
	if (c >= 0xf0 && c < 0xf5) {
		*bits = c & 0x07;
		*least = 0x10000;
		return 4;
	}
	return 0;
}

static bool
decode(const char *s, size_t len, size_t *n, uint32_t *cp)
{
	uint32_t v, least;

	*n = lead((unsigned char)*s, &v, &least);
	if (*n == 0 || *n > len)
		return false;
	for (size_t i = 1; i < *n; i++) {
		if (((unsigned char)s[i] & 0xc0) != 0x80)
			return false;
		v = v << 6 | ((unsigned char)s[i] & 0x3f);
	}
	*cp = v;
	return v >= least && v <= 0x10ffff && (v < 0xd800 || v > 0xdfff);
}

size_t
text_decode(const char *s, size_t len, uint32_t *cp)
{
	size_t n;

	if (decode(s, len, &n, cp))
		return n;
	*cp = TEXT_BAD;
	return 1;
}

size_t
text_encode(uint32_t cp, char out[4])
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

bool
text_utf8_is(const char *s, size_t len)
{
	size_t n;
	uint32_t cp;

	for (size_t i = 0; i < len; i += n)
		if (!decode(s + i, len - i, &n, &cp))
			return false;
	return true;
}

bool
text_printable_is(uint32_t cp)
{
	static const struct {
		uint32_t first, last;
	} bad[] = {
		{ 0x00, 0x1f }, { 0x7f, 0x9f }, { 0xad, 0xad },
		{ 0x61c, 0x61c }, { 0x180e, 0x180e }, { 0x200b, 0x200f },
		{ 0x2028, 0x202e }, { 0x2060, 0x206f }, { 0xd800, 0xf8ff },
		{ 0xfe00, 0xfe0f }, { 0xfeff, 0xfeff }, { 0xfff0, 0xfffb },
		{ 0xe0000, 0x10ffff }
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (cp >= bad[i].first && cp <= bad[i].last)
			return false;
	return cp <= 0x10ffff && (cp & 0xfffe) != 0xfffe;
}

/* What stands for cp on a screen; at most 4 bytes. */
static size_t
shown(uint32_t cp, char out[4])
{
	if (cp == '\n' || cp == '\t' || cp == '\r') {
		out[0] = ' ';
		return 1;
	}
	if (cp < 0x20 || cp == 0x7f) {
		out[0] = '^';
		out[1] = (char)(cp ^ 0x40);
		return 2;
	}
	return text_encode(text_printable_is(cp) ? cp : TEXT_BAD, out);
}

char *
text_harmless(char *dst, size_t size, const char *src, size_t len)
{
	size_t used = 0, n;
	uint32_t cp;
	char out[4];

	for (size_t i = 0; i < len;) {
		i += text_decode(src + i, len - i, &cp);
		n = shown(cp, out);
		if (used + n >= size)
			break;
		memcpy(dst + used, out, n);
		used += n;
	}
	dst[used] = '\0';
	return dst;
}
