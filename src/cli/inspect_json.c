/*
 * What paraph-inspect tells of one file to programs: docs/inspect.md and
 * docs/inspect.schema.json describe it.
 */
#include "cli/inspect.h"

#include <math.h>
#include <string.h>

#include "base/enum.h"
#include "ident/country.h"

#define SCHEMA_VERSION 1

static json_t *
region_json(struct box box)
{
	if (box.width == 0)
		return json_null();
	return json_pack("[i,i,i,i]", (int)box.x, (int)box.y, (int)box.width,
	    (int)box.height);
}

static json_t *
number_json(double value)
{
	return isfinite(value) ? json_real(value) : json_null();
}

static bool
begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

static json_t *
document_json(const struct inspect_result *r)
{
	return json_pack("{s:s,s:s,s:s}", "kind", card_kind_of(r), "country",
	    card_country_of(r), "format", mrz_format_text(r->mrz.format));
}

static json_t *
zone_json(const struct mrz *m)
{
	char sex[2] = {m->sex, '\0'};
	if (m->format == MRZ_NONE)
		return json_object();
	return json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:b}",
	    "code", m->code, "issuer", m->issuer, "surname", m->surname,
	    "given_names", m->given_names, "number", m->number,
	    "nationality", m->nationality, "birth_date", m->birth_date,
	    "sex", sex, "expiry", m->expiry, "truncated", m->truncated);
}

/* The names of check digits that disagree. */
static json_t *
wrong_digits_json(const struct mrz *m)
{
	char list[200] = "", *rest = list, *name;
	json_t *out = json_array();
	if (m->format != MRZ_NONE)
		mrz_bad_digits_list(m, list, sizeof(list));
	while ((name = strsep(&rest, ",")) != NULL)
		if (*(name += strspn(name, " ")))
			json_array_append_new(out, json_string(name));
	return out;
}

/* What else is wrong with the lines, in words. */
static json_t *
flaws_json(const struct mrz *m, const char *const lines[], size_t count)
{
	unsigned flaws = m->format != MRZ_NONE ? m->flaws :
	    count > 0 ? mrz_misfit(lines, count) : 0;
	json_t *out = json_array();
	for (unsigned i = 0; i < MRZ_FLAW_COUNT; i++)
		if (flaws & 1u << i)
			json_array_append_new(out,
			    json_string(mrz_flaw_text((enum mrz_flaw)i)));
	return out;
}

static json_t *
mrz_json(const struct inspect_result *r)
{
	const char *lines[MRZ_LINES_MAX], *letters[MRZ_LINES_MAX];
	size_t count = card_lines(&r->findings, lines, letters);
	json_t *texts = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(texts, json_string(lines[i]));
	const char *digits = r->mrz.format == MRZ_NONE ? "none" :
	    r->mrz.bad_digits > 0 ? "fail" : "pass";
	return json_pack("{s:o,s:s,s:o,s:o,s:i,s:o}", "lines", texts,
	    "digits", digits, "wrong_digits", wrong_digits_json(&r->mrz),
	    "flaws", flaws_json(&r->mrz, lines, count), "repaired",
	    (int)findings_number(&r->findings, FINDING_mrz_repaired, 0),
	    "fields", zone_json(&r->mrz));
}

/* Whether a reading is the zone's: true, false, or null where one of them
 * was not read surely enough or there is nothing to compare. */
static json_t *
agrees_json(const struct finding *at, const struct mrz *m)
{
	enum agreement found = card_agreement(at, m);
	return found == AGREES ? json_true() :
	    found == CONTRADICTS ? json_false() : json_null();
}

static json_t *
fields_json(const struct card *c, const struct findings *f)
{
	json_t *out = json_array();
	for (size_t i = 0; i < f->count; i++) {
		const struct finding *at = &f->items[i];
		const char *name = finding_name_text(at->name);
		bool code = begins(name, "barcode_");
		if ((code || begins(name, "printed_")) &&
		    finding_type_of(at->name) == FINDING_TEXT)
			json_array_append_new(out, json_pack(
			    "{s:s,s:s,s:s,s:f,s:o,s:o}", "name", name,
			    "source", code ? "barcode" : "print", "text",
			    at->text, "confidence", at->confidence, "agrees",
			    agrees_json(at, &c->dossier.mrz), "region",
			    region_json(at->box)));
	}
	return out;
}

