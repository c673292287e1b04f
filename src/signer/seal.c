/*
 * One key, one certificate, one signature: a key that stayed would be worth
 * stealing and had to be revoked, renewed and answered for.
 *
 * key -> certificate -> entry of the ledger on the disk -> signature -> the key
 * is destroyed. Cut short anywhere, nothing was given away that the ledger does
 * not tell, and the next dossier takes the key's place.
 */
#include "signer/seal.h"

#include "base/clock.h"
#include "base/log.h"
#include "pki/seal.h"

#define LABEL "dossier"
#define CLOCK_SLACK (5 * MINUTE)

static RESULT
check(struct signer *s, const struct seal_order *o, int64_t now,
    struct issuing **by)
{
	if (!id_is("reg", o->registration))
		return FAIL(ERR_INVALID, "no registration");
	if (now + CLOCK_SLACK < records_last_time(s->records))
		return FAIL(ERR_UNAVAILABLE, "the clock was set back");
	if (records_notes(s->records, NOTE_dossier, now) >= SEALS_AN_HOUR)
		return FAIL(ERR_TOO_MANY, "dossiers of this hour");
	*by = signer_issuing_now(s, AUTHORITY_issuing_l, now);
	if (!*by || now + DAY > (*by)->not_after)
		return FAIL(ERR_UNAVAILABLE,
		    "there is no issuing authority L that seals");
	return OK;
}

static RESULT
certify(struct signer *s, const struct issuing *by,
    const struct token_key *key, struct buf *certificate)
{
	struct ceremony_plan plan = signer_plan(s->conf);
	struct token_key issuer = by->key;

	plan.generation = authority_generation(by->authority);
	plan.root_file = authority_name(by->authority);
	plan.issuing = token_key_signing(&issuer);
	return ceremony_seal(&plan, span_of_buf(&by->certificate),
	    SPAN(key->public_key, key->public_key_size), certificate);
}

static RESULT
sign(const struct seal_order *o, const struct issuing *by,
    struct span certificate, struct token_key *key, struct seal_result *out)
{
	AUTO(buf_clear) struct buf signature;
	struct span issuer = span_of_buf(&by->certificate);
	const struct signing_key signing = token_key_signing(key);
	const struct seal_facts f = {.content = o->content,
	    .about = o->registration,
	    .at = clock_now(),
	    .certificate = certificate,
	    .others = &issuer,
	    .other_count = 1};

	buf_init(&signature, sizeof(out->signature));
	TRY(seal_build(&f, &signing, &signature));
	*out = (struct seal_result){{0}};
	memcpy(out->registration, o->registration, ID_SIZE);
	memcpy(out->signature, signature.data, signature.size);
	out->size = signature.size;
	return OK;
}

static RESULT
seal_with(struct signer *s, const struct seal_order *o, struct issuing *by,
    struct token_key *key, struct seal_result *out)
{
	AUTO(buf_clear) struct buf certificate;

	buf_init(&certificate, ORDER_CERTIFICATE_MAX);
	TRY(certify(s, by, key, &certificate));
	TRY(records_dossier(s->records, o, by->authority,
	    span_of_buf(&certificate), clock_now()));
	TRY(records_sync(s->records));
	return sign(o, by, span_of_buf(&certificate), key, out);
}

RESULT
signer_seal(struct signer *s, const struct seal_order *o,
    struct seal_result *out)
{
	struct issuing *by = NULL;
	struct token_key key;

	TRY(check(s, o, clock_now(), &by));
	TRY(token_key_discard(s->token, LABEL));
	TRY(token_key_make(s->token, LABEL, KEY_p256, &key));
	enum err result = seal_with(s, o, by, &key, out);
	/* one that stays behind signs nothing: the next takes its place */
	if (token_key_discard(s->token, LABEL) != OK) {
		log_warn("seal.key_left registration=%s why=\"%s\"",
		    o->registration, err_explanation());
		err_clear();
	}
	return result;
}
