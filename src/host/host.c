#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "host/cores.h"
#include "host/cpus.h"
#include "host/file.h"
#include "host/host.h"
#include "host/load.h"
#include "host/memory.h"
#include "model/run.h"

enum { HOSTNAME_MAX = 256 };	/* bytes; Linux allows 64 */

struct host {
	char		*root;		/* owned */
	struct load	 load;
	struct memory	 memory;
	struct cores	*cores;		/* owned */
};

struct host *
host_open(const char *root, struct err *err)
{
	struct host *h;
	int fd;

	/* A trailing slash makes a file that is no directory an error. */
	if ((fd = file_open(root, "/proc/")) == -1) {
		err_sys(err, "open %s/proc", file_real_is(root) ? "" : root);
		return NULL;
	}
	close(fd);
	h = mem_alloc(sizeof *h);
	h->root = mem_strdup(root);
	load_init(&h->load, root);
	memory_init(&h->memory, root);
	h->cores = cores_open(root);
	return h;
}

void
host_close(struct host *h)
{
	if (h == NULL)
		return;
	load_clear(&h->load);
	memory_clear(&h->memory);
	cores_close(h->cores);
	free(h->root);
	free(h);
}

/* gethostname(2), or the file that says the same; "" when not known. */
static void
name_read(const char *root, char *name, size_t size)
{
	char text[HOSTNAME_MAX] = "";
	int fd;

	if (file_real_is(root)) {
		if (gethostname(text, sizeof text - 1) == -1)
			*text = '\0';
	} else if ((fd = file_open(root, "/proc/sys/kernel/hostname")) != -1) {
		if (file_read(fd, text, sizeof text) == -1)
			*text = '\0';
		close(fd);
	}
	text_harmless(name, size, text, strcspn(text, "\n"));
}

static void
cpus_sample(const char *root, struct run_host *out)
{
	struct host_cpus cpus;

	cpus_read(root, NULL, &cpus);
	out->cores_online = cpus.online;
	out->cores_usable = cpus.usable;
	snprintf(out->cores_why, sizeof out->cores_why, "%s", cpus.why);
}

static void
memory_sample(const struct memory *m, struct run_host *out)
{
	struct host_memory mem;

	memory_read(m, &mem);
	out->memory_total = mem.total;
	out->memory_free = mem.free;
	out->memory_available = mem.available;
	out->swap_total = mem.swap_total;
	out->swap_free = mem.swap_free;
}

void
host_sample(struct host *h, struct run_host *out)
{
	memset(out, 0, sizeof *out);
	name_read(h->root, out->name, sizeof out->name);
	cpus_sample(h->root, out);
	load_read(&h->load, out->load);
	memory_sample(&h->memory, out);
	out->ncores = cores_sample(h->cores, out->core_busy, &out->busy);
}
