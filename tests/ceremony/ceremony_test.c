/*
 * The whole way in one process: ceremony, orders, revocation, lists, answers;
 * judged by OpenSSL's and GnuTLS' tools.
 */
#include "instance.h"

#include "base/clock.h"
#include "pki/lint.h"
#include "signer/setup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <sys/stat.h>

static struct instance here;
static struct signer signer;

#define ISSUING_L signer.issuing[AUTHORITY_issuing_l]

static void
must(enum err result)
{
	if (result != OK)
		fail_msg("%s", err_explanation());
}

static int
set_up(void **state)
{
	size_t repaired;

	(void)state;
	instance_init(&here, "\n[signer]\nrate_per_hour = 200\n");
	must(signer_open(here.conf, &signer, &repaired));
	assert_int_equal(repaired, 0);
	instance_shell(&here,
	    "for n in root issuing-l ocsp-l; do "
	    "openssl x509 -inform der -in ca/$n.cer -out $n.pem; done; "
	    "openssl crl -inform der -in ca/root.crl -out root.crl.pem");
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

static void
reopen(void)
{
	size_t repaired;

	signer_close(&signer);
	must(signer_open(here.conf, &signer, &repaired));
	assert_int_equal(repaired, 0);
}

static enum err
issue(const struct order *o, struct issue_result *out)
{
	struct issue_work w = {.order = o, .result = out};
	static struct order told;

	told = *o;
	told.known = *records_mark(signer.records);
	w.order = &told;
	signer_issue(&signer, &w, 1);
	return w.outcome;
}

static void
issue_number(unsigned number, struct issue_result *out)
{
	struct order o;

	instance_order(number, &o);
	must(issue(&o, out));
}

static struct status_order
status_of(const struct issue_result *r, int64_t revoked_at, uint8_t reason)
{
	struct status_order o = {.serial_size = r->serial_size,
	    .revoked_at = revoked_at,
	    .reason = reason};

	memcpy(o.issuer, r->issuer, sizeof(o.issuer));
	memcpy(o.serial, r->serial, r->serial_size);
	return o;
}

static void
expect_shell(int expected, const char *said, const char *command)
{
	int status = instance_shell(&here, "%s", command);

	if (status != expected || !strstr(instance_said(&here), said))
		fail_msg(
		    "%s: %d, said %s", command, status, instance_said(&here));
}

/* In what the last command printed. */
static void
expect_said(const char *text)
{
	if (!strstr(instance_said(&here), text))
		fail_msg("not said: %s, but %s", text, instance_said(&here));
}

static uint64_t list_number = 1;

static enum err
publish(const struct issue_result *revoked, size_t count, uint64_t number)
{
	AUTO(buf_clear) struct buf list, entries;
	struct crl_order o = {
	    .issuer = "issuing-l", .number = number, .count = count};
	struct crl_result result;

	buf_init(&list, 0);
	buf_init(&entries, 8 * CRL_ENTRY_SIZE_MAX);
	for (size_t i = 0; i < count; i++) {
		struct crl_entry e = {.serial_size = revoked[i].serial_size};

		memcpy(e.serial, revoked[i].serial, e.serial_size);
		must(crl_entry_put(&entries, &e));
	}
	o.entries = span_of_buf(&entries);
	enum err outcome = signer_publish(&signer, &o, &list, &result);
	if (outcome != OK)
		return outcome;
	list_number = number;
	assert_int_equal(result.number, number);
	instance_write(&here, "issuing-l.crl", span_of_buf(&list));
	instance_shell(&here,
	    "openssl crl -inform der -in issuing-l.crl -out issuing-l.crl.pem");
	return OK;
}

#define VERIFY                                                                 \
	"openssl verify -x509_strict -CAfile root.pem -untrusted "             \
	"issuing-l.pem -CRLfile root.crl.pem -CRLfile issuing-l.crl.pem "      \
	"-crl_check -crl_check_all -policy_check -explicit_policy "            \
	"-policy 0.4.0.2042.1.3 leaf.pem"
#define OCSP                                                                   \
	"openssl ocsp -respin leaf.ocsp -issuer issuing-l.pem -cert leaf.pem " \
	"-CAfile root.pem -verify_other issuing-l.pem"
#define OCSPTOOL                                                               \
	"ocsptool --verify-response --load-response=leaf.ocsp "                \
	"--load-issuer=issuing-l.pem --load-cert=leaf.pem "                    \
	"--load-trust=both.pem"

static void
write_leaf(const struct issue_result *r, struct span ocsp)
{
	instance_write(
	    &here, "leaf.cer", SPAN(r->certificate, r->certificate_size));
	instance_write(&here, "leaf.ocsp", ocsp);
	expect_shell(0, "",
	    "openssl x509 -inform der -in leaf.cer -out "
	    "leaf.pem; cat root.pem issuing-l.pem > both.pem; cat leaf.pem "
	    "issuing-l.pem root.pem > chain.pem; cat root.crl.pem "
	    "issuing-l.crl.pem > lists.pem 2>/dev/null; true");
}

static void
judges_accept_a_good_certificate_and_its_answer(void **state)
{
	static struct issue_result r;

	(void)state;
	issue_number(1, &r);
	must(publish(NULL, 0, 2));
	write_leaf(&r, SPAN(r.ocsp, r.ocsp_size));
	expect_shell(0, "leaf.pem: OK", VERIFY);
	expect_shell(0, "leaf.pem: good", OCSP);
	expect_said("Response verify OK");
	expect_shell(0, "leaf.pem: good",
	    "openssl ocsp -respin leaf.ocsp -issuer issuing-l.pem -sha256 "
	    "-cert leaf.pem -CAfile root.pem -verify_other issuing-l.pem");
	expect_said("Response verify OK");
	expect_shell(0, "Success", OCSPTOOL);
	expect_shell(0, "Chain verification output: Verified",
	    "certtool --verify --load-ca-certificate root.pem --load-crl "
	    "lists.pem --infile chain.pem");
	expect_shell(0, "OK",
	    "openssl verify -x509_strict -purpose "
	    "ocsphelper -CAfile root.pem -untrusted issuing-l.pem ocsp-l.pem");
}

static void
the_certificate_says_what_the_order_said(void **state)
{
	static struct issue_result r;
	struct certificate c;
	const struct attribute *a;

	(void)state;
	issue_number(2, &r);
	must(certificate_parse(SPAN(r.certificate, r.certificate_size), &c));
	assert_int_equal(c.subject.count, 5);
	a = name_attribute(&c.subject, "2.5.4.4");
	assert_int_equal(a->value.size, strlen("Lefèvre"));
	assert_memory_equal(a->value.data, "Lefèvre", a->value.size);
	assert_true(span_equal(c.serial, SPAN(r.serial, r.serial_size)));
	assert_true(c.not_before == r.not_before);
	assert_true(c.not_after == r.not_after);
	assert_true(r.not_after - r.not_before == 1095 * DAY - SECOND);
	assert_string_equal(r.issuer, "issuing-l");
}

static void
the_wrapped_key_is_the_key_of_the_certificate(void **state)
{
	static struct issue_result r;
	static const uint8_t algorithm[] = {0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86,
	    0x48, 0xce, 0x3d, 0x04, 0x03, 0x02};
	AUTO(buf_clear) struct buf signature;
	struct span message = span_of_text("a contract");
	struct certificate c;

	(void)state;
	issue_number(3, &r);
	must(certificate_parse(SPAN(r.certificate, r.certificate_size), &c));
	buf_init(&signature, SIGNATURE_MAX);
	must(token_person_sign(signer.token, SPAN(r.key_blob, r.key_blob_size),
	    message, &signature));
	must(signature_verify(c.public_key, SPAN(algorithm, 12), message,
	    span_of_buf(&signature)));
	r.key_blob[r.key_blob_size - 1] ^= 1;
	assert_int_equal(
	    token_person_sign(signer.token, SPAN(r.key_blob, r.key_blob_size),
		message, &signature),
	    ERR_INVALID);
}

static void
the_same_order_gets_the_same_certificate(void **state)
{
	static struct issue_result first, again;

	(void)state;
	issue_number(4, &first);
	issue_number(4, &again);
	assert_int_equal(first.certificate_size, again.certificate_size);
	assert_memory_equal(
	    first.certificate, again.certificate, first.certificate_size);
	assert_memory_equal(
	    first.key_blob, again.key_blob, first.key_blob_size);
	reopen();
	issue_number(4, &again);
	assert_memory_equal(
	    first.certificate, again.certificate, first.certificate_size);
	assert_true(again.ocsp_size > 0);
}

static void
another_order_for_the_same_registration_is_refused(void **state)
{
	static struct issue_result r;
	struct order o;

	(void)state;
	issue_number(5, &r);
	instance_order(5, &o);
	o.surname[0] = 'M';
	assert_int_equal(issue(&o, &r), ERR_CONFLICT);
	instance_order(5, &o);
	o.country[1] = 'I';
	assert_int_equal(issue(&o, &r), ERR_CONFLICT);
}

static void
orders_that_may_not_be_are_refused(void **state)
{
	static struct issue_result r;
	static const char *const profiles[] = {
	    "root", "issuing_l", "ocsp", "qcp", ""};
	struct order o;

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		instance_order(6, &o);
		memset(o.profile, 0, sizeof(o.profile));
		memcpy(o.profile, profiles[i], strlen(profiles[i]));
		assert_int_equal(issue(&o, &r), ERR_INVALID);
	}
	instance_order(6, &o);
	memcpy(o.country, "UK", 3); /* N17 */
	assert_int_equal(issue(&o, &r), ERR_INVALID);
	instance_order(6, &o);
	o.person_serial[0] = '_';
	assert_int_equal(issue(&o, &r), ERR_INVALID);
	instance_order(6, &o);
	memcpy(o.registration, "crt", 3);
	assert_int_equal(issue(&o, &r), ERR_INVALID);
	instance_order(6, &o);
	o.surname[0] = '\n';
	assert_int_equal(issue(&o, &r), ERR_INVALID);
	/* none of it left a trace */
	issue_number(6, &r);
}

