/*
 * Seals of dossiers: the signer's own key for each, in its ledger before
 * anybody hears of it, judged by openssl cms.
 */
#include "plain.h"

#include "base/clock.h"
#include "pki/certificate.h"
#include "signer/ledger_print.h"
#include "signer/respond.h"
#include "signer/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define ABOUT "reg_00000000000000000000000000"
#define CONTENT "<manifest/>"
#define VERIFY_SEAL                                                            \
	"openssl x509 -inform DER -in ca/root.cer -out sealroot.pem && "       \
	"openssl cms -verify -binary -purpose any -inform DER -in seal "       \
	"-content content -CAfile sealroot.pem -out /dev/null"

#define SEALER                                                                 \
	"openssl pkcs7 -inform DER -in seal -print_certs | "                   \
	"openssl x509 -outform DER -out sealer.der"

static struct seal_result sealed;

static struct seal_order
order_of(const char *content)
{
	struct seal_order o = {
	    .content = digest_sha256(span_of_text(content))};

	memcpy(o.registration, ABOUT, sizeof(ABOUT));
	return o;
}

static void
make_seal(void)
{
	const struct seal_order o = order_of(CONTENT);

	must(signer_seal(&signer, &o, &sealed));
	instance_write(&here, "content", span_of_text(CONTENT));
	instance_write(&here, "seal", SPAN(sealed.signature, sealed.size));
}

static void
openssl_verifies_it_and_no_other_content(void **state)
{
	(void)state;
	make_seal();
	assert_string_equal(sealed.registration, ABOUT);
	expect_shell(0, "successful", VERIFY_SEAL);
	instance_write(&here, "content", span_of_text("<manifest />"));
	assert_int_not_equal(instance_shell(&here, "%s", VERIFY_SEAL), 0);
}

static void
it_says_of_which_registration_it_is(void **state)
{
	(void)state;
	make_seal();
	assert_non_null(memmem(sealed.signature, sealed.size, ABOUT,
	    sizeof(ABOUT) - 1));
}

/* The key of the first is gone when the second is made. */
static void
each_has_a_key_of_its_own_that_does_not_stay(void **state)
{
	struct token_key key;
	struct seal_result first;

	(void)state;
	make_seal();
	first = sealed;
	assert_int_equal(
	    token_key_find(signer.token, "dossier", KEY_p256, &key),
	    ERR_NOT_FOUND);
	make_seal();
	assert_int_equal(instance_shell(&here,
			     "openssl pkcs7 -inform DER -in seal "
			     "-print_certs -noout"),
	    0);
	assert_memory_not_equal(first.signature, sealed.signature, 600);
}

/* As after a crash in the middle. */
static void
a_key_that_was_left_behind_signs_nothing(void **state)
{
	AUTO(buf_clear) struct buf der;
	struct token_key left;
	struct certificate c;
	char path[128];

	(void)state;
	must(token_key_make(signer.token, "dossier", KEY_p256, &left));
	make_seal();
	expect_shell(0, "successful", VERIFY_SEAL);
	assert_int_equal(instance_shell(&here, SEALER), 0);
	buf_init(&der, CERTIFICATE_MAX);
	snprintf(path, sizeof(path), "%s/sealer.der", here.dir);
	must(buf_add_file(&der, path));
	must(certificate_parse(span_of_buf(&der), &c));
	assert_false(span_equal(
	    c.public_key, SPAN(left.public_key, left.public_key_size)));
}

struct sought {
	const char *text;
	bool found;
};

static enum err
look(void *data, const struct ledger_entry *e)
{
	AUTO(buf_clear) struct buf line;
	struct sought *s = data;

	buf_init(&line, 8 * LEDGER_BODY_MAX);
	TRY(ledger_print(e, &line));
	s->found = s->found || (e->kind == ENTRY_dossier &&
				   strstr(buf_text(&line), s->text));
	return OK;
}

static void
the_ledger_tells_it_and_is_read_again(void **state)
{
	const struct seal_order o = order_of("<one of its own/>");
	char digest[DIGEST_TEXT_SIZE], dir[128];
	struct sought sought = {.text = digest};
	struct ledger_extent all;

	(void)state;
	size_t before =
	    records_notes(signer.records, NOTE_dossier, clock_now());
	must(signer_seal(&signer, &o, &sealed));
	reopen();
	assert_int_equal(
	    records_notes(signer.records, NOTE_dossier, clock_now()),
	    before + 1);
	digest_format(&o.content, digest);
	snprintf(dir, sizeof(dir), "%s/signer", here.dir);
	must(ledger_look(dir, look, &sought, &all));
	assert_true(sought.found);
}

/* The number of its certificate is one that the authority gave. */
static void
its_certificate_is_told_as_issued(void **state)
{
	static struct ocsp_question q;
	AUTO(buf_clear) struct buf answer;
	size_t never = 0;

	(void)state;
	make_seal();
	reopen();
	assert_int_equal(instance_shell(&here, SEALER), 0);
	AUTO(buf_clear) struct buf der;
	char path[128];
	struct certificate c;
	buf_init(&der, CERTIFICATE_MAX);
	snprintf(path, sizeof(path), "%s/sealer.der", here.dir);
	must(buf_add_file(&der, path));
	must(certificate_parse(span_of_buf(&der), &c));
	q = (struct ocsp_question){.issuer = "issuing-l", .count = 1};
	memcpy(q.asked[0].serial, c.serial.data, c.serial.size);
	q.asked[0].serial_size = c.serial.size;
	buf_init(&answer, 8192);
	must(signer_respond(&signer, &q, &answer, &never));
	assert_int_equal(never, 0);
	q.asked[0].serial[3] ^= 1;
	buf_clear(&answer);
	buf_init(&answer, 8192);
	must(signer_respond(&signer, &q, &answer, &never));
	assert_int_equal(never, 1);
}

static void
refuses_what_is_no_registration(void **state)
{
	struct seal_order o = order_of(CONTENT);

	(void)state;
	memcpy(o.registration, "crt", 3);
	assert_int_equal(signer_seal(&signer, &o, &sealed), ERR_INVALID);
	o.registration[0] = '\0';
	assert_int_equal(signer_seal(&signer, &o, &sealed), ERR_INVALID);
}

static void
refuses_more_than_an_hour_is_good_for(void **state)
{
	struct seal_order o = order_of(CONTENT);
	size_t made = records_notes(signer.records, NOTE_dossier, clock_now());

	(void)state;
	for (; made < SEALS_AN_HOUR; made++)
		must(signer_seal(&signer, &o, &sealed));
	assert_int_equal(signer_seal(&signer, &o, &sealed), ERR_TOO_MANY);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(openssl_verifies_it_and_no_other_content),
	    cmocka_unit_test(it_says_of_which_registration_it_is),
	    cmocka_unit_test(each_has_a_key_of_its_own_that_does_not_stay),
	    cmocka_unit_test(a_key_that_was_left_behind_signs_nothing),
	    cmocka_unit_test(the_ledger_tells_it_and_is_read_again),
	    cmocka_unit_test(its_certificate_is_told_as_issued),
	    cmocka_unit_test(refuses_what_is_no_registration),
	    cmocka_unit_test(refuses_more_than_an_hour_is_good_for),
	};

	return cmocka_run_group_tests(tests, plain_set_up, plain_tear_down);
}
