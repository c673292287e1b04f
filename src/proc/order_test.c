/*
 * Every body: what was put is got; a byte less or a byte more is refused.
 */
#include "proc/order.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
fill(uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		bytes[i] = (uint8_t)(i * 7 + 1);
}

/* Applies check to the message cut by one and lengthened by one. */
static void
assert_exact(struct buf *b, enum err (*get)(struct span))
{
	assert_int_equal(get(span_of_buf(b)), OK);
	for (size_t size = 0; size < b->size; size++)
		if (size < 300 || size + 20 > b->size)
			assert_int_not_equal(get(SPAN(b->data, size)), OK);
	assert_int_equal(buf_add_byte(b, 0), OK);
	assert_int_not_equal(get(span_of_buf(b)), OK);
	b->size--;
}

static struct order got_order;

static enum err
get_order(struct span message)
{
	return order_get(message, &got_order);
}

static void
fill_approval(struct order_approval *a)
{
	memcpy(a->operator_id, "mem_one", 8);
	fill(a->credential_id, sizeof(a->credential_id));
	a->credential_id_size = sizeof(a->credential_id);
	fill(a->authenticator_data, sizeof(a->authenticator_data));
	a->authenticator_data_size = sizeof(a->authenticator_data);
	fill(a->client_data, sizeof(a->client_data));
	a->client_data_size = sizeof(a->client_data);
	fill(a->signature, sizeof(a->signature));
	a->signature_size = sizeof(a->signature);
}

static void
an_order_survives_the_wire(void **state)
{
	AUTO(buf_clear) struct buf b;
	struct order o = {.registration = "reg_abc",
	    .level = "qcp",
	    .profile = "qcp_n",
	    .given_names = "Zoë Maï",
	    .surname = "Ļimanova",
	    .common_name = "Zoë Ļimanova",
	    .country = "FR",
	    .person_serial = "x",
	    .csr_size = ORDER_CSR_MAX,
	    .needed = 2,
	    .attempt = 3,
	    .made_at = 1700000000123,
	    .doubted = true,
	    .faces_differ = true,
	    .approval_count = ORDER_APPROVALS_MAX};

	(void)state;
	fill(o.csr, sizeof(o.csr));
	for (size_t i = 0; i < ORDER_APPROVALS_MAX; i++)
		fill_approval(&o.approvals[i]);
	fill(o.decision.bytes, DIGEST_SIZE);
	fill(o.evidence.bytes, DIGEST_SIZE - 1);
	buf_init(&b, WIRE_MAX);
	assert_int_equal(order_put(&b, &o), OK);
	assert_exact(&b, get_order);
	assert_int_equal(get_order(span_of_buf(&b)), OK);
	assert_memory_equal(&got_order, &o, sizeof(o));
}

static void
refuses_an_order_with_a_name_too_long(void **state)
{
	AUTO(buf_clear) struct buf b;
	char name[ORDER_NAME_MAX + 1];

	(void)state;
	memset(name, 'a', sizeof(name));
	name[ORDER_NAME_MAX] = '\0';
	buf_init(&b, WIRE_MAX);
	put_text(&b, "reg_abc");
	put_text(&b, "lcp");
	put_text(&b, "lcp");
	put_text(&b, name);
	assert_int_equal(get_order(span_of_buf(&b)), ERR_INVALID);
}

static void
refuses_more_approvals_than_two(void **state)
{
	AUTO(buf_clear) struct buf b;
	static struct order o = {.registration = "reg_abc"};

	(void)state;
	buf_init(&b, WIRE_MAX);
	o.approval_count = 3;
	assert_int_equal(order_put(&b, &o), ERR_TOO_LARGE);
	o.approval_count = 0;
	assert_int_equal(order_put(&b, &o), OK);
	assert_int_equal(get_order(span_of_buf(&b)), OK);
	/* in front of the mark: its number, and its digest with length */
	b.data[b.size - 8 - 4 - DIGEST_SIZE - 1] = 3;
	assert_int_equal(get_order(span_of_buf(&b)), ERR_INVALID);
}

static struct issue_result got_issue;

static enum err
get_issue(struct span message)
{
	return issue_result_get(message, &got_issue);
}

