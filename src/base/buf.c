#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

void
buf_clear(struct buf *b)
{
	free(b->data);
	*b = (struct buf){ 0 };
}

void
buf_reset(struct buf *b)
{
	b->len = b->pos = 0;
}

size_t
buf_left(const struct buf *b)
{
	return b->len - b->pos;
}

void
buf_take(struct buf *b, size_t n)
{
	assert(n <= buf_left(b));
	b->pos += n;
	if (b->pos == b->len)
		buf_reset(b);
}

uint8_t *
buf_room(struct buf *b, size_t n)
{
	if (b->cap - b->len >= n)
		return b->data + b->len;
	if (b->pos > 0) {
		memmove(b->data, b->data + b->pos, buf_left(b));
		b->len -= b->pos;
		b->pos = 0;
	}
	while (b->cap - b->len < n) {
		b->cap = b->cap != 0 ? b->cap * 2 : 256;
		b->data = mem_resize(b->data, b->cap, 1);
	}
	return b->data + b->len;
}

struct buf
buf_over(const void *data, size_t len)
{
	return (struct buf){ .data = (uint8_t *)(uintptr_t)data, .len = len };
}

void
buf_put(struct buf *b, const void *data, size_t len)
{
	if (len == 0)
		return;
	memcpy(buf_room(b, len), data, len);
	b->len += len;
}

static void
put_le(uint8_t *p, uint64_t v, size_t width)
{
	for (size_t i = 0; i < width; i++)
		p[i] = (uint8_t)(v >> (8 * i));
}

static int
get_le(struct buf *b, uint64_t *v, size_t width)
{
	if (buf_left(b) < width)
		return -1;
	*v = 0;
	for (size_t i = 0; i < width; i++)
		*v |= (uint64_t)b->data[b->pos + i] << (8 * i);
	b->pos += width;
	return 0;
}

void
buf_put_u8(struct buf *b, uint8_t v)
{
	buf_put(b, &v, 1);
}

void
buf_put_u32(struct buf *b, uint32_t v)
{
	put_le(buf_room(b, 4), v, 4);
	b->len += 4;
}

void
buf_put_u64(struct buf *b, uint64_t v)
{
	put_le(buf_room(b, 8), v, 8);
	b->len += 8;
}

void
buf_put_double(struct buf *b, double d)
{
	uint64_t v;

	memcpy(&v, &d, sizeof v);
	buf_put_u64(b, v);
}

void
buf_put_str(struct buf *b, const char *s, size_t len)
{
	assert(len <= UINT32_MAX);
	buf_put_u32(b, (uint32_t)len);
	buf_put(b, s, len);
}

void
buf_set_u32(struct buf *b, size_t at, uint32_t v)
{
	assert(at + 4 <= b->len);
	put_le(b->data + at, v, 4);
}

int
buf_get_u8(struct buf *b, uint8_t *v)
{
	uint64_t x;

	if (get_le(b, &x, 1) == -1)
		return -1;
	*v = (uint8_t)x;
	return 0;
}

int
buf_get_u32(struct buf *b, uint32_t *v)
{
	uint64_t x;

	if (get_le(b, &x, 4) == -1)
		return -1;
	*v = (uint32_t)x;
	return 0;
}

int
buf_get_u64(struct buf *b, uint64_t *v)
{
	return get_le(b, v, 8);
}

int
buf_get_double(struct buf *b, double *d)
{
	uint64_t v;

	if (buf_get_u64(b, &v) == -1)
		return -1;
	memcpy(d, &v, sizeof *d);
	return 0;
}

int
buf_get_str(struct buf *b, const char **s, size_t *len)
{
	size_t start = b->pos;
	uint32_t n;

	if (buf_get_u32(b, &n) == -1)
		return -1;
	if (buf_left(b) < n) {
		b->pos = start;
		return -1;
	}
	*s = (const char *)b->data + b->pos;
	*len = n;
	b->pos += n;
	return 0;
}

int
buf_get_cstr(struct buf *b, char **out, size_t max)
{
	size_t start = b->pos, len;
	const char *s;

	if (buf_get_str(b, &s, &len) == -1)
		return -1;
	if (len > max || memchr(s, '\0', len) != NULL) {
		b->pos = start;
		return -1;
	}
	*out = mem_strndup(s, len);
	return 0;
}
