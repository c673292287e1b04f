/*
 * What the sides of a document say, put together.
 */
#include "cli/inspect.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/enum.h"
#include "ident/country.h"
#include "ident/mrz_place.h"

/* A document that contradicts itself was not surely read, or is forged. */
static const enum check_name stories[] = {CHECK_printed_agrees_with_mrz,
    CHECK_sides_agree, CHECK_barcode_agrees};

static const struct {
	enum finding_name finding;
	double threshold;
	bool least;
	const char *reason;
} rules[] = {
#define LEAST true
#define MOST false
#define QUALITY(finding, bound, threshold, reason, text)                       \
	{FINDING_##finding, threshold, bound, #reason},
#include "checks/quality.def"
#undef QUALITY
#undef LEAST
#undef MOST
};

const char *
card_kind(const struct mrz *m)
{
	if (m->format == MRZ_NONE)
		return "unknown";
	if (m->code[0] == 'P')
		return "passport";
	if (m->code[0] == 'V')
		return "visa";
	if (m->format == MRZ_FRDL || m->format == MRZ_CHDL)
		return "driving_licence";
	return m->code[1] == 'R' ? "residence_permit" : "identity_card";
}

const char *
card_kind_of(const struct inspect_result *r)
{
	const char *told = findings_text(&r->findings, FINDING_page_kind);
	return r->mrz.format != MRZ_NONE || !told[0] ? card_kind(&r->mrz) :
	    told;
}

const char *
card_country_of(const struct inspect_result *r)
{
	return r->mrz.format != MRZ_NONE ? country_alpha3(r->mrz.issuer) :
	    findings_text(&r->findings, FINDING_page_country);
}

/* Opinions that pictures without a declaration can support. */
static bool
is_shown(const struct card *c, enum check_name name)
{
	bool both = c->files[0] && c->files[1];
	bool of_two = name == CHECK_sides_agree || name == CHECK_kind_seen;
	return name != CHECK_name_agrees && name != CHECK_seen_before &&
	    (!of_two || both);
}

/* One side alone may be the one without a zone; the service asks for both. */
static void
excuse_zone(const struct card *c, struct result *r)
{
	int side = c->files[0] ? 0 : 1;
	if (r->check != CHECK_mrz_structure || (c->files[0] && c->files[1]) ||
	    c->dossier.mrz.format != MRZ_NONE ||
	    findings_text(&c->sides[side].findings, FINDING_mrz_line_1)[0])
		return;
	result_set(r, VERDICT_UNSURE, "no zone was read on this side");
	r->reason = "";
}

static void
run_checks(struct card *c)
{
	struct result all[CHECK_COUNT];
	struct dossier *d = &c->dossier;
	*d = (struct dossier){.now = clock_now(), .level = 'l', .test = true,
	    .minimum_age = 18, .declared_name = "", .mrz_side = -1};
	for (int side = 0; side < SIDES_MAX; side++)
		if (c->files[side] && c->sides[side].code == OK)
			d->sides[side] = &c->sides[side].findings;
	if (!d->sides[0] && !d->sides[1])
		return;
	dossier_read_mrz(d);
	d->country = country_alpha3(d->mrz.issuer);
	d->kind = card_kind(&d->mrz);
	size_t count = checks_run(d, all);
	for (size_t i = 0; i < count; i++) {
		excuse_zone(c, &all[i]);
		if (is_shown(c, all[i].check))
			c->checks[c->check_count++] = all[i];
	}
}

/* No check digit covers a name. */
static bool
names_differ(const struct dossier *d)
{
	int side;
	return d->mrz.format != MRZ_NONE &&
	    printed_names_agree(d, &side) == CONTRADICTS;
}

static bool
contradicts_itself(const struct card *c)
{
	for (size_t i = 0; i < c->check_count; i++)
		for (size_t k = 0; k < COUNT_OF(stories); k++)
			if (c->checks[i].check == stories[k] &&
			    c->checks[i].verdict == VERDICT_FAIL)
				return true;
	return names_differ(&c->dossier);
}

void
card_judge(struct card *c)
{
	c->check_count = 0;
	run_checks(c);
	if (!contradicts_itself(c))
		return;
	for (int side = 0; side < SIDES_MAX; side++)
		if (c->sides[side].verdict == INSPECT_READ)
			c->sides[side].verdict = INSPECT_DOUBTFUL;
}

void
card_clear(struct card *c)
{
	for (int side = 0; side < SIDES_MAX; side++)
		inspect_result_clear(&c->sides[side]);
}

/* The back of some cards holds nothing that tells it from plain paper. */
bool
card_rule_of(enum finding_name name, int side, struct card_rule *out)
{
	if (side == 1 && name == FINDING_document_found)
		return false;
	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		if (rules[i].finding != name)
			continue;
		*out = (struct card_rule){rules[i].threshold, rules[i].least,
		    reason_text(rules[i].reason)};
		return true;
	}
	return false;
}

bool
card_rule_broken(const struct card *c, const struct card_rule *rule,
    double value)
{
	for (size_t i = 0; i < c->check_count; i++)
		if (c->checks[i].check == CHECK_quality &&
		    c->checks[i].verdict == VERDICT_PASS)
			return false;
	return rule->least ? value < rule->threshold
			   : value > rule->threshold;
}

bool
card_line_place(const struct findings *f, size_t line, int corners[8])
{
	static const enum finding_name names[] = {FINDING_mrz_place_1,
	    FINDING_mrz_place_2, FINDING_mrz_place_3};
	return line < COUNT_OF(names) &&
	    corners_parse(findings_text(f, names[line]), corners);
}

/* What is told of letters counts only where it is as long as its line. */
size_t
card_lines(const struct findings *f, const char *lines[MRZ_LINES_MAX],
    const char *letters[MRZ_LINES_MAX])
{
	static const enum finding_name names[][2] = {
	    {FINDING_mrz_line_1, FINDING_mrz_letters_1},
	    {FINDING_mrz_line_2, FINDING_mrz_letters_2},
	    {FINDING_mrz_line_3, FINDING_mrz_letters_3}};
	size_t count = 0;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const char *text = findings_text(f, names[i][0]);
		const char *told = findings_text(f, names[i][1]);
		if (!text[0])
			continue;
		letters[count] = strlen(told) == strlen(text) ? told : "";
		lines[count++] = text;
	}
	return count;
}