static void
qualified_orders_without_approval_are_refused(void **state)
{
	static struct issue_result r;
	static const char *const profiles[] = {"qcp_n", "qcp_n_qscd"};
	static const char *const levels[] = {"qcp", "qcpnqscd"};
	struct order o;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		instance_order(60, &o);
		memset(o.profile, 0, sizeof(o.profile));
		memcpy(o.profile, profiles[i], strlen(profiles[i]));
		assert_int_equal(issue(&o, &r), ERR_INVALID); /* LCP's level */
		snprintf(o.level, sizeof(o.level), "%s", levels[i]);
		assert_int_equal(issue(&o, &r), ERR_DENIED);
		o.needed = 1;
		assert_int_equal(issue(&o, &r), ERR_DENIED);
	}
	issue_number(60, &r); /* it left no trace */
}

static void
combining_letters_are_composed(void **state) /* N16 */
{
	static struct issue_result r;
	struct order o;
	struct certificate c;

	(void)state;
	instance_order(7, &o);
	snprintf(o.surname, sizeof(o.surname), "Lefe\xcc\x80vre");
	must(issue(&o, &r));
	must(certificate_parse(SPAN(r.certificate, r.certificate_size), &c));
	const struct attribute *a = name_attribute(&c.subject, "2.5.4.4");
	assert_int_equal(a->value.size, strlen("Lefèvre"));
	assert_memory_equal(a->value.data, "Lefèvre", a->value.size);
}

