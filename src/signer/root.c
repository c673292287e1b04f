/*
 * Everything looks first whether it was done: a ceremony that was cut short
 * goes on where it was, and one that is repeated changes nothing. The ledger
 * is written before what it tells of leaves the machine.
 */
#include "signer/root.h"

#include "base/clock.h"
#include "base/codec.h"
#include "pki/certificate.h"
#include "pki/crl.h"
#include "pki/csr.h"
#include "pki/lint.h"
#include "pki/oids.h"
#include "pki/subject.h"
#include "signer/place.h"
#include "signer/signer.h"

#define PIN_OCTETS 18 /* 24 letters of base64 */
#define PIN_SALT "paraph root"
#define LIST_DAYS 360 /* at least yearly (B-16) */
#define LIST_MAX ((size_t)1 << 20)

static const char *
folder_of(const struct root *r)
{
	return conf_text(r->conf, CONF_pki_ceremony_dir);
}

static const char *
name_of(const struct root *r)
{
	return authority_name(r->authority);
}

RESULT
root_custodians(const struct conf *conf, struct quorum *out)
{
	return quorum_load(
	    conf_text(conf, CONF_pki_ceremony_dir), QUORUM_FILE, out);
}

/* ---- opening ---- */

static RESULT
derive_pin(const struct secret *key, const char *purpose, struct secret *out)
{
	AUTO(secret_clear) struct secret octets = {0};
	AUTO(buf_wipe) struct buf text;

	buf_init(&text, 64);
	TRY(secret_new(PIN_OCTETS, &octets));
	TRY(digest_derive(span_of_secret(key), span_of_text(PIN_SALT), purpose,
	    octets.data, PIN_OCTETS));
	TRY(base64url_encode(span_of_secret(&octets), &text));
	return secret_copy(span_of_buf(&text), out);
}

static RESULT
derive_pins(
    const struct secret *key, struct secret *pin, struct secret *so_pin)
{
	TRY(derive_pin(key, "paraph root token pin 1", pin));
	return derive_pin(key, "paraph root token so pin 1", so_pin);
}

RESULT
root_change_pins(const struct conf *conf, const struct secret *before,
    const struct secret *next)
{
	AUTO(secret_clear) struct secret pin = {0};
	AUTO(secret_clear) struct secret so_pin = {0};
	AUTO(secret_clear) struct secret next_pin = {0};
	AUTO(secret_clear) struct secret next_so_pin = {0};

	if (before)
		TRY(derive_pins(before, &pin, &so_pin));
	else
		TRY(place_root_pins(conf, &pin, &so_pin));
	TRY(derive_pins(next, &next_pin, &next_so_pin));
	return place_change_root_pins(conf,
	    &(struct token_pin_change){span_of_secret(&pin),
		span_of_secret(&so_pin), span_of_secret(&next_pin),
		span_of_secret(&next_so_pin)});
}

static RESULT
open_token(struct root *r, const struct secret *key, bool make)
{
	AUTO(secret_clear) struct secret pin = {0};
	AUTO(secret_clear) struct secret so_pin = {0};

	if (!key)
		return place_open_root_by_file(r->conf, false, &r->token);
	TRY(derive_pins(key, &pin, &so_pin));
	if (!make)
		so_pin.size = 0;
	return place_open_root(r->conf, span_of_secret(&pin),
	    span_of_secret(&so_pin), &r->token);
}

/* One that paraph init made has its certificate with the others. */
static RESULT
load_certificate(struct root *r)
{
	char path[PLACE_PATH];

	buf_init(&r->certificate, 0);
	TRY(place_path(folder_of(r), name_of(r), ".cer", path));
	enum err found = place_read(path, CERTIFICATE_MAX, &r->certificate);
	if (found != ERR_NOT_FOUND)
		return found;
	TRY(place_path(conf_text(r->conf, CONF_pki_ca_dir), name_of(r), ".cer",
	    path));
	buf_clear(&r->certificate);
	found = place_read(path, CERTIFICATE_MAX, &r->certificate);
	if (found == ERR_NOT_FOUND)
		err_clear();
	return found == ERR_NOT_FOUND ? OK : found;
}

