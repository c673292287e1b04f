/*
 * Whether the letters of a zone are beyond doubt: the thresholds stand here
 * and nowhere else. How they were chosen is told in models/README.md.
 */
#include "ident/mrz_doubt.h"
#include "base/enum.h"

static const struct row {
	enum finding_name name;
	double least;
	const char *text;
} rows[] = {
    {FINDING_mrz_confidence, 0.985, "the letters were hard to read"},
    {FINDING_mrz_least, 0.5, "one letter was hard to read"},
    {FINDING_mrz_rival, 2.0, "another reading would be as valid"},
};

struct mrz_doubt
mrz_doubt_of(const struct findings *f)
{
	double repaired = findings_number(f, FINDING_mrz_repaired, 1);

	if (repaired > 0)
		return (struct mrz_doubt){"letters were exchanged", repaired,
		    0};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		double value = findings_number(f, rows[i].name, 0);
		if (value < rows[i].least)
			return (struct mrz_doubt){rows[i].text, value,
			    rows[i].least};
	}
	return (struct mrz_doubt){NULL,
	    findings_number(f, FINDING_mrz_rival, 0), rows[2].least};
}
