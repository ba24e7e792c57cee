#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ui/tui/show.h"
#include "ui/tui/widget.h"

enum { STRIP_SMALL_W = 8 };

/* One stretch of a bar: up to which part of the whole, how it looks. */
struct stretch {
	double		upto;
	enum role	role;
	char		mark;
};

/* "name[|||||||      text]": w columns. */
static void
bar(struct canvas *c, int y, int x, int w, const char *name,
    const struct stretch *part, int nparts, const char *text)
{
	int n = canvas_puts(c, y, x, w, ROLE_DIM, name), from = 0, to;
	int inside = w - n - 2;
	char mark[2] = "";

	if (inside < 1)
		return;
	x += n;
	canvas_puts(c, y, x, 1, ROLE_STRONG, "[");
	canvas_puts(c, y, x + 1 + inside, 1, ROLE_STRONG, "]");
	for (int i = 0; i < nparts; i++) {
		mark[0] = part[i].mark;
		to = isnan(part[i].upto) ? from : (int)lround(
		    fmin(fmax(part[i].upto, 0), 1) * inside);
		for (; from < to; from++)
			canvas_puts(c, y, x + 1 + from, 1, part[i].role, mark);
	}
	canvas_right(c, y, x + 1 + inside, inside, ROLE_NORMAL, text);
}

static void
core_bar(struct canvas *c, int y, int x, int w, const struct run *run,
    unsigned int core)
{
	struct stretch busy = { run->host.core_busy[core], ROLE_RUN, '|' };
	char name[16], text[HUMAN_MAX];

	snprintf(name, sizeof name, "%2u", core);
	show_number(text, 100 * (double)run->host.core_busy[core], 1);
	strcat(text, "%");
	bar(c, y, x, w, name, &busy, 1, text);
}

static double
cpu_part(const struct run *run)
{
	return run->host.cores_online == 0 ? NAN :
	    run->host.busy / run->host.cores_online;
}

static void
cpu_bar(struct canvas *c, int y, int x, int w, const struct run *run)
{
	double whole = cpu_part(run);
	struct stretch part[2] = {
		{ fmin(whole, run->pool.cpu / run->host.cores_online),
		    ROLE_RUN, '|' },
		{ whole, ROLE_USED, c->ascii ? ':' : '|' },
	};
	char text[HUMAN_MAX + 1];

	show_number(text, 100 * whole, 1);
	strcat(text, "%");
	bar(c, y, x, w, "CPU ", part, 2, text);
}

static void
memory_bar(struct canvas *c, int y, int x, int w, const struct run *run)
{
	const struct run_host *h = &run->host;
	double total = (double)h->memory_total, used, pool;
	bool known = h->memory_total != SIZE_UNKNOWN && h->memory_total > 0 &&
	    h->memory_available != SIZE_UNKNOWN;
	char a[HUMAN_MAX], b[HUMAN_MAX], text[2 * HUMAN_MAX];
	uint64_t bytes = known && h->memory_total > h->memory_available ?
	    h->memory_total - h->memory_available : 0;

	used = known ? (double)bytes / total : NAN;
	pool = run->pool.rss == SIZE_UNKNOWN ? NAN :
	    fmin((double)run->pool.rss / total, used);
	struct stretch part[2] = {
		{ pool, ROLE_RUN, '|' },
		{ used, used > 0.95 ? ROLE_FAIL : used > 0.8 ? ROLE_WARN :
		    ROLE_USED, c->ascii ? ':' : '|' },
	};
	snprintf(text, sizeof text, "%s/%s", known ? human_size(a, bytes) :
	    "-", show_size(b, h->memory_total));
	bar(c, y, x, w, "Mem ", part, 2, text);
}

static void
swap_bar(struct canvas *c, int y, int x, int w, const struct run *run)
{
	const struct run_host *h = &run->host;
	bool known = h->swap_total != SIZE_UNKNOWN &&
	    h->swap_free != SIZE_UNKNOWN && h->swap_total >= h->swap_free;
	uint64_t used = known ? h->swap_total - h->swap_free : 0;
	struct stretch part = { known && h->swap_total > 0 ?
		(double)used / (double)h->swap_total : NAN, ROLE_WARN, '|' };
	char a[HUMAN_MAX], b[HUMAN_MAX], text[2 * HUMAN_MAX];

	snprintf(text, sizeof text, "%s/%s", known ? human_size(a, used) : "-",
	    show_size(b, h->swap_total));
	bar(c, y, x, w, "Swp ", &part, 1, text);
}

static void
strip_cell(struct canvas *c, int y, int x, const struct run *run,
    unsigned int from, unsigned int to)
{
	double sum = 0;

	for (unsigned int i = from; i < to; i++)
		sum += (double)run->host.core_busy[i];
	sum = fmin(fmax(sum / (to - from), 0), 1);
	canvas_puts(c, y, x, 1, ROLE_RUN, theme_below(c->ascii,
	    (unsigned int)lround(isnan(sum) ? 0 : sum * 8)));
}

/* One cell a core, or for several where there are too many. */
static int
strip(struct canvas *c, int y, int x, int w, const struct run *run)
{
	unsigned int n = run->host.ncores, cells = w < 0 ? 0 : (unsigned int)w;

	if (cells > n)
		cells = n;
	for (unsigned int i = 0; i < cells; i++)
		strip_cell(c, y, x + (int)i, run, i * n / cells,
		    (i + 1) * n / cells);
	return (int)cells;
}

