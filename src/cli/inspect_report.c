/*
 * What paraph-inspect tells of one file: its schema is docs/inspect.md.
 */
#include "cli/inspect.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/enum.h"
#include "checks/check.h"
#include "ident/country.h"
#include "ident/mrz_doubt.h"

#define SCHEMA_VERSION 1
#define PRINTED_ALL 5

/* Opinions that a single picture and no declaration can support. */
static const enum check_name shown[] = {CHECK_quality, CHECK_mrz_structure,
    CHECK_mrz_digits, CHECK_kind_accepted, CHECK_not_expired,
    CHECK_not_specimen, CHECK_printed_agrees_with_mrz, CHECK_adult,
    CHECK_not_grey, CHECK_not_screen};

static const enum finding_name printed[PRINTED_ALL] = {
    FINDING_printed_surname, FINDING_printed_given_names,
    FINDING_printed_birth_date, FINDING_printed_expiry,
    FINDING_printed_number};

static const enum finding_name quality[] = {FINDING_width, FINDING_height,
    FINDING_rotation, FINDING_quality_blur, FINDING_quality_brightness,
    FINDING_quality_colour, FINDING_quality_cut_off, FINDING_quality_evenness,
    FINDING_quality_glare, FINDING_quality_moire, FINDING_quality_others,
    FINDING_quality_pitch, FINDING_quality_scale, FINDING_mrz_confidence,
    FINDING_mrz_least, FINDING_mrz_rival};

static const struct {
	const char *name;
	enum finding_name finding;
} stages[] = {{"decode", FINDING_timing_decode}, {"mrz", FINDING_timing_mrz},
    {"page", FINDING_timing_page}, {"printed", FINDING_timing_printed},
    {"quality", FINDING_timing_quality}, {"fraud", FINDING_timing_fraud}};

static size_t
lines_of(const struct inspect_result *r, const char *lines[MRZ_LINES_MAX])
{
	static const enum finding_name names[] = {FINDING_mrz_line_1,
	    FINDING_mrz_line_2, FINDING_mrz_line_3};
	size_t count = 0;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const char *text = findings_text(&r->findings, names[i]);
		if (text[0])
			lines[count++] = text;
	}
	return count;
}

static size_t
printed_count(const struct findings *f)
{
	size_t count = 0;
	for (size_t i = 0; i < COUNT_OF(printed); i++)
		count += findings_text(f, printed[i])[0] != '\0';
	return count;
}

/* A front without a zone is read when all that it tells was read. */
static enum inspect_verdict
judge_print(const struct findings *f)
{
	size_t count = printed_count(f);
	if (count == PRINTED_ALL)
		return INSPECT_READ;
	return count > 0 ? INSPECT_DOUBTFUL : INSPECT_UNREADABLE;
}

void
inspect_judge(struct inspect_result *r)
{
	const char *lines[MRZ_LINES_MAX];
	const struct findings *f = &r->findings;
	r->verdict = INSPECT_UNREADABLE;
	if (r->code != OK)
		return;
	size_t count = lines_of(r, lines);
	if (count == 0 ||
	    mrz_parse(lines, count, clock_now(), &r->mrz) != OK) {
		err_clear();
		r->mrz.format = MRZ_NONE;
		r->verdict = judge_print(f);
		return;
	}
	bool sure = r->mrz.bad_digits == 0 && r->mrz.flaws == 0 &&
	    !mrz_doubt_of(f).text;
	r->verdict = sure ? INSPECT_READ : INSPECT_DOUBTFUL;
}

const char *
inspect_verdict_text(enum inspect_verdict verdict)
{
	static const char *const texts[] = {"read", "doubtful",
	    "unreadable"};
	return texts[verdict];
}

static const char *
kind_of(const struct mrz *m)
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

static json_t *
document_json(const struct inspect_result *r)
{
	const struct mrz *m = &r->mrz;
	return json_pack("{s:b,s:s,s:s,s:s}", "found",
	    (int)findings_number(&r->findings, FINDING_document_found, 0),
	    "kind", kind_of(m), "country",
	    m->format == MRZ_NONE ? "" : country_alpha3(m->issuer), "format",
	    mrz_format_text(m->format));
}

static json_t *
values_json(const struct mrz *m)
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

static json_t *
mrz_json(const struct inspect_result *r)
{
	const char *lines[MRZ_LINES_MAX];
	size_t count = lines_of(r, lines);
	json_t *texts = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(texts, json_string(lines[i]));
	const char *digits = r->mrz.format == MRZ_NONE ? "none" :
	    r->mrz.bad_digits > 0 ? "fail" : "pass";
	return json_pack("{s:o,s:s,s:i,s:o}", "lines", texts, "digits",
	    digits, "repaired",
	    (int)findings_number(&r->findings, FINDING_mrz_repaired, 0),
	    "fields", values_json(&r->mrz));
}

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

