/* Challenges as messages: what is accepted comes out as the same bytes. */
#include "base/fuzz.h"
#include "ident/challenge.h"
#include "proc/wire.h"

#include <assert.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(buf_clear) struct buf b;
	char text[CHALLENGE_TEXT_MAX];
	struct challenge c;

	buf_init(&b, WIRE_MAX);
	if (challenge_get(SPAN(data, size), &c) != OK)
		return 0;
	assert(challenge_put(&b, &c) == OK);
	assert(span_equal(span_of_buf(&b), SPAN(data, size)));
	assert(challenge_format(&c, text) == OK);
	return 0;
}
