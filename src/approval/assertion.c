/*
 * The signature is over authenticator data and the digest of client data;
 * everything that these two say is checked before.
 */
#include "approval/assertion.h"

#include "approval/authenticator_data.h"
#include "approval/passkey_key.h"

/* Lower case, and without the port that goes without saying. */
static RESULT
take_host(const char *host, size_t size, const char *scheme, const char *port,
    struct relying_party *out)
{
	size_t id = strcspn(host, ":/");
	size_t end = size;

	if (id == 0 || id >= sizeof(out->id) || host[0] == '[')
		return FAIL(ERR_INVALID, "an address without a host's name");
	for (size_t i = 0; i < id; i++)
		out->id[i] = host[i] >= 'A' && host[i] <= 'Z'
				 ? (char)(host[i] + 'a' - 'A')
				 : host[i];
	out->id[id] = '\0';
	if (size - id == strlen(port) &&
	    strncmp(host + id, port, size - id) == 0)
		end = id;
	int length = snprintf(out->origin, sizeof(out->origin), "%s%s%.*s",
	    scheme, out->id, (int)(end - id), host + id);
	if (length < 0 || (size_t)length >= sizeof(out->origin))
		return FAIL(ERR_INVALID, "an address that is too long");
	return OK;
}

RESULT
relying_party_of(const char *url, struct relying_party *out)
{
	static const struct {
		const char *scheme, *port;
	} known[] = {{"https://", ":443"}, {"http://", ":80"}};
	struct relying_party rp = {{0}};

	for (size_t i = 0; i < 2; i++) {
		size_t length = strlen(known[i].scheme);

		if (strncmp(url, known[i].scheme, length) != 0)
			continue;
		TRY(take_host(url + length, strcspn(url + length, "/?#"),
		    known[i].scheme, known[i].port, &rp));
		*out = rp;
		return OK;
	}
	return FAIL(ERR_INVALID, "an address that is not http or https");
}

static RESULT
verify_signature(const struct assertion *x, struct span public_key)
{
	AUTO(buf_clear) struct buf signed_bytes;
	struct digest d = digest_sha256(x->client_data);

	if (x->signature.size > PASSKEY_SIGNATURE_MAX)
		return FAIL(ERR_INVALID, "a signature too long");
	buf_init(&signed_bytes, AUTHENTICATOR_DATA_MAX + DIGEST_SIZE);
	TRY(buf_add_span(&signed_bytes, x->authenticator_data));
	TRY(buf_add(&signed_bytes, d.bytes, DIGEST_SIZE));
	return passkey_key_verify(
	    public_key, span_of_buf(&signed_bytes), x->signature);
}

RESULT
assertion_verify(const struct assertion *x, const struct relying_party *rp,
    struct span challenge, struct span public_key, uint32_t *counter)
{
	struct authenticator_data d;

	if (challenge.size < DIGEST_SIZE)
		return FAIL(ERR_INTERNAL, "a challenge too short");
	TRY(client_data_check(
	    x->client_data, "webauthn.get", challenge, rp->origin));
	TRY(authenticator_data_read(x->authenticator_data, rp, false, &d));
	TRY(verify_signature(x, public_key));
	*counter = d.counter;
	return OK;
}

bool
assertion_counter_holds(uint32_t before, uint32_t now)
{
	return (before == 0 && now == 0) || now > before;
}
