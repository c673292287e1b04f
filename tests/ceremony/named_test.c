/*
 * The number of a document in a name (pki.serial_number): declared as such
 * where it is one, and not where it only looks like one.
 */
#include "qualified.h"

#include "pki/certificate.h"
#include "pki/oids.h"
#include "pki/qc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static bool
declares(const struct issue_result *r)
{
	struct certificate c;
	const struct extension *e;
	struct qc qc;

	must(certificate_parse(
	    SPAN(r->certificate, r->certificate_size), &c));
	e = certificate_extension(&c, OID_QC_STATEMENTS);
	if (!e)
		return false;
	must(qc_parse(e->value, &qc));
	return qc.of[QC_semantics].count == 1;
}

static void
issue_to(unsigned number, const char *profile, const char *serial)
{
	struct order o;

	if (strcmp(profile, "lcp") == 0)
		instance_order(number, &o);
	else
		order_of(number, profile, &o);
	snprintf(o.person_serial, sizeof(o.person_serial), "%s", serial);
	if (strcmp(profile, "lcp") != 0)
		approve(&o, ONE, &one);
	must(issue(&o, &result));
}

static void
a_document_s_number_is_declared_when_that_was_chosen(void **state)
{
	(void)state;
	issue_to(70, "qcp_n", "PASFR-12AB34567");
	assert_false(declares(&result)); /* random was chosen: it means nothing */
	signer.options.document_serial = true;
	issue_to(71, "qcp_n", "PASFR-12AB34567");
	assert_true(declares(&result));
	judge("0.4.0.194112.1.0");
	issue_to(72, "lcp", "IDCFR-X4RTBPFW4");
	assert_true(declares(&result));
	signer.options.document_serial = false;
}

static void
who_has_no_such_document_gets_no_declaration(void **state)
{
	(void)state;
	signer.options.document_serial = true;
	issue_to(73, "qcp_n", "8rkq2m7w4t8rkq2m7w4t8rkq2m");
	assert_false(declares(&result));
	issue_to(74, "qcp_n", "PASXX-12AB34567"); /* no such country */
	assert_false(declares(&result));
	signer.options.document_serial = false;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		a_document_s_number_is_declared_when_that_was_chosen),
	    cmocka_unit_test(who_has_no_such_document_gets_no_declaration),
	};

	return cmocka_run_group_tests_name(
	    "named", tests, qualified_set_up, qualified_tear_down);
}
