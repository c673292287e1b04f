/*
 * Rules about the names of issuer and subject.
 */
#include "pki/lint_rules.h"

#include "base/codec.h"
#include "base/enum.h"
#include "pki/oids.h"
#include "pki/semantics.h"
#include "pki/subject.h"

/* What an attribute may look like; 0 characters: no maximum of its own. */
static const struct form {
	const char *oid;
	uint8_t tag;
	size_t longest; /* characters */
} forms[] = {
    {OID_COUNTRY, DER_PRINTABLE, 2},
    {OID_ORGANISATION, DER_UTF8, 64},
    {OID_ORGANISATION_ID, DER_UTF8, 256},
    {OID_COMMON_NAME, DER_UTF8, 64},
    {OID_SURNAME, DER_UTF8, 32768},
    {OID_GIVEN_NAME, DER_UTF8, 32768},
    {OID_PSEUDONYM, DER_UTF8, 128},
    {OID_SERIAL, DER_PRINTABLE, 64},
};

static const struct form *
form_of(const char *oid)
{
	for (size_t i = 0; i < COUNT_OF(forms); i++)
		if (strcmp(forms[i].oid, oid) == 0)
			return &forms[i];
	return NULL;
}

static size_t
occurrences(const struct name *n, const char *oid)
{
	size_t count = 0;

	for (size_t i = 0; i < n->count; i++)
		count += strcmp(n->attributes[i].oid, oid) == 0;
	return count;
}

void
rule_issuer_name(struct lint *l)
{
	static const char *const once[] = {
	    OID_COUNTRY, OID_ORGANISATION, OID_COMMON_NAME};
	const struct name *n = &l->certificate.issuer;

	for (size_t i = 0; i < COUNT_OF(once); i++)
		if (occurrences(n, once[i]) != 1)
			lint_object(l, "%s not exactly once", once[i]);
	if (occurrences(n, OID_ORGANISATION_ID) > 1)
		lint_object(l, "organizationIdentifier twice");
}

void
rule_issuer_identifier(struct lint *l)
{
	const struct name *n = &l->certificate.issuer;
	const struct attribute *o = name_attribute(n, OID_ORGANISATION);
	const struct attribute *id = name_attribute(n, OID_ORGANISATION_ID);

	if (o && id && span_equal(o->value, id->value))
		lint_object(l, "organizationIdentifier is the name");
	if (id)
		lint_object_if(l, organisation_id_check(id->value));
}

void
rule_issuer_bytes(struct lint *l)
{
	if (l->issuer_known &&
	    !span_equal(l->certificate.issuer.der, l->issuer.subject.der))
		lint_object(l, "differs");
}

/* Attributes in their order; those after '?' may be missing. */
static const char *const person_order[] = {OID_COUNTRY, ("?" OID_SURNAME),
    ("?" OID_GIVEN_NAME), ("?" OID_PSEUDONYM), OID_SERIAL, OID_COMMON_NAME};
static const char *const authority_order[] = {
    OID_COUNTRY, OID_ORGANISATION, ("?" OID_ORGANISATION_ID), OID_COMMON_NAME};

static bool
in_order(const struct name *n, const char *const *order, size_t count)
{
	size_t at = 0;

	for (size_t i = 0; i < count; i++) {
		bool optional = order[i][0] == '?';
		const char *oid = order[i] + optional;

		if (at < n->count && strcmp(n->attributes[at].oid, oid) == 0)
			at++;
		else if (!optional)
			return false;
	}
	return at == n->count;
}

void
rule_subject_parts(struct lint *l)
{
	const struct name *n = &l->certificate.subject;
	bool person = l->profile->kind == KIND_person;

	if (person ? !in_order(n, person_order, COUNT_OF(person_order))
		   : !in_order(n, authority_order, COUNT_OF(authority_order)))
		lint_object(l, "other parts or order");
}

static bool
named(const struct name *n)
{
	return name_attribute(n, OID_SURNAME) ||
	       name_attribute(n, OID_GIVEN_NAME);
}

