/*
 * The only way to the database, and the only SQL in the tree (sql.def).
 *
 * A store is one connection, used by one thread at a time. Everything that
 * changes more than one row happens between store_begin and store_commit;
 * BEGIN takes the write lock at once, so a transaction that has begun does
 * not fail half way because of another writer.
 *
 * Loading functions: ERR_NOT_FOUND when there is no such row. Lists are
 * arrays in the arena.
 */
#pragma once

#include "base/arena.h"
#include "ident/finding.h"
#include "store/records.h"

struct store;

/* Opens, and migrates when migrate is set (the supervisor's first start and
 * the paraph command do). */
RESULT store_open(const char *path, bool migrate, struct store **out);
void store_close(struct store *s);
DEFINE_AUTO(store_close, struct store *)

RESULT store_begin(struct store *s);

/* A copy of everything as it is at one moment, while others write, in a file
 * that is not there yet. */
RESULT store_copy(struct store *s, const char *path);
/* Destroys every key of evidence in such a copy. */
RESULT store_strip(const char *path);
/* Opens such a copy for reading alone: not a byte of the file changes. */
RESULT store_open_copy(const char *path, struct store **out);
/* ERR_INVALID: the file is damaged. */
RESULT store_sound(struct store *s);
RESULT store_commit(struct store *s);
/* Harmless when no transaction is open. */
void store_rollback(struct store *s);

/*
 * Until the end, transactions are steps of one: each is kept or undone as
 * ever, all are durable together. The first begins it; without one nothing is.
 * What is changed between them belongs to it. An end that fails has kept none.
 */
void store_group_begin(struct store *s);
RESULT store_group_end(struct store *s);

/* AUTO(store_rollback) struct store *t = s; undoes unless committed. */
DEFINE_AUTO(store_rollback, struct store *)

/* workspaces, members, keys */
RESULT workspace_save(struct store *s, const struct workspace *w);
RESULT workspace_load(struct store *s, struct arena *a, const char *id,
    struct workspace *out);
RESULT workspace_list(struct store *s, struct arena *a,
    struct workspace **out, size_t *count);
RESULT feature_set(struct store *s, const char *workspace, const char *name,
    bool on, int64_t now);
RESULT feature_on(struct store *s, const char *workspace, const char *name,
    bool *out);
RESULT member_save(struct store *s, const struct member *m);
RESULT member_load(struct store *s, struct arena *a, const char *id,
    struct member *out);
RESULT member_find(struct store *s, struct arena *a, const char *email_folded,
    struct member *out);
RESULT member_list(struct store *s, struct arena *a, const char *workspace,
    struct member **out, size_t *count);
/* The workspaces that an operator belongs to, besides members.workspace. */
RESULT operator_join(
    struct store *s, const char *member, const char *workspace);
RESULT operator_leave(
    struct store *s, const char *member, const char *workspace);
RESULT operator_belongs(struct store *s, const char *member,
    const char *workspace, bool *out);
RESULT operator_workspaces(struct store *s, struct arena *a,
    const char *member, struct workspace **out, size_t *count);
RESULT session_save(struct store *s, const char *token_digest,
    const char *member, int64_t now, int64_t expires_at);
/* The member of a live session; ERR_NOT_FOUND when it is over. */
RESULT session_member(struct store *s, struct arena *a,
    const char *token_digest, int64_t now, struct member *out);
RESULT session_end(struct store *s, const char *token_digest);
/* By a passkey; passkey_at 0: only by a password. */
RESULT session_prove(struct store *s, const char *token_digest, int64_t now);
RESULT session_proven(struct store *s, const char *token_digest, int64_t now,
    int64_t *passkey_at);
/* All of a member's go on as proven by a password. */
RESULT session_passkey_end(struct store *s, const char *member);

/* passkeys; save: ERR_CONFLICT when the credential is somebody's already */
RESULT passkey_save(struct store *s, const struct member_passkey *p);
RESULT passkey_load(struct store *s, struct arena *a, const char *id,
    struct member_passkey *out);
RESULT passkey_list(struct store *s, struct arena *a, const char *member,
    struct member_passkey **out, size_t *count);
RESULT passkey_used(struct store *s, const char *id, int64_t counter,
    int64_t now);
RESULT passkey_remove(struct store *s, const char *id, const char *member);
/* Instead of the last one for the same purpose. */
RESULT passkey_challenge_save(struct store *s, const char *challenge,
    const char *member, const char *purpose, int64_t now, int64_t expires_at);
