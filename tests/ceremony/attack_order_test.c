/*
 * Who has the clerk or the database, one operator's approval, and bends the
 * order that it is for.
 */
#include "attack.h"

#include "base/clock.h"
#include "base/enum.h"
#include "pki/tbs.h"
#include "proc/status_ask.h"
#include "signer/respond.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define SET(field, text) snprintf(o->field, sizeof(o->field), "%s", text)
#define TRIES(TRY_IT)                                                          \
	TRY_IT(as_lcp_by_profile, ERR_INVALID, SET(profile, "lcp"))            \
	TRY_IT(as_lcp_by_level, ERR_INVALID, SET(level, "lcp"))                \
	TRY_IT(as_qscd_by_profile, ERR_INVALID, SET(profile, "qcp_n_qscd"))    \
	TRY_IT(as_authority, ERR_INVALID, SET(profile, "issuing_q"))           \
	TRY_IT(as_authority_without_level, ERR_INVALID, SET(level, "");        \
	    SET(profile, "issuing_l"))                                         \
	TRY_IT(as_root, ERR_INVALID, SET(level, ""); SET(profile, "root"))     \
	TRY_IT(as_responder, ERR_INVALID, SET(level, "");                      \
	    SET(profile, "ocsp"))                                              \
	TRY_IT(as_nothing, ERR_INVALID, SET(profile, ""))                      \
	TRY_IT(capital_prefix, ERR_INVALID, o->registration[0] = 'R')          \
	TRY_IT(longer_id, ERR_INVALID, o->registration[29] = '\0')             \
	TRY_IT(id_of_a_member, ERR_INVALID,                                    \
	    memcpy(o->registration, "mem", 3))                                 \
	TRY_IT(no_id, ERR_INVALID, o->registration[0] = '\0')                  \
	TRY_IT(another_id, ERR_DENIED, o->registration[29] ^= 1)               \
	TRY_IT(small_country, ERR_NOT_CERTIFIABLE, SET(country, "fr"))         \
	TRY_IT(no_such_country, ERR_NOT_CERTIFIABLE, SET(country, "ZZ"))       \
	TRY_IT(serial_with_star, ERR_NOT_CERTIFIABLE, SET(person_serial, "P*"))\
	TRY_IT(serial_of_a_document, ERR_DENIED,                               \
	    SET(person_serial, "PASFR-123456"))                                \
	TRY_IT(line_break, ERR_NOT_CERTIFIABLE, SET(surname, "Le\nfevre"))     \
	TRY_IT(right_to_left, ERR_NOT_CERTIFIABLE,                             \
	    SET(surname, "\u202eervefeL"))                                     \
	TRY_IT(mark_of_direction, ERR_NOT_CERTIFIABLE,                         \
	    SET(surname, "Lef\u200fevre"))                                     \
	TRY_IT(unseen_joiner, ERR_NOT_CERTIFIABLE,                             \
	    SET(surname, "Lef\u034f\u00e8vre"))                                \
	TRY_IT(unseen_name, ERR_NOT_CERTIFIABLE, SET(surname, "\u3164"))       \
	TRY_IT(homoglyph, ERR_NOT_CERTIFIABLE, SET(surname, "Lef\u0435vre"))   \
	TRY_IT(no_names, ERR_NOT_CERTIFIABLE,                                  \
	    SET(surname, ""); SET(given_names, ""))                            \
	TRY_IT(other_spelling, ERR_DENIED, SET(surname, "Lefe\u0300vre"))      \
	TRY_IT(shorter_common_name, ERR_DENIED, SET(common_name, "Z. L."))     \
	TRY_IT(another_attempt, ERR_DENIED, o->attempt = 2)                    \
	TRY_IT(no_attempt, ERR_INVALID, o->attempt = 0)                        \
	TRY_IT(time_of_before, ERR_APPROVAL_VOID, o->made_at = 1)              \
	TRY_IT(least_time, ERR_APPROVAL_VOID, o->made_at = INT64_MIN)          \
	TRY_IT(greatest_time, ERR_DENIED, o->made_at = INT64_MAX)              \
	TRY_IT(nobody_needed, ERR_DENIED, o->needed = 0;                       \
	    o->approval_count = 0)                                             \
	TRY_IT(another_device_of_the_same, ERR_DENIED,                         \
	    approve(o, ONE, &second))                                          \
	TRY_IT(the_same_twice_as_two, ERR_DENIED,                              \
	    o->approvals[1] = o->approvals[0]; o->approval_count = 2;          \
	    SET(approvals[1].operator_id, TWO))                                \
	TRY_IT(operator_in_other_letters, ERR_DENIED,                          \
	    o->approvals[0].operator_id[0] = 'M')                              \
	TRY_IT(no_client_data, ERR_INVALID,                                    \
	    o->approvals[0].client_data_size = 0)                              \
	TRY_IT(no_signature, ERR_DENIED, o->approvals[0].signature_size = 0)   \
	TRY_IT(no_credential, ERR_DENIED,                                      \
	    o->approvals[0].credential_id_size = 0)                            \
	TRY_IT(a_key_that_is_none, ERR_KEY_NOT_ACCEPTED, o->csr_size = 12)

