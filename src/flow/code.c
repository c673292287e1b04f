/*
 * Codes of six digits.
 */
#include "flow/code.h"

#include "base/digest.h"

#include <openssl/crypto.h>

RESULT
code_of(struct flow *f, struct arena *a, const char *registration,
    const char *channel, struct code *out)
{
	enum err found = code_load(f->store, a, registration, channel, out);

	if (found != ERR_NOT_FOUND)
		return found;
	err_clear();
	*out = (struct code){.registration = registration,
	    .channel = channel,
	    .target = ""};
	return OK;
}

RESULT
code_renew(struct flow *f, struct code *c, const char *target, int64_t now)
{
	if (c->number > 0 && now < c->sent_at + CODE_RESEND)
		return FAIL(ERR_TOO_MANY, "one was sent a moment ago");
	if (now >= c->window_start + HOUR) {
		c->window_start = now;
		c->sent_in_window = 0;
	}
	if (c->sent_in_window >= CODE_PER_HOUR)
		return FAIL(ERR_TOO_MANY, "five in an hour");
	c->sent_in_window++;
	c->number++;
	c->target = target;
	c->tries = 0;
	c->sent_at = now;
	c->expires_at = now + CODE_LIFE;
	return code_save(f->store, c);
}

static bool
agrees(const struct keys *k, const struct code *c, const char *given)
{
	char digits[CODE_DIGITS + 1];

	code_digits(k, c, digits);
	return strnlen(given, CODE_DIGITS + 1) == CODE_DIGITS &&
	    CRYPTO_memcmp(digits, given, CODE_DIGITS) == 0;
}

RESULT
code_try(struct flow *f, struct code *c, const char *digits, int64_t now,
    bool *right)
{
	if (c->number == 0)
		return FAIL(ERR_WRONG_STATE, "no code was sent");
	if (c->tries >= CODE_TRIES)
		return FAIL(ERR_TOO_MANY, "five wrong codes");
	if (now >= c->expires_at)
		return err_set_field(ERR_INVALID, "code", "its time is over");
	bool same = agrees(f->keys, c, digits);
	if (same)
		c->expires_at = now; /* once only */
	else
		c->tries++;
	TRY(code_save(f->store, c));
	*right = same;
	return OK;
}

void
code_digits(const struct keys *k, const struct code *c,
    char out[CODE_DIGITS + 1])
{
	uint8_t number[8];

	for (int i = 0; i < 8; i++)
		number[i] = (uint8_t)((uint64_t)c->number >> (56 - 8 * i));
	const struct span parts[] = {span_of_text("paraph code"),
	    span_of_text(c->registration), span_of_text(c->channel),
	    span_of_text(c->target), SPAN(number, sizeof(number))};
	struct digest d = digest_keyed(span_of_secret(&k->link), parts, 5);
	uint64_t value = 0;

	for (int i = 0; i < 8; i++)
		value = value << 8 | d.bytes[i];
	snprintf(out, CODE_DIGITS + 1, "%06u", (unsigned)(value % 1000000));
}
