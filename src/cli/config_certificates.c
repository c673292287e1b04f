/*
 * Settings that stand in certificates, lists and answers, or bound how long
 * they hold. What is wrong here shows only when the signer refuses everything,
 * or when relying parties do.
 */
#include "cli/config_places.h"
#include "cli/config_say.h"

#include "base/der.h"
#include "base/enum.h"
#include "pki/profile.h"
#include "pki/semantics.h"
#include "pki/subject.h"

#include <string.h>

/* least and most: beyond them nothing works; advised: the most that the
 * standards let pass (0: no other than most). */
static const struct bound {
	enum conf_key key;
	int64_t least, most, advised;
	const char *why, *advice;
} bounds[] = {
    {CONF_pki_ocsp_hours, 1, 168, 24, "1 to 168",
	"a revocation has to be known to everybody within 24 hours "
	"(EN 319 411-1 REV-6.2.4-03A): an answer may not hold longer"},
    {CONF_pki_crl_hours, 2, 168, 48, "2 to 168",
	"who has an old list goes on believing it: 48 hours at most"},
    {CONF_pki_validity_days, 1, 3 * 366, 0,
	"1 to 1098: the profiles allow three years", NULL},
    {CONF_signer_approval_days, 1, 366, 0, "1 to 366", NULL},
    {CONF_signer_anchor_seconds, 0, 86400, 3600, "0 to 86400",
	"so long may be lost of the ledger before a start notices"},
};

static int
check_bounds(const struct conf *c, int *errors)
{
	int warnings = 0;

	for (size_t i = 0; i < COUNT_OF(bounds); i++) {
		const struct bound *b = &bounds[i];
		int64_t value = conf_number(c, b->key);

		if (value < b->least || value > b->most)
			*errors += config_fail(conf_key_name(b->key), b->why);
		else if (b->advised && value > b->advised)
			warnings +=
			    config_warn(conf_key_name(b->key), b->advice);
	}
	return warnings;
}

static int
check_names(const struct conf *c)
{
	const char *id = conf_text(c, CONF_pki_organisation_id);
	int errors = 0;

	if (!country_exists(conf_text(c, CONF_pki_country)))
		errors += config_fail("pki.country",
		    "two capitals of ISO 3166-1, such as FR");
	if (!*conf_text(c, CONF_pki_organisation))
		errors += config_fail("pki.organisation", "who issues?");
	if (*id && organisation_id_check(span_of_text(id)) != OK)
		errors += config_fail("pki.organisation_id",
		    "NTR, VAT, PSD or LEI, the country, a hyphen and the "
		    "number (EN 319 412-1 5.1.4)");
	return errors;
}

static bool
is_identifier(const char *oid)
{
	struct der d;

	der_init(&d, DER_OID_TEXT_SIZE);
	der_put_oid(&d, oid);
	bool good = d.failure == OK;
	der_clear(&d);
	return good;
}

static int
check_choices(const struct conf *c)
{
	const char *oid = conf_text(c, CONF_pki_policy_oid);
	const char *serial = conf_text(c, CONF_pki_serial_number);
	struct profile_options chosen = {0};
	int errors = 0;

	if (strcmp(serial, "random") != 0 && strcmp(serial, "document") != 0)
		errors += config_fail("pki.serial_number",
		    "random or document");
	if (*oid && !is_identifier(oid))
		errors += config_fail("pki.policy_oid",
		    "an identifier, such as 1.3.6.1.4.1.99999.1.1");
	if (profile_choose_purposes(
		conf_text(c, CONF_pki_purposes), &chosen) != OK)
		errors += config_fail("pki.purposes",
		    "default, none, or up to four identifiers, of "
		    "no authority's purpose");
	if (profile_choose_ident_method(
		conf_text(c, CONF_pki_ident_method), &chosen) != OK)
		errors += config_fail("pki.ident_method",
		    "amended, original or none");
	return errors;
}

static int
check_anchor(const struct conf *c)
{
	return conf_number(c, CONF_signer_anchor_seconds) == 0
		   ? config_warn("signer.anchor_seconds",
			 "the token is not told how far the ledger came: one "
			 "that is put back or rewritten together with the "
			 "database is not noticed")
		   : 0;
}

int
config_check_certificates(const struct conf *c, int *errors)
{
	int warnings = check_bounds(c, errors) + check_anchor(c);

	*errors += check_names(c) + check_choices(c);
	err_clear();
	return warnings;
}