/* Once: ERR_NOT_FOUND the second time, and after its time. */
RESULT passkey_challenge_take(struct store *s, const char *challenge,
    const char *member, const char *purpose, int64_t now);
/* Instead of the last one. find: ERR_NOT_FOUND, also when it is over. */
RESULT enrolment_code_save(struct store *s, const char *member,
    const char *digest, int64_t expires_at);
RESULT enrolment_code_find(struct store *s, const char *member,
    const char *digest, int64_t now);
RESULT enrolment_code_remove(struct store *s, const char *member);
RESULT api_key_save(struct store *s, const struct api_key *k,
    const char *key_digest);
RESULT api_key_find(struct store *s, struct arena *a, const char *key_digest,
    struct api_key *out);

/* The e-mail of the member, or of the member who made the API key. */
RESULT requester_email(struct store *s, struct arena *a, const char *id,
    const char **out);

/* registrations; insert: ERR_CONFLICT when one is open for e-mail and level */
RESULT registration_insert(struct store *s, const struct registration *r);
/* Writes all columns where the stored version is r->version, and adds one to
 * it; ERR_CONFLICT when somebody was quicker. Only flow/ may call it. */
RESULT registration_update(struct store *s, struct registration *r);
RESULT registration_load(struct store *s, struct arena *a, const char *id,
    struct registration *out);
RESULT registration_find_open(struct store *s, struct arena *a,
    const char *workspace, const char *email_folded, const char *level,
    struct registration *out);

struct registration_filter {
	const char *workspace; /* "": every one (operators, auditors) */
	const char *state, *level; /* "": any */
	const char *query;  /* part of e-mail or name, folded by the caller;
			       "": any */
	const char *query_email; /* instead of query for e-mail addresses,
				    lower case; NULL or "": query */
	const char *query_phone; /* part of the number; "": not looked at */
	int64_t created_after, created_before; /* 0: no border */
	const char *sort;   /* created_at, name, email, state, expires_at */
	bool ascending;
	const char *cursor; /* from the last page, "" for the first. Holds no
			       personal data */
	size_t limit;       /* 1 to 200 */
};

/* next is "" on the last page. */
RESULT registration_list(struct store *s, struct arena *a,
    const struct registration_filter *f, struct registration **out,
    size_t *count, const char **next);
/* Created to action_required past expires_at; in review when expiry and
 * arrival there are before review_before; approved before
 * approved_before and not confirmed.
 * At most 500, the oldest first. */
RESULT registration_due(struct store *s, struct arena *a, int64_t now,
    int64_t review_before, int64_t approved_before, struct registration **out,
    size_t *count);
/* Those that wait for the participant, end within the notice, were made
 * before it began and have had no reminder in it. At most 500. */
RESULT registration_reminder_due(struct store *s, struct arena *a,
    int64_t now, int64_t notice, struct registration **out, size_t *count);
/* Never lowers the number of attempts that is stored. */
RESULT step_save(struct store *s, const char *registration,
    const struct step *step);
RESULT step_list(struct store *s, struct arena *a, const char *registration,
    struct step **out, size_t *count);
RESULT code_save(struct store *s, const struct code *c);
RESULT code_load(struct store *s, struct arena *a, const char *registration,
    const char *channel, struct code *out);

/* evidence, findings, verdicts */
/* What was given of a kind goes on with another attempt. */
RESULT evidence_carry(struct store *s, const char *registration,
    const char *kind, int64_t attempt, int64_t to);
RESULT evidence_save(struct store *s, const struct evidence *e);
RESULT evidence_load(struct store *s, struct arena *a, const char *id,
    struct evidence *out);
RESULT evidence_list(struct store *s, struct arena *a,
    const char *registration, struct evidence **out, size_t *count);
/* Newest of a kind in an attempt that is not superseded. */
RESULT evidence_find(struct store *s, struct arena *a,
    const char *registration, int64_t attempt, const char *kind,
    struct evidence *out);
/* How many pieces are these very bytes, among requests whose pictures are
 * compared with those of others. */
RESULT evidence_noted(struct store *s, const char *sha256, int64_t *out);
/* Puts what was gathered from chunks into its row. */
RESULT evidence_gather(struct store *s, const char *id, int64_t size,
    const char *sha256, struct span sealed_key);
