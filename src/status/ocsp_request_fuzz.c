/*
 * Whatever a stranger posts to /pki/ocsp or puts into its path.
 */
#include "base/fuzz.h"
#include "status/ocsp_request.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(buf_clear) struct buf text, der;
	struct ocsp_request request;

	IGNORE(ocsp_request_parse(SPAN(data, size), &request));
	buf_init(&text, 65536);
	buf_init(&der, 65536);
	IGNORE(buf_add(&text, data, size));
	if (ocsp_request_from_path(buf_text(&text), &der) == OK)
		IGNORE(ocsp_request_parse(span_of_buf(&der), &request));
	return 0;
}
