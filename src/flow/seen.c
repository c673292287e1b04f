/*
 * Shown before: exact for documents and persons, near for pictures.
 *
 * Imprints are compared one by one, the newest first and so many of them: a
 * forger's series is recent, and a list of that length is a matter of
 * milliseconds.
 */
#include "flow/seen.h"

#include "base/enum.h"
#include "ident/country.h"
#include "ident/imprint.h"

#define EARLIER_MAX 50

static const struct {
	enum finding_name finding;
	const char *kinds[SIDES_MAX];
} imprints[] = {
    {FINDING_imprint_picture, {"picture_front", "picture_back"}},
};

static RESULT
save_digest(struct act *t, const char *kind, const char *const texts[3])
{
	const struct span parts[] = {span_of_text("paraph person"),
	    span_of_text(kind), span_of_text(texts[0]),
	    span_of_text(texts[1]), span_of_text(texts[2])};
	struct digest d = digest_keyed(span_of_secret(&t->f->keys->digest),
	    parts, 5);
	char hex[DIGEST_TEXT_SIZE];

	digest_format(&d, hex);
	return person_digest_save(t->f->store, t->r.id, kind, hex);
}

static RESULT
save_digests(struct act *t, const struct mrz *m)
{
	const char *const document[] = {m->number,
	    country_alpha3(m->issuer), ""};
	const char *const person[] = {m->surname, m->given_names,
	    m->birth_date};

	if (m->format == MRZ_NONE || m->bad_digits > 0)
		return OK;
	TRY(save_digest(t, "document", document));
	return save_digest(t, "person", person);
}

static RESULT
save_imprints(struct act *t, const struct attempt *at)
{
	for (size_t i = 0; i < COUNT_OF(imprints); i++)
		for (int side = 0; side < SIDES_MAX; side++) {
			const char *text = findings_text(
			    at->dossier.sides[side], imprints[i].finding);
			if (*text)
				TRY(imprint_save(t->f->store, t->r.id,
				    imprints[i].kinds[side], text, t->now));
		}
	return OK;
}

static bool
is_near(const struct imprint *own, size_t count, const struct imprint *other)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(own[i].kind, other->kind) == 0 &&
		    imprint_apart(own[i].imprint, other->imprint) <=
			IMPRINT_NEAR)
			return true;
	return false;
}

static RESULT
add_pictures(struct flow *f, struct arena *a, const char *registration,
    struct earlier *out, size_t *count)
{
	struct imprint *own, *others;
	size_t own_count, other_count;

	TRY(imprint_list(f->store, a, registration, &own, &own_count));
	if (own_count == 0)
		return OK;
	TRY(imprint_others(f->store, a, registration, &others, &other_count));
	for (size_t i = 0; i < other_count && *count < EARLIER_MAX; i++)
		if (is_near(own, own_count, &others[i]))
			out[(*count)++] = (struct earlier){
			    others[i].registration, "picture",
			    others[i].state, others[i].created_at};
	return OK;
}

RESULT
seen_list(struct flow *f, struct arena *a, const char *registration,
    struct earlier **out, size_t *count)
{
	struct earlier *digests, *all;
	size_t used = 0, found;

	TRY(person_digest_seen(f->store, a, registration, &digests, &found));
	all = arena_get(a, EARLIER_MAX * sizeof(*all));
	while (used < found && used < EARLIER_MAX) {
		all[used] = digests[used];
		used++;
	}
	TRY(add_pictures(f, a, registration, all, &used));
	*out = all;
	*count = used;
	return OK;
}

static int
count_kind(const struct earlier *rows, size_t count, const char *kind)
{
	int n = 0;

	for (size_t i = 0; i < count; i++)
		n += strcmp(rows[i].kind, kind) == 0;
	return n;
}

RESULT
seen_note(struct act *t, struct attempt *at)
{
	struct earlier *rows;
	size_t count;

	TRY(save_digests(t, &at->dossier.mrz));
	TRY(save_imprints(t, at));
	TRY(seen_list(t->f, t->a, t->r.id, &rows, &count));
	at->dossier.seen = (struct seen){
	    .looked = true,
	    .document = count_kind(rows, count, "document"),
	    .person = count_kind(rows, count, "person"),
	    .picture = count_kind(rows, count, "picture"),
	};
	return OK;
}
