/*
 * Renewal links are derived like those of registrations: nothing is stored,
 * and a link lives as long as what it is for.
 */
#include "flow/renewal.h"

#include "base/clock.h"
#include "base/codec.h"
#include "base/digest.h"

#include <openssl/crypto.h>

#define LETTERS 26
#define MAC 16
#define PREFIX "crt_"

static void
make_mac(const struct keys *k, const uint8_t letters[LETTERS],
    uint8_t out[MAC])
{
	const struct span parts[] = {span_of_text("paraph renewal"),
	    SPAN(letters, LETTERS)};
	struct digest d = digest_keyed(span_of_secret(&k->link), parts, 2);

	memcpy(out, d.bytes, MAC);
}

RESULT
renewal_link(struct flow *f, struct arena *a, const struct certificate *c,
    const char **out)
{
	AUTO(buf_clear) struct buf text;
	uint8_t bytes[LETTERS + MAC];

	if (!id_is("crt", c->id))
		return FAIL(ERR_INTERNAL, "not the id of a certificate");
	memcpy(bytes, c->id + strlen(PREFIX), LETTERS);
	make_mac(f->keys, bytes, bytes + LETTERS);
	buf_init(&text, RENEWAL_TOKEN_SIZE);
	TRY(base64url_encode(SPAN(bytes, sizeof(bytes)), &text));
	*out = arena_format(a, "%s/renew#%s",
	    conf_text(f->conf, CONF_web_base_url), buf_text(&text));
	return OK;
}

RESULT
renewal_by_token(struct flow *f, struct arena *a, const char *token,
    struct certificate *out)
{
	AUTO(buf_clear) struct buf bytes;
	uint8_t mac[MAC];
	char id[ID_SIZE];

	buf_init(&bytes, LETTERS + MAC);
	if (strnlen(token, RENEWAL_TOKEN_SIZE) == RENEWAL_TOKEN_SIZE ||
	    base64url_decode(token, &bytes) != OK ||
	    bytes.size != LETTERS + MAC)
		return FAIL(ERR_NOT_FOUND, "not a link");
	make_mac(f->keys, bytes.data, mac);
	if (CRYPTO_memcmp(mac, bytes.data + LETTERS, MAC) != 0)
		return FAIL(ERR_NOT_FOUND, "not a link of ours");
	snprintf(id, sizeof(id), PREFIX "%.*s", LETTERS,
	    (const char *)bytes.data);
	return certificate_load(f->store, a, id, out);
}

static RESULT
require_renewable(const struct certificate *c)
{
	int64_t now = clock_now();

	if (c->revoked_at)
		return FAIL(ERR_WRONG_STATE, "the certificate is revoked");
	if (now >= c->not_after)
		return FAIL(ERR_EXPIRED, "the certificate has ended");
	if (now < c->not_after - RENEWAL_DAYS * DAY)
		return FAIL(ERR_CERTIFICATE_EXISTS, "it is too early");
	return OK;
}

/* What was approved for the holder has their number: it may replace as well. */
static bool
is_for_holder(const struct registration *r, const struct certificate *c)
{
	return *c->person_serial &&
	       strcmp(r->person_serial, c->person_serial) == 0;
}

/* A request for the same e-mail and level that was made otherwise: it renews
 * from now on, unless it is decided already. */
static RESULT
take_over(struct flow *f, struct arena *a, const struct certificate *c,
    bool replaces, const char *id, struct registration *out)
{
	AUTO(act_end) struct act t = {0};
	const struct actor who = {ACTOR_participant, c->registration, ""};

	TRY(act_begin(f, a, id, &who, &t));
	if (state_of(t.r.state) == STATE_approved &&
	    !(replaces && is_for_holder(&t.r, c))) {
		*out = t.r;
		return OK;
	}
	const struct renewal renewal = {t.r.id, c->id, t.r.person_serial,
	    t.now, replaces};
	TRY(renewal_save(f->store, &renewal));
	TRY(act_note(&t, "registration.renews", c->id, ""));
	return act_commit(&t, out);
}

