/*
 * A registration: the only writer of its state.
 *
 * Every function here runs its own transaction unless it says otherwise, and
 * writes the move, the steps, the journal entry, the messages and the jobs
 * together. Records come back filled with what is stored now; their texts
 * live in the arena passed.
 */
#pragma once

#include "flow/audit.h"

struct registration_request {
	const char *workspace;
	const char *email, *level;        /* required */
	const char *fullname, *fullname_type;
	const char *phone, *phone_type;
	const char *language, *redirect_url, *metadata; /* "" for none */
	bool send_invitation; /* false: the caller passes the link on */
	const char *renews; /* a certificate's id (flow/renewal.h), or NULL */
	bool replaces;	    /* which is revoked when the new one is there */
};

/*
 * Makes a registration. ERR_INVALID with the field; ERR_FEATURE_DISABLED;
 * ERR_CERTIFICATE_EXISTS; ERR_REGISTRATION_PENDING (its id in err_field()).
 */
RESULT registration_create(struct flow *f, struct arena *a,
    const struct actor *who, const struct registration_request *q,
    struct registration *out);

/* The participant's link: base_url "/r#" token. This one is for whoever asked
 * and proves nothing about the e-mail address. */
RESULT registration_link(struct flow *f, struct arena *a,
    const struct registration *r, const char **out);
/* The one that is mailed to the participant and shown to nobody else: coming
 * through it proves the address. */
RESULT registration_mailed_link(struct flow *f, struct arena *a,
    const struct registration *r, const char **out);

/* The registration of a token, and whether it is the mailed one;
 * ERR_NOT_FOUND for any that is not right. */
RESULT registration_by_token(struct flow *f, struct arena *a,
    const char *token, bool *mailed, struct registration *out);

/* What operators approved of it until now counts no more; the signer is told
 * by a job. In the caller's transaction. */
RESULT registration_withdraw(struct flow *f, const struct registration *r);

/*
 * One row of states.def, inside the caller's transaction: state, journal and
 * messages. ERR_EXPIRED when its time is over (registration_current writes
 * that down), ERR_WRONG_STATE when no row allows it.
 */
RESULT registration_move(struct flow *f, struct registration *r,
    enum event event, const struct actor *who, const char *detail);

/* When it expires: INT64_MAX for what does not. In review 72 h (setting) after
 * expiry, or after it came there if that is later. */
int64_t registration_deadline(const struct flow *f,
    const struct registration *r);

/* Cancel, remind, new link (which ends the old one): by the workspace. Remind
 * is ERR_TOO_MANY within a minute of the last one. */
RESULT registration_cancel(struct flow *f, struct arena *a,
    const struct actor *who, const char *id, struct registration *out);
RESULT registration_remind(struct flow *f, struct arena *a,
    const struct actor *who, const char *id, struct registration *out);
RESULT registration_new_link(struct flow *f, struct arena *a,
    const struct actor *who, const char *id, struct registration *out);

/* Loads it and, when its time is over, expires it in the same transaction. */
RESULT registration_current(struct flow *f, struct arena *a, const char *id,
    struct registration *out);

/* Expires all that are due; how many. */
RESULT registration_expire_due(struct flow *f, struct arena *a, size_t *out);

/* Reminds those that end within 24 hours, once; how many. */
RESULT registration_remind_due(struct flow *f, struct arena *a, size_t *out);

/* Sets a step; inside the caller's transaction. */
RESULT registration_step(struct flow *f, const char *registration,
    enum step_name step, const char *state, const char *reasons);

/* The revocation code shown to the holder: 12 letters, derived. */
RESULT registration_revocation_code(struct flow *f, struct arena *a,
    const struct registration *r, const char **out);
