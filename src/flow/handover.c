/*
 * Hand-over to a phone: one row a registration.
 *
 * The link's generation is in every MAC, so that a new link also ends what
 * was handed over by the old one.
 */
#include "flow/handover.h"

#include "base/codec.h"
#include "base/digest.h"
#include "base/enum.h"
#include "flow/act.h"

#define LETTERS 26
#define BODY (LETTERS + 4 + 4)
#define MAC 16
#define PREFIX "reg_"
#define HANDING (IN(collecting) | IN(action_required))

static const char *const states[] = {"open", "asked", "taken", "ended"};
static const char *const purposes[] = {
    [HANDOVER_CODE] = "paraph handover",
    [HANDOVER_TICKET] = "paraph handover ticket",
};

enum handover_state
handover_state_of(const char *text)
{
	return (enum handover_state)enum_find(states, HANDOVER_STATE_COUNT,
	    text);
}

/* codes and tickets */

static void
put_number(uint8_t out[4], uint32_t number)
{
	for (int i = 0; i < 4; i++)
		out[i] = (uint8_t)(number >> (24 - 8 * i));
}

static uint32_t
get_number(const uint8_t in[4])
{
	return (uint32_t)in[0] << 24 | (uint32_t)in[1] << 16 |
	    (uint32_t)in[2] << 8 | in[3];
}

static void
make_mac(const struct keys *k, enum handover_kind kind,
    const uint8_t body[BODY], int64_t link_generation, uint8_t out[MAC])
{
	uint8_t link[4];
	const struct span parts[] = {span_of_text(purposes[kind]),
	    SPAN(link, sizeof(link)), SPAN(body, BODY)};

	put_number(link, (uint32_t)link_generation);
	struct digest d = digest_keyed(span_of_secret(&k->link), parts, 3);
	memcpy(out, d.bytes, MAC);
}

void
handover_token_format(const struct keys *k, enum handover_kind kind,
    const struct handover_token *t, int64_t link_generation,
    char out[HANDOVER_TOKEN_SIZE])
{
	uint8_t bytes[BODY + MAC];
	AUTO(buf_clear) struct buf text;

	memcpy(bytes, t->registration + strlen(PREFIX), LETTERS);
	put_number(bytes + LETTERS, t->generation);
	put_number(bytes + LETTERS + 4, t->slot);
	make_mac(k, kind, bytes, link_generation, bytes + BODY);
	buf_init(&text, HANDOVER_TOKEN_SIZE);
	IGNORE(base64url_encode(SPAN(bytes, sizeof(bytes)), &text)); /* fits */
	snprintf(out, HANDOVER_TOKEN_SIZE, "%s", buf_text(&text));
}

RESULT
handover_token_parse(const char *text, struct handover_token *out)
{
	AUTO(buf_clear) struct buf bytes;
	struct handover_token t;

	buf_init(&bytes, BODY + MAC);
	if (strnlen(text, HANDOVER_TOKEN_SIZE) == HANDOVER_TOKEN_SIZE ||
	    base64url_decode(text, &bytes) != OK || bytes.size != BODY + MAC)
		return FAIL(ERR_NOT_FOUND, "not a code");
	snprintf(t.registration, ID_SIZE, PREFIX "%.*s", LETTERS,
	    (const char *)bytes.data);
	if (!id_is("reg", t.registration))
		return FAIL(ERR_NOT_FOUND, "not a code");
	t.generation = get_number(bytes.data + LETTERS);
	t.slot = get_number(bytes.data + LETTERS + 4);
	*out = t;
	return OK;
}

/* Whether we wrote it for this registration and its link. */
static RESULT
check_token(const struct keys *k, enum handover_kind kind, const char *text,
    const struct handover_token *t, const struct registration *r)
{
	char right[HANDOVER_TOKEN_SIZE];

	handover_token_format(k, kind, t, r->generation, right);
	if (!span_equal(span_of_text(text), span_of_text(right)))
		return FAIL(ERR_NOT_FOUND, "not a code of ours");
	return OK;
}

