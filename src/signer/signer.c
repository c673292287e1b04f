/*
 * Opening the signer and keeping its responder young.
 */
#include "signer/signer.h"

#include "base/clock.h"
#include "base/log.h"
#include "pki/certificate.h"
#include "pki/crl.h"
#include "pki/key.h"
#include "pki/lint.h"
#include "pki/signing.h"
#include "signer/anchor.h"
#include "signer/choices.h"
#include "signer/place.h"
#include "signer/weigh.h"

#include <stdio.h>

#define ROOT_LIST_MAX ((size_t)1 << 20)

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
	TRY(place_open_signer(s->conf, false, &s->token));
	TRY(token_pin_secret_make(s->token));
	TRY(token_wrapping_check(s->token));
	int64_t ahead = conf_number(s->conf, CONF_signer_keys_ahead);
	token_make_ahead(s->token, ahead > 0 ? (size_t)ahead : 0);
	return OK;
}

static RESULT
load_certificate(const struct conf *conf, const char *name, struct buf *out)
{
	char path[PLACE_PATH];

	TRY(place_path(
	    conf_text(conf, CONF_pki_ca_dir), name, ".cer", path));
	return place_read(path, CERTIFICATE_MAX, out);
}

/* By the ledger, which remembers the lists that were taken in, or on the list
 * of a root that lies here. One that was revoked goes on signing lists: what it
 * issued has still to be revoked. */
static RESULT
look_for_revocation(struct signer *s, struct issuing *i,
    const struct certificate *c)
{
	for (unsigned n = 0; n < AUTHORITY_COUNT && !i->revoked; n++) {
		AUTO(buf_clear) struct buf list;
		struct crl_outline of;
		char path[PLACE_PATH];

		buf_init(&list, 0);
		if (authority_issues((enum authority)n))
			continue;
		i->revoked = records_withdrawn(
		    s->records, (enum authority)n, c->serial);
		TRY(place_path(conf_text(s->conf, CONF_pki_ca_dir),
		    authority_name((enum authority)n), ".crl", path));
		if (i->revoked ||
		    place_read(path, ROOT_LIST_MAX, &list) == ERR_NOT_FOUND)
			continue;
		TRY(crl_outline(span_of_buf(&list), &of));
		if (span_equal(of.issuer, c->issuer.der))
			TRY(crl_names(
			    span_of_buf(&list), c->serial, &i->revoked));
	}
	err_clear();
	if (i->revoked)
		log_warn("signer.authority_revoked name=%s",
		    authority_name(i->authority));
	return OK;
}

/* The file, the key in the token and the ledger must tell the same. */
static RESULT
open_authority(struct signer *s, struct issuing *i)
{
	const char *name = authority_name(i->authority);
	struct certificate c;

	struct span der = span_of_buf(&i->certificate);
	enum key_kind kind;

	TRY(certificate_parse(der, &c));
	if (public_key_judge(c.public_key, &kind) != KEY_accepted)
		return FAIL(ERR_INVALID, "a key of %s that is not accepted",
		    name);
	TRY(token_key_find(s->token, name, kind, &i->key));
	if (!span_equal(c.public_key,
		SPAN(i->key.public_key, i->key.public_key_size)))
		return FAIL(ERR_CONFLICT,
		    "certificate and key of %s do not match", name);
	if (!records_know_authority(s->records, i->authority, der))
		return FAIL(ERR_CONFLICT, "the ledger knows another %s", name);
	i->not_before = c.not_before;
	i->not_after = c.not_after;
	TRY(look_for_revocation(s, i, &c));
	return choices_load(s->conf, &c, &s->options, &i->trust);
}

/* Its own authority made it, for answers and nothing else: a ledger that was
 * written by others could name any certificate whose key the token has, a
 * person's too, and that key would sign answers. */
static RESULT
check_made(const struct issuing *i, const struct certificate *c)
{
	struct certificate issuing;

	TRY(certificate_parse(span_of_buf(&i->certificate), &issuing));
	if (!span_equal(c->issuer.der, issuing.subject.der) ||
	    signature_verify(issuing.public_key, c->algorithm, c->tbs,
		c->signature) != OK)
		return FAIL(ERR_CONFLICT, "the ledger knows a responder that "
		    "%s did not make", authority_name(i->authority));
	return OK;
}

static RESULT
check_responder(const struct issuing *i, const struct certificate *c)
{
	if (lint_guess(c) != &profile_ocsp)
		return FAIL(ERR_CONFLICT, "the ledger knows a responder that "
		    "is none");
	return check_made(i, c);
}

