/*
 * kernels/args.h: what the kernels that are built in share: parameters read
 * as numbers, and a result in printf's way.
 *
 * args_int and its like return 0, or -1 after call->fail has said which
 * parameter is wrong and what was expected; then return KERNEL_FAILED.
 * Numbers are decimal, without blanks, exponent or sign ('-' where the range
 * has one), with '.' for the point whatever the locale is.
 */
#ifndef KERNELS_ARGS_H
#define KERNELS_ARGS_H

#include "kernels/kernel.h"

int	args_int(struct kernel_call *, const char *name, int64_t min,
	    int64_t max, int64_t *);
int	args_real(struct kernel_call *, const char *name, double min,
	    double max, double *);

/* "0.5", "500ms", "2s", "1h30m"; from 0 to max seconds. */
int	args_duration(struct kernel_call *, const char *name, double max,
	    double *seconds);

/* "0", "4096", "64M", "1.5G": binary units; from 0 to max bytes. */
int	args_size(struct kernel_call *, const char *name, uint64_t max,
	    uint64_t *bytes);

/* The parameters from and to: both in min to max, from not above to. */
int	args_range(struct kernel_call *, int64_t min, int64_t max,
	    int64_t *from, int64_t *to);

/* Append less than 256 bytes to the result.  KERNEL_DONE or KERNEL_FAILED. */
enum kernel_end	args_result(struct kernel_call *, const char *fmt, ...)
		    __attribute__((format(printf, 2, 3)));

#endif
