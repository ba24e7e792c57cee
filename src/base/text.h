/*
 * base/text.h: foreign text made harmless.  Items, labels, process names and
 * output come from anywhere; nothing of them may reach a terminal as a
 * control sequence.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TEXT_BAD = 0xfffd };	/* U+FFFD, shown for what is broken */

/*
 * The next code point of s (len > 0 bytes).  Broken, overlong, surrogate or
 * too large: TEXT_BAD, and one byte is taken.  Returns the bytes taken.
 */
size_t	text_decode(const char *s, size_t len, uint32_t *cp);
size_t	text_encode(uint32_t cp, char out[4]);		/* bytes written */
bool	text_utf8_is(const char *s, size_t len);	/* valid, all of it */

/*
 * May cp reach a cell of a terminal?  Not: C0, DEL, C1, bidi controls, zero
 * width joiners and other format characters, private use, noncharacters.
 */
bool	text_printable_is(uint32_t cp);

/*
 * Copy src to dst (size > 0) as harmless UTF-8, cut on a code point: newline
 * and tab become a blank, other controls ^X or U+FFFD.  Returns dst.
 */
char	*text_harmless(char *dst, size_t size, const char *src, size_t len);

#endif
