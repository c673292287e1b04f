/*
 * Hand-over of a session from a desktop to a phone (product 5).
 *
 * The danger is not a stranger who reads the code but a victim who is sent
 * one: somebody begins a registration on a desktop and has another person's
 * phone finish it. Hence a code that changes every 20 seconds and works once,
 * a phone that is told where the session was begun, and a number that only
 * who sees that desktop can pick. One wrong pick ends it.
 *
 * Nothing secret is stored: codes and tickets are HMACs.
 */
#pragma once

#include "base/clock.h"
#include "flow/flow.h"

#define HANDOVER_LIFE (10 * MINUTE)
#define HANDOVER_PICK (2 * MINUTE) /* for the phone to pick */
#define HANDOVER_SLOT (20 * SECOND)
#define HANDOVER_LATE (10 * SECOND) /* a code that was scanned as it changed */
#define HANDOVER_CHOICES 3
#define HANDOVER_TOKEN_SIZE 80
#define HANDOVER_DEVICE_MAX 60

enum handover_state {
	HANDOVER_OPEN,
	HANDOVER_ASKED, /* a phone came and picks a number */
	HANDOVER_TAKEN,
	HANDOVER_ENDED,
	HANDOVER_STATE_COUNT
};

enum handover_state handover_state_of(const char *text);

/* What a code or a ticket carries. */
struct handover_token {
	char registration[ID_SIZE];
	uint32_t generation, slot;
};

enum handover_kind { HANDOVER_CODE, HANDOVER_TICKET };

/* A new offer, which ends the one before. device: where it is begun. */
RESULT handover_open(struct flow *f, struct arena *a, const char *id,
    const char *device, struct handover *out);

/* As it stands now: ended with why "expired" when its time is over.
 * ERR_NOT_FOUND: there is none. */
RESULT handover_find(struct flow *f, struct arena *a, const char *id,
    struct handover *out);

/* What the QR code says now, base_url/r#h.TOKEN, and until when.
 * ERR_WRONG_STATE: it is not open. */
RESULT handover_url(struct flow *f, struct arena *a,
    const struct handover *h, const char **url, int64_t *changes_at);

/*
 * A phone comes with a code, once. ERR_NOT_FOUND: no code of ours;
 * ERR_EXPIRED: an old one; ERR_WRONG_STATE: it was used. ticket: for the
 * pick; only this phone has it.
 */
RESULT handover_claim(struct flow *f, struct arena *a, const char *token,
    const char *phone, struct handover *out, const char **ticket);

/* ERR_DENIED: the wrong number, or 0 for none, and it is over. */
RESULT handover_pick(struct flow *f, struct arena *a, const char *ticket,
    int64_t number, struct registration *out);

/* The desktop takes the offer back, or from the phone what it was given. */
RESULT handover_end(struct flow *f, struct arena *a, const char *id,
    struct handover *out);

/* What the phone of that offer was given still counts. ERR_HANDED_BACK: the
 * desktop took it back, or made another offer. */
RESULT handover_holds(struct flow *f, struct arena *a, const char *id,
    int64_t generation);

/* What a code or ticket claims; whether its MAC is right is asked with the
 * registration at hand. ERR_NOT_FOUND: not of this form. */
RESULT handover_token_parse(const char *text, struct handover_token *out);
void handover_token_format(const struct keys *k, enum handover_kind kind,
    const struct handover_token *t, int64_t link_generation,
    char out[HANDOVER_TOKEN_SIZE]);
