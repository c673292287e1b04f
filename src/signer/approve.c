/*
 * The check that counts. Nothing that the database or the clerk says about an
 * approval is believed: the digest is computed from the order's own fields,
 * and the keys are those of the signer's file.
 */
#include "signer/approve.h"

#include "approval/approval.h"
#include "base/clock.h"
#include "base/log.h"
#include "pki/subject.h"
#include "signer/anchor.h"
#include "signer/weigh.h"

#include <sys/stat.h>

/* The list is read again when its file is another one. */
static bool
changed(struct signer *s)
{
	AUTO(free) char *path = NULL;
	struct stat st = {0};

	if (asprintf(&path, "%s/operators",
		conf_text(s->conf, CONF_signer_dir)) < 0)
		abort();
	if (stat(path, &st) != 0)
		return true;
	struct file_mark mark = {st.st_dev, st.st_ino, st.st_size,
	    st.st_mtim.tv_sec, st.st_mtim.tv_nsec};
	bool same = memcmp(&mark, &s->operators_mark, sizeof(mark)) == 0;
	s->operators_mark = mark;
	return !same;
}

static RESULT
note_custodians(struct signer *s, const struct custodians *c, int64_t now)
{
	struct digest d = custodians_digest(c), old;
	enum err noted = records_custodians(s->records, &d, NULL, now);
	struct custodians before;

	/* back to those whom the ledger knows, each having signed the next */
	for (size_t n = 0; noted == ERR_CONFLICT && n < c->succeeded; n++) {
		TRY(custodians_predecessor(c, n, &before));
		old = custodians_digest(&before);
		noted = records_custodians(s->records, &d, &old, now);
	}
	return noted == ERR_CONFLICT
	    ? FAIL(ERR_CONFLICT, "the ledger knows other custodians")
	    : noted;
}

static RESULT
load(struct signer *s)
{
	AUTO(operators_clear) struct operators read = {0};
	const char *dir = conf_text(s->conf, CONF_signer_dir);
	int64_t now = clock_now();
	struct custodians c;

	if (custodians_load(dir, &c) == ERR_NOT_FOUND)
		return FAIL(ERR_UNAVAILABLE,
		    "no custodians yet: paraph operator custodians");
	TRY(custodians_load(dir, &c));
	TRY(note_custodians(s, &c, now));
	anchor_custodians(s);
	TRY(operators_load(dir, &c, &read));
	if (read.number == 0)
		return FAIL(ERR_UNAVAILABLE,
		    "no operators yet: paraph operator enrol");
	TRY(records_operators(s->records, read.number, &read.digest, now));
	operators_clear(&s->operators);
	s->operators = read;
	read = (struct operators){0};
	log_info("signer.operators number=%llu keys=%zu",
	    (unsigned long long)s->operators.number, s->operators.count);
	return OK;
}

RESULT
approve_refresh(struct signer *s)
{
	if (!changed(s))
		return OK;
	enum err result = load(s);
	if (result != OK) { /* nobody, rather than those of before */
		operators_clear(&s->operators);
		s->operators_mark = (struct file_mark){0};
	}
	return result;
}

/* Of a list that is not this machine's an order can do nothing: it waits for
 * custodians and must not be given up for it. */
static RESULT
read_operators(struct signer *s)
{
	enum err result = approve_refresh(s);

	return result == ERR_CONFLICT
	    ? FAIL(ERR_UNAVAILABLE, "another list of operators than the ledger's")
	    : result;
}

static RESULT
digest_order(const struct order *o, const struct digest *own_key,
    struct digest *out)
{
	const struct approval a = {
	    .registration = o->registration,
	    .level = o->level,
	    .profile = o->profile,
	    .given_names = o->given_names,
	    .surname = o->surname,
	    .common_name = o->common_name,
	    .country = o->country,
	    .person_serial = o->person_serial,
	    .evidence = o->evidence,
	    .own_key = own_key,
	    .decision = "approve",
	    .needed = o->needed,
	    .attempt = o->attempt,
	    .made_at = o->made_at,
	    .workspace = o->workspace,
	    .requested_by = o->requested_by,
	    .address = o->address,
	    .withdrawal = SPAN(o->withdrawal, o->withdrawal_size),
	};

	return approval_digest(&a, out);
}

/* The day of the training stands in the database, which anybody may have
 * written; that custodians enrolled or renewed within a year does not. */
static RESULT
check_enrolment(const struct signer *s, const struct operator_key *key,
    int64_t made_at)
{
	int64_t days = conf_number(s->conf, CONF_signer_enrolment_days);

	return made_at <= (int64_t)key->enrolled_at + days * DAY
	    ? OK
	    : FAIL(ERR_DENIED, "an operator enrolled more than %lld days ago",
		  (long long)days);
}

/* An address is changed sooner than a name. Who is called the same is another
 * operator's to approve. */
static RESULT
check_name(const struct signer *s, const struct operator_key *key,
    const struct order *o)
{
	AUTO(buf_clear) struct buf name;

	buf_init(&name, sizeof(o->given_names) + sizeof(o->surname) +
	    OPERATOR_PERSON_MAX);
	TRY(text_normalise(o->given_names, &name));
	TRY(buf_add_text(&name, *o->given_names && *o->surname ? " " : ""));
	TRY(text_normalise(o->surname, &name));
	return operators_have_name(
		   &s->operators, key->operator_id, buf_text(&name))
	    ? FAIL(ERR_OWN_CASE, "for the operator's own name")
	    : OK;
}

/* Nobody for themselves, nor for who pays them: what the list says that the
 * custodians signed counts, whatever the database says of who is whose. */
