/*
 * Certifying an issuing authority: the request comes in a folder, and what
 * relying parties need goes back in it. A request that was certified before
 * gets the certificate that it got.
 */
#include "signer/root_parts.h"

#include "base/clock.h"
#include "pki/certificate.h"
#include "pki/csr.h"
#include "pki/subject.h"
#include "signer/place.h"

static RESULT
load_request(enum authority authority, const char *folder, struct buf *out,
    struct csr *csr)
{
	char path[PLACE_PATH];

	TRY(place_path(folder, authority_name(authority), ".p10", path));
	TRY(place_read(path, CSR_MAX, out));
	return csr_parse(span_of_buf(out), csr);
}

/* Both machines must have been told the same of whom they serve. */
static RESULT
check_subject(
    const struct csr *csr, const struct certificate *c, const char *name)
{
	if (span_equal(csr->subject, c->subject.der))
		return OK;
	return FAIL(ERR_CONFLICT,
	    "the request for %s names somebody else: [pki] country, "
	    "organisation and organisation_id must be the same here and there",
	    name);
}

/* The settings here are still those that the root was made with. */
static RESULT
check_settings(struct root *r)
{
	struct ceremony_plan plan = root_plan(r);
	AUTO(buf_clear) struct buf name;
	struct certificate c;

	buf_init(&name, SUBJECT_MAX);
	TRY(certificate_parse(span_of_buf(&r->certificate), &c));
	TRY(ceremony_root_name(&plan, &name));
	if (span_equal(span_of_buf(&name), c.subject.der))
		return OK;
	return FAIL(ERR_CONFLICT,
	    "the %s was made for somebody else than [pki] country, "
	    "organisation and organisation_id name here: put back what they "
	    "were, see its minutes",
	    root_name(r));
}

/* Addresses stand in the certificate: what the signer's machine has is said
 * beside the request. It protects from mistakes, and nothing believes it. */
static RESULT
check_address(struct root *r, enum authority authority, const char *folder,
    struct minutes *m)
{
	AUTO(buf_clear) struct buf theirs, ours;
	char path[PLACE_PATH];

	buf_init(&theirs, 0);
	buf_init(&ours, PLACE_PATH);
	TRY(place_path(folder, authority_name(authority), ".settings", path));
	enum err found = place_read(path, PLACE_PATH, &theirs);
	if (found == ERR_NOT_FOUND) {
		err_clear();
		return minutes_note(m,
		    "The settings of the signer's machine "
		    "did not come with the request: "
		    "pki.base_url is %s here.",
		    conf_text(r->conf, CONF_pki_base_url));
	}
	TRY(found);
	TRY(place_settings(r->conf, &ours));
	if (span_equal(span_of_buf(&theirs), span_of_buf(&ours)))
		return OK;
	return FAIL(ERR_CONFLICT,
	    "pki.base_url is %s here and another on the signer's machine "
	    "(%s): it stands in the certificate and has to be the same",
	    conf_text(r->conf, CONF_pki_base_url), path);
}

static RESULT
check_key(const struct csr *csr, const struct digest *expected)
{
	if (memcmp(expected->bytes, csr->key.bytes, DIGEST_SIZE) != 0)
		return FAIL(ERR_CONFLICT,
		    "the request is about another key than was read aloud");
	return OK;
}

RESULT
root_compare(enum authority authority, const char *folder,
    const struct digest *expected)
{
	AUTO(buf_clear) struct buf request;
	struct csr csr;

	buf_init(&request, CSR_MAX);
	TRY(load_request(authority, folder, &request, &csr));
	return check_key(&csr, expected);
}

static RESULT
compare(const struct csr *csr, const struct digest *expected, struct minutes *m)
{
	if (!expected)
		return minutes_note(m,
		    "Nobody compared the request with what the signer's "
		    "machine printed.");
	TRY(check_key(csr, expected));
	return minutes_note(m, "The digest of the public key was compared with "
			       "the signer's minutes and is the same.");
}

static RESULT
build(struct root *r, enum authority authority, const struct csr *csr,
    struct buf *out)
{
	struct ceremony_plan plan = root_plan(r);
	struct certificate c;

