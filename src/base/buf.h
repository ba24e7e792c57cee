/*
 * base/buf.h: a growing row of bytes with a place to read from.  Messages are
 * put in field by field and taken out by the function next to it.  Integers
 * are little endian; a string is a u32 length and its bytes, without NUL.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>
#include <stdint.h>

struct buf {
	uint8_t	*data;		/* owned */
	size_t	 len;		/* bytes put in */
	size_t	 pos;		/* bytes taken out, <= len */
	size_t	 cap;
};

void	buf_clear(struct buf *);		/* frees; usable again */
void	buf_reset(struct buf *);		/* empties; keeps the room */
size_t	buf_left(const struct buf *);		/* not yet taken out */
void	buf_take(struct buf *, size_t n);	/* n <= left; gives room back */
uint8_t	*buf_room(struct buf *, size_t n);	/* n writable bytes at the end */

/* Over bytes that belong to someone else, to be read only. */
struct buf	buf_over(const void *data, size_t len);

void	buf_put(struct buf *, const void *data, size_t len);
void	buf_put_u8(struct buf *, uint8_t);
void	buf_put_u32(struct buf *, uint32_t);
void	buf_put_u64(struct buf *, uint64_t);
void	buf_put_double(struct buf *, double);
void	buf_put_str(struct buf *, const char *, size_t len);
void	buf_set_u32(struct buf *, size_t at, uint32_t);	/* patch at data[at] */

/* 0, or -1 when the bytes do not suffice; then nothing is taken. */
int	buf_get_u8(struct buf *, uint8_t *);
int	buf_get_u32(struct buf *, uint32_t *);
int	buf_get_u64(struct buf *, uint64_t *);
int	buf_get_double(struct buf *, double *);

/* The string stays where it is: *s points into data and is not terminated. */
int	buf_get_str(struct buf *, const char **s, size_t *len);

/* A copy with NUL at its end; -1 also if it holds a NUL or exceeds max. */
int	buf_get_cstr(struct buf *, char **, size_t max);

#endif
