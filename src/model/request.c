#include <string.h>

#include "model/request.h"

#define NAME(id, name, meaning) name,
static const char *const ops[] = { OPS(NAME) };
static const char *const shrinks[] = { SHRINKS(NAME) };
#undef NAME

static int
find(const char *const *names, int n, const char *name)
{
	int i = 0;

	while (i < n && strcmp(names[i], name) != 0)
		i++;
	return i;
}

const char *
op_name(enum op op)
{
	return ops[op];
}

enum op
op_find(const char *name)
{
	return (enum op)find(ops, NOPS, name);
}

const char *
shrink_name(enum shrink s)
{
	return shrinks[s];
}

enum shrink
shrink_find(const char *name)
{
	return (enum shrink)find(shrinks, NSHRINKS, name);
}
