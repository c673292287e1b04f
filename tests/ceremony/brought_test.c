/*
 * Keys that participants bring: whose they are, and which leaked.
 */
#include "instance.h"

#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

static struct instance here;
static struct signer signer;

static void
must(enum err result)
{
	if (result != OK)
		fail_msg("%s", err_explanation());
}

static void
shell(int status, const char *said, const char *command)
{
	int found = instance_shell(&here, "%s", command);
	if (found != status || !strstr(instance_said(&here), said))
		fail_msg(
		    "%s: %d, said %s", command, found, instance_said(&here));
}

static void
reopen(void)
{
	size_t repaired;

	signer_close(&signer);
	must(signer_open(here.conf, &signer, &repaired));
}

static int
set_up(void **state)
{
	size_t repaired;

	(void)state;
	instance_init(&here, "");
	must(signer_open(here.conf, &signer, &repaired));
	shell(0, "",
	    "for n in 1 2 3 4 5; do openssl ecparam -name prime256v1 -genkey "
	    "-noout -out $n.key && openssl req -new -key $n.key -subj /CN=x "
	    "-outform der -out $n.p10 && openssl pkey -in $n.key -pubout -out "
	    "$n.pub; done");
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	signer_close(&signer);
	instance_clear(&here);
	return 0;
}

/* An order of a person who brings a key. */
static void
order_with(unsigned number, unsigned person, int key, struct order *out)
{
	char path[128];

	instance_order(number, out);
	snprintf(out->person_serial, sizeof(out->person_serial), "P%08u",
	    person);
	snprintf(path, sizeof(path), "%s/%d.p10", here.dir, key);
	AUTO(fclose) FILE *f = fopen(path, "rb");
	assert_non_null(f);
	out->csr_size = fread(out->csr, 1, sizeof(out->csr), f);
}

static enum err
issue(unsigned number, unsigned person, int key, struct issue_result *result)
{
	struct order o;
	struct issue_work w = {.order = &o, .result = result};

	order_with(number, person, key, &o);
	o.known = *records_mark(signer.records);
	signer_issue(&signer, &w, 1);
	return w.outcome;
}

static struct issue_result first, other;

static void
one_person_may_have_a_key_certified_again(void **state)
{
	(void)state;
	must(issue(1, 1, 1, &first));
	must(issue(2, 1, 1, &other));
	reopen();
	must(issue(3, 1, 1, &other));
	assert_int_equal(other.key_blob_size, 0);
}

static void
another_person_may_not(void **state)
{
	(void)state;
	assert_int_equal(issue(4, 2, 1, &other), ERR_KEY_OF_ANOTHER);
	assert_string_equal(err_explanation(),
	    "a key that another person has a certificate for");
	must(issue(5, 2, 2, &other));
	assert_int_equal(issue(6, 1, 2, &other), ERR_KEY_OF_ANOTHER);
}

/* Neither has it yet when both orders are looked at. */
static void
nor_in_the_same_batch(void **state)
{
	static struct issue_result results[2];
	struct order orders[2];
	struct issue_work works[2] = {
	    {.order = &orders[0], .result = &results[0]},
	    {.order = &orders[1], .result = &results[1]}};

	(void)state;
	order_with(7, 7, 3, &orders[0]);
	order_with(8, 8, 3, &orders[1]);
	orders[0].known = orders[1].known = *records_mark(signer.records);
	signer_issue(&signer, works, 2);
	assert_int_equal(works[0].outcome, OK);
	assert_int_equal(works[1].outcome, ERR_KEY_OF_ANOTHER);
}

static void
take_back(const struct issue_result *r, uint8_t reason)
{
	static struct status_result told;
	struct status_order o = {.serial_size = r->serial_size,
	    .revoked_at = clock_now(),
	    .reason = reason};

	memcpy(o.issuer, r->issuer, sizeof(o.issuer));
	memcpy(o.serial, r->serial, r->serial_size);
	must(signer_revoke(&signer, &o, &told));
}

static enum err
issue_to_document(
    unsigned number, const char *document, const char *surname, int key)
{
	struct order o;
	struct issue_work w = {.order = &o, .result = &other};

	order_with(number, 0, key, &o);
	snprintf(o.person_serial, sizeof(o.person_serial), "%s", document);
	snprintf(o.surname, sizeof(o.surname), "%s", surname);
	snprintf(o.common_name, sizeof(o.common_name), "%.30s %.30s",
	    o.given_names, surname);
	o.known = *records_mark(signer.records);
	signer_issue(&signer, &w, 1);
	return w.outcome;
}

