/*
 * Opening the signer and keeping its responder young.
 */
#include "signer/signer.h"

#include "base/clock.h"
#include "base/log.h"
#include "pki/certificate.h"
#include "signer/choices.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

#define ISSUING_LABEL "issuing-l"

struct token_place
signer_token_place(const struct conf *conf)
{
	return (struct token_place){
	    .module = conf_text(conf, CONF_pki_module),
	    .softhsm_conf = conf_text(conf, CONF_pki_softhsm_conf),
	    .label = conf_text(conf, CONF_pki_token),
	};
}

struct ceremony_plan
signer_plan(const struct conf *conf)
{
	return (struct ceremony_plan){
	    .country = conf_text(conf, CONF_pki_country),
	    .organisation = conf_text(conf, CONF_pki_organisation),
	    .organisation_id = conf_text(conf, CONF_pki_organisation_id),
	    .base_url = conf_text(conf, CONF_pki_base_url),
	    .policy_oid = conf_text(conf, CONF_pki_policy_oid),
	    .now = clock_now(),
	    .crl_hours = conf_number(conf, CONF_pki_crl_hours),
	};
}

static RESULT
open_token(struct signer *s)
{
	struct token_place place = signer_token_place(s->conf);
	AUTO(secret_clear) struct secret pin = {0};

	TRY(secret_load(conf_text(s->conf, CONF_pki_pin_file), &pin));
	while (pin.size > 0 && pin.data[pin.size - 1] == '\n')
		pin.size--;
	TRY(token_open(&place, span_of_secret(&pin), &s->token));
	TRY(token_wrapping_check(s->token));
	return token_key_find(s->token, ISSUING_LABEL, KEY_p256, &s->issuing);
}

static RESULT
load_certificate(const struct conf *conf, const char *name, struct buf *out)
{
	AUTO(free) char *path = NULL;
	uint8_t *place;

	if (asprintf(
		&path, "%s/%s.cer", conf_text(conf, CONF_pki_ca_dir), name) < 0)
		abort();
	AUTO(fclose) FILE *file = fopen(path, "rbe");
	if (!file)
		return FAIL(ERR_NOT_FOUND, "no certificate of %s", name);
	buf_init(out, CERTIFICATE_MAX);
	TRY(buf_extend(out, CERTIFICATE_MAX, &place));
	out->size = fread(place, 1, CERTIFICATE_MAX, file);
	return OK;
}

/* The file, the key in the token and the ledger must tell the same. */
static RESULT
open_authority(struct signer *s)
{
	struct certificate c;

	TRY(load_certificate(s->conf, ISSUING_LABEL, &s->issuing_certificate));
	struct span der = span_of_buf(&s->issuing_certificate);
	TRY(certificate_parse(der, &c));
	if (!span_equal(c.public_key,
		SPAN(s->issuing.public_key, s->issuing.public_key_size)))
		return FAIL(ERR_CONFLICT,
		    "certificate and key of the issuing CA do not match");
	if (!records_know_authority(s->records, AUTHORITY_issuing_l, der))
		return FAIL(
		    ERR_CONFLICT, "the ledger knows another issuing CA");
	s->issuing_not_before = c.not_before;
	s->issuing_not_after = c.not_after;
	return choices_load(s->conf, &c, &s->options, &s->trust);
}

static RESULT
use_responder(struct signer *s, const struct responder *responder)
{
	struct certificate c;
	struct token_key key;

	TRY(certificate_parse(
	    SPAN(responder->certificate, responder->certificate_size), &c));
	TRY(token_key_find(s->token, responder->label, KEY_p256, &key));
	if (!span_equal(
		c.public_key, SPAN(key.public_key, key.public_key_size)))
		return FAIL(ERR_CONFLICT,
		    "certificate and key of the OCSP responder do not match");
	s->responder = *responder;
	s->responder_key = key;
	s->responder_not_before = c.not_before;
	s->responder_not_after = c.not_after;
	return OK;
}

static RESULT
make_responder(struct signer *s)
{
	struct ceremony_plan plan = signer_plan(s->conf);
	struct responder made = {0};
	struct token_key key;
	AUTO(buf_clear) struct buf certificate;

	buf_init(&certificate, sizeof(made.certificate));
	snprintf(
	    made.label, sizeof(made.label), "ocsp-l-%lld", (long long)plan.now);
	TRY(token_key_make(s->token, made.label, KEY_p256, &key));
	plan.issuing = token_key_signing(&s->issuing);
	plan.responder_public = SPAN(key.public_key, key.public_key_size);
	TRY(ceremony_responder(
	    &plan, span_of_buf(&s->issuing_certificate), &certificate));
	memcpy(made.certificate, certificate.data, certificate.size);
	made.certificate_size = certificate.size;
	TRY(records_responder(s->records, &made, plan.now));
	TRY(records_sync(s->records));
	return use_responder(s, &made);
}

RESULT
signer_tend(struct signer *s)
{
	int64_t life = s->responder_not_after - s->responder_not_before;
	char old[TOKEN_LABEL_SIZE];

	if (s->responder_not_after - clock_now() > life / 3)
		return OK;
	memcpy(old, s->responder.label, sizeof(old));
	TRY(make_responder(s));
	/* a key that stays behind does no harm: it signs for nobody */
	if (old[0])
		IGNORE(token_key_destroy(s->token, old));
	return OK;
}

RESULT
signer_open(const struct conf *conf, struct signer *out, size_t *repaired)
{
	AUTO(signer_close) struct signer s = {.conf = conf};
	const struct responder *responder;

	TRY(records_open(conf_text(conf, CONF_signer_dir), clock_now(),
	    &s.records, repaired));
	TRY(open_token(&s));
	TRY(open_authority(&s));
	responder = records_last_responder(s.records);
	if (responder)
		TRY(use_responder(&s, responder));
	TRY(signer_tend(&s));
	*out = s;
	s = (struct signer){0};
	return OK;
}

void
signer_close(struct signer *s)
{
	buf_clear(&s->issuing_certificate);
	records_close(s->records);
	token_close(s->token);
	*s = (struct signer){0};
}
