/*
 * Link tokens: base64url of the id's letters, which link it is, its
 * generation, and an HMAC of these cut to 128 bits. Nothing is stored, so a
 * link can be shown again; a new generation ends the old ones.
 */
#include "flow/link.h"

#include "base/codec.h"
#include "base/digest.h"
#include "flow/journey.h"

#include <openssl/crypto.h>

#define LETTERS 26
#define BODY (LETTERS + 1 + 4)
#define MAC 16
#define PREFIX "reg_"

static void
make_mac(const struct keys *k, const uint8_t body[BODY], uint8_t out[MAC])
{
	const struct span parts[] = {span_of_text("paraph link"),
	    SPAN(body, BODY)};
	struct digest d = digest_keyed(span_of_secret(&k->link), parts, 2);

	memcpy(out, d.bytes, MAC);
}

void
link_format(const struct keys *k, const struct link *l,
    char out[LINK_TOKEN_SIZE])
{
	AUTO(buf_clear) struct buf text;
	uint8_t bytes[BODY + MAC];

	memcpy(bytes, l->registration + strlen(PREFIX), LETTERS);
	bytes[LETTERS] = l->mailed;
	for (int i = 0; i < 4; i++)
		bytes[LETTERS + 1 + i] =
		    (uint8_t)(l->generation >> (24 - 8 * i));
	make_mac(k, bytes, bytes + BODY);
	buf_init(&text, LINK_TOKEN_SIZE);
	IGNORE(base64url_encode(SPAN(bytes, sizeof(bytes)), &text)); /* fits */
	snprintf(out, LINK_TOKEN_SIZE, "%s", buf_text(&text));
}

RESULT
link_parse(const struct keys *k, const char *token, struct link *out)
{
	AUTO(buf_clear) struct buf bytes;
	uint8_t mac[MAC];

	buf_init(&bytes, BODY + MAC);
	if (strnlen(token, LINK_TOKEN_SIZE) == LINK_TOKEN_SIZE ||
	    base64url_decode(token, &bytes) != OK || bytes.size != BODY + MAC)
		return FAIL(ERR_NOT_FOUND, "not a link");
	make_mac(k, bytes.data, mac);
	if (CRYPTO_memcmp(mac, bytes.data + BODY, MAC) != 0)
		return FAIL(ERR_NOT_FOUND, "not a link of ours");
	*out = (struct link){.mailed = bytes.data[LETTERS] != 0};
	snprintf(out->registration, ID_SIZE, PREFIX "%.*s", LETTERS,
	    (const char *)bytes.data);
	for (int i = 0; i < 4; i++)
		out->generation = out->generation << 8 |
		    bytes.data[LETTERS + 1 + i];
	return OK;
}

static RESULT
make_link(struct flow *f, struct arena *a, const struct registration *r,
    bool mailed, const char **out)
{
	struct link l = {.mailed = mailed,
	    .generation = (uint32_t)r->generation};
	char token[LINK_TOKEN_SIZE];

	if (!id_is("reg", r->id))
		return FAIL(ERR_INTERNAL, "not the id of a registration");
	snprintf(l.registration, ID_SIZE, "%s", r->id);
	link_format(f->keys, &l, token);
	*out = arena_format(a, "%s/r#%s", conf_text(f->conf, CONF_web_base_url),
	    token);
	return OK;
}

RESULT
registration_link(struct flow *f, struct arena *a,
    const struct registration *r, const char **out)
{
	return make_link(f, a, r, false, out);
}

RESULT
registration_mailed_link(struct flow *f, struct arena *a,
    const struct registration *r, const char **out)
{
	return make_link(f, a, r, true, out);
}

RESULT
registration_by_token(struct flow *f, struct arena *a, const char *token,
    bool *mailed, struct registration *out)
{
	struct registration r;
	struct link l;

	TRY(link_parse(f->keys, token, &l));
	TRY(registration_current(f, a, l.registration, &r));
	if (r.generation != (int64_t)l.generation)
		return FAIL(ERR_NOT_FOUND, "a newer link was made");
	*mailed = l.mailed;
	*out = r;
	return OK;
}

/* 12 letters: 58 bits, for a form that is limited in tries. */
RESULT
registration_revocation_code(struct flow *f, struct arena *a,
    const struct registration *r, const char **out)
{
	static const char letters[] = "23456789bcdfghjkmnpqrstvwxyz";
	const struct span parts[] = {span_of_text("paraph revocation"),
	    span_of_text(r->id)};
	struct digest d = digest_keyed(span_of_secret(&f->keys->link), parts,
	    2);
	char code[13] = {0};

	for (size_t i = 0; i < sizeof(code) - 1; i++) {
		unsigned two = (unsigned)d.bytes[2 * i] << 8 |
		    d.bytes[2 * i + 1];
		code[i] = letters[two % (sizeof(letters) - 1)];
	}
	*out = arena_text(a, code);
	return OK;
}
