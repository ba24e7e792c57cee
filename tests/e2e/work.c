#include "base/mem.h"
#include "tests/e2e/work.h"

static const char text[] =
"jobs:\n"
"  - name: digests\n"
"    kernel: sha256\n"
"    params: { seed: '{1}', rounds: 8000 }\n"
"    items: { range: { from: 1, to: 200, step: 1 } }\n"
"  - name: naps\n"
"    kernel: sleep\n"
"    params: { seconds: '{1}ms' }\n"
"    items: { range: { from: 1, to: 40, step: 1 } }\n"
"  - name: more digests\n"
"    kernel: sha256\n"
"    params: { seed: '{x}', rounds: '{y}' }\n"
"    items: { matrix: { x: [a, b, c, d, e, f], y: [1, 10, 100, 1000, 2000,\n"
"      4000, 8000, 16000, 32000, 64000] } }\n";

const char *
work_file(const struct e2e *e, char path[E2E_PATH_MAX])
{
	e2e_write(e, "work.yaml", text);
	return e2e_path(e, path, "work.yaml");
}

char *
work_result(struct e2e *e)
{
	char path[E2E_PATH_MAX];
	struct proc *p = e2e_run(e, WORDS(e2e_pooltop(), "run", "--plain",
	    "-j1", work_file(e, path)), NULL);
	size_t lines = 0;

	EXITS(p, 0);
	for (const char *s = proc_out(p); *s != '\0'; s++)
		lines += *s == '\n';
	assert_int_equal(lines, WORK_TASKS);
	return mem_strdup(proc_out(p));
}
