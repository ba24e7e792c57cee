/*
 * Some rows of a picture of the Mandelbrot set, as lines of a PPM file (P3:
 * the colours as decimal numbers, at most 70 characters a line).  The band
 * with row 1 begins with the header, so the results of all bands, one after
 * the other, are the file.
 */
#include <math.h>
#include <stdio.h>

#include "kernels/args.h"

enum {
	SIDE_MAX = 10000,	/* pixels */
	ITERATIONS_MAX = 100000,
	PIXELS_LINE = 5,	/* "255 255 255 " five times: 60 characters */
	PIXEL_TEXT = 12,	/* characters of one pixel at most */
	HEADER_TEXT = 32,
	WORK = 1 << 18		/* iterations between calls of progress: 1 ms */
};

static const double escape = 256;	/* |z|^2; large: smooth colours */
static const double span = 3;		/* width of the picture at zoom 1 */
static const double tempo = 1.6;	/* colours a doubling of iterations */

struct picture {
	struct kernel_call *call;
	int64_t		 width, height;
	int64_t		 from, to;	/* rows, from 1 */
	int64_t		 iterations;
	double		 x, y;		/* the centre */
	double		 zoom;
	int64_t		 work;		/* since progress was called */
};

struct colour {
	double		 red, green, blue;
};

/* The colours of the outside, a circle of them; the inside is black. */
static const struct colour palette[] = {
	{ 9, 20, 68 }, { 24, 82, 160 }, { 120, 190, 230 }, { 250, 246, 214 },
	{ 246, 178, 60 }, { 176, 70, 40 }, { 70, 18, 66 }
};
enum { NPALETTE = sizeof palette / sizeof *palette };

/*
 * How many iterations until z is far away, with a fraction from how far it
 * then is; below 0 if it stays.
 */
static double
escape_time(struct picture *p, double cx, double cy)
{
	double x = 0, y = 0, xx = 0, yy = 0;
	int64_t i;

	for (i = 0; i < p->iterations && xx + yy <= escape; i++) {
		y = 2 * x * y + cy;
		x = xx - yy + cx;
		xx = x * x;
		yy = y * y;
	}
	p->work += i;
	if (xx + yy <= escape)
		return -1;
	return fmax(0, (double)i + 3 - log2(log2(xx + yy)));
}

static struct colour
colour_of(double time)
{
	struct colour black = { 0, 0, 0 };
	const struct colour *a, *b;
	double at, part;

	if (time < 0)
		return black;
	at = log2(1 + time) * tempo;
	part = at - floor(at);
	a = &palette[(int)floor(at) % NPALETTE];
	b = &palette[((int)floor(at) + 1) % NPALETTE];
	return (struct colour){ a->red + part * (b->red - a->red),
	    a->green + part * (b->green - a->green),
	    a->blue + part * (b->blue - a->blue) };
}

static bool
give_pixel(struct picture *p, int64_t row, int64_t column)
{
	double scale = span / p->zoom / (double)p->width;
	struct colour c = colour_of(escape_time(p,
	    p->x + ((double)column - (double)(p->width - 1) / 2) * scale,
	    p->y - ((double)(row - 1) - (double)(p->height - 1) / 2) * scale));
	bool line = column == p->width - 1 || column % PIXELS_LINE == 4;
	bool last = column == p->width - 1 && row == p->to;
	char text[PIXEL_TEXT + 1];
	int len = snprintf(text, sizeof text, "%d %d %d%s", (int)c.red,
	    (int)c.green, (int)c.blue, last ? "" : line ? "\n" : " ");

	return p->call->result(p->call, text, (size_t)len);
}

static enum kernel_end
give_rows(struct picture *p)
{
	int64_t all = (p->to - p->from + 1) * p->width, done = 0;

	for (int64_t row = p->from; row <= p->to; row++)
		for (int64_t column = 0; column < p->width; column++, done++) {
			if (!give_pixel(p, row, column))
				return p->call->fail(p->call,
				    "the result is too large");
			if (p->work++ < WORK)
				continue;
			p->work = 0;
			if (p->call->progress(p->call,
			    (double)done / (double)all))
				return KERNEL_STOPPED;
		}
	return p->call->progress(p->call, 1) ? KERNEL_STOPPED : KERNEL_DONE;
}

/* The rows that are asked for, and whether their text fits into a result. */
static int
read_rows(struct picture *p)
{
	struct kernel_call *call = p->call;
	int64_t fit;

	if (args_int(call, "width", 1, SIDE_MAX, &p->width) == -1 ||
	    args_int(call, "height", 1, SIDE_MAX, &p->height) == -1 ||
	    args_range(call, 1, p->height, &p->from, &p->to) == -1)
		return -1;
	fit = (KERNEL_RESULT_MAX - HEADER_TEXT) / (PIXEL_TEXT * p->width);
	if (p->to - p->from < fit)
		return 0;
	call->fail(call, "to: %lld rows may be too large a result; "
	    "at this width %lld rows fit",
	    (long long)(p->to - p->from + 1), (long long)fit);
	return -1;
}

static enum kernel_end
mandelbrot_run(struct kernel_call *call)
{
	struct picture p = { .call = call };
	char header[HEADER_TEXT];
	int len;

	if (read_rows(&p) == -1 ||
	    args_int(call, "iterations", 1, ITERATIONS_MAX,
	    &p.iterations) == -1 ||
	    args_real(call, "x", -4, 4, &p.x) == -1 ||
	    args_real(call, "y", -4, 4, &p.y) == -1 ||
	    args_real(call, "zoom", 0.1, 1e12, &p.zoom) == -1)
		return KERNEL_FAILED;
	len = snprintf(header, sizeof header, "P3\n%lld %lld\n255\n",
	    (long long)p.width, (long long)p.height);
	if (p.from == 1 && !call->result(call, header, (size_t)len))
		return call->fail(call, "the result is too large");
	return give_rows(&p);
}

static const struct kernel_param mandelbrot_params[] = {
	{ "width", "640", "of the whole picture, 1 to 10000 pixels" },
	{ "height", "480", "of the whole picture, 1 to 10000 pixels" },
	{ "from", NULL, "first row, 1 to height" },
	{ "to", NULL, "last row, from to height" },
	{ "x", "-0.5", "centre, real part, -4 to 4" },
	{ "y", "0", "centre, imaginary part, -4 to 4" },
	{ "zoom", "1", "0.1 to 10^12; the picture is 3/zoom wide" },
	{ "iterations", "1000", "after which a point is inside, 1 to 100000" },
	{ NULL, NULL, NULL }
};

const struct kernel kernel_mandelbrot = {
	KERNEL_VERSION, "mandelbrot",
	"draws rows of the Mandelbrot set; result: lines of a PPM file",
	mandelbrot_params, mandelbrot_run
};
