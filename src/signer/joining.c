/*
 * Nothing that came in the folder is believed: a root by the digest that was
 * read aloud, everything else by the root's signature, the profile's lint and
 * the key that is in the token.
 */
#include "signer/joining.h"

#include "base/clock.h"
#include "pki/certificate.h"
#include "pki/crl.h"
#include "pki/csr.h"
#include "pki/lint.h"
#include "pki/subject.h"
#include "signer/place.h"
#include "signer/signer.h"

#define LIST_MAX ((size_t)1 << 20)

struct joining {
	const struct conf *conf;
	const char *folder;
	const struct digest *expected; /* of a new root */
	struct minutes *minutes;
	struct token *token;
	struct records *records;
};

static void
joining_clear(struct joining *j)
{
	records_close(j->records);
	token_close(j->token);
}

DEFINE_AUTO_CLEAR(joining_clear, struct joining)

static const struct profile *
profile_of(enum authority authority)
{
	return profile_find(authority_profile(authority));
}

/* ---- request ---- */

static RESULT
build_request(const struct conf *conf, enum authority authority,
    struct token_key *key, struct buf *out)
{
	struct ceremony_plan plan = signer_plan(conf);
	struct signing_key signing = token_key_signing(key);
	AUTO(buf_clear) struct buf subject;

	buf_init(&subject, SUBJECT_MAX);
	buf_init(out, CSR_MAX);
	plan.generation = authority_generation(authority);
	plan.issuing_public = place_key(key);
	TRY(ceremony_issuing_name(&plan, profile_of(authority), &subject));
	return csr_build(span_of_buf(&subject), place_key(key), &signing, out);
}

/* A key that is there belongs to an earlier start, unless it is certified. */
static RESULT
take_key(const struct conf *conf, enum authority authority, struct token *t,
    struct token_key *out, struct minutes *m)
{
	const char *name = authority_name(authority);
	enum key_kind kind;

	TRY(place_issuing_key(conf, &kind));
	enum err found = token_key_find(t, name, kind, out);
	if (found == OK)
		return minutes_note(m, "The key of %s is in the token "
				       "already, from an earlier start.",
		    name);
	if (found != ERR_NOT_FOUND)
		return found;
	TRY(minutes_note(m, "The signer's token makes the key of %s, %s. It "
			    "cannot be taken out of it.",
	    name, key_kind_name(kind)));
	return token_key_make(t, name, kind, out);
}

/* Only then a token is made: where there are authorities, one that is missing
 * was not mounted, or is lost. */
static bool
is_first(const struct conf *conf)
{
	char path[PLACE_PATH];

	for (unsigned i = 0; i < AUTHORITY_COUNT; i++)
		if (authority_issues((enum authority)i) &&
		    place_path(conf_text(conf, CONF_pki_ca_dir),
			authority_name((enum authority)i), ".cer",
			path) == OK &&
		    place_has(path))
			return false;
	return true;
}

RESULT
joining_request(const struct conf *conf, enum authority authority,
    const char *folder, struct minutes *m)
{
	const char *name = authority_name(authority);
	AUTO(token_close) struct token *token = NULL;
	AUTO(buf_clear) struct buf request, settings;
	AUTO(free) char *file = NULL;
	char path[PLACE_PATH];
	struct token_key key;

	buf_init(&request, 0);
	buf_init(&settings, PLACE_PATH);
	if (!authority_issues(authority))
		return FAIL(ERR_INVALID, "%s does not issue", name);
	TRY(place_path(conf_text(conf, CONF_pki_ca_dir), name, ".cer", path));
	if (place_has(path))
		return FAIL(ERR_CONFLICT,
		    "%s has its certificate; the next generation has the next "
		    "number",
		    name);
	TRY(place_open_signer(conf, is_first(conf), &token));
	TRY(place_take_secrets(token));
	TRY(take_key(conf, authority, token, &key, m));
	TRY(build_request(conf, authority, &key, &request));
	TRY(place_path(folder, name, ".p10", path));
	TRY(place_write(path, span_of_buf(&request), 0644));
	TRY(place_settings(conf, &settings));
	TRY(place_path(folder, name, ".settings", path));
	TRY(place_write(path, span_of_buf(&settings), 0644));
	if (asprintf(&file, "%s.p10", name) < 0)
		abort();
	TRY(minutes_request(m, file, place_key(&key), token));
	return minutes_note(m, "The request %s lies in the folder: carry it to "
			       "the root's machine, with these minutes.",
	    file);
}

