/*
 * The signer: takes orders, never bytes. It looks the profile up in its own
 * table, builds what is signed itself, lints it, and writes down what it
 * means to do and what it did before anybody hears of it.
 *
 * What it cannot see: whether a person stands behind an LCP order. A clerk
 * that was taken over is held to that profile and its hourly rate, and every
 * certificate is in the ledger afterwards. Qualified profiles need more: the
 * signatures of operators that two custodians enrolled here (approve.h).
 */
#pragma once

#include "base/conf.h"
#include "pki/csr.h"
#include "pki/ceremony.h"
#include "pki/crl.h"
#include "pki/lint.h"
#include "pki/ocsp.h"
#include "pki/profile.h"
#include "proc/channel.h"
#include "signer/leaked.h"
#include "signer/operators.h"
#include "signer/records.h"
#include "signer/verifying.h"

/* An authority that issues to people, and the responder that answers for it. */
struct issuing {
	enum authority authority;
	struct token_key key;
	struct buf certificate; /* size 0: there is no such authority here */
	int64_t not_before, not_after;
	struct trust trust; /* what its root's names promise */
	bool revoked;	    /* by its root: it issues no more */
	int64_t last_end;   /* of its certificates that hold; 0: not known */
	struct crl_entries listed; /* in the order of revocation */
	struct responder responder;
	struct token_key responder_key;
	struct ocsp_responder answers; /* what they have in common */
	int64_t responder_not_before, responder_not_after;
};

/* Tells whether a file is another one than before. */
struct file_mark {
	uint64_t device, inode;
	int64_t size, seconds, nanoseconds;
};

/* What the token knows of the ledger: anchor.h. */
struct anchor {
	bool holds; /* the ledger was compared with it */
	uint64_t entries;
	size_t grave;
	int64_t at; /* clock_ticks() when it was tried last */
	bool failing;
};

struct signer {
	const struct conf *conf; /* borrowed */
	struct token *token;
	struct anchor anchor;
	struct issuing issuing[AUTHORITY_COUNT];
	struct profile_options options; /* borrows from conf */
	struct records *records;
	/* since this clerk is here, it once knew everything up to there */
	struct ledger_mark agreed;
	bool has_agreed;
	struct relying_party relying_party; /* whom operators' passkeys know */
	struct operators operators;
	struct file_mark operators_mark;
	struct leaked leaked;
	struct verifying *verifying;
};

/* NULL: no authority here that issues under this name. */
struct issuing *signer_issuing(struct signer *s, enum authority authority);
/* The generation that issues now: the latest whose time has come and that is
 * here. NULL: none. The others go on signing lists and answers. */
struct issuing *signer_issuing_now(
    struct signer *s, enum authority family, int64_t now);

/* An authority that ends sooner issues no more: what it gave would be over
 * before its holder is warned of the end. */
#define ISSUING_LEAST (30 * DAY)

/* A certificate as it was meant and as the token signed it. */
struct issue_made {
	const struct profile *profile;
	struct lint_context lint;
	struct buf tbs;
	struct span certificate, public_key; /* the issuer's key */
};

/* One order of a batch and what became of it. */
struct issue_work {
	const struct order *order;
	struct issue_result *result; /* filled when outcome is OK */
	enum err outcome;
	char explanation[256];

	/* between the steps */
	bool fresh; /* not a repetition: to be made now */
	bool follows; /* the database knew everything before it, or will when
		       * it has stored what was answered before */
	struct ledger_mark mark; /* with all of its turn */
	struct csr csr; /* borrowed from the order */
	const struct digest *own_key; /* of it; NULL: none is brought */
	struct record intent;
	struct approved approved;
	struct buf subject;
	struct issue_made made;
	struct verified verified; /* made */
	struct profile_options options;
};

/* Orders that are carried out together. */
struct issue_turn {
	struct issue_work *works; /* whoever hands them in keeps them */
	size_t count;
};

/* So many turns are under way at a time, in order. */
#define ISSUE_TURNS 4

/* Where turns come from and go to. */
struct issue_stream {
	/* Fills works and count; slot: 0 to ISSUE_TURNS - 1, whose works of
	 * before are done with. False: no orders wait. */
	bool (*take)(void *data, size_t slot, struct issue_turn *out);
	/* Each has its outcome. */
	void (*give)(void *data, size_t slot, const struct issue_turn *turn);
	void *data;
};

/*
 * Opens token, certificates and ledger and checks that they belong together.
 * repaired: what a crash had left open. The conf stays the caller's.
 */
RESULT signer_open(
    const struct conf *conf, struct signer *out, size_t *repaired);
void signer_close(struct signer *s);
/* Another clerk may be there: it has to know everything first. */
void signer_new_clerk(struct signer *s);
/* Whether a database that knows so far knows everything, or has answers on
 * their way to it that make up for the rest. The mark that it is given then
 * is that of its answer: it takes it over when it has stored all of them. */
bool signer_follows(const struct signer *s, const struct ledger_mark *known);

/* What is due from time to time: new responders before the old ones end. */
RESULT signer_tend(struct signer *s);
/* The responder of one, new when it ends within least. ERR_UNAVAILABLE: the
 * authority has ended, and with it what a responder could say. */
RESULT signer_require_responder(
    struct signer *s, struct issuing *i, int64_t least);

/*
 * Carries out orders until none wait. While a turn's entries become durable
 * the next one is signed and the one before is answered: what a certificate
 * waits for is the disk or the token, whichever takes longer.
 */
void signer_issue_stream(struct signer *s, const struct issue_stream *stream);

/* The same for one turn alone. */
void signer_issue(struct signer *s, struct issue_work *works, size_t count);

/* The name that an order asks for. ERR_NOT_CERTIFIABLE: there is none. */
RESULT signer_check_subject(const struct order *o, struct buf *subject);

/* Revokes for good and gives the revoked answer. Again: the same answer. */
RESULT signer_revoke(
    struct signer *s, const struct status_order *o, struct status_result *out);

/* A fresh answer for a certificate that was issued here. */
RESULT signer_answer(
    struct signer *s, const struct status_order *o, struct status_result *out);

/* Appends the list to out (its ceiling is set here). */
RESULT signer_publish(struct signer *s, const struct crl_order *o,
    struct buf *list, struct crl_result *out);

/* Answers one message on a channel. */
void order_handle(
    struct signer *s, struct channel *clerk, struct message *first);

/* Signs an OCSP answer from a record, good or revoked. */
RESULT answer_sign(struct signer *s, const struct record *record,
    struct buf *out, int64_t *next_update);

/* The plan of the ceremony as configured; keys are the caller's. */
struct ceremony_plan signer_plan(const struct conf *conf);

DEFINE_AUTO_CLEAR(signer_close, struct signer)
