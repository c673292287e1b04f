/*
 * What an order rests on, as two digests: the decision with all that led to
 * it, and every piece of evidence. They go into the signer's ledger.
 */
#include "flow/decide.h"

#define DIGESTED_MAX ((size_t)256 * 1024)

static RESULT
add(struct buf *b, const char *text)
{
	TRY(buf_add_text(b, text));
	return buf_add_byte(b, 0);
}

static RESULT
add_all(struct buf *b, const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		TRY(add(b, texts[i]));
	return OK;
}

static RESULT
add_verdicts(struct flow *f, struct arena *a, const struct registration *r,
    struct buf *b)
{
	struct verdict_row *rows;
	size_t count;

	TRY(verdict_list(f->store, a, r->id, r->attempt, &rows, &count));
	for (size_t i = 0; i < count; i++) {
		TRY(add(b, rows[i].name));
		TRY(add(b, rows[i].verdict));
	}
	return OK;
}

static RESULT
add_review(struct flow *f, struct arena *a, const struct registration *r,
    struct buf *b)
{
	struct review v;
	enum err found = review_load(f->store, a, r->id, &v);

	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	TRY(add(b, v.decision));
	return add(b, v.decided_by);
}

static RESULT
digest_decision(struct flow *f, struct arena *a, const struct registration *r,
    struct digest *out)
{
	const char *const texts[] = {r->id, r->level, r->given_names,
	    r->surname, r->nationality, r->person_serial};
	AUTO(buf_clear) struct buf b;

	buf_init(&b, DIGESTED_MAX);
	TRY(add_all(&b, texts, sizeof(texts) / sizeof(*texts)));
	TRY(add_verdicts(f, a, r, &b));
	TRY(add_review(f, a, r, &b));
	*out = digest_sha256(span_of_buf(&b));
	return OK;
}

static RESULT
digest_evidence(struct flow *f, struct arena *a, const struct registration *r,
    struct digest *out)
{
	AUTO(buf_clear) struct buf b;
	struct evidence *rows;
	size_t count;

	buf_init(&b, DIGESTED_MAX);
	TRY(evidence_list(f->store, a, r->id, &rows, &count));
	for (size_t i = 0; i < count; i++) {
		const char *const texts[] = {rows[i].id, rows[i].kind,
		    rows[i].state, rows[i].sha256};
		TRY(add_all(&b, texts, 4));
	}
	*out = digest_sha256(span_of_buf(&b));
	return OK;
}

RESULT
decide_order_digests(struct flow *f, struct arena *a,
    const struct registration *r, char *person_serial, size_t size,
    struct digest *decision, struct digest *evidence)
{
	struct digest d, e;

	if (strlen(r->person_serial) >= size)
		return FAIL(ERR_INTERNAL, "a serialNumber that is too long");
	TRY(digest_decision(f, a, r, &d));
	TRY(digest_evidence(f, a, r, &e));
	snprintf(person_serial, size, "%s", r->person_serial);
	*decision = d;
	*evidence = e;
	return OK;
}
