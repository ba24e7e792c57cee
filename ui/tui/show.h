/*
 * ui/tui/show.h: facts as short texts.  What is not known is "-", never a
 * made-up 0.
 */
#ifndef TUI_SHOW_H
#define TUI_SHOW_H

#include <stdint.h>

#include "base/human.h"

const char	*show_size(char out[HUMAN_MAX], uint64_t bytes);
const char	*show_duration(char out[HUMAN_MAX], double seconds);
const char	*show_rate(char out[HUMAN_MAX], double per_second);
/* With so many digits after the point. */
const char	*show_number(char out[HUMAN_MAX], double v, int digits);
/* 0 to 1 as "42%"; never 100% before it is whole. */
const char	*show_percent(char out[HUMAN_MAX], double part, int digits);
/* At most 5 characters: "99999" "123k". */
const char	*show_count(char out[HUMAN_MAX], uint64_t n);
/* The time of day, local: "20:17:31". */
const char	*show_time(char out[HUMAN_MAX], double wall);
int		 show_digits(uint64_t n);	/* that n is written with */

#endif
