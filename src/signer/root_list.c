/*
 * The root's revocation lists. Numbers go up for ever, so a list that was
 * published counts even where the ledger does not know it; and what it names
 * as revoked is written into the ledger again.
 */
#include "signer/root_parts.h"

#include "base/clock.h"
#include "base/codec.h"
#include "pki/certificate.h"
#include "pki/crl.h"
#include "signer/place.h"

#define LIST_DAYS 360 /* at least yearly (B-16) */

/* A list that this root signed says what a ledger that was lost does not. */
static RESULT
recall_entries(struct root *r, struct span list, struct minutes *m)
{
	size_t recalled;

	TRY(records_recall_list(
	    r->records, r->authority, list, clock_now(), &recalled));
	return recalled == 0 ? OK
			     : minutes_note(m,
				   "The last list names %zu revoked "
				   "certificates that the ledger "
				   "did not know: written into it.",
				   recalled);
}

static RESULT
recall_list(
    struct root *r, const char *dir, uint64_t *number, struct minutes *m)
{
	AUTO(buf_clear) struct buf list;
	struct crl_outline last;
	char path[PLACE_PATH];

	buf_init(&list, ROOT_LIST_MAX);
	TRY(place_path(dir, root_name(r), ".crl", path));
	enum err found = place_read(path, ROOT_LIST_MAX, &list);
	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	if (crl_verify(span_of_buf(&list), place_key(&r->key)) != OK)
		return FAIL(ERR_DENIED, "%s is not signed by this root", path);
	TRY(crl_outline(span_of_buf(&list), &last));
	if (last.number > *number)
		*number = last.number;
	return recall_entries(r, span_of_buf(&list), m);
}

/* One that was published by another way counts, too. */
static RESULT
next_number(struct root *r, struct minutes *m, uint64_t *out)
{
	uint64_t number = records_last_list(r->records, r->authority);

	TRY(recall_list(r, root_folder(r), &number, m));
	TRY(recall_list(r, conf_text(r->conf, CONF_pki_ca_dir), &number, m));
	if (number == 0)
		return FAIL(ERR_WRONG_STATE,
		    "the ledger of this root is new and its last list is not "
		    "here: put %s.crl as it was published into %s",
		    root_name(r), root_folder(r));
	*out = number + 1;
	return OK;
}

static RESULT
withdraw(struct root *r, struct span der, uint8_t reason, struct minutes *m)
{
	AUTO(buf_clear) struct buf hex;
	struct certificate c, root;

	buf_init(&hex, 64);
	TRY(certificate_parse(der, &c));
	TRY(certificate_parse(span_of_buf(&r->certificate), &root));
	if (!span_equal(c.issuer.der, root.subject.der) ||
	    signature_verify(
		place_key(&r->key), c.algorithm, c.tbs, c.signature) != OK ||
	    span_equal(c.subject.der, root.subject.der))
		return FAIL(ERR_INVALID,
		    "not a certificate of an authority under this root");
	TRY(hex_encode(c.serial, &hex));
	if (records_withdrawn(r->records, r->authority, c.serial))
		return minutes_note(m, "The certificate %s was revoked before.",
		    buf_text(&hex));
	TRY(records_revoke_authority(r->records, r->authority, c.serial, reason,
	    clock_now(), clock_now()));
	return minutes_note(m,
	    "The certificate with the serial number %s is "
	    "revoked, for good.",
	    buf_text(&hex));
}

static RESULT
build_list(struct root *r, uint64_t number, struct buf *out)
{
	int64_t now = clock_now() / SECOND * SECOND;
	AUTO(crl_entries_clear) struct crl_entries entries = {.count = 0};
	struct crl_item items[RECORDS_WITHDRAWN_MAX];
	struct signing_key key = token_key_signing(&r->key);
	struct crl_facts f = {
	    .issuer_certificate = span_of_buf(&r->certificate),
	    .number = number,
	    .this_update = now,
	    .next_update = now + LIST_DAYS * DAY,
	    .entries = &entries,
	    .keeps_expired = true,
	};

	TRY(crl_entries_add(&entries, items,
	    records_withdrawn_items(r->records, r->authority, items)));
	buf_init(out, ROOT_LIST_MAX);
	return crl_build(&f, &key, out);
}

RESULT
root_list(struct root *r, const char *folder, struct span certificate,
    uint8_t reason, struct minutes *m)
{
	AUTO(buf_clear) struct buf list;
	AUTO(free) char *file = NULL;
	uint64_t number;

	buf_init(&list, ROOT_LIST_MAX);
	if (r->certificate.size == 0)
		return FAIL(ERR_NOT_FOUND, "there is no %s yet", root_name(r));
	TRY(next_number(r, m, &number));
	if (certificate.size > 0)
		TRY(withdraw(r, certificate, reason, m));
	TRY(records_list(r->records, r->authority, number, clock_now()));
	TRY(records_sync(r->records));
	TRY(build_list(r, number, &list));
	TRY(root_write(r, root_name(r), ".crl", span_of_buf(&list), folder));
	TRY(minutes_note(m, "The %s signs its revocation list number %llu.",
	    root_name(r), (unsigned long long)number));
	if (asprintf(&file, "%s.crl", root_name(r)) < 0)
		abort();
	return minutes_list(m, file, span_of_buf(&list));
}
