/*
 * Rules about addresses: where the issuer's certificate is, where to ask
 * whether a certificate still holds, and those that never ask.
 */
#include "pki/lint_rules.h"

#include "base/clock.h"
#include "pki/oids.h"

#include <ctype.h>
#include <stdio.h>

#define URL_SIZE 512

/* What an authorityInfoAccess has, counted. */
struct access {
	unsigned ca_issuers, ca_issuers_http;
	unsigned ocsp, ocsp_http;
};

static bool
begins_with(struct span text, const char *beginning)
{
	size_t length = strlen(beginning);

	return text.size > length &&
	       strncasecmp((const char *)text.data, beginning, length) == 0;
}

/* RFC 3986 section 2: all that may stand in an address as it is. */
static bool
is_of_addresses(struct span rest)
{
	static const char others[] = "-._~:/?#[]!$&'()*+,;=";

	for (size_t i = 0; i < rest.size; i++) {
		uint8_t c = rest.data[i];
		bool escape = c == '%' && i + 2 < rest.size &&
			      isxdigit(rest.data[i + 1]) &&
			      isxdigit(rest.data[i + 2]);

		if (!escape && !(c < 0x80 && isalnum(c)) &&
		    (c == '\0' || !strchr(others, c)))
			return false;
	}
	return true;
}

bool
lint_is_address(struct span url, const char *scheme)
{
	size_t length = strlen(scheme);

	if (!begins_with(url, scheme))
		return false;
	struct span rest = SPAN(url.data + length, url.size - length);
	return (isalnum(rest.data[0]) || rest.data[0] == '[') &&
	       is_of_addresses(rest);
}

static bool
is_http(struct span url)
{
	return lint_is_address(url, "http://") ||
	       lint_is_address(url, "https://");
}

static RESULT
read_description(struct span description, struct access *out)
{
	struct span oid;
	struct der_item at;

	TRY(der_take(&description, DER_OID, &oid));
	TRY(der_next(&description, &at));
	TRY(der_end(description));
	bool http = at.tag == DER_CONTEXT(6) && is_http(at.content);
	if (der_oid_is(oid, OID_ACCESS_CA_ISSUERS)) {
		out->ca_issuers++;
		out->ca_issuers_http += http;
	} else if (der_oid_is(oid, OID_ACCESS_OCSP)) {
		out->ocsp++;
		out->ocsp_http += http;
	}
	return OK;
}

static RESULT
read_access(struct span value, struct access *out)
{
	struct span list, description;

	*out = (struct access){0};
	TRY(der_take(&value, DER_SEQUENCE, &list));
	TRY(der_end(value));
	if (list.size == 0)
		return FAIL(ERR_INVALID, "no address");
	while (list.size > 0) {
		TRY(der_take(&list, DER_SEQUENCE, &description));
		TRY(read_description(description, out));
	}
	return OK;
}

/* Zeroes when it is absent or cannot be read: authority_info objects. */
static struct access
access_of(const struct lint *l)
{
	struct access access = {0};

	if (read_access(lint_value(l, OID_AUTHORITY_INFO), &access) != OK)
		err_clear();
	return access;
}

void
rule_authority_info(struct lint *l)
{
	struct access access;

	if (!certificate_extension(&l->certificate, OID_AUTHORITY_INFO))
		lint_object(l, "absent");
	else
		lint_object_if(
		    l, read_access(lint_value(l, OID_AUTHORITY_INFO), &access));
}

void
rule_ca_issuers(struct lint *l)
{
	if (access_of(l).ca_issuers_http == 0)
		lint_object(l, "absent");
}

void
rule_ocsp_address(struct lint *l)
{
	struct access access = access_of(l);

	if (access.ocsp > 0 && access.ocsp_http == 0)
		lint_object(l, "not http");
}

void
rule_responder_loop(struct lint *l)
{
	if (access_of(l).ocsp > 0)
		lint_object(l, "present");
}

/* {base}/pki/{folder}{name}{ending}; -2, -3 may follow a name that stands
 * for any generation. */