/* Those of before are no more believed than the last one: whatever has the
 * number of a responder, or of a dossier's seal, is told as good. */
static bool
is_answerer_of(const void *issuing, struct span certificate)
{
	struct certificate c;
	bool ours = certificate_parse(certificate, &c) == OK &&
		    (lint_guess(&c) == &profile_ocsp ||
			lint_guess(&c) == &profile_dossier) &&
		    check_made(issuing, &c) == OK;

	if (!ours)
		err_clear();
	return ours;
}

static RESULT
use_responder(
    struct signer *s, struct issuing *i, const struct responder *responder)
{
	struct ocsp_responder answers;
	struct certificate c;
	struct token_key key;

	TRY(certificate_parse(
	    SPAN(responder->certificate, responder->certificate_size), &c));
	TRY(check_responder(i, &c));
	TRY(token_key_find(s->token, responder->label, KEY_p256, &key));
	if (!span_equal(
		c.public_key, SPAN(key.public_key, key.public_key_size)))
		return FAIL(ERR_CONFLICT,
		    "certificate and key of %s do not match",
		    authority_responder(i->authority));
	TRY(ocsp_responder_init(span_of_buf(&i->certificate),
	    SPAN(responder->certificate, responder->certificate_size),
	    &answers));
	ocsp_responder_clear(&i->answers);
	i->answers = answers;
	i->responder = *responder;
	i->responder_key = key;
	i->responder_not_before = c.not_before;
	i->responder_not_after = c.not_after;
	return OK;
}

static RESULT
make_responder(struct signer *s, struct issuing *i)
{
	struct ceremony_plan plan = signer_plan(s->conf);
	struct responder made = {0};
	struct token_key key;
	AUTO(buf_clear) struct buf certificate;

	buf_init(&certificate, sizeof(made.certificate));
	snprintf(made.label, sizeof(made.label), "%s-%lld",
	    authority_responder(i->authority), (long long)plan.now);
	TRY(token_key_make(s->token, made.label, KEY_p256, &key));
	plan.generation = authority_generation(i->authority);
	plan.issuing = token_key_signing(&i->key);
	plan.responder_public = SPAN(key.public_key, key.public_key_size);
	TRY(ceremony_responder(
	    &plan, span_of_buf(&i->certificate), &certificate));
	memcpy(made.certificate, certificate.data, certificate.size);
	made.certificate_size = certificate.size;
	TRY(records_responder(s->records, i->authority, &made, plan.now));
	TRY(records_sync(s->records));
	return use_responder(s, i, &made);
}

/* Nobody believes a responder whose authority has ended: then there is none to
 * make, and no reason to stop for the others. */
static RESULT
tend_one(struct signer *s, struct issuing *i)
{
	int64_t life = i->responder_not_after - i->responder_not_before;
	int64_t now = clock_now();
	char old[TOKEN_LABEL_SIZE];

	if (i->responder_not_after - now > life / 3 || now >= i->not_after)
		return OK;
	memcpy(old, i->responder.label, sizeof(old));
	TRY(make_responder(s, i));
	/* a key that stays behind does no harm: it signs for nobody */
	if (old[0])
		IGNORE(token_key_destroy(s->token, old));
	return OK;
}

RESULT
signer_tend(struct signer *s)
{
	enum err result = OK;

	for (size_t i = 0; i < AUTHORITY_COUNT; i++) {
		enum err tended = s->issuing[i].certificate.size > 0
				      ? tend_one(s, &s->issuing[i])
				      : OK;

		if (tended != OK)
			result = tended;
	}
	return result;
}

RESULT
signer_require_responder(struct signer *s, struct issuing *i, int64_t least)
{
	int64_t now = clock_now();

	if (i->responder_not_after - now < least)
		TRY(tend_one(s, i));
	return i->responder_not_after > now
		   ? OK
		   : FAIL(ERR_UNAVAILABLE, "%s has ended, and its answers",
			 authority_name(i->authority));
}

struct issuing *
signer_issuing(struct signer *s, enum authority authority)
{
	if (authority >= AUTHORITY_COUNT ||
	    s->issuing[authority].certificate.size == 0)
		return NULL;
	return &s->issuing[authority];
}

struct issuing *
signer_issuing_now(struct signer *s, enum authority family, int64_t now)
{
	struct issuing *found = NULL;

	for (unsigned i = 0; i < AUTHORITY_COUNT; i++) {
		enum authority a = (enum authority)i;
		struct issuing *one = signer_issuing(s, a);

		if (!one || one->revoked || authority_family(a) != family ||
		    records_issues_from(s->records, a) > now)
			continue;
		if (!found || authority_generation(a) >
				  authority_generation(found->authority))
			found = one;
	}
	return found;
}

