/*
 * The steps of the ceremony. Each looks first whether it was done, so that a
 * run that was cut short is completed by the next; root.cer is written last
 * and says that all is there. Where it is there, only issuing authorities
 * that are still missing are made under it: an instance from before there
 * were two gets the second one so.
 */
#include "signer/setup.h"

#include "base/clock.h"
#include "pki/certificate.h"
#include "signer/anchor.h"
#include "signer/place.h"
#include "signer/signer.h"

#include <stdio.h>

#define ROOT_LABEL "root"

/* An issuing authority, if it is to be made now. */
struct made {
	bool wanted;
	struct token_key issuing, responder;
	struct ceremony_authority product;
};

struct setup {
	const struct conf *conf;
	bool fresh; /* the root is made too */
	struct token *token, *root_token;
	struct token_key root;
	struct buf root_certificate, root_list;
	struct made of[AUTHORITY_COUNT];
	struct records *records;
	struct buf *record;
};

/* Both tokens are made before either is opened: making one closes all. */
static RESULT
make_tokens(struct setup *s)
{
	if (conf_text(s->conf, CONF_pki_root_module)[0] ||
	    conf_text(s->conf, CONF_pki_root_softhsm_conf)[0])
		return FAIL(ERR_INVALID,
		    "a root that lies elsewhere is made by paraph ca ceremony");
	TRY(place_open_root_by_file(s->conf, true, &s->root_token));
	token_close(s->root_token);
	s->root_token = NULL;
	TRY(place_open_signer(s->conf, true, &s->token));
	return place_open_root_by_file(s->conf, true, &s->root_token);
}

/* To a root that exists nothing is made: its token may lie in a safe. */
static RESULT
open_tokens(struct setup *s)
{
	TRY(place_open_signer(s->conf, false, &s->token));
	if (place_open_root_by_file(s->conf, false, &s->root_token) != OK)
		return FAIL(ERR_UNAVAILABLE,
		    "the root's token and PIN are not here; paraph ca "
		    "ceremony certifies with custodians");
	return OK;
}

static RESULT
take_keys(struct setup *s)
{
	enum key_kind root, issuing;

	TRY(place_root_key(s->conf, &root));
	TRY(place_issuing_key(s->conf, &issuing));
	if (s->fresh)
		TRY(place_take_key(s->root_token, ROOT_LABEL, root, &s->root));
	else
		TRY(token_key_find(
		    s->root_token, ROOT_LABEL, root, &s->root));
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++) {
		struct made *m = &s->of[i];
		enum authority a = (enum authority)i;

		if (!m->wanted)
			continue;
		TRY(place_take_key(
		    s->token, authority_name(a), issuing, &m->issuing));
		TRY(place_take_key(s->token, authority_responder(a), KEY_p256,
		    &m->responder));
	}
	return place_take_secrets(s->token);
}

static RESULT
path_of(const struct conf *conf, const char *name, const char *ending,
    char out[PLACE_PATH])
{
	return place_path(conf_text(conf, CONF_pki_ca_dir), name, ending, out);
}

static RESULT
load_root(struct setup *s)
{
	struct certificate c;
	char path[PLACE_PATH];

	TRY(path_of(s->conf, authority_name(AUTHORITY_root), ".cer", path));
	TRY(place_read(path, CERTIFICATE_MAX, &s->root_certificate));
	TRY(certificate_parse(span_of_buf(&s->root_certificate), &c));
	if (!span_equal(c.public_key, place_key(&s->root)))
		return FAIL(ERR_CONFLICT,
		    "certificate and key of the root do not match");
	return OK;
}

static const struct profile *
profile_of(enum authority authority)
{
	return profile_find(authority_profile(authority));
}

static RESULT
build(struct setup *s)
{
	struct ceremony_plan plan = signer_plan(s->conf);

	plan.root = token_key_signing(&s->root);
	plan.root_public = place_key(&s->root);
	if (s->fresh)
		TRY(ceremony_root(&plan, &s->root_certificate, &s->root_list));
	else
		TRY(load_root(s));
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++) {
		struct made *m = &s->of[i];

		if (!m->wanted)
			continue;
		plan.issuing = token_key_signing(&m->issuing);
		plan.issuing_public = place_key(&m->issuing);
		plan.responder_public = place_key(&m->responder);
		TRY(ceremony_authority(&plan, profile_of((enum authority)i),
		    span_of_buf(&s->root_certificate), &m->product));
	}
	return OK;
}

static RESULT
note_authority(struct setup *s, enum authority authority, struct span der,
    int64_t now)
{
	TRY(records_authority(s->records, authority, der, now));
	if (records_last_list(s->records, authority) == 0)
		TRY(records_list(s->records, authority, 1, now));
	return OK;
}

static RESULT
note_made(struct setup *s, enum authority authority, int64_t now)
{
	const struct made *m = &s->of[authority];
	const struct buf *certificate = &m->product.responder;
	struct responder responder = {0};

	TRY(note_authority(
	    s, authority, span_of_buf(&m->product.issuing), now));
	snprintf(responder.label, sizeof(responder.label), "%s",
	    m->responder.label);
	memcpy(responder.certificate, certificate->data, certificate->size);
	responder.certificate_size = certificate->size;
	return records_responder(s->records, authority, &responder, now);
}

static RESULT
write_ledger(struct setup *s)
{
	int64_t now = clock_now();
	size_t repaired;

	TRY(place_folder_of(conf_text(s->conf, CONF_pki_pin_file)));
	TRY(records_open(
	    conf_text(s->conf, CONF_signer_dir), now, &s->records, &repaired));
	TRY(anchor_begin(s->conf, s->token, s->records));
	if (s->fresh)
		TRY(note_authority(s, AUTHORITY_root,
		    span_of_buf(&s->root_certificate), now));
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++)
		if (s->of[i].wanted)
			TRY(note_made(s, (enum authority)i, now));
	return records_sync(s->records);
}

