/*
 * What paraph-inspect tells people: in 80 columns, what went wrong first.
 */
#include "cli/inspect.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/enum.h"
#include "cli/inspect_text.h"
#include "ident/country.h"
#include "ident/document.h"

#define COLUMN_NAME 13
#define COLUMN_TEXT 23

static enum paint
verdict_paint(enum inspect_verdict v)
{
	return v == INSPECT_READ ? GOOD : v == INSPECT_DOUBTFUL ? DOUBT : BAD;
}

static void
print_heading(const struct card *c, int side)
{
	char name[SMALL_SIZE];
	const char *verdict = inspect_verdict_text(c->sides[side].verdict);
	clean_name(c->files[side], name);
	printf("%s%s%s", paint(BOLD), name, plain());
	pad(columns_of(name), WIDTH - 1 - (int)strlen(verdict));
	printf("%s%s%s\n", paint(verdict_paint(c->sides[side].verdict)),
	    verdict, plain());
}

/* What is not known is left out. */
static void
print_document(const struct card *c)
{
	const struct mrz *m = &c->dossier.mrz;
	const struct inspect_result *r = &c->sides[c->files[0] ? 0 : 1];
	bool zone = m->format != MRZ_NONE;
	const char *code = zone ? m->issuer : card_country_of(r);
	const char *kind = zone ? card_kind(m) : card_kind_of(r);
	const char *words = document_kind_text(kind, "en");
	const struct country *country = country_find(code);
	char text[SMALL_SIZE];
	if (!zone && !code[0] && strcmp(kind, "unknown") == 0)
		return;
	snprintf(text, sizeof(text), "%s of %s (%s), %s%s",
	    words[0] ? words : kind, country ? country->english :
	    "an unknown issuer", country_alpha3(code),
	    zone ? "zone of format " : "by its print",
	    zone ? mrz_format_text(m->format) : "");
	printf("  ");
	for (char *p = text; *p; p++)
		if (*p == '_')
			*p = ' ';
	print_wrapped(2, 2, text);
}

static void
print_line(const char *line, const char *letters)
{
	bool doubt = false;
	printf("    ");
	for (size_t i = 0; line[i]; i++) {
		bool bad = letters[0] &&
		    letters[i] - '0' < CARD_LETTER_TENTHS;
		doubt = doubt || bad;
		printf("%s%c%s", bad ? paint(DOUBT) : "", line[i],
		    bad ? plain() : "");
	}
	putchar('\n');
	if (!doubt)
		return;
	printf("    %s", paint(DOUBT));
	size_t end = strlen(letters);
	while (letters[end - 1] - '0' >= CARD_LETTER_TENTHS)
		end--;
	for (size_t i = 0; i < end; i++)
		putchar(letters[i] - '0' < CARD_LETTER_TENTHS ? '^' : ' ');
	printf("%s\n", plain());
}

static void
print_zone(const struct inspect_result *r)
{
	const char *lines[MRZ_LINES_MAX], *letters[MRZ_LINES_MAX];
	size_t count = card_lines(&r->findings, lines, letters);
	int repaired = (int)findings_number(&r->findings,
	    FINDING_mrz_repaired, 0);
	if (count == 0)
		return;
	printf("\n");
	for (size_t i = 0; i < count; i++)
		print_line(lines[i], letters[i]);
	if (repaired > 0)
		printf("    %s%d letter%s mended%s\n", paint(DOUBT), repaired,
		    repaired == 1 ? "" : "s", plain());
}

static void
print_cell(const char *text, enum paint p, int to)
{
	char shown[SMALL_SIZE];
	int width = 0;
	size_t end = 0;
	/* what is longer than its column is cut; --json has it whole */
	for (; text[end] && end + 4 < sizeof(shown); end++) {
		width += ((unsigned char)text[end] & 0xc0) != 0x80;
		if (width == COLUMN_TEXT)
			break;
	}
	snprintf(shown, sizeof(shown), "%.*s%s", (int)end, text,
	    text[end] ? "…" : "");
	printf("%s%s%s", paint(p), shown, plain());
	if (to > 0)
		pad(columns_of(shown), to);
}

