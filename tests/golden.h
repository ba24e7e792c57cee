/*
 * tests/golden.h: pictures that were looked at once and are kept in
 * tests/screens.  With UPDATE_SCREENS in the environment they are written
 * anew instead: look at the difference before it is committed.
 */
#ifndef GOLDEN_H
#define GOLDEN_H

#include "test.h"

/* A file below the source directory; "" if it is not there.  free() it. */
char	*golden_slurp(const char *path);

/* The test fails, and shows both, unless tests/screens/NAME.txt is got. */
void	 golden_compare(const char *name, const char *got);

#endif