/* Where names have a document's number a new passport makes another name. */
static void
a_renewal_with_a_new_document_keeps_the_key(void **state)
{
	(void)state;
	assert_int_equal(issue_to_document(80, "PASFR-12AB34567", "Lefèvre", 5),
	    OK);
	assert_int_equal(issue_to_document(81, "PASFR-98ZY76543", "Lefèvre", 5),
	    ERR_KEY_OF_ANOTHER); /* random was chosen: the number is the person */
	signer.options.document_serial = true;
	must(issue_to_document(81, "PASFR-98ZY76543", "Lefèvre", 5));
	must(issue_to_document(82, "IDCFR-X4RTBPFW4", "Lefèvre", 5));
	assert_int_equal(issue_to_document(83, "PASFR-98ZY76543", "Dubois", 5),
	    ERR_KEY_OF_ANOTHER);
	assert_int_equal(issue_to_document(84, "8rkq2m7w4t8rkq2m", "Lefèvre", 5),
	    ERR_KEY_OF_ANOTHER); /* not known to be of a document */
	/* what is renewed has to hold still */
	clock_set(clock_now() + 4 * 365 * DAY);
	assert_int_equal(issue_to_document(85, "PASFR-11AA22222", "Lefèvre", 5),
	    ERR_KEY_OF_ANOTHER);
	clock_set(0);
	take_back(&other, 4);
	assert_int_equal(issue_to_document(86, "PASFR-11AA22222", "Lefèvre", 5),
	    ERR_KEY_OF_ANOTHER);
	signer.options.document_serial = false;
}

static void
a_key_revoked_as_compromised_is_nobodys_any_more(void **state)
{
	(void)state;
	take_back(&other, 4); /* superseded says nothing about the key */
	must(issue(9, 1, 1, &other));
	take_back(&first, 1);
	assert_int_equal(issue(10, 1, 1, &other), ERR_KEY_COMPROMISED);
	reopen();
	assert_int_equal(issue(10, 1, 1, &other), ERR_KEY_COMPROMISED);
}

static void
a_leaked_key_is_refused_at_once(void **state)
{
	(void)state;
	shell(0, "No certificate issued here",
	    "\"$CA\" leaked --config paraph.conf 4.pub");
	assert_int_equal(issue(11, 11, 4, &other), ERR_KEY_COMPROMISED);
	/* twice in the list is once */
	shell(0, "the list has 1", "\"$CA\" leaked --config paraph.conf 4.pub");
}

static void
certificates_with_a_leaked_key_are_named(void **state)
{
	(void)state;
	shell(0, "reg_00000000000000000000000007, from issuing-l",
	    "openssl pkey -in 3.key -pubout -outform der | sha256sum | "
	    "cut -c1-64 >digests; echo >>digests; echo '# a note' >>digests; "
	    "\"$CA\" leaked --config paraph.conf digests");
	assert_int_equal(issue(12, 7, 3, &other), ERR_KEY_COMPROMISED);
	/* a digest that begins as DER does */
	shell(0, "", "printf %064d 0 >digests; "
	    "\"$CA\" leaked --config paraph.conf digests");
	/* by a certificate that has it */
	instance_write(&here, "c.cer",
	    SPAN(first.certificate, first.certificate_size));
	shell(0, "the list has 4", "\"$CA\" leaked --config paraph.conf c.cer");
}

static void
what_is_no_key_is_refused_and_changes_nothing(void **state)
{
	(void)state;
	shell(0, "", "cp signer/leaked kept");
	shell(1, "neither a certificate nor a public key",
	    "\"$CA\" leaked --config paraph.conf 1.key");
	shell(1, "line 1 is not 64 hex digits",
	    "\"$CA\" leaked --config paraph.conf paraph.conf");
	shell(2, "FILE is missing", "\"$CA\" leaked --config paraph.conf");
	shell(0, "", "cmp signer/leaked kept");
}

static void
a_list_that_cannot_be_read_lets_no_brought_key_pass(void **state)
{
	struct order o;
	struct issue_work w = {.order = &o, .result = &other};

	(void)state;
	shell(0, "", "printf x >>signer/leaked");
	assert_int_equal(issue(13, 2, 2, &other), ERR_UNAVAILABLE);
	instance_order(14, &o); /* keys made here are no matter */
	o.known = *records_mark(signer.records);
	signer_issue(&signer, &w, 1);
	assert_int_equal(w.outcome, OK);
	shell(0, "", "cp kept signer/leaked");
	must(issue(13, 2, 2, &other));
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_person_may_have_a_key_certified_again),
	    cmocka_unit_test(another_person_may_not),
	    cmocka_unit_test(nor_in_the_same_batch),
	    cmocka_unit_test(a_renewal_with_a_new_document_keeps_the_key),
	    cmocka_unit_test(a_key_revoked_as_compromised_is_nobodys_any_more),
	    cmocka_unit_test(a_leaked_key_is_refused_at_once),
	    cmocka_unit_test(certificates_with_a_leaked_key_are_named),
	    cmocka_unit_test(what_is_no_key_is_refused_and_changes_nothing),
	    cmocka_unit_test(
		a_list_that_cannot_be_read_lets_no_brought_key_pass),
	};

	if (argc < 2)
		return 2;
	AUTO(free) char *ca = realpath(argv[1], NULL);
	return ca && setenv("CA", ca, 1) == 0 ? cmocka_run_group_tests_name(
			"brought", tests, set_up, tear_down)
		  : 2;
}
