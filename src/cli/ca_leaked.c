/*
 * Reading keys. What is brought here is other people's: nothing of it has to
 * be a key that we would take, so no more is read than which key it is.
 */
#include "cli/ca_leaked.h"

#include "cli/show.h"
#include "pki/key.h"
#include "proc/order.h"
#include "signer/leaked.h"
#include "signer/ledger.h"
#include "signer/place.h"
#include "status/issuer.h"

#define TEXT_MAX (KEY_LIST_LINES_MAX * (DIGEST_TEXT_SIZE + 1))

static RESULT
key_of(struct span der, struct digest *out)
{
	struct certificate_outline c;
	struct span rest = der, whole, algorithm, bits;

	if (certificate_outline(der, &c) == OK) {
		*out = public_key_digest(c.public_key);
		return OK;
	}
	err_clear();
	TRY(der_take(&rest, DER_SEQUENCE, &whole));
	TRY(der_end(rest));
	TRY(der_take(&whole, DER_SEQUENCE, &algorithm));
	TRY(der_take(&whole, DER_BITS, &bits));
	TRY(der_end(whole));
	*out = public_key_digest(der);
	return OK;
}

static RESULT
add_key(const char *path, struct span der, struct buf *lines)
{
	char text[DIGEST_TEXT_SIZE];
	struct digest d;

	if (key_of(der, &d) != OK)
		return FAIL(ERR_INVALID, "%s: neither a certificate nor a "
		    "public key", path);
	digest_format(&d, text);
	return buf_add_format(lines, "%s\n", text);
}

/* A public key, or as many certificates as there are in the file. */
static RESULT
read_keys(const char *path, struct buf *lines)
{
	AUTO(show_bundle_clear) struct show_bundle all = {0};
	AUTO(buf_clear) struct buf der;

	buf_init(&der, 65536);
	if (show_read_all(path, &all) != OK) {
		err_clear();
		TRY(show_read(path, &der));
		return add_key(path, span_of_buf(&der), lines);
	}
	for (size_t i = 0; i < all.count; i++)
		TRY(add_key(path, all.of[i], lines));
	return OK;
}

/* A digest may begin with the digit that is DER's SEQUENCE; no text has the
 * octet 0 that every DER of a key has (no unused bits). */
static bool
is_key(const struct buf *b)
{
	static const char pem[] = "-----BEGIN";

	return b->size > 0 &&
	       ((b->data[0] == DER_SEQUENCE && memchr(b->data, 0, b->size)) ||
		   (b->size >= sizeof(pem) - 1 &&
		       memcmp(b->data, pem, sizeof(pem) - 1) == 0));
}

static RESULT
read_file(const char *path, struct buf *storage, struct key_list *out)
{
	AUTO(buf_clear) struct buf bytes, lines;

	buf_init(&bytes, 0);
	buf_init(&lines, TEXT_MAX);
	TRY(place_read(path, TEXT_MAX, &bytes));
	if (!is_key(&bytes))
		return key_list_parse(span_of_buf(&bytes), storage, out);
	TRY(read_keys(path, &lines));
	return key_list_parse(span_of_buf(&lines), storage, out);
}

struct search {
	const struct leaked *leaked;
	size_t found;
};

/* registration, authority, serial, two times, certificate (ledger.def) */
static enum err
look_at(void *data, const struct ledger_entry *e)
{
	struct search *s = data;
	struct wire_reader w = wire_read(e->body);
	char registration[ID_SIZE], issuer[ISSUER_NAME_SIZE];
	struct digest d;

	if (e->kind != ENTRY_issued)
		return OK;
	get_text(&w, registration, sizeof(registration));
	get_text(&w, issuer, sizeof(issuer));
	get_bytes(&w, ORDER_SERIAL_MAX);
	get_i64(&w);
	get_i64(&w);
	struct span der = get_bytes(&w, ORDER_CERTIFICATE_MAX);
	if (w.failed || key_of(der, &d) != OK ||
	    !key_list_has(&s->leaked->list, &d)) {
		err_clear();
		return OK;
	}
	s->found++;
	printf("the certificate of %s, from %s, has such a key:\n"
	       "  paraph certificate revoke %s --reason key_compromise "
	       "--because \"...\"\n",
	    registration, issuer, registration);
	return OK;
}

static RESULT
search(const struct conf *conf)
{
	const char *dir = conf_text(conf, CONF_signer_dir);
	struct leaked all = {0};
	struct search s = {.leaked = &all};
	struct ledger_extent extent;

	TRY(leaked_refresh(dir, &all));
	enum err result = ledger_look(dir, look_at, &s, &extent);
	leaked_clear(&all);
	TRY(result);
	if (s.found == 0)
		printf("No certificate issued here has one of them.\n");
	return OK;
}

RESULT
ca_leaked(const struct conf *conf, const char *const *files, size_t count)
{
	const char *dir = conf_text(conf, CONF_signer_dir);

	for (size_t i = 0; i < count; i++) {
		AUTO(buf_clear) struct buf storage;
		struct key_list more;
		size_t total;

		buf_init(&storage, 0);
		TRY(read_file(files[i], &storage, &more));
		TRY(leaked_add(dir, &more, &total));
		printf("%s: %zu keys; the list has %zu\n", files[i], more.count,
		    total);
	}
	return search(conf);
}