/* By id, after one ("": the first), so many at most. */
RESULT evidence_kept(struct store *s, struct arena *a, const char *after,
    size_t limit, struct kept_evidence **out, size_t *count);
RESULT retention_approval_save(
    struct store *s, const struct retention_approval *r);
/* In the order in which they were given. */
RESULT retention_approval_list(struct store *s, struct arena *a,
    const char *digest, struct retention_approval **out, size_t *count);
RESULT retention_waiting_save(
    struct store *s, const struct retention_waiting *w);
RESULT retention_waiting_list(struct store *s, struct arena *a,
    struct retention_waiting **out, size_t *count);
/* Destroys the key, the findings and their seal; the row stays, state
 * deleted. */
RESULT evidence_forget(struct store *s, const char *id);
RESULT findings_save(struct store *s, const char *evidence,
    const struct findings *f);
RESULT findings_load(struct store *s, const char *evidence,
    struct findings *out);

/* Over the findings of one piece of evidence (flow/finding_seal.h), hex. */
struct finding_seal {
	const char *seal;
};

RESULT finding_seal_save(struct store *s, const char *evidence,
    const char *seal);
/* ERR_NOT_FOUND: read before there were seals, or not read yet. */
RESULT finding_seal_load(struct store *s, struct arena *a,
    const char *evidence, struct finding_seal *out);
RESULT finding_seal_remove(struct store *s, const char *evidence);

/* A verdict as a row; value and threshold NAN for nothing measured. */
struct verdict_row {
	const char *name, *verdict, *reason, *explanation;
	double value, threshold;
	int64_t position; /* as in checks.def */
	int64_t side;
	struct box box;
	int64_t from_ms, to_ms; /* in a recording; both 0: nowhere */
};

/* Over the verdicts of an attempt (flow/verdict_seal.h), hex. */
struct verdict_seal {
	const char *seal;
};

RESULT verdict_save(struct store *s, const char *registration, int64_t attempt,
    const struct verdict_row *v);
RESULT verdict_list(struct store *s, struct arena *a, const char *registration,
    int64_t attempt, struct verdict_row **out, size_t *count);
RESULT verdict_seal_save(struct store *s, const char *registration,
    int64_t attempt, const char *seal);
/* ERR_NOT_FOUND: judged before there were seals, or not judged yet. */
RESULT verdict_seal_load(struct store *s, struct arena *a,
    const char *registration, int64_t attempt, struct verdict_seal *out);
RESULT review_save(struct store *s, const struct review *r);
RESULT review_load(struct store *s, struct arena *a, const char *registration,
    struct review *out);
/* What an operator may take, oldest first: in review, not their own, not
 * decided by them in this attempt, and not another's since seen_after. */
RESULT review_open_to(struct store *s, struct arena *a,
    const struct member *operator, int64_t seen_after, size_t limit,
    struct registration **out, size_t *count);
/* When each case that waits came into review, oldest first; planted ones do
 * not count. */
RESULT review_waiting(struct store *s, struct arena *a, int64_t **out,
    size_t *count);
RESULT review_lock_clear(struct store *s, int64_t seen_before);
/* Again for the same case: seen once more. ERR_CONFLICT: the operator has
 * another one. */
/* Cases in review that no operator there is may take: planted ones apart. */
RESULT review_stranded(struct store *s, int64_t now, int64_t *out);
/* Of each operator who was given a case since then; seen_after: a lock that
 * was seen since is one that they hold. */
RESULT review_draws_list(struct store *s, struct arena *a, int64_t since,
    int64_t seen_after, struct review_draws **out, size_t *count);
RESULT review_lock_save(struct store *s, const struct review_lock *l);
RESULT review_lock_load(struct store *s, struct arena *a,
    const char *registration, struct review_lock *out);
RESULT review_lock_of(struct store *s, struct arena *a, const char *operator,
    struct review_lock *out);
RESULT review_lock_remove(struct store *s, const char *registration,
    const char *operator);
RESULT review_ahead_save(struct store *s, const struct review_ahead *x);
RESULT review_ahead_load(struct store *s, struct arena *a,
    const char *operator, struct review_ahead *out);
/* Whether it was drawn for somebody else since then. */
RESULT review_ahead_of_another(struct store *s, struct arena *a,
    const char *registration, const char *operator, int64_t since, bool *out);
RESULT review_ahead_remove(struct store *s, const char *operator,
    const char *registration);
