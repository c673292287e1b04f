/*
 * paraph-inspect on recordings: what was seen, what was done, and what speaks
 * against it.
 */
#include "cli/inspect_recording.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/inspect_text.h"

#define SCHEMA_VERSION 1

/* "turn_left@2000 ...": names, and when each was shown. */
static RESULT
read_challenge(const char *text, bool document, struct challenge *out)
{
	char copy[512], names[CHALLENGE_TEXT_MAX] = "", *rest = copy, *word;
	uint32_t shown[CHALLENGE_MAX] = {0};
	size_t count = 0, used = 0;
	snprintf(copy, sizeof(copy), "%s", text);
	while ((word = strsep(&rest, " ")) != NULL) {
		char *at = strchr(word, '@');
		if (at)
			*at++ = '\0';
		if (count == CHALLENGE_MAX)
			return FAIL(ERR_INVALID, "too many prompts");
		shown[count] = at ? (uint32_t)strtoul(at, NULL, 10) : 0;
		used += (size_t)snprintf(names + used, sizeof(names) - used,
		    "%s%s", count++ ? " " : "", word);
		if (used >= sizeof(names))
			return FAIL(ERR_INVALID, "a challenge is too long");
	}
	TRY(challenge_parse(document ? PART_DOCUMENT : PART_FACE, names,
	    out));
	for (size_t i = 0; i < count; i++)
		out->prompts[i].shown_ms = out->prompts[i].asked_ms = shown[i];
	return OK;
}

static json_t *
number_json(double value)
{
	return isfinite(value) ? json_real(value) : json_null();
}

static json_t *
events_json(const struct findings *f)
{
	json_t *out = json_array();
	for (size_t i = 0; i < f->count; i++) {
		char name[24];
		unsigned from, to;
		double peak;
		if (f->items[i].name != FINDING_event ||
		    sscanf(f->items[i].text, "%23s %u %u %lf", name, &from,
			&to, &peak) != 4)
			continue;
		json_array_append_new(out, json_pack("{s:s,s:i,s:i,s:f}",
		    "name", name, "from_ms", (int)from, "to_ms", (int)to,
		    "peak", peak));
	}
	return out;
}

static json_t *
findings_json(const struct findings *f)
{
	json_t *out = json_object();
	for (size_t i = 0; i < f->count; i++) {
		const struct finding *at = &f->items[i];
		if (at->name == FINDING_event)
			continue;
		json_object_set_new(out, finding_name_text(at->name),
		    finding_type_of(at->name) == FINDING_TEXT ?
		    json_string(at->text) : number_json(at->value));
	}
	return out;
}

static json_t *
check_json(const struct result *r)
{
	json_t *span = r->to_ms ? json_pack("[i,i]", (int)r->from_ms,
	    (int)r->to_ms) : json_null();
	json_t *region = r->box.width ? json_pack("[i,i,i,i]", (int)r->box.x,
	    (int)r->box.y, (int)r->box.width, (int)r->box.height) :
	    json_null();
	return json_pack("{s:s,s:s,s:o,s:o,s:o,s:o,s:s,s:s}", "name",
	    check_name_text(r->check), "verdict", verdict_text(r->verdict),
	    "value", number_json(r->value), "threshold",
	    number_json(r->threshold), "region", region, "span_ms", span,
	    "reason", r->reason, "explanation", r->explanation);
}

/* Of a face: what was not asked for is no doubt, and is said. */
static json_t *
not_judged_json(const struct told *t)
{
	json_t *out = json_array();
	for (enum check_name c = 0; !t->document && c < CHECK_COUNT; c++) {
		const char *why = told_not_judged(t, c);
		if (why)
			json_array_append_new(out, json_pack("{s:s,s:s}",
			    "name", check_name_text(c), "why", why));
	}
	return out;
}

