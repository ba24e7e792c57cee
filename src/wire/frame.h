/*
 * wire/frame.h: messages on the socket between engine and worker.  A frame is
 * a u32 length, then that many bytes: a u8 type and its body.  A frame that
 * is empty or longer than FRAME_MAX breaks the stream: there is no way to
 * find the next one.
 */
#ifndef WIRE_FRAME_H
#define WIRE_FRAME_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum { FRAME_MAX = 2 * 1024 * 1024 };

/* Between begin and end the body is put into the same buf. */
size_t	frame_begin(struct buf *, uint8_t type);
void	frame_end(struct buf *, size_t begun);

/*
 * The next whole frame of in: 1 and its type and body (which lies in in: used
 * before in is touched again), 0 when it has not come yet, -1 when broken.
 */
int	frame_next(struct buf *in, uint8_t *type, struct buf *body);

#endif
