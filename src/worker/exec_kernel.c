#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mono.h"
#include "base/text.h"
#include "worker/exec_kernel.h"

enum { REASON_MAX = 512 };
static const double tick_every = 0.010;		/* seconds */

struct running {
	const struct kernel	*kernel;
	char *const		*param;
	char *const		*value;
	uint32_t		 n;
	const struct exec	*exec;
	struct mono		 ticked;
	bool			 stop;
	bool			 reason;	/* text is why it failed */
	struct buf		*text;
};

static const char *
param(struct kernel_call *call, const char *name)
{
	struct running *r = call->host;

	for (uint32_t i = 0; i < r->n; i++)
		if (strcmp(r->param[i], name) == 0)
			return r->value[i];
	for (const struct kernel_param *p = r->kernel->params;
	    p->name != NULL; p++)
		if (strcmp(p->name, name) == 0 && p->fallback != NULL)
			return p->fallback;
	return "";
}

static bool
progress(struct kernel_call *call, double done)
{
	struct running *r = call->host;
	struct mono now;

	if (r->stop)
		return true;
	now = mono_now();
	if (mono_diff(now, r->ticked) < tick_every)
		return false;
	r->stop = r->exec->tick(r->exec->arg, done);
	r->ticked = mono_now();
	return r->stop;
}

static bool
result(struct kernel_call *call, const char *text, size_t len)
{
	struct running *r = call->host;

	if (len > KERNEL_RESULT_MAX - r->text->len)
		return false;
	buf_put(r->text, text, len);
	return true;
}

static enum kernel_end __attribute__((format(printf, 2, 3)))
fail(struct kernel_call *call, const char *fmt, ...)
{
	struct running *r = call->host;
	char why[REASON_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why, sizeof why, fmt, ap);
	va_end(ap);
	buf_reset(r->text);
	buf_put(r->text, why, strlen(why));
	r->reason = true;
	return KERNEL_FAILED;
}

/* What a kernel promised about its result is checked, not believed. */
static enum worker_end
check(struct running *r, struct kernel_call *call)
{
	if (text_utf8_is((char *)r->text->data, r->text->len))
		return END_DONE;
	fail(call, "the result is not UTF-8 text");
	return END_FAILED;
}

enum worker_end
exec_kernel(const struct kernel *k, char *const *params, char *const *values,
    uint32_t n, const struct exec *exec, struct buf *text)
{
	struct running r = { .kernel = k, .param = params, .value = values,
	    .n = n, .exec = exec, .ticked = mono_now(), .text = text };
	struct kernel_call call = { .host = &r, .param = param,
	    .progress = progress, .result = result, .fail = fail };

	buf_reset(text);
	switch (k->run(&call)) {
	case KERNEL_DONE:
		return check(&r, &call);
	case KERNEL_STOPPED:
		buf_reset(text);
		return END_STOPPED;
	default:
		if (!r.reason)
			fail(&call, "the kernel gave no reason");
		return END_FAILED;
	}
}
