/*
 * Printing entries by the table: what an entry holds is written once, in its
 * row of ledger.def.
 */
#include "signer/ledger_print.h"

#include "base/clock.h"
#include "base/codec.h"
#include "proc/order.h"

static const struct {
	const char *name, *fields;
} kinds[ENTRY_COUNT] = {
#define ENTRY(kind, fields) {#kind, fields},
#include "signer/ledger.def"
#undef ENTRY
};

static RESULT
print_text(struct wire_reader *r, struct buf *out)
{
	char text[512];

	get_text(r, text, sizeof(text));
	return buf_add_text(out, text);
}

static RESULT
print_hex(struct wire_reader *r, struct buf *out)
{
	return hex_encode(get_bytes(r, ORDER_CREDENTIAL_MAX), out);
}

static RESULT
print_time(struct wire_reader *r, struct buf *out)
{
	char text[CLOCK_TEXT_SIZE];

	clock_format(get_i64(r), text);
	return buf_add_text(out, text);
}

static RESULT
print_approvals(struct wire_reader *r, struct buf *out)
{
	unsigned count = get_u8(r);

	TRY(buf_add_format(out, "%u", count));
	for (unsigned i = 0; i < count && !r->failed; i++) {
		TRY(buf_add_text(out, " operator="));
		TRY(print_text(r, out));
		TRY(buf_add_text(out, " credential="));
		TRY(print_hex(r, out));
	}
	return OK;
}

static RESULT
print_value(char type, struct wire_reader *r, struct buf *out)
{
	switch (type) {
	case 't':
		return print_text(r, out);
	case 'h':
		return print_hex(r, out);
	case 's':
		return buf_add_format(
		    out, "%zu", get_bytes(r, LEDGER_BODY_MAX).size);
	case 'c':
		return buf_add_format(out, "%u", (unsigned)get_u8(r));
	case 'n':
		return buf_add_format(
		    out, "%llu", (unsigned long long)get_u64(r));
	case 'i':
		return print_time(r, out);
	case 'a':
		return print_approvals(r, out);
	default:
		return FAIL(ERR_INTERNAL, "ledger.def: type %c", type);
	}
}

/* "name:type" and what follows it. */
static RESULT
print_fields(const char *fields, struct wire_reader *r, struct buf *out)
{
	while (*fields) {
		size_t length = strcspn(fields, ":");

		TRY(buf_add_format(out, " %.*s=", (int)length, fields));
		TRY(print_value(fields[length + 1], r, out));
		fields += length + 2;
		fields += *fields == ' ';
	}
	return wire_done(r);
}

RESULT
ledger_print(const struct ledger_entry *e, struct buf *out)
{
	struct wire_reader r = wire_read(e->body);
	AUTO(buf_clear) struct buf fields;
	char at[CLOCK_TEXT_SIZE];

	buf_init(&fields, 4 * LEDGER_BODY_MAX);
	clock_format(e->at, at);
	TRY(buf_add_format(out, "%llu %s %s",
	    (unsigned long long)e->sequence, at, kinds[e->kind].name));
	if (print_fields(kinds[e->kind].fields, &r, &fields) != OK)
		return buf_add_text(out, " not readable");
	return buf_add_span(out, span_of_buf(&fields));
}