static RESULT
check_key(struct root *r)
{
	struct certificate c;
	enum key_kind kind;

	if (r->certificate.size == 0)
		return OK;
	TRY(certificate_parse(span_of_buf(&r->certificate), &c));
	if (public_key_judge(c.public_key, &kind) != KEY_accepted)
		return FAIL(ERR_INVALID, "the root's key");
	TRY(token_key_find(r->token, name_of(r), kind, &r->key));
	if (!span_equal(c.public_key, place_key(&r->key)))
		return FAIL(ERR_CONFLICT,
		    "certificate and key of the %s do not match", name_of(r));
	return OK;
}

RESULT
root_open(const struct conf *conf, enum authority authority,
    const struct secret *key, bool make, struct root *out)
{
	AUTO(root_close)
	struct root r = {.conf = conf, .authority = authority};
	char path[PLACE_PATH];
	size_t repaired;

	TRY(place_path(folder_of(&r), "ledger", "", path));
	TRY(place_folder_of(path));
	TRY(open_token(&r, key, make));
	TRY(load_certificate(&r));
	TRY(check_key(&r));
	TRY(records_open(folder_of(&r), clock_now(), &r.records, &repaired));
	*out = r;
	r = (struct root){0};
	return OK;
}

void
root_close(struct root *r)
{
	records_close(r->records);
	token_close(r->token);
	buf_clear(&r->certificate);
	*r = (struct root){0};
}

/* ---- making it ---- */

static struct ceremony_plan
plan_of(struct root *r)
{
	struct ceremony_plan plan = signer_plan(r->conf);

	plan.generation = authority_generation(r->authority);
	plan.root_file = name_of(r);
	plan.root = token_key_signing(&r->key);
	plan.root_public = place_key(&r->key);
	return plan;
}

static RESULT
write_both(struct root *r, const char *name, const char *ending,
    struct span bytes, const char *folder)
{
	char path[PLACE_PATH];

	TRY(place_path(folder_of(r), name, ending, path));
	TRY(place_write(path, bytes, 0644));
	if (!folder)
		return OK;
	TRY(place_path(folder, name, ending, path));
	return place_write(path, bytes, 0644);
}

static RESULT
take_key(struct root *r, struct minutes *m)
{
	enum key_kind kind;

	TRY(place_root_key(r->conf, &kind));
	enum err found =
	    token_key_find(r->token, name_of(r), kind, &r->key);
	if (found == OK)
		return minutes_note(m, "The key of the %s is in the token "
				       "already, from an earlier start.",
		    name_of(r));
	if (found != ERR_NOT_FOUND)
		return found;
	TRY(minutes_note(m, "The token makes the key of the %s, %s. It cannot "
			    "be taken out of it.",
	    name_of(r), key_kind_name(kind)));
	return token_key_make(r->token, name_of(r), kind, &r->key);
}

static RESULT
note_root(struct root *r, struct span der)
{
	int64_t now = clock_now();

	TRY(records_authority(r->records, r->authority, der, now));
	if (records_last_list(r->records, r->authority) == 0)
		TRY(records_list(r->records, r->authority, 1, now));
	return records_sync(r->records);
}

static RESULT
tell(struct root *r, struct minutes *m, struct span list)
{
	AUTO(free) char *cer = NULL;
	AUTO(free) char *crl = NULL;

	if (asprintf(&cer, "%s.cer", name_of(r)) < 0 ||
	    asprintf(&crl, "%s.crl", name_of(r)) < 0)
		abort();
	TRY(minutes_certificate(
	    m, cer, span_of_buf(&r->certificate), r->token));
	return list.size ? minutes_list(m, crl, list) : OK;
}

RESULT
root_make(struct root *r, struct minutes *m)
{
	AUTO(buf_clear) struct buf certificate, list;

	buf_init(&certificate, 0);
	buf_init(&list, 0);
	if (r->certificate.size > 0) {
		TRY(minutes_note(m, "The %s exists already; nothing is "
				    "changed.",
		    name_of(r)));
		return tell(r, m, SPAN(NULL, 0));
	}
	TRY(take_key(r, m));
	struct ceremony_plan plan = plan_of(r);
	TRY(minutes_note(m, "The %s certifies itself and signs its first "
			    "revocation list, which is empty.",
	    name_of(r)));
	TRY(ceremony_root(&plan, &certificate, &list));
	TRY(note_root(r, span_of_buf(&certificate)));
	TRY(write_both(r, name_of(r), ".crl", span_of_buf(&list), NULL));
	TRY(write_both(r, name_of(r), ".cer", span_of_buf(&certificate), NULL));
	TRY(buf_add_span(&r->certificate, span_of_buf(&certificate)));
	return tell(r, m, span_of_buf(&list));
}

