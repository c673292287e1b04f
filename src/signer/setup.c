/*
 * The steps of the ceremony. Each looks first whether it was done, so that a
 * run that was cut short is completed by the next; root.cer is written last
 * and says that all is there. Where it is there, only issuing authorities
 * that are still missing are made under it: an instance from before there
 * were two gets the second one so.
 */
#include "signer/setup.h"

#include "base/clock.h"
#include "base/codec.h"
#include "pki/certificate.h"
#include "signer/signer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

#define PIN_OCTETS 18 /* 24 letters of base64 */
#define ROOT_LABEL "root"
#define PATH_SIZE 4096

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

static RESULT
make_folder_of(const char *path)
{
	AUTO(free) char *copy = strdup(path);
	char *slash = copy ? strrchr(copy, '/') : NULL;

	if (!slash || slash == copy)
		return OK;
	*slash = '\0';
	if (mkdir(copy, 0700) == 0 || errno == EEXIST)
		return OK;
	return FAIL(ERR_UNAVAILABLE, "cannot make %s: %m", copy);
}

/* Whole or not at all: to a file beside it, synced, then renamed. */
static RESULT
write_file(const char *path, struct span bytes, mode_t mode)
{
	AUTO(free) char *part = NULL;

	if (asprintf(&part, "%s.part", path) < 0)
		abort();
	TRY(make_folder_of(path));
	AUTO(close)
	int fd = open(
	    part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);
	if (fd < 0 || fchmod(fd, mode) != 0 ||
	    write(fd, bytes.data, bytes.size) != (ssize_t)bytes.size ||
	    fsync(fd) != 0 || rename(part, path) != 0)
		return FAIL(ERR_UNAVAILABLE, "cannot write %s: %m", path);
	return OK;
}

static bool
exists(const char *path)
{
	return access(path, F_OK) == 0;
}

static RESULT
make_pin(const char *path)
{
	AUTO(buf_wipe) struct buf text;
	uint8_t octets[PIN_OCTETS];

	if (exists(path))
		return OK;
	buf_init(&text, 64);
	random_bytes(octets, sizeof(octets));
	TRY(base64url_encode(SPAN(octets, sizeof(octets)), &text));
	return write_file(path, span_of_buf(&text), 0600);
}

static RESULT
write_softhsm_conf(const struct conf *conf)
{
	const char *path = conf_text(conf, CONF_pki_softhsm_conf);
	AUTO(buf_clear) struct buf text;
	const char *slash = strrchr(path, '/');

	if (!path[0] || exists(path))
		return OK;
	if (!slash)
		return FAIL(ERR_INVALID, "pki.softhsm_conf is no path");
	buf_init(&text, 8192);
	TRY(buf_add_format(&text,
	    "directories.tokendir = %.*s\n"
	    "objectstore.backend = file\nlog.level = ERROR\n"
	    "slots.removable = false\n",
	    (int)(slash - path), path));
	return write_file(path, span_of_buf(&text), 0600);
}

/* Makes the token if it is not there, and opens it. */
static RESULT
take_token(const struct conf *conf, const char *label, const char *pin_file,
    struct token **out)
{
	AUTO(secret_clear) struct secret pin = {0};
	AUTO(secret_clear) struct secret so_pin = {0};
	AUTO(free) char *so_file = NULL;
	struct token_place place = signer_token_place(conf);

	if (asprintf(&so_file, "%s.so", pin_file) < 0)
		abort();
	place.label = label;
	TRY(make_pin(pin_file));
	TRY(make_pin(so_file));
	TRY(secret_load(pin_file, &pin));
	TRY(secret_load(so_file, &so_pin));
	enum err made =
	    token_make(&place, span_of_secret(&so_pin), span_of_secret(&pin));
	if (made != OK && made != ERR_CONFLICT)
		return made;
	return token_open(&place, span_of_secret(&pin), out);
}

static char *
root_token_label(const struct conf *conf)
{
	char *label;

	if (asprintf(&label, "%s-root", conf_text(conf, CONF_pki_token)) < 0)
		abort();
	return label;
}

/* Both tokens are made before either is opened: making one closes all. */
static RESULT
make_tokens(struct setup *s)
{
	AUTO(free) char *root_label = root_token_label(s->conf);
	const char *label = conf_text(s->conf, CONF_pki_token);
	const char *root_pin = conf_text(s->conf, CONF_pki_root_pin_file);
	const char *pin = conf_text(s->conf, CONF_pki_pin_file);

	TRY(take_token(s->conf, root_label, root_pin, &s->root_token));
	token_close(s->root_token);
	s->root_token = NULL;
	TRY(take_token(s->conf, label, pin, &s->token));
	return take_token(s->conf, root_label, root_pin, &s->root_token);
}

static RESULT
open_token(const struct conf *conf, const char *label, const char *pin_file,
    struct token **out)
{
	AUTO(secret_clear) struct secret pin = {0};
	struct token_place place = signer_token_place(conf);

