/*
 * One person's key is not another's, and a person is known by their whole name,
 * whose serialNumber tells them from others of the same. That number is kept on
 * renewal, so that a renewal has the name of before.
 *
 * Not so where pki.serial_number = document: a new passport has another number,
 * and says nothing of another person. There the holder of a certificate that
 * still holds (C-16) brings its key again under the same names; that it is
 * theirs they prove by its signature.
 */
#include "signer/own_key.h"

#include "base/clock.h"
#include "pki/certificate.h"
#include "pki/oids.h"
#include "pki/semantics.h"
#include "pki/subject.h"

#define CRL_KEY_COMPROMISE 1

/* The serialNumber of a certificate's subject, if it is a document's. */
static bool
document_of(const struct certificate *c, char out[ORDER_NAME_MAX])
{
	const struct attribute *a = name_attribute(&c->subject, OID_SERIAL);

	if (!a || a->value.size >= ORDER_NAME_MAX)
		return false;
	memcpy(out, a->value.data, a->value.size);
	out[a->value.size] = '\0';
	return semantics_is_document(out);
}

/* The order's name with another serialNumber, as octets. */
static RESULT
name_with(const struct order *o, const char *serial, struct buf *out)
{
	struct subject s = {
	    .country = o->country,
	    .surname = o->surname,
	    .given_names = o->given_names,
	    .serial = serial,
	    .common_name = o->common_name,
	};

	buf_init(out, SUBJECT_MAX);
	return subject_build_person(&s, out);
}

/* Of one certificate with the key: whether its holder has the order's names,
 * with the number of another document; and whether it holds today. */
struct bearer {
	bool same, holds;
};

static RESULT
look(struct signer *s, const struct record *record, const struct order *o,
    struct bearer *out)
{
	AUTO(free) struct issue_result *r = malloc(sizeof(*r));
	AUTO(buf_clear) struct buf name;
	char serial[ORDER_NAME_MAX];
	struct certificate c;

	*out = (struct bearer){false, false};
	if (!r)
		abort();
	if (!s->options.document_serial ||
	    !semantics_is_document(o->person_serial))
		return OK;
	TRY(records_replay(s->records, record, r));
	TRY(certificate_parse(SPAN(r->certificate, r->certificate_size), &c));
	if (!document_of(&c, serial))
		return OK;
	TRY(name_with(o, serial, &name));
	out->same = span_equal(span_of_buf(&name), c.subject.der);
	out->holds = !record->revoked_at && c.not_after > clock_now();
	return OK;
}

static RESULT
check_leaked(struct signer *s, const struct csr *csr)
{
	TRY(leaked_refresh(conf_text(s->conf, CONF_signer_dir), &s->leaked));
	enum err listed = key_list_check(&s->leaked.list, csr->public_key);

	return listed == ERR_DENIED
		   ? FAIL(ERR_KEY_COMPROMISED, "a key that leaked")
		   : listed;
}

RESULT
own_key_check(struct signer *s, const struct order *o, const struct csr *csr,
    const struct buf *subject)
{
	struct digest name = digest_sha256(span_of_buf(subject));
	bool renews = true; /* a name of before, with another number */
	const struct brought *b = NULL;

	TRY(check_leaked(s, csr));
	while ((b = records_brought(s->records, &csr->key, b))) {
		const struct record *record = records_of_brought(s->records, b);
		struct bearer of = {true, true};

		if (record->revoked_at &&
		    record->reason == CRL_KEY_COMPROMISE)
			return FAIL(ERR_KEY_COMPROMISED,
			    "a key that was revoked as compromised");
		if (memcmp(b->subject.bytes, name.bytes, DIGEST_SIZE) != 0)
			TRY(look(s, record, o, &of));
		if (!of.same)
			return FAIL(ERR_KEY_OF_ANOTHER,
			    "a key that another person has a certificate for");
		renews = of.holds; /* the latest comes last */
	}
	return renews
		   ? OK
		   : FAIL(ERR_KEY_OF_ANOTHER,
			 "a key of a certificate that does not hold any more, "
			 "and of a name with another document's number");
}