	plan.generation = authority_generation(authority);
	buf_init(out, CERTIFICATE_MAX);
	TRY(ceremony_issuing(&plan, profile_find(authority_profile(authority)),
	    span_of_buf(&r->certificate), csr->public_key, out));
	TRY(certificate_parse(span_of_buf(out), &c));
	return check_subject(csr, &c, authority_name(authority));
}

/* One that was given before, for this key. ERR_NOT_FOUND: none. */
static RESULT
load_given(struct root *r, enum authority authority, const struct csr *csr,
    struct buf *out)
{
	char path[PLACE_PATH];
	struct certificate c;

	TRY(place_path(
	    root_folder(r), authority_name(authority), ".cer", path));
	TRY(place_read(path, CERTIFICATE_MAX, out));
	TRY(certificate_parse(span_of_buf(out), &c));
	if (!span_equal(c.public_key, csr->public_key))
		return FAIL(ERR_CONFLICT,
		    "%s was certified with another key: the next generation "
		    "has a name of its own",
		    authority_name(authority));
	return OK;
}

static RESULT
give(struct root *r, enum authority authority, const struct csr *csr,
    struct buf *out, struct minutes *m)
{
	const char *name = authority_name(authority);
	enum err given = load_given(r, authority, csr, out);

	if (given == OK)
		return minutes_note(m,
		    "%s was certified before with this key; "
		    "the same certificate is given again.",
		    name);
	if (given != ERR_NOT_FOUND)
		return given;
	buf_clear(out);
	TRY(build(r, authority, csr, out));
	TRY(minutes_note(m, "The %s certifies %s.", root_name(r), name));
	TRY(records_authority(
	    r->records, authority, span_of_buf(out), clock_now()));
	return records_sync(r->records);
}

/* What relying parties need of the root goes with it. */
static RESULT
lay_root(struct root *r, const char *folder)
{
	AUTO(buf_clear) struct buf list;
	char path[PLACE_PATH];

	buf_init(&list, 0);
	TRY(root_write(
	    r, root_name(r), ".cer", span_of_buf(&r->certificate), folder));
	TRY(place_path(root_folder(r), root_name(r), ".crl", path));
	enum err found = place_read(path, ROOT_LIST_MAX, &list);
	if (found == ERR_NOT_FOUND) {
		buf_clear(&list);
		TRY(place_path(conf_text(r->conf, CONF_pki_ca_dir),
		    root_name(r), ".crl", path));
		found = place_read(path, ROOT_LIST_MAX, &list);
	}
	TRY(found);
	return root_write(r, root_name(r), ".crl", span_of_buf(&list), folder);
}

RESULT
root_certify(struct root *r, enum authority authority, const char *folder,
    const struct digest *expected, struct minutes *m)
{
	AUTO(buf_clear) struct buf request, certificate;
	AUTO(free) char *file = NULL;
	struct csr csr;

	buf_init(&certificate, CERTIFICATE_MAX);
	buf_init(&request, CSR_MAX);
	if (!authority_issues(authority))
		return FAIL(
		    ERR_INVALID, "a root certifies issuing authorities");
	if (r->certificate.size == 0)
		return FAIL(ERR_NOT_FOUND, "there is no %s yet", root_name(r));
	TRY(check_settings(r));
	TRY(load_request(authority, folder, &request, &csr));
	TRY(check_address(r, authority, folder, m));
	TRY(minutes_note(m,
	    "The request for %s was read; it is signed by the "
	    "key that it is about.",
	    authority_name(authority)));
	TRY(compare(&csr, expected, m));
	TRY(give(r, authority, &csr, &certificate, m));
	if (asprintf(&file, "%s.cer", authority_name(authority)) < 0)
		abort();
	TRY(minutes_certificate(m, file, span_of_buf(&certificate), NULL));
	TRY(lay_root(r, folder));
	TRY(root_write(r, authority_name(authority), ".cer",
	    span_of_buf(&certificate), folder));
	return minutes_note(m,
	    "%s, %s.cer and %s.crl lie in the folder: carry "
	    "them to the signer's machine.",
	    file, root_name(r), root_name(r));
}