static void
print_agreement(const struct card_field *f)
{
	if (!f->print)
		return;
	printf("%3.0f %%", f->print->confidence * 100);
	if (f->agrees == CONTRADICTS)
		printf("  %sdiffers%s", paint(BAD), plain());
	if (f->agrees == UNREADABLE)
		printf("  %snot sure%s", paint(DOUBT), plain());
}

static void
print_code(const struct card_field *f, const struct mrz *m)
{
	if (!f->code)
		return;
	bool differs = card_agreement(f->code, m) == CONTRADICTS;
	printf("\n  %*sbarcode: %s%s%s", COLUMN_NAME, "",
	    paint(differs ? BAD : PLAIN), f->code->text, plain());
}

/* Of a date no more than the zone tells: some have no day. */
static void
print_zone_cell(const char *text, int to)
{
	char told[SMALL_SIZE];
	snprintf(told, sizeof(told), "%s", text);
	for (size_t end = strlen(told); end == 7 || end == 10; end -= 3) {
		if (told[4] != '-' || strcmp(told + end - 3, "-00") != 0)
			break;
		told[end - 3] = '\0';
	}
	print_cell(told, PLAIN, to);
}

static void
print_fields(const struct card *c)
{
	struct card_field fields[CARD_FIELDS_MAX];
	size_t count = card_fields(c, fields);
	if (count == 0)
		return;
	printf("\n  %s%-*s%-*s %-*s %s%s\n", paint(DIM), COLUMN_NAME, "",
	    COLUMN_TEXT, "zone", COLUMN_TEXT, "print", "sure", plain());
	for (size_t i = 0; i < count; i++) {
		const struct card_field *f = &fields[i];
		char name[SMALL_SIZE];
		bool differs = f->agrees == CONTRADICTS;
		snprintf(name, sizeof(name), "%s", f->name);
		for (char *p = name; *p; p++)
			if (*p == '_')
				*p = ' ';
		printf("  %-*s", COLUMN_NAME, name);
		print_zone_cell(f->zone, f->print ? COLUMN_TEXT + 1 : 0);
		if (f->print)
			print_cell(f->print->text, differs ? BAD : PLAIN,
			    COLUMN_TEXT + 1);
		print_agreement(f);
		print_code(f, &c->dossier.mrz);
		putchar('\n');
	}
}

/* Nothing where there should be something tells no more than the words. */
static bool
has_figures(const struct result *r)
{
	return isfinite(r->value) && isfinite(r->threshold) &&
	    !(r->value == 0 && r->threshold == 1);
}

static void
print_check(const struct result *r)
{
	const char *verdict = verdict_text(r->verdict);
	char text[2 * SMALL_SIZE];
	int used = snprintf(text, sizeof(text), "%s", r->explanation);
	if (has_figures(r))
		snprintf(text + used, sizeof(text) - (size_t)used,
		    ": %.3g against %.3g", r->value, r->threshold);
	printf("  %s%-8s%s%s\n%10s", paint(r->verdict == VERDICT_FAIL ?
	    BAD : DOUBT), verdict, plain(), check_title(r->check), "");
	print_wrapped(10, 10, text);
}

/* What could not be judged for want of a zone is one line, not ten. */
static bool
wants_zone(const struct card *c, const struct result *r)
{
	bool zone = c->dossier.mrz.format != MRZ_NONE;
	return !zone && r->verdict != VERDICT_PASS && !isfinite(r->value) &&
	    (r->side < 0 || r->box.width == 0);
}

static bool
passes(const struct card *c, const struct result *r)
{
	(void)c;
	return r->verdict == VERDICT_PASS;
}