static void
make_request(EVP_PKEY *key, EVP_PKEY *signed_by, struct order *o)
{
	X509_REQ *request = X509_REQ_new();
	uint8_t *der = NULL;

	X509_REQ_set_pubkey(request, key);
	X509_REQ_sign(request, signed_by, EVP_sha256());
	int size = i2d_X509_REQ(request, &der);
	assert_true(size > 0 && size <= ORDER_CSR_MAX);
	memcpy(o->csr, der, (size_t)size);
	o->csr_size = (size_t)size;
	OPENSSL_free(der);
	X509_REQ_free(request);
}

static void
a_key_of_the_participant_is_certified_when_proven(void **state)
{
	static struct issue_result r;
	EVP_PKEY *mine = EVP_EC_gen("P-384"), *other = EVP_EC_gen("P-384");
	struct order o;

	(void)state;
	instance_order(8, &o);
	make_request(mine, other, &o);
	assert_int_equal(issue(&o, &r), ERR_KEY_SIGNATURE);
	make_request(mine, mine, &o);
	must(issue(&o, &r));
	assert_int_equal(r.key_blob_size, 0);
	EVP_PKEY_free(mine);
	EVP_PKEY_free(other);
}

static void
judges_see_a_revoked_certificate(void **state)
{
	static struct issue_result r;
	static struct status_result revoked, again;

	(void)state;
	issue_number(10, &r);
	struct status_order o = status_of(&r, clock_now(), 1);
	must(signer_revoke(&signer, &o, &revoked));
	/* a database that forgot it gets it all the same */
	must(publish(NULL, 0, list_number + 1));
	write_leaf(&r, SPAN(revoked.ocsp, revoked.ocsp_size));
	expect_shell(2, "certificate revoked", VERIFY);
	must(publish(&r, 1, list_number + 1));
	write_leaf(&r, SPAN(revoked.ocsp, revoked.ocsp_size));
	expect_shell(2, "certificate revoked", VERIFY);
	expect_shell(0, "leaf.pem: revoked", OCSP);
	expect_said("keyCompromise");
	instance_shell(&here, OCSPTOOL);
	expect_said("revoked");
	expect_shell(1, "revoked",
	    "certtool --verify --load-ca-certificate root.pem --load-crl "
	    "lists.pem --infile chain.pem");
	/* for good: neither time nor reason change, nor does it come back */
	o.revoked_at += HOUR;
	o.reason = 4;
	must(signer_revoke(&signer, &o, &again));
	assert_true(again.revoked_at == revoked.revoked_at);
	o.revoked_at = 0;
	must(signer_answer(&signer, &o, &again));
	assert_true(again.revoked_at == revoked.revoked_at);
	reopen();
	must(signer_answer(&signer, &o, &again));
	assert_true(again.revoked_at == revoked.revoked_at);
}

