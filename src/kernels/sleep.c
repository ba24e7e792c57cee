#include <math.h>
#include <time.h>

#include "kernels/args.h"

static const double longest = 86400;	/* seconds */
static const double slice = 0.01;	/* seconds between calls of progress */

static double
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec * 1e-9;
}

/* A signal may end it early: the caller looks at the clock anyway. */
static void
pause_for(double seconds)
{
	struct timespec ts = { 0, (long)(seconds * 1e9) };

	clock_nanosleep(CLOCK_MONOTONIC, 0, &ts, NULL);
}

static enum kernel_end
sleep_run(struct kernel_call *call)
{
	double start = now(), seconds, passed;

	if (args_duration(call, "seconds", longest, &seconds) == -1)
		return KERNEL_FAILED;
	while ((passed = now() - start) < seconds) {
		if (call->progress(call, passed / seconds))
			return KERNEL_STOPPED;
		pause_for(fmin(slice, seconds - passed));
	}
	if (call->progress(call, 1))
		return KERNEL_STOPPED;
	return args_result(call, "%lld ms", llround(seconds * 1000));
}

static const struct kernel_param sleep_params[] = {
	{ "seconds", "1", "time to wait, 0 to 86400 seconds; also 500ms, 1m" },
	{ NULL, NULL, NULL }
};

const struct kernel kernel_sleep = {
	KERNEL_VERSION, "sleep",
	"waits without using the CPU; result: the time asked for",
	sleep_params, sleep_run
};
