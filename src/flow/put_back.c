/*
 * Putting back from the ledger. A registration goes to "issued" whatever it
 * was: the certificate exists, and states.def has no move for a past that is
 * told afterwards.
 */
#include "flow/put_back.h"

#include "base/clock.h"
#include "flow/audit.h"
#include "flow/registration.h"
#include "ident/person.h"

#define WORKSPACE "Put back from the ledger"

static RESULT
find_workspace(struct flow *f, struct arena *a, const char **out)
{
	struct workspace *all;
	char id[ID_SIZE];
	size_t count;

	TRY(workspace_list(f->store, a, &all, &count));
	for (size_t i = 0; i < count; i++)
		if (strcmp(all[i].name, WORKSPACE) == 0) {
			*out = all[i].id;
			return OK;
		}
	id_make("wsp", id);
	*out = arena_text(a, id);
	const struct workspace w = {.id = *out,
	    .name = WORKSPACE,
	    .lcp_review = "always",
	    .language = "en",
	    .contact = "",
	    .redirect_origins = "",
	    .created_at = clock_now()};
	return workspace_save(f->store, &w);
}

static const char *
full_name(struct arena *a, const struct put_back *p)
{
	return arena_format(a, "%s%s%s", p->given_names,
	    *p->given_names && *p->surname ? " " : "", p->surname);
}

/* With what the certificate says, and nothing else. */
static RESULT
make_registration(struct flow *f, struct arena *a, const struct put_back *p,
    const char *id, struct registration *out)
{
	const char *name = full_name(a, p), *workspace;
	char folded[PERSON_FOLD_SIZE];

	TRY(find_workspace(f, a, &workspace));
	TRY(person_name_fold(name, folded));
	*out = (struct registration){.id = id,
	    .workspace = workspace,
	    .level = p->level,
	    .state = state_name(STATE_issued),
	    .version = 1,
	    .generation = 1,
	    .email = "",
	    .email_folded = "",
	    .fullname = name,
	    .fullname_type = "suggestion",
	    .name_folded = arena_text(a, folded),
	    .phone = "",
	    .phone_type = "suggestion",
	    .language = "en",
	    .redirect_url = "",
	    .metadata = "",
	    .requested_by = "",
	    .requested_by_name = "",
	    .country = "",
	    .kind = "",
	    .given_names = p->given_names,
	    .surname = p->surname,
	    .nationality = p->country,
	    .person_serial = p->person_serial,
	    .confirmed_at = p->not_before,
	    .created_at = p->not_before,
	    .state_at = p->not_before,
	    .expires_at = p->not_before};
	return registration_insert(f->store, out);
}

static RESULT
take_registration(struct flow *f, struct arena *a, const struct put_back *p,
    struct registration *out)
{
	struct certificate other;
	char id[ID_SIZE];
	enum err found =
	    registration_load(f->store, a, p->registration, out);

	if (found == ERR_NOT_FOUND)
		return make_registration(f, a, p, p->registration, out);
	TRY(found);
	enum err has = certificate_of(f->store, a, out->id, &other);
	if (has == OK) {
		id_make("reg", id);
		return make_registration(f, a, p, arena_text(a, id), out);
	}
	if (has != ERR_NOT_FOUND)
		return has;
	out->state = state_name(STATE_issued);
	out->state_at = clock_now();
	out->given_names = p->given_names;
	out->surname = p->surname;
	out->person_serial = p->person_serial;
	return registration_update(f->store, out);
}