/* ---- accept: the root ---- */

static RESULT
ca_path(const struct joining *j, enum authority a, const char *ending,
    char out[PLACE_PATH])
{
	return place_path(conf_text(j->conf, CONF_pki_ca_dir),
	    authority_name(a), ending, out);
}

static RESULT
write_ca(const struct joining *j, const char *name, const char *ending,
    struct span bytes)
{
	char path[PLACE_PATH];

	TRY(place_path(
	    conf_text(j->conf, CONF_pki_ca_dir), name, ending, path));
	return place_write(path, bytes, 0644);
}

static RESULT
read_in(const struct joining *j, enum authority a, const char *ending,
    size_t max, struct buf *out)
{
	char path[PLACE_PATH];

	TRY(place_path(j->folder, authority_name(a), ending, path));
	return place_read(path, max, out);
}

static RESULT
refuse_findings(const struct joining *j, struct span der,
    const struct profile *p, struct span issuer, const char *issuer_file)
{
	struct lint_context context = {
	    .base_url = conf_text(j->conf, CONF_pki_base_url),
	    .own_policy = conf_text(j->conf, CONF_pki_policy_oid),
	    .issuer = issuer,
	    .issuer_file = issuer_file};
	struct lint_report report;

	lint_certificate(der, p, &context, &report);
	return lint_refuse(&report);
}

/* Whoever's clock is wrong: its certificates would be, too. */
static RESULT
check_begun(const struct certificate *c)
{
	char from[CLOCK_TEXT_SIZE], now[CLOCK_TEXT_SIZE];

	if (c->not_before <= clock_now() + HOUR)
		return OK;
	clock_format(c->not_before, from);
	clock_format(clock_now(), now);
	return FAIL(ERR_CONFLICT,
	    "it is valid from %.16s on, and here it is %.16s: the clock of one "
	    "of the machines is wrong",
	    from, now);
}

static RESULT
check_new_root(const struct joining *j, struct span der)
{
	struct digest d = digest_sha256(der);
	struct certificate c;

	TRY(certificate_parse(der, &c));
	TRY(check_begun(&c));
	TRY(refuse_findings(j, der, &profile_root, SPAN(NULL, 0), NULL));
	if (signature_verify(
		c.public_key, c.algorithm, c.tbs, c.signature) != OK)
		return FAIL(ERR_DENIED, "the root did not sign itself");
	if (!j->expected)
		return FAIL(ERR_DENIED,
		    "a new root needs --fingerprint, from its minutes");
	if (memcmp(j->expected->bytes, d.bytes, DIGEST_SIZE) != 0)
		return FAIL(ERR_DENIED,
		    "the root has another digest than was read aloud");
	return OK;
}

static RESULT
accept_root(struct joining *j, enum authority a)
{
	AUTO(buf_clear) struct buf der, known;
	AUTO(free) char *file = NULL;
	char path[PLACE_PATH];

	buf_init(&der, 0);
	buf_init(&known, 0);
	enum err found = read_in(j, a, ".cer", CERTIFICATE_MAX, &der);
	if (found == ERR_NOT_FOUND)
		return OK;
	TRY(found);
	TRY(ca_path(j, a, ".cer", path));
	if (place_read(path, CERTIFICATE_MAX, &known) == OK)
		return span_equal(span_of_buf(&der), span_of_buf(&known))
			   ? OK
			   : FAIL(ERR_CONFLICT, "another %s than the one here",
				 authority_name(a));
	TRY(check_new_root(j, span_of_buf(&der)));
	TRY(records_authority(
	    j->records, a, span_of_buf(&der), clock_now()));
	TRY(records_sync(j->records));
	TRY(write_ca(j, authority_name(a), ".cer", span_of_buf(&der)));
	if (asprintf(&file, "%s.cer", authority_name(a)) < 0)
		abort();
	TRY(minutes_note(j->minutes, "The root %s has the digest that was read "
				     "aloud and is taken in.",
	    authority_name(a)));
	return minutes_certificate(j->minutes, file, span_of_buf(&der), NULL);
}

static RESULT
load_root(const struct joining *j, enum authority a, struct buf *out,
    struct certificate *c)
{
	char path[PLACE_PATH];

