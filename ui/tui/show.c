#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <time.h>

#include "model/run.h"
#include "ui/tui/show.h"

static const char *
unknown(char out[HUMAN_MAX])
{
	snprintf(out, HUMAN_MAX, "-");
	return out;
}

const char *
show_size(char out[HUMAN_MAX], uint64_t bytes)
{
	return bytes == SIZE_UNKNOWN ? unknown(out) : human_size(out, bytes);
}

const char *
show_duration(char out[HUMAN_MAX], double s)
{
	return isnan(s) ? unknown(out) : human_duration(out, s);
}

const char *
show_rate(char out[HUMAN_MAX], double r)
{
	return isnan(r) ? unknown(out) : human_rate(out, r);
}

const char *
show_number(char out[HUMAN_MAX], double v, int digits)
{
	if (isnan(v))
		return unknown(out);
	snprintf(out, HUMAN_MAX, "%.*f", digits, fmax(fmin(v, 1e9), -1e9));
	return out;
}

const char *
show_percent(char out[HUMAN_MAX], double part, int digits)
{
	double unit = pow(10, digits), v;

	if (isnan(part))
		return unknown(out);
	v = floor(fmin(fmax(part, 0), 1) * 100 * unit + 1e-6) / unit;
	snprintf(out, HUMAN_MAX, "%.*f%%", digits, v);
	return out;
}

const char *
show_count(char out[HUMAN_MAX], uint64_t n)
{
	static const char unit[] = " kMGTPE";
	size_t u = 0;

	if (n <= 99999) {
		snprintf(out, HUMAN_MAX, "%" PRIu64, n);
		return out;
	}
	for (; n > 9999; u++)
		n /= 1000;
	snprintf(out, HUMAN_MAX, "%" PRIu64 "%c", n, unit[u]);
	return out;
}

const char *
show_time(char out[HUMAN_MAX], double wall)
{
	time_t t = isfinite(wall) && fabs(wall) < 1e12 ? (time_t)wall : 0;
	struct tm tm;

	if (localtime_r(&t, &tm) == NULL ||
	    strftime(out, HUMAN_MAX, "%H:%M:%S", &tm) == 0)
		return unknown(out);
	return out;
}

int
show_digits(uint64_t n)
{
	int digits = 1;

	for (; n > 9; n /= 10)
		digits++;
	return digits;
}
