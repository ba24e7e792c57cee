/*
 * kernels/kernel.h: a kernel is a CPU-bound function in C that a worker of
 * pooltop calls in its own process, once for every task.
 *
 * A kernel gets its parameters as text, does its work, tells its progress,
 * and gives one result: UTF-8 text of at most KERNEL_RESULT_MAX bytes, one
 * line as a rule, without the newline at its end (that is added in print).
 * It includes this header only; nothing here needs the rest of pooltop.
 *
 * It may allocate what it likes, must free it, must not print, fork, start
 * threads or change signal handlers, and must call progress() so often that
 * 10 ms seldom pass in between: that is also how it is asked to stop, to
 * wait (a frozen task waits inside the call) and to give way.
 */
#ifndef POOLTOP_KERNEL_H
#define POOLTOP_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KERNEL_VERSION		1		/* of this header */
#define KERNEL_RESULT_MAX	(1024 * 1024)	/* bytes */
#define KERNEL_PARAMS_MAX	16

struct kernel_param {
	const char	*name;		/* [a-z][a-z0-9_-]* */
	const char	*fallback;	/* value when not given; NULL: required */
	const char	*help;		/* one line, with unit and range */
};

enum kernel_end {
	KERNEL_DONE,		/* the result was given */
	KERNEL_STOPPED,		/* progress() said so; no result counts */
	KERNEL_FAILED		/* fail() said why */
};

struct kernel_call {
	void	*host;		/* the caller's; not the kernel's business */

	/* The value of a parameter of the kernel's table: never NULL. */
	const char *(*param)(struct kernel_call *, const char *name);

	/*
	 * done: 0 to 1, or below 0 when it cannot be known.  true: stop now
	 * and return KERNEL_STOPPED.  Cheap: may be called a million times
	 * a second.
	 */
	bool	(*progress)(struct kernel_call *, double done);

	/*
	 * Append to the result; false when it would become larger than
	 * KERNEL_RESULT_MAX (then it is unchanged: fail, or give less).
	 */
	bool	(*result)(struct kernel_call *, const char *text, size_t len);

	/* Why the task fails: one line.  Returns KERNEL_FAILED. */
	enum kernel_end (*fail)(struct kernel_call *, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));
};

struct kernel {
	unsigned int		   version;	/* KERNEL_VERSION */
	const char		  *name;	/* [a-z][a-z0-9_-]* */
	const char		  *summary;	/* one line: what, and its result */
	const struct kernel_param *params;	/* NULL name at the end */
	enum kernel_end		 (*run)(struct kernel_call *);
};

#endif