/* ERR_CONFLICT: there is one already. */
RESULT opinion_save(struct store *s, const struct opinion *o);
RESULT opinion_load(struct store *s, struct arena *a, const char *registration,
    int64_t attempt, const char *operator, struct opinion *out);
RESULT decision_save(struct store *s, const struct decision *d);
/* Of one attempt, in the order they were made. */
RESULT decision_list(struct store *s, struct arena *a,
    const char *registration, int64_t attempt, struct decision **out,
    size_t *count);
/* Everybody's since a time, newest first, 20 000 at most. */
RESULT decision_since(struct store *s, struct arena *a, int64_t at,
    struct decision **out, size_t *count);
RESULT approval_save(struct store *s, const struct approval_row *row);
RESULT approval_list(struct store *s, struct arena *a,
    const char *registration, int64_t attempt, struct approval_row **out,
    size_t *count);
RESULT approval_remove(struct store *s, const char *registration,
    int64_t attempt);
RESULT withdrawal_save(struct store *s, const char *registration,
    int64_t until);
RESULT withdrawal_load(struct store *s, struct arena *a,
    const char *registration, struct withdrawal_row *out);
/* mark: what the signer answered, in hex. */
RESULT withdrawal_told(struct store *s, const char *registration,
    int64_t until, const char *mark);
/* The signer may have forgotten them: with a job for each. */
RESULT withdrawal_tell_again(struct store *s, int64_t now);
RESULT planted_save(struct store *s, const struct planted_case *p);
RESULT planted_load(struct store *s, struct arena *a, const char *registration,
    struct planted_case *out);
RESULT planted_list(struct store *s, struct arena *a,
    struct planted_case **out, size_t *count);
/* How many of a workspace's are. */
RESULT planted_in(struct store *s, const char *workspace, int64_t *out);

/* recordings on their way in, and the hand-over to a phone */
RESULT take_save(struct store *s, const struct take *t);
RESULT take_load(struct store *s, struct arena *a, const char *id,
    struct take *out);
/* All of a registration, the oldest first. */
RESULT take_list(struct store *s, struct arena *a, const char *registration,
    struct take **out, size_t *count);
/* The take that became this piece of evidence. */
RESULT take_of_evidence(struct store *s, struct arena *a,
    const char *evidence, struct take *out);
/* ERR_CONFLICT: this position is there already. */
RESULT chunk_save(struct store *s, const struct chunk *c);
RESULT chunk_load(struct store *s, struct arena *a, const char *take,
    int64_t position, struct chunk *out);
RESULT chunk_list(struct store *s, struct arena *a, const char *take,
    struct chunk **out, size_t *count);
/* The rows of all chunks of a take; their files go first (vault_remove). */
RESULT chunk_remove(struct store *s, const char *take);
RESULT handover_save(struct store *s, const struct handover *h);
RESULT handover_load(struct store *s, struct arena *a,
    const char *registration, struct handover *out);

/* certificates and their status */
RESULT certificate_save(struct store *s, const struct certificate *c);
RESULT certificate_load(struct store *s, struct arena *a, const char *id,
    struct certificate *out);
RESULT certificate_of(struct store *s, struct arena *a,
    const char *registration, struct certificate *out);
RESULT certificate_find_serial(struct store *s, struct arena *a,
    const char *issuer, const char *serial, struct certificate *out);
/* Unrevoked, rank or higher, ending after not_after_min, for one e-mail;
 * workspace "" for the whole instance. */
RESULT certificate_matches(struct store *s, struct arena *a,
    const char *workspace, const char *email_folded, int64_t rank,
    int64_t not_after_min, struct certificate **out, size_t *count);

/* Unrevoked, ending after not_after_min, for one phone number: the 20
 * newest. */
RESULT certificate_of_phone(struct store *s, struct arena *a,
    const char *phone, int64_t not_after_min, struct certificate **out,
    size_t *count);

struct certificate_filter {
	const char *workspace, *query, *query_email, *query_phone;
	const char *serial, *level;
	const char *status; /* "", valid, expired, revoked */
	int64_t now;
	const char *cursor;
	size_t limit;
};

RESULT certificate_list(struct store *s, struct arena *a,
    const struct certificate_filter *f, struct certificate **out,
    size_t *count, const char **next);
/* Those revoked since a time, and those that the signer was not told of yet;
 * how many are revoked at all. */
RESULT revoked_list(struct store *s, struct arena *a, const char *issuer,
    int64_t since, struct revoked_row **out, size_t *count);
