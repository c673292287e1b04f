/*
 * The same rules by which the signer chooses (signer_issuing_now), for people
 * who look from outside.
 */
#include "signer/standing.h"

#include "base/clock.h"
#include "pki/certificate.h"
#include "pki/crl.h"
#include "signer/place.h"
#include "signer/records_parts.h"
#include "signer/signer.h"

#define LIST_MAX ((size_t)1 << 20)
#define READY (180 * DAY)     /* a ceremony is not called overnight */
#define LIST_AHEAD (30 * DAY) /* of the root's next list */
#define ISSUING_LIFE (10 * 365 * DAY)

struct reading {
	struct standing *all;
	struct digest certificates[AUTHORITY_COUNT];
};

static enum err
take_entry(void *data, const struct ledger_entry *e)
{
	struct reading *r = data;
	struct wire_reader w = wire_read(e->body);
	char id[ID_SIZE];
	enum authority a;

	if (e->kind == ENTRY_issued)
		get_text(&w, id, sizeof(id));
	else if (e->kind != ENTRY_authority && e->kind != ENTRY_list &&
		 e->kind != ENTRY_revoked && e->kind != ENTRY_begins)
		return OK;
	a = records_get_authority(&w);
	if (e->kind == ENTRY_issued)
		r->all[a].issued++;
	if (e->kind == ENTRY_revoked)
		r->all[a].revoked++;
	if (e->kind == ENTRY_list)
		r->all[a].last_list = get_u64(&w);
	if (e->kind == ENTRY_begins)
		r->all[a].from = (int64_t)get_u64(&w);
	if (e->kind == ENTRY_authority)
		get_octets(&w, r->certificates[a].bytes, DIGEST_SIZE);
	return w.failed ? FAIL(ERR_INVALID, "the ledger") : OK;
}

static RESULT
read_file(const struct conf *conf, enum authority a, const char *ending,
    size_t max, struct buf *out)
{
	char path[PLACE_PATH];

	TRY(place_path(conf_text(conf, CONF_pki_ca_dir), authority_name(a),
	    ending, path));
	return place_read(path, max, out);
}

static RESULT
is_revoked(const struct conf *conf, enum authority root,
    const struct certificate *c, bool *out)
{
	AUTO(buf_clear) struct buf list;

	*out = false;
	buf_init(&list, 0);
	if (read_file(conf, root, ".crl", LIST_MAX, &list) != OK) {
		err_clear();
		return OK;
	}
	return crl_names(span_of_buf(&list), c->serial, out);
}

static RESULT
find_root(const struct conf *conf, const struct certificate *c,
    enum authority *out, bool *revoked)
{
	*out = AUTHORITY_COUNT;
	*revoked = false;
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++) {
		AUTO(buf_clear) struct buf der;
		struct certificate root;

		buf_init(&der, 0);
		if (authority_issues((enum authority)i) ||
		    read_file(conf, (enum authority)i, ".cer", CERTIFICATE_MAX,
			&der) != OK)
			continue;
		TRY(certificate_parse(span_of_buf(&der), &root));
		if (!span_equal(root.subject.der, c->issuer.der))
			continue;
		*out = (enum authority)i;
		err_clear();
		return is_revoked(conf, *out, c, revoked);
	}
	err_clear();
	return OK;
}

static RESULT
read_one(const struct conf *conf, const struct digest *known,
    enum authority a, int64_t now, struct standing *s)
{
	AUTO(buf_clear) struct buf der;
	struct certificate c;
	bool revoked;

	buf_init(&der, 0);
	enum err found = read_file(conf, a, ".cer", CERTIFICATE_MAX, &der);
	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	TRY(certificate_parse(span_of_buf(&der), &c));
	struct digest d = digest_sha256(span_of_buf(&der));
	s->known = memcmp(d.bytes, known->bytes, DIGEST_SIZE) == 0;
	s->not_before = c.not_before;
	s->not_after = c.not_after;
	TRY(find_root(conf, &c, &s->root, &revoked));
	s->state = now > c.not_after	     ? STANDING_ended
		   : !authority_issues(a)    ? STANDING_root
		   : revoked		     ? STANDING_revoked
		   : s->from > now	     ? STANDING_waits
					     : STANDING_issues;
	return OK;
}

