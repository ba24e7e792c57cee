/*
 * ui/printer.h: results on their way to standard output.  Never waits for
 * who reads it: what cannot be written now is written when it can.
 */
#ifndef UI_PRINTER_H
#define UI_PRINTER_H

#include <stdbool.h>
#include <stddef.h>

struct event_base;
struct printer;

struct printer_ops {
	/* Everything is written, up to this serial (0: nothing had one). */
	void	(*written)(void *arg, unsigned long long serial);
	/* It cannot be written; why is errno (EPIPE: nobody reads it). */
	void	(*broken)(void *arg, int why);
};

/* fd is not owned, and its flags are left alone. */
struct printer	*printer_new(struct event_base *, int fd,
		    const struct printer_ops *, void *arg);
void		 printer_free(struct printer *);	/* NULL is fine */

/* text and a newline; serial 0 has nobody waiting for it. */
void		 printer_put(struct printer *, const char *text, size_t len,
		    unsigned long long serial);

bool		 printer_idle(const struct printer *);
bool		 printer_full(const struct printer *);	/* enough for now */

#endif
