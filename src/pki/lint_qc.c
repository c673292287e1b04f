/*
 * Rules about qcStatements; those about the meaning of the serialNumber, which
 * one of them declares, are in lint_semantics.c.
 */
#include "pki/lint_rules.h"

#include "base/enum.h"
#include "pki/oids.h"

#include <ctype.h>

/* ISO 639-1, all */
static const char languages[] =
    "aaabaeafakamanarasavayazbabebgbhbibmbnbobrbscacechcocrcscucvcydadedvdzee"
    "eleneoeseteufafffifjfofrfygagdglgngugvhahehihohrhthuhyhziaidieigiiikiois"
    "itiujajvkakgkikjkkklkmknkokrkskukvkwkylalblglilnloltlulvmgmhmimkmlmnmrms"
    "mtmynanbndnengnlnnnonrnvnyocojomorospapiplpsptqurmrnrorurwsascsdsesgsisk"
    "slsmsnsosqsrssstsusvswtatetgthtitktltntotrtstttwtyugukuruzvevivowawoxhyi"
    "yozazhzu";

static bool
language_exists(struct span code)
{
	for (size_t i = 0; code.size == 2 && languages[i]; i += 2)
		if (memcmp(languages + i, code.data, 2) == 0)
			return true;
	return false;
}

static bool
has(const struct lint *l, enum qc_id id)
{
	return l->qc_known && l->qc.of[id].count > 0;
}

void
rule_qc_structure(struct lint *l)
{
	struct qc qc;

	if (!certificate_extension(&l->certificate, OID_QC_STATEMENTS))
		return;
	lint_object_if(l, qc_parse(lint_value(l, OID_QC_STATEMENTS), &qc));
	if (l->qc_known && l->qc.type_as_statement)
		lint_object(l, "a QcType as a statement");
}

void
rule_qc_absent(struct lint *l)
{
	if (profile_is_qualified(l->profile) &&
	    !certificate_extension(&l->certificate, OID_QC_STATEMENTS))
		lint_object(l, "absent");
}

/* N5 */
void
rule_qc_once(struct lint *l)
{
	for (unsigned i = 0; i < QC_COUNT; i++)
		if (l->qc_known && l->qc.of[i].count > 1)
			lint_object(l, "%s", qc_title((enum qc_id)i));
}

/* A statement that says all by being there. */
static void
check_bare(struct lint *l, enum qc_id id)
{
	bool expected = l->profile->statements & 1u << id;

	if (has(l, id) != expected)
		lint_object(l, has(l, id) ? "present" : "absent");
	else if (expected && l->qc.of[id].info.size > 0)
		lint_object(l, "with information");
}

/* N3 */
void
rule_qc_compliance(struct lint *l)
{
	check_bare(l, QC_compliance);
}

/* N1, N2 */
void
rule_qc_sscd(struct lint *l)
{
	check_bare(l, QC_sscd);
}

/* SEQUENCE { OID }, one and no more. */
static RESULT
read_one_oid(struct span info, char out[DER_OID_TEXT_SIZE])
{
	struct span list, oid;

	TRY(der_take(&info, DER_SEQUENCE, &list));
	TRY(der_end(info));
	TRY(der_take(&list, DER_OID, &oid));
	TRY(der_oid_format(oid, out));
	return der_end(list);
}

void
rule_qc_type(struct lint *l)
{
	char type[DER_OID_TEXT_SIZE];

	if (!has(l, QC_type)) {
		if (profile_is_qualified(l->profile))
			lint_object(l, "absent");
		return;
	}
	if (read_one_oid(l->qc.of[QC_type].info, type) != OK)
		lint_object_if(l, ERR_INVALID);
	else if (strcmp(type, QC_TYPE_ESIGN) != 0)
		lint_object(l, "%.60s", type);
}