	TRY(ca_path(j, a, ".cer", path));
	TRY(place_read(path, CERTIFICATE_MAX, out));
	return certificate_parse(span_of_buf(out), c);
}

/* A list never goes back (B-12). */
static RESULT
is_newer(const struct joining *j, enum authority a,
    const struct crl_outline *list, bool *newer)
{
	AUTO(buf_clear) struct buf here;
	struct crl_outline last;
	char path[PLACE_PATH];

	buf_init(&here, 0);
	TRY(ca_path(j, a, ".crl", path));
	*newer = true;
	if (place_read(path, LIST_MAX, &here) != OK) {
		err_clear();
		return OK;
	}
	TRY(crl_outline(span_of_buf(&here), &last));
	*newer = list->number > last.number;
	return OK;
}

static RESULT
accept_list(struct joining *j, enum authority a)
{
	AUTO(buf_clear) struct buf der, root;
	AUTO(free) char *file = NULL;
	struct certificate c;
	struct crl_outline list;
	bool newer;

	buf_init(&der, 0);
	buf_init(&root, 0);
	enum err found = read_in(j, a, ".crl", LIST_MAX, &der);
	if (found == ERR_NOT_FOUND)
		return OK;
	TRY(found);
	TRY(load_root(j, a, &root, &c));
	TRY(crl_outline(span_of_buf(&der), &list));
	if (crl_verify(span_of_buf(&der), c.public_key) != OK ||
	    !span_equal(list.issuer, c.subject.der))
		return FAIL(ERR_DENIED, "the list is not the %s's",
		    authority_name(a));
	TRY(is_newer(j, a, &list, &newer));
	if (!newer)
		return OK;
	TRY(write_ca(j, authority_name(a), ".crl", span_of_buf(&der)));
	if (asprintf(&file, "%s.crl", authority_name(a)) < 0)
		abort();
	TRY(minutes_note(j->minutes,
	    "The revocation list number %llu of the %s is taken in.",
	    (unsigned long long)list.number, authority_name(a)));
	return minutes_list(j->minutes, file, span_of_buf(&der));
}

/* ---- accept: an issuing authority ---- */

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
		if (load_root(j, a, der, &root) != OK) {
			err_clear();
			continue;
		}
		if (!span_equal(root.subject.der, c->issuer.der))
			continue;
		*out = a;
		return signature_verify(root.public_key, c->algorithm, c->tbs,
		    c->signature);
	}
	return FAIL(ERR_NOT_FOUND, "its root is not here");
}

static RESULT
check_certificate(struct joining *j, enum authority a, struct span der,
    struct token_key *key)
{
	AUTO(buf_clear) struct buf root;
	enum authority above;
	struct certificate c;
	enum key_kind kind;

