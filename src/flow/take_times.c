/*
 * Moments in a recording as text, and the challenge with them. shown comes
 * from a stranger's page: whoever uses it compares it with asked, which is
 * ours.
 */
#include "flow/take.h"

/* One number without sign or needless zero; moves *at behind it. */
static bool
read_number(const char **at, uint32_t *out)
{
	const char *from = *at;
	uint32_t value = 0;

	for (; **at >= '0' && **at <= '9' && value <= TAKE_SHOWN_LATEST; ++*at)
		value = value * 10 + (uint32_t)(**at - '0');
	*out = value;
	return *at > from && value <= TAKE_SHOWN_LATEST &&
	    (*from != '0' || *at == from + 1);
}

RESULT
take_times_parse(const char *text, uint32_t out[CHALLENGE_MAX],
    size_t *count)
{
	uint32_t times[CHALLENGE_MAX] = {0};
	const char *at = text;
	size_t found = 0;

	while (*at) {
		if (found == CHALLENGE_MAX || (found > 0 && *at++ != ' ') ||
		    !read_number(&at, &times[found]))
			return FAIL(ERR_INVALID, "not a list of moments");
		if (found > 0 && times[found] < times[found - 1])
			return FAIL(ERR_INVALID, "the moments go back");
		found++;
	}
	memcpy(out, times, sizeof(times));
	*count = found;
	return OK;
}

RESULT
take_challenge(const struct take *t, struct challenge *out)
{
	uint32_t asked[CHALLENGE_MAX], shown[CHALLENGE_MAX];
	size_t asked_count, shown_count;
	struct challenge c;

	TRY(challenge_parse(part_of_text(t->part), t->prompts, &c));
	TRY(take_times_parse(t->asked, asked, &asked_count));
	TRY(take_times_parse(t->shown, shown, &shown_count));
	for (size_t i = 0; i < c.count; i++) {
		c.prompts[i].asked_ms = i < asked_count ? asked[i] : 0;
		c.prompts[i].shown_ms = i < shown_count ? shown[i] : 0;
	}
	*out = c;
	return OK;
}