void
rule_subject_mandatory(struct lint *l)
{
	const struct name *n = &l->certificate.subject;

	if (!name_attribute(n, OID_COUNTRY))
		lint_object(l, "no country");
	if (!name_attribute(n, OID_COMMON_NAME))
		lint_object(l, "no common name");
	if (!named(n) && !name_attribute(n, OID_PSEUDONYM))
		lint_object(l, "neither name nor pseudonym");
}

void
rule_subject_once(struct lint *l)
{
	const struct name *n = &l->certificate.subject;

	if (occurrences(n, OID_COUNTRY) > 1 ||
	    occurrences(n, OID_COMMON_NAME) > 1)
		lint_object(l, "country or common name twice");
}

/* N12 */
void
rule_subject_of_another(struct lint *l)
{
	const struct lint_registry *r = l->context->registry;
	struct digest name = digest_sha256(l->certificate.subject.der);

	if (r && r->another_has_name && r->another_has_name(r->data, &name))
		lint_object(l, "taken");
}

/* N8: other linters object only when all three are there. */
void
rule_pseudonym(struct lint *l)
{
	const struct name *n = &l->certificate.subject;

	if (name_attribute(n, OID_PSEUDONYM) && named(n))
		lint_object(l, "beside a name");
}

/* The CN may be shorter: it is cut at 64 characters. */
void
rule_pseudonym_repeated(struct lint *l)
{
	const struct name *n = &l->certificate.subject;
	const struct attribute *p = name_attribute(n, OID_PSEUDONYM);
	const struct attribute *cn = name_attribute(n, OID_COMMON_NAME);

	if (p && cn &&
	    (cn->value.size > p->value.size ||
		memcmp(cn->value.data, p->value.data, cn->value.size) != 0))
		lint_object(l, "differs");
}

static bool
says_test(const struct name *n, const char *oid)
{
	return attribute_says_test(name_attribute(n, oid));
}

void
rule_test_name(struct lint *l)
{
	const struct certificate *c = &l->certificate;
	bool test = says_test(&c->issuer, OID_ORGANISATION);

	if (test != says_test(&c->issuer, OID_COMMON_NAME))
		lint_object(l, "issuer's O and CN");
	if (l->profile->kind == KIND_person)
		return;
	if (test != says_test(&c->subject, OID_ORGANISATION) ||
	    test != says_test(&c->subject, OID_COMMON_NAME))
		lint_object(l, "subject's O and CN");
}

void
rule_email_in_name(struct lint *l)
{
	if (name_attribute(&l->certificate.subject, OID_EMAIL))
		lint_object(l, "present");
}

void
rule_scripts(struct lint *l)
{
	static const char *const oids[] = {
	    OID_SURNAME, OID_GIVEN_NAME, OID_PSEUDONYM, OID_COMMON_NAME};
	struct span texts[COUNT_OF(oids)];

	for (size_t i = 0; i < COUNT_OF(oids); i++) {
		const struct attribute *a =
		    name_attribute(&l->certificate.subject, oids[i]);

		texts[i] = a ? a->value : SPAN(NULL, 0);
	}
	if (!texts_share_script(texts, COUNT_OF(oids)))
		lint_object(l, "letters of several scripts");
}

/* Unseen signs and symbols make one name look like another. */
void
rule_name_signs(struct lint *l)
{
	static const char *const oids[] = {
	    OID_SURNAME, OID_GIVEN_NAME, OID_PSEUDONYM, OID_COMMON_NAME};
	const struct name *n = &l->certificate.subject;
	bool free = name_attribute(n, OID_PSEUDONYM);

	for (size_t i = 0; i < COUNT_OF(oids); i++) {
		const struct attribute *a = name_attribute(n, oids[i]);

		if (a && !(text_is_name(a->value, free) &&
			     text_is_even(a->value)))
			lint_object(l, "%.32s", oids[i]);
	}
}

