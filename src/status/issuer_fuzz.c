/*
 * Certificates from files and from the signer.
 */
#include "base/fuzz.h"
#include "status/issuer.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct issuer issuer;

	IGNORE(issuer_init("fuzz", SPAN(data, size), &issuer));
	return 0;
}
