/*
 * Taking in a root, by the digest that was read aloud, and its lists, which
 * never go back.
 */
#include "signer/joining_parts.h"

#include "base/clock.h"
#include "pki/crl.h"

#define LIST_MAX ((size_t)1 << 20)

static RESULT
check_new_root(const struct joining *j, struct span der)
{
	struct digest d = digest_sha256(der);
	struct certificate c;

	TRY(certificate_parse(der, &c));
	TRY(joining_check_begun(&c));
	TRY(joining_lint(j, der, &profile_root, SPAN(NULL, 0), NULL));
	if (signature_verify(c.public_key, c.algorithm, c.tbs, c.signature) !=
	    OK)
		return FAIL(ERR_DENIED, "the root did not sign itself");
	if (!j->expected)
		return FAIL(ERR_DENIED,
		    "a new root needs --fingerprint, from its minutes");
	if (memcmp(j->expected->bytes, d.bytes, DIGEST_SIZE) != 0)
		return FAIL(ERR_DENIED,
		    "the root has another digest than was read aloud");
	return OK;
}

RESULT
joining_root(struct joining *j, enum authority a)
{
	AUTO(buf_clear) struct buf der;
	AUTO(free) char *file = NULL;
	bool here;

	buf_init(&der, 0);
	enum err found = joining_arrived(j, a, &der, &here);
	if (found == ERR_NOT_FOUND)
		return OK;
	TRY(found);
	if (here && records_know_authority(j->records, a, span_of_buf(&der)))
		return OK;
	TRY(check_new_root(j, span_of_buf(&der)));
	TRY(records_authority(j->records, a, span_of_buf(&der), clock_now()));
	TRY(records_sync(j->records));
	TRY(joining_write(j, authority_name(a), ".cer", span_of_buf(&der)));
	if (asprintf(&file, "%s.cer", authority_name(a)) < 0)
		abort();
	TRY(minutes_note(j->minutes,
	    "%s has the digest that was read "
	    "aloud and is taken in.",
	    authority_name(a)));
	return minutes_certificate(j->minutes, file, span_of_buf(&der), NULL);
}

/* A list never goes back (B-12). */
static RESULT
is_newer(const struct joining *j, enum authority a,
    const struct crl_outline *list, bool *newer)
{
	AUTO(buf_clear) struct buf here;
	struct crl_outline last;
	char path[PLACE_PATH];

	buf_init(&here, 0);
	TRY(joining_path(j, a, ".crl", path));
	*newer = true;
	if (place_read(path, LIST_MAX, &here) != OK) {
		err_clear();
		return OK;
	}
	TRY(crl_outline(span_of_buf(&here), &last));
	*newer = list->number > last.number;
	return OK;
}

/* What a root revoked it revoked for good: a list without it was made with an
 * older ledger. */
static RESULT
check_memory(const struct joining *j, enum authority a, struct span list)
{
	struct crl_item items[RECORDS_WITHDRAWN_MAX];
	size_t count = records_withdrawn_items(j->records, a, items);
	bool named;

	for (size_t i = 0; i < count; i++) {
		TRY(crl_names(list, items[i].serial, &named));
		if (!named)
			return FAIL(ERR_CONFLICT,
			    "the list leaves out a certificate that the %s "
			    "revoked",
			    authority_name(a));
	}
	return OK;
}

/* Of an older list, too, what it revokes is revoked. The file of a list may be
 * put back by others, the ledger not. */
static RESULT
remember(struct joining *j, enum authority a, struct span list)
{
	size_t recalled;

	TRY(records_recall_list(j->records, a, list, clock_now(), &recalled));
	return recalled ? records_sync(j->records) : OK;
}

RESULT
joining_list(struct joining *j, enum authority a)
{
	AUTO(buf_clear) struct buf der, root;
	AUTO(free) char *file = NULL;
	struct certificate c;
	struct crl_outline list;
	bool newer;

	buf_init(&der, 0);
	buf_init(&root, 0);
	enum err found = joining_read(j, a, ".crl", LIST_MAX, &der);
	if (found == ERR_NOT_FOUND)
		return OK;
	TRY(found);
	TRY(joining_load_root(j, a, &root, &c));
	TRY(crl_outline(span_of_buf(&der), &list));
	if (crl_verify(span_of_buf(&der), c.public_key) != OK ||
	    !span_equal(list.issuer, c.subject.der))
		return FAIL(
		    ERR_DENIED, "the list is not the %s's", authority_name(a));
	TRY(remember(j, a, span_of_buf(&der)));
	TRY(is_newer(j, a, &list, &newer));
	if (!newer)
		return OK;
	TRY(check_memory(j, a, span_of_buf(&der)));
	TRY(joining_write(j, authority_name(a), ".crl", span_of_buf(&der)));
	if (asprintf(&file, "%s.crl", authority_name(a)) < 0)
		abort();
	TRY(minutes_note(j->minutes,
	    "The revocation list number %llu of the %s is taken in.",
	    (unsigned long long)list.number, authority_name(a)));
	return minutes_list(j->minutes, file, span_of_buf(&der));
}
