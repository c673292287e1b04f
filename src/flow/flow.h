/*
 * What the rules need around them, and who acts.
 */
#pragma once

#include "base/conf.h"
#include "base/secret.h"
#include "store/store.h"
#include "store/vault.h"

enum state {
#define STATE(name, terminal, text) STATE_##name,
#include "flow/states.def"
	STATE_COUNT
};

enum event {
#define EVENT(name) EVENT_##name,
#include "flow/events.def"
#undef EVENT
	EVENT_COUNT
};

enum actor_kind {
#define ACTOR(name) ACTOR_##name,
#include "flow/actors.def"
#undef ACTOR
	ACTOR_COUNT
};

enum step_name {
#define STEP(name, title) STEP_##name,
#include "flow/steps.def"
#undef STEP
	STEP_COUNT
};

struct level {
	const char *name;
	int rank;
	const char *profile;
	bool proof_of_life, operator_always, pin;
	const char *title;
};

/* Installation keys, from store.keys_dir; made by paraph init. */
struct keys {
	struct secret link;   /* HMAC of link tokens, codes, revocation codes */
	struct secret digest; /* HMAC of document and person digests */
	uint8_t vault_public[VAULT_PUBLIC_SIZE];
	struct secret vault;  /* clerk only; empty elsewhere */
};

RESULT keys_make(const char *dir);
/* with_vault: also the secret that opens evidence. */
RESULT keys_load(const char *dir, bool with_vault, struct keys *out);
void keys_clear(struct keys *k);

struct flow {
	struct store *store;
	const struct conf *conf;
	const struct keys *keys;
};

struct actor {
	enum actor_kind kind;
	const char *id;   /* member, key, registration or program */
	const char *name; /* for people to read; not in the journal */
};

const char *state_name(enum state s);
enum state state_of(const char *name); /* STATE_COUNT: none */
const char *state_text(enum state s);
bool state_is_terminal(enum state s);
const char *event_name(enum event e);
const char *actor_kind_name(enum actor_kind k);
/* What a workspace may have (features.def). */
enum feature {
#define FEATURE(name) FEATURE_##name,
#include "flow/features.def"
#undef FEATURE
	FEATURE_COUNT
};

extern const char *const feature_names[FEATURE_COUNT];

/* Which mails there are, and to whom (mails.def). */
enum mail_kind {
#define MAIL(name, recipient) MAIL_##name,
#include "flow/mails.def"
#undef MAIL
	MAIL_COUNT
};

const char *mail_kind_name(enum mail_kind k);
bool mail_to_participant(enum mail_kind k);
const char *step_name_text(enum step_name s);
const char *step_title(enum step_name s);
const struct level *level_find(const char *name); /* NULL: none */
char level_letter(const struct level *l); /* l, q or s: documents, checks */

/* The state a move leads to; ERR_WRONG_STATE when no row allows it. */
RESULT state_after(enum state from, enum event event, enum actor_kind actor,
    enum state *out);
