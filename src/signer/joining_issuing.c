/*
 * Taking in an issuing authority: its root's signature, its own name and the
 * key in the token; then it gets a responder and a first list.
 */
#include "signer/joining_parts.h"

#include "base/clock.h"
#include "pki/subject.h"
#include "signer/signer.h"

/* The root under which it stands, by name and signature. */
static RESULT
find_root(const struct joining *j, const struct certificate *c,
    enum authority *out, struct buf *der)
{
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++) {
		enum authority a = (enum authority)i;
		struct certificate root;

		if (authority_issues(a))
			continue;
		buf_clear(der);
		if (joining_load_root(j, a, der, &root) != OK) {
			err_clear();
			continue;
		}
		if (!span_equal(root.subject.der, c->issuer.der))
			continue;
		*out = a;
		return signature_verify(
		    root.public_key, c->algorithm, c->tbs, c->signature);
	}
	return FAIL(ERR_NOT_FOUND, "its root is not here");
}

static RESULT
check_certificate(
    struct joining *j, enum authority a, struct span der, struct token_key *key)
{
	AUTO(buf_clear) struct buf root;
	enum authority above;
	struct certificate c;
	enum key_kind kind;

	buf_init(&root, 0);
	TRY(certificate_parse(der, &c));
	TRY(joining_check_begun(&c));
	TRY(find_root(j, &c, &above, &root));
	TRY(joining_lint(j, der, joining_profile(a), span_of_buf(&root),
	    authority_name(above)));
	if (public_key_judge(c.public_key, &kind) != KEY_accepted)
		return FAIL(ERR_INVALID, "key of %s", authority_name(a));
	TRY(token_key_find(j->token, authority_name(a), kind, key));
	if (!span_equal(c.public_key, place_key(key)))
		return FAIL(ERR_CONFLICT,
		    "the certificate of %s is for a key that is not here",
		    authority_name(a));
	return OK;
}

/* Its own name, and no other's. */
static RESULT
check_name(const struct joining *j, enum authority a, struct span der,
    const struct token_key *key)
{
	struct ceremony_plan plan = signer_plan(j->conf);
	AUTO(buf_clear) struct buf name;
	struct certificate c;

	buf_init(&name, SUBJECT_MAX);
	plan.generation = authority_generation(a);
	plan.issuing_public = place_key(key);
	TRY(certificate_parse(der, &c));
	TRY(ceremony_issuing_name(&plan, joining_profile(a), &name));
	if (!span_equal(span_of_buf(&name), c.subject.der))
		return FAIL(ERR_CONFLICT,
		    "the certificate of %s names "
		    "somebody else",
		    authority_name(a));
	return OK;
}

static RESULT
make_rest(struct joining *j, enum authority a, struct token_key *key,
    struct token_key *responder, struct ceremony_authority *product)
{
	struct ceremony_plan plan = signer_plan(j->conf);

	TRY(place_take_key(
	    j->token, authority_responder(a), KEY_p256, responder));
	plan.generation = authority_generation(a);
	plan.issuing = token_key_signing(key);
	plan.responder_public = place_key(responder);
	return ceremony_attend(&plan, product);
}

static RESULT
note(struct joining *j, enum authority a, const struct token_key *responder,
    const struct ceremony_authority *p)
{
	struct responder r = {.certificate_size = p->responder.size};
	int64_t now = clock_now();

	memcpy(r.label, responder->label, sizeof(r.label));
	memcpy(r.certificate, p->responder.data, p->responder.size);
	TRY(records_authority(j->records, a, span_of_buf(&p->issuing), now));
	if (records_last_list(j->records, a) == 0)
		TRY(records_list(j->records, a, 1, now));
	TRY(records_responder(j->records, a, &r, now));
	return records_sync(j->records);
}

/* Its certificate last: it says that all is there. */
static RESULT
write_all(const struct joining *j, enum authority a,
    const struct ceremony_authority *p)
{
	TRY(joining_write(
	    j, authority_responder(a), ".cer", span_of_buf(&p->responder)));
	TRY(joining_write(j, authority_name(a), ".crl", span_of_buf(&p->list)));
	return joining_write(
	    j, authority_name(a), ".cer", span_of_buf(&p->issuing));
}

static RESULT
take_in(struct joining *j, enum authority a, struct span der)
{
	AUTO(ceremony_authority_clear) struct ceremony_authority product;
	struct token_key key, responder;
	AUTO(free) char *file = NULL;

	ceremony_authority_init(&product);
	TRY(check_certificate(j, a, der, &key));
	TRY(check_name(j, a, der, &key));
	TRY(buf_add_span(&product.issuing, der));
	TRY(make_rest(j, a, &key, &responder, &product));
	TRY(note(j, a, &responder, &product));
	TRY(write_all(j, a, &product));
	if (asprintf(&file, "%s.cer", authority_name(a)) < 0)
		abort();
	TRY(minutes_note(j->minutes,
	    "%s is certified by its root, for the key "
	    "in the token here, and is taken in with "
	    "an OCSP responder and a first list.",
	    authority_name(a)));
	return minutes_certificate(j->minutes, file, der, j->token);
}

RESULT
joining_issuing(struct joining *j, enum authority a)
{
	AUTO(buf_clear) struct buf der;
	bool here;

	buf_init(&der, 0);
	enum err found = joining_arrived(j, a, &der, &here);
	if (found == ERR_NOT_FOUND)
		return OK;
	TRY(found);
	if (!here || !records_know_authority(j->records, a, span_of_buf(&der)))
		return take_in(j, a, span_of_buf(&der));
	return minutes_note(
	    j->minutes, "%s is here already.", authority_name(a));
}