/* Of each family only the latest one issues. */
static void
choose(struct standing all[AUTHORITY_COUNT])
{
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++)
		for (unsigned k = 0; k < AUTHORITY_COUNT; k++) {
			enum authority a = (enum authority)i;
			enum authority b = (enum authority)k;

			if (all[a].state == STANDING_issues &&
			    all[b].state == STANDING_issues &&
			    authority_family(a) == authority_family(b) &&
			    authority_generation(b) > authority_generation(a))
				all[a].state = STANDING_follows_up;
		}
}

RESULT
standing_load(
    const struct conf *conf, int64_t now, struct standing out[AUTHORITY_COUNT])
{
	struct reading r = {.all = out};
	struct ledger_extent all;
	char path[PLACE_PATH];

	memset(out, 0, AUTHORITY_COUNT * sizeof(*out));
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++)
		if (authority_generation((enum authority)i) > 1)
			out[i].from = INT64_MAX;
	TRY(place_path(
	    conf_text(conf, CONF_signer_dir), "ledger", "", path));
	if (place_has(path))
		TRY(ledger_look(conf_text(conf, CONF_signer_dir), take_entry,
		    &r, &all));
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++)
		TRY(read_one(conf, &r.certificates[i], (enum authority)i, now,
		    &out[i]));
	choose(out);
	return OK;
}

const char *
standing_name(enum standing_state state)
{
	static const char *const names[] = {[STANDING_absent] = "absent",
	    [STANDING_root] = "root",
	    [STANDING_waits] = "waits",
	    [STANDING_issues] = "issues",
	    [STANDING_follows_up] = "signs lists and answers only",
	    [STANDING_revoked] = "revoked",
	    [STANDING_ended] = "ended"};

	return names[state];
}

/* ---- advice ---- */

static bool
has_next(const struct standing all[AUTHORITY_COUNT], enum authority a)
{
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++)
		if (authority_family((enum authority)i) ==
			authority_family(a) &&
		    all[i].state == STANDING_waits &&
		    authority_generation((enum authority)i) >
			authority_generation(a))
			return true;
	return false;
}

static RESULT
advise_issuing(const struct conf *conf,
    const struct standing all[AUTHORITY_COUNT], enum authority a, int64_t now,
    struct buf *out)
{
	int64_t left = all[a].not_after - now;
	int64_t life = conf_number(conf, CONF_pki_validity_days) * DAY;
	char end[CLOCK_TEXT_SIZE];

	clock_format(all[a].not_after - life, end);
	if (left < ISSUING_LEAST)
		return buf_add_text(out, "It ends within 30 days and issues no "
					 "more: begin the next generation.");
	if (left < life)
		return buf_add_format(out,
		    "What it issues is shortened to its own end since %.10s: "
		    "begin the next generation.",
		    end);
	if (left < life + READY && !has_next(all, a))
		return buf_add_format(out,
		    "From %.10s on what it issues is shortened: make the next "
		    "generation (paraph ca ceremony request).",
		    end);
	return OK;
}

static RESULT
advise_root(const struct conf *conf, const struct standing *s,
    enum authority a, int64_t now, struct buf *out)
{
	AUTO(buf_clear) struct buf der;
	struct crl_outline list;
	char end[CLOCK_TEXT_SIZE];

	buf_init(&der, 0);
	if (s->not_after - now < ISSUING_LIFE)
		TRY(buf_add_text(out, "What it certifies is shortened to its "
				      "own end: make the next root. "));
	if (read_file(conf, a, ".crl", LIST_MAX, &der) != OK) {
		err_clear();
		return buf_add_text(out, "It has no list here.");
	}
	TRY(crl_outline(span_of_buf(&der), &list));
	clock_format(list.next_update, end);
	if (list.next_update - now < LIST_AHEAD)
		return buf_add_format(out,
		    "Its list must be renewed by %.10s (paraph ca ceremony "
		    "list).",
		    end);
	return OK;
}

RESULT
standing_advice(const struct conf *conf,
    const struct standing all[AUTHORITY_COUNT], enum authority authority,
    int64_t now, struct buf *out)
{
	const struct standing *s = &all[authority];

	if (s->state == STANDING_absent)
		return OK;
	if (!s->known)
		return buf_add_text(out, "The ledger knows another certificate: "
					 "the signer will not start.");
	if (s->state == STANDING_root)
		return advise_root(conf, s, authority, now, out);
	if (s->state == STANDING_issues)
		return advise_issuing(conf, all, authority, now, out);
	if (s->state == STANDING_waits && s->from == INT64_MAX)
		return buf_add_text(out, "Its day is not set: paraph ca "
					 "ceremony begin.");
	return OK;
}