static json_t *
fields_json(const struct findings *f)
{
	json_t *out = json_array();
	for (size_t i = 0; i < COUNT_OF(printed); i++) {
		const struct finding *at = findings_find(f, printed[i]);
		if (at)
			json_array_append_new(out, json_pack("{s:s,s:s,s:f,s:o}",
			    "name", finding_name_text(at->name), "text",
			    at->text, "confidence", at->confidence, "region",
			    region_json(at->box)));
	}
	return out;
}

static json_t *
quality_json(const struct findings *f)
{
	json_t *out = json_array();
	for (size_t i = 0; i < COUNT_OF(quality); i++) {
		const struct finding *at = findings_find(f, quality[i]);
		if (at)
			json_array_append_new(out, json_pack("{s:s,s:o}",
			    "name", finding_name_text(at->name), "value",
			    number_json(at->value)));
	}
	return out;
}

/* The checks' opinions, as of somebody who declared nothing. */
static size_t
run_checks(const struct inspect_result *r, struct result out[CHECK_COUNT])
{
	struct dossier d = {.now = clock_now(), .level = 'l', .test = true,
	    .minimum_age = 18, .declared_name = "",
	    .country = country_alpha3(r->mrz.issuer),
	    .kind = kind_of(&r->mrz), .mrz_side = -1};
	d.sides[r->back ? 1 : 0] = &r->findings;
	dossier_read_mrz(&d);
	return checks_run(&d, out);
}

static bool
is_shown(enum check_name name)
{
	for (size_t i = 0; i < COUNT_OF(shown); i++)
		if (shown[i] == name)
			return true;
	return false;
}

static json_t *
checks_json(const struct inspect_result *r)
{
	struct result results[CHECK_COUNT];
	json_t *out = json_array();
	size_t count = run_checks(r, results);
	for (size_t i = 0; i < count; i++) {
		const struct result *c = &results[i];
		if (is_shown(c->check))
			json_array_append_new(out, json_pack(
			    "{s:s,s:s,s:o,s:o,s:o,s:s}", "name",
			    check_name_text(c->check), "verdict",
			    verdict_text(c->verdict), "value",
			    number_json(c->value), "threshold",
			    number_json(c->threshold), "region",
			    region_json(c->box), "explanation",
			    c->explanation));
	}
	return out;
}

static json_t *
timing_json(const struct inspect_result *r)
{
	json_t *out = json_object();
	for (size_t i = 0; i < COUNT_OF(stages); i++)
		json_object_set_new(out, stages[i].name, json_real(
		    findings_number(&r->findings, stages[i].finding, 0)));
	json_object_set_new(out, "total",
	    json_integer((json_int_t)r->total_ms));
	return out;
}

json_t *
inspect_json(const struct inspect_result *r)
{
	json_t *out = json_pack("{s:i,s:s,s:s,s:o,s:o,s:o,s:o,s:o,s:o}",
	    "version", SCHEMA_VERSION, "file", r->file, "verdict",
	    inspect_verdict_text(r->verdict), "document", document_json(r),
	    "mrz", mrz_json(r), "fields", fields_json(&r->findings),
	    "quality", quality_json(&r->findings), "checks",
	    r->code == OK ? checks_json(r) : json_array(), "timing_ms",
	    timing_json(r));
	if (r->code != OK)
		json_object_set_new(out, "error", json_pack("{s:s,s:s}",
		    "code", err_api_name(r->code), "message",
		    r->explanation));
	return out;
}

static void
print_mrz(const struct inspect_result *r)
{
	const char *lines[MRZ_LINES_MAX];
	size_t count = lines_of(r, lines);
	const struct mrz *m = &r->mrz;
	for (size_t i = 0; i < count; i++)
		printf("  %s\n", lines[i]);
	if (m->format == MRZ_NONE)
		return;
	printf("  %s of %s, %s, number %s\n", kind_of(m),
	    country_alpha3(m->issuer), mrz_format_text(m->format), m->number);
	printf("  %s %s, born %s, sex %c, expires %s\n", m->given_names,
	    m->surname, m->birth_date, m->sex,
	    m->expiry[0] ? m->expiry : "(not told)");
}

static void
print_checks(const struct inspect_result *r)
{
	struct result results[CHECK_COUNT];
	size_t count = run_checks(r, results);
	for (size_t i = 0; i < count; i++)
		if (is_shown(results[i].check))
			printf("  %-7s %s: %s\n",
			    verdict_text(results[i].verdict),
			    check_title(results[i].check),
			    results[i].explanation);
}

void
inspect_print(const struct inspect_result *r)
{
	printf("%s: %s\n", r->file, inspect_verdict_text(r->verdict));
	if (r->code != OK) {
		printf("  %s (%s)\n", err_text(r->code), r->explanation);
		return;
	}
	print_mrz(r);
	for (size_t i = 0; i < COUNT_OF(printed); i++) {
		const struct finding *at =
		    findings_find(&r->findings, printed[i]);
		if (at)
			printf("  %-20s %s (%.2f)\n",
			    finding_name_text(at->name), at->text,
			    at->confidence);
	}
	print_checks(r);
	printf("  %lld ms\n", (long long)r->total_ms);
}
