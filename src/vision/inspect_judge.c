/*
 * What the findings of one picture amount to. It says how well the document
 * was read, not whether it is genuine: that is for checks.
 */
#include "vision/inspect.h"

#include <string.h>

#include "base/clock.h"
#include "base/enum.h"
#include "ident/mrz_doubt.h"

static const enum finding_name printed[] = {FINDING_printed_surname,
    FINDING_printed_given_names, FINDING_printed_birth_date,
    FINDING_printed_expiry, FINDING_printed_number};

static bool
parse_zone(const struct findings *f, struct mrz *out)
{
	static const enum finding_name names[] = {FINDING_mrz_line_1,
	    FINDING_mrz_line_2, FINDING_mrz_line_3};
	const char *lines[MRZ_LINES_MAX];
	size_t count = 0;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const char *text = findings_text(f, names[i]);
		if (text[0])
			lines[count++] = text;
	}
	if (count > 0 && mrz_parse(lines, count, clock_now(), out) == OK)
		return true;
	err_clear();
	*out = (struct mrz){.format = MRZ_NONE};
	return false;
}

/* A side without a zone is read when all that it tells was read; one whose
 * zone was seen in part has more to tell, and so has a passport's page. */
static enum inspect_verdict
judge_print(const struct findings *f)
{
	size_t count = 0;
	for (size_t i = 0; i < COUNT_OF(printed); i++)
		count += findings_text(f, printed[i])[0] != '\0';
	if (count == COUNT_OF(printed) &&
	    !findings_find(f, FINDING_mrz_line_1) &&
	    strcmp(findings_text(f, FINDING_page_kind), "passport") != 0)
		return INSPECT_READ;
	return count > 0 ? INSPECT_DOUBTFUL : INSPECT_UNREADABLE;
}

enum inspect_verdict
inspect_judge(const struct findings *f, struct mrz *mrz)
{
	if (!parse_zone(f, mrz))
		return judge_print(f);
	bool sure = mrz->bad_digits == 0 && mrz->flaws == 0 &&
	    !mrz_doubt_of(f).text;
	return sure ? INSPECT_READ : INSPECT_DOUBTFUL;
}

const char *
inspect_verdict_text(enum inspect_verdict verdict)
{
	static const char *const texts[] = {"read", "doubtful",
	    "unreadable"};
	return texts[verdict];
}
