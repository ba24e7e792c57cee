/*
 * model/items.h: the inputs of a job.  A source tells how many items it has
 * and gives any of them by its place, so that nothing but numbers has to be
 * kept for a task: an item is read when its task is handed out, and read
 * again when the task is.
 */
#ifndef MODEL_ITEMS_H
#define MODEL_ITEMS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum {
	ITEM_MAX = 64 * 1024,		/* bytes of one item, all columns */
	ITEM_COLUMNS_MAX = 16
};

/* One item: its columns.  {1} is column[0]; {} is all, joined by a blank. */
struct item {
	unsigned int	  n;			/* columns */
	char		 *column[ITEM_COLUMNS_MAX];	/* owned */
};

void	 item_clear(struct item *);
char	*item_joined(const struct item *);		/* {}; free() it */

struct items;

void	 items_free(struct items *);			/* NULL is fine */

/*
 * Sources.  None fails but for what is said.  Every _new copies what it gets.
 * Nobody counts more than ITEMS_LIMIT items: that is an error.
 */
#define ITEMS_LIMIT ((uint64_t)1 << 53)

struct items	*items_list_new(char *const *words, size_t n);

/*
 * From first to last by step (at least 1, at most 2^63-1): each item has two
 * columns, the first and last number of its piece.  NULL and err: step < 1,
 * from > to, too many.
 */
struct items	*items_range_new(int64_t from, int64_t to, int64_t step,
		    struct err *);

/*
 * Every line of a regular file; the newline (and nothing else) is cut off,
 * an empty line is an item.  The file is scanned once and kept open, a
 * sparse index of line starts kept in memory.  Error: open, not a regular
 * file, a line longer than ITEM_MAX, a NUL byte.
 */
struct items	*items_file_new(const char *path, struct err *);

/*
 * Product of named axes; the last varies fastest.  At most ITEM_COLUMNS_MAX
 * axes.  An empty axis makes an empty product.  No axes make one item without
 * columns: that of a job that has no items.  NULL and err: too many axes, too
 * many items, an item longer than ITEM_MAX.
 */
struct items_axis {
	const char	*name;
	char *const	*words;
	size_t		 n;
};
struct items	*items_matrix_new(const struct items_axis *, size_t naxes,
		    struct err *);

uint64_t	 items_count(const struct items *);

/*
 * Item number at (from 0, below the count).  *out is overwritten, and to be
 * cleared; -1 leaves it empty: the file changed, I/O.
 */
int		 items_get(struct items *, uint64_t at, struct item *out,
		    struct err *);

/* Columns of every item; a name for column c, or NULL if it has none. */
unsigned int	 items_columns(const struct items *);
const char	*items_column_name(const struct items *, unsigned int c);

/* The descriptor that it keeps open, -1 if none: not to be closed or read. */
int		 items_fd(const struct items *);

#endif
