/*
 * Printing certificates.
 */
#include "cli/show.h"

#include "base/clock.h"
#include "base/codec.h"
#include "base/digest.h"
#include "base/enum.h"
#include "pki/oids.h"

#include <stdlib.h>

#define FILE_MAX_ ((size_t)64 * 1024)
#define BUNDLE_MAX ((size_t)32 << 20)

static const char begin_mark[] = "-----BEGIN ";
static const char end_mark[] = "-----END ";

/* Followed by an octet 0. */
static RESULT
read_all(const char *path, size_t max, struct buf *out)
{
	AUTO(fclose) FILE *file = fopen(path, "rbe");
	uint8_t *place;

	if (!file)
		return FAIL(ERR_NOT_FOUND, "%s: %m", path);
	TRY(buf_extend(out, max + 1, &place));
	out->size = fread(place, 1, max + 1, file);
	place[out->size < max ? out->size : max] = '\0';
	if (out->size > max)
		return FAIL(ERR_TOO_LARGE, "%s is larger than %zu KiB", path,
		    max / 1024);
	return ferror(file) ? FAIL(ERR_INVALID, "%s: %m", path) : OK;
}

/* The letters between the first BEGIN and END line. */
static RESULT
pem_decode(const char *text, struct buf *der)
{
	AUTO(buf_clear) struct buf letters;
	const char *at = strstr(text, begin_mark);
	const char *end = at ? strstr(at, end_mark) : NULL;

	buf_init(&letters, FILE_MAX_);
	at = at ? strchr(at, '\n') : NULL;
	if (!at || !end || end < at)
		return FAIL(ERR_INVALID, "neither DER nor PEM");
	for (; at < end; at++)
		if (!strchr("\r\n \t", *at))
			TRY(buf_add_byte(&letters, (uint8_t)*at));
	return base64_decode(span_of_buf(&letters), der);
}

RESULT
show_read(const char *path, struct buf *der)
{
	AUTO(buf_clear) struct buf bytes;

	buf_init(&bytes, FILE_MAX_ + 1);
	buf_init(der, FILE_MAX_);
	TRY(read_all(path, FILE_MAX_, &bytes));
	if (bytes.size > 0 && bytes.data[0] == DER_SEQUENCE)
		return buf_add_span(der, span_of_buf(&bytes));
	return pem_decode(buf_text(&bytes), der);
}

/* ---- bundles ---- */

static RESULT
bundle_add(struct show_bundle *b, struct span der, size_t *room)
{
	if (b->count == *room) {
		*room = *room ? 2 * *room : 8;
		struct span *more = realloc(b->of, *room * sizeof(*more));
		if (!more)
			abort();
		b->of = more;
	}
	/* its place is known when all are there: the buffer moves */
	b->of[b->count++] = SPAN(NULL, der.size);
	return buf_add_span(&b->bytes, der);
}

/* "-----BEGIN CERTIFICATE-----" and the older words for it. */
static bool
is_certificate(const char *label)
{
	static const char *const labels[] = {"CERTIFICATE-----",
	    "X509 CERTIFICATE-----", "TRUSTED CERTIFICATE-----"};

	for (size_t i = 0; i < COUNT_OF(labels); i++)
		if (strncmp(label, labels[i], strlen(labels[i])) == 0)
			return true;
	return false;
}

static RESULT
read_blocks(const char *text, struct show_bundle *out)
{
	size_t room = 0;

	while ((text = strstr(text, begin_mark))) {
		AUTO(buf_clear) struct buf der;

		buf_init(&der, FILE_MAX_);
		if (is_certificate(text + strlen(begin_mark))) {
			if (pem_decode(text, &der) != OK)
				return FAIL(ERR_INVALID,
				    "certificate %zu is not in base64",
				    out->count + 1);
			TRY(bundle_add(out, span_of_buf(&der), &room));
		}
		text += strlen(begin_mark);
	}
	return out->count ? OK
			  : FAIL(ERR_INVALID, "neither DER nor PEM of a "
					      "certificate");
}

