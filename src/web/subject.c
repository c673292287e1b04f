/*
 * Names (RFC 5280 4.1.2.4): a sequence of sets of attributes.
 */
#include "web/subject.h"

#include "base/codec.h"
#include "base/der.h"
#include "status/issuer.h"

static char *
place_of(struct subject *s, struct span type)
{
	if (der_oid_is(type, "2.5.4.6"))
		return s->country;
	if (der_oid_is(type, "2.5.4.4"))
		return s->surname;
	if (der_oid_is(type, "2.5.4.42"))
		return s->given_names;
	if (der_oid_is(type, "2.5.4.3"))
		return s->common_name;
	if (der_oid_is(type, "2.5.4.5"))
		return s->serial_number;
	return NULL;
}

static RESULT
read_attribute(struct span set, struct subject *out)
{
	struct span attribute, type;
	struct der_item value;

	TRY(der_take(&set, DER_SEQUENCE, &attribute));
	TRY(der_take(&attribute, DER_OID, &type));
	TRY(der_next(&attribute, &value));
	char *place = place_of(out, type);
	if (!place || value.content.size >= SUBJECT_TEXT_SIZE ||
	    !utf8_is_clean(value.content))
		return OK;
	memcpy(place, value.content.data, value.content.size);
	place[value.content.size] = '\0';
	return OK;
}

static RESULT
read_name(struct span whole, struct subject *out)
{
	struct span name, set;

	TRY(der_take(&whole, DER_SEQUENCE, &name));
	while (name.size > 0) {
		TRY(der_take(&name, DER_SET, &set));
		TRY(read_attribute(set, out));
	}
	return OK;
}

void
subject_read(struct span certificate, struct subject *out)
{
	struct certificate_outline outline;

	*out = (struct subject){0};
	/* what cannot be read is shown empty */
	if (certificate_outline(certificate, &outline) == OK)
		IGNORE(read_name(outline.subject, out));
}

void
subject_read_issuer(struct span certificate, struct subject *out)
{
	struct certificate_outline outline;

	*out = (struct subject){0};
	if (certificate_outline(certificate, &outline) == OK)
		IGNORE(read_name(outline.issuer, out));
}
