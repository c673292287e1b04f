/*
 * Two people's word that a class of evidence may be destroyed (EN 319 401;
 * F-9). The row names the journal's entry and is sealed with a key of the
 * clerk's: web has not got it, and who writes the database alone neither. (Who
 * has it can open all evidence, and needs no approval to do harm.)
 */
#include "flow/retention.h"

#include "base/clock.h"
#include "flow/audit.h"

#define SEAL_PURPOSE "paraph retention approval"

static RESULT
seal_of(struct flow *f, const struct retention_approval *r,
    char out[DIGEST_TEXT_SIZE])
{
	struct span vault = span_of_secret(&f->keys->vault);
	uint8_t key[DIGEST_SIZE];

	if (vault.size == 0)
		return FAIL(ERR_INTERNAL, "no key for approvals here");
	TRY(digest_derive(vault,
	    SPAN(f->keys->vault_public, VAULT_PUBLIC_SIZE), SEAL_PURPOSE, key,
	    sizeof(key)));
	const struct span parts[] = {
	    span_of_text(r->digest), span_of_text(r->member),
	    span_of_text(r->rule), SPAN(&r->approved_at, sizeof(int64_t)),
	    SPAN(&r->entry, sizeof(int64_t))};
	struct digest d = digest_keyed(
	    SPAN(key, sizeof(key)), parts, sizeof(parts) / sizeof(*parts));
	explicit_bzero(key, sizeof(key));
	digest_format(&d, out);
	return OK;
}

/* The entry is where the row says, and speaks of it. */
static RESULT
is_in_journal(struct flow *f, struct arena *a,
    const struct retention_approval *r, bool *out)
{
	struct audit_entry *e;
	char hash[DIGEST_TEXT_SIZE];
	size_t count;

	*out = false;
	TRY(audit_list(f->store, a, r->entry, 1, &e, &count));
	if (count == 0)
		return OK;
	audit_hash(e, hash);
	*out = e->seq == r->entry && strcmp(e->hash, hash) == 0 &&
	       strcmp(e->act, "retention.approved") == 0 &&
	       strcmp(e->actor, r->member) == 0 &&
	       strcmp(e->subject, r->rule) == 0 &&
	       strcmp(e->evidence_digest, r->digest) == 0;
	return OK;
}

static bool
is_administrator(const struct member *m)
{
	return strcmp(m->role, "platform_admin") == 0;
}

static bool
may_approve(const struct member *m)
{
	return is_administrator(m) || strcmp(m->role, "auditor") == 0;
}

/* One who lost the right since has lost the word as well. */
static RESULT
take_in(struct flow *f, struct arena *a, const struct retention_approval *r,
    enum retention_class class, struct retention_standing *out)
{
	char seal[DIGEST_TEXT_SIZE];
	struct member *who = &out->who[out->count];
	bool recorded;

	TRY(seal_of(f, r, seal));
	TRY(is_in_journal(f, a, r, &recorded));
	if (strcmp(seal, r->seal) != 0 || !recorded ||
	    strcmp(r->rule, retention_name(class)) != 0)
		return OK;
	TRY(member_load(f->store, a, r->member, who));
	if (!may_approve(who))
		return OK;
	out->at[out->count++] = r->approved_at;
	return OK;
}

RESULT
retention_standing(struct flow *f, struct arena *a, enum retention_class class,
    struct retention_standing *out)
{
	char digest[DIGEST_TEXT_SIZE];
	struct retention_approval *rows;
	bool administrator = false;
	size_t count;

	*out = (struct retention_standing){.count = 0};
	retention_digest(f->conf, class, digest);
	TRY(retention_approval_list(f->store, a, digest, &rows, &count));
	for (size_t i = 0; i < count && out->count < RETENTION_APPROVED_MAX;
	     i++)
		TRY(take_in(f, a, &rows[i], class, out));
	for (size_t i = 0; i < out->count; i++)
		administrator = administrator || is_administrator(&out->who[i]);
	/* a member is in the table once for each digest: they are different */
	out->approved = administrator && out->count >= RETENTION_APPROVERS;
	return OK;
}

static RESULT
write_down(struct flow *f, struct arena *a, const struct member *who,
    const char *rule, const char *digest, int64_t days)
{
	const struct actor actor = {ACTOR_platform, who->id, who->name};
	char seal[DIGEST_TEXT_SIZE];
	struct audit_entry last;
	struct retention_approval r = {.digest = digest, .member = who->id,
	    .rule = rule, .approved_at = clock_now(), .seal = seal};

	TRY(audit_write(f, &actor, "retention.approved", rule,
	    arena_format(a, "%lld days", (long long)days), digest));
	TRY(audit_last(f->store, a, &last));
	r.entry = last.seq;
	TRY(seal_of(f, &r, seal));
	return retention_approval_save(f->store, &r);
}

/* Rows that do not hold are in nobody's way: someone who writes the database
 * could else keep people from approving. */
static RESULT
require_new(struct flow *f, struct arena *a, const struct member *who,
    enum retention_class class)
{
	struct retention_standing *s = arena_get(a, sizeof(*s));

	TRY(retention_standing(f, a, class, s));
	for (size_t i = 0; i < s->count; i++)
		if (strcmp(s->who[i].id, who->id) == 0)
			return FAIL(ERR_CONFLICT,
			    "%s has approved this: another person has to",
			    who->email);
	return OK;
}

RESULT
retention_approve(struct flow *f, struct arena *a, const struct member *who,
    enum retention_class class)
{
	AUTO(store_rollback) struct store *s = f->store;
	char digest[DIGEST_TEXT_SIZE];

	if (!may_approve(who))
		return FAIL(ERR_DENIED, "administrators of the platform and "
		    "auditors approve, and %s is neither", who->email);
	retention_digest(f->conf, class, digest);
	TRY(store_begin(s));
	TRY(require_new(f, a, who, class));
	TRY(write_down(f, a, who, retention_name(class), digest,
	    retention_days(f->conf, class)));
	return store_commit(s);
}
