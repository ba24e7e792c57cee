/* base/names.h: the place of a word in a list of words. */
#ifndef BASE_NAMES_H
#define BASE_NAMES_H

/* n when it is none of the n names. */
int	names_find(const char *const *names, int n, const char *name);

#endif