/* One PdsLocation: an https address and a language that was not yet there. */
static RESULT
check_location(struct span location, struct span before, bool *english)
{
	struct span url, language, other;

	TRY(der_take(&location, DER_IA5, &url));
	TRY(der_take(&location, DER_PRINTABLE, &language));
	TRY(der_end(location));
	if (!lint_is_address(url, "https://"))
		return FAIL(ERR_INVALID, "not an https address");
	if (!language_exists(language))
		return FAIL(ERR_INVALID, "no such language");
	while (before.size > 0) {
		struct span one;

		TRY(der_take(&before, DER_SEQUENCE, &one));
		TRY(der_take(&one, DER_IA5, &other));
		TRY(der_take(&one, DER_PRINTABLE, &other));
		if (span_equal(other, language))
			return FAIL(ERR_INVALID, "a language twice");
	}
	*english |= memcmp(language.data, "en", 2) == 0;
	return OK;
}

static RESULT
check_pds(struct span info)
{
	struct span list, location;
	bool english = false;

	TRY(der_take(&info, DER_SEQUENCE, &list));
	TRY(der_end(info));
	const uint8_t *begin = list.data;
	while (list.size > 0) {
		struct span before = SPAN(begin, (size_t)(list.data - begin));

		TRY(der_take(&list, DER_SEQUENCE, &location));
		TRY(check_location(location, before, &english));
	}
	return english ? OK : FAIL(ERR_INVALID, "none in English");
}

/* N6 */
void
rule_qc_pds(struct lint *l)
{
	if (has(l, QC_pds))
		lint_object_if(l, check_pds(l->qc.of[QC_pds].info));
	else if (profile_is_qualified(l->profile))
		lint_object(l, "absent");
}

static RESULT
check_own_pds(
    const struct profile_options *o, const char *base_url, struct span info)
{
	AUTO(buf_clear) struct buf pattern, expected;
	struct span list, location, url, language;

	buf_init(&pattern, QC_URL_MAX);
	TRY(profile_pds_url(o, base_url, &pattern));
	TRY(der_take(&info, DER_SEQUENCE, &list));
	for (size_t i = 0; profile_languages[i]; i++) {
		buf_init(&expected, QC_URL_MAX);
		TRY(qc_pds_url(
		    buf_text(&pattern), profile_languages[i], &expected));
		TRY(der_take(&list, DER_SEQUENCE, &location));
		TRY(der_take(&location, DER_IA5, &url));
		TRY(der_take(&location, DER_PRINTABLE, &language));
		if (!span_equal(url, span_of_buf(&expected)) ||
		    !span_equal(language, span_of_text(profile_languages[i])))
			return FAIL(ERR_INVALID, "other address than its own");
		buf_clear(&expected);
	}
	return der_end(list);
}

void
rule_qc_pds_own(struct lint *l)
{
	const struct profile_options *o = l->context->options;
	const char *base = l->context->base_url;

	if (o && base && has(l, QC_pds))
		lint_object_if(
		    l, check_own_pds(o, base, l->qc.of[QC_pds].info));
}

/* N4 */
void
rule_qc_legislation(struct lint *l)
{
	if (has(l, QC_legislation) || has(l, QC_device_legislation))
		lint_object(l, "present");
}

static RESULT
read_positive(struct span info, uint64_t *out)
{
	struct span number;

	TRY(der_take(&info, DER_INTEGER, &number));
	TRY(der_end(info));
	TRY(der_get_number(number, out));
	return *out ? OK : FAIL(ERR_INVALID, "zero");
}

/* N18 */
void
rule_qc_retention(struct lint *l)
{
	const struct profile_options *o = l->context->options;
	uint64_t years = 0;

	if (!has(l, QC_retention))
		return; /* qc_statements holds whether it should be */
	if (read_positive(l->qc.of[QC_retention].info, &years) != OK)
		lint_object_if(l, ERR_INVALID);
	else if (o && years != o->retention_years)
		lint_object(l, "%llu years", (unsigned long long)years);
}

