/*
 * The list of contents, and the seal over it.
 *
 * META-INF/ASiCManifest.xml is what is signed (EN 319 162-1 A.4). SHA256SUMS
 * says the same once more in the form that sha256sum reads.
 */
#include "cli/dossier.h"

#include "base/clock.h"
#include "base/codec.h"
#include "flow/audit.h"

#include <time.h>

#define LIST_MAX ((size_t)16 << 20)
#define LONGEST_WAIT (2 * MINUTE)
#define SIGNATURE "META-INF/signature.p7s"
#define MANIFEST "META-INF/ASiCManifest.xml"

static const char manifest_head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n"
    "<asic:ASiCManifest xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\" "
    "xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">\n"
    "<asic:SigReference URI=\"" SIGNATURE "\" "
    "MimeType=\"application/pkcs7-signature\"/>\n";

static bool
is_listed(const struct archive_part *p)
{
	return strcmp(p->name, "mimetype") != 0;
}

static RESULT
add_sums(struct dossier_file *d)
{
	AUTO(buf_clear) struct buf sums;
	char sha256[DIGEST_TEXT_SIZE];

	buf_init(&sums, LIST_MAX);
	for (size_t i = 0; i < d->zip.count; i++) {
		const struct archive_part *p = &d->zip.parts[i];

		digest_format(&p->digest, sha256);
		if (is_listed(p))
			TRY(buf_add_format(
			    &sums, "%s  %s\n", sha256, p->name));
	}
	return archive_add(&d->zip, "SHA256SUMS", span_of_buf(&sums));
}

static const char *
media_type_of(const char *name)
{
	static const char *const types[][2] = {{".cer", "application/pkix-cert"},
	    {".jpg", "image/jpeg"}, {".json", "application/json"},
	    {".mp4", "video/mp4"}, {".pdf", "application/pdf"},
	    {".pem", "application/x-pem-file"}, {".png", "image/png"},
	    {".txt", "text/plain"}, {".webm", "video/webm"}};
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; dot && i < COUNT_OF(types); i++)
		if (strcmp(types[i][0], dot) == 0)
			return types[i][1];
	return strchr(name, '.') ? "application/octet-stream" : "text/plain";
}

/* A line each: who has no reader of XML looks for a digest with grep. */
static RESULT
put_reference(struct buf *b, const struct archive_part *p)
{
	TRY(buf_add_format(b,
	    "<asic:DataObjectReference URI=\"%s\" MimeType=\"%s\">"
	    "<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/"
	    "xmlenc#sha256\"/><ds:DigestValue>",
	    p->name, media_type_of(p->name)));
	TRY(base64_encode(SPAN(p->digest.bytes, DIGEST_SIZE), 0, b));
	return buf_add_text(
	    b, "</ds:DigestValue></asic:DataObjectReference>\n");
}

RESULT
dossier_list(struct dossier_file *d, struct digest *out)
{
	AUTO(buf_clear) struct buf manifest;

	TRY(add_sums(d));
	buf_init(&manifest, LIST_MAX);
	TRY(buf_add_text(&manifest, manifest_head));
	for (size_t i = 0; i < d->zip.count; i++)
		if (is_listed(&d->zip.parts[i]))
			TRY(put_reference(&manifest, &d->zip.parts[i]));
	TRY(buf_add_text(&manifest, "</asic:ASiCManifest>\n"));
	TRY(archive_add(&d->zip, MANIFEST, span_of_buf(&manifest)));
	*out = d->zip.parts[d->zip.count - 1].digest;
	return OK;
}

/* The journal has what was listed before the signer hears of it. */
static RESULT
ask(struct dossier_file *d, const struct digest *listed, const char *id)
{
	AUTO(store_rollback) struct store *s = d->a->store;
	const struct actor who = {ACTOR_platform, d->by.id, d->by.name};
	char digest[DIGEST_TEXT_SIZE];

	digest_format(listed, digest);
	const struct dossier_row row = {.id = id,
	    .registration = d->r.id,
	    .member = d->by.id,
	    .digest = digest,
	    .asked_at = clock_now(),
	    .refused = ""};
	TRY(store_begin(s));
	TRY(dossier_save(s, &row));
	TRY(audit_write(
	    &d->a->flow, &who, "dossier.listed", d->r.id, id, digest));
	TRY(job_add(s, "seal", id, JOB_FIRST));
	return store_commit(s);
}

static RESULT
wait_for(struct dossier_file *d, const char *id, struct dossier_row *out)
{
	const struct timespec nap = {0, 200 * 1000 * 1000};
	int64_t end = clock_ticks() + LONGEST_WAIT;

	for (;;) {
		TRY(dossier_load(d->a->store, &d->a->arena, id, out));
		if (out->sealed_at)
			break;
		if (clock_ticks() > end)
			return FAIL(ERR_UNAVAILABLE, "the signer does not "
			    "answer: the service has to run");
		nanosleep(&nap, NULL);
	}
	return *out->refused ? FAIL(ERR_DENIED, "the signer refuses: %s",
				   out->refused)
			     : OK;
}

RESULT
dossier_seal(struct dossier_file *d, const struct digest *listed)
{
	struct dossier_row row;
	char id[ID_SIZE];

	id_make("dos", id);
	TRY(ask(d, listed, id));
	dossier_progress("waiting for the signer");
	TRY(wait_for(d, id, &row));
	if (!memmem(row.seal.data, row.seal.size, listed->bytes, DIGEST_SIZE))
		return FAIL(ERR_INTERNAL, "the seal is over something else");
	return archive_add(&d->zip, SIGNATURE, row.seal);
}