static RESULT
make(struct flow *f, struct arena *a, const struct certificate *c,
    bool replaces, struct registration *out)
{
	const struct actor who = {ACTOR_participant, c->registration,
	    c->fullname};
	struct registration old;

	TRY(registration_load(f->store, a, c->registration, &old));
	const struct registration_request q = {
	    .workspace = c->workspace,
	    .email = c->email,
	    .level = c->level,
	    .fullname = c->fullname,
	    .fullname_type = "suggestion",
	    .phone = c->phone,
	    .phone_type = *c->phone ? "suggestion" : "",
	    .language = old.language,
	    .redirect_url = "",
	    .metadata = "",
	    .renews = c->id,
	    .replaces = replaces,
	};
	enum err made = registration_create(f, a, &who, &q, out);
	if (made != ERR_REGISTRATION_PENDING)
		return made;
	return take_over(
	    f, a, c, replaces, arena_text(a, err_field()), out);
}

static RESULT
begin(struct flow *f, struct arena *a, const struct certificate *c,
    bool replaces, struct registration *out)
{
	struct registration r;
	enum err found = renewal_open(f->store, a, c->id, &r);

	if (found == OK)
		found = registration_current(f, a, r.id, &r);
	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	err_clear();
	if (found == ERR_NOT_FOUND || state_is_terminal(state_of(r.state)))
		return make(f, a, c, replaces, out);
	if (replaces)
		return take_over(f, a, c, true, r.id, out);
	*out = r;
	return OK;
}

RESULT
renewal_begin(struct flow *f, struct arena *a, const char *token,
    struct registration *out)
{
	struct certificate c;

	TRY(renewal_by_token(f, a, token, &c));
	TRY(require_renewable(&c));
	return begin(f, a, &c, false, out);
}

RESULT
renewal_replace(struct flow *f, struct arena *a, const char *registration,
    struct registration *out)
{
	struct certificate c;

	TRY(certificate_of(f->store, a, registration, &c));
	if (c.revoked_at)
		return FAIL(ERR_WRONG_STATE, "the certificate is revoked");
	if (clock_now() >= c.not_after)
		return FAIL(ERR_EXPIRED, "the certificate has ended");
	return begin(f, a, &c, true, out);
}

/* Only a zone that tells all of it for certain speaks for a person. */
static const char *
person_of(struct act *t, const struct mrz *m)
{
	const struct span parts[] = {span_of_text("paraph holder"),
	    span_of_text(m->surname), span_of_text("<"),
	    span_of_text(m->given_names), span_of_text("<"),
	    span_of_text(m->birth_date)};
	char hex[DIGEST_TEXT_SIZE];

	if (m->format == MRZ_NONE || m->bad_digits > 0 || m->truncated ||
	    !*m->birth_date)
		return "";
	struct digest d = digest_keyed(span_of_secret(&t->f->keys->digest),
	    parts, sizeof(parts) / sizeof(*parts));
	digest_format(&d, hex);
	return arena_text(t->a, hex);
}

static RESULT
is_holder(struct act *t, const struct certificate *c, const char *person,
    bool *same)
{
	const char *holder;
	enum err found = holder_load(t->f->store, t->a, c->registration,
	    &holder);

	*same = false;
	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	*same = *person && !c->revoked_at && *c->person_serial &&
	    strcmp(person, holder) == 0;
	return OK;
}

RESULT
renewal_settle(struct act *t, const struct mrz *m)
{
	const char *person = person_of(t, m);
	struct renewal renewal;
	struct certificate c;
	bool same;

	TRY(holder_save(t->f->store, t->r.id, person));
	enum err found = renewal_load(t->f->store, t->a, t->r.id, &renewal);
	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	TRY(certificate_load(t->f->store, t->a, renewal.certificate, &c));
	TRY(is_holder(t, &c, person, &same));
	if (renewal.replaces && !same && !c.revoked_at)
		return err_set_field(ERR_INVALID, "decision",
		    "cannot be to approve: the document does not show the "
		    "holder of the certificate that is replaced");
	t->r.person_serial = same ? c.person_serial : renewal.own_serial;
	return act_note(t,
	    same ? "renewal.same_person" : "renewal.not_known_as_same_person",
	    c.id, "");
}