/* ---- certifying ---- */

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
	struct ceremony_plan plan = plan_of(r);
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
	    name_of(r));
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
		return minutes_note(m, "The settings of the signer's machine "
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
compare(const struct csr *csr, const struct digest *expected,
    struct minutes *m)
{
	if (!expected)
		return minutes_note(m,
		    "Nobody compared the request with what the signer's "
		    "machine printed.");
	if (memcmp(expected->bytes, csr->key.bytes, DIGEST_SIZE) != 0)
		return FAIL(ERR_CONFLICT,
		    "the request is about another key than was read aloud");
	return minutes_note(m, "The digest of the public key was compared with "
			       "the signer's minutes and is the same.");
}

static RESULT
build(struct root *r, enum authority authority, const struct csr *csr,
    struct buf *out)
{
	struct ceremony_plan plan = plan_of(r);
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
	    folder_of(r), authority_name(authority), ".cer", path));
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
		return minutes_note(m, "%s was certified before with this key; "
				       "the same certificate is given again.",
		    name);
	if (given != ERR_NOT_FOUND)
		return given;
	buf_clear(out);
	TRY(build(r, authority, csr, out));
	TRY(minutes_note(m, "The %s certifies %s.", name_of(r), name));
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
	TRY(write_both(r, name_of(r), ".cer", span_of_buf(&r->certificate),
	    folder));
	TRY(place_path(folder_of(r), name_of(r), ".crl", path));
	enum err found = place_read(path, LIST_MAX, &list);
	if (found == ERR_NOT_FOUND) {
		buf_clear(&list);
		TRY(place_path(conf_text(r->conf, CONF_pki_ca_dir), name_of(r),
		    ".crl", path));
		found = place_read(path, LIST_MAX, &list);
	}
	TRY(found);
	return write_both(r, name_of(r), ".crl", span_of_buf(&list), folder);
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
		return FAIL(ERR_INVALID, "a root certifies issuing authorities");
	if (r->certificate.size == 0)
		return FAIL(ERR_NOT_FOUND, "there is no %s yet", name_of(r));
	TRY(check_settings(r));
	TRY(load_request(authority, folder, &request, &csr));
	TRY(check_address(r, authority, folder, m));
	TRY(minutes_note(m, "The request for %s was read; it is signed by the "
			    "key that it is about.",
	    authority_name(authority)));
	TRY(compare(&csr, expected, m));
	TRY(give(r, authority, &csr, &certificate, m));
	if (asprintf(&file, "%s.cer", authority_name(authority)) < 0)
		abort();
	TRY(minutes_certificate(m, file, span_of_buf(&certificate), NULL));
	TRY(lay_root(r, folder));
	TRY(write_both(r, authority_name(authority), ".cer",
	    span_of_buf(&certificate), folder));
	return minutes_note(m, "%s, %s.cer and %s.crl lie in the folder: carry "
			       "them to the signer's machine.",
	    file, name_of(r), name_of(r));
}

/* ---- lists ---- */

/* A list that this root signed says what a ledger that was lost does not. */
static RESULT
recall_entries(struct root *r, struct span list, struct minutes *m)
{
	struct crl_item items[RECORDS_WITHDRAWN_MAX];
	size_t count, recalled = 0;

	TRY(crl_items(list, items, RECORDS_WITHDRAWN_MAX, &count));
	for (size_t i = 0; i < count; i++) {
		if (records_withdrawn(r->records, r->authority, items[i].serial))
			continue;
		TRY(records_revoke_authority(r->records, r->authority,
		    items[i].serial, items[i].reason, items[i].revoked_at,
		    clock_now()));
		recalled++;
	}
	return recalled == 0 ? OK
			     : minutes_note(m, "The last list names %zu revoked "
					       "certificates that the ledger "
					       "did not know: written into it.",
				   recalled);
}