static void
tell_json(const struct told *t)
{
	json_t *checks = json_array(), *file = json_string(t->file);
	for (size_t i = 0; i < t->count; i++)
		json_array_append_new(checks, check_json(&t->checks[i]));
	json_t *out = json_pack("{s:i,s:o,s:s,s:s,s:o,s:o,s:o,s:o,s:i}",
	    "version", SCHEMA_VERSION, "file", file ? file :
	    json_string("(a name that is not UTF-8)"), "part",
	    t->document ? "document" : "face", "verdict",
	    inspect_verdict_text(t->seen.verdict), "events",
	    events_json(&t->seen.findings), "findings",
	    findings_json(&t->seen.findings), "checks", checks, "not_judged",
	    not_judged_json(t), "total_ms", (int)t->seen.total_ms);
	if (t->seen.code != OK)
		json_object_set_new(out, "error", json_pack("{s:s,s:s}",
		    "code", err_api_name(t->seen.code), "message",
		    t->seen.explanation));
	json_dumpf(out, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
	json_decref(out);
}

/* false: said on standard error why not. */
static bool
keep_film(const struct told *t, const char *path)
{
	AUTO(fclose) FILE *file = fopen(path, "wbe");
	if (file && fwrite(t->seen.film.data, 1, t->seen.film.size, file) ==
	    t->seen.film.size && fflush(file) == 0)
		return true;
	fprintf(stderr, "paraph inspect: %s cannot be written\n", path);
	return false;
}

static void
look(const struct inspector *tools, const struct options *o, struct told *t)
{
	AUTO(buf_clear) struct buf bytes, detail;
	buf_init(&detail, INSPECTION_DETAIL_MAX);
	struct inspect_wish wish = {.kind = t->document ?
		INSPECTION_document_shown : INSPECTION_face,
	    .picture = o->film != NULL,
	    .uncaged = getenv("PARAPH_SANDBOX_DEMO") != NULL};
	enum err code = read_bytes(t->file, inspect_file_max(wish.kind),
	    &bytes);
	if (code == OK && t->asked.count > 0)
		code = challenge_put(&detail, &t->asked);
	wish.detail = span_of_buf(&detail);
	if (code == OK) {
		inspect_file(tools, span_of_buf(&bytes), &wish, &t->seen);
		return;
	}
	t->seen = (struct inspect_result){.code = code,
	    .verdict = INSPECT_UNREADABLE};
	snprintf(t->seen.explanation, sizeof(t->seen.explanation), "%s",
	    err_explanation());
}

static int
status_of(const struct told *t, int status)
{
	if (t->seen.verdict == INSPECT_UNREADABLE)
		return STATUS_UNREADABLE;
	return status == STATUS_READ && t->seen.verdict == INSPECT_DOUBTFUL ?
	    STATUS_DOUBTFUL : status;
}

static int
inspect_one(const struct inspector *tools, const struct options *o,
    size_t index, int status)
{
	AUTO(free) struct told *t = calloc(1, sizeof(*t));
	if (!t)
		return STATUS_WRONG_USE;
	*t = (struct told){.file = o->files[index], .document = o->document};
	t->asked.part = o->document ? PART_DOCUMENT : PART_FACE;
	if (o->challenge && read_challenge(o->challenge, o->document,
	    &t->asked) != OK) {
		fprintf(stderr, "paraph inspect: %s\n", err_explanation());
		return STATUS_WRONG_USE;
	}
	look(tools, o, t);
	if (t->seen.code == OK)
		told_judge(t);
	if (o->json) {
		fputs(o->count == 1 ? "" : index == 0 ? "[\n" : ",\n", stdout);
		tell_json(t);
	} else {
		told_in_words(t);
	}
	fflush(stdout);
	status = status_of(t, status);
	if (o->film && t->seen.code == OK && !keep_film(t, o->film))
		status = STATUS_WRONG_USE;
	inspect_result_clear(&t->seen);
	return status;
}

int
inspect_recordings(const struct inspector *tools, const struct options *o)
{
	int status = STATUS_READ;
	text_colour(!o->json && isatty(STDOUT_FILENO));
	for (size_t i = 0; i < o->count && status != STATUS_WRONG_USE; i++)
		status = inspect_one(tools, o, i, status);
	if (o->json)
		fputs(o->count > 1 ? "\n]\n" : "\n", stdout);
	return status;
}
