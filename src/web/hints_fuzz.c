/*
 * Hints of a page: what is written of them is short and has no label.
 */
#include "base/fuzz.h"
#include "web/hints.h"

#include <string.h>

#define INPUT_MAX ((size_t)4096)

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(arena_clear) struct arena a;
	static uint8_t bytes[1];
	static const struct secret key = {bytes, 1, 0};
	char device[DEVICE_MAX];
	struct hints_from from = {device, &key, "reg_1"};
	const char *out;

	arena_init(&a, (size_t)16 << 20);
	if (size > INPUT_MAX)
		return 0;
	const char *text = arena_text_of(&a, SPAN(data, size));
	device_family(text, device);
	if (hints_read(&a, text, &from, &out) != OK)
		return 0;
	if (strlen(out) > 1000 || strstr(out, "\"label\""))
		abort();
	return 0;
}