static bool
is_address(struct span url, const struct lint *l, const char *folder,
    const char *name, const char *ending)
{
	char text[URL_SIZE];
	int from = snprintf(text, sizeof(text), "%s/pki/%s%s",
	    l->context->base_url, folder, name);
	size_t end = strlen(ending), at = (size_t)from;

	if (from >= (int)sizeof(text) || url.size < at + end ||
	    memcmp(url.data, text, at) != 0 ||
	    memcmp(url.data + url.size - end, ending, end) != 0)
		return false;
	if (at == url.size - end)
		return true;
	if (!ending[0] || l->context->issuer_file || url.data[at++] != '-')
		return false;
	for (size_t i = at; i < url.size - end; i++)
		if (!isdigit(url.data[i]))
			return false;
	return at < url.size - end;
}

/* Takes a URI, [6] IA5String, and compares it where the base is known. */
static RESULT
check_url(const struct lint *l, struct span *rest, const char *folder,
    const char *name, const char *ending)
{
	struct span url;

	TRY(der_take(rest, DER_CONTEXT(6), &url));
	if (!l->context->base_url)
		return is_http(url) ? OK
				    : FAIL(ERR_INVALID, "not an http address");
	if (!is_address(url, l, folder, name, ending))
		return FAIL(ERR_INVALID, "other address than its own");
	return OK;
}

static const char *
issuer_file(const struct lint *l)
{
	return l->context->issuer_file ? l->context->issuer_file
				       : l->profile->issuer;
}

static RESULT
take_access(struct span *list, const char *method, struct span *out)
{
	struct span description, oid;

	TRY(der_take(list, DER_SEQUENCE, &description));
	TRY(der_take(&description, DER_OID, &oid));
	if (!der_oid_is(oid, method))
		return FAIL(ERR_INVALID, "other method than %s", method);
	*out = description;
	return OK;
}

static RESULT
check_access(const struct lint *l, struct span value)
{
	struct span list, at;

	TRY(der_take(&value, DER_SEQUENCE, &list));
	TRY(der_end(value));
	if (l->profile->ocsp && !l->short_term) {
		TRY(take_access(&list, OID_ACCESS_OCSP, &at));
		TRY(check_url(l, &at, "ocsp", "", ""));
		TRY(der_end(at));
	}
	if (l->profile->ca_issuers) {
		TRY(take_access(&list, OID_ACCESS_CA_ISSUERS, &at));
		TRY(check_url(l, &at, "ca/", issuer_file(l), ".cer"));
		TRY(der_end(at));
	}
	return der_end(list);
}

void
rule_authority_info_profile(struct lint *l)
{
	bool expected = l->profile->ocsp || l->profile->ca_issuers;
	bool present =
	    certificate_extension(&l->certificate, OID_AUTHORITY_INFO);

	if (present != expected)
		lint_object(l, present ? "present" : "absent");
	else if (present)
		lint_object_if(
		    l, check_access(l, lint_value(l, OID_AUTHORITY_INFO)));
}

/* One DistributionPoint: whether a name in it is an http or ldap URI. */
static RESULT
read_point(struct span point, bool *reachable)
{
	struct span name, full;
	struct der_item one;
	bool present;

	TRY(der_take_if(&point, DER_CONTEXT_OF(0), &present, &name));
	if (!present)
		return FAIL(ERR_INVALID, "no address");
	TRY(der_take_if(&name, DER_CONTEXT_OF(0), &present, &full));
	while (present && full.size > 0) {
		TRY(der_next(&full, &one));
		*reachable |= one.tag == DER_CONTEXT(6) &&
			      (is_http(one.content) ||
				  begins_with(one.content, "ldap://") ||
				  begins_with(one.content, "ldaps://"));
	}
	return OK;
}

static RESULT
read_points(struct span value)
{
	struct span list, point;
	bool reachable = false;

	TRY(der_take(&value, DER_SEQUENCE, &list));
	TRY(der_end(value));
	while (list.size > 0) {
		TRY(der_take(&list, DER_SEQUENCE, &point));
		TRY(read_point(point, &reachable));
	}
	return reachable ? OK : FAIL(ERR_INVALID, "no http or ldap address");
}

void
rule_crl_points(struct lint *l)
{
	if (certificate_extension(&l->certificate, OID_CRL_POINTS))
		lint_object_if(l, read_points(lint_value(l, OID_CRL_POINTS)));
}

static RESULT
check_crl_points(const struct lint *l, struct span value)
{
	struct span list, point, name, full;

	TRY(der_take(&value, DER_SEQUENCE, &list));
	TRY(der_end(value));
	TRY(der_take(&list, DER_SEQUENCE, &point));
	TRY(der_end(list));
	TRY(der_take(&point, DER_CONTEXT_OF(0), &name));
	TRY(der_end(point));
	TRY(der_take(&name, DER_CONTEXT_OF(0), &full));
	TRY(der_end(name));
	TRY(check_url(l, &full, "crl/", issuer_file(l), ".crl"));
	return der_end(full);
}