static RESULT
open_issuing(struct signer *s, enum authority authority)
{
	struct issuing *i = &s->issuing[authority];
	const struct responder *responder =
	    records_last_responder(s->records, authority);

	i->authority = authority;
	TRY(load_certificate(
	    s->conf, authority_name(authority), &i->certificate));
	TRY(open_authority(s, i));
	records_sift_answerers(s->records, authority, is_answerer_of, i);
	if (responder)
		TRY(use_responder(s, i, responder));
	return tend_one(s, i);
}

static void
warn_of_missing(struct signer *s)
{
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++) {
		enum authority a = (enum authority)i;

		if (authority_issues(a) && authority_family(a) == a &&
		    !signer_issuing_now(s, a, clock_now()))
			log_warn("signer.authority_missing name=%s "
				 "remedy=\"paraph ca init\"",
			    authority_name(a));
	}
}

/* An instance from before there was an authority goes on without it. */
static RESULT
open_authorities(struct signer *s)
{
	size_t opened = 0;

	for (unsigned i = 0; i < AUTHORITY_COUNT; i++) {
		const char *name = authority_name((enum authority)i);

		if (!authority_issues((enum authority)i))
			continue;
		AUTO(buf_clear) struct buf there;
		if (load_certificate(s->conf, name, &there) == ERR_NOT_FOUND)
			continue;
		TRY(open_issuing(s, (enum authority)i));
		opened++;
	}
	warn_of_missing(s);
	return opened ? OK : FAIL(ERR_NOT_FOUND, "no authority that issues");
}

/* Keys in the token of orders that were given up belong to nobody. What stands
 * behind the end that the token knows may be forged: by the name of an
 * authority its key would go, for ever. */
static enum err
discard_key(void *data, const struct record *record)
{
	struct signer *s = data;

	if (!record_in_token(record) || !id_is("reg", record->registration))
		return OK;
	return token_key_discard(s->token, record->registration);
}

static RESULT
open_relying_party(struct signer *s)
{
	const char *id = conf_text(s->conf, CONF_signer_rp_id);
	const char *origin = conf_text(s->conf, CONF_signer_origin);

	if (!origin[0])
		origin = conf_text(s->conf, CONF_web_base_url);
	/* without a host's name nobody approves; LCP goes on */
	if (relying_party_of(origin, &s->relying_party) != OK) {
		log_warn("signer.no_relying_party why=\"%s\"",
		    err_explanation());
		return OK;
	}
	if (strlen(id) >= sizeof(s->relying_party.id))
		return FAIL(ERR_INVALID, "signer.rp_id is too long");
	if (id[0])
		memcpy(s->relying_party.id, id, strlen(id) + 1);
	return OK;
}

RESULT
signer_open(const struct conf *conf, struct signer *out, size_t *repaired)
{
	AUTO(signer_close) struct signer s = {.conf = conf};

	TRY(weigh_settings(conf));
	TRY(open_relying_party(&s));
	TRY(anchor_settings(conf));
	TRY(records_read(
	    conf_text(conf, CONF_signer_dir), &s.records, repaired));
	s.verifying = verifying_new();
	TRY(open_token(&s));
	/* before anything is added to a ledger that may be the wrong one */
	TRY(anchor_check(conf, s.token, s.records));
	s.anchor.holds = true;
	TRY(records_settle(s.records, clock_now(), repaired));
	TRY(open_authorities(&s));
	TRY(records_each_abandoned(s.records, discard_key, &s));
	*out = s;
	s = (struct signer){0};
	return OK;
}

void
signer_new_clerk(struct signer *s)
{
	s->has_agreed = false;
}

void
signer_close(struct signer *s)
{
	/* one that was not opened is no ledger that the token is told of */
	if (s->anchor.holds && records_are_sound(s->records))
		anchor_keep(s, true);
	for (size_t i = 0; i < AUTHORITY_COUNT; i++) {
		buf_clear(&s->issuing[i].certificate);
		crl_entries_clear(&s->issuing[i].listed);
		ocsp_responder_clear(&s->issuing[i].answers);
	}
	operators_clear(&s->operators);
	leaked_clear(&s->leaked);
	verifying_free(s->verifying);
	records_close(s->records);
	token_close(s->token);
	*s = (struct signer){0};
}
