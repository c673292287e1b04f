/*
 * Revocation lists as they were published.
 */
#include "base/fuzz.h"
#include "status/crl_outline.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct crl_outline outline;

	IGNORE(crl_outline(SPAN(data, size), &outline));
	return 0;
}