static void
revocations_that_cannot_be_are_refused(void **state)
{
	static struct issue_result r;
	static struct status_result answer;
	struct status_order o;

	(void)state;
	issue_number(11, &r);
	o = status_of(&r, clock_now() + HOUR, 1);
	assert_int_equal(signer_revoke(&signer, &o, &answer), ERR_INVALID);
	o = status_of(&r, clock_now() - DAY, 1);
	assert_int_equal(signer_revoke(&signer, &o, &answer), ERR_INVALID);
	o = status_of(&r, clock_now(), 6); /* certificateHold */
	assert_int_equal(signer_revoke(&signer, &o, &answer), ERR_INVALID);
	o = status_of(&r, clock_now(), 1);
	assert_int_equal(signer_answer(&signer, &o, &answer), ERR_CONFLICT);
	o.serial[3] ^= 1; /* never issued: never good */
	assert_int_equal(signer_revoke(&signer, &o, &answer), ERR_NOT_FOUND);
	o.revoked_at = 0;
	assert_int_equal(signer_answer(&signer, &o, &answer), ERR_NOT_FOUND);
	memcpy(o.issuer, "root", 5);
	assert_int_equal(signer_answer(&signer, &o, &answer), ERR_NOT_FOUND);
}

static void
numbers_of_lists_only_grow(void **state)
{
	static struct issue_result r;

	(void)state;
	issue_number(10, &r); /* the revoked one */
	uint64_t last = list_number;
	assert_int_equal(publish(&r, 1, last), ERR_CONFLICT);
	assert_int_equal(publish(&r, 1, last - 1), ERR_CONFLICT);
	must(publish(&r, 1, last + 5));
	reopen();
	assert_int_equal(publish(&r, 1, last + 5), ERR_CONFLICT);
	must(publish(&r, 1, last + 6));
}

static void
a_list_names_nothing_that_is_not_revoked(void **state)
{
	static struct issue_result both[2], twice[2];

	(void)state;
	issue_number(10, &both[0]);
	issue_number(1, &both[1]);
	assert_int_equal(publish(both, 2, list_number + 1), ERR_CONFLICT);
	twice[0] = twice[1] = both[0];
	assert_int_equal(publish(twice, 2, list_number + 1), ERR_INVALID);
}

static void
a_batch_gives_each_order_its_own_outcome(void **state)
{
	static struct issue_result results[4];
	struct order orders[4];
	struct issue_work works[4] = {{0}};

	(void)state;
	for (unsigned i = 0; i < 4; i++) {
		instance_order(20 + i, &orders[i]);
		orders[i].known = *records_mark(signer.records);
		works[i] = (struct issue_work){
		    .order = &orders[i], .result = &results[i]};
	}
	memcpy(orders[1].country, "XX", 3);
	orders[3] = orders[2]; /* twice at the same moment */
	signer_issue(&signer, works, 4);
	assert_int_equal(works[0].outcome, OK);
	assert_int_equal(works[1].outcome, ERR_INVALID);
	assert_int_equal(works[2].outcome, OK);
	assert_int_equal(works[3].outcome, ERR_CONFLICT);
	assert_true(works[1].explanation[0] != '\0');
	assert_memory_not_equal(results[0].serial, results[2].serial, 16);
}

