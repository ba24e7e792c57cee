#include <sha2.h>
#include <string.h>

#include "kernels/args.h"

static const int64_t most = 1000000000000;	/* 10^12 */

enum {
	ROUNDS = 1024		/* digests between calls of progress: 0.5 ms */
};

static void
digest(uint8_t out[SHA256_DIGEST_LENGTH], const void *data, size_t len)
{
	SHA2_CTX ctx;

	SHA256Init(&ctx);
	SHA256Update(&ctx, data, len);
	SHA256Final(out, &ctx);
}

static enum kernel_end
sha256_run(struct kernel_call *call)
{
	const char *seed = call->param(call, "seed");
	uint8_t d[SHA256_DIGEST_LENGTH];
	char hex[2 * sizeof d];
	int64_t rounds;

	if (args_int(call, "rounds", 1, most, &rounds) == -1)
		return KERNEL_FAILED;
	digest(d, seed, strlen(seed));
	for (int64_t i = 1; i < rounds; i++) {
		if (i % ROUNDS == 0 &&
		    call->progress(call, (double)i / (double)rounds))
			return KERNEL_STOPPED;
		digest(d, d, sizeof d);
	}
	if (call->progress(call, 1))
		return KERNEL_STOPPED;
	for (size_t i = 0; i < sizeof hex; i++)
		hex[i] = "0123456789abcdef"[d[i / 2] >> (i % 2 ? 0 : 4) & 15];
	if (!call->result(call, hex, sizeof hex))
		return call->fail(call, "the result is too large");
	return KERNEL_DONE;
}

static const struct kernel_param sha256_params[] = {
	{ "seed", "", "text whose digest begins the chain" },
	{ "rounds", "1", "digests in the chain, 1 to 10^12" },
	{ NULL, NULL, NULL }
};

const struct kernel kernel_sha256 = {
	KERNEL_VERSION, "sha256",
	"takes the digest of a digest, many times; result: the last one",
	sha256_params, sha256_run
};
