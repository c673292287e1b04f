/*
 * Addresses that everybody can reach, and those that only look so.
 */
#include "base/address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
public_addresses_are_public(void **state)
{
	static const char *const urls[] = {"https://pki.notaires.fr",
	    "http://pki.notaires.fr:8080/x", "https://8.8.8.8/",
	    "https://[2a01:e0a::1]:443/pki", "HTTPS://PKI.Notaires.FR./",
	    "https://localhost.notaires.fr", "https://172.32.0.1",
	    "https://mylocal.fr", "http://100.128.0.1"};

	(void)state;
	for (size_t i = 0; i < sizeof(urls) / sizeof(*urls); i++)
		if (!address_is_public(urls[i]))
			fail_msg("%s", urls[i]);
}

static void
others_are_not(void **state)
{
	static const char *const urls[] = {"http://localhost:8080",
	    "https://127.0.0.1", "https://127.9.9.9", "https://10.1.2.3/x",
	    "https://172.16.0.1", "https://172.31.255.255",
	    "https://192.168.1.1", "https://169.254.169.254", "https://[::1]/",
	    "https://[fe80::1]/", "https://[fd00::1]:8443",
	    "https://[::ffff:10.0.0.1]", "https://[2001:db8::1]",
	    "https://pki", "https://pki.local", "https://pki.Internal./",
	    "https://pki.example.org", "https://x.test", "https://a.home.arpa",
	    "https://0.0.0.0", "https://224.0.0.1", "ftp://pki.notaires.fr",
	    "https://", "pki.notaires.fr", "", "https://user@pki.notaires.fr",
	    "https://100.64.0.1", "https://[nonsense:", "https://:80/"};

	(void)state;
	for (size_t i = 0; i < sizeof(urls) / sizeof(*urls); i++)
		if (address_is_public(urls[i]))
			fail_msg("%s", urls[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(public_addresses_are_public),
	    cmocka_unit_test(others_are_not),
	};

	return cmocka_run_group_tests_name("address", tests, NULL, NULL);
}
