/*
 * ui/say.h: one line on standard error, "pooltop: ...".  Foreign text in it
 * is made harmless.
 */
#ifndef UI_SAY_H
#define UI_SAY_H

void	say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
