/*
 * The steps of the ceremony. Each looks first whether it was done, so that a
 * run that was cut short is completed by the next; root.cer is written last
 * and says that all is there.
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
#define ISSUING_LABEL "issuing-l"

struct setup {
	const struct conf *conf;
	struct token *token, *root_token;
	struct token_key root, issuing, responder;
	struct records *records;
	struct ceremony_product product;
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

/* Both tokens are made before either is opened: making one closes all. */
static RESULT
take_tokens(struct setup *s)
{
	AUTO(free) char *root_label = NULL;
	const char *label = conf_text(s->conf, CONF_pki_token);
	const char *root_pin = conf_text(s->conf, CONF_pki_root_pin_file);
	const char *pin = conf_text(s->conf, CONF_pki_pin_file);

	if (asprintf(&root_label, "%s-root", label) < 0)
		abort();
	TRY(take_token(s->conf, root_label, root_pin, &s->root_token));
	token_close(s->root_token);
	s->root_token = NULL;
	TRY(take_token(s->conf, label, pin, &s->token));
	return take_token(s->conf, root_label, root_pin, &s->root_token);
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
	TRY(take_key(s->root_token, ROOT_LABEL, KEY_p384, &s->root));
	TRY(take_key(s->token, ISSUING_LABEL, KEY_p256, &s->issuing));
	TRY(take_key(s->token, "ocsp-l", KEY_p256, &s->responder));
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
build(struct setup *s)
{
	struct ceremony_plan plan = signer_plan(s->conf);

	plan.root = token_key_signing(&s->root);
	plan.issuing = token_key_signing(&s->issuing);
	plan.root_public = key_of(&s->root);
	plan.issuing_public = key_of(&s->issuing);
	plan.responder_public = key_of(&s->responder);
	return ceremony_build(&plan, &s->product);
}

static RESULT
record_lists(struct setup *s, int64_t now)
{
	if (records_last_list(s->records, AUTHORITY_root) == 0)
		TRY(records_list(s->records, AUTHORITY_root, 1, now));
	if (records_last_list(s->records, AUTHORITY_issuing_l) == 0)
		TRY(records_list(s->records, AUTHORITY_issuing_l, 1, now));
	return OK;
}

static RESULT
write_ledger(struct setup *s)
{
	struct responder responder = {0};
	const struct buf *certificate = &s->product.responder;
	int64_t now = clock_now();
	size_t repaired;

	TRY(make_folder_of(conf_text(s->conf, CONF_pki_pin_file)));
	TRY(records_open(
	    conf_text(s->conf, CONF_signer_dir), now, &s->records, &repaired));
	TRY(records_authority(
	    s->records, AUTHORITY_root, span_of_buf(&s->product.root), now));
	TRY(records_authority(s->records, AUTHORITY_issuing_l,
	    span_of_buf(&s->product.issuing), now));
	TRY(record_lists(s, now));
	snprintf(
	    responder.label, sizeof(responder.label), "%s", s->responder.label);
	memcpy(responder.certificate, certificate->data, certificate->size);
	responder.certificate_size = certificate->size;
	TRY(records_responder(s->records, &responder, now));
	return records_sync(s->records);
}

static RESULT
write_product(const struct setup *s)
{
	const struct {
		const char *name;
		const struct buf *bytes;
	} files[] = {
	    {CEREMONY_ISSUING_FILE, &s->product.issuing},
	    {CEREMONY_RESPONDER_FILE, &s->product.responder},
	    {CEREMONY_ROOT_CRL_FILE, &s->product.root_crl},
	    {CEREMONY_ISSUING_CRL_FILE, &s->product.issuing_crl},
	    {CEREMONY_ROOT_FILE, &s->product.root}, /* last */
	};

	for (size_t i = 0; i < 5; i++) {
		AUTO(free) char *path = NULL;

		if (asprintf(&path, "%s/%s",
			conf_text(s->conf, CONF_pki_ca_dir), files[i].name) < 0)
			abort();
		TRY(write_file(path, span_of_buf(files[i].bytes), 0644));
	}
	return OK;
}

/* "AB:CD:..." as people read fingerprints to each other. */
static RESULT
print_fingerprint(const char *title, const struct buf *der, struct buf *out)
{
	struct digest d = digest_sha256(span_of_buf(der));

	TRY(buf_add_format(out, "%s\n    ", title));
	for (size_t i = 0; i < DIGEST_SIZE; i++)
		TRY(buf_add_format(out, "%02X%s", d.bytes[i],
		    i + 1 == DIGEST_SIZE ? "\n"
		    : i == 15		 ? ":\n    "
					 : ":"));
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
	TRY(print_fingerprint("root.cer (P-384)", &s->product.root, out));
	TRY(print_fingerprint(
	    "issuing-l.cer (P-256)", &s->product.issuing, out));
	return print_fingerprint("ocsp-l.cer (P-256, renewed by itself)",
	    &s->product.responder, out);
}

/* The record lies beside the root's PIN, where the signer does not look. */
static RESULT
keep_record(const struct setup *s)
{
	AUTO(free)
	char *folder = strdup(conf_text(s->conf, CONF_pki_root_pin_file));
	AUTO(free) char *path = NULL;
	char *slash = folder ? strrchr(folder, '/') : NULL;

	if (!slash)
		return OK;
	*slash = '\0';
	if (asprintf(&path, "%s/record.txt", folder) < 0)
		abort();
	return write_file(path, span_of_buf(s->record), 0644);
}

static RESULT
run(struct setup *s)
{
	TRY(write_softhsm_conf(s->conf));
	TRY(take_tokens(s));
	TRY(take_keys(s));
	TRY(build(s));
	TRY(write_ledger(s));
	TRY(write_record(s));
	TRY(keep_record(s));
	return write_product(s);
}

RESULT
setup_run(const struct conf *conf, bool *done, struct buf *record)
{
	AUTO(free) char *last = NULL;
	struct setup s = {.conf = conf, .record = record};

	if (asprintf(&last, "%s/%s", conf_text(conf, CONF_pki_ca_dir),
		CEREMONY_ROOT_FILE) < 0)
		abort();
	*done = false;
	if (exists(last))
		return OK;
	enum err result = run(&s);
	ceremony_clear(&s.product);
	records_close(s.records);
	token_close(s.root_token);
	token_close(s.token);
	*done = result == OK;
	return result;
}
