/*
 * Certificates as JSON and PEM. The subject is taken from the certificate
 * itself: it says what relying parties will see.
 */
#include "web/certificate_json.h"

#include "base/clock.h"
#include "base/codec.h"
#include "web/authority.h"
#include "web/subject.h"

static const char *const reasons[] = {
	[0] = "unspecified",
	[1] = "key_compromise",
	[3] = "affiliation_changed",
	[4] = "superseded",
	[5] = "cessation_of_operation",
	[9] = "privilege_withdrawn",
};

RESULT
certificate_reason(const char *word, int *out)
{
	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++) {
		if (!reasons[i] ||
		    (*word && strcmp(reasons[i], word) != 0))
			continue;
		*out = (int)i; /* the first one for none */
		return OK;
	}
	return err_set_field(ERR_INVALID, "reason", "is not a reason");
}

static const char *
reason_name(int64_t reason)
{
	if (reason < 0 || (size_t)reason >= sizeof(reasons) / sizeof(*reasons))
		return "unspecified";
	return reasons[reason] ? reasons[reason] : "unspecified";
}

static const char *
status_of(const struct certificate *c)
{
	if (c->revoked_at)
		return "revoked";
	return clock_now() > c->not_after ? "expired" : "valid";
}

static void
write_subject(struct json *j, const struct certificate *c)
{
	struct subject s;

	subject_read(c->der, &s);
	json_open(j, "subject");
	json_text(j, "country", s.country);
	json_text(j, "surname", s.surname);
	json_text(j, "given_names", s.given_names);
	json_text(j, "common_name", s.common_name);
	json_text(j, "serial_number", s.serial_number);
	json_close(j);
}

/* Our own name of the authority says nothing to who relies on it. */
static void
write_issuer(struct json *j, const struct certificate *c)
{
	struct subject s;

	subject_read_issuer(c->der, &s);
	json_text(j, "issuer", c->issuer);
	json_text(j, "issuer_name", s.common_name);
}

RESULT
certificate_write(struct json *j, const char *key, const struct certificate *c)
{
	json_open(j, key);
	json_text(j, "object", "certificate");
	json_text(j, "id", c->id);
	json_text(j, "registration", c->registration);
	json_text(j, "level", c->level);
	json_text(j, "fullname", c->fullname);
	json_text(j, "email", c->email);
	json_text(j, "phone_number", c->phone);
	json_text(j, "serial", c->serial);
	write_issuer(j, c);
	json_time(j, "not_before", c->not_before);
	json_time(j, "not_after", c->not_after);
	json_text(j, "fingerprint", c->fingerprint);
	json_text(j, "status", status_of(c));
	json_time(j, "revoked_at", c->revoked_at);
	json_text(j, "reason", c->revoked_at ? reason_name(c->reason) : NULL);
	write_subject(j, c);
	json_time(j, "created_at", c->created_at);
	json_close(j);
	return json_done(j);
}

RESULT
certificate_pem(const struct certificate *c, struct buf *out)
{
	return pem_encode("CERTIFICATE", c->der, out);
}

RESULT
certificate_chain_pem(struct request *q, struct flow *f,
    const struct certificate *c, struct buf *out)
{
	struct span issuing, root;

	TRY(certificate_pem(c, out));
	TRY(ca_certificate_load(f->store, &q->arena, c->issuer, &issuing));
	TRY(pem_encode("CERTIFICATE", issuing, out));
	enum err code = authority_root_of(q, f, issuing, &root);
	if (code == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(code);
	return pem_encode("CERTIFICATE", root, out);
}
