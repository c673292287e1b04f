/*
 * Pictures of any bytes: the first octet chooses nothing, the magic decides.
 */
#include "vision/still/still.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(still_clear) struct still s = {0};
	IGNORE(still_decode(SPAN(data, size), false, &s));
	return 0;
}
