/*
 * Codes and tickets from strangers: what has their form is spelled as we
 * spell it, but for the MAC, which is not theirs to make.
 */
#include "base/fuzz.h"
#include "flow/handover.h"

#define BODY_LETTERS 44 /* of base64url, before those with bits of the MAC */

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t key[32];
	static struct keys keys;
	char text[2 * HANDOVER_TOKEN_SIZE] = {0}, again[HANDOVER_TOKEN_SIZE];
	struct handover_token t;

	keys.link = (struct secret){key, sizeof(key), sizeof(key)};
	if (size >= sizeof(text))
		return 0;
	if (size > 0)
		memcpy(text, data, size);
	if (handover_token_parse(text, &t) != OK)
		return 0;
	handover_token_format(&keys, HANDOVER_CODE, &t, 1, again);
	if (strncmp(text, again, BODY_LETTERS) != 0)
		abort();
	return 0;
}
