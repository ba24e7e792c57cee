/*
 * wire/fields.h: a struct as a JSON object and back, from one table of its
 * fields.  Unknown values are null in JSON: NAN and SIZE_UNKNOWN; of another
 * type, null is read like a key that is missing: the field stays as it is.
 * Reading believes nothing: what has the wrong type or is out of range is an
 * error, text is made harmless and cut to its room.
 */
#ifndef WIRE_FIELDS_H
#define WIRE_FIELDS_H

#include <stddef.h>

#include <jansson.h>

#include "base/err.h"

enum field_type {
	FIELD_UINT,		/* unsigned int */
	FIELD_INT,		/* int, also pid_t */
	FIELD_U64,		/* uint64_t, also task_id; up to 2^63-1 */
	FIELD_BYTES,		/* uint64_t; SIZE_UNKNOWN is null */
	FIELD_BOOL,		/* bool */
	FIELD_DOUBLE,		/* double; NAN is null */
	FIELD_TEXT,		/* char [size] */
	FIELD_NAME		/* enum, by name_of and find */
};

struct field {
	const char	*key;
	enum field_type	 type;
	size_t		 offset;
	size_t		 size;			/* of FIELD_TEXT */
	const char	*(*name_of)(int);	/* of FIELD_NAME */
	int		 (*find)(const char *);	/* count when unknown */
	int		 count;
};

#define FIELD(type, s, member, key) \
	{ key, type, offsetof(s, member), sizeof ((s *)0)->member, 0, 0, 0 }
#define FIELDS_END { NULL, FIELD_INT, 0, 0, 0, 0, 0 }

/* Add the fields of *base to object (borrowed). */
void	fields_put(json_t *object, const struct field *, const void *base);

/* Set the fields of *base from object; -1 and err if one is not what it is. */
int	fields_get(const json_t *object, const struct field *, void *base,
	    struct err *);

/* A string of harmless text: jansson refuses what is not UTF-8. */
json_t	*fields_text(const char *, size_t len);

#endif
