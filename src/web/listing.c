/*
 * Lists.
 */
#include "web/listing.h"

#include "ident/person.h"

#include <ctype.h>

#define LIMIT_PRESET 50
#define LIMIT_MAX 200
#define PHONE_DIGITS_MIN 3

RESULT
listing_feature(struct request *q, struct flow *f)
{
	bool on = true;

	if (*q->caller.workspace)
		TRY(feature_on(f->store, q->caller.workspace,
		    "certificate_creation", &on));
	return on ? OK : FAIL(ERR_FEATURE_DISABLED, "feature off");
}

static const char *
lower(struct arena *a, const char *text)
{
	char *copy = arena_text(a, text);

	for (char *c = copy; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return copy;
}

/* Digits and what people put between them. */
static bool
looks_like_phone(const char *query)
{
	return query[strspn(query, "0123456789 +.-()/")] == '\0';
}

RESULT
listing_search(struct request *q, const char *query, struct search *out)
{
	char folded[PERSON_FOLD_SIZE], digits[PERSON_PHONE_SIZE] = "";

	TRY(person_name_fold(query, folded));
	if (looks_like_phone(query))
		person_phone_digits(query, digits);
	if (strlen(digits) < PHONE_DIGITS_MIN)
		digits[0] = '\0';
	out->email = lower(&q->arena, query);
	out->name = arena_text(&q->arena, folded);
	out->phone = arena_text(&q->arena, digits);
	return OK;
}

const char *
listing_workspace(const struct request *q)
{
	return q->caller.workspace;
}

size_t
listing_limit(const struct request *q, enum field field)
{
	int64_t limit = field_number(&q->fields, field, LIMIT_PRESET);

	return limit < 1 ? 1 : limit > LIMIT_MAX ? LIMIT_MAX : (size_t)limit;
}
