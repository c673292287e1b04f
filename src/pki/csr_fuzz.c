/*
 * Requests that participants bring.
 */
#include "base/fuzz.h"
#include "pki/csr.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct csr csr;

	AUTO(buf_clear) struct buf der;

	buf_init(&der, 1 << 20);
	IGNORE(csr_bytes(SPAN(data, size), &der));
	IGNORE(csr_parse(SPAN(data, size), &csr));
	return 0;
}
