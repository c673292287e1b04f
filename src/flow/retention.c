/*
 * The deletion, page by page. The sealed key goes first and in one transaction
 * with its journal entry; the file after, and a crash between the two leaves
 * bytes that nobody can open.
 */
#include "flow/retention.h"

#include "base/clock.h"
#include "base/log.h"
#include "flow/audit.h"
#include "flow/retention_rule.h"

#include <stdio.h>

#define COUNT_ARENA ((size_t)16 << 20)

static const struct actor the_clock = {ACTOR_clock, "clock", "clock"};

static bool
is_recording(const char *kind)
{
	size_t size = strlen(kind);

	return strncmp(kind, "film_", 5) == 0 ||
	       (size >= 6 && strcmp(kind + size - 6, "_video") == 0);
}

static bool
speaks_of(const struct retention_rule *rule, const struct kept_evidence *e)
{
	char word[64];

	snprintf(word, sizeof(word), " %s ", e->state);
	return strstr(rule->states, word) &&
	       (rule->recordings == RECORDINGS_ALL ||
		   is_recording(e->kind) ==
		       (rule->recordings == RECORDINGS_YES));
}

/* RETENTION_COUNT: it stays. */
static enum retention_class
class_of(struct flow *f, const struct kept_evidence *e, int64_t at)
{
	enum retention_class r = 0;

	while (r < RETENTION_COUNT &&
	       !(speaks_of(retention_rule(r), e) &&
		   e->ended < at - retention_kept(f->conf, r)))
		r++;
	return r;
}

static void
note_due(struct flow *f, enum retention_class r,
    const struct kept_evidence *e, struct retention_due *due)
{
	int64_t since = e->ended + retention_kept(f->conf, r);

	due->pieces++;
	if (!due->since || since < due->since)
		due->since = since;
}

/* Rows change before files go: see above. */
static RESULT
forget(struct flow *f, const struct retention_rule *rule,
    const struct kept_evidence *e)
{
	AUTO(store_rollback) struct store *s = f->store;

	TRY(store_begin(s));
	TRY(evidence_forget(s, e->id));
	if (rule->recordings != RECORDINGS_YES) { /* they are of pictures */
		TRY(imprint_forget(s, e->registration));
		TRY(own_key_remove(s, e->registration)); /* has a name in it */
	}
	TRY(audit_write(f, &the_clock, "retention.deleted", e->registration,
	    rule->name, e->sha256));
	return store_commit(s);
}

static RESULT
look_at(struct flow *f, const bool approved[RETENTION_COUNT],
    const struct kept_evidence *e, struct retention *walk)
{
	enum retention_class r = class_of(f, e, clock_now());

	if (r == RETENTION_COUNT)
		return OK;
	if (!approved[r]) {
		note_due(f, r, e, &walk->waiting[r]);
		return OK;
	}
	TRY(forget(f, retention_rule(r), e));
	IGNORE(vault_remove(conf_text(f->conf, CONF_store_vault), e->id));
	walk->destroyed[r]++;
	return OK;
}

/* F-9: which class, how many, by which rule. */
static RESULT
record(struct flow *f, const struct retention *walk, enum retention_class r)
{
	const struct retention_waiting waiting = {.rule = retention_name(r),
	    .pieces = (int64_t)walk->waiting[r].pieces,
	    .since = walk->waiting[r].since,
	    .looked_at = clock_now()};
	char digest[DIGEST_TEXT_SIZE], detail[48];

	if (waiting.pieces > 0)
		log_warn("retention.waits rule=%s pieces=%lld "
			 "remedy=\"paraph retention show\"",
		    waiting.rule, (long long)waiting.pieces);
	TRY(retention_waiting_save(f->store, &waiting));
	if (walk->destroyed[r] == 0)
		return OK;
	retention_digest(f->conf, r, digest);
	snprintf(detail, sizeof(detail), "destroyed %zu", walk->destroyed[r]);
	return audit_write(f, &the_clock, "retention.ran", retention_name(r),
	    detail, digest);
}

static RESULT
end_walk(struct flow *f, struct retention *walk)
{
	AUTO(store_rollback) struct store *s = f->store;

	TRY(store_begin(s));
	for (enum retention_class r = 0; r < RETENTION_COUNT; r++)
		TRY(record(f, walk, r));
	TRY(store_commit(s));
	*walk = (struct retention){.after = ""};
	return OK;
}

static RESULT
read_approvals(struct flow *f, struct arena *a, bool out[RETENTION_COUNT])
{
	for (enum retention_class r = 0; r < RETENTION_COUNT; r++) {
		struct retention_standing *standing =
		    arena_get(a, sizeof(*standing));

		TRY(retention_standing(f, a, r, standing));
		out[r] = standing->approved;
	}
	return OK;
}

static size_t
destroyed(const struct retention *walk)
{
	size_t sum = 0;

	for (size_t i = 0; i < RETENTION_COUNT; i++)
		sum += walk->destroyed[i];
	return sum;
}

RESULT
retention_run(struct flow *f, struct arena *a, struct retention *r,
    size_t *out, bool *whole)
{
	bool approved[RETENTION_COUNT];
	size_t found, before = destroyed(r);
	struct kept_evidence *page;

	TRY(read_approvals(f, a, approved));
	TRY(evidence_kept(
	    f->store, a, r->after, RETENTION_PAGE, &page, &found));
	for (size_t i = 0; i < found; i++)
		TRY(look_at(f, approved, &page[i], r));
	*out = destroyed(r) - before;
	*whole = found < RETENTION_PAGE;
	if (*whole)
		return end_walk(f, r);
	snprintf(r->after, sizeof(r->after), "%s", page[found - 1].id);
	return OK;
}

static RESULT
count_page(struct flow *f, int64_t at, char after[ID_SIZE], bool *last,
    struct retention_due out[RETENTION_COUNT])
{
	AUTO(arena_clear) struct arena a;
	struct kept_evidence *page;
	size_t found;

	arena_init(&a, COUNT_ARENA);
	TRY(evidence_kept(f->store, &a, after, RETENTION_PAGE, &page, &found));
	for (size_t i = 0; i < found; i++) {
		enum retention_class r = class_of(f, &page[i], at);

		if (r < RETENTION_COUNT)
			note_due(f, r, &page[i], &out[r]);
	}
	*last = found < RETENTION_PAGE;
	if (!*last)
		snprintf(after, ID_SIZE, "%s", page[found - 1].id);
	return OK;
}

RESULT
retention_count(struct flow *f, int64_t at,
    struct retention_due out[RETENTION_COUNT])
{
	char after[ID_SIZE] = "";
	bool last = false;

	memset(out, 0, RETENTION_COUNT * sizeof(*out));
	while (!last)
		TRY(count_page(f, at, after, &last, out));
	return OK;
}
