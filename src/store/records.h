/*
 * Rows as plain data. Texts are borrowed: they live in the arena that was
 * passed to the function that filled the record. NULL never: "" is nothing.
 */
#pragma once

#include "base/buf.h"
#include "base/id.h"

#include <stdbool.h>
#include <stdint.h>

struct workspace {
	const char *id, *name;
	bool test;
	const char *lcp_review; /* never, on_doubt, always */
	const char *language;
	const char *contact;    /* told to who refuses or has a question */
	const char *redirect_origins; /* space separated */
	int64_t created_at;
};

struct member {
	const char *id, *workspace; /* "" for platform roles */
	const char *email, *email_folded, *name, *role, *password_hash;
	int64_t failures, locked_until, training_until, created_at;
};

struct api_key {
	const char *id, *workspace, *name, *scopes, *created_by;
	int64_t created_at, revoked_at;
};

struct registration {
	const char *id, *workspace, *level, *state;
	int64_t version;    /* grows with each change of the row */
	int64_t generation; /* of the link; a new one revokes the old */
	const char *email, *email_folded;
	const char *fullname, *fullname_type; /* suggestion, prerequisite, "" */
	const char *name_folded;
	const char *phone, *phone_type;       /* E.164 */
	const char *language, *redirect_url, *metadata; /* metadata: JSON */
	bool link_by_mail;  /* the invitation was mailed by us */
	const char *requested_by, *requested_by_name;
	const char *country, *kind; /* the document chosen */
	int64_t attempt;     /* of the document step, from 1 */
	int64_t turned_back; /* pictures turned back at once for quality */
	const char *given_names, *surname, *nationality; /* to be certified */
	const char *person_serial; /* subject serialNumber, random */
	bool asked_a_person;
	int64_t confirmed_at; /* the data, by the participant; 0: not yet */
	int64_t created_at, state_at, expires_at;
};

struct step {
	const char *name, *state; /* todo doing done failed skipped */
	int64_t position; /* as in steps.def */
	int64_t at, attempts;
	const char *reasons; /* space separated codes */
};

struct code {
	const char *registration, *channel, *target;
	int64_t number, sent_at, expires_at, tries, window_start;
	int64_t sent_in_window;
};

/* kind: document_front, document_back, still_front, still_back, consent,
 * agreement. state: received, read, retake, superseded, kept. */
struct evidence {
	const char *id, *registration, *kind, *state, *reasons;
	const char *media_type, *sha256;
	int64_t attempt, size, created_at;
	struct span sealed_key;
};

/* A dossier that was asked for; sealed_at 0 and no seal: not answered yet.
 * refused: why it has none. */
struct dossier_row {
	const char *id, *registration, *member, *digest;
	int64_t asked_at, sealed_at;
	struct span seal;
	const char *refused;
};

/* Evidence that still has a key; state and end: of its registration, the end
 * that of the certificate where there is one. */
struct kept_evidence {
	const char *id, *registration, *kind, *sha256, *state;
	int64_t ended;
};

/* Who has approved a retention rule, by its digest. */
struct retention_approval {
	const char *digest, *member, *rule;
	int64_t approved_at, entry; /* in the journal */
	const char *seal;
};

/* pieces of evidence that a rule would destroy; since: the first was due. */
struct retention_waiting {
	const char *rule;
	int64_t pieces, since, looked_at;
};

/* One recording, or one try at it; state: recording, sent, gathered,
 * superseded. prompts, asked and shown are texts of ident/challenge.h. */
struct take {
	const char *id, *registration, *part, *state;
	const char *prompts, *asked, *shown;
	const char *media_type, *chain, *hints; /* hints: JSON */
	const char *evidence; /* once it is sent */
	const char *seal; /* over what was asked: flow/take_seal.h */
	int64_t attempt, chunks, size;
	int64_t created_at, started_at, expires_at;
};

struct chunk {
	const char *take, *id, *sha256, *mac;
	int64_t position, size, created_at;
	struct span sealed_key;
};

/* state: open, asked, taken, ended */
struct handover {
	const char *registration, *state, *choices, *device, *phone, *why;
	int64_t generation, number, slot, created_at, expires_at;
};

struct review {
	const char *registration, *why, *decided_by, *decision, *reasons;
	const char *note;
	const char *second; /* why another operator is needed; "": no */
	int64_t opened_at, decided_at;
	int64_t offered_at; /* what is signed was drawn up; 0: not yet */
};

