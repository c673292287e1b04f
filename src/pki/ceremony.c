/*
 * What an installation begins with, in the order in which each needs the
 * one before.
 */
#include "pki/ceremony.h"

#include "base/clock.h"
#include "pki/certificate.h"
#include "pki/crl.h"
#include "pki/lint.h"
#include "pki/subject.h"
#include "pki/tbs.h"

#include <stdio.h>

#define ROOT_DAYS ((int64_t)25 * 365)
#define ISSUING_DAYS ((int64_t)10 * 365)
#define RESPONDER_DAYS 30
#define ROOT_CRL_DAYS 360 /* at least yearly (B-16) */

#define ROOT_TITLE "Root CA"

/* One certificate: whose it is, and by whom. */
struct making {
	const struct ceremony_plan *plan;
	const struct profile *profile;
	const char *title; /* follows the organisation in CN */
	bool counted;	   /* and the generation follows the title */
	struct span public_key;
	int64_t days;
	const struct signing_key *signer;
	struct span issuer; /* certificate; size 0: itself */
};

static RESULT
build_subject(const struct making *m, struct buf *out)
{
	char common_name[256];
	struct subject subject = {
	    .country = m->plan->country,
	    .organisation = m->plan->organisation,
	    .organisation_id = m->plan->organisation_id,
	    .common_name = common_name,
	};

	unsigned generation = m->plan->generation ? m->plan->generation : 1;
	char number[16] = "";

	if (m->counted || generation > 1)
		snprintf(number, sizeof(number), " G%u", generation);
	int size = snprintf(common_name, sizeof(common_name), "%s %s%s",
	    m->plan->organisation, m->title, number);
	if (size < 0 || size > 64)
		return FAIL(ERR_INVALID, "pki.organisation is too long");
	return subject_build_authority(&subject, out);
}

static RESULT
take_issuer(const struct making *m, struct certificate *issuer,
    uint8_t key[KEY_IDENTIFIER_SIZE], struct tbs_facts *f)
{
	f->issuer_name = f->subject;
	if (m->issuer.size == 0)
		return OK;
	TRY(certificate_parse(m->issuer, issuer));
	TRY(key_identifier(issuer->public_key, key));
	f->issuer_name = issuer->subject.der;
	f->issuer_key = SPAN(key, KEY_IDENTIFIER_SIZE);
	if (f->not_after > issuer->not_after) /* */
		f->not_after = issuer->not_after;
	return OK;
}

static RESULT
sign_and_lint(const struct making *m, struct span tbs, struct buf *out)
{
	struct lint_context context = {.base_url = m->plan->base_url,
	    .own_policy = m->plan->policy_oid,
	    .issuer = m->issuer,
	    .issuer_file = m->plan->root_file};
	struct lint_report report;

	lint_tbs(tbs, m->profile, &context, &report);
	TRY(lint_refuse(&report));
	TRY(signed_object(tbs, m->signer, out));
	lint_certificate(span_of_buf(out), m->profile, &context, &report);
	return lint_refuse(&report);
}

static RESULT
make(const struct making *m, struct buf *out)
{
	AUTO(buf_clear) struct buf subject, tbs;
	uint8_t serial[SERIAL_SIZE], key[KEY_IDENTIFIER_SIZE];
	struct certificate issuer;
	int64_t now = m->plan->now - m->plan->now % SECOND;

	buf_init(&subject, SUBJECT_MAX);
	buf_init(&tbs, CERTIFICATE_MAX);
	TRY(build_subject(m, &subject));
	serial_make(serial);
	struct tbs_facts facts = {
	    .profile = m->profile,
	    .serial = SPAN(serial, sizeof(serial)),
	    .subject = span_of_buf(&subject),
	    .public_key = m->public_key,
	    .not_before = now,
	    .not_after = now + m->days * DAY - SECOND, /* inclusive */
	    .algorithm = m->signer->algorithm,
	    .base_url = m->plan->base_url,
	    .own_policy = m->plan->policy_oid,
	    .issuer_file = m->plan->root_file,
	};
	TRY(take_issuer(m, &issuer, key, &facts));
	TRY(tbs_build(&facts, &tbs));
	return sign_and_lint(m, span_of_buf(&tbs), out);
}

