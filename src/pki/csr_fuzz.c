/*
 * Requests that participants bring.
 */
#include "pki/csr.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct csr csr;

	IGNORE(csr_parse(SPAN(data, size), &csr));
	return 0;
}
