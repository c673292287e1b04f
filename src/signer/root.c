/*
 * Everything looks first whether it was done: a ceremony that was cut short
 * goes on where it was, and one that is repeated changes nothing. The ledger
 * is written before what it tells of leaves the machine.
 */
#include "signer/root_parts.h"

#include "base/clock.h"
#include "base/codec.h"
#include "pki/certificate.h"
#include "signer/place.h"
#include "signer/signer.h"

#define PIN_OCTETS 18 /* 24 letters of base64 */
#define PIN_SALT "paraph root"

const char *
root_folder(const struct root *r)
{
	return conf_text(r->conf, CONF_pki_ceremony_dir);
}

const char *
root_name(const struct root *r)
{
	return authority_name(r->authority);
}

struct ceremony_plan
root_plan(struct root *r)
{
	struct ceremony_plan plan = signer_plan(r->conf);

	plan.generation = authority_generation(r->authority);
	plan.root_file = root_name(r);
	plan.root = token_key_signing(&r->key);
	plan.root_public = place_key(&r->key);
	return plan;
}

RESULT
root_write(struct root *r, const char *name, const char *ending,
    struct span bytes, const char *folder)
{
	char path[PLACE_PATH];

	TRY(place_path(root_folder(r), name, ending, path));
	TRY(place_write(path, bytes, 0644));
	if (!folder)
		return OK;
	TRY(place_path(folder, name, ending, path));
	return place_write(path, bytes, 0644);
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
derive_pins(const struct secret *key, struct secret *pin, struct secret *so_pin)
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
	return place_change_root_pins(
	    conf, &(struct token_pin_change){span_of_secret(&pin),
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
	return place_open_root(
	    r->conf, span_of_secret(&pin), span_of_secret(&so_pin), &r->token);
}

/* One that paraph init made has its certificate with the others. */
static RESULT
load_certificate(struct root *r)
{
	char path[PLACE_PATH];

	buf_init(&r->certificate, 0);
	TRY(place_path(root_folder(r), root_name(r), ".cer", path));
	enum err found = place_read(path, CERTIFICATE_MAX, &r->certificate);
	if (found != ERR_NOT_FOUND)
		return found;
	TRY(place_path(
	    conf_text(r->conf, CONF_pki_ca_dir), root_name(r), ".cer", path));
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
	TRY(token_key_find(r->token, root_name(r), kind, &r->key));
	if (!span_equal(c.public_key, place_key(&r->key)))
		return FAIL(ERR_CONFLICT,
		    "certificate and key of the %s do not match", root_name(r));
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

	TRY(place_path(root_folder(&r), "ledger", "", path));
	TRY(place_folder_of(path));
	TRY(open_token(&r, key, make));
	TRY(load_certificate(&r));
	TRY(check_key(&r));
	TRY(records_open(root_folder(&r), clock_now(), &r.records, &repaired));
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

static RESULT
take_key(struct root *r, struct minutes *m)
{
	enum key_kind kind;

	TRY(place_root_key(r->conf, &kind));
	enum err found = token_key_find(r->token, root_name(r), kind, &r->key);
	if (found == OK)
		return minutes_note(m,
		    "The key of the %s is in the token "
		    "already, from an earlier start.",
		    root_name(r));
	if (found != ERR_NOT_FOUND)
		return found;
	TRY(minutes_note(m,
	    "The token makes the key of the %s, %s. It cannot "
	    "be taken out of it.",
	    root_name(r), key_kind_name(kind)));
	return token_key_make(r->token, root_name(r), kind, &r->key);
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

	if (asprintf(&cer, "%s.cer", root_name(r)) < 0 ||
	    asprintf(&crl, "%s.crl", root_name(r)) < 0)
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
		TRY(minutes_note(m,
		    "The %s exists already; nothing is "
		    "changed.",
		    root_name(r)));
		return tell(r, m, SPAN(NULL, 0));
	}
	TRY(take_key(r, m));
	struct ceremony_plan plan = root_plan(r);
	TRY(minutes_note(m,
	    "The %s certifies itself and signs its first "
	    "revocation list, which is empty.",
	    root_name(r)));
	TRY(ceremony_root(&plan, &certificate, &list));
	TRY(note_root(r, span_of_buf(&certificate)));
	TRY(root_write(r, root_name(r), ".crl", span_of_buf(&list), NULL));
	TRY(root_write(
	    r, root_name(r), ".cer", span_of_buf(&certificate), NULL));
	TRY(buf_add_span(&r->certificate, span_of_buf(&certificate)));
	return tell(r, m, span_of_buf(&list));
}
