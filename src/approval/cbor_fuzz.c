/*
 * CBOR of any bytes: an item that was taken lies inside the input.
 */
#include "approval/cbor.h"

#include "base/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span rest = SPAN(data, size);
	struct cbor_item item;

	if (cbor_skip(&rest) == OK &&
	    (rest.size >= size || rest.data + rest.size != data + size))
		abort();
	rest = SPAN(data, size);
	while (cbor_next(&rest, &item) == OK)
		if (item.content.size > 0 &&
		    (item.content.data < data ||
			item.content.data + item.content.size > data + size))
			abort();
	err_clear();
	return 0;
}
