/*
 * Readers of typed bytes: each input is a program of readings over itself.
 */
#include "proc/wire.h"

#include "base/codec.h"
#include "base/fuzz.h"

static void
step(struct wire_reader *r, unsigned kind)
{
	char text[16];
	uint8_t octets[16];

	switch (kind % 8) {
	case 0:
		get_u8(r);
		break;
	case 1:
		get_u32(r);
		break;
	case 2:
		get_u64(r);
		break;
	case 3:
		get_i64(r);
		break;
	case 4:
		get_double(r);
		break;
	case 5:
		if (get_bytes(r, 100).size > 100)
			abort();
		break;
	case 6:
		get_text(r, text, sizeof(text));
		if (!utf8_is_clean(span_of_text(text)))
			abort();
		break;
	case 7:
		if (get_octets(r, octets, sizeof(octets)) > sizeof(octets))
			abort();
		break;
	default:
		abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wire_reader r = wire_read(SPAN(data, size));

	for (size_t i = 0; i < size && i < 256; i++) {
		size_t before = r.rest.size;
		bool failed = r.failed;
		step(&r, data[i]);
		if (r.rest.size > before || (failed && !r.failed))
			abort();
	}
	if (wire_done(&r) == OK && (r.failed || r.rest.size > 0))
		abort();
	return 0;
}
