/*
 * A key that a participant brings: web may not know how a request is read,
 * so the clerk looks at it here and keeps it. The signer looks once more, and
 * at what only its ledger knows: whether the key leaked or is somebody else's.
 *
 * The codes are those that a participant can act on; what exactly was wrong
 * stands in the log.
 */
#include "clerk/clerk.h"

#include "base/log.h"
#include "flow/journey.h"
#include "pki/csr.h"
#include "proc/own_key.h"

#define ARENA_MAX ((size_t)1 << 20)

static enum err
refuse(enum err code)
{
	log_info("own_key.refused error=%s why=\"%s\"", err_api_name(code),
	    err_explanation());
	return FAIL(code, "not a key to certify");
}

static enum err
check(struct span der, struct csr *out)
{
	enum err formed = csr_look(der, out);

	if (formed != OK)
		return formed == ERR_TOO_LARGE ? formed
					       : refuse(ERR_KEY_REQUEST);
	enum err parsed = csr_parse(der, out);
	if (parsed == OK || parsed == ERR_INTERNAL)
		return parsed;
	return refuse(parsed == ERR_DENIED ? ERR_KEY_SIGNATURE
					   : ERR_KEY_NOT_ACCEPTED);
}

static enum err
key_in_words(struct arena *a, struct span public_key, const char **out)
{
	enum key_kind kind;
	int bits;

	if (public_key_judge(public_key, &kind) != KEY_accepted)
		return FAIL(ERR_INTERNAL, "a key that was accepted before");
	TRY(public_key_rsa_bits(public_key, &bits));
	*out = bits > 0 ? arena_format(a, "RSA-%d", bits)
			: key_kind_name(kind);
	return OK;
}

static enum err
keep(struct clerk *c, struct arena *a, const struct own_key_sent *sent)
{
	AUTO(buf_clear) struct buf der;
	char hex[DIGEST_TEXT_SIZE];
	const char *algorithm;
	struct registration r;
	struct csr csr;

	/* before the work: most of what comes at another step is a mistake */
	TRY(journey_own_key_is_taken(&c->flow, a, sent->registration));
	buf_init(&der, OWN_KEY_SENT_MAX);
	if (csr_bytes(SPAN(sent->bytes, sent->size), &der) != OK)
		return refuse(ERR_KEY_REQUEST);
	TRY(check(span_of_buf(&der), &csr));
	digest_format(&csr.key, hex);
	TRY(key_in_words(a, csr.public_key, &algorithm));
	return journey_own_key(&c->flow, a, sent->registration,
	    span_of_buf(&der), hex, algorithm, &r);
}

void
own_key_answer(struct clerk *c, const struct message *question)
{
	AUTO(arena_clear) struct arena a;
	const struct message answer = {
	    .type = MESSAGE_own_key_kept, .fds = {-1, -1}};

	arena_init(&a, ARENA_MAX);
	struct own_key_sent *sent = arena_get(&a, sizeof(*sent));
	enum err result =
	    own_key_sent_get(span_of_buf(&question->body), sent);
	if (result == OK)
		result = keep(c, &a, sent);
	store_rollback(c->store);
	pass_back(c, question->request, result, &answer);
}
