/*
 * Rules about what a subject's serialNumber means: nothing, unless a
 * statement declares it (RFC 3739 3.2.6.1, EN 319 412-1 5.1).
 */
#include "pki/lint_rules.h"

#include "base/enum.h"
#include "pki/oids.h"
#include "pki/semantics.h"

#define SEMANTICS_EIDAS "0.4.0.194121.1.3"

static bool
declares(const struct lint *l)
{
	return l->qc_known && l->qc.of[QC_semantics].count > 0;
}

struct semantics {
	char id[DER_OID_TEXT_SIZE]; /* "": none */
	bool authority_uri;	    /* nameRegistrationAuthorities has one */
};

static RESULT
read_semantics(struct span info, struct semantics *out)
{
	struct span value, oid, names;
	struct der_item name;
	bool identified, present;

	*out = (struct semantics){0};
	TRY(der_take(&info, DER_SEQUENCE, &value));
	TRY(der_end(info));
	TRY(der_take_if(&value, DER_OID, &identified, &oid));
	if (identified)
		TRY(der_oid_format(oid, out->id));
	TRY(der_take_if(&value, DER_SEQUENCE, &present, &names));
	if (!identified && !present)
		return FAIL(ERR_INVALID, "says nothing");
	while (present && names.size > 0) {
		TRY(der_next(&names, &name));
		out->authority_uri |= name.tag == DER_CONTEXT(6);
	}
	return der_end(value);
}

/* False where nothing is declared, or nothing readable. */
static bool
semantics_of(const struct lint *l, struct semantics *out)
{
	if (!declares(l))
		return false;
	if (read_semantics(l->qc.of[QC_semantics].info, out) == OK)
		return true;
	err_clear();
	return false;
}

/* eIDAS' own form for natural persons is allowed and never ours. */
void
rule_qc_semantics(struct lint *l)
{
	static const char *const known[] = {
	    "", QC_SEMANTICS_NATURAL, SEMANTICS_EIDAS};
	struct semantics found;

	if (!declares(l))
		return;
	if (read_semantics(l->qc.of[QC_semantics].info, &found) != OK)
		lint_object_if(l, ERR_INVALID);
	else if (enum_find(known, COUNT_OF(known), found.id) == COUNT_OF(known))
		lint_object(l, "%.60s", found.id);
}

/* Whether the serialNumber is declared to be of the form TTTCC-id. */
static bool
declared(const struct lint *l, struct span *serial, struct semantics *how)
{
	*how = (struct semantics){0};
	const struct attribute *a =
	    name_attribute(&l->certificate.subject, OID_SERIAL);

	*serial = a ? a->value : SPAN(NULL, 0);
	return semantics_of(l, how) &&
	       strcmp(how->id, QC_SEMANTICS_NATURAL) == 0;
}

void
rule_serial_semantics(struct lint *l)
{
	struct semantics how;
	struct span serial;
	enum semantics_kind kind;

	if (!declared(l, &serial, &how)) {
		if (strcmp(how.id, SEMANTICS_EIDAS) == 0)
			lint_object_if(l, semantics_eidas_check(serial));
		return;
	}
	if (semantics_parse(serial, &kind) != OK)
		lint_object_if(l, ERR_INVALID);
	else if (kind == SEMANTICS_national && !how.authority_uri)
		lint_object(l, "a national number without the address of "
			       "its authority");
}

void
rule_serial_deprecated(struct lint *l)
{
	struct semantics how;
	struct span serial;
	enum semantics_kind kind = SEMANTICS_known;

	if (!declared(l, &serial, &how))
		return;
	if (semantics_parse(serial, &kind) != OK)
		err_clear(); /* serial_semantics objects */
	if (kind == SEMANTICS_deprecated)
		lint_object(l, "TAX");
}

/* Worth knowing: nobody but its authority can say what it means. */
void
rule_serial_national(struct lint *l)
{
	struct semantics how;
	struct span serial;
	enum semantics_kind kind = SEMANTICS_known;

	if (!declared(l, &serial, &how))
		return;
	if (semantics_parse(serial, &kind) != OK)
		err_clear(); /* serial_semantics objects */
	if (kind == SEMANTICS_national)
		lint_object(l, "%.2s:", (const char *)serial.data);
}