/* the offer */

/* Three different numbers of two digits, in no order. */
static void
draw_numbers(struct arena *a, struct handover *h)
{
	uint32_t n[HANDOVER_CHOICES];

	do
		for (size_t i = 0; i < HANDOVER_CHOICES; i++)
			n[i] = 10 + random_below(90);
	while (n[0] == n[1] || n[0] == n[2] || n[1] == n[2]);
	h->number = n[random_below(HANDOVER_CHOICES)];
	h->choices = arena_format(a, "%u %u %u", n[0], n[1], n[2]);
}

static RESULT
load(struct flow *f, struct arena *a, const char *id, int64_t now,
    struct handover *out)
{
	TRY(handover_load(f->store, a, id, out));
	enum handover_state s = handover_state_of(out->state);
	if ((s == HANDOVER_OPEN || s == HANDOVER_ASKED) &&
	    now >= out->expires_at) {
		out->state = states[HANDOVER_ENDED];
		out->why = "expired";
	}
	return OK;
}

RESULT
handover_find(struct flow *f, struct arena *a, const char *id,
    struct handover *out)
{
	return load(f, a, id, clock_now(), out);
}

RESULT
handover_open(struct flow *f, struct arena *a, const char *id,
    const char *device, struct handover *out)
{
	AUTO(act_end) struct act t = {0};
	struct handover before = {0}, h = {0};

	TRY(act_begin_participant(f, a, id, &t));
	TRY(act_require(&t, HANDING));
	enum err found = handover_load(f->store, a, id, &before);
	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	err_clear();
	h.registration = t.r.id;
	h.state = states[HANDOVER_OPEN];
	h.device = device;
	h.phone = h.why = "";
	h.generation = before.generation + 1;
	h.created_at = t.now;
	h.expires_at = t.now + HANDOVER_LIFE;
	draw_numbers(a, &h);
	TRY(handover_save(f->store, &h));
	TRY(act_note(&t, "participant.handover_opened", device, ""));
	TRY(act_commit(&t, NULL));
	*out = h;
	return OK;
}

RESULT
handover_url(struct flow *f, struct arena *a, const struct handover *h,
    const char **url, int64_t *changes_at)
{
	struct handover_token t = {.generation = (uint32_t)h->generation};
	int64_t slot = clock_now() / HANDOVER_SLOT;
	char text[HANDOVER_TOKEN_SIZE];
	struct registration r;

	if (handover_state_of(h->state) != HANDOVER_OPEN)
		return FAIL(ERR_WRONG_STATE, "it is not open");
	TRY(registration_load(f->store, a, h->registration, &r));
	t.slot = (uint32_t)slot;
	snprintf(t.registration, ID_SIZE, "%s", r.id);
	handover_token_format(f->keys, HANDOVER_CODE, &t, r.generation, text);
	*url = arena_format(a, "%s/r#h.%s",
	    conf_text(f->conf, CONF_web_base_url), text);
	*changes_at = (slot + 1) * HANDOVER_SLOT;
	return OK;
}

/* the phone */

/* A transaction on the registration and row that a code or ticket names;
 * strangers do not come as far as the lock. */
static RESULT
begin_phone(struct flow *f, struct arena *a, enum handover_kind kind,
    const char *text, struct handover_token *token, struct act *t,
    struct handover *h)
{
	struct registration r;

	TRY(handover_token_parse(text, token));
	TRY(registration_load(f->store, a, token->registration, &r));
	TRY(check_token(f->keys, kind, text, token, &r));
	TRY(act_begin_participant(f, a, token->registration, t));
	TRY(check_token(f->keys, kind, text, token, &t->r));
	TRY(act_require(t, HANDING));
	TRY(load(f, a, t->r.id, t->now, h));
	if (h->generation != (int64_t)token->generation ||
	    strcmp(h->why, "expired") == 0)
		return FAIL(ERR_EXPIRED, "its time is over");
	return OK;
}

