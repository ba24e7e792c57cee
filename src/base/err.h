/* base/err.h: why something could not be done, as one sentence. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

struct err {
	char	text[512];	/* one line, no newline, "" = nothing wrong */
};

/* Say what is wrong.  Always -1, so that callers can return it. */
int	err_set(struct err *, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));

/* The same, followed by ": " and the words for errno.  errno is kept. */
int	err_sys(struct err *, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));

#endif