RESULT
show_read_all(const char *path, struct show_bundle *out)
{
	AUTO(buf_clear) struct buf bytes;
	size_t at = 0, room = 0;

	*out = (struct show_bundle){0};
	buf_init(&out->bytes, BUNDLE_MAX);
	buf_init(&bytes, BUNDLE_MAX + 1);
	TRY(read_all(path, BUNDLE_MAX, &bytes));
	if (bytes.size > 0 && bytes.data[0] == DER_SEQUENCE)
		TRY(bundle_add(out, span_of_buf(&bytes), &room));
	else
		TRY(read_blocks(buf_text(&bytes), out));
	for (size_t i = 0; i < out->count; i++) {
		out->of[i].data = out->bytes.data + at;
		at += out->of[i].size;
	}
	return OK;
}

void
show_bundle_clear(struct show_bundle *b)
{
	buf_clear(&b->bytes);
	free(b->of);
	*b = (struct show_bundle){0};
}

static void
begin_member(struct show *s, const char *key)
{
	if (!s->json) {
		fprintf(s->out, "%-24s ", key);
		return;
	}
	if (s->begun)
		fputs(", ", s->out);
	s->begun = true;
	json_text(s->out, key);
	fputs(": ", s->out);
}

void
show_text(struct show *s, const char *key, const char *value)
{
	begin_member(s, key);
	if (s->json)
		json_text(s->out, value);
	else
		plain_text(s->out, value);
	if (!s->json)
		fputc('\n', s->out);
}

void
show_number(struct show *s, const char *key, long long value)
{
	begin_member(s, key);
	fprintf(s->out, s->json ? "%lld" : "%lld\n", value);
}

void
show_bytes(struct show *s, const char *key, struct span value)
{
	AUTO(buf_clear) struct buf hex;

	buf_init(&hex, 4096);
	if (hex_encode(value, &hex) != OK)
		err_clear();
	show_text(s, key, buf_text(&hex));
}

void
show_time(struct show *s, const char *key, int64_t ms)
{
	char text[CLOCK_TEXT_SIZE];

	clock_format(ms, text);
	show_text(s, key, text);
}

static const struct {
	const char *oid, *name;
} attributes[] = {
    {OID_COUNTRY, "C"},
    {OID_ORGANISATION, "O"},
    {OID_ORGANISATION_ID, "organizationIdentifier"},
    {OID_COMMON_NAME, "CN"},
    {OID_SURNAME, "SN"},
    {OID_GIVEN_NAME, "GN"},
    {OID_SERIAL, "serialNumber"},
    {OID_PSEUDONYM, "pseudonym"},
};

static const char *
attribute_name(const char *oid)
{
	for (size_t i = 0; i < COUNT_OF(attributes); i++)
		if (strcmp(attributes[i].oid, oid) == 0)
			return attributes[i].name;
	return oid;
}

void
show_name(struct show *s, const char *key, const struct name *name)
{
	AUTO(buf_clear) struct buf text;

	buf_init(&text, 8192);
	for (size_t i = 0; i < name->count; i++) {
		const struct attribute *a = &name->attributes[i];

		if (buf_add_format(&text, "%s%s=", i ? ", " : "",
			attribute_name(a->oid)) != OK ||
		    buf_add_span(&text, a->value) != OK)
			err_clear();
	}
	show_text(s, key, buf_text(&text));
}

void
show_fingerprint(struct show *s, struct span der)
{
	struct digest d = digest_sha256(der);
	char text[DIGEST_TEXT_SIZE];

	digest_format(&d, text);
	show_text(s, "sha256", text);
}

RESULT
show_certificate(struct show *s, struct span der)
{
	struct certificate c;

	TRY(certificate_parse(der, &c));
	show_name(s, "subject", &c.subject);
	show_name(s, "issuer", &c.issuer);
	show_bytes(s, "serial", c.serial);
	show_time(s, "not_before", c.not_before);
	show_time(s, "not_after", c.not_after);
	show_number(s, "key_octets", (long long)c.key_bits.size);
	show_fingerprint(s, der);
	return OK;
}

int
show_failure(const char *command)
{
	fprintf(stderr, "%s: %s\n", command, err_explanation());
	return 1;
}
