/*
 * Whether the document held before the camera is the one that was
 * photographed: by its zone letter for letter, by what is printed on it, and
 * by its picture, portrait included.
 *
 * What was not read, or not surely, is no difference. One digit read otherwise
 * in a moving picture is a doubt; a number, birth date and expiry that are all
 * others are another document.
 */
#include "base/enum.h"
#include "checks/printed.h"
#include "checks/recorded.h"

#include <string.h>

#define SURE_LEAST 0.9   /* of a zone's letters, to contradict */
#define LIKE_LEAST 0.55  /* correlation of the whole card */
#define OTHER_MOST 0.25  /* below it is another picture */
#define PORTRAIT_OTHER 0.6 /* see same_print.h */
#define LONG_SIDE 1280   /* pixels (TS 119 461, 8.3.3; product 6) */
#define SHORT_SIDE 720

struct tally {
	int same, other;
};

/* The zone in the recording against the one that was photographed. */
static void
compare_zone(const struct dossier *d, const struct findings *f,
    struct tally *t)
{
	struct dossier shown = {.now = d->now, .sides = {f, NULL}};
	struct mrz m;
	if (d->mrz.format == MRZ_NONE || !dossier_side_mrz(&shown, 0, &m) ||
	    m.format != d->mrz.format || m.bad_digits > 0 ||
	    findings_number(f, FINDING_mrz_confidence, 0) < SURE_LEAST)
		return;
	strcmp(m.number, d->mrz.number) == 0 ? t->same++ : t->other++;
	strcmp(m.birth_date, d->mrz.birth_date) == 0 ? t->same++ : t->other++;
	strcmp(m.expiry, d->mrz.expiry) == 0 ? t->same++ : t->other++;
}

static void
compare_print(const struct dossier *d, const struct findings *f,
    struct tally *t)
{
	static const enum finding_name names[] = {FINDING_printed_number,
	    FINDING_printed_birth_date, FINDING_printed_expiry,
	    FINDING_printed_surname};
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const struct finding *here = findings_find(f, names[i]);
		const struct finding *there = findings_find(d->sides[0],
		    names[i]);
		if (!here || !there || !here->text[0] || !there->text[0])
			continue;
		if (strcmp(here->text, there->text) == 0)
			t->same++;
		else if (here->confidence >= PRINTED_SURE &&
		    there->confidence >= PRINTED_SURE)
			t->other++;
	}
}

static void
doubt(struct result *out, enum verdict verdict, const char *why)
{
	result_set(out, verdict, "%s", why);
	result_reason(out, verdict == VERDICT_FAIL ? "not_verified" :
	    "document_not_seen");
}

/* No suspicion, but nothing for an operator either: it is recorded again. */
static void
nothing_seen(struct result *out)
{
	result_set(out, VERDICT_FAIL, "no document is seen");
	result_reason(out, "document_not_seen");
}

/* The page records no less, so something else made this one. */
static bool
is_small(const struct findings *f, struct result *out)
{
	double wide = findings_number(f, FINDING_width, LONG_SIDE);
	double high = findings_number(f, FINDING_height, SHORT_SIDE);
	double less = wide < high ? wide : high;
	double more = wide < high ? high : wide;
	if (more >= LONG_SIDE && less >= SHORT_SIDE)
		return false;
	if (less < SHORT_SIDE)
		result_measure(out, less, SHORT_SIDE);
	else
		result_measure(out, more, LONG_SIDE);
	doubt(out, VERDICT_UNSURE, "the recording is smaller than 1280 x 720");
	return true;
}

static void
judge(const struct dossier *d, const struct findings *f, struct result *out)
{
	double whole = findings_number(d->compared, FINDING_front_likeness,
	    -2);
	const struct finding *portrait = findings_find(d->compared,
	    FINDING_portrait_likeness);
	struct tally t = {0};
	compare_zone(d, f, &t);
	compare_print(d, f, &t);
	if (whole > -2)
		result_measure(out, whole, LIKE_LEAST);
	if (t.other >= 2 && t.other > t.same) {
		doubt(out, VERDICT_FAIL, "another document is shown");
		return;
	}
	if (whole > -2 && whole < OTHER_MOST) {
		doubt(out, VERDICT_UNSURE, t.same > 0 ?
		    "its picture looks different" : "its picture looks "
		    "different, nothing is read alike: look yourself (another "
		    "document, or a camera that mirrors; letters tell)");
		return;
	}
	if (portrait && portrait->value < PORTRAIT_OTHER) {
		result_measure(out, portrait->value, PORTRAIT_OTHER);
		out->box = portrait->box;
		doubt(out, VERDICT_UNSURE, "the portrait looks different");
		return;
	}
	if (t.other > 0)
		doubt(out, VERDICT_UNSURE, "something is read otherwise");
	else if (t.same == 0 && findings_number(f, FINDING_shown_pages, 1) < 1)
		nothing_seen(out);
	else if (is_small(f, out))
		return;
	else if (t.same >= 2)
		result_set(out, VERDICT_PASS, "%d values read alike", t.same);
	else
		doubt(out, VERDICT_UNSURE, "too little could be read");
}

static void
run(const struct dossier *d, struct result *out)
{
	const struct findings *f;
	if (!recorded_find(d, SOURCE_DOCUMENT, "document_not_seen", out, &f))
		return;
	judge(d, f, out);
}

const struct check check_document_shown = {"document_shown", run};