static bool
is_currency(struct der_item currency)
{
	bool letters = currency.content.size == 3;

	for (size_t i = 0; letters && i < 3; i++)
		letters = isupper(currency.content.data[i]);
	return currency.tag == DER_INTEGER ||
	       (currency.tag == DER_PRINTABLE && letters);
}

/* MonetaryValue: currency, amount, exponent */
static RESULT
read_limit(struct span info, bool *by_number)
{
	struct der_item currency;
	struct span value, number;
	uint64_t ignored;

	TRY(der_take(&info, DER_SEQUENCE, &value));
	TRY(der_end(info));
	TRY(der_next(&value, &currency));
	if (!is_currency(currency))
		return FAIL(ERR_INVALID, "no currency");
	*by_number = currency.tag == DER_INTEGER;
	TRY(der_take(&value, DER_INTEGER, &number));
	TRY(der_get_number(number, &ignored)); /* refuses negative ones */
	TRY(der_take(&value, DER_INTEGER, &number));
	TRY(der_get_number(number, &ignored));
	return der_end(value);
}

void
rule_qc_limit(struct lint *l)
{
	bool by_number;

	if (has(l, QC_limit))
		lint_object_if(
		    l, read_limit(l->qc.of[QC_limit].info, &by_number));
}

void
rule_qc_currency(struct lint *l)
{
	bool by_number = false;

	if (has(l, QC_limit) &&
	    read_limit(l->qc.of[QC_limit].info, &by_number) != OK)
		err_clear(); /* qc_limit objects */
	if (by_number)
		lint_object(l, "by number");
}

void
rule_qc_ident_method(struct lint *l)
{
	static const char *const known[] = {QC_IDENT_ARC "1", QC_IDENT_ARC "2",
	    QC_IDENT_ARC "3", QC_IDENT_ARC "4"};
	const struct profile_options *o = l->context->options;
	char method[DER_OID_TEXT_SIZE];

	if (!has(l, QC_ident_method))
		return;
	if (read_one_oid(l->qc.of[QC_ident_method].info, method) != OK)
		lint_object_if(l, ERR_INVALID);
	else if (enum_find(known, COUNT_OF(known), method) == COUNT_OF(known))
		lint_object(l, "%.60s", method);
	else if (o && o->ident_method && strcmp(method, o->ident_method) != 0)
		lint_object(l, "%.60s, not the one chosen", method);
}

void
rule_qc_old_syntax(struct lint *l)
{
	if (has(l, QC_old_syntax))
		lint_object(l, "present");
}

/* Those of the profile, and of what it permits those that were chosen. */
void
rule_qc_statements(struct lint *l)
{
	const struct profile *p = l->profile;
	const struct profile_options *o = l->context->options;
	unsigned present = l->qc_known ? l->qc.present : 0;
	unsigned wanted = o ? profile_statements(p, o) : p->statements;
	unsigned allowed = o ? wanted : p->statements | p->permitted;

	for (unsigned i = 0; i < QC_COUNT; i++) {
		if (wanted & ~present & 1u << i)
			lint_object(l, "%s absent", qc_title((enum qc_id)i));
		if (present & ~allowed & 1u << i)
			lint_object(l, "%s present", qc_title((enum qc_id)i));
	}
	if (l->qc_known && l->qc.unknown[0])
		lint_object(l, "%.60s", l->qc.unknown);
}

/* The root is not at hand here: the issuer's name speaks for it. */
void
rule_trust(struct lint *l)
{
	struct trust trust;
	bool claims = has(l, QC_compliance) || has(l, QC_sscd) ||
		      profile_is_qualified(l->profile);

	if (!l->context->trust || !claims)
		return;
	trust = *l->context->trust;
	trust.test = trust.test && name_is_test(&l->certificate.issuer);
	lint_object_if(l, profile_permit(l->profile, &trust));
}
