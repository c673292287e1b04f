/*
 * The certificate, what it is verified by, and what was said of its status when
 * the dossier was made. Roots are here so that the commands run; whether they
 * are the right ones has to be known from elsewhere.
 */
#include "cli/dossier.h"

#include "base/clock.h"
#include "base/codec.h"
#include "status/issuer.h"

#define PEM_MAX ((size_t)64 << 20)

static RESULT
add_pem(struct dossier_file *d, const char *name, const char *label,
    struct span der)
{
	AUTO(buf_clear) struct buf pem;

	buf_init(&pem, PEM_MAX);
	TRY(pem_encode(label, der, &pem));
	return archive_add(&d->zip, name, span_of_buf(&pem));
}

static RESULT
add_list(struct dossier_file *d, const char *authority)
{
	int64_t this_update, next_update;
	uint64_t number;
	struct span der;
	enum err found = crl_load(d->a->store, &d->a->arena, authority, &der,
	    &number, &this_update, &next_update);

	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	return add_pem(d,
	    arena_format(&d->a->arena, "trust/%s.crl.pem", authority),
	    "X509 CRL", der);
}

static bool
is_root(const char *name)
{
	enum authority a = authority_find(name);

	return a != AUTHORITY_COUNT && !authority_issues(a);
}

static RESULT
add_authority(struct dossier_file *d, const char *name, struct buf *roots)
{
	struct span der;

	TRY(ca_certificate_load(d->a->store, &d->a->arena, name, &der));
	if (is_root(name))
		TRY(pem_encode("CERTIFICATE", der, roots));
	TRY(add_pem(d, arena_format(&d->a->arena, "trust/%s.pem", name),
	    "CERTIFICATE", der));
	return add_list(d, name);
}

static RESULT
add_trust(struct dossier_file *d)
{
	AUTO(buf_clear) struct buf roots;
	const char **names;
	size_t count;

	buf_init(&roots, PEM_MAX);
	TRY(ca_certificate_list(
	    d->a->store, &d->a->arena, &names, &count));
	for (size_t i = 0; i < count; i++)
		TRY(add_authority(d, names[i], &roots));
	return archive_add(&d->zip, "trust/roots.pem", span_of_buf(&roots));
}

static RESULT
add_answer(struct dossier_file *d, const struct certificate *c)
{
	int64_t next_update;
	struct span der;
	enum err found = ocsp_load(d->a->store, &d->a->arena, c->issuer,
	    c->serial, &der, &next_update);

	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	return archive_add(&d->zip, "certificate/ocsp.der", der);
}

static RESULT
describe(struct dossier_file *d, const struct certificate *c)
{
	return dossier_json(d, "certificate/certificate.json",
	    json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, "
		      "s:I, s:o}",
		"id", c->id, "level", c->level, "issuer", c->issuer,
		"serial_number", c->serial, "sha256", c->fingerprint,
		"fullname", c->fullname, "email", c->email, "not_before",
		dossier_time(c->not_before), "not_after",
		dossier_time(c->not_after), "revoked_at",
		dossier_time(c->revoked_at), "revocation_reason",
		(json_int_t)c->reason, "issued_at",
		dossier_time(c->created_at)));
}

/* The participant's own key: the request that they signed with it proves that
 * they had it. */
static RESULT
add_request(struct dossier_file *d)
{
	struct own_key k;
	enum err found = own_key_load(d->a->store, &d->a->arena, d->r.id, &k);

	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	return add_pem(d, "certificate/own-key.pem", "CERTIFICATE REQUEST",
	    k.request);
}

RESULT
dossier_certificate(struct dossier_file *d)
{
	struct certificate c;

	TRY(add_trust(d));
	TRY(add_request(d));
	enum err found =
	    certificate_of(d->a->store, &d->a->arena, d->r.id, &c);
	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	TRY(describe(d, &c));
	TRY(archive_add(&d->zip, "certificate/certificate.cer", c.der));
	TRY(add_pem(
	    d, "certificate/certificate.pem", "CERTIFICATE", c.der));
	return add_answer(d, &c);
}
