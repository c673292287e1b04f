/*
 * Words for what a machine-readable zone may have wrong.
 */
#include "ident/mrz.h"

#include <stdio.h>
#include <string.h>

static const char *const digit_texts[MRZ_DIGIT_COUNT] = {
    [MRZ_DIGIT_number] = "number",
    [MRZ_DIGIT_birth_date] = "birth date",
    [MRZ_DIGIT_expiry] = "expiry",
    [MRZ_DIGIT_personal_number] = "personal number",
    [MRZ_DIGIT_composite] = "composite",
};

static const char *const flaw_texts[MRZ_FLAW_COUNT] = {
#define FLAW(name, text) text,
#include "ident/mrz_flaws.def"
#undef FLAW
};

const char *
mrz_flaw_text(enum mrz_flaw flaw)
{
	return flaw < MRZ_FLAW_COUNT ? flaw_texts[flaw] : "";
}

/* Adds to a list in a text of fixed size; what does not fit is cut. */
static void
list_add(char *out, size_t size, const char *text)
{
	size_t used = strlen(out);

	if (used + 1 < size)
		snprintf(out + used, size - used, "%s%s", used ? ", " : "",
		    text);
}

void
mrz_bad_digits_list(const struct mrz *m, char *out, size_t size)
{
	out[0] = '\0';
	for (int i = 0; i < MRZ_DIGIT_COUNT; i++)
		if (m->bad[i])
			list_add(out, size, digit_texts[i]);
}

void
mrz_flaws_list(unsigned flaws, char *out, size_t size)
{
	out[0] = '\0';
	for (unsigned i = 0; i < MRZ_FLAW_COUNT; i++)
		if (flaws & 1u << i)
			list_add(out, size, flaw_texts[i]);
}