static RESULT
require_fresh(const struct handover_token *token, int64_t now)
{
	int64_t since = (int64_t)token->slot * HANDOVER_SLOT;

	if (now < since || now >= since + HANDOVER_SLOT + HANDOVER_LATE)
		return FAIL(ERR_EXPIRED, "the code has changed");
	return OK;
}

RESULT
handover_claim(struct flow *f, struct arena *a, const char *token,
    const char *phone, struct handover *out, const char **ticket)
{
	AUTO(act_end) struct act t = {0};
	char text[HANDOVER_TOKEN_SIZE];
	struct handover_token code;
	struct handover h;

	TRY(begin_phone(f, a, HANDOVER_CODE, token, &code, &t, &h));
	TRY(require_fresh(&code, t.now));
	if (handover_state_of(h.state) != HANDOVER_OPEN)
		return FAIL(ERR_WRONG_STATE, "the code was used");
	h.state = states[HANDOVER_ASKED];
	h.phone = phone;
	h.slot = code.slot;
	h.expires_at = t.now + HANDOVER_PICK;
	TRY(handover_save(f->store, &h));
	TRY(act_note(&t, "participant.handover_claimed", phone, ""));
	handover_token_format(f->keys, HANDOVER_TICKET, &code, t.r.generation,
	    text);
	TRY(act_commit(&t, NULL));
	*ticket = arena_text(a, text);
	*out = h;
	return OK;
}

static RESULT
settle(struct act *t, struct handover *h, enum handover_state state,
    const char *why)
{
	h->state = states[state];
	h->why = why;
	TRY(handover_save(t->f->store, h));
	return act_note(t,
	    state == HANDOVER_TAKEN ? "participant.handover_taken"
				    : "participant.handover_ended",
	    why, "");
}

RESULT
handover_pick(struct flow *f, struct arena *a, const char *ticket,
    int64_t number, struct registration *out)
{
	AUTO(act_end) struct act t = {0};
	struct handover_token claimed;
	struct handover h;

	TRY(begin_phone(f, a, HANDOVER_TICKET, ticket, &claimed, &t, &h));
	if (handover_state_of(h.state) != HANDOVER_ASKED ||
	    h.slot != (int64_t)claimed.slot)
		return FAIL(ERR_WRONG_STATE, "it is over");
	bool right = number == h.number;
	TRY(settle(&t, &h, right ? HANDOVER_TAKEN : HANDOVER_ENDED,
	    right	? ""
		: number ? "wrong_number"
			 : "declined"));
	TRY(act_commit(&t, right ? out : NULL));
	return right ? OK : FAIL(ERR_DENIED, "not the number");
}

RESULT
handover_end(struct flow *f, struct arena *a, const char *id,
    struct handover *out)
{
	AUTO(act_end) struct act t = {0};
	struct handover h;

	TRY(act_begin_participant(f, a, id, &t));
	TRY(load(f, a, id, t.now, &h));
	enum handover_state s = handover_state_of(h.state);
	if (s != HANDOVER_ENDED) {
		TRY(settle(&t, &h, HANDOVER_ENDED,
		    s == HANDOVER_TAKEN ? "taken_back" : "ended"));
		TRY(act_commit(&t, NULL));
	}
	*out = h;
	return OK;
}

RESULT
handover_holds(struct flow *f, struct arena *a, const char *id,
    int64_t generation)
{
	struct handover h;
	enum err code = handover_load(f->store, a, id, &h);

	if (code == ERR_NOT_FOUND ||
	    (code == OK &&
		(h.generation != generation ||
		    handover_state_of(h.state) != HANDOVER_TAKEN)))
		return FAIL(ERR_HANDED_BACK, "the hand-over is over");
	return code;
}
