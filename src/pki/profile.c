/*
 * Finding profiles, and what an operator may choose in them.
 */
#include "pki/profile.h"

#include "base/enum.h"
#include "pki/oids.h"

static const struct profile *const profiles[] = {
#define PROFILE(name, level, requirement) &profile_##name,
#include "pki/profiles.def"
#undef PROFILE
};

/* Seven years is what the practice statement promises to keep. */
const struct profile_options profile_defaults = {
    .pds_url = "",
    .retention_years = 7,
};

const char *const profile_languages[QC_LANGUAGES_MAX] = {"en", "fr"};

const struct profile *
profile_find(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(profiles); i++)
		if (strcmp(profiles[i]->name, name) == 0)
			return profiles[i];
	return NULL;
}

const struct profile *
profile_at(size_t index)
{
	return index < COUNT_OF(profiles) ? profiles[index] : NULL;
}

bool
profile_purpose_is_authority(struct span oid)
{
	static const char *const never[] = {
	    OID_PURPOSE_OCSP, OID_PURPOSE_TIME, OID_PURPOSE_ANY};

	for (size_t i = 0; i < COUNT_OF(never); i++)
		if (der_oid_is(oid, never[i]))
			return true;
	return false;
}

static RESULT
take_purpose(struct span word, char out[DER_OID_TEXT_SIZE])
{
	AUTO(der_clear) struct der d;
	char text[DER_OID_TEXT_SIZE] = "";
	struct span oid, bytes;

	if (word.size >= sizeof(text))
		return FAIL(ERR_INVALID, "not an object identifier");
	memcpy(text, word.data, word.size);
	der_init(&d, DER_OID_TEXT_SIZE);
	der_put_oid(&d, text);
	TRY(der_done(&d));
	bytes = span_of_buf(&d.bytes);
	TRY(der_take(&bytes, DER_OID, &oid));
	if (profile_purpose_is_authority(oid))
		return FAIL(ERR_INVALID, "a purpose of authorities");
	return der_oid_format(oid, out);
}

RESULT
profile_choose_purposes(const char *text, struct profile_options *o)
{
	struct profile_options chosen = *o;
	size_t count = 0;

	memset(chosen.purposes, 0, sizeof(chosen.purposes));
	chosen.own_purposes = strcmp(text, "default") != 0;
	if (!chosen.own_purposes || strcmp(text, "none") == 0) {
		*o = chosen;
		return OK;
	}
	for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
		size_t length = strcspn(text, " ");

		if (count == PROFILE_LIST_MAX)
			return FAIL(ERR_TOO_LARGE, "more than %d purposes",
			    PROFILE_LIST_MAX);
		TRY(take_purpose(SPAN(text, length), chosen.purposes[count++]));
		text += length;
	}
	if (count == 0)
		return FAIL(ERR_INVALID, "no purposes: say none");
	*o = chosen;
	return OK;
}

RESULT
profile_choose_ident_method(const char *text, struct profile_options *o)
{
	if (strcmp(text, "amended") == 0)
		o->ident_method = QC_IDENT_ARC "3";
	else if (strcmp(text, "original") == 0)
		o->ident_method = QC_IDENT_ARC "2";
	else if (strcmp(text, "none") == 0)
		o->ident_method = NULL;
	else
		return FAIL(ERR_INVALID, "amended, original or none");
	return OK;
}

const char *
profile_purpose(
    const struct profile *p, const struct profile_options *o, size_t i)
{
	if (i >= PROFILE_LIST_MAX)
		return NULL;
	if (p->kind == KIND_person && o->own_purposes)
		return o->purposes[i][0] ? o->purposes[i] : NULL;
	return p->purposes[i];
}

unsigned
profile_statements(const struct profile *p, const struct profile_options *o)
{
	unsigned chosen = p->statements;

	if (o->document_serial)
		chosen |= QC_BIT(semantics);
	if (o->retention_years > 0)
		chosen |= QC_BIT(retention);
	if (o->ident_method)
		chosen |= QC_BIT(ident_method);
	return chosen & (p->statements | p->permitted);
}

/* The disclosure statement must be https, the rest is plain http. */
RESULT
profile_pds_url(
    const struct profile_options *o, const char *base_url, struct buf *out)
{
	static const char http[] = "http";

	if (o->pds_url && o->pds_url[0])
		return buf_add_text(out, o->pds_url);
	if (!base_url || strncmp(base_url, http, strlen(http)) != 0)
		return FAIL(ERR_INVALID, "base address is not http");
	base_url += strlen(http);
	base_url += *base_url == 's';
	return buf_add_format(out, "https%s/pki/pds/{language}", base_url);
}

bool
profile_is_qualified(const struct profile *p)
{
	return p->statements & QC_BIT(compliance);
}

bool
profile_in_device(const struct profile *p)
{
	return p->statements & QC_BIT(sscd);
}

const char *
profile_level(const struct profile *p)
{
	static const char *const levels[] = {
#define PROFILE(name, level, requirement) level,
#include "pki/profiles.def"
#include "pki/oids.h"
#undef PROFILE
	};

	for (size_t i = 0; i < COUNT_OF(profiles); i++)
		if (profiles[i] == p)
			return levels[i];
	return "";
}

RESULT
profile_permit(const struct profile *p, const struct trust *t)
{
	if (t->test || !profile_is_qualified(p))
		return OK;
	if (!t->qualified)
		return FAIL(ERR_DENIED, "qualified, and trust.qualified is no");
	if (profile_in_device(p) && (!t->qscd || !t->qscd[0]))
		return FAIL(ERR_DENIED, "QSCD, and trust.qscd names none");
	return OK;
}

static const char *const key_names[KEY_KIND_COUNT] = {
    [KEY_p256] = "P-256",
    [KEY_p384] = "P-384",
    [KEY_rsa3072] = "RSA-3072",
    [KEY_rsa4096] = "RSA-4096",
};

const char *
key_kind_name(enum key_kind kind)
{
	return key_names[kind];
}
