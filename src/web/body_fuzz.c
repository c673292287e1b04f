/*
 * Whatever a stranger sends as a body: the first byte chooses what is
 * expected, the second how it is said to be encoded.
 */
#include "base/fuzz.h"
#include "web/body.h"

#define ARENA_MAX ((size_t)256 << 20)
#define INPUT_MAX ((size_t)64 * 1024)

static const char *const types[] = {
	"application/json",
	"application/x-www-form-urlencoded",
	"multipart/form-data; boundary=b",
	"image/jpeg",
};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(arena_clear) struct arena a;
	struct fields fields;

	arena_init(&a, ARENA_MAX);
	if (size < 2 || size > INPUT_MAX)
		return 0;
	IGNORE(body_parse(&a, (enum body)(data[0] % BODY_COUNT),
	    types[data[1] % 4], SPAN(data + 2, size - 2), &fields));
	return 0;
}
