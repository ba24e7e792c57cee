/* Whatever bytes come in, text_harmless gives short, printable UTF-8. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char out[64];
	size_t size, used;
	uint32_t cp;

	if (len == 0)
		return 0;
	size = 1 + data[0] % sizeof out;
	text_harmless(out, size, (const char *)data + 1, len - 1);
	used = strlen(out);
	if (used >= size || !text_utf8_is(out, used))
		abort();
	for (size_t i = 0; i < used;) {
		i += text_decode(out + i, used - i, &cp);
		if (!text_printable_is(cp))
			abort();
	}
	return 0;
}
