/*
 * The participant's acts, in the order of product 5. Each refuses with
 * ERR_WRONG_STATE what is not possible now, ERR_EXPIRED after the time, and
 * loses nothing. Records come back as stored.
 */
#pragma once

#include "base/clock.h"
#include "flow/code.h"
#include "ident/mrz.h"
#include "flow/registration.h"

#define ATTEMPTS_MAX 3
#define TURNED_BACK_MAX 20
#define PICTURE_MAX ((size_t)10 * 1024 * 1024)
#define PICTURES_MAX 200           /* of one registration */
#define PICTURE_PAUSE (10 * SECOND) /* while one of the same side is read */

/* created -> opened. Opening again changes nothing, but that the mailed link
 * (registration_by_token) proves the e-mail address whenever it is used. */
RESULT journey_open(struct flow *f, struct arena *a, const char *id,
    bool mailed, struct registration *out);

/*
 * accept false: refuses a pre-filled name -> declined. Where nothing but the
 * name differed from the document, another name (ERR_INVALID for the same)
 * takes the pictures that are there to another check.
 */
RESULT journey_name(struct flow *f, struct arena *a, const char *id,
    bool accept, const char *fullname, struct registration *out);

RESULT journey_language(struct flow *f, struct arena *a, const char *id,
    const char *language, struct registration *out);

/* channel: "email" or "phone"; phone "" keeps the one that is there.
 * ERR_TOO_MANY: too soon or too often. Puts the message in the outbox. */
RESULT journey_send_code(struct flow *f, struct arena *a, const char *id,
    const char *channel, const char *phone, struct registration *out);

/* ERR_INVALID (field code) for a wrong one, ERR_TOO_MANY after five. */
RESULT journey_check_code(struct flow *f, struct arena *a, const char *id,
    const char *channel, const char *code, struct registration *out);

/* Consent to processing the document; recorded with its text's hash. */
RESULT journey_consent(struct flow *f, struct arena *a, const char *id,
    const char *text_sha256, struct registration *out);

/* Accepts the agreement; the hash must be that of the text shown. When all
 * of name, e-mail, phone, consent, agreement are done: -> collecting. */
RESULT journey_agree(struct flow *f, struct arena *a, const char *id,
    const char *text_sha256, struct registration *out);

/* Chooses country and kind; ERR_INVALID when the level does not accept it.
 * Starts the pictures over when the choice changes. */
RESULT journey_document(struct flow *f, struct arena *a, const char *id,
    const char *country, const char *kind, struct registration *out);

/* A picture: sealed into the vault, an inspect job added, 202 for the web.
 * side: "front" or "back". Bytes are counted and sniffed, never parsed.
 * ERR_TOO_MANY while the last one of that side is being read. */
RESULT journey_picture(struct flow *f, struct arena *a, const char *id,
    const char *side, struct span bytes, struct evidence *out);

/* All sides read: -> checking, with a check job. ERR_WRONG_STATE names in
 * err_field() the side that is missing. */
RESULT journey_complete(struct flow *f, struct arena *a, const char *id,
    struct registration *out);

/* Whether it may: refused by no person yet, within seven days of creation. */
RESULT journey_can_ask_a_person(struct flow *f, struct arena *a,
    const struct registration *r, bool *out);

RESULT journey_ask_a_person(struct flow *f, struct arena *a, const char *id,
    struct registration *out);

/* The holder's, as the zone tells it; "" when it does not. A PIN must be
 * another one. */
RESULT journey_birth_date(struct flow *f, struct arena *a,
    const struct registration *r, char out[MRZ_DATE_SIZE]);

/* Whether the participant's PIN is what is missing now: ERR_WRONG_STATE. The
 * PIN itself goes to the signer and is nowhere in here; once it is there,
 * the certificate is ordered. */
RESULT journey_pin_is_asked(struct flow *f, struct arena *a, const char *id,
    struct registration *out);
RESULT journey_pin_is_set(struct flow *f, struct arena *a, const char *id,
    struct registration *out);

/* Whether it may be changed by the old one: the certificate is there and not
 * revoked. Right or wrong is noted; changed ones are told by mail. */
RESULT journey_pin_may_change(struct flow *f, struct arena *a, const char *id,
    struct registration *out);
RESULT journey_pin_was_tried(struct flow *f, struct arena *a, const char *id,
    bool changed, struct registration *out);

/* Who holds the link and reads the holder's mail may try to change it: a code
 * by mail, and what it is exchanged for, good for a quarter of an hour and
 * until the next code. ERR_INVALID (field code, proof). */
#define PIN_PROOF_SIZE 44 /* 32 octets as base64url, NUL */
#define PIN_PROOF_LIFE (15 * MINUTE)
RESULT journey_pin_code(struct flow *f, struct arena *a, const char *id,
    struct registration *out);
RESULT journey_pin_code_check(struct flow *f, struct arena *a, const char *id,
    const char *code, char proof[PIN_PROOF_SIZE]);
RESULT journey_pin_proven(struct flow *f, struct arena *a, const char *id,
    const char *proof);

/* A key of the participant's own (PKCS#10, DER, checked by the caller), in
 * place of one that is made; sha256: of the public key. At LCP while the data
 * are confirmed; at qcp before: with the evidence, or while the case waits for
 * an operator. ERR_OWN_KEY_LEVEL: not at this level; ERR_OWN_KEY_REVIEWED: an
 * operator has the case or signed for it; ERR_WRONG_STATE. */
RESULT journey_own_key_is_taken(struct flow *f, struct arena *a,
    const char *id);
RESULT journey_own_key(struct flow *f, struct arena *a, const char *id,
    struct span request, const char *sha256, const char *algorithm,
    struct registration *out);
RESULT journey_own_key_remove(struct flow *f, struct arena *a, const char *id,
    struct registration *out);

/* Whether "these are not my data" would be taken now, and make void what
 * operators signed: the signer is told first. */
RESULT journey_contest_voids(struct flow *f, struct arena *a, const char *id,
    bool *out);

/* correct: an issue job (after the PIN where there is one); else
 * -> in_review. */
RESULT journey_confirm(struct flow *f, struct arena *a, const char *id,
    bool correct, struct registration *out);
