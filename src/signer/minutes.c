/*
 * Writing minutes. Fingerprints stand in groups of four capitals, eight to a
 * line, because they are read aloud.
 */
#include "signer/minutes.h"

#include "base/clock.h"
#include "base/codec.h"
#include "pki/certificate.h"
#include "pki/crl.h"
#include "pki/key.h"
#include "pki/oids.h"

#include <fcntl.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#define COLUMNS 80
#define INDENT 12
#define TEXT_MAX 1024
#define PROGRAM_MAX ((size_t)64 << 20)

static const char *const algorithm_names[] = {
    [ECDSA_SHA256] = "ECDSA with SHA-256",
    [ECDSA_SHA384] = "ECDSA with SHA-384",
    [RSA_SHA256] = "RSA PKCS#1 v1.5 with SHA-256",
    [RSA_PSS_SHA256] = "RSA-PSS with SHA-256, MGF1, salt of 32 octets",
    [SIGNATURE_ALGORITHM_COUNT] = "another algorithm"};

void
minutes_init(struct minutes *m, const char *step, const char *organisation,
    const char *place)
{
	*m = (struct minutes){.begun = clock_now(),
	    .step = step,
	    .organisation = organisation,
	    .place = place};
	buf_init(&m->done, MINUTES_MAX);
	buf_init(&m->made, MINUTES_MAX);
}

void
minutes_clear(struct minutes *m)
{
	buf_clear(&m->done);
	buf_clear(&m->made);
}

RESULT
minutes_present(struct minutes *m, const char *name)
{
	size_t size = strlen(name);

	if (size == 0 || size >= MINUTES_NAME_SIZE ||
	    !utf8_is_clean(SPAN(name, size)))
		return FAIL(ERR_INVALID,
		    "a name has 1 to %d octets and stands on one line",
		    MINUTES_NAME_SIZE - 1);
	if (m->present_count == MINUTES_PRESENT_MAX)
		return FAIL(ERR_TOO_MANY, "more than %d people are present",
		    MINUTES_PRESENT_MAX);
	memcpy(m->present[m->present_count++], name, size + 1);
	return OK;
}

/* Breaks at spaces; a word that is too long stands on a line of its own. */
static RESULT
add_wrapped(struct buf *out, const char *head, const char *text)
{
	size_t at = INDENT;

	TRY(buf_add_format(out, "%-*s", INDENT, head));
	while (*text) {
		size_t word = strcspn(text, " ");

		if (at > INDENT && at + 1 + word > COLUMNS) {
			TRY(buf_add_format(out, "\n%*s", INDENT, ""));
			at = INDENT;
		} else if (at > INDENT) {
			TRY(buf_add_text(out, " "));
			at++;
		}
		TRY(buf_add(out, text, word));
		at += word;
		text += word;
		text += strspn(text, " ");
	}
	return buf_add_text(out, "\n");
}

RESULT
minutes_note(struct minutes *m, const char *format, ...)
{
	char text[TEXT_MAX], now[CLOCK_TEXT_SIZE], head[16];
	size_t from = m->done.size;
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	clock_format(clock_now(), now);
	snprintf(head, sizeof(head), "%.8s", now + 11);
	TRY(add_wrapped(&m->done, head, text));
	if (m->shown)
		fprintf(m->shown, "%s", buf_text(&m->done) + from);
	return OK;
}

/* ---- what was made ---- */

RESULT
minutes_fingerprint(const struct digest *d, struct buf *out)
{
	for (size_t i = 0; i < DIGEST_SIZE; i++) {
		if (i % 16 == 0)
			TRY(buf_add_format(out, "    "));
		TRY(buf_add_format(out, "%02X%s", d->bytes[i],
		    i % 16 == 15  ? "\n"
		    : i % 2 == 1 ? " "
				 : ""));
	}
	return OK;
}

static RESULT
add_digest(struct buf *out, const char *title, struct span bytes)
{
	struct digest d = digest_sha256(bytes);

	TRY(buf_add_format(out, "  %s, SHA-256\n", title));
	return minutes_fingerprint(&d, out);
}

