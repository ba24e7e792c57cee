/*
 * base/mono.h: time that only goes forward, and the wall clock.  The type
 * keeps the two from being mixed up; seconds as double are for people.
 */
#ifndef BASE_MONO_H
#define BASE_MONO_H

#include <stdint.h>

struct mono {
	int64_t	ns;		/* CLOCK_MONOTONIC; 0 = never */
};

struct mono	mono_now(void);
struct mono	mono_after(struct mono, double seconds);
double		mono_diff(struct mono later, struct mono earlier); /* s */
double		mono_since(struct mono earlier);		/* s until now */

double		wall_now(void);		/* seconds since 1970 */

#endif
