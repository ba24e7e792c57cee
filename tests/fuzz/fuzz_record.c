/*
 * Any JSON as the record of a run, twice: what is taken is in its bounds and
 * can be told to somebody else.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "wire/control_msg.h"
#include "wire/record_msg.h"

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void
promise(bool kept)
{
	if (!kept)
		abort();
}

static void
check_history(const struct history *h)
{
	for (size_t level = 0; level < HISTORY_LEVELS; level++) {
		promise(h->level[level].n <= history_room[level]);
		for (size_t i = 0; i < h->level[level].n; i++) {
			const struct moment *m = history_at(h, level, i);

			promise(isfinite(m->at) && isfinite(m->depth) &&
			    isfinite(m->ended) && isfinite(m->workers) &&
			    !isinf(m->parallel));
		}
	}
	promise(h->nmarks <= HISTORY_MARKS);
	for (size_t i = 0; i < h->nmarks; i++)
		promise(h->mark[i].at >= 0 && h->mark[i].from <= POOL_MAX &&
		    h->mark[i].to <= POOL_MAX);
}

static void
check(const struct record *r)
{
	check_history(&r->history);
	for (unsigned int slot = 1; slot <= POOL_MAX; slot++) {
		promise(r->stream.row[slot - 1].n <= STREAM_SPANS);
		for (size_t i = 0; i < r->stream.row[slot - 1].n; i++) {
			const struct span *s = stream_at(&r->stream, slot, i);

			promise(s->from >= 0 && s->to >= s->from &&
			    isfinite(s->to) && s->worst < TASK_NSTATES);
		}
	}
	promise(r->tail.ended.n <= TAIL_MAX && r->tail.failed.n <= TAIL_MAX);
	promise(r->journal.n <= JOURNAL_MAX);
}

static void
no_label(void *arg, struct attempt *a)
{
	(void)arg;
	a->label[0] = '\0';
}

static void
send_on(const struct record *r)
{
	static struct record_told told;
	struct record again;
	struct err err = { "" };
	json_t *j;

	memset(&told, 0, sizeof told);
	if ((j = record_put(r, &told, no_label, NULL)) == NULL)
		return;
	record_init(&again);
	promise(record_get(json_object_get(j, "record"), &again, &err) == 0);
	check(&again);
	promise(again.history.level[0].n == r->history.level[0].n);
	promise(again.history.nmarks == r->history.nmarks);
	record_clear(&again);
	json_decref(j);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct err err = { "" };
	struct record r;
	json_t *j = control_parse((const char *)data, len, &err);
	int rc = 0;

	if (j == NULL)
		return 0;
	record_init(&r);
	for (int i = 0; i < 2 && rc == 0; i++)
		rc = record_get(j, &r, &err);
	promise(rc == 0 || (err.text[0] != '\0' &&
	    strchr(err.text, '\n') == NULL));
	check(&r);
	send_on(&r);
	record_clear(&r);
	json_decref(j);
	return 0;
}
