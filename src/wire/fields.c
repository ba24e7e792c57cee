#include <assert.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/run.h"
#include "wire/fields.h"

#define AT(type, p, f) (*(type *)((char *)(p) + (f)->offset))
#define OF(type, p, f) (*(const type *)((const char *)(p) + (f)->offset))

json_t *
fields_text(const char *s, size_t len)
{
	char *safe;
	json_t *j;

	if (text_utf8_is(s, len))
		return json_stringn(s, len);
	safe = mem_alloc(3 * len + 1);
	text_harmless(safe, 3 * len + 1, s, len);
	j = json_string(safe);
	free(safe);
	return j;
}

static json_t *
value(const struct field *f, const void *base)
{
	switch (f->type) {
	case FIELD_UINT:
		return json_integer(OF(unsigned int, base, f));
	case FIELD_INT:
		return json_integer(OF(int, base, f));
	case FIELD_U64:
		return json_integer((json_int_t)OF(uint64_t, base, f));
	case FIELD_BYTES:
		return OF(uint64_t, base, f) == SIZE_UNKNOWN ? json_null() :
		    json_integer((json_int_t)OF(uint64_t, base, f));
	case FIELD_BOOL:
		return json_boolean(OF(bool, base, f));
	case FIELD_DOUBLE:
		return isfinite(OF(double, base, f)) ?
		    json_real(OF(double, base, f)) : json_null();
	case FIELD_TEXT:
		return fields_text(&OF(char, base, f),
		    strnlen(&OF(char, base, f), f->size));
	case FIELD_NAME:
		return json_string(f->name_of(OF(int, base, f)));
	}
	return json_null();
}

void
fields_put(json_t *object, const struct field *f, const void *base)
{
	for (; f->key != NULL; f++)
		json_object_set_new(object, f->key, value(f, base));
}

static int
get_integer(const json_t *j, json_int_t min, json_int_t max, json_int_t *v)
{
	if (!json_is_integer(j))
		return -1;
	*v = json_integer_value(j);
	return *v >= min && *v <= max ? 0 : -1;
}

static int
get_number(const json_t *j, const struct field *f, void *base)
{
	json_int_t v;

	switch (f->type) {
	case FIELD_UINT:
		if (get_integer(j, 0, UINT_MAX, &v) == -1)
			return -1;
		AT(unsigned int, base, f) = (unsigned int)v;
		return 0;
	case FIELD_INT:
		if (get_integer(j, INT_MIN, INT_MAX, &v) == -1)
			return -1;
		AT(int, base, f) = (int)v;
		return 0;
	default:
		if (get_integer(j, 0, INT64_MAX, &v) == -1)
			return -1;
		AT(uint64_t, base, f) = (uint64_t)v;
		return 0;
	}
}

static int
get_text(const json_t *j, const struct field *f, void *base)
{
	int v;

	if (!json_is_string(j))
		return -1;
	if (f->type == FIELD_TEXT) {
		text_harmless(&AT(char, base, f), f->size,
		    json_string_value(j), json_string_length(j));
		return 0;
	}
	if (strlen(json_string_value(j)) != json_string_length(j))
		return -1;	/* a NUL, and more behind it */
	v = f->find(json_string_value(j));
	if (v >= f->count)
		return -1;
	AT(int, base, f) = v;
	return 0;
}

static void
get_null(const struct field *f, void *base)
{
	if (f->type == FIELD_DOUBLE)
		AT(double, base, f) = NAN;
	else if (f->type == FIELD_BYTES)
		AT(uint64_t, base, f) = SIZE_UNKNOWN;
}

static int
get_value(const json_t *j, const struct field *f, void *base)
{
	if (json_is_null(j)) {
		get_null(f, base);
		return 0;
	}
	switch (f->type) {
	case FIELD_BOOL:
		if (!json_is_boolean(j))
			return -1;
		AT(bool, base, f) = json_is_true(j);
		return 0;
	case FIELD_DOUBLE:
		if (!json_is_number(j))
			return -1;
		AT(double, base, f) = json_number_value(j);
		return 0;
	case FIELD_TEXT:
	case FIELD_NAME:
		return get_text(j, f, base);
	default:
		return get_number(j, f, base);
	}
}

int
fields_get(const json_t *object, const struct field *f, void *base,
    struct err *err)
{
	const json_t *j;

	for (; f->key != NULL; f++)
		if ((j = json_object_get(object, f->key)) != NULL &&
		    get_value(j, f, base) == -1)
			return err_set(err, "\"%s\" has a value that it"
			    " cannot have", f->key);
	return 0;
}