static RESULT
write_ca_file(const struct setup *s, const char *name, const char *ending,
    const struct buf *bytes)
{
	char path[PLACE_PATH];

	TRY(path_of(s->conf, name, ending, path));
	return place_write(path, span_of_buf(bytes), 0644);
}

/* Of each authority its certificate last, of all the root's. */
static RESULT
write_product(const struct setup *s)
{
	const char *root = authority_name(AUTHORITY_root);

	for (unsigned i = 0; i < AUTHORITY_COUNT; i++) {
		enum authority a = (enum authority)i;
		const struct ceremony_authority *p = &s->of[i].product;

		if (!s->of[i].wanted)
			continue;
		TRY(write_ca_file(
		    s, authority_responder(a), ".cer", &p->responder));
		TRY(write_ca_file(s, authority_name(a), ".crl", &p->list));
		TRY(write_ca_file(s, authority_name(a), ".cer", &p->issuing));
	}
	if (!s->fresh)
		return OK;
	TRY(write_ca_file(s, root, ".crl", &s->root_list));
	return write_ca_file(s, root, ".cer", &s->root_certificate);
}

/* "AB:CD:..." as people read fingerprints to each other. */
static RESULT
print_fingerprint(const char *name, const char *key, const struct buf *der,
    struct buf *out)
{
	struct digest d = digest_sha256(span_of_buf(der));

	TRY(buf_add_format(out, "%s.cer (%s)\n    ", name, key));
	for (size_t i = 0; i < DIGEST_SIZE; i++)
		TRY(buf_add_format(out, "%02X%s", d.bytes[i],
		    i + 1 == DIGEST_SIZE ? "\n"
		    : i == 15		 ? ":\n    "
					 : ":"));
	return OK;
}

static RESULT
print_fingerprints(const struct setup *s, struct buf *out)
{
	if (s->fresh)
		TRY(print_fingerprint(authority_name(AUTHORITY_root),
		    key_kind_name(s->root.kind), &s->root_certificate, out));
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++) {
		enum authority a = (enum authority)i;
		const struct ceremony_authority *p = &s->of[i].product;

		if (!s->of[i].wanted)
			continue;
		TRY(print_fingerprint(authority_name(a),
		    key_kind_name(s->of[i].issuing.kind), &p->issuing, out));
		TRY(print_fingerprint(authority_responder(a),
		    "P-256, renewed by itself", &p->responder, out));
	}
	return OK;
}

static RESULT
write_record(struct setup *s)
{
	struct buf *out = s->record;
	char now[CLOCK_TEXT_SIZE];

	clock_format(clock_now(), now);
	TRY(buf_add_format(out, "Key ceremony of %s\nDate: %s\n",
	    conf_text(s->conf, CONF_pki_organisation), now));
	TRY(buf_add_text(out, "Root token: "));
	TRY(token_describe(s->root_token, out));
	TRY(buf_add_text(out, "\nSigner's token: "));
	TRY(token_describe(s->token, out));
	TRY(buf_add_text(out, "\nSHA-256 fingerprints:\n"));
	return print_fingerprints(s, out);
}

/* The record lies beside the root's PIN, where the signer does not look. A
 * later one does not replace the first. */
static RESULT
keep_record(const struct setup *s)
{
	AUTO(free)
	char *folder = strdup(conf_text(s->conf, CONF_pki_root_pin_file));
	AUTO(free) char *path = NULL;
	char *slash = folder ? strrchr(folder, '/') : NULL;
	char now[CLOCK_TEXT_SIZE];

	if (!slash)
		return OK;
	*slash = '\0';
	clock_format(clock_now(), now);
	if (asprintf(&path, "%s/record%s%s.txt", folder, s->fresh ? "" : "-",
		s->fresh ? "" : now) < 0)
		abort();
	return place_write(path, span_of_buf(s->record), 0644);
}

static RESULT
run(struct setup *s)
{
	TRY(s->fresh ? make_tokens(s) : open_tokens(s));
	TRY(take_keys(s));
	TRY(build(s));
	TRY(write_ledger(s));
	TRY(write_record(s));
	TRY(keep_record(s));
	return write_product(s);
}

/* What is missing; false: nothing. */
static RESULT
look(struct setup *s, bool *missing)
{
	char path[PLACE_PATH];

	TRY(path_of(s->conf, authority_name(AUTHORITY_root), ".cer", path));
	*missing = s->fresh = !place_has(path);
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++) {
		enum authority a = (enum authority)i;

		ceremony_authority_init(&s->of[i].product);
		if (!authority_issues(a))
			continue;
		TRY(path_of(s->conf, authority_name(a), ".cer", path));
		s->of[i].wanted = authority_generation(a) == 1 &&
				  (s->fresh || !place_has(path));
		*missing = *missing || s->of[i].wanted;
	}
	return OK;
}

RESULT
setup_run(const struct conf *conf, bool *done, struct buf *record)
{
	struct setup s = {.conf = conf, .record = record};
	bool missing;

	*done = false;
	TRY(look(&s, &missing));
	if (!missing)
		return OK;
	enum err result = run(&s);
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++)
		ceremony_authority_clear(&s.of[i].product);
	buf_clear(&s.root_certificate);
	buf_clear(&s.root_list);
	records_close(s.records);
	token_close(s.root_token);
	token_close(s.token);
	*done = result == OK;
	return result;
}