static enum err
issue_knowing(unsigned number, const struct ledger_mark *known,
    struct issue_result *out)
{
	struct issue_work w = {.result = out};
	struct order o;

	instance_order(number, &o);
	o.known = *known;
	w.order = &o;
	signer_issue(&signer, &w, 1);
	return w.outcome;
}

static void
a_database_that_forgot_gets_no_certificate(void **state)
{
	static struct issue_result first, second, third;
	const struct ledger_mark before = *records_mark(signer.records);
	struct ledger_mark other;

	(void)state;
	must(issue_knowing(40, &before, &first));
	assert_true(ledger_mark_same(
	    &first.mark, records_mark(signer.records)));
	/* an answer may still be under way */
	must(issue_knowing(41, &before, &second));
	assert_true(ledger_mark_same(&second.mark, &before));
	signer_new_clerk(&signer);
	assert_int_equal(issue_knowing(42, &before, &third), ERR_OUT_OF_STEP);
	assert_int_equal(
	    issue_knowing(42, &first.mark, &third), ERR_OUT_OF_STEP);
	/* what was made is given again, and moves nothing */
	must(issue_knowing(41, &before, &third));
	assert_memory_equal(second.serial, third.serial, 16);
	assert_true(ledger_mark_same(&third.mark, &before));
	/* the digest counts, and so does a mark from the future */
	other = *records_mark(signer.records);
	other.head.bytes[0] ^= 1;
	assert_int_equal(issue_knowing(42, &other, &third), ERR_OUT_OF_STEP);
	other = *records_mark(signer.records);
	other.entries++;
	assert_int_equal(issue_knowing(42, &other, &third), ERR_OUT_OF_STEP);
	must(issue_knowing(42, records_mark(signer.records), &third));
	reopen();
	assert_true(
	    ledger_mark_same(&third.mark, records_mark(signer.records)));
}

static void
a_revocation_is_carried_out_for_a_database_that_forgot(void **state)
{
	static struct status_result answer;
	static struct issue_result r;

	(void)state;
	issue_number(43, &r);
	struct status_order o = status_of(&r, clock_now(), 1);
	signer_new_clerk(&signer);
	must(signer_revoke(&signer, &o, &answer));
	assert_true(answer.revoked_at > 0);
	assert_true(answer.mark.entries == 0); /* as it was known */
}

static void
changes_are_told_in_order_after_a_mark(void **state)
{
	static struct ledger_changes changes;
	static struct status_result answer;
	static struct issue_result r;
	struct ledger_question q = {.known = *records_mark(signer.records)};

	(void)state;
	q.after = q.known.entries;
	must(records_changes(signer.records, &q, &changes));
	assert_false(changes.strange);
	assert_int_equal(changes.count, 0);
	issue_number(44, &r);
	struct status_order o = status_of(&r, clock_now(), 1);
	must(signer_revoke(&signer, &o, &answer));
	must(records_changes(signer.records, &q, &changes));
	assert_false(changes.strange);
	assert_int_equal(changes.count, 2);
	assert_false(changes.changes[0].revoked);
	assert_true(changes.changes[1].revoked);
	assert_memory_equal(changes.changes[1].serial, r.serial, 16);
	assert_true(changes.changes[1].number == changes.now.entries);
	q.known.head.bytes[3] ^= 1;
	must(records_changes(signer.records, &q, &changes));
	assert_true(changes.strange);
	q.known = (struct ledger_mark){changes.now.entries + 1, {{0}}};
	must(records_changes(signer.records, &q, &changes));
	assert_true(changes.strange);
}

static void
a_second_signer_finds_the_ledger_taken(void **state)
{
	struct signer second;
	size_t repaired;

	(void)state;
	assert_int_equal(
	    signer_open(here.conf, &second, &repaired), ERR_UNAVAILABLE);
}

static void
a_clock_set_back_stops_issuing(void **state)
{
	static struct issue_result r;
	struct order o;
	int64_t now = clock_now();

	(void)state;
	instance_order(30, &o);
	clock_set(now - HOUR);
	assert_int_equal(issue(&o, &r), ERR_UNAVAILABLE);
	clock_set(0);
	must(issue(&o, &r));
}

