#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/human.h"

static const double longest = 1e11;	/* seconds; what is longer is cut */

const char *
human_size(char out[HUMAN_MAX], uint64_t bytes)
{
	static const char unit[] = " KMGTPE";
	double v = (double)bytes;
	size_t u = 0;

	for (; v >= 999.5 && u < sizeof unit - 2; u++)
		v /= 1024;
	if (u == 0)
		snprintf(out, HUMAN_MAX, "%.0f", v);
	else
		snprintf(out, HUMAN_MAX, v < 9.95 ? "%.1f%c" : "%.0f%c", v,
		    unit[u]);
	return out;
}

const char *
human_duration(char out[HUMAN_MAX], double seconds)
{
	double s = seconds > 0 ? fmin(seconds, longest) : 0;
	int64_t whole = (int64_t)(s + 0.5);
	int64_t d = whole / 86400, h = whole / 3600, m = whole / 60;

	if (s < 9.95)
		snprintf(out, HUMAN_MAX, "%.1fs", s);
	else if (m == 0)
		snprintf(out, HUMAN_MAX, "%" PRId64 "s", whole);
	else if (h == 0)
		snprintf(out, HUMAN_MAX, "%" PRId64 "m%02ds", m,
		    (int)(whole % 60));
	else if (d == 0)
		snprintf(out, HUMAN_MAX, "%" PRId64 "h%02dm", h, (int)(m % 60));
	else
		snprintf(out, HUMAN_MAX, "%" PRId64 "d%02dh", d, (int)(h % 24));
	return out;
}

const char *
human_clock(char out[HUMAN_MAX], double seconds)
{
	int64_t s = seconds > 0 ? (int64_t)fmin(seconds, longest) : 0;

	snprintf(out, HUMAN_MAX, "%d:%02d:%02d", (int)(s / 3600),
	    (int)(s / 60 % 60), (int)(s % 60));
	return out;
}

const char *
human_rate(char out[HUMAN_MAX], double r)
{
	const char *unit = "";

	if (!(r > 0))
		r = 0;
	if (r >= 9999.5e3) {
		r /= 1e6;
		unit = "M";
	} else if (r >= 9999.5) {
		r /= 1e3;
		unit = "k";
	}
	snprintf(out, HUMAN_MAX, "%.*f%s", r < 9.995 ? 2 : r < 99.95 ? 1 : 0,
	    fmin(r, 1e9), unit);
	return out;
}

int
human_parse_int(const char *s, int64_t min, int64_t max, int64_t *out)
{
	char *end;
	long long v;

	if (!isdigit((unsigned char)s[*s == '-' && min < 0]))
		return -1;
	errno = 0;
	v = strtoll(s, &end, 10);
	if (errno != 0 || *end != '\0' || v < min || v > max)
		return -1;
	*out = v;
	return 0;
}

int
human_parse_size(const char *s, uint64_t *bytes)
{
	static const char units[] = "KMGTP";
	const char *at;
	char *end;
	double v, factor = 1;

	if (!isdigit((unsigned char)*s) || s[strcspn(s, "xX")] != '\0')
		return -1;
	v = strtod(s, &end);
	if (*end != '\0' &&
	    (at = strchr(units, toupper((unsigned char)*end))) != NULL) {
		factor = pow(1024, (double)(at - units + 1));
		end++;
		if (end[0] == 'i' && end[1] == 'B')
			end += 2;
		else if (*end == 'B')
			end++;
	}
	if (*end != '\0' || !(v * factor < 0x1p63))
		return -1;
	*bytes = (uint64_t)(v * factor);
	return 0;
}

static const struct {
	const char	*name;
	double		 seconds;
} duration_units[] = {		/* "ms" before "m" */
	{ "ms", 0.001 }, { "s", 1 }, { "m", 60 }, { "h", 3600 }, { "d", 86400 }
};

static const char *
duration_unit(const char *s, double *seconds)
{
	for (size_t i = 0; i < sizeof duration_units / sizeof *duration_units;
	    i++) {
		size_t n = strlen(duration_units[i].name);

		if (strncmp(s, duration_units[i].name, n) == 0) {
			*seconds = duration_units[i].seconds;
			return s + n;
		}
	}
	return NULL;
}

int
human_parse_duration(const char *s, double *seconds)
{
	double sum = 0, v, unit;
	const char *next;
	char *end;

	do {
		if (!isdigit((unsigned char)*s) || s[strcspn(s, "xX")] != '\0')
			return -1;
		v = strtod(s, &end);
		if (*end == '\0' && sum == 0) {	/* a bare number: seconds */
			next = end;
			unit = 1;
		} else if ((next = duration_unit(end, &unit)) == NULL)
			return -1;
		sum += v * unit;
		s = next;
	} while (*s != '\0');
	if (!(sum <= longest))
		return -1;
	*seconds = sum;
	return 0;
}