static void
an_issued_certificate_survives_the_wire(void **state)
{
	AUTO(buf_clear) struct buf b;
	struct issue_result r = {.registration = "reg_abc",
	    .issuer = "ca1",
	    .serial_size = ORDER_SERIAL_MAX,
	    .not_before = -5,
	    .not_after = INT64_MAX,
	    .certificate_size = ORDER_CERTIFICATE_MAX,
	    .key_blob_size = 0,
	    .key_label = "reg_abc",
	    .ocsp_size = ORDER_OCSP_MAX,
	    .ocsp_next_update = 99};

	(void)state;
	fill(r.serial, sizeof(r.serial));
	fill(r.certificate, sizeof(r.certificate));
	fill(r.ocsp, sizeof(r.ocsp));
	buf_init(&b, WIRE_MAX);
	assert_int_equal(issue_result_put(&b, &r), OK);
	assert_exact(&b, get_issue);
	assert_int_equal(get_issue(span_of_buf(&b)), OK);
	assert_memory_equal(&got_issue, &r, sizeof(r));
}

static struct status_order got_status_order;

static enum err
get_status_order(struct span message)
{
	return status_order_get(message, &got_status_order);
}

static void
a_question_of_status_survives_the_wire(void **state)
{
	AUTO(buf_clear) struct buf b;
	struct status_order o = {.issuer = "ca1",
	    .serial = {1, 2, 3},
	    .serial_size = 3,
	    .revoked_at = 17,
	    .reason = 4};

	(void)state;
	buf_init(&b, WIRE_MAX);
	assert_int_equal(status_order_put(&b, &o), OK);
	assert_exact(&b, get_status_order);
	assert_int_equal(got_status_order.serial_size, 3);
	assert_int_equal(got_status_order.reason, 4);
	assert_true(got_status_order.revoked_at == 17);
}

static enum err
cross_status_order(const struct status_order *o)
{
	AUTO(buf_clear) struct buf b;

	buf_init(&b, WIRE_MAX);
	assert_int_equal(status_order_put(&b, o), OK);
	return get_status_order(span_of_buf(&b));
}

static void
refuses_an_empty_serial_and_an_unknown_reason(void **state)
{
	struct status_order o = {.issuer = "ca1", .serial_size = 0};

	(void)state;
	assert_int_equal(cross_status_order(&o), ERR_INVALID);
	o.serial_size = 1;
	assert_int_equal(cross_status_order(&o), OK);
	o.reason = 11;
	assert_int_equal(cross_status_order(&o), ERR_INVALID);
}

static struct status_result got_status;

static enum err
get_status(struct span message)
{
	return status_result_get(message, &got_status);
}

static void
a_status_survives_the_wire(void **state)
{
	AUTO(buf_clear) struct buf b;
	struct status_result r = {.ocsp_size = ORDER_OCSP_MAX,
	    .ocsp_next_update = 5,
	    .revoked_at = 6};

	(void)state;
	fill(r.ocsp, sizeof(r.ocsp));
	buf_init(&b, WIRE_MAX);
	assert_int_equal(status_result_put(&b, &r), OK);
	assert_exact(&b, get_status);
	assert_int_equal(get_status(span_of_buf(&b)), OK);
	assert_memory_equal(&got_status, &r, sizeof(r));
}

static struct crl_order got_crl;

static enum err
get_crl(struct span message)
{
	return crl_order_get(message, &got_crl);
}

static void
the_order_of_a_list_survives_the_wire(void **state)
{
	AUTO(buf_clear) struct buf b;
	struct crl_order o = {.issuer = "an-issuer-of-23-letters",
	    .number = UINT64_MAX,
	    .revoked = 1234567,
	    .count = CRL_ENTRIES_MAX};

	(void)state;
	buf_init(&b, WIRE_MAX);
	assert_int_equal(crl_order_put(&b, &o), OK);
	assert_exact(&b, get_crl);
	assert_int_equal(get_crl(span_of_buf(&b)), OK);
	assert_int_equal(got_crl.count, CRL_ENTRIES_MAX);
	assert_int_equal(got_crl.revoked, 1234567);
	o.count++;
	assert_int_equal(crl_order_put(&b, &o), ERR_TOO_LARGE);
}

