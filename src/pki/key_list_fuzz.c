/*
 * Lists of compromised keys that an administrator imports: whatever was read
 * is sorted, each digest once, and found again.
 */
#include "base/fuzz.h"
#include "pki/key.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(buf_clear) struct buf storage;
	struct key_list list, again;

	if (key_list_parse(SPAN(data, size), &storage, &list) != OK) {
		err_clear();
		return 0;
	}
	if (key_list_of(SPAN(list.digests, list.count * DIGEST_SIZE), &again) !=
	    OK)
		abort();
	for (size_t i = 0; i < list.count; i++)
		if (!key_list_has(&list, &list.digests[i]))
			abort();
	return 0;
}
