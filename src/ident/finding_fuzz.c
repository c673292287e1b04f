/*
 * A message from an inspector that may have been subverted: what is accepted
 * must be writable again, and come out as the same bytes.
 */
#include "base/fuzz.h"
#include "ident/finding.h"
#include "proc/wire.h"

#include <assert.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct findings f;
	AUTO(buf_clear) struct buf b;

	buf_init(&b, WIRE_MAX);
	if (size > WIRE_MAX || findings_get(SPAN(data, size), &f) != OK)
		return 0;
	assert(findings_put(&b, &f) == OK);
	assert(span_equal(span_of_buf(&b), SPAN(data, size)));
	return 0;
}