static void
the_responder_is_renewed_before_it_ends(void **state)
{
	static struct issue_result r;
	static struct status_result answer;
	int64_t now = clock_now(), end = ISSUING_L.responder_not_after;
	char label[TOKEN_LABEL_SIZE];

	(void)state;
	issue_number(31, &r);
	must(signer_tend(&signer));
	assert_true(ISSUING_L.responder_not_after == end);
	memcpy(label, ISSUING_L.responder.label, sizeof(label));
	clock_set(now + 21 * DAY);
	must(signer_tend(&signer));
	assert_true(ISSUING_L.responder_not_after > end);
	assert_string_not_equal(label, ISSUING_L.responder.label);
	struct status_order o = status_of(&r, 0, 0);
	must(signer_answer(&signer, &o, &answer));
	clock_set(0);
	write_leaf(&r, SPAN(answer.ocsp, answer.ocsp_size));
	/* its times are read against today's clock: the signature is what
	 * counts here */
	instance_shell(&here, OCSP " -attime $(($(date +%%s) + 21 * 86400))");
	expect_said("Response verify OK");
}

/* Runs last: it uses up the hour. */
static void
the_rate_of_an_hour_holds(void **state)
{
	static struct issue_result r;
	struct order o;
	enum err outcome = OK;
	unsigned number = 1000;

	(void)state;
	clock_set(clock_now() + 30 * DAY);
	for (; number < 1300 && outcome == OK; number++) {
		instance_order(number, &o);
		outcome = issue(&o, &r);
	}
	assert_int_equal(outcome, ERR_TOO_MANY);
	assert_int_equal(number, 1000 + 200 + 1);
	clock_set(clock_now() + HOUR);
	assert_int_equal(issue(&o, &r), OK);
	clock_set(0);
}

static void
the_ceremony_is_done_once(void **state)
{
	AUTO(buf_clear) struct buf record;
	struct stat before, after;
	char path[128];
	bool done = true;

	(void)state;
	snprintf(path, sizeof(path), "%s/ca/root.cer", here.dir);
	assert_int_equal(stat(path, &before), 0);
	buf_init(&record, 65536);
	must(setup_run(here.conf, &done, &record));
	assert_false(done);
	assert_int_equal(record.size, 0);
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
}

static void
pins_are_readable_by_their_owner_only(void **state)
{
	static const char *const names[] = {"signer/pin", "signer/pin.so",
	    "ceremony/root-pin", "ceremony/root-pin.so", "signer/ledger"};
	struct stat st;
	char path[128];

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		snprintf(path, sizeof(path), "%s/%s", here.dir, names[i]);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_mode & 077, 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(judges_accept_a_good_certificate_and_its_answer),
	    cmocka_unit_test(the_certificate_says_what_the_order_said),
	    cmocka_unit_test(the_wrapped_key_is_the_key_of_the_certificate),
	    cmocka_unit_test(the_same_order_gets_the_same_certificate),
	    cmocka_unit_test(
		another_order_for_the_same_registration_is_refused),
	    cmocka_unit_test(orders_that_may_not_be_are_refused),
	    cmocka_unit_test(qualified_orders_without_approval_are_refused),
	    cmocka_unit_test(combining_letters_are_composed),
	    cmocka_unit_test(a_key_of_the_participant_is_certified_when_proven),
	    cmocka_unit_test(judges_see_a_revoked_certificate),
	    cmocka_unit_test(revocations_that_cannot_be_are_refused),
	    cmocka_unit_test(numbers_of_lists_only_grow),
	    cmocka_unit_test(a_list_names_nothing_that_is_not_revoked),
	    cmocka_unit_test(a_batch_gives_each_order_its_own_outcome),
	    cmocka_unit_test(a_database_that_forgot_gets_no_certificate),
	    cmocka_unit_test(
		a_revocation_is_carried_out_for_a_database_that_forgot),
	    cmocka_unit_test(changes_are_told_in_order_after_a_mark),
	    cmocka_unit_test(a_second_signer_finds_the_ledger_taken),
	    cmocka_unit_test(a_clock_set_back_stops_issuing),
	    cmocka_unit_test(the_ceremony_is_done_once),
	    cmocka_unit_test(pins_are_readable_by_their_owner_only),
	    cmocka_unit_test(the_responder_is_renewed_before_it_ends),
	    cmocka_unit_test(the_rate_of_an_hour_holds),
	};

	return cmocka_run_group_tests_name(
	    "ceremony", tests, set_up, tear_down);
}