	place.label = label;
	TRY(secret_load(pin_file, &pin));
	while (pin.size > 0 && pin.data[pin.size - 1] == '\n')
		pin.size--;
	return token_open(&place, span_of_secret(&pin), out);
}

/* To a root that exists nothing is made: its token may lie in a safe. */
static RESULT
open_tokens(struct setup *s)
{
	AUTO(free) char *root_label = root_token_label(s->conf);

	TRY(open_token(s->conf, conf_text(s->conf, CONF_pki_token),
	    conf_text(s->conf, CONF_pki_pin_file), &s->token));
	if (open_token(s->conf, root_label,
		conf_text(s->conf, CONF_pki_root_pin_file),
		&s->root_token) != OK)
		return FAIL(ERR_UNAVAILABLE,
		    "the root's token and PIN are not here");
	return OK;
}

static RESULT
take_key(struct token *t, const char *label, enum key_kind kind,
    struct token_key *out)
{
	enum err found = token_key_find(t, label, kind, out);

	if (found != ERR_NOT_FOUND)
		return found;
	return token_key_make(t, label, kind, out);
}

static RESULT
take_keys(struct setup *s)
{
	if (s->fresh)
		TRY(take_key(s->root_token, ROOT_LABEL, KEY_p384, &s->root));
	else
		TRY(token_key_find(
		    s->root_token, ROOT_LABEL, KEY_p384, &s->root));
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++) {
		struct made *m = &s->of[i];
		enum authority a = (enum authority)i;

		if (!m->wanted)
			continue;
		TRY(take_key(
		    s->token, authority_name(a), KEY_p256, &m->issuing));
		TRY(take_key(s->token, authority_responder(a), KEY_p256,
		    &m->responder));
	}
	TRY(token_pin_secret_make(s->token));
	enum err made = token_wrapping_make(s->token);
	if (made != OK && made != ERR_CONFLICT)
		return made;
	return token_wrapping_check(s->token);
}

static struct span
key_of(const struct token_key *k)
{
	return SPAN(k->public_key, k->public_key_size);
}

static RESULT
path_of(const struct conf *conf, const char *name, const char *ending,
    char out[PATH_SIZE])
{
	int size = snprintf(out, PATH_SIZE, "%s/%s%s",
	    conf_text(conf, CONF_pki_ca_dir), name, ending);

	return size > 0 && size < PATH_SIZE
		   ? OK
		   : FAIL(ERR_INVALID, "pki.ca_dir is too long");
}

static RESULT
load_root(struct setup *s)
{
	struct certificate c;
	char path[PATH_SIZE];
	uint8_t *place;

	TRY(path_of(s->conf, authority_name(AUTHORITY_root), ".cer", path));
	AUTO(fclose) FILE *file = fopen(path, "rbe");
	if (!file)
		return FAIL(ERR_UNAVAILABLE, "cannot read %s: %m", path);
	buf_init(&s->root_certificate, CERTIFICATE_MAX);
	TRY(buf_extend(&s->root_certificate, CERTIFICATE_MAX, &place));
	s->root_certificate.size = fread(place, 1, CERTIFICATE_MAX, file);
	TRY(certificate_parse(span_of_buf(&s->root_certificate), &c));
	if (!span_equal(c.public_key, key_of(&s->root)))
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
	plan.root_public = key_of(&s->root);
	if (s->fresh)
		TRY(ceremony_root(&plan, &s->root_certificate, &s->root_list));
	else
		TRY(load_root(s));
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++) {
		struct made *m = &s->of[i];

		if (!m->wanted)
			continue;
		plan.issuing = token_key_signing(&m->issuing);
		plan.issuing_public = key_of(&m->issuing);
		plan.responder_public = key_of(&m->responder);
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

	TRY(make_folder_of(conf_text(s->conf, CONF_pki_pin_file)));
	TRY(records_open(
	    conf_text(s->conf, CONF_signer_dir), now, &s->records, &repaired));
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
	char path[PATH_SIZE];

	TRY(path_of(s->conf, name, ending, path));
	return write_file(path, span_of_buf(bytes), 0644);
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
		TRY(print_fingerprint(authority_name(AUTHORITY_root), "P-384",
		    &s->root_certificate, out));
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++) {
		enum authority a = (enum authority)i;
		const struct ceremony_authority *p = &s->of[i].product;

		if (!s->of[i].wanted)
			continue;
		TRY(print_fingerprint(
		    authority_name(a), "P-256", &p->issuing, out));
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
	return write_file(path, span_of_buf(s->record), 0644);
}

static RESULT
run(struct setup *s)
{
	TRY(write_softhsm_conf(s->conf));
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
	char path[PATH_SIZE];

	TRY(path_of(s->conf, authority_name(AUTHORITY_root), ".cer", path));
	*missing = s->fresh = !exists(path);
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++) {
		enum authority a = (enum authority)i;

		ceremony_authority_init(&s->of[i].product);
		if (!authority_issues(a))
			continue;
		TRY(path_of(s->conf, authority_name(a), ".cer", path));
		s->of[i].wanted = authority_generation(a) == 1 &&
				  (s->fresh || !exists(path));
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
