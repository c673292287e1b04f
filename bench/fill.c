/*
 * Fills a stopped instance with certificates, in database and ledger alike,
 * for bench/status.py: what a million of them weigh is not seen with ten. The
 * certificates are copies of one that was issued there, under other serial
 * numbers; their bytes are looked at by nobody whom the bench asks.
 *
 *     fill CONF COUNT REVOKED
 */
#include "base/clock.h"
#include "base/codec.h"
#include "flow/flow.h"
#include "signer/records.h"

#include <inttypes.h>

#define IN_ONE_TRANSACTION 10000

static struct store *store;
static struct records *records;
static struct registration model;
static struct certificate first;

static void
must(enum err result)
{
	if (result == OK)
		return;
	fprintf(stderr, "fill: %s\n", err_explanation());
	exit(1);
}

/* 16 octets that look like the others, and differ. */
static void
serial_of(unsigned number, uint8_t out[16])
{
	struct digest d = digest_sha256(SPAN(&number, sizeof(number)));

	memcpy(out, d.bytes, 16);
	out[0] = (out[0] & 0x3f) | 0x40;
}

static void
fill_ledger(unsigned number, const char *registration, int64_t revoked_at)
{
	static const struct digest none, order = {{1}};
	static struct issue_result r;
	struct record i = {.order = order,
	    .authority = authority_find(first.issuer),
	    .serial_size = 16,
	    .profile = "lcp"};

	memcpy(i.registration, registration, ID_SIZE);
	serial_of(number, i.serial);
	must(records_intend(records, &i, &none, &none,
	    &(struct approved){.count = 0}, clock_now()));
	memcpy(r.registration, registration, ID_SIZE);
	snprintf(r.issuer, sizeof(r.issuer), "%s", first.issuer);
	memcpy(r.serial, i.serial, 16);
	r.serial_size = 16;
	r.not_before = first.not_before;
	r.not_after = first.not_after;
	memcpy(r.certificate, first.der.data, first.der.size);
	r.certificate_size = first.der.size;
	memcpy(r.key_blob, first.key_blob.data, first.key_blob.size);
	r.key_blob_size = first.key_blob.size;
	must(records_issue(records, &r, clock_now()));
	if (revoked_at)
		must(records_revoke(records,
		    records_of_registration(records, registration), revoked_at,
		    number % 2 ? 1 : 4, clock_now()));
}

static void
fill_database(unsigned number, const char *registration, int64_t revoked_at)
{
	char id[ID_SIZE], email[64], fingerprint[DIGEST_TEXT_SIZE];
	struct digest d = digest_sha256(SPAN(&number, sizeof(number)));
	AUTO(buf_clear) struct buf hex;
	struct registration r = model;
	struct certificate c = first;
	uint8_t serial[16];

	serial_of(number, serial);
	buf_init(&hex, 64);
	must(hex_encode(SPAN(serial, 16), &hex));
	snprintf(email, sizeof(email), "person%u@mail.example", number);
	digest_format(&d, fingerprint);
	r.id = registration;
	r.email = r.email_folded = email;
	r.version = 1;
	must(registration_insert(store, &r));
	id_make("crt", id);
	c.id = id;
	c.registration = registration;
	c.serial = buf_text(&hex);
	c.email = c.email_folded = email;
	c.fingerprint = fingerprint;
	c.revoked_at = revoked_at;
	c.reason = revoked_at ? (number % 2 ? 1 : 4) : 0;
	c.created_at = first.created_at - (int64_t)number;
	must(certificate_save(store, &c));
}

static void
fill_one(unsigned number, unsigned revoked)
{
	int64_t at = number < revoked
			 ? (clock_now() - SECOND * (int64_t)(number % 1000)) /
			       SECOND * SECOND
			 : 0;
	char registration[ID_SIZE];

	if (at && at < first.not_before)
		at = first.not_before;
	snprintf(registration, sizeof(registration), "reg_%026u", number);
	fill_ledger(number, registration, at);
	fill_database(number, registration, at);
}

static void
keep_mark(void)
{
	const struct ledger_mark *m = records_mark(records);
	char head[DIGEST_TEXT_SIZE];

	must(records_sync(records));
	digest_format(&m->head, head);
	must(ledger_seen_move(store, (int64_t)m->entries, head));
}

static void
fill(unsigned count, unsigned revoked)
{
	must(store_begin(store));
	for (unsigned i = 0; i < count; i++) {
		fill_one(i, revoked);
		if (i % IN_ONE_TRANSACTION)
			continue;
		must(store_commit(store));
		must(store_begin(store));
	}
	keep_mark();
	must(store_commit(store));
}

int
main(int argc, char **argv)
{
	AUTO(conf_free) struct conf *conf = NULL;
	AUTO(arena_clear) struct arena a;
	struct certificate *some;
	size_t count, repaired;

	if (argc != 4)
		return 2;
	arena_init(&a, (size_t)64 << 20);
	must(conf_load(argv[1], &conf));
	must(store_open(conf_text(conf, CONF_store_path), true, &store));
	must(records_open(conf_text(conf, CONF_signer_dir), clock_now(),
	    &records, &repaired));
	must(certificate_after(store, &a, "", &some, &count));
	if (count == 0)
		return 1;
	first = some[0];
	must(registration_load(store, &a, first.registration, &model));
	fill((unsigned)strtoul(argv[2], NULL, 10),
	    (unsigned)strtoul(argv[3], NULL, 10));
	records_close(records);
	store_close(store);
	return 0;
}
