/*
 * Link tokens from strangers: what is taken is spelled as we spell it.
 */
#include "base/fuzz.h"
#include "flow/link.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t key[32];
	static struct keys keys;
	char token[2 * LINK_TOKEN_SIZE] = {0}, again[LINK_TOKEN_SIZE];
	struct link l;

	keys.link = (struct secret){key, sizeof(key), sizeof(key)};
	if (size >= sizeof(token))
		return 0;
	if (size > 0)
		memcpy(token, data, size);
	if (link_parse(&keys, token, &l) != OK)
		return 0;
	link_format(&keys, &l, again);
	if (strcmp(token, again) != 0)
		abort();
	return 0;
}