	buf_init(&root, 0);
	TRY(certificate_parse(der, &c));
	TRY(check_begun(&c));
	TRY(find_root(j, &c, &above, &root));
	TRY(refuse_findings(j, der, profile_of(a), span_of_buf(&root),
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
	TRY(ceremony_issuing_name(&plan, profile_of(a), &name));
	if (!span_equal(span_of_buf(&name), c.subject.der))
		return FAIL(ERR_CONFLICT, "the certificate of %s names "
		    "somebody else", authority_name(a));
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
write_all(
    const struct joining *j, enum authority a, const struct ceremony_authority *p)
{
	TRY(write_ca(
	    j, authority_responder(a), ".cer", span_of_buf(&p->responder)));
	TRY(write_ca(j, authority_name(a), ".crl", span_of_buf(&p->list)));
	return write_ca(j, authority_name(a), ".cer", span_of_buf(&p->issuing));
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
	TRY(minutes_note(j->minutes, "%s is certified by its root, for the key "
				     "in the token here, and is taken in with "
				     "an OCSP responder and a first list.",
	    authority_name(a)));
	return minutes_certificate(j->minutes, file, der, j->token);
}

static RESULT
accept_issuing(struct joining *j, enum authority a)
{
	AUTO(buf_clear) struct buf der, known;
	char path[PLACE_PATH];

	buf_init(&der, 0);
	buf_init(&known, 0);
	enum err found = read_in(j, a, ".cer", CERTIFICATE_MAX, &der);
	if (found == ERR_NOT_FOUND)
		return OK;
	TRY(found);
	TRY(ca_path(j, a, ".cer", path));
	if (place_read(path, CERTIFICATE_MAX, &known) != OK)
		return take_in(j, a, span_of_buf(&der));
	if (!span_equal(span_of_buf(&der), span_of_buf(&known)))
		return FAIL(ERR_CONFLICT, "another %s than the one here",
		    authority_name(a));
	return minutes_note(
	    j->minutes, "%s is here already.", authority_name(a));
}

static RESULT
open_records(struct joining *j)
{
	char why[256];
	size_t repaired;

	TRY(place_folder_of(conf_text(j->conf, CONF_pki_pin_file)));
	enum err opened = records_open(conf_text(j->conf, CONF_signer_dir),
	    clock_now(), &j->records, &repaired);
	if (opened != ERR_LEDGER)
		return opened;
	snprintf(why, sizeof(why), "%s", err_explanation());
	return FAIL(ERR_UNAVAILABLE,
	    "%s: while the signer is at work, stop the service first", why);
}

typedef RESULT accept(struct joining *j, enum authority a);

static RESULT
accept_each(struct joining *j, bool issues, accept *one)
{
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++)
		if (authority_issues((enum authority)i) == issues)
			TRY(one(j, (enum authority)i));
	err_clear();
	return OK;
}

/* The wrong folder is told before anything is opened. */
static RESULT
look_into(const char *folder)
{
	static const char *const endings[] = {".cer", ".crl"};
	char path[PLACE_PATH];

	for (unsigned i = 0; i < AUTHORITY_COUNT; i++)
		for (size_t k = 0; k < 2; k++) {
			TRY(place_path(folder, authority_name((enum authority)i),
			    endings[k], path));
			if (place_has(path))
				return OK;
		}
	return FAIL(ERR_NOT_FOUND,
	    "nothing of a root lies in %s: neither certificates nor lists",
	    folder);
}

RESULT
joining_accept(const struct conf *conf, const char *folder,
    const struct digest *expected, struct minutes *m)
{
	AUTO(joining_clear)
	struct joining j = {.conf = conf,
	    .folder = folder,
	    .expected = expected,
	    .minutes = m};

	TRY(look_into(folder));
	TRY(place_open_signer(conf, false, &j.token));
	TRY(open_records(&j));
	TRY(accept_each(&j, false, accept_root));
	TRY(accept_each(&j, false, accept_list));
	TRY(accept_each(&j, true, accept_issuing));
	return minutes_note(m, "Start the service again, and then: paraph "
			       "repository publish.");
}

/* Another generation of the same, that is here and has begun. */
static bool
another_issues(struct joining *j, enum authority authority, int64_t now)
{
	char path[PLACE_PATH];

	for (unsigned i = 0; i < AUTHORITY_COUNT; i++) {
		enum authority other = (enum authority)i;

		if (other != authority &&
		    authority_family(other) == authority_family(authority) &&
		    ca_path(j, other, ".cer", path) == OK && place_has(path) &&
		    records_issues_from(j->records, other) <= now)
			return true;
	}
	return false;
}

RESULT
joining_begin(const struct conf *conf, enum authority authority, int64_t from,
    struct minutes *m)
{
	AUTO(joining_clear)
	struct joining j = {.conf = conf, .minutes = m};
	char path[PLACE_PATH], text[CLOCK_TEXT_SIZE];
	int64_t now = clock_now();

	TRY(ca_path(&j, authority, ".cer", path));
	if (!authority_issues(authority) || !place_has(path))
		return FAIL(ERR_NOT_FOUND, "there is no %s here that issues",
		    authority_name(authority));
	TRY(open_records(&j));
	if (from < now)
		from = now;
	if (from > now && records_issues_from(j.records, authority) <= now &&
	    !another_issues(&j, authority, now))
		return FAIL(ERR_CONFLICT,
		    "%s issues today, and nothing else would until then; is "
		    "its next generation meant?",
		    authority_name(authority));
	TRY(records_begins(j.records, authority, from, now));
	TRY(records_sync(j.records));
	clock_format(from, text);
	return minutes_note(m, "From %.10s %.8s UTC on, %s is the one that "
			       "issues. The generations before go on signing "
			       "lists and answers.",
	    text, text + 11, authority_name(authority));
}
