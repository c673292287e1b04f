/*
 * What is typed as a share, and files of custodians, of any bytes.
 */
#include "signer/quorum.h"

#include "base/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct quorum q;
	struct share s;

	IGNORE(quorum_parse(SPAN(data, size), &q));
	IGNORE(share_find(SPAN(data, size), &s));
	err_clear();
	return 0;
}
