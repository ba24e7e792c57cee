#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/args.h"

/* Not ctype.h's: these mean ASCII whatever the locale is. */
static bool
digit_is(char c)
{
	return c >= '0' && c <= '9';
}

static int
refuse(struct kernel_call *call, const char *name, const char *expected)
{
	const char *value = call->param(call, name);
	char shown[48];
	size_t i;

	for (i = 0; i < sizeof shown - 1 && value[i] != '\0'; i++)
		shown[i] = value[i] < ' ' || value[i] > '~' ? '?' : value[i];
	shown[i] = '\0';
	call->fail(call, "%s: \"%s%s\" is not %s", name, shown,
	    value[i] != '\0' ? "..." : "", expected);
	return -1;
}

int
args_int(struct kernel_call *call, const char *name, int64_t min, int64_t max,
    int64_t *out)
{
	const char *s = call->param(call, name);
	char expected[96], *end;
	long long v;

	if (digit_is(s[*s == '-' && min < 0])) {
		errno = 0;
		v = strtoll(s, &end, 10);
		if (errno == 0 && *end == '\0' && v >= min && v <= max) {
			*out = v;
			return 0;
		}
	}
	snprintf(expected, sizeof expected,
	    "a whole number from %" PRId64 " to %" PRId64, min, max);
	return refuse(call, name, expected);
}

/*
 * A decimal number at the start of s: what follows it, or NULL if there is
 * none.  Up to 15 digits it is the nearest double: the digits as a whole and
 * the power of ten they are divided by are exact then.
 */
static const char *
scan(const char *s, double *v)
{
	double digits = 0, scale = 1;

	if (!digit_is(*s))
		return NULL;
	for (; digit_is(*s); s++)
		digits = digits * 10 + (*s - '0');
	if (*s == '.') {
		if (!digit_is(*++s))
			return NULL;
		for (; digit_is(*s); s++) {
			if (scale >= 1e18)
				continue;
			digits = digits * 10 + (*s - '0');
			scale *= 10;
		}
	}
	*v = digits / scale;
	return s;
}

int
args_real(struct kernel_call *call, const char *name, double min, double max,
    double *out)
{
	const char *s = call->param(call, name);
	bool minus = *s == '-' && min < 0;
	char expected[96];
	double v;

	s = scan(s + minus, &v);
	if (s != NULL && *s == '\0') {
		v = minus ? -v : v;
		if (v >= min && v <= max) {
			*out = v;
			return 0;
		}
	}
	snprintf(expected, sizeof expected, "a number from %g to %g", min, max);
	return refuse(call, name, expected);
}

static const struct unit {
	const char	*name;
	double		 factor;
} times[] = {			/* "ms" before "m" */
	{ "ms", 1e-3 }, { "s", 1 }, { "m", 60 }, { "h", 3600 },
	{ "d", 86400 }, { NULL, 0 }
}, sizes[] = {			/* the longer ones first */
	{ "KiB", 0x1p10 }, { "MiB", 0x1p20 }, { "GiB", 0x1p30 },
	{ "TiB", 0x1p40 }, { "KB", 0x1p10 }, { "MB", 0x1p20 },
	{ "GB", 0x1p30 }, { "TB", 0x1p40 }, { "K", 0x1p10 }, { "M", 0x1p20 },
	{ "G", 0x1p30 }, { "T", 0x1p40 }, { NULL, 0 }
};

static const char *
scan_unit(const char *s, const struct unit *u, double *factor)
{
	for (; u->name != NULL; u++)
		if (strncmp(s, u->name, strlen(u->name)) == 0) {
			*factor = u->factor;
			return s + strlen(u->name);
		}
	return NULL;
}

/* The whole of s: a bare number, or a sum of numbers with units. */
static bool
measure(const char *s, const struct unit *units, double *sum)
{
	const char *end = scan(s, sum);
	double v, factor;

	if (end != NULL && *end == '\0')
		return true;
	*sum = 0;
	do {
		if ((s = scan(s, &v)) == NULL ||
		    (s = scan_unit(s, units, &factor)) == NULL)
			return false;
		*sum += v * factor;
	} while (*s != '\0');
	return true;
}

int
args_duration(struct kernel_call *call, const char *name, double max,
    double *seconds)
{
	char expected[96];

	if (measure(call->param(call, name), times, seconds) &&
	    *seconds <= max)
		return 0;
	snprintf(expected, sizeof expected,
	    "a duration from 0 to %.0f seconds, such as 0.5, 500ms or 1m30s",
	    max);
	return refuse(call, name, expected);
}

int
args_size(struct kernel_call *call, const char *name, uint64_t max,
    uint64_t *bytes)
{
	char expected[96];
	double v;

	if (measure(call->param(call, name), sizes, &v) && v <= (double)max) {
		*bytes = (uint64_t)v;
		return 0;
	}
	snprintf(expected, sizeof expected,
	    "a size from 0 to %" PRIu64 "M, such as 64M or 1.5G", max >> 20);
	return refuse(call, name, expected);
}

int
args_range(struct kernel_call *call, int64_t min, int64_t max, int64_t *from,
    int64_t *to)
{
	if (args_int(call, "from", min, max, from) == -1 ||
	    args_int(call, "to", min, max, to) == -1)
		return -1;
	if (*from <= *to)
		return 0;
	call->fail(call, "from: %" PRId64 " is above to, which is %" PRId64,
	    *from, *to);
	return -1;
}

enum kernel_end
args_result(struct kernel_call *call, const char *fmt, ...)
{
	char text[256];
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	assert(len >= 0 && (size_t)len < sizeof text);
	if (!call->result(call, text, (size_t)len))
		return call->fail(call, "the result is too large");
	return KERNEL_DONE;
}