static RESULT
add_name(struct buf *out, const char *title, const struct name *n)
{
	static const struct {
		const char *oid, *word;
	} words[] = {{OID_COMMON_NAME, "CN"}, {OID_ORGANISATION, "O"},
	    {OID_ORGANISATION_ID, "organizationIdentifier"},
	    {OID_COUNTRY, "C"}};
	const char *label = title;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const struct attribute *a = name_attribute(n, words[i].oid);

		if (!a)
			continue;
		TRY(buf_add_format(
		    out, "  %-14s%s = ", label, words[i].word));
		TRY(buf_add_span(out, a->value));
		TRY(buf_add_text(out, "\n"));
		label = "";
	}
	return OK;
}

static RESULT
add_moment(struct buf *out, const char *title, int64_t at)
{
	char text[CLOCK_TEXT_SIZE];

	clock_format(at, text);
	return buf_add_format(out, "%-16s%.10s %.8s UTC\n", title, text,
	    text + 11);
}

static RESULT
add_time(struct buf *out, const char *title, int64_t at)
{
	char text[CLOCK_TEXT_SIZE];

	clock_format(at, text);
	return buf_add_format(out, "  %-14s%.10s %.8s UTC\n", title, text,
	    text + 11);
}

static RESULT
add_key(struct buf *out, struct span public_key, struct token *token)
{
	enum key_kind kind;

	if (public_key_judge(public_key, &kind) != KEY_accepted)
		return FAIL(ERR_INVALID, "a key that is not accepted");
	TRY(buf_add_format(out, "  %-14s%s\n", "Key", key_kind_name(kind)));
	TRY(buf_add_format(out, "  %-14s", "Kept in"));
	if (!token)
		return buf_add_text(out, "another token\n");
	TRY(token_describe(token, out));
	return buf_add_text(out, ", made there of its own random\n"
				 "                numbers; cannot be taken out\n");
}

static RESULT
add_serial(struct buf *out, struct span serial)
{
	AUTO(buf_clear) struct buf hex;

	buf_init(&hex, 64);
	if (serial.size > 1 && serial.data[0] == 0)
		serial = SPAN(serial.data + 1, serial.size - 1);
	TRY(hex_encode(serial, &hex));
	return buf_add_format(out, "  %-14s%s\n", "Serial number",
	    buf_text(&hex));
}

RESULT
minutes_certificate(
    struct minutes *m, const char *file, struct span der, struct token *token)
{
	struct buf *out = &m->made;
	struct certificate c;

	TRY(certificate_parse(der, &c));
	TRY(buf_add_format(out, "%s, a certificate\n", file));
	TRY(add_name(out, "Subject", &c.subject));
	TRY(add_name(out, "Issuer", &c.issuer));
	TRY(add_serial(out, c.serial));
	TRY(add_time(out, "Valid from", c.not_before));
	TRY(add_time(out, "Valid until", c.not_after));
	TRY(add_key(out, c.public_key, token));
	TRY(buf_add_format(out, "  %-14s%s\n", "Signed by",
	    algorithm_names[signature_algorithm_find(c.algorithm)]));
	TRY(add_digest(out, "Certificate", der));
	TRY(add_digest(out, "Public key", c.public_key));
	return buf_add_text(out, "\n");
}

RESULT
minutes_list(struct minutes *m, const char *file, struct span der)
{
	struct buf *out = &m->made;
	struct crl_outline c;

	TRY(crl_outline(der, &c));
	TRY(buf_add_format(out, "%s, a revocation list\n", file));
	TRY(buf_add_format(out, "  %-14s%llu\n", "Number",
	    (unsigned long long)c.number));
	TRY(buf_add_format(out, "  %-14s%zu\n", "Revoked", c.count));
	TRY(add_time(out, "Made", c.this_update));
	TRY(add_time(out, "Next one by", c.next_update));
	TRY(add_digest(out, "List", der));
	return buf_add_text(out, "\n");
}

RESULT
minutes_request(struct minutes *m, const char *file, struct span public_key,
    struct token *token)
{
	struct buf *out = &m->made;

	TRY(buf_add_format(out, "%s, a request for a certificate\n", file));
	TRY(add_key(out, public_key, token));
	TRY(add_digest(out, "Public key", public_key));
	return buf_add_text(out, "\n");
}

/* ---- the whole ---- */

