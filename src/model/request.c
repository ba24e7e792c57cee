#include "base/names.h"
#include "model/request.h"

#define NAME(id, name, meaning) name,
static const char *const ops[] = { OPS(NAME) };
static const char *const shrinks[] = { SHRINKS(NAME) };
#undef NAME

const char *
op_name(enum op op)
{
	return ops[op];
}

enum op
op_find(const char *name)
{
	return (enum op)names_find(ops, NOPS, name);
}

const char *
shrink_name(enum shrink s)
{
	return shrinks[s];
}

enum shrink
shrink_find(const char *name)
{
	return (enum shrink)names_find(shrinks, NSHRINKS, name);
}
