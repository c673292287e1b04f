/*
 * From the browser's answer to create() to a key that can be kept.
 */
#include "approval/passkey.h"

#include "approval/cbor.h"
#include "approval/passkey_key.h"

/* {"fmt": text, "attStmt": map, "authData": bytes}, each once. */
static RESULT
read_attestation(struct span bytes, struct span *authenticator_data)
{
	struct cbor_item map, name, value;
	struct span rest = bytes;
	unsigned seen = 0;

	if (bytes.size > ATTESTATION_MAX)
		return FAIL(ERR_INVALID, "an attestation too long");
	TRY(cbor_next(&rest, &map));
	if (map.kind != CBOR_MAP || map.number != 3)
		return FAIL(ERR_INVALID, "not an attestation");
	for (int i = 0; i < 3; i++) {
		TRY(cbor_next(&rest, &name));
		struct span start = rest;
		TRY(cbor_skip(&rest));
		TRY(cbor_next(&start, &value));
		if (cbor_text_is(&name, "fmt") && value.kind == CBOR_TEXT)
			seen |= 1;
		if (cbor_text_is(&name, "attStmt") && value.kind == CBOR_MAP)
			seen |= 2;
		if (cbor_text_is(&name, "authData") &&
		    value.kind == CBOR_BYTES) {
			seen |= 4;
			*authenticator_data = value.content;
		}
	}
	if (seen != 7 || rest.size > 0)
		return FAIL(ERR_INVALID, "not an attestation");
	return OK;
}

RESULT
passkey_register(struct span attestation, struct span client_data,
    const struct relying_party *rp, struct span challenge, struct passkey *out)
{
	AUTO(buf_clear) struct buf key;
	struct authenticator_data d;
	struct span data = {0};

	buf_init(&key, PASSKEY_KEY_MAX);
	TRY(client_data_check(
	    client_data, "webauthn.create", challenge, rp->origin));
	TRY(read_attestation(attestation, &data));
	TRY(authenticator_data_read(data, rp, true, &d));
	TRY(passkey_key_from_cose(d.cose_key, &key));
	*out = (struct passkey){.counter = d.counter,
	    .credential_id_size = d.credential_id.size,
	    .public_key_size = key.size};
	memcpy(out->credential_id, d.credential_id.data, d.credential_id.size);
	memcpy(out->public_key, key.data, key.size);
	memcpy(out->aaguid, d.aaguid.data, AAGUID_SIZE);
	return OK;
}

void
passkey_fingerprint(struct span public_key, char out[PASSKEY_FINGERPRINT_SIZE])
{
	struct digest d = digest_sha256(public_key);
	size_t at = 0;

	for (size_t i = 0; i < 16; i += 2)
		at += (size_t)snprintf(out + at, PASSKEY_FINGERPRINT_SIZE - at,
		    "%s%02x%02x", i ? " " : "", d.bytes[i], d.bytes[i + 1]);
}