void
rule_crl_points_profile(struct lint *l)
{
	bool expected = l->profile->crl && !l->short_term;
	bool present = certificate_extension(&l->certificate, OID_CRL_POINTS);

	if (present != expected)
		lint_object(l, present ? "present" : "absent");
	else if (present)
		lint_object_if(
		    l, check_crl_points(l, lint_value(l, OID_CRL_POINTS)));
}

static bool
has_source(const struct lint *l)
{
	return certificate_extension(&l->certificate, OID_CRL_POINTS) ||
	       access_of(l).ocsp > 0;
}

void
rule_status_source(struct lint *l)
{
	if (!has_source(l) && !l->short_term)
		lint_object(l, "neither");
}

/* N15; both ends count, so a day is notBefore and 86 399 seconds. */
void
rule_validity_assured(struct lint *l)
{
	const struct certificate *c = &l->certificate;
	const struct profile_options *o = l->context->options;

	if (l->profile->short_term && !l->short_term)
		lint_object(l, "absent");
	if (o && l->profile->kind == KIND_person &&
	    o->short_term != l->short_term)
		lint_object(l, l->short_term ? "present" : "absent");
	if (!l->short_term)
		return;
	if (!span_equal(
		lint_value(l, OID_VALIDITY_ASSURED), SPAN("\x05\x00", 2)))
		lint_object(l, "not NULL");
	if (l->profile->kind != KIND_person && !l->profile->short_term)
		lint_object(l, "not a person's");
	if (c->not_after - c->not_before + SECOND > DAY)
		lint_object(l, "longer than a day");
	if (has_source(l))
		lint_object(l, "revocable");
}

void
rule_no_revocation(struct lint *l)
{
	const struct certificate *c = &l->certificate;
	bool present = certificate_extension(c, OID_NO_REVOCATION);

	if (l->short_term && !has_source(l) && !present)
		lint_object(l, "absent");
	if (!present)
		return;
	if (!span_equal(lint_value(l, OID_NO_REVOCATION), SPAN("\x05\x00", 2)))
		lint_object(l, "not NULL");
	if (l->profile->ca)
		lint_object(l, "an authority's");
	if (has_source(l) || certificate_extension(c, OID_FRESHEST_CRL))
		lint_object(l, "revocable");
}

static bool
is_private_address(const char *host)
{
	unsigned a, b, c, d;
	char more;

	if (sscanf(host, "%3u.%3u.%3u.%3u%c", &a, &b, &c, &d, &more) != 4)
		return host[0] == '[';
	return a == 127 || a == 10 || a == 0 || (a == 172 && b / 16 == 1) ||
	       (a == 192 && b == 168) || (a == 169 && b == 254);
}

static bool
is_private_host(const char *host)
{
	static const char *const endings[] = {"localhost", "local", "internal",
	    "lan", "home", "corp", "test", "invalid", "intranet", "arpa"};
	const char *last = strrchr(host, '.');

	if (is_private_address(host) || !last)
		return true;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (strcasecmp(last + 1, endings[i]) == 0)
			return true;
	return false;
}

/* The part between "://" and the port or path. */
static void
check_host(struct lint *l, const uint8_t *at, const uint8_t *end)
{
	char host[128];
	size_t size = 0;

	while (at < end && size < sizeof(host) - 1 &&
	       (isalnum(*at) || strchr(".-_[", *at)))
		host[size++] = (char)*at++;
	host[size] = '\0';
	if (is_private_host(host))
		lint_object(l, "%.60s", host);
}

/* Wherever in an extension an address may stand: no need to know the way. */
static void
check_hosts(struct lint *l, const char *oid)
{
	struct span rest = lint_value(l, oid);
	const uint8_t *at;

	while (rest.size > 0 && (at = memmem(rest.data, rest.size, "://", 3))) {
		size_t left = rest.size - (size_t)(at + 3 - rest.data);

		check_host(l, at + 3, rest.data + rest.size);
		rest = SPAN(at + 3, left);
	}
}

void
rule_public_address(struct lint *l)
{
	check_hosts(l, OID_AUTHORITY_INFO);
	check_hosts(l, OID_CRL_POINTS);
	check_hosts(l, OID_QC_STATEMENTS);
}
