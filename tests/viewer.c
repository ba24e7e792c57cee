#include "viewer.h"

static void
on_send(void *arg, const struct request *rq)
{
	struct viewer *v = arg;

	assert_true(v->nsent < SENT_MAX);
	v->sent[v->nsent++] = *rq;
}

static void
on_leave(void *arg, enum screen_leave how)
{
	struct viewer *v = arg;

	v->left++;
	v->how = how;
}

static void
on_suspend(void *arg)
{
	((struct viewer *)arg)->suspended++;
}

static void
on_redraw(void *arg)
{
	((struct viewer *)arg)->redrawn++;
}

void
draw(struct viewer *v)
{
	screen_draw(&v->screen, v->canvas, v->now);
}

void
show(struct viewer *v)
{
	screen_update(&v->screen, &v->run, v->now);
	draw(v);
}

void
open_with(struct viewer *v, void (*fixture)(struct run *), bool bound,
    bool cut)
{
	struct screen_options options = { bound, cut, on_send, on_leave,
		on_redraw, on_suspend, v };

	memset(v, 0, sizeof *v);
	v->now = (struct mono){ 5000000000 };
	screen_init(&v->screen, &options);
	run_init(&v->run);
	record_init(&v->record);
	v->canvas = canvas_new(24, 80, false);
	if (fixture != NULL) {
		fixture(&v->run);
		show(v);
	}
}

void
viewer_open(struct viewer *v)
{
	open_with(v, fixture_main, false, false);
}

void
viewer_close(struct viewer *v)
{
	screen_clear(&v->screen);
	run_clear(&v->run);
	record_clear(&v->record);
	canvas_free(v->canvas);
}

void
press(struct viewer *v, int key)
{
	screen_key(&v->screen, key, v->now);
	draw(v);
}

void
later(struct viewer *v, double seconds)
{
	v->now = mono_after(v->now, seconds);
	screen_tick(&v->screen, v->now);
	draw(v);
}

bool
sees(const struct viewer *v, const char *text)
{
	char *all = canvas_text(v->canvas);
	bool found = strstr(all, text) != NULL;

	free(all);
	return found;
}

void
select_slot(struct viewer *v, unsigned int slot)
{
	press(v, PRESS_HOME);
	for (int i = 0; i < POOL_MAX &&
	    v->screen.workers.table.list.id != slot; i++)
		press(v, PRESS_DOWN);
	assert_int_equal(v->screen.workers.table.list.id, slot);
}

void
remember(struct viewer *v)
{
	fixture_tasks(&v->record);
	screen_record(&v->screen, &v->record);
	draw(v);
}

void
type(struct viewer *v, const char *text)
{
	for (; *text != '\0'; text++)
		press(v, *text);
}

void
remove_worker(struct viewer *v, unsigned int i)
{
	v->run.nworkers--;
	memmove(v->run.worker + i, v->run.worker + i + 1,
	    (v->run.nworkers - i) * sizeof *v->run.worker);
}