static void
print_names(const struct card *c, const char *word, enum paint p,
    bool (*chosen)(const struct card *, const struct result *))
{
	char names[2048] = "";
	size_t used = 0;
	for (size_t i = 0; i < c->check_count; i++)
		if (chosen(c, &c->checks[i]) && used < sizeof(names) - 64)
			used += (size_t)snprintf(names + used,
			    sizeof(names) - used, "%s%s", used ? ", " : "",
			    check_name_text(c->checks[i].check));
	if (!used)
		return;
	printf("  %s%-8s%s", paint(p), word, plain());
	print_wrapped(10, 10, names);
}

static void
print_checks(const struct card *c)
{
	static const enum verdict order[] = {VERDICT_FAIL, VERDICT_WARN,
	    VERDICT_UNSURE};
	if (c->check_count > 0)
		putchar('\n');
	for (size_t k = 0; k < COUNT_OF(order); k++)
		for (size_t i = 0; i < c->check_count; i++)
			if (c->checks[i].verdict == order[k] &&
			    !wants_zone(c, &c->checks[i]))
				print_check(&c->checks[i]);
	print_names(c, "no zone", DOUBT, wants_zone);
	print_names(c, "pass", GOOD, passes);
}

/* What whoever holds the camera can do better: several measurements may ask
 * for the same, which is said once. */
static void
print_advice(const struct card *c, int side)
{
	const struct inspect_result *r = &c->sides[side];
	const char *before = "";
	for (size_t i = 0; i < r->findings.count; i++) {
		const struct finding *f = &r->findings.items[i];
		struct card_rule rule;
		if (!card_rule_of(f->name, side, &rule) ||
		    !card_rule_broken(c, &rule, f->value) ||
		    strcmp(rule.sentence, before) == 0)
			continue;
		before = rule.sentence;
		printf("\n  %s!%s ", paint(DOUBT), plain());
		print_wrapped(4, 4, rule.sentence);
	}
}

/* The front of a card tells little alone. */
static void
print_advice_zone(const struct card *c)
{
	bool alone = c->files[0] && !c->files[1];
	if (!alone || c->dossier.mrz.format != MRZ_NONE ||
	    c->sides[0].verdict == INSPECT_UNREADABLE)
		return;
	printf("  ");
	print_wrapped(2, 2, "There is no machine-readable zone on this side. "
	    "If it is a card, give both: --front FILE --back FILE");
}

/* Processor time of all stages. */
static double
work_ms(const struct findings *f)
{
	static const char timing[] = "timing_";
	double sum = 0;
	for (size_t i = 0; i < f->count; i++)
		if (strncmp(finding_name_text(f->items[i].name), timing,
		    sizeof(timing) - 1) == 0)
			sum += f->items[i].value;
	return sum;
}

static void
print_time(const struct card *c)
{
	int64_t total = 0;
	double work = 0;
	for (int side = 0; side < SIDES_MAX; side++) {
		total += c->sides[side].total_ms;
		work += work_ms(&c->sides[side].findings);
	}
	printf("\n  %s%lld ms, %.0f of the processor%s\n", paint(DIM),
	    (long long)total, work, plain());
}

static void
print_refusal(const struct inspect_result *r)
{
	char text[2 * SMALL_SIZE];
	snprintf(text, sizeof(text), "%s %s%s%s", err_text(r->code),
	    r->explanation[0] ? "(" : "", r->explanation,
	    r->explanation[0] ? ")" : "");
	printf("  ");
	print_wrapped(2, 2, text);
}

void
card_print(const struct card *c, bool colour)
{
	text_colour(colour);
	for (int side = 0; side < SIDES_MAX; side++) {
		if (!c->files[side])
			continue;
		print_heading(c, side);
		if (c->sides[side].code != OK)
			print_refusal(&c->sides[side]);
	}
	print_document(c);
	print_advice_zone(c);
	for (int side = 0; side < SIDES_MAX; side++)
		print_zone(&c->sides[side]);
	print_fields(c);
	print_checks(c);
	for (int side = 0; side < SIDES_MAX; side++)
		print_advice(c, side);
	print_time(c);
}