static RESULT
check_own(const struct signer *s, const struct operator_key *key,
    const struct order *o)
{
	if (!key->person[0])
		return FAIL(ERR_DENIED, "an operator who was enrolled before "
		    "workspaces were asked: enrol them again");
	if (!id_is("wsp", o->workspace))
		return FAIL(ERR_INVALID, "a request of no workspace");
	if (operators_are_of(&s->operators, key->operator_id, o->workspace))
		return FAIL(ERR_OWN_CASE, "of the operator's own workspace");
	if (strcmp(key->operator_id, o->requested_by) == 0)
		return FAIL(ERR_OWN_CASE, "asked for by the operator");
	if (operators_have_address(
		&s->operators, key->operator_id, &o->address))
		return FAIL(ERR_OWN_CASE, "for the operator's own address");
	return check_name(s, key, o);
}

static RESULT
check_one(const struct signer *s, const struct order_approval *a,
    const struct order *o, const struct digest *challenge)
{
	const struct assertion x = {
	    SPAN(a->credential_id, a->credential_id_size),
	    SPAN(a->authenticator_data, a->authenticator_data_size),
	    SPAN(a->client_data, a->client_data_size),
	    SPAN(a->signature, a->signature_size)};
	const struct operator_key *key =
	    operators_find(&s->operators, x.credential_id);
	uint32_t counter;

	if (!key)
		return FAIL(ERR_DENIED, "a passkey that is not enrolled");
	if (strcmp(key->operator_id, a->operator_id) != 0)
		return FAIL(ERR_DENIED, "the passkey of another operator");
	TRY(check_enrolment(s, key, o->made_at));
	TRY(assertion_verify(&x, &s->relying_party,
	    SPAN(challenge->bytes, DIGEST_SIZE),
	    SPAN(key->public_key, key->public_key_size), &counter));
	return check_own(s, key, o);
}

/* As many as they signed that it takes; more are welcome, a sample goes to a
 * second operator. */
static RESULT
check_number(const struct order *o)
{
	if (o->needed < 1 || o->approval_count < o->needed)
		return FAIL(ERR_DENIED,
		    "%u approvals needed, the order has %zu", o->needed,
		    o->approval_count);
	if (o->approval_count == 2 &&
	    strcmp(o->approvals[0].operator_id,
		o->approvals[1].operator_id) == 0)
		return FAIL(ERR_DENIED, "one operator approved twice");
	return OK;
}

RESULT
approve_read_key(const struct order *o, struct csr *csr,
    const struct digest **out)
{
	*out = NULL;
	if (o->csr_size == 0)
		return OK;
	if (profile_in_device(profile_find(o->profile)))
		return FAIL(ERR_OWN_KEY_LEVEL, "a key that was made elsewhere");
	enum err parsed = csr_parse(SPAN(o->csr, o->csr_size), csr);
	if (parsed == ERR_DENIED)
		return FAIL(ERR_KEY_SIGNATURE, "a request by another key");
	if (parsed == ERR_INVALID || parsed == ERR_TOO_LARGE)
		return FAIL(ERR_KEY_NOT_ACCEPTED, "a key that is not accepted");
	TRY(parsed);
	*out = &csr->key;
	return OK;
}

/* Each approval that is there, over exactly what the order asks for. */
static RESULT
check_all(struct signer *s, const struct order *o,
    const struct digest *own_key, struct digest *digest)
{
	if (!s->relying_party.id[0])
		return FAIL(ERR_UNAVAILABLE, "signer.origin has no host");
	TRY(weigh_time(s, o));
	TRY(read_operators(s));
	TRY(digest_order(o, own_key, digest));
	for (size_t i = 0; i < o->approval_count; i++)
		TRY(check_one(s, &o->approvals[i], o, digest));
	return OK;
}

/* What operators cannot approve under trust.qualified (product 6). */
static RESULT
check_machine(const struct signer *s, const struct order *o)
{
	if (!conf_flag(s->conf, CONF_trust_qualified))
		return OK;
	if (o->doubted)
		return FAIL(ERR_CHECK_FAILED, "a strong check failed");
	return o->faces_differ
	    ? FAIL(ERR_CHECK_FAILED, "the faces were not compared")
	    : OK;
}

/* And as many as it takes here. */
static RESULT
check_weight(struct signer *s, const struct order *o)
{
	uint32_t operators;

	TRY(check_machine(s, o));
	TRY(weigh_operators(s, o, &operators));
	if (o->approval_count < operators)
		return FAIL(ERR_SECOND_NEEDED,
		    "this certificate takes two operators");
	return OK;
}

RESULT
approve_weigh(struct signer *s, const struct order *o, uint32_t *operators)
{
	const struct profile *p = profile_find(o->profile);
	const struct digest *own_key;
	struct digest digest;
	struct csr csr;

	if (!p || !profile_is_qualified(p) || o->approval_count == 0)
		return FAIL(ERR_INVALID, "nothing to weigh");
	TRY(approve_read_key(o, &csr, &own_key));
	TRY(check_all(s, o, own_key, &digest));
	TRY(check_machine(s, o));
	return weigh_operators(s, o, operators);
}

RESULT
approve_check(struct signer *s, const struct profile *p,
    const struct order *o, const struct digest *own_key,
    struct approved *out)
{
	struct approved a = {.count = 0};

	*out = a;
	if (!profile_is_qualified(p))
		return OK;
	TRY(check_number(o));
	TRY(check_all(s, o, own_key, &a.digest));
	TRY(check_weight(s, o));
	a.count = o->approval_count;
	a.approvals = o->approvals;
	*out = a;
	return OK;
}
