/* kernels/table.h: the kernels that are built in. */
#ifndef KERNELS_TABLE_H
#define KERNELS_TABLE_H

#include "kernels/kernel.h"

/* Sorted by name, NULL at the end. */
extern const struct kernel *const kernels[];

const struct kernel	*kernel_find(const char *name);	/* or NULL */

#endif
