/*
 * PDFs of any bytes: the magic is given, the rest is not. The first octet
 * says which page is asked for.
 */
#include "vision/still/still.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char magic[] = "%PDF-1.7\n";
	AUTO(still_clear) struct still s = {0};
	AUTO(buf_clear) struct buf file;
	if (size == 0)
		return 0;
	buf_init(&file, STILL_FILE_MAX);
	IGNORE(buf_add(&file, magic, sizeof(magic) - 1));
	IGNORE(buf_add(&file, data + 1, size - 1));
	IGNORE(still_decode(span_of_buf(&file), data[0] & 1, &s));
	return 0;
}
