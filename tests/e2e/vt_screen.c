#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "tests/e2e/vt.h"

/* The most bytes of UTF-8 in one cell. */
enum { CELL_MAX = 4 * VTERM_MAX_CHARS_PER_CELL };

VTermScreenCell
vt_cell(struct vt *t, int row, int col)
{
	VTermScreenCell cell = { 0 };

	assert(row >= 0 && row < t->rows && col >= 0 && col < t->cols);
	vterm_screen_get_cell(t->screen, (VTermPos){ row, col }, &cell);
	return cell;
}

static bool
cell_is_empty(const VTermScreenCell *cell)
{
	return cell->chars[0] == 0 || cell->chars[0] == UINT32_MAX;
}

/* Its characters, the combining ones too; a blank when it is empty. */
static size_t
cell_text(const VTermScreenCell *cell, char out[CELL_MAX])
{
	size_t used = 0;

	if (cell_is_empty(cell)) {
		out[0] = ' ';
		return 1;
	}
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i] != 0;
	    i++)
		used += text_encode(cell->chars[i], out + used);
	return used;
}

static int
cell_width(const VTermScreenCell *cell)
{
	return cell->width > 1 ? cell->width : 1;
}

const char *
vt_row(struct vt *t, int row)
{
	size_t used = 0;

	t->line = mem_resize(t->line, (size_t)t->cols * CELL_MAX + 1, 1);
	for (int col = 0; col < t->cols;) {
		VTermScreenCell cell = vt_cell(t, row, col);

		used += cell_text(&cell, t->line + used);
		col += cell_width(&cell);
	}
	while (used > 0 && t->line[used - 1] == ' ')
		used--;
	t->line[used] = '\0';
	return t->line;
}

/* The column in which byte n of the row begins. */
static int
column_of(struct vt *t, int row, size_t n)
{
	char text[CELL_MAX];
	size_t used = 0;
	int col = 0;

	while (col < t->cols) {
		VTermScreenCell cell = vt_cell(t, row, col);

		used += cell_text(&cell, text);
		if (used > n)
			break;
		col += cell_width(&cell);
	}
	return col;
}

bool
vt_find(struct vt *t, const char *text, VTermPos *pos)
{
	const char *line, *at;

	for (int row = 0; row < t->rows; row++) {
		line = vt_row(t, row);
		if ((at = strstr(line, text)) == NULL)
			continue;
		pos->row = row;
		pos->col = column_of(t, row, (size_t)(at - line));
		return true;
	}
	return false;
}

bool
vt_shows(struct vt *t, const char *text)
{
	VTermPos pos;

	return vt_find(t, text, &pos);
}

VTermPos
vt_cursor(struct vt *t)
{
	VTermPos pos;

	vterm_state_get_cursorpos(vterm_obtain_state(t->vterm), &pos);
	return pos;
}

char *
vt_dump(struct vt *t)
{
	struct buf b = { 0 };

	for (int row = 0; row < t->rows; row++) {
		const char *line = vt_row(t, row);

		buf_put(&b, line, strlen(line));
		buf_put_u8(&b, '\n');
	}
	buf_put_u8(&b, '\0');
	return (char *)b.data;
}

static void
put_colour(struct buf *b, const VTermColor *c, int base)
{
	char s[40];

	if (VTERM_COLOR_IS_DEFAULT_FG(c) || VTERM_COLOR_IS_DEFAULT_BG(c))
		return;
	if (VTERM_COLOR_IS_INDEXED(c))
		snprintf(s, sizeof s, ";%d;5;%d", base, c->indexed.idx);
	else
		snprintf(s, sizeof s, ";%d;2;%d;%d;%d", base, c->rgb.red,
		    c->rgb.green, c->rgb.blue);
	buf_put(b, s, strlen(s));
}

static void
put_cell(struct buf *b, const VTermScreenCell *cell)
{
	char text[CELL_MAX];
	const struct {
		bool		 on;
		const char	*code;
	} attr[] = {
		{ cell->attrs.bold, ";1" }, { cell->attrs.italic, ";3" },
		{ cell->attrs.underline, ";4" }, { cell->attrs.blink, ";5" },
		{ cell->attrs.reverse, ";7" },
	};

	buf_put(b, "\033[0", 3);
	for (size_t i = 0; i < sizeof attr / sizeof *attr; i++)
		if (attr[i].on)
			buf_put(b, attr[i].code, 2);
	put_colour(b, &cell->fg, 38);
	put_colour(b, &cell->bg, 48);
	buf_put_u8(b, 'm');
	buf_put(b, text, cell_text(cell, text));
}

char *
vt_dump_ansi(struct vt *t)
{
	struct buf b = { 0 };

	for (int row = 0; row < t->rows; row++) {
		for (int col = 0; col < t->cols;) {
			VTermScreenCell cell = vt_cell(t, row, col);

			put_cell(&b, &cell);
			col += cell_width(&cell);
		}
		buf_put(&b, "\033[0m\n", 5);
	}
	buf_put_u8(&b, '\0');
	return (char *)b.data;
}
