/*
 * Time, withdrawal and number of approvals.
 *
 * One draw a person, not one a request: who may try as often as they like
 * would otherwise ask until a request is not drawn.
 */
#include "signer/weigh.h"

#include "base/clock.h"
#include "pki/subject.h"

#define CLOCK_SLACK MINUTE /* it is one machine's clock */
#define NOTES_AN_ORDER 20 /* of the rate: a person needs one or two */
#define DAYS_MAX 400
#define NAME_MAX_BYTES ((size_t)4096) /* composed, an order's is shorter */
#define DRAWS 10000 /* hundredths of a percent */

static const char draw_label[] = "paraph second operator";

RESULT
weigh_settings(const struct conf *conf)
{
	int64_t days = conf_number(conf, CONF_signer_approval_days);
	int64_t operators = conf_number(conf, CONF_signer_operators);

	if (days < 1 || days > DAYS_MAX)
		return FAIL(ERR_INVALID, "signer.approval_days is 1 to %d",
		    DAYS_MAX);
	days = conf_number(conf, CONF_signer_enrolment_days);
	if (days < 1 || days > DAYS_MAX)
		return FAIL(ERR_INVALID, "signer.enrolment_days is 1 to %d",
		    DAYS_MAX);
	if (operators < 1 || operators > ORDER_APPROVALS_MAX)
		return FAIL(ERR_INVALID, "signer.operators is 1 or 2");
	if (conf_number(conf, CONF_signer_second_percent) > 100)
		return FAIL(ERR_INVALID, "signer.second_percent is 0 to 100");
	return OK;
}

/* Of the names as a certificate has them: two encodings of one name are one
 * person. */
static RESULT
digest_person(const struct order *o, struct digest *out)
{
	AUTO(buf_clear) struct buf given_names, surname;

	buf_init(&given_names, NAME_MAX_BYTES);
	buf_init(&surname, NAME_MAX_BYTES);
	TRY(text_normalise(o->given_names, &given_names));
	TRY(text_normalise(o->surname, &surname));
	const struct span parts[] = {span_of_buf(&given_names),
	    span_of_buf(&surname), span_of_text(o->country)};
	*out = digest_keyed(span_of_text(draw_label), parts, 3);
	return OK;
}

static RESULT
draw(struct signer *s, const struct order *o, bool *drawn)
{
	int64_t percent = conf_number(s->conf, CONF_signer_second_percent);
	uint8_t message[sizeof(draw_label) + DIGEST_SIZE];
	struct digest of;

	*drawn = percent >= 100;
	if (percent <= 0 || percent >= 100)
		return OK;
	TRY(digest_person(o, &of));
	memcpy(message, draw_label, sizeof(draw_label));
	memcpy(message + sizeof(draw_label), of.bytes, DIGEST_SIZE);
	TRY(token_pin_digest(s->token, SPAN(message, sizeof(message)), &of));
	uint32_t number = (uint32_t)of.bytes[0] << 24 |
	    (uint32_t)of.bytes[1] << 16 | (uint32_t)of.bytes[2] << 8 |
	    of.bytes[3];
	*drawn = number % DRAWS < (uint32_t)percent * (DRAWS / 100);
	return OK;
}

RESULT
weigh_operators(
    struct signer *s, const struct order *o, uint32_t *operators)
{
	bool drawn;

	if (!id_is("reg", o->registration))
		return FAIL(ERR_INVALID, "no registration");
	TRY(draw(s, o, &drawn));
	/* who was drawn is not drawn anew by another spelling of the name */
	if (conf_number(s->conf, CONF_signer_second_percent) > 0)
		drawn = drawn ||
		    records_standing(s->records, o->registration).drawn;
	if (drawn)
		TRY(records_drawn(s->records, o->registration, clock_now()));
	*operators = drawn || o->doubted
	    ? 2
	    : (uint32_t)conf_number(s->conf, CONF_signer_operators);
	return OK;
}

/* Its time is what a page wrote there; the mark of the last withdrawal nobody
 * could write before the signer drew it. */
static bool
was_withdrawn(const struct case_standing *now, const struct order *o)
{
	return o->made_at <= now->withdrawn_until ||
	       !span_equal(SPAN(o->withdrawal, o->withdrawal_size),
		   SPAN(now->mark, now->mark_size));
}

RESULT
weigh_time(const struct signer *s, const struct order *o)
{
	int64_t days = conf_number(s->conf, CONF_signer_approval_days);
	const struct case_standing stands =
	    records_standing(s->records, o->registration);
	int64_t now = clock_now();

	if (o->made_at > now + CLOCK_SLACK)
		return FAIL(ERR_DENIED, "an approval from the future");
	if (o->made_at < now - days * DAY)
		return FAIL(ERR_APPROVAL_VOID, "an approval older than %lld days",
		    (long long)days);
	if (was_withdrawn(&stands, o))
		return FAIL(
		    ERR_APPROVAL_VOID, "an approval that was withdrawn");
	return OK;
}

RESULT
weigh_notes(const struct signer *s, enum note note)
{
	int64_t limit =
	    NOTES_AN_ORDER * conf_number(s->conf, CONF_signer_rate_per_hour);

	if (records_notes(s->records, note, clock_now()) >= (size_t)limit)
		return FAIL(ERR_TOO_MANY, "notes of this hour");
	return OK;
}

RESULT
weigh_withdraw(struct signer *s, const struct withdrawal *w,
    struct withdrawn_mark *out)
{
	int64_t now = clock_now();

	if (!id_is("reg", w->registration))
		return FAIL(ERR_INVALID, "no registration");
	if (w->until <= 0 || w->until > now + CLOCK_SLACK)
		return FAIL(ERR_INVALID, "withdrawn at an impossible time");
	TRY(weigh_notes(s, NOTE_withdrawal));
	TRY(records_withdraw(s->records, w->registration, w->until, now));
	const struct case_standing stands =
	    records_standing(s->records, w->registration);
	memcpy(out->bytes, stands.mark, sizeof(out->bytes));
	return OK;
}
