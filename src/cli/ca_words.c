/*
 * What a certificate says of its holder, and who signed it.
 */
#include "cli/ca_words.h"

#include "pki/certificate.h"
#include "pki/lint.h"
#include "pki/signing.h"

static void
take(const struct certificate *c, const char *oid, char out[WORD_SIZE])
{
	const struct attribute *a = name_attribute(&c->subject, oid);

	out[0] = '\0';
	if (!a || a->value.size >= WORD_SIZE)
		return;
	memcpy(out, a->value.data, a->value.size);
	out[a->value.size] = '\0';
}

RESULT
ca_words(struct span der, struct ca_words *out)
{
	struct certificate c;

	TRY(certificate_parse(der, &c));
	take(&c, "2.5.4.42", out->given_names);
	take(&c, "2.5.4.4", out->surname);
	take(&c, "2.5.4.6", out->country);
	take(&c, "2.5.4.5", out->person_serial);
	return OK;
}

/* The row beside a certificate is not signed: a wrong serial number in it
 * would make the ledger answer for one that was never issued. */
static RESULT
check_claim(const struct certificate *c, const struct ca_claim *claim)
{
	if (!span_equal(c->serial, claim->serial))
		return FAIL(ERR_INVALID, "a certificate of another number than "
					 "the database says");
	if (c->not_before != claim->not_before ||
	    c->not_after != claim->not_after)
		return FAIL(ERR_INVALID, "a certificate of another time than "
					 "the database says");
	if (strcmp(lint_guess(c)->name, claim->profile) != 0)
		return FAIL(ERR_INVALID, "a certificate of another kind than "
					 "the database says");
	return OK;
}

RESULT
ca_signed_by(
    struct span der, struct span authority, const struct ca_claim *claim)
{
	struct certificate c, issuer;

	TRY(certificate_parse(der, &c));
	TRY(certificate_parse(authority, &issuer));
	TRY(signature_verify(
	    issuer.public_key, c.algorithm, c.tbs, c.signature));
	return check_claim(&c, claim);
}
