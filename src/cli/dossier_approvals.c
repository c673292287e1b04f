/*
 * What operators signed with their passkeys (docs/approval.md), each as files
 * that openssl verifies: the data that was approved, where it can still be
 * built, the client data whose challenge is their digest, what the signature
 * is over, and the public key.
 */
#include "cli/dossier.h"

#include "base/codec.h"
#include "flow/review.h"

struct shown {
	struct dossier_file *d;
	const char *folder;
	const struct approval_row *row;
	json_t *about;
};

static RESULT
add_file(struct shown *s, const char *name, struct span bytes)
{
	return archive_add(&s->d->zip,
	    arena_format(&s->d->a->arena, "%s/%s", s->folder, name), bytes);
}

/* WebAuthn signs these two, one behind the other. */
static RESULT
add_signed(struct shown *s)
{
	const struct digest of_client_data =
	    digest_sha256(s->row->client_data);
	AUTO(buf_clear) struct buf both;

	buf_init(&both, s->row->authenticator_data.size + DIGEST_SIZE);
	TRY(buf_add_span(&both, s->row->authenticator_data));
	TRY(buf_add(&both, of_client_data.bytes, DIGEST_SIZE));
	return add_file(s, "signed.bin", span_of_buf(&both));
}

static RESULT
add_key(struct shown *s)
{
	struct member_passkey key;
	AUTO(buf_clear) struct buf pem;

	enum err found = passkey_load(s->d->a->store, &s->d->a->arena,
	    s->row->credential, &key);
	if (found == ERR_NOT_FOUND) {
		err_clear();
		json_object_set_new(s->about, "public_key",
		    json_string("not here any more: the custodians' list of "
				"operators has its fingerprint"));
		return OK;
	}
	TRY(found);
	buf_init(&pem, 8192);
	TRY(pem_encode("PUBLIC KEY", key.public_key, &pem));
	json_object_set_new(
	    s->about, "public_key", json_string("public-key.pem"));
	return add_file(s, "public-key.pem", span_of_buf(&pem));
}

/* Whether the challenge that was signed is the digest of these bytes; nothing
 * else in client data could be. */
static bool
was_signed(const struct approval_row *row, struct span encoded)
{
	const struct digest d = digest_sha256(encoded);
	AUTO(buf_clear) struct buf quoted;

	buf_init(&quoted, 128);
	if (buf_add_text(&quoted, "\"") != OK ||
	    base64url_encode(SPAN(d.bytes, DIGEST_SIZE), &quoted) != OK ||
	    buf_add_text(&quoted, "\"") != OK)
		return false;
	return memmem(row->client_data.data, row->client_data.size,
		   quoted.data, quoted.size) != NULL;
}

static RESULT
build(struct shown *s, struct buf *encoded)
{
	struct approval approval;

	TRY(review_approval_of(&s->d->a->flow, &s->d->a->arena, &s->d->r,
	    (uint32_t)s->row->needed, s->row->made_at, &approval));
	TRY(approval_encode(&approval, encoded));
	return was_signed(s->row, span_of_buf(encoded))
		   ? OK
		   : FAIL(ERR_INVALID, "not what was signed");
}

/* What changed since, evidence that was destroyed above all, is no longer
 * what was signed: then the digest alone remains. */
static RESULT
add_approved(struct shown *s)
{
	AUTO(buf_clear) struct buf encoded;

	buf_init(&encoded, APPROVAL_ENCODED_MAX);
	if (s->row->attempt == s->d->r.attempt && build(s, &encoded) == OK) {
		json_object_set_new(
		    s->about, "approved", json_string("approved.bin"));
		return add_file(s, "approved.bin", span_of_buf(&encoded));
	}
	err_clear();
	json_object_set_new(s->about, "approved",
	    json_string("cannot be built any more: what it was about has "
			"changed since, such as evidence that was destroyed"));
	return OK;
}

static RESULT
add_one(struct dossier_file *d, const struct approval_row *row)
{
	struct shown s = {.d = d,
	    .row = row,
	    .folder = arena_format(&d->a->arena, "approvals/%lld-%s",
		(long long)row->attempt, row->operator),
	    .about = json_pack("{s:s, s:s, s:I, s:I, s:o, s:o}", "operator",
		row->operator, "credential", row->credential, "attempt",
		(json_int_t)row->attempt, "operators_needed",
		(json_int_t)row->needed, "drawn_up_at",
		dossier_time(row->made_at), "signed_at",
		dossier_time(row->at))};
	AUTO(json_decref) json_t *about = s.about;

	TRY(add_file(&s, "authenticator-data.bin", row->authenticator_data));
	TRY(add_file(&s, "client-data.json", row->client_data));
	TRY(add_file(&s, "signature.der", row->signature));
	TRY(add_signed(&s));
	TRY(add_key(&s));
	TRY(add_approved(&s));
	return dossier_json(d,
	    arena_format(&d->a->arena, "%s/approval.json", s.folder),
	    json_incref(about));
}

RESULT
dossier_approvals(struct dossier_file *d)
{
	struct approval_row *rows;
	size_t count;

	for (int64_t attempt = 1; attempt <= d->r.attempt; attempt++) {
		TRY(approval_list(d->a->store, &d->a->arena, d->r.id, attempt,
		    &rows, &count));
		for (size_t i = 0; i < count; i++)
			TRY(add_one(d, &rows[i]));
	}
	return OK;
}
