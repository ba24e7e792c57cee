/*
 * model/fault.h: what is wrong with a text, each thing at its place, and all
 * of them at once.  The files that read a job file collect here; jobfile.c
 * makes lines of it.
 */
#ifndef MODEL_FAULT_H
#define MODEL_FAULT_H

#include <stdbool.h>
#include <stddef.h>

/* Both from 1; the column counts characters. */
struct mark {
	size_t	line;
	size_t	column;
};

struct fault {
	struct mark	 at;
	size_t		 order;		/* in which it was found */
	char		*text;		/* owned, harmless, one line */
};

/* Zeroed is empty. */
struct faults {
	struct fault	*fault;		/* owned */
	size_t		 n;
	size_t		 cap;
	size_t		 max;		/* remembered at most; set before use */
	bool		 full;		/* one more was found: stop looking */
	struct mark	 more;		/* where, if so */
};

void	faults_clear(struct faults *);
void	faults_sort(struct faults *);		/* by place */

/* Say what is wrong there.  Always -1. */
int	faults_add(struct faults *, struct mark, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));

enum { QUOTE_MAX = 64 };	/* room for a quote */

/* The beginning of foreign text, harmless, in "quotes". */
const char	*fault_quote(char out[QUOTE_MAX], const char *text);

/*
 * How the sentence about a wrong word ends: ", did you mean "x"?" when one of
 * the n words is near, else "; x, y or z was expected".  "" without words.
 */
enum { ADVICE_MAX = 256 };
const char	*fault_advice(char out[ADVICE_MAX], const char *wrong,
		    const char *const *words, size_t n);

#endif