static void
entries_of_a_list_follow_one_another(void **state)
{
	struct crl_entry e = {.revoked_at = 7, .serial_size = 3}, got;
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, 10 * CRL_ENTRY_SIZE_MAX);
	for (uint8_t i = 0; i < 10; i++) {
		e.reason = i;
		e.serial[2] = i;
		assert_int_equal(crl_entry_put(&b, &e), OK);
	}
	struct span rest = span_of_buf(&b);
	for (uint8_t i = 0; i < 10; i++) {
		assert_int_equal(crl_entry_get(&rest, &got), OK);
		assert_int_equal(got.serial[2], i);
		assert_int_equal(got.reason, i);
	}
	assert_int_equal(crl_entry_get(&rest, &got), ERR_INVALID);
	for (size_t size = 0; size < b.size / 10; size++) {
		rest = SPAN(b.data, size);
		assert_int_equal(crl_entry_get(&rest, &got), ERR_INVALID);
	}
}

static void
refuses_more_entries_than_the_maximum(void **state)
{
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, WIRE_MAX);
	put_text(&b, "ca1");
	put_u64(&b, 1);
	put_u64(&b, 1);
	put_u32(&b, (uint32_t)CRL_ENTRIES_MAX + 1);
	assert_int_equal(get_crl(span_of_buf(&b)), ERR_TOO_LARGE);
}

static struct crl_result got_crl_result;

static enum err
get_crl_result(struct span message)
{
	return crl_result_get(message, &got_crl_result);
}

static void
a_published_list_survives_the_wire(void **state)
{
	AUTO(buf_clear) struct buf b;
	struct crl_result r = {
	    .issuer = "ca1", .number = 3, .this_update = 4, .next_update = 5};

	(void)state;
	buf_init(&b, WIRE_MAX);
	assert_int_equal(crl_result_put(&b, &r), OK);
	assert_exact(&b, get_crl_result);
	assert_string_equal(got_crl_result.issuer, "ca1");
	assert_true(got_crl_result.number == 3 &&
		    got_crl_result.this_update == 4 &&
		    got_crl_result.next_update == 5);
}

static struct signer_state got_state;

static enum err
get_state(struct span message)
{
	return signer_state_get(message, &got_state);
}

static void
the_signers_state_survives_the_wire(void **state)
{
	AUTO(buf_clear) struct buf b;
	struct signer_state s = {1, {{2}}, 3, 4, 5, 6, 7};

	(void)state;
	buf_init(&b, WIRE_MAX);
	assert_int_equal(signer_state_put(&b, &s), OK);
	assert_exact(&b, get_state);
	assert_memory_equal(&got_state, &s, sizeof(s));
}

static void
a_refusal_becomes_the_callers_error(void **state)
{
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, WIRE_MAX);
	assert_int_equal(
	    refusal_put(&b, ERR_TOO_MANY, "the rate is reached"), OK);
	assert_int_equal(refusal_get(span_of_buf(&b)), ERR_TOO_MANY);
	assert_string_equal(err_explanation(), "the rate is reached");
}

static void
a_refusal_is_never_ok(void **state)
{
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, WIRE_MAX);
	assert_int_equal(refusal_put(&b, OK, ""), OK);
	assert_int_equal(refusal_get(span_of_buf(&b)), ERR_INTERNAL);
	b.data[0] = ERR_COUNT;
	assert_int_equal(refusal_get(span_of_buf(&b)), ERR_INTERNAL);
	assert_int_equal(refusal_get(SPAN(NULL, 0)), ERR_INTERNAL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_order_survives_the_wire),
	    cmocka_unit_test(refuses_an_order_with_a_name_too_long),
	    cmocka_unit_test(refuses_more_approvals_than_two),
	    cmocka_unit_test(an_issued_certificate_survives_the_wire),
	    cmocka_unit_test(a_question_of_status_survives_the_wire),
	    cmocka_unit_test(refuses_an_empty_serial_and_an_unknown_reason),
	    cmocka_unit_test(a_status_survives_the_wire),
	    cmocka_unit_test(the_order_of_a_list_survives_the_wire),
	    cmocka_unit_test(entries_of_a_list_follow_one_another),
	    cmocka_unit_test(refuses_more_entries_than_the_maximum),
	    cmocka_unit_test(a_published_list_survives_the_wire),
	    cmocka_unit_test(the_signers_state_survives_the_wire),
	    cmocka_unit_test(a_refusal_becomes_the_callers_error),
	    cmocka_unit_test(a_refusal_is_never_ok),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
