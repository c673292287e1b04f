/*
 * Lists of operators of any bytes: none is believed, because none is signed.
 */
#include "signer/operators.h"

#include "base/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(operators_clear) struct operators o = {0};
	struct custodians c = {.public_key = {1}};

	if (operators_parse(SPAN(data, size), &c, &o) == OK)
		abort();
	err_clear();
	return 0;
}
