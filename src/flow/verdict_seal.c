/*
 * The key is derived from the one that opens evidence, which the clerk alone
 * has loaded. Evidence and level are sealed with the verdicts, so that those
 * of good pictures do not stand for others; and the seals of what was found,
 * which is what operators are shown beside the verdicts.
 */
#include "flow/verdict_seal.h"

#include "checks/check.h"
#include "flow/finding_seal.h"
#include "flow/seal.h"

#define SEALED_MAX ((size_t)256 * 1024)

/* The first is of attempts that were judged before findings were sealed. */
enum form { FORM_VERDICTS, FORM_FINDINGS, FORM_COUNT };

static const char *const purposes[FORM_COUNT] = {
    [FORM_VERDICTS] = "paraph verdicts",
    [FORM_FINDINGS] = "paraph verdicts and findings",
};

/* Of this attempt, and how each stands. */
struct pieces {
	struct evidence *rows;
	size_t count;
};

static RESULT
list_evidence(struct flow *f, struct arena *a, const struct registration *r,
    struct pieces *out)
{
	struct evidence *all;
	size_t count, used = 0;

	TRY(evidence_list(f->store, a, r->id, &all, &count));
	for (size_t i = 0; i < count; i++)
		if (all[i].attempt == r->attempt)
			all[used++] = all[i];
	*out = (struct pieces){all, used};
	return OK;
}

static RESULT
add_finding_seal(struct flow *f, struct arena *a, const struct evidence *e,
    struct buf *b)
{
	struct finding_seal kept = {""};
	enum err found = finding_seal_load(f->store, a, e->id, &kept);

	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	err_clear();
	TRY(seal_add(b, e->state));
	return seal_add(b, kept.seal);
}

static RESULT
add_evidence(struct flow *f, struct arena *a, const struct pieces *pieces,
    enum form form, struct buf *b)
{
	for (size_t i = 0; i < pieces->count; i++) {
		const struct evidence *e = &pieces->rows[i];

		TRY(seal_add(b, e->id));
		TRY(seal_add(b, e->kind));
		TRY(seal_add(b, e->sha256));
		if (form == FORM_FINDINGS)
			TRY(add_finding_seal(f, a, e, b));
	}
	return seal_add(b, "");
}

/* An empty id would read as the end of the evidence, and verdicts behind it as
 * evidence. */
static bool
are_named(const struct pieces *pieces)
{
	for (size_t i = 0; i < pieces->count; i++)
		if (!*pieces->rows[i].id)
			return false;
	return true;
}

static RESULT
add_verdicts(const struct verdict_row *rows, size_t count, struct buf *b)
{
	for (size_t i = 0; i < count; i++) {
		TRY(seal_add(b, rows[i].name));
		TRY(seal_add(b, rows[i].verdict));
		TRY(seal_add(b, rows[i].reason));
	}
	return OK;
}

struct judged {
	struct pieces pieces;
	struct verdict_row *rows;
	size_t count;
};

static RESULT
load_judged(struct flow *f, struct arena *a, const struct registration *r,
    struct judged *out)
{
	TRY(list_evidence(f, a, r, &out->pieces));
	return verdict_list(f->store, a, r->id, r->attempt, &out->rows,
	    &out->count);
}

static RESULT
seal_of(struct flow *f, struct arena *a, const struct registration *r,
    const struct judged *j, enum form form, char out[DIGEST_TEXT_SIZE])
{
	AUTO(buf_clear) struct buf b;

	buf_init(&b, SEALED_MAX);
	TRY(seal_add(&b, r->id));
	TRY(seal_add(&b, arena_format(a, "%lld", (long long)r->attempt)));
	TRY(seal_add(&b, r->level));
	TRY(add_evidence(f, a, &j->pieces, form, &b));
	TRY(add_verdicts(j->rows, j->count, &b));
	return seal_make(f->keys, purposes[form], span_of_buf(&b), out);
}

RESULT
verdict_seal_keep(
    struct flow *f, struct arena *a, const struct registration *r)
{
	char seal[DIGEST_TEXT_SIZE];
	struct judged j;

	TRY(load_judged(f, a, r, &j));
	if (!are_named(&j.pieces))
		return FAIL(ERR_INVALID, "evidence without an id");
	TRY(seal_of(f, a, r, &j, FORM_FINDINGS, seal));
	return verdict_seal_save(f->store, r->id, r->attempt, seal);
}

RESULT
verdict_seal_void(struct flow *f, const struct registration *r)
{
	return verdict_seal_save(f->store, r->id, r->attempt, "");
}

static bool
is_judged(const struct evidence *e)
{
	return finding_seal_made(e->kind) &&
	    strcmp(e->state, "superseded") != 0;
}

/* What the operator is shown as found is what was found. */
static RESULT
findings_are_whole(struct flow *f, struct arena *a,
    const struct pieces *pieces, bool *whole)
{
	struct findings *found = arena_get(a, sizeof(*found));
	enum seal_state state;

	*whole = true;
	for (size_t i = 0; i < pieces->count; i++) {
		if (!is_judged(&pieces->rows[i]))
			continue;
		TRY(findings_load(f->store, pieces->rows[i].id, found));
		TRY(finding_seal_read(
		    f, a, &pieces->rows[i], found, &state));
		*whole = *whole && state == SEAL_WHOLE;
	}
	return OK;
}

static RESULT
is_whole(struct flow *f, struct arena *a, const struct registration *r,
    const struct judged *j, bool *whole)
{
	struct verdict_seal kept;
	char seals[FORM_COUNT][DIGEST_TEXT_SIZE];
	enum err found =
	    verdict_seal_load(f->store, a, r->id, r->attempt, &kept);

	*whole = false;
	for (enum form form = 0; form < FORM_COUNT; form++)
		TRY(seal_of(f, a, r, j, form, seals[form]));
	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	*whole = seal_is(kept.seal, seals[FORM_VERDICTS]);
	return seal_is(kept.seal, seals[FORM_FINDINGS])
	    ? findings_are_whole(f, a, &j->pieces, whole)
	    : OK;
}

static bool
is_strong_failure(const struct verdict_row *row)
{
	enum check_name check = check_of_text(row->name);

	return check != CHECK_COUNT &&
	    check_strength(check) == CHECK_STRONG &&
	    verdict_of_text(row->verdict) == VERDICT_FAIL;
}

RESULT
verdict_seal_read(struct flow *f, struct arena *a,
    const struct registration *r, struct sealed *out)
{
	struct judged j;
	bool whole;

	*out = (struct sealed){true, true, true};
	TRY(load_judged(f, a, r, &j));
	TRY(is_whole(f, a, r, &j, &whole));
	if (!whole || !are_named(&j.pieces))
		return OK;
	*out = (struct sealed){.faces_differ = true};
	for (size_t i = 0; i < j.count; i++) {
		out->doubted = out->doubted || is_strong_failure(&j.rows[i]);
		if (strcmp(j.rows[i].name, "faces_agree") == 0)
			out->faces_differ =
			    verdict_of_text(j.rows[i].verdict) != VERDICT_PASS;
	}
	return OK;
}
