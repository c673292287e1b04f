/*
 * Whatever the page sends: attestation, client data, authenticator data,
 * a key and a signature, in one input parted by its first octets. Nothing of
 * it is believed, because nothing of it is signed by a key that we know.
 */
#include "approval/passkey.h"

#include "base/fuzz.h"

static struct span
part(struct span *rest)
{
	if (rest->size < 2)
		return SPAN(rest->data, 0);
	size_t size = (size_t)(rest->data[0] << 8 | rest->data[1]);
	*rest = SPAN(rest->data + 2, rest->size - 2);
	if (size > rest->size)
		size = rest->size;
	struct span out = SPAN(rest->data, size);
	*rest = SPAN(rest->data + size, rest->size - size);
	return out;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t challenge[DIGEST_SIZE] = {1};
	struct span rest = SPAN(data, size);
	struct relying_party rp = {"a.example", "https://a.example"};
	struct authenticator_data read;
	struct passkey made;
	uint32_t counter;

	struct assertion x = {.client_data = part(&rest),
	    .authenticator_data = part(&rest),
	    .signature = part(&rest)};
	struct span key = part(&rest);
	IGNORE(passkey_register(
	    rest, x.client_data, &rp, SPAN(challenge, DIGEST_SIZE), &made));
	IGNORE(authenticator_data_read(x.authenticator_data, &rp, true, &read));
	IGNORE(passkey_key_check(key));
	IGNORE(assertion_verify(
	    &x, &rp, SPAN(challenge, DIGEST_SIZE), key, &counter));
	return 0;
}
