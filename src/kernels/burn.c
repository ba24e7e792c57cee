#include <math.h>
#include <sys/mman.h>
#include <time.h>

#include "kernels/args.h"

static const double longest = 86400;			/* seconds */
static const uint64_t largest = (uint64_t)1 << 40;	/* bytes */

enum {
	STRIDE = 4096,		/* bytes: no page of any machine is smaller */
	PORTION = 256,		/* strides touched between looks at the clock */
	SPIN = 100000		/* rounds between looks at the clock: 0.2 ms */
};

struct burn {
	volatile uint64_t *memory;	/* strides of it, or NULL */
	size_t		   strides;
	size_t		   next;	/* the stride that is touched next */
	uint64_t	   x;
};

static double
cpu_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec * 1e-9;
}

/* Write a word to each of the next pages, so that they are ours and stay. */
static void
touch(struct burn *b)
{
	for (size_t i = 0; i < PORTION && b->next < b->strides; i++)
		b->memory[b->next++ * (STRIDE / sizeof *b->memory)] = b->x++;
}

/* Every round needs the one before, and the sum is kept: all is computed. */
static void
spin(struct burn *b)
{
	uint64_t x = b->x;

	for (int i = 0; i < SPIN; i++)
		x = (x ^ x >> 29) * 0xbf58476d1ce4e5b9u + 1;
	*(volatile uint64_t *)&b->x = x;
}

static enum kernel_end
burn_through(struct kernel_call *call, struct burn *b, double seconds)
{
	double start = cpu_now(), used;
	bool resident = false;

	do {
		touch(b);
		if (b->next == b->strides) {
			b->next = 0;
			resident = true;
		}
		if (resident)
			spin(b);
		used = cpu_now() - start;
		if (call->progress(call, used < seconds ? used / seconds : 1))
			return KERNEL_STOPPED;
	} while (!resident || used < seconds);
	return KERNEL_DONE;
}

static enum kernel_end
burn_run(struct kernel_call *call)
{
	struct burn b = { .x = 1 };
	void *memory = NULL;
	enum kernel_end end;
	double seconds;
	uint64_t size;

	if (args_duration(call, "seconds", longest, &seconds) == -1 ||
	    args_size(call, "memory", largest, &size) == -1)
		return KERNEL_FAILED;
	if (size > 0) {
		memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (memory == MAP_FAILED)
			return call->fail(call, "memory: the system does not "
			    "give %llu bytes", (unsigned long long)size);
	}
	b.memory = memory;
	b.strides = (size + STRIDE - 1) / STRIDE;
	end = burn_through(call, &b, seconds);
	if (memory != NULL)
		munmap(memory, size);
	if (end != KERNEL_DONE)
		return end;
	return args_result(call, "%lld ms of CPU time, %llu bytes of memory",
	    llround(seconds * 1000), (unsigned long long)size);
}

static const struct kernel_param burn_params[] = {
	{ "seconds", "1", "CPU time to use, 0 to 86400 seconds; also 500ms" },
	{ "memory", "0", "memory to keep in use, 0 to 1T bytes; as 64M" },
	{ NULL, NULL, NULL }
};

const struct kernel kernel_burn = {
	KERNEL_VERSION, "burn",
	"uses CPU time and memory as asked; result: what was used",
	burn_params, burn_run
};
