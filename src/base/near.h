/* base/near.h: the word that was probably meant. */
#ifndef BASE_NEAR_H
#define BASE_NEAR_H

#include <stddef.h>

/*
 * The nearest of n words to one that was misspelt, or NULL when none is near:
 * more than two letters wrong, missing, too many or swapped with their
 * neighbour (one in a word of up to three letters).  Case does not count;
 * of equally near ones the first.  The answer is one of words.
 */
const char	*near_word(const char *word, const char *const *words,
		    size_t n);

#endif