static RESULT
make_list(const struct ceremony_plan *plan, struct span issuer,
    const struct signing_key *key, int64_t hours, struct buf *out)
{
	int64_t now = plan->now - plan->now % SECOND;
	struct crl_facts facts = {
	    .issuer_certificate = issuer,
	    .number = 1,
	    .this_update = now,
	    .next_update = now + hours * HOUR,
	    .keeps_expired = true,
	};

	return crl_build(&facts, key, out);
}

static const char *
issuing_title(const struct profile *profile)
{
	return profile == &profile_issuing_q ? "Issuing CA Q" : "Issuing CA L";
}

RESULT
ceremony_root_name(const struct ceremony_plan *plan, struct buf *out)
{
	struct making m = {plan, &profile_root, ROOT_TITLE, true,
	    SPAN(NULL, 0), ROOT_DAYS, NULL, SPAN(NULL, 0)};

	return build_subject(&m, out);
}

RESULT
ceremony_issuing_name(const struct ceremony_plan *plan,
    const struct profile *profile, struct buf *out)
{
	struct making m = {plan, profile, issuing_title(profile), true,
	    plan->issuing_public, ISSUING_DAYS, NULL, SPAN(NULL, 0)};

	return build_subject(&m, out);
}

RESULT
ceremony_issuing(const struct ceremony_plan *plan,
    const struct profile *profile, struct span root_certificate,
    struct span public_key, struct buf *out)
{
	struct making m = {plan, profile, issuing_title(profile), true,
	    public_key, ISSUING_DAYS, &plan->root, root_certificate};

	if (profile->kind != KIND_issuing)
		return FAIL(ERR_INTERNAL, "not an issuing authority's profile");
	return make(&m, out);
}

RESULT
ceremony_responder(const struct ceremony_plan *plan,
    struct span issuing_certificate, struct buf *out)
{
	struct certificate issuing;
	struct making m = {plan, &profile_ocsp, "OCSP L", false,
	    plan->responder_public, RESPONDER_DAYS, &plan->issuing,
	    issuing_certificate};

	TRY(certificate_parse(issuing_certificate, &issuing));
	if (lint_guess(&issuing) == &profile_issuing_q)
		m.title = "OCSP Q";
	return make(&m, out);
}

RESULT
ceremony_seal(const struct ceremony_plan *plan,
    struct span issuing_certificate, struct span public_key, struct buf *out)
{
	struct making m = {plan, &profile_dossier, "Dossier", false,
	    public_key, 1, &plan->issuing, issuing_certificate};

	return make(&m, out);
}

RESULT
ceremony_attend(
    const struct ceremony_plan *plan, struct ceremony_authority *out)
{
	struct span issuing = span_of_buf(&out->issuing);

	TRY(ceremony_responder(plan, issuing, &out->responder));
	return make_list(
	    plan, issuing, &plan->issuing, plan->crl_hours, &out->list);
}

RESULT
ceremony_authority(const struct ceremony_plan *plan,
    const struct profile *profile, struct span root_certificate,
    struct ceremony_authority *out)
{
	TRY(ceremony_issuing(plan, profile, root_certificate,
	    plan->issuing_public, &out->issuing));
	return ceremony_attend(plan, out);
}

void
ceremony_authority_init(struct ceremony_authority *a)
{
	buf_init(&a->issuing, CERTIFICATE_MAX);
	buf_init(&a->responder, CERTIFICATE_MAX);
	buf_init(&a->list, crl_size_max(0));
}

void
ceremony_authority_clear(struct ceremony_authority *a)
{
	buf_clear(&a->issuing);
	buf_clear(&a->responder);
	buf_clear(&a->list);
}

RESULT
ceremony_root(const struct ceremony_plan *plan, struct buf *certificate,
    struct buf *list)
{
	struct making root = {plan, &profile_root, ROOT_TITLE, true,
	    plan->root_public, ROOT_DAYS, &plan->root, SPAN(NULL, 0)};

	buf_init(certificate, CERTIFICATE_MAX);
	buf_init(list, crl_size_max(0));
	TRY(make(&root, certificate));
	return make_list(plan, span_of_buf(certificate), &plan->root,
	    ROOT_CRL_DAYS * 24, list);
}
