/* base/sock.h: local sockets, and descriptors handed over them. */
#ifndef BASE_SOCK_H
#define BASE_SOCK_H

#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"

/* All descriptors are close-on-exec.  -1 and errno on failure. */
int	sock_pair(int fd[2]);		/* a stream, blocking */
int	sock_packet_pair(int fd[2]);	/* packets, blocking */
int	sock_nonblock(int fd);

/* Listen at or connect to a path; -1 and err.  The file has mode 0600. */
int	sock_listen(const char *path, struct err *);
int	sock_connect(const char *path, struct err *);

/* The user on the other side; -1 if it cannot be known. */
int	sock_peer_uid(int fd, uid_t *);

/*
 * One packet with at most one descriptor (fd -1: none).  Receiving gives the
 * bytes read (0 = the other side is gone), -1 and errno on failure; *fd is
 * the caller's to close.
 */
ssize_t	sock_send_fd(int sock, const void *data, size_t len, int fd);
ssize_t	sock_recv_fd(int sock, void *data, size_t len, int *fd);

#endif