static bool
is_quality(enum finding_name name)
{
	static const enum finding_name others[] = {FINDING_width,
	    FINDING_height, FINDING_rotation, FINDING_mrz_confidence,
	    FINDING_mrz_least, FINDING_document_found};
	if (finding_type_of(name) == FINDING_TEXT)
		return false;
	for (size_t i = 0; i < COUNT_OF(others); i++)
		if (others[i] == name)
			return true;
	return begins(finding_name_text(name), "quality_");
}

static json_t *
one_quality(const struct card *c, const struct finding *at, int side)
{
	struct card_rule rule = {.threshold = NAN, .sentence = ""};
	bool ruled = card_rule_of(at->name, side, &rule);
	bool broken = ruled && card_rule_broken(c, &rule, at->value);
	return json_pack("{s:s,s:o,s:o,s:s,s:o}", "name",
	    finding_name_text(at->name), "value", number_json(at->value),
	    "threshold", number_json(rule.threshold), "sentence",
	    broken ? rule.sentence : "", "region", region_json(at->box));
}

static json_t *
quality_json(const struct card *c, int side)
{
	const struct findings *f = &c->sides[side].findings;
	json_t *out = json_array();
	for (size_t i = 0; i < f->count; i++)
		if (is_quality(f->items[i].name))
			json_array_append_new(out,
			    one_quality(c, &f->items[i], side));
	return out;
}

/* A check stands with the side it speaks of, else with the first one. */
static bool
is_of_side(const struct card *c, const struct result *r, int side)
{
	int first = c->files[0] ? 0 : 1;
	int of = r->side >= 0 && c->files[r->side] ? r->side : first;
	return of == side;
}

static json_t *
checks_json(const struct card *c, int side)
{
	json_t *out = json_array();
	for (size_t i = 0; i < c->check_count; i++) {
		const struct result *r = &c->checks[i];
		if (!is_of_side(c, r, side))
			continue;
		json_array_append_new(out, json_pack(
		    "{s:s,s:s,s:o,s:o,s:o,s:s}", "name",
		    check_name_text(r->check), "verdict",
		    verdict_text(r->verdict), "value", number_json(r->value),
		    "threshold", number_json(r->threshold), "region",
		    region_json(r->box), "explanation", r->explanation));
	}
	return out;
}

static json_t *
timing_json(const struct inspect_result *r)
{
	static const char timing[] = "timing_";
	json_t *out = json_object();
	for (int i = 0; i < FINDING_COUNT; i++) {
		const char *name = finding_name_text((enum finding_name)i);
		if (begins(name, timing))
			json_object_set_new(out, name + sizeof(timing) - 1,
			    json_real(findings_number(&r->findings,
				(enum finding_name)i, 0)));
	}
	json_object_set_new(out, "total",
	    json_integer((json_int_t)r->total_ms));
	return out;
}

json_t *
card_json(const struct card *c, int side)
{
	const struct inspect_result *r = &c->sides[side];
	json_t *out = json_pack("{s:i,s:s,s:s,s:o,s:o,s:o,s:o,s:o,s:o}",
	    "version", SCHEMA_VERSION, "file", "", "verdict",
	    inspect_verdict_text(r->verdict), "document",
	    document_json(r), "mrz", mrz_json(r), "fields",
	    fields_json(c, &r->findings), "quality",
	    quality_json(c, side), "checks", checks_json(c, side),
	    "timing_ms", timing_json(r));
	/* a file's name may be no UTF-8, which JSON cannot hold */
	json_t *file = json_string(c->files[side]);
	json_object_set_new(out, "file",
	    file ? file : json_string("(a name that is not UTF-8)"));
	if (r->code != OK)
		json_object_set_new(out, "error", json_pack("{s:s,s:s}",
		    "code", err_api_name(r->code), "message",
		    r->explanation));
	return out;
}