static RESULT
save_certificate(struct flow *f, struct arena *a, const struct put_back *p,
    const struct registration *r, struct certificate *out)
{
	char id[ID_SIZE], hex[DIGEST_TEXT_SIZE], folded[PERSON_FOLD_SIZE];
	struct digest d = digest_sha256(p->der);
	const char *name = full_name(a, p);

	id_make("crt", id);
	digest_format(&d, hex);
	TRY(person_name_fold(name, folded));
	*out = (struct certificate){
	    .id = arena_text(a, id),
	    .registration = r->id,
	    .workspace = r->workspace,
	    .level = p->level,
	    .rank = level_find(p->level)->rank,
	    .issuer = p->issuer,
	    .serial = p->serial,
	    .fullname = name,
	    .name_folded = arena_text(a, folded),
	    .email = r->email,
	    .email_folded = r->email_folded,
	    .phone = r->phone,
	    .person_serial = p->person_serial,
	    .not_before = p->not_before,
	    .not_after = p->not_after,
	    .der = p->der,
	    .key_blob = p->key_blob,
	    .fingerprint = arena_text(a, hex),
	    .revoked_at = p->revoked_at,
	    .reason = p->reason,
	    .created_at = p->not_before,
	};
	return certificate_save(f->store, out);
}

RESULT
put_back_certificate(struct flow *f, struct arena *a, const struct actor *who,
    const struct put_back *p)
{
	AUTO(store_rollback) struct store *s = f->store;
	struct registration r;
	struct certificate c;

	if (!level_find(p->level))
		return FAIL(ERR_INVALID, "unknown level");
	TRY(store_begin(s));
	enum err found =
	    certificate_find_serial(s, a, p->issuer, p->serial, &c);
	if (found == OK)
		return FAIL(ERR_CONFLICT, "the certificate is there");
	if (found != ERR_NOT_FOUND)
		return found;
	err_clear();
	TRY(take_registration(f, a, p, &r));
	TRY(save_certificate(f, a, p, &r, &c));
	TRY(audit_write(f, who, "certificate.put_back", c.id,
	    arena_format(a, "%s%s", p->registration,
		p->revoked_at ? " revoked" : ""),
	    c.fingerprint));
	return store_commit(s);
}

RESULT
put_back_revocation(struct flow *f, struct arena *a, const struct actor *who,
    const char *certificate, int64_t revoked_at, int64_t reason)
{
	AUTO(store_rollback) struct store *s = f->store;
	struct certificate c;

	TRY(store_begin(s));
	TRY(certificate_load(s, a, certificate, &c));
	if (c.revoked_at)
		return FAIL(ERR_WRONG_STATE, "it is revoked already");
	c.revoked_at = revoked_at;
	c.reason = reason;
	TRY(certificate_save(s, &c));
	TRY(ocsp_remove(s, c.issuer, c.serial));
	TRY(audit_write(f, who, "certificate.put_back", c.id,
	    arena_format(a, "revoked, reason %lld", (long long)reason),
	    c.fingerprint));
	return store_commit(s);
}

RESULT
put_back_to_signer(struct flow *f, const struct actor *who,
    const struct certificate *c)
{
	AUTO(store_rollback) struct store *s = f->store;

	TRY(store_begin(s));
	TRY(job_add(s, "revoke", c->id, JOB_FIRST));
	TRY(audit_write(f, who, "certificate.revoke_again", c->id, "",
	    c->fingerprint));
	return store_commit(s);
}

/* Lists first: they are what relying parties have without asking. */
static RESULT
renew_lists(struct flow *f, struct arena *a)
{
	const char **issuers;
	size_t count;

	TRY(ca_certificate_list(f->store, a, &issuers, &count));
	for (size_t i = 0; i < count; i++)
		if (strncmp(issuers[i], "issuing-", 8) == 0)
			TRY(job_add(f->store, "crl", issuers[i], clock_now()));
	return OK;
}

RESULT
put_back_done(struct flow *f, struct arena *a, const struct actor *who,
    const struct ledger_point *seen, const char *detail)
{
	AUTO(store_rollback) struct store *s = f->store;
	TRY(store_begin(s));
	if (seen) {
		TRY(ledger_seen_save(s,
		    &(struct ledger_seen){.entries = seen->entries,
			.head = seen->head,
			.held_head = "",
			.compared_at = clock_now()}));
		TRY(job_orders_wake(s, clock_now()));
	}
	TRY(renew_lists(f, a));
	TRY(withdrawal_tell_again(s, clock_now()));
	TRY(job_add(s, "agree", "", JOB_FIRST));
	TRY(audit_write(f, who, "ledger.reconcile", "", detail,
	    seen ? seen->head : ""));
	return store_commit(s);
}
