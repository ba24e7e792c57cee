#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/text.h"
#include "model/fault.h"

enum {
	SENTENCE_MAX = 1024,	/* bytes of a fault */
	QUOTED_MAX = 40		/* bytes of foreign text in a quote */
};

void
faults_clear(struct faults *f)
{
	for (size_t i = 0; i < f->n; i++)
		free(f->fault[i].text);
	free(f->fault);
	*f = (struct faults){ .max = f->max };
}

static int
compare(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int
fault_compare(const void *a, const void *b)
{
	const struct fault *x = a, *y = b;
	int c;

	if ((c = compare(x->at.line, y->at.line)) != 0)
		return c;
	if ((c = compare(x->at.column, y->at.column)) != 0)
		return c;
	return compare(x->order, y->order);
}

void
faults_sort(struct faults *f)
{
	if (f->n > 0)
		qsort(f->fault, f->n, sizeof *f->fault, fault_compare);
}

int
faults_add(struct faults *f, struct mark at, const char *fmt, ...)
{
	char said[SENTENCE_MAX], harmless[SENTENCE_MAX];
	va_list ap;

	if (f->n == f->max) {
		if (!f->full)
			f->more = at;
		f->full = true;
		return -1;
	}
	va_start(ap, fmt);
	vsnprintf(said, sizeof said, fmt, ap);
	va_end(ap);
	text_harmless(harmless, sizeof harmless, said, strlen(said));
	f->fault = mem_grow(f->fault, f->n, &f->cap, sizeof *f->fault);
	f->fault[f->n] = (struct fault){
		.at = at, .order = f->n, .text = mem_strdup(harmless)
	};
	f->n++;
	return -1;
}

const char *
fault_quote(char out[QUOTE_MAX], const char *text)
{
	char shown[QUOTED_MAX + 1];
	size_t len = strlen(text);

	text_harmless(shown, sizeof shown, text, len);
	snprintf(out, QUOTE_MAX, "\"%s%s\"", shown,
	    len > QUOTED_MAX ? "..." : "");
	return out;
}

/* As many words as there is room for; what is left out is shown as "...". */
static void
words_list(char *out, size_t size, const char *const *words, size_t n)
{
	const char *between;
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < n; i++) {
		between = i == 0 ? "" : i + 1 == n ? " or " : ", ";
		if (used + strlen(between) + strlen(words[i]) + 5 >= size) {
			snprintf(out + used, size - used, " ...");
			return;
		}
		used += (size_t)snprintf(out + used, size - used, "%s%s",
		    between, words[i]);
	}
}

const char *
fault_advice(char out[ADVICE_MAX], const char *wrong,
    const char *const *words, size_t n)
{
	const char *near = near_word(wrong, words, n);
	char list[ADVICE_MAX - 32];

	out[0] = '\0';
	if (near != NULL) {
		snprintf(out, ADVICE_MAX, ", did you mean \"%.100s\"?", near);
	} else if (n > 0) {
		words_list(list, sizeof list, words, n);
		snprintf(out, ADVICE_MAX, "; %s was expected", list);
	}
	return out;
}
