/*
 * The holder revokes a certificate, without an account. Answers do not tell
 * whether an address or a number has a certificate, and tries are few.
 */
#include "base/clock.h"
#include "flow/revoke.h"
#include "ident/person.h"
#include "web/certificate_json.h"
#include "web/limit.h"
#include "web/ready.h"
#include "web/wake.h"
#include "web/who.h"

static RESULT
count_try(struct request *q, const struct revoke_whose *whose)
{
	int64_t now = clock_now();

	TRY(limit_count(q->web->limits, LIMIT_revocation, q->address, now,
	    &q->reply.wait));
	return limit_count(q->web->limits, LIMIT_revocation_email,
	    *whose->phone ? whose->phone : whose->email_folded, now,
	    &q->reply.wait);
}

/* One of the two, and not both: which of them would count? */
static RESULT
take_whose(const char *email, const char *phone,
    char folded[PERSON_EMAIL_SIZE], struct revoke_whose *out)
{
	if (!*email == !*phone)
		return err_set_field(ERR_INVALID,
		    *email ? "phone_number" : "email",
		    "either an e-mail address or a phone number");
	folded[0] = '\0';
	if (*email)
		TRY(person_email_fold(email, folded));
	*out = (struct revoke_whose){folded, phone};
	return OK;
}

RESULT
handle_revocation_code(struct request *q)
{
	char folded[PERSON_EMAIL_SIZE];
	struct revoke_whose whose;
	struct flow *f;

	TRY(take_whose(text(q, FIELD_revocation_code_email),
	    text(q, FIELD_revocation_code_phone_number), folded, &whose));
	TRY(count_try(q, &whose));
	TRY(request_flow(q, &f));
	TRY(revoke_send_codes(f, &q->arena, &whose));
	struct json j = reply_json(q, 202);
	json_open(&j, NULL);
	json_text(&j, "object", "revocation_code");
	json_close(&j);
	wake_clerk(q->web);
	return json_done(&j);
}

RESULT
handle_revocation_create(struct request *q)
{
	char folded[PERSON_EMAIL_SIZE];
	struct revoke_whose whose;
	struct certificate c;
	struct flow *f;
	int reason;

	TRY(certificate_reason(text(q, FIELD_revocation_reason), &reason));
	TRY(take_whose(text(q, FIELD_revocation_email),
	    text(q, FIELD_revocation_phone_number), folded, &whose));
	TRY(count_try(q, &whose));
	TRY(request_flow(q, &f));
	TRY(revoke_by_code(f, &q->arena, &whose,
	    text(q, FIELD_revocation_code), reason, &c));
	ready_forget();
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_text(&j, "object", "revocation");
	json_text(&j, "serial", c.serial);
	json_time(&j, "revoked_at", c.revoked_at);
	json_close(&j);
	wake_clerk(q->web);
	return json_done(&j);
}
