/*
 * The table of checks and the running of it.
 */
#include "checks/check.h"
#include "base/enum.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define CHECK(name, levels, strength, mendable, title)                         \
	extern const struct check check_##name;
#include "checks/checks.def"
#undef CHECK

struct row {
	const struct check *check;
	const char *name, *levels, *title;
	enum check_strength strength;
	bool mendable;
};

static const struct row rows[CHECK_COUNT] = {
#define CHECK(name, levels, strength, mendable, title)                         \
	{&check_##name, #name, levels, title, CHECK_##strength, mendable},
#include "checks/checks.def"
#undef CHECK
};

struct reason {
	const char *code;
	bool told;
	const char *text;
};

static const struct reason reasons[] = {
#define REASON(code, told, text) {#code, told, text},
#include "checks/reasons.def"
#undef REASON
};

static const char *const verdicts[] = {
    [VERDICT_PASS] = "pass",
    [VERDICT_WARN] = "warn",
    [VERDICT_FAIL] = "fail",
    [VERDICT_UNSURE] = "unsure",
};

static const char *const sources[SOURCE_COUNT] = {"front", "back", "face",
    "document", "compared"};

const char *
source_text(int source)
{
	return source >= 0 && source < SOURCE_COUNT ? sources[source] : "";
}

static const struct reason *
reason_find(const char *code)
{
	for (size_t i = 0; code && i < COUNT_OF(reasons); i++)
		if (strcmp(reasons[i].code, code) == 0)
			return &reasons[i];
	return NULL;
}

void
result_set(struct result *out, enum verdict verdict, const char *format, ...)
{
	va_list args;

	out->verdict = verdict;
	va_start(args, format);
	vsnprintf(out->explanation, sizeof(out->explanation), format, args);
	va_end(args);
}

void
result_measure(struct result *out, double value, double threshold)
{
	out->value = value;
	out->threshold = threshold;
}

void
result_reason(struct result *out, const char *reason)
{
	const struct reason *known = reason_find(reason);

	assert(known);
	out->reason = known->told ? known->code : "not_verified";
}

size_t
checks_run(const struct dossier *d, struct result *out)
{
	size_t count = 0;

	for (size_t i = 0; i < CHECK_COUNT; i++) {
		if (!d->level || !strchr(rows[i].levels, d->level))
			continue;
		struct result *r = &out[count++];
		*r = (struct result){.check = (enum check_name)i,
		    .verdict = VERDICT_UNSURE, .value = NAN,
		    .threshold = NAN, .side = -1, .reason = ""};
		rows[i].check->run(d, r);
		if (r->verdict == VERDICT_PASS)
			r->reason = "";
	}
	return count;
}

/* The lines of one side as the inspector reported them. */
static bool
read_side(const struct findings *f, int64_t now, struct mrz *out)
{
	static const enum finding_name names[] = {FINDING_mrz_line_1,
	    FINDING_mrz_line_2, FINDING_mrz_line_3};
	const char *lines[MRZ_LINES_MAX];
	size_t count = 0;

	for (size_t i = 0; f && i < COUNT_OF(names); i++) {
		const struct finding *line = findings_find(f, names[i]);
		if (!line || line->text[0] == '\0')
			break;
		lines[count++] = line->text;
	}
	if (count == 0)
		return false;
	if (mrz_parse(lines, count, now, out) == OK)
		return true;
	err_clear();
	return false;
}

void
dossier_read_mrz(struct dossier *d)
{
	struct mrz m;

	d->mrz = (struct mrz){.format = MRZ_NONE};
	d->mrz_side = -1;
	for (int side = 0; side < SIDES_MAX; side++) {
		if (!read_side(d->sides[side], d->now, &m))
			continue;
		if (d->mrz_side >= 0 && (!mrz_format_is_evidence(m.format) ||
		    mrz_format_is_evidence(d->mrz.format)))
			continue;
		d->mrz = m;
		d->mrz_side = side;
	}
}

bool
dossier_side_mrz(const struct dossier *d, int side, struct mrz *out)
{
	return read_side(d->sides[side], d->now, out);
}

const char *
check_name_text(enum check_name check)
{
	return check < CHECK_COUNT ? rows[check].name : "";
}

const char *
check_title(enum check_name check)
{
	return check < CHECK_COUNT ? rows[check].title : "";
}

enum check_strength
check_strength(enum check_name check)
{
	return rows[check].strength;
}

bool
check_mendable(enum check_name check)
{
	return rows[check].mendable;
}

bool
check_of_recording(enum check_name check)
{
	return !strchr(rows[check].levels, 'l');
}

enum check_name
check_of_text(const char *text)
{
	for (size_t i = 0; text && i < CHECK_COUNT; i++)
		if (strcmp(rows[i].name, text) == 0)
			return (enum check_name)i;
	return CHECK_COUNT;
}

const char *
verdict_text(enum verdict verdict)
{
	return verdict < COUNT_OF(verdicts) ? verdicts[verdict] : "";
}

/* What is unknown is a doubt, never a pass. */
enum verdict
verdict_of_text(const char *text)
{
	size_t i = enum_find(verdicts, COUNT_OF(verdicts), text);

	return i < COUNT_OF(verdicts) ? (enum verdict)i : VERDICT_UNSURE;
}

bool
reason_is_told(const char *code)
{
	const struct reason *r = reason_find(code);

	return r && r->told;
}

const char *
reason_text(const char *code)
{
	const struct reason *r = reason_find(code);

	return r ? r->text : "";
}