static void
load_text(struct line *l, const struct run *run, int keep)
{
	char a[HUMAN_MAX], b[HUMAN_MAX], c[HUMAN_MAX];

	line_add(l, keep, ROLE_DIM, "Load ");
	line_join(l, ROLE_STRONG, "%s ", show_number(a, run->host.load[0], 2));
	line_join(l, ROLE_NORMAL, "%s %s", show_number(b, run->host.load[1],
	    2), show_number(c, run->host.load[2], 2));
}

static void
pool_memory(struct line *l, const struct run *run)
{
	char a[HUMAN_MAX], b[HUMAN_MAX];

	line_add(l, 9, ROLE_DIM, "Pool ");
	line_join(l, ROLE_NORMAL, "%s", show_size(a, run->pool.rss));
	line_add(l, 5, ROLE_DIM, " of memory, available ");
	line_join(l, ROLE_NORMAL, "%s", show_size(b,
	    run->host.memory_available));
}

static void
used_text(struct line *l, const struct run *run)
{
	char a[HUMAN_MAX], b[HUMAN_MAX], c[HUMAN_MAX];
	double other = run->host.busy - run->pool.cpu;

	line_add(l, 9, ROLE_DIM, "CPU  ");
	line_join(l, ROLE_NORMAL, "workers use %s of %u cores",
	    show_number(a, run->pool.cpu, 2), run->host.cores_online);
	if (other >= 0.1 * run->host.cores_online)
		line_add(l, 8, ROLE_WARN, ", others %s",
		    show_number(b, other, 1));
	else if (run->host.cores_online > 0)
		line_add(l, 8, ROLE_DIM, " (%s)", show_percent(c,
		    run->pool.cpu / run->host.cores_online, 0));
}

static void
limit_text(struct line *l, const struct run *run)
{
	const struct run_host *h = &run->host;

	if (h->cores_usable != 0 && h->cores_usable != h->cores_online)
		line_add(l, 7, ROLE_WARN, "Only %u of %u cores usable: %s",
		    h->cores_usable, h->cores_online, h->cores_why);
}

/* The left half: a bar for each core, or one bar and a strip of cells. */
static int
cores(struct canvas *c, struct rect r, int w, const struct run *run)
{
	unsigned int n = run->host.ncores;
	int columns, rows = layout_meter_rows((int)n, &columns), width, used;

	if (columns == 0 || r.h < rows) {
		cpu_bar(c, r.y, r.x, w, run);
		for (used = 1; used < r.h && used < 2; used++)
			strip(c, r.y + used, r.x + 4, w - 4, run);
		return used;
	}
	if (n <= 2)
		columns = 1;
	width = (w - 2 * (columns - 1)) / columns;
	rows = ((int)n + columns - 1) / columns;
	for (unsigned int i = 0; i < n; i++)
		core_bar(c, r.y + (int)i % rows, r.x + (int)i / rows *
		    (width + 2), width, run, i);
	return rows;
}

static void
draw_line(const struct line *l, struct canvas *c, struct rect r, int row,
    int x)
{
	if (row < r.h)
		line_draw(l, c, r.y + row, x, r.x + r.w - 1);
}

static void
wide(const struct run *run, struct canvas *c, struct rect r)
{
	int left = (r.w - 4) * 3 / 5, x = r.x + left + 4, row, at = 0;
	struct line l;

	r.x += 1;
	row = cores(c, r, left, run);
	if (row + 2 <= r.h) {		/* there is room below the cores */
		memory_bar(c, r.y + row, r.x, left, run);
		swap_bar(c, r.y + row + 1, r.x, left, run);
	} else
		memory_bar(c, r.y + at++, x, r.x + r.w - x - 2, run);
	r.x -= 1;
	line_start(&l, GROUND_PLAIN);
	load_text(&l, run, 9);
	draw_line(&l, c, r, at++, x);
	line_start(&l, GROUND_PLAIN);
	used_text(&l, run);
	draw_line(&l, c, r, at++, x);
	line_start(&l, GROUND_PLAIN);
	pool_memory(&l, run);
	draw_line(&l, c, r, at++, x);
	line_start(&l, GROUND_PLAIN);
	limit_text(&l, run);
	draw_line(&l, c, r, at, x);
}

static void
normal(const struct run *run, struct canvas *c, struct rect r)
{
	int w = r.w / 2 - 4, x = r.x + w + 3, n;
	struct line l;

	cpu_bar(c, r.y, r.x + 1, w, run);
	n = strip(c, r.y, x, STRIP_SMALL_W, run);
	line_start(&l, GROUND_PLAIN);
	line_add(&l, 2, ROLE_DIM, "%u cores  ", run->host.cores_online);
	load_text(&l, run, 9);
	line_draw(&l, c, r.y, x + n + (n > 0), r.x + r.w - 1);
	if (r.h < 2)
		return;
	memory_bar(c, r.y + 1, r.x + 1, w, run);
	line_start(&l, GROUND_PLAIN);
	pool_memory(&l, run);
	line_draw(&l, c, r.y + 1, x, r.x + r.w - 1);
}

void
widget_meters(const struct screen *s, struct canvas *c, struct rect r,
    enum layout_form form)
{
	if (r.h == 0)
		return;
	if (form == LAYOUT_WIDE)
		wide(&s->run, c, r);
	else
		normal(&s->run, c, r);
}
