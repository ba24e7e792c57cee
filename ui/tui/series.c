#include <math.h>
#include <string.h>

#include "ui/tui/series.h"

/* Nobody can be trusted with more: seconds, and any other figure. */
static const double longest = 1e12, largest = 1e18;

double
series_newest(const struct history *h)
{
	size_t n = h->level[0].n;

	return n > 0 ? fmin(history_at(h, 0, n - 1)->at, longest) : 0;
}

static double
figure_of(const struct moment *m, enum figure f)
{
	switch (f) {
	case FIGURE_DEPTH:
		return m->depth;
	case FIGURE_ENDED:
		return m->ended;
	case FIGURE_PARALLEL:
		return m->parallel;
	default:
		return m->workers;
	}
}

/* Sums and the seconds they are over, while samples are being made. */
struct filling {
	struct series	*s;
	struct stretch	 over;
	double		 width;			/* seconds a sample */
	double		 known[SERIES_MAX];	/* seconds */
};

/* The sample that a time is in; in range whatever the time is. */
static size_t
sample_of(const struct filling *f, double at)
{
	double i = floor((at - f->over.from) / f->width);

	return !(i > 0) ? 0 : i >= (double)f->s->n ? f->s->n - 1 : (size_t)i;
}

/* A value held from one time to another. */
static void
hold(struct filling *f, double from, double to, double v)
{
	from = fmax(from, f->over.from);
	to = fmin(to, f->over.to);
	if (!(fabs(v) <= largest) || !(to > from))
		return;
	for (size_t i = sample_of(f, from); i <= sample_of(f, to); i++) {
		double begin = f->over.from + (double)i * f->width;
		double part = fmin(to, begin + f->width) - fmax(from, begin);

		if (part > 0) {
			f->s->value[i] += v * part;
			f->known[i] += part;
		}
	}
}

/* What a level knows of the time after `last`; the time it reaches to. */
static double
fill(struct filling *f, const struct history *h, size_t level, double last,
    enum figure figure)
{
	size_t n = h->level[level].n;

	for (size_t i = 0; i < n; i++) {
		const struct moment *m = history_at(h, level, i);
		double from = i > 0 ? history_at(h, level, i - 1)->at :
		    m->at - history_span[level];

		if (!(m->at > last))
			continue;
		hold(f, fmax(fmax(from, last), 0), m->at,
		    figure_of(m, figure));
		last = m->at;
	}
	return last;
}

void
series_take(struct series *s, const struct history *h, enum figure figure,
    struct stretch over, size_t n)
{
	struct filling f = { .s = s, .over = over };
	double last = -1;

	s->n = n < SERIES_MAX ? n : SERIES_MAX;
	s->max = 0;
	memset(s->value, 0, s->n * sizeof *s->value);
	if (s->n > 0 && over.to - over.from <= longest)
		f.width = (over.to - over.from) / (double)s->n;
	if (f.width > 0)
		for (size_t i = history_level_for(h, over.from) + 1; i > 0;
		    i--)
			last = fill(&f, h, i - 1, last, figure);
	for (size_t i = 0; i < s->n; i++) {
		/* less than a thousandth is a rounding, no knowledge */
		s->value[i] = f.known[i] > f.width / 1000 ?
		    s->value[i] / f.known[i] : NAN;
		if (s->value[i] > s->max)
			s->max = s->value[i];
	}
}