static RESULT
add_line(struct buf *out, char with)
{
	for (int i = 0; i < COLUMNS; i++)
		TRY(buf_add(out, &with, 1));
	return buf_add_text(out, "\n");
}

/* Which program did it, for who asks in ten years. */
static RESULT
add_program(struct buf *out)
{
	AUTO(close) int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	AUTO(buf_clear) struct buf bytes;
	struct stat st;
	uint8_t *place;

	buf_init(&bytes, PROGRAM_MAX);
	if (fd < 0 || fstat(fd, &st) != 0)
		return buf_add_format(out, "%-16s%s\n", "Program", "paraph");
	TRY(buf_extend(&bytes, (size_t)st.st_size, &place));
	if (read(fd, place, bytes.size) != (ssize_t)bytes.size)
		return FAIL(ERR_UNAVAILABLE, "cannot read this program");
	TRY(buf_add_format(out, "%-16s%s, SHA-256\n", "Program",
	    "paraph-ca"));
	struct digest d = digest_sha256(span_of_buf(&bytes));
	return minutes_fingerprint(&d, out);
}

static RESULT
add_head(const struct minutes *m, struct buf *out)
{
	TRY(add_line(out, '='));
	TRY(buf_add_format(out, "MINUTES OF A KEY CEREMONY%s\n",
	    m->dry_run ? "            DRY RUN: nothing of this is in use" : ""));
	TRY(add_line(out, '='));
	TRY(buf_add_format(out, "%-16s%s\n", "Organisation", m->organisation));
	TRY(buf_add_format(out, "%-16s%s\n", "Step", m->step));
	TRY(buf_add_format(out, "%-16s%s\n", "Place",
	    m->place && m->place[0] ? m->place : "not stated"));
	TRY(add_program(out));
	TRY(buf_add_format(out, "%-16s%s\n", "Clock", m->clock_compared
	    ? "compared with another one, and right"
	    : "not compared with another one"));
	TRY(add_moment(out, "Begun", m->begun));
	TRY(add_moment(out, "Ended", clock_now()));
	TRY(buf_add_text(out, "\nPRESENT\n"));
	for (size_t i = 0; i < m->present_count; i++)
		TRY(buf_add_format(out, "  %zu  %s\n", i + 1, m->present[i]));
	if (m->present_count == 0)
		TRY(buf_add_text(out, "  nobody was written down\n"));
	return OK;
}

static RESULT
add_body(const struct minutes *m, const struct digest *head, struct buf *out)
{
	TRY(buf_add_text(out, "\nWHAT WAS DONE (times in UTC)\n"));
	TRY(buf_add_span(out, span_of_buf(&m->done)));
	TRY(buf_add_text(out, "\nWHAT CAME OF IT\n"));
	TRY(buf_add_span(out, span_of_buf(&m->made)));
	if (m->made.size == 0)
		TRY(buf_add_text(out, "  nothing new\n"));
	if (!head)
		return OK;
	TRY(buf_add_text(out, "The ledger ends with\n"));
	return minutes_fingerprint(head, out);
}

static RESULT
add_signature(struct buf *out, const char *who)
{
	return buf_add_format(out,
	    "\n\n  %s\n  ______________________________   "
	    "______________________________\n  date, place"
	    "                      signature\n",
	    who);
}

static RESULT
add_signatures(const struct minutes *m, struct buf *out)
{
	TRY(buf_add_text(out,
	    "\nSIGNATURES of the security officer, the custodians and a "
	    "witness who\nbelongs to neither (EN 319 411-1 6.5.1), after "
	    "comparing the digests above\nwith what the machine shows.\n"));
	for (size_t i = 0; i < m->present_count; i++)
		TRY(add_signature(out, m->present[i]));
	for (size_t i = m->present_count; i < 2; i++)
		TRY(add_signature(
		    out, "______________________________ (name, role)"));
	return OK;
}

RESULT
minutes_print(
    const struct minutes *m, const struct digest *head, struct buf *out)
{
	size_t from = out->size;

	TRY(add_head(m, out));
	TRY(add_body(m, head, out));
	struct digest d =
	    digest_sha256(SPAN(out->data + from, out->size - from));
	TRY(buf_add_text(out, "\nThe text up to here has the SHA-256 digest\n"));
	TRY(minutes_fingerprint(&d, out));
	return add_signatures(m, out);
}
