/*
 * Requests that participants bring.
 */
#include "base/fuzz.h"
#include "pki/csr.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct csr csr;

	IGNORE(csr_parse(SPAN(data, size), &csr));
	return 0;
}
