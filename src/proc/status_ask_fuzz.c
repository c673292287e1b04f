/*
 * What web asks of the signer: the first byte says which message follows.
 */
#include "base/fuzz.h"
#include "proc/status_ask.h"

static RESULT
cross(unsigned kind, struct span in, struct buf *out)
{
	static struct ocsp_told told;
	static struct ocsp_ask ask;
	struct ocsp_make make;
	struct ocsp_made made;

	if (kind == 2) {
		TRY(ocsp_make_get(in, &make));
		return ocsp_make_put(out, &make);
	}
	if (kind == 3) {
		TRY(ocsp_made_get(in, &made));
		return ocsp_made_put(out, &made);
	}
	if (kind == 1) {
		TRY(ocsp_told_get(in, &told));
		return ocsp_told_put(out, &told);
	}
	TRY(ocsp_ask_get(in, &ask));
	return ocsp_ask_put(out, &ask);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(buf_clear) struct buf out;

	buf_init(&out, WIRE_MAX);
	if (size == 0)
		return 0;
	struct span in = SPAN(data + 1, size - 1);
	if (cross(data[0] % 4, in, &out) == OK &&
	    !span_equal(in, span_of_buf(&out)))
		abort();
	return 0;
}
