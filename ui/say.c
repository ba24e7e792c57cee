#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ui/say.h"

enum { SAY_MAX = 1024 };

void
say(const char *fmt, ...)
{
	char raw[SAY_MAX], line[SAY_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(raw, sizeof raw, fmt, ap);
	va_end(ap);
	text_harmless(line, sizeof line, raw, strlen(raw));
	fprintf(stderr, "pooltop: %s\n", line);
}
