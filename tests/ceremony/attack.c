/*
 * The instance that is attacked.
 */
#include "attack.h"

struct test_authenticator second; /* of the operator ONE */

int
attack_set_up(void **state)
{
	(void)state;
	instance_init(&here, "rate_per_hour = 40\nenrolment_days = 400\n"
			     "[web]\nbase_url = https://ra.example.com\n");
	test_authenticator_init(&one, false);
	test_authenticator_init(&two, true);
	test_authenticator_init(&second, false);
	instance_enrol(&here, ONE, &one);
	instance_enrol(&here, TWO, &two);
	instance_enrol(&here, ONE, &second);
	open_signer();
	return 0;
}

int
attack_tear_down(void **state)
{
	(void)state;
	signer_close(&signer);
	test_authenticator_clear(&one);
	test_authenticator_clear(&two);
	test_authenticator_clear(&second);
	instance_clear(&here);
	return 0;
}

size_t
issued(void)
{
	struct records_summary sum;

	records_summary(signer.records, &sum);
	return sum.issued;
}

enum err
publish(uint64_t number)
{
	AUTO(buf_clear) struct buf list;
	struct crl_order o = {.issuer = "issuing-q", .number = number};
	struct crl_result r;

	buf_init(&list, 0);
	return signer_publish(&signer, &o, &list, &r);
}

enum err
try_open(void)
{
	struct signer s = {0};
	size_t repaired;
	enum err outcome = signer_open(here.conf, &s, &repaired);

	if (outcome == OK)
		signer_close(&s);
	return outcome;
}
