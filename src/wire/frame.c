#include <assert.h>

#include "wire/frame.h"

enum { LENGTH_BYTES = 4 };

size_t
frame_begin(struct buf *b, uint8_t type)
{
	size_t left = buf_left(b);

	buf_put_u32(b, 0);
	buf_put_u8(b, type);
	return left;		/* what lay before may be moved, not cut */
}

void
frame_end(struct buf *b, size_t begun)
{
	size_t len = buf_left(b) - begun - LENGTH_BYTES;

	assert(len <= FRAME_MAX);
	buf_set_u32(b, b->pos + begun, (uint32_t)len);
}

int
frame_next(struct buf *in, uint8_t *type, struct buf *body)
{
	struct buf peek = *in;
	uint32_t len;

	if (buf_get_u32(&peek, &len) == -1)
		return 0;
	if (len == 0 || len > FRAME_MAX)
		return -1;
	if (buf_left(&peek) < len)
		return 0;
	*type = peek.data[peek.pos];
	*body = buf_over(peek.data + peek.pos + 1, len - 1);
	in->pos += LENGTH_BYTES + len;	/* not buf_take: body still lies there */
	return 1;
}