static void
check_country(struct lint *l, const struct name *n)
{
	const struct attribute *c = name_attribute(n, OID_COUNTRY);
	char code[3] = "";

	if (c && c->value.size == 2)
		memcpy(code, c->value.data, 2);
	if (c && !country_exists(code))
		lint_object(l, "no such country");
}

void
rule_country(struct lint *l)
{
	check_country(l, &l->certificate.issuer);
	check_country(l, &l->certificate.subject);
}

static bool
printable(struct span text)
{
	static const char others[] = " '()+,-./:=?";

	for (size_t i = 0; i < text.size; i++) {
		uint8_t c = text.data[i];
		bool letter = (c >= 'A' && c <= 'Z') ||
			      (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');

		if (!letter && (c == '\0' || !strchr(others, c)))
			return false;
	}
	return true;
}

/* A DirectoryString may be a PrintableString; the rest has one type. */
static void
check_types(struct lint *l, const struct name *n)
{
	for (size_t i = 0; i < n->count; i++) {
		const struct attribute *a = &n->attributes[i];
		const struct form *form = form_of(a->oid);

		if (form && a->tag != form->tag &&
		    !(form->tag == DER_UTF8 && a->tag == DER_PRINTABLE))
			lint_object(l, "%.32s with tag %02x", a->oid, a->tag);
		else if (a->tag == DER_PRINTABLE ? !printable(a->value)
						 : !utf8_is_clean(a->value))
			lint_object(l, "%.32s with a wrong character", a->oid);
	}
}

void
rule_string_utf8(struct lint *l)
{
	const struct name *n = &l->certificate.subject;

	for (size_t i = 0; i < n->count; i++) {
		const struct attribute *a = &n->attributes[i];
		const struct form *form = form_of(a->oid);

		if (form && form->tag == DER_UTF8 && a->tag == DER_PRINTABLE)
			lint_object(l, "%.32s", a->oid);
	}
}

void
rule_string_types(struct lint *l)
{
	check_types(l, &l->certificate.issuer);
	check_types(l, &l->certificate.subject);
}

static size_t
characters(struct span text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.size; i++)
		count += (text.data[i] & 0xc0) != 0x80;
	return count;
}

static void
check_lengths(struct lint *l, const struct name *n)
{
	for (size_t i = 0; i < n->count; i++) {
		const struct attribute *a = &n->attributes[i];
		const struct form *form = form_of(a->oid);
		size_t length = characters(a->value);

		if (length == 0 || (form && length > form->longest &&
				       strcmp(a->oid, OID_COMMON_NAME) != 0))
			lint_object(
			    l, "%.32s of %zu characters", a->oid, length);
	}
}

/* EN 319 412-2 lets it be longer than RFC 5280 does; we cut it. */
void
rule_common_name_length(struct lint *l)
{
	const struct attribute *a =
	    name_attribute(&l->certificate.subject, OID_COMMON_NAME);

	if (a && characters(a->value) > SUBJECT_COMMON_NAME_MAX)
		lint_object(l, "%zu characters", characters(a->value));
}

void
rule_lengths(struct lint *l)
{
	check_lengths(l, &l->certificate.issuer);
	check_lengths(l, &l->certificate.subject);
}

/* Plain ASCII is in normal form; the rest is normalised and compared. */
static bool
is_normal(struct span value)
{
	AUTO(buf_clear) struct buf text, normal;
	size_t ascii = 0;

	while (ascii < value.size && value.data[ascii] < 0x80)
		ascii++;
	if (ascii == value.size)
		return true;
	buf_init(&text, value.size);
	buf_init(&normal, 4 * value.size);
	if (buf_add_span(&text, value) != OK ||
	    text_normalise(buf_text(&text), &normal) != OK) {
		err_clear();
		return false;
	}
	return span_equal(span_of_buf(&normal), value) != 0;
}

void
rule_normal_form(struct lint *l)
{
	const struct name *n = &l->certificate.subject;

	for (size_t i = 0; i < n->count; i++)
		if (n->attributes[i].tag == DER_UTF8 &&
		    !is_normal(n->attributes[i].value))
			lint_object(l, "%.32s", n->attributes[i].oid);
}
