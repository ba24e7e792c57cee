#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

#define EXIT_NO_MEMORY 255

static void *
have(void *p)
{
	static const char why[] = "pooltop: out of memory\n";

	if (p != NULL)
		return p;
	if (write(STDERR_FILENO, why, sizeof why - 1) == -1)
		_exit(EXIT_NO_MEMORY);
	_exit(EXIT_NO_MEMORY);
}

void *
mem_alloc(size_t size)
{
	return have(calloc(1, size != 0 ? size : 1));
}

void *
mem_array(size_t n, size_t size)
{
	return have(calloc(n != 0 ? n : 1, size));
}

void *
mem_resize(void *p, size_t n, size_t size)
{
	return have(reallocarray(p, n != 0 ? n : 1, size));
}

char *
mem_strdup(const char *s)
{
	return s == NULL ? NULL : have(strdup(s));
}

char *
mem_strndup(const char *s, size_t max)
{
	return have(strndup(s, max));
}

char *
mem_printf(const char *fmt, ...)
{
	char *s = NULL;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&s, fmt, ap) == -1)
		s = NULL;
	va_end(ap);
	return have(s);
}

void *
mem_grow(void *p, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return p;
	*cap = *cap != 0 ? *cap * 2 : 8;
	return mem_resize(p, *cap, size);
}
