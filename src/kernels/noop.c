#include <string.h>

#include "kernels/kernel.h"

static enum kernel_end
noop_run(struct kernel_call *call)
{
	const char *text = call->param(call, "text");

	if (call->progress(call, 1))
		return KERNEL_STOPPED;
	if (!call->result(call, text, strlen(text)))
		return call->fail(call, "text: longer than a result may be");
	return KERNEL_DONE;
}

static const struct kernel_param noop_params[] = {
	{ "text", "", "text that becomes the result" },
	{ NULL, NULL, NULL }
};

const struct kernel kernel_noop = {
	KERNEL_VERSION, "noop",
	"does nothing, to measure what a task costs; result: its text",
	noop_params, noop_run
};
