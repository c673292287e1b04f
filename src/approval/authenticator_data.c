/*
 * rpIdHash (32), flags (1), counter (4), then a new credential and extensions
 * if the flags say so, then nothing.
 */
#include "approval/authenticator_data.h"

#include "approval/cbor.h"

enum flag {
	USER_PRESENT = 0x01,
	USER_VERIFIED = 0x04,
	NEW_CREDENTIAL = 0x40,
	EXTENSIONS = 0x80,
};

static RESULT
take(struct span *rest, size_t size, struct span *out)
{
	if (rest->size < size)
		return FAIL(ERR_INVALID, "authenticator data cut short");
	*out = SPAN(rest->data, size);
	*rest = SPAN(rest->data + size, rest->size - size);
	return OK;
}

static RESULT
take_credential(struct span *rest, struct authenticator_data *d)
{
	struct span size = {0};

	TRY(take(rest, AAGUID_SIZE, &d->aaguid));
	TRY(take(rest, 2, &size));
	size_t id_size = (size_t)(size.data[0] << 8 | size.data[1]);
	if (id_size == 0 || id_size > CREDENTIAL_ID_MAX)
		return FAIL(ERR_INVALID, "a credential's id of wrong size");
	TRY(take(rest, id_size, &d->credential_id));
	struct span before = *rest;
	TRY(cbor_skip(rest));
	d->cose_key = SPAN(before.data, before.size - rest->size);
	return OK;
}

static RESULT
check_flags(unsigned flags, bool registration)
{
	if (!(flags & USER_PRESENT))
		return FAIL(ERR_DENIED, "nobody touched the authenticator");
	if (!(flags & USER_VERIFIED))
		return FAIL(ERR_DENIED, "the authenticator verified nobody");
	if (!(flags & NEW_CREDENTIAL) == registration)
		return FAIL(ERR_INVALID, "authenticator data of another act");
	return OK;
}

RESULT
authenticator_data_read(struct span bytes, const struct relying_party *rp,
    bool registration, struct authenticator_data *out)
{
	struct digest ours = digest_sha256(span_of_text(rp->id));
	struct authenticator_data d = {0};
	struct span rest = bytes, hash = {0}, flags = {0}, counter = {0};

	if (bytes.size > AUTHENTICATOR_DATA_MAX)
		return FAIL(ERR_INVALID, "authenticator data too long");
	TRY(take(&rest, DIGEST_SIZE, &hash));
	TRY(take(&rest, 1, &flags));
	TRY(take(&rest, 4, &counter));
	if (!span_equal(hash, SPAN(ours.bytes, DIGEST_SIZE)))
		return FAIL(ERR_DENIED, "a passkey of another relying party");
	TRY(check_flags(flags.data[0], registration));
	for (size_t i = 0; i < counter.size; i++)
		d.counter = d.counter << 8 | counter.data[i];
	if (registration)
		TRY(take_credential(&rest, &d));
	if (flags.data[0] & EXTENSIONS)
		TRY(cbor_skip(&rest));
	if (rest.size > 0)
		return FAIL(ERR_INVALID, "more than authenticator data");
	*out = d;
	return OK;
}