RESULT revoked_count(struct store *s, const char *issuer, size_t *out);
/* All certificates by id, at most 500 after one ("": the first). */
RESULT certificate_after(struct store *s, struct arena *a, const char *id,
    struct certificate **out, size_t *count);
/* Those of one issuer by serial, at most 500 after one ("": the first). */
RESULT certificate_of_issuer(struct store *s, struct arena *a,
    const char *issuer, const char *serial, struct certificate **out,
    size_t *count);
/* A row of zeros when nothing was written yet. */
RESULT ledger_seen_load(
    struct store *s, struct arena *a, struct ledger_seen *out);
RESULT ledger_seen_save(struct store *s, const struct ledger_seen *l);
/* Only how far; it is what stores a certificate or a revocation. */
RESULT ledger_seen_move(struct store *s, int64_t entries, const char *head);
/* Well, and since 0, when nothing was written yet. */
RESULT signer_met_load(
    struct store *s, struct arena *a, struct signer_met *out);
RESULT signer_met_save(struct store *s, const struct signer_met *m);
RESULT ocsp_save(struct store *s, const char *issuer, const char *serial,
    struct span response, int64_t next_update);
RESULT ocsp_load(struct store *s, struct arena *a, const char *issuer,
    const char *serial, struct span *out, int64_t *next_update);
/* So that an answer that is no longer true is not given. */
RESULT ocsp_remove(struct store *s, const char *issuer, const char *serial);
/* Whether there is a revocation that the ledger does not know yet. */
RESULT revocations_are_open(struct store *s, bool *out);
/* Whether a certificate was revoked here and the ledger does not know yet: the
 * answer that says so has not come. */
RESULT revocation_is_open(
    struct store *s, const char *issuer, const char *serial, bool *out);
/* Certificates whose answer ends before a time: the first of them, at most
 * limit, ended ones too. One without any answer is not among them. */
RESULT ocsp_due(struct store *s, struct arena *a, int64_t before, size_t limit,
    struct certificate **out, size_t *count);
/* The ten newest are kept: what an older one said is in the ledger. */
RESULT crl_save(struct store *s, const char *issuer, uint64_t number,
    struct span der, int64_t this_update, int64_t next_update);
/* Number and times of the newest list, without its bytes. */
RESULT crl_newest(struct store *s, const char *issuer, uint64_t *number,
    int64_t *this_update, int64_t *next_update);
/* The newest list of an issuer. */
RESULT crl_load(struct store *s, struct arena *a, const char *issuer,
    struct span *out, uint64_t *number, int64_t *this_update,
    int64_t *next_update);
RESULT ca_certificate_save(struct store *s, const char *name, struct span der);
RESULT ca_certificate_load(struct store *s, struct arena *a, const char *name,
    struct span *out);
RESULT ca_certificate_list(struct store *s, struct arena *a,
    const char ***names, size_t *count);
RESULT person_digest_save(struct store *s, const char *registration,
    const char *kind, const char *digest);
/* Registrations under another e-mail that share a digest with this one,
 * newest first, 50 at most. */
RESULT person_digest_seen(struct store *s, struct arena *a,
    const char *registration, struct earlier **out, size_t *count);
RESULT imprint_save(struct store *s, const char *registration,
    const char *kind, const char *imprint, int64_t now);
RESULT imprint_forget(struct store *s, const char *registration);
/* Those of one registration; and those under other e-mails, the newest
 * 10 000. */
RESULT imprint_list(struct store *s, struct arena *a,
    const char *registration, struct imprint **out, size_t *count);
RESULT imprint_others(struct store *s, struct arena *a,
    const char *registration, struct imprint **out, size_t *count);

/*
 * The end of certificates, at most 500 each. Ending: in force at now, over at
 * until or before, made more than notice before their end, told of that
 * number of days or less not yet, neither renewed nor followed by another one
 * of that person. Ended: since after, and not told.
 */
RESULT certificate_ending(struct store *s, struct arena *a, int64_t now,
    int64_t until, int64_t notice, int days, struct certificate **out,
    size_t *count);
RESULT certificate_ended(struct store *s, struct arena *a, int64_t now,
    int64_t after, struct certificate **out, size_t *count);
RESULT expiry_notice_save(struct store *s, const char *certificate, int days,
    int64_t now);