/* Approvals drawn up until then count no more; what the signer knows of it. */
struct withdrawal_row {
	const char *registration;
	int64_t until_at, told_until;
	const char *mark; /* hex, that the signer gave when told; "": untold */
};

/* One case, one operator. */
struct review_lock {
	const char *registration, *operator;
	int64_t opened_at, seen_at;
};

/* The case that an operator gets next, unless another one takes it. */
struct review_ahead {
	const char *operator, *registration;
	int64_t drawn_at;
};

/* What an operator thought before the machine's scores were shown: each yes,
 * no or unsure; liveness none where nothing was recorded. */
struct opinion {
	const char *registration, *operator, *document, *face, *liveness;
	int64_t attempt, at;
};

/* Of one operator; machine: accepts, doubts or refuses. */
struct decision {
	const char *registration, *operator, *decision, *reasons, *steps;
	const char *note, *machine;
	int64_t attempt, opened_at, at, keys;
	bool second;
};

/* A WebAuthn assertion over the digest of what was approved. */
struct approval_row {
	const char *registration, *operator, *credential;
	int64_t attempt, needed, at, made_at;
	struct span authenticator_data, client_data, signature;
};

/* Of an operator: cases they were given, and how many of these they neither
 * decided afterwards nor hold. */
struct review_draws {
	const char *operator;
	int64_t drawn, left;
};

/* A known case among the real ones; truth: genuine or fraud; reason: what the
 * fraud is to be refused for, or empty. */
struct planted_case {
	const char *registration, *truth;
	int64_t planted_at;
	const char *reason;
};

/* id: of the credential, base64url; public_key: SubjectPublicKeyInfo. */
struct member_passkey {
	const char *id, *member, *name;
	struct span public_key;
	int64_t counter, created_at, used_at;
};

/* Another request with the same document, person or picture. */
struct earlier {
	const char *registration, *kind, *state;
	int64_t created_at;
};

struct imprint {
	const char *registration, *kind, *state;
	int64_t created_at;
	const char *imprint; /* ident/imprint.h */
};

struct certificate {
	const char *id, *registration, *workspace, *level;
	int64_t rank;
	const char *issuer, *serial; /* hex, lower case */
	const char *fullname, *name_folded, *email, *email_folded, *phone;
	const char *person_serial;
	int64_t not_before, not_after;
	struct span der, key_blob;
	const char *fingerprint; /* SHA-256 of the DER, hex */
	int64_t revoked_at, reason, created_at;
};

/* A revoked certificate, as lists need it. */
struct revoked_row {
	const char *serial; /* hex */
	int64_t revoked_at, reason;
};

/* How far the signer's ledger is known here. */
struct ledger_seen {
	int64_t entries;
	const char *head; /* hex; "": no certificate was ever stored */
	int64_t compared_at;
	int64_t apart_since; /* 0: they agree, as far as was seen */
	int64_t unknown_issued, unknown_revoked;
	bool strange; /* the ledger never was as it is known here */
	/* all that it held when it was compared; 0 and "": not known */
	int64_t held_entries;
	const char *held_head;
};

/* Apart although it lacks no certificate: it forgot other things. */
bool ledger_seen_forgot(const struct ledger_seen *l);

/* How the signer was when it was last asked; from silent on it is failing. */
enum signer_state_met {
	SIGNER_well,
	SIGNER_slow,
	SIGNER_silent,
	SIGNER_no_token,
	SIGNER_no_ledger
};

bool signer_met_failing(int64_t state);

struct signer_met {
	int64_t state, since;
	int64_t took;	  /* ms, its last answer */
	const char *what; /* its own words; "" */
};

/* A registration that came through the renewal link of a certificate. */
struct renewal {
	const char *registration, *certificate;
	const char *own_serial; /* of the subject, unless the person is the
				   certificate's */
	int64_t created_at;
	bool replaces; /* the certificate is revoked for the new one */
};

/* A participant's own key; request: PKCS#10, DER; sha256: of the public key,
 * hex; algorithm: for people, "P-256", "RSA-3072". */
struct own_key {
	const char *registration;
	struct span request;
	const char *sha256, *algorithm;
	int64_t created_at;
};

struct job {
	const char *id, *name, *subject;
	int64_t run_at, tries;
};

struct mail {
	const char *id, *registration, *kind, *channel, *recipient, *language;
	int64_t created_at, sent_at, failed_at;
};

struct audit_entry {
	int64_t seq, at;
	const char *actor_kind, *actor, *act, *subject, *detail;
	const char *evidence_digest, *previous, *hash;
};
