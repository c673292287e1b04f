/*
 * What the operator chose about certificates, as configured.
 */
#include "signer/choices.h"

#define RETENTION_YEARS_MAX 100

RESULT
choices_load(const struct conf *conf, const struct certificate *issuing,
    struct profile_options *options, struct trust *trust)
{
	struct profile_options chosen = profile_defaults;
	int64_t years = conf_number(conf, CONF_pki_retention_years);
	const char *pds = conf_text(conf, CONF_pki_pds_url);
	const char *serial = conf_text(conf, CONF_pki_serial_number);
	bool software = conf_text(conf, CONF_pki_softhsm_conf)[0];

	if (years > RETENTION_YEARS_MAX)
		return FAIL(ERR_INVALID, "pki.retention_years is 0 to %d",
		    RETENTION_YEARS_MAX);
	if (pds[0] &&
	    (strncmp(pds, "https://", 8) != 0 || !strstr(pds, "{language}")))
		return FAIL(ERR_INVALID,
		    "pki.pds_url is not https with {language} in it");
	if (profile_choose_purposes(
		conf_text(conf, CONF_pki_purposes), &chosen) != OK)
		return FAIL(ERR_INVALID, "pki.purposes cannot be read");
	if (strcmp(serial, "random") != 0 && strcmp(serial, "document") != 0)
		return FAIL(ERR_INVALID,
		    "pki.serial_number is random or document");
	if (profile_choose_ident_method(
		conf_text(conf, CONF_pki_ident_method), &chosen) != OK)
		return FAIL(ERR_INVALID,
		    "pki.ident_method is amended, original or none");
	chosen.document_serial = strcmp(serial, "document") == 0;
	chosen.retention_years = (unsigned)years;
	chosen.pds_url = pds;
	*options = chosen;
	*trust = (struct trust){
	    .test = name_is_test(&issuing->issuer), /* the root's name */
	    .qualified = conf_flag(conf, CONF_trust_qualified),
	    /* SoftHSM always means TEST: it is no certified device */
	    .qscd = software ? "" : conf_text(conf, CONF_trust_qscd),
	};
	return OK;
}
