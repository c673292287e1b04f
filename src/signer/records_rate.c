/*
 * How many orders of each profile there were in the last hour, and how many
 * entries that anybody who speaks for the clerk can cause without one.
 */
#include "signer/records_parts.h"

#include "base/clock.h"

/* No profile's names. */
static const char *const notes[] = {
    [NOTE_withdrawal] = "(withdrawals)",
    [NOTE_pin] = "(pins)",
    [NOTE_list] = "(lists)",
    [NOTE_dossier] = "(dossiers)"};

static struct rate *
rate_of(struct records *r, const char *profile)
{
	for (size_t i = 0; i < RATE_PROFILES; i++) {
		struct rate *rate = &r->rates[i];

		if (rate->profile[0] == '\0')
			snprintf(rate->profile, sizeof(rate->profile), "%s",
			    profile);
		if (strcmp(rate->profile, profile) == 0)
			return rate;
	}
	return &r->rates[RATE_PROFILES - 1];
}

void
records_count_rate(struct records *r, const char *profile, int64_t at)
{
	struct rate *rate = rate_of(r, profile);
	int64_t minute = at / MINUTE;
	size_t slot = (size_t)minute % RATE_SLOTS;

	if (rate->minute[slot] != minute)
		rate->count[slot] = 0;
	rate->minute[slot] = minute;
	rate->count[slot]++;
}

size_t
records_rate(const struct records *r, const char *profile, int64_t now)
{
	size_t total = 0;

	for (size_t i = 0; i < RATE_PROFILES; i++) {
		const struct rate *rate = &r->rates[i];

		if (strcmp(rate->profile, profile) != 0)
			continue;
		for (size_t slot = 0; slot < RATE_SLOTS; slot++)
			if (rate->minute[slot] > now / MINUTE - RATE_SLOTS)
				total += rate->count[slot];
	}
	return total;
}

void
records_count_note(struct records *r, enum note note, int64_t at)
{
	records_count_rate(r, notes[note], at);
}

size_t
records_notes(const struct records *r, enum note note, int64_t now)
{
	return records_rate(r, notes[note], now);
}
