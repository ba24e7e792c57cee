/*
 * base/human.h: numbers as people write and read them.
 * Sizes are binary: 1K = 1024.  Durations: 500ms, 90s, 1h30m.
 */
#ifndef BASE_HUMAN_H
#define BASE_HUMAN_H

#include <stddef.h>
#include <stdint.h>

enum { HUMAN_MAX = 32 };	/* room that every human_* text fits into */

/* "0", "512", "1.5K", "942M", "4.0G": at most 4 characters up to 999P. */
const char	*human_size(char out[HUMAN_MAX], uint64_t bytes);

/* "0.4s" "59s" "2m21s" "1h02m" "3d04h": the two largest units. */
const char	*human_duration(char out[HUMAN_MAX], double seconds);

/* "0:04:12", hours grow as needed. */
const char	*human_clock(char out[HUMAN_MAX], double seconds);

/* About three significant digits: "0.05" "5.07" "50.7" "507" "12.4k" "3.40M" */
const char	*human_rate(char out[HUMAN_MAX], double per_second);

/*
 * Whole text or -1: no sign unless the range has one, no blanks, nothing
 * after it.
 */
int	human_parse_int(const char *, int64_t min, int64_t max, int64_t *);
int	human_parse_size(const char *, uint64_t *bytes);	/* 256M 4G 0 */
int	human_parse_duration(const char *, double *seconds);	/* 90s 1h30m */

#endif