/* a participant's own key: the last one stands */
RESULT own_key_save(struct store *s, const struct own_key *k);
RESULT own_key_load(struct store *s, struct arena *a,
    const char *registration, struct own_key *out);
RESULT own_key_remove(struct store *s, const char *registration);

/* renewals: the first one of a registration stays */
RESULT renewal_save(struct store *s, const struct renewal *r);
RESULT renewal_load(struct store *s, struct arena *a,
    const char *registration, struct renewal *out);
/* The registration that is renewing a certificate now. */
RESULT renewal_open(struct store *s, struct arena *a, const char *certificate,
    struct registration *out);

/* Who was approved; "" when the document did not tell for certain. */
RESULT holder_save(struct store *s, const char *registration,
    const char *person);
RESULT holder_load(struct store *s, struct arena *a, const char *registration,
    const char **person);

RESULT dossier_save(struct store *s, const struct dossier_row *d);
RESULT dossier_load(struct store *s, struct arena *a, const char *id,
    struct dossier_row *out);
/* A seal, or why there is none. */
RESULT dossier_answered(struct store *s, const char *id, int64_t at,
    struct span seal, const char *refused);

/* jobs: one row for name and subject. Adding again makes a new job of it and
 * pulls run_at earlier: one that is at work then ends without removing it, so
 * that what is asked for meanwhile is not lost. */
/* run_at of what must not wait behind thousands of others: a revocation, an
 * answer that somebody waits for. */
#define JOB_FIRST 1
RESULT job_add(struct store *s, const char *name, const char *subject,
    int64_t run_at);
/* Takes the next due job and leases it; ERR_NOT_FOUND when none is due. */
RESULT job_take(struct store *s, struct arena *a, int64_t now,
    int64_t lease_ms, struct job *out);
/* The same but for kinds that cannot be done now: ",issue,revoke,". */
RESULT job_take_but(struct store *s, struct arena *a, const char *without,
    int64_t now, int64_t lease_ms, struct job *out);
/* As many more of one kind, in one change. */
RESULT job_take_same(struct store *s, struct arena *a, const char *name,
    int64_t now, int64_t lease_ms, int64_t most, struct job **out,
    size_t *count);
RESULT job_done(struct store *s, const char *id);
RESULT job_again(struct store *s, const char *id, int64_t run_at);
/* Not now: as if it had not been taken. */
RESULT job_wait(struct store *s, const char *id, int64_t run_at);
/* Inspections that wait until then or earlier are due, the oldest first. */
RESULT job_wake(struct store *s, int64_t until);
/* What waits for the signer is due, whatever it waited for. */
RESULT job_orders_wake(struct store *s, int64_t now);
/* It is still at work: nobody else takes it before. */
RESULT job_hold(struct store *s, const char *id, int64_t until);
/* When the next job is due of those not in without; 0 when there is none. */
RESULT job_next(struct store *s, const char *without, int64_t *out);

/* messages */
RESULT mail_save(struct store *s, const struct mail *m);
RESULT mail_load(struct store *s, struct arena *a, const char *id,
    struct mail *out);
RESULT mail_list(struct store *s, struct arena *a, const char *registration,
    struct mail **out, size_t *count);

/* the journal; only flow/audit.c adds to it */
RESULT audit_add(struct store *s, const struct audit_entry *e);
/* The last entry; seq 0 and hash "" when the journal is empty. */
RESULT audit_last(struct store *s, struct arena *a, struct audit_entry *out);
/* Entries from seq on, at most limit. */
RESULT audit_list(struct store *s, struct arena *a, int64_t from,
    size_t limit, struct audit_entry **out, size_t *count);
RESULT audit_of(struct store *s, struct arena *a, const char *subject,
    struct audit_entry **out, size_t *count);
/* How often this was done to that subject; like: a pattern of SQL that the
 * detail has. */
RESULT audit_count(struct store *s, const char *subject, const char *act,
    const char *like, int64_t *out);
/* Whether this actor ever did this to that subject. */
RESULT audit_has(struct store *s, struct arena *a, const char *subject,
    const char *actor, const char *act, bool *out);

/* Idempotency-Key: ERR_NOT_FOUND for a new key. */
struct idempotent {
	const char *request_digest, *body;
	int64_t status;
};

RESULT idempotency_load(struct store *s, struct arena *a,
    const char *workspace, const char *key, struct idempotent *out);
RESULT idempotency_save(struct store *s, const char *workspace,
    const char *key, const struct idempotent *i, int64_t now);
