/* base/mem.h: memory that is there, or the process ends (exit 255). */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

void	*mem_alloc(size_t size);		/* zeroed; free() it */
void	*mem_array(size_t n, size_t size);	/* zeroed, overflow checked */
void	*mem_resize(void *p, size_t n, size_t size);	/* new part not zeroed */
char	*mem_strdup(const char *s);		/* NULL stays NULL */
char	*mem_strndup(const char *s, size_t max);
char	*mem_printf(const char *fmt, ...)
	    __attribute__((format(printf, 1, 2)));

/*
 * Room for one more at the end of a growing array: p has n used elements and
 * *cap allocated ones.  Returns the array, which may have moved.
 */
void	*mem_grow(void *p, size_t n, size_t *cap, size_t size);

#endif