static RESULT
recall_list(struct root *r, const char *dir, uint64_t *number,
    struct minutes *m)
{
	AUTO(buf_clear) struct buf list;
	struct crl_outline last;
	char path[PLACE_PATH];

	buf_init(&list, LIST_MAX);
	TRY(place_path(dir, name_of(r), ".crl", path));
	enum err found = place_read(path, LIST_MAX, &list);
	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	if (crl_verify(span_of_buf(&list), place_key(&r->key)) != OK)
		return FAIL(ERR_DENIED, "%s is not signed by this root", path);
	TRY(crl_outline(span_of_buf(&list), &last));
	if (last.number > *number)
		*number = last.number;
	return recall_entries(r, span_of_buf(&list), m);
}

/* One that was published by another way counts, too. */
static RESULT
next_number(struct root *r, struct minutes *m, uint64_t *out)
{
	uint64_t number = records_last_list(r->records, r->authority);

	TRY(recall_list(r, folder_of(r), &number, m));
	TRY(recall_list(
	    r, conf_text(r->conf, CONF_pki_ca_dir), &number, m));
	if (number == 0)
		return FAIL(ERR_WRONG_STATE,
		    "the ledger of this root is new and its last list is not "
		    "here: put %s.crl as it was published into %s",
		    name_of(r), folder_of(r));
	*out = number + 1;
	return OK;
}

static RESULT
withdraw(struct root *r, struct span der, uint8_t reason, struct minutes *m)
{
	AUTO(buf_clear) struct buf hex;
	struct certificate c, root;

	buf_init(&hex, 64);
	TRY(certificate_parse(der, &c));
	TRY(certificate_parse(span_of_buf(&r->certificate), &root));
	if (!span_equal(c.issuer.der, root.subject.der) ||
	    signature_verify(place_key(&r->key), c.algorithm, c.tbs,
		c.signature) != OK ||
	    span_equal(c.subject.der, root.subject.der))
		return FAIL(ERR_INVALID,
		    "not a certificate of an authority under this root");
	TRY(hex_encode(c.serial, &hex));
	if (records_withdrawn(r->records, r->authority, c.serial))
		return minutes_note(m, "The certificate %s was revoked before.",
		    buf_text(&hex));
	TRY(records_revoke_authority(r->records, r->authority, c.serial, reason,
	    clock_now(), clock_now()));
	return minutes_note(m, "The certificate with the serial number %s is "
			       "revoked, for good.",
	    buf_text(&hex));
}

static RESULT
build_list(struct root *r, uint64_t number, struct buf *out)
{
	int64_t now = clock_now() / SECOND * SECOND;
	struct crl_item items[RECORDS_WITHDRAWN_MAX];
	struct signing_key key = token_key_signing(&r->key);
	struct crl_facts f = {
	    .issuer_certificate = span_of_buf(&r->certificate),
	    .number = number,
	    .this_update = now,
	    .next_update = now + LIST_DAYS * DAY,
	    .items = items,
	    .count = records_withdrawn_items(r->records, r->authority, items),
	    .keeps_expired = true,
	};

	buf_init(out, LIST_MAX);
	return crl_build(&f, &key, out);
}

RESULT
root_list(struct root *r, const char *folder, struct span certificate,
    uint8_t reason, struct minutes *m)
{
	AUTO(buf_clear) struct buf list;
	AUTO(free) char *file = NULL;
	uint64_t number;

	buf_init(&list, LIST_MAX);
	if (r->certificate.size == 0)
		return FAIL(ERR_NOT_FOUND, "there is no %s yet", name_of(r));
	TRY(next_number(r, m, &number));
	if (certificate.size > 0)
		TRY(withdraw(r, certificate, reason, m));
	TRY(records_list(r->records, r->authority, number, clock_now()));
	TRY(records_sync(r->records));
	TRY(build_list(r, number, &list));
	TRY(write_both(
	    r, name_of(r), ".crl", span_of_buf(&list), folder));
	TRY(minutes_note(m, "The %s signs its revocation list number %llu.",
	    name_of(r), (unsigned long long)number));
	if (asprintf(&file, "%s.crl", name_of(r)) < 0)
		abort();
	return minutes_list(m, file, span_of_buf(&list));
}