#define BEND(name, expected, change)                                           \
	static void name(struct order *o) { change; }
TRIES(BEND)
#undef BEND

static const struct {
	const char *name;
	void (*bend)(struct order *o);
	enum err expected;
} tries[] = {
#define ROW(name, expected, change) {#name, name, expected},
    TRIES(ROW)
#undef ROW
};

static void
no_bent_order_gets_anything(void **state)
{
	struct order good, o;
	size_t before = issued();

	(void)state;
	order_of(1, "qcp_n", &good);
	approve(&good, ONE, &one);
	for (size_t i = 0; i < COUNT_OF(tries); i++) {
		o = good;
		tries[i].bend(&o);
		enum err said = issue(&o, &result);
		if (said != tries[i].expected)
			fail_msg("%s: %s, %s", tries[i].name,
			    err_api_name(said), err_explanation());
		assert_int_equal(issued(), before);
		assert_int_equal(records_rate(signer.records, "qcp_n",
				     clock_now()), 0);
	}
	must(issue(&good, &result)); /* none of it left a trace */
}

static void
a_question_about_no_issuer_of_ours_is_not_answered(void **state)
{
	static const char *const issuers[] = {
	    "", "root", "ocsp-l", "issuing-x", "ISSUING-L", "issuing-l2",
	    "../issuing-l"};
	static struct status_result answer;
	AUTO(buf_clear) struct buf told;
	size_t never_issued;
	struct ocsp_question q = {.count = 1, .asked = {{.serial_size = 1}}};
	struct status_order of = {.serial_size = 1};

	(void)state;
	buf_init(&told, OCSP_TOLD_MAX);
	for (size_t i = 0; i < COUNT_OF(issuers); i++) {
		snprintf(q.issuer, sizeof(q.issuer), "%s", issuers[i]);
		snprintf(of.issuer, sizeof(of.issuer), "%s", issuers[i]);
		assert_int_equal(
		    signer_respond(&signer, &q, &told, &never_issued),
		    ERR_NOT_FOUND);
		assert_int_equal(
		    signer_answer(&signer, &of, &answer), ERR_NOT_FOUND);
		of.revoked_at = clock_now();
		assert_int_equal(
		    signer_revoke(&signer, &of, &answer), ERR_NOT_FOUND);
	}
}

/* Revoked stays revoked, and its registration has no second certificate. */
static void
nothing_is_issued_anew_for_who_was_revoked(void **state)
{
	static struct issue_result again;
	static struct status_result told;
	struct status_order of = {.issuer = "issuing-q", .reason = 1,
	    .serial_size = SERIAL_SIZE};
	struct order o;

	(void)state;
	order_of(15, "qcp_n", &o);
	approve(&o, ONE, &one);
	must(issue(&o, &result));
	memcpy(of.serial, result.serial, SERIAL_SIZE);
	of.revoked_at = clock_now();
	must(signer_revoke(&signer, &of, &told));
	must(issue(&o, &again));
	assert_memory_equal(result.serial, again.serial, SERIAL_SIZE);
	snprintf(o.surname, sizeof(o.surname), "Dubois");
	o.approval_count = 0;
	approve(&o, ONE, &one);
	assert_int_equal(issue(&o, &again), ERR_CONFLICT);
	of.revoked_at = 0; /* good again? */
	must(signer_revoke(&signer, &of, &told));
	assert_true(told.revoked_at > 0);
}

static void
a_request_for_the_rights_of_an_authority_is_refused(void **state)
{
	static const char *const wishes[] = {"basicConstraints=CA:TRUE",
	    "keyUsage=keyCertSign", "extendedKeyUsage=OCSPSigning",
	    "noCheck=ignored", "extendedKeyUsage=anyExtendedKeyUsage"};
	char path[128];
	struct order o;

	(void)state;
	for (unsigned i = 0; i < COUNT_OF(wishes); i++) {
		instance_order(20 + i, &o);
		int status = instance_shell(&here,
		    "openssl req -new -newkey ec -pkeyopt "
		    "ec_paramgen_curve:P-256 -nodes -keyout /dev/null -subj "
		    "/CN=x -addext %s -outform der -out x.p10", wishes[i]);
		if (status != 0)
			fail_msg("%s", instance_said(&here));
		snprintf(path, sizeof(path), "%s/x.p10", here.dir);
		AUTO(fclose) FILE *f = fopen(path, "rb");
		o.csr_size = fread(o.csr, 1, sizeof(o.csr), f);
		assert_int_equal(issue(&o, &result), ERR_KEY_NOT_ACCEPTED);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(no_bent_order_gets_anything),
	    cmocka_unit_test(
		a_question_about_no_issuer_of_ours_is_not_answered),
	    cmocka_unit_test(nothing_is_issued_anew_for_who_was_revoked),
	    cmocka_unit_test(
		a_request_for_the_rights_of_an_authority_is_refused),
	};

	return cmocka_run_group_tests_name(
	    "bent orders", tests, attack_set_up, attack_tear_down);
}
