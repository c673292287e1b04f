/*
 * The checks of the qcp levels that a single recording can support.
 */
#include "cli/inspect_recording.h"

#include "base/clock.h"
#include "base/enum.h"

static const enum check_name of_face[] = {CHECK_face_present,
    CHECK_face_uncovered, CHECK_one_person, CHECK_challenge_followed,
    CHECK_not_flat, CHECK_film_whole, CHECK_same_face, CHECK_film_live,
    CHECK_film_not_screen, CHECK_face_shaded, CHECK_light_followed};

static const enum check_name of_document[] = {CHECK_document_moves};

static bool
is_one_of(enum check_name check, const enum check_name *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (names[i] == check)
			return true;
	return false;
}

const char *
told_not_judged(const struct told *t, enum check_name check)
{
	bool light = false;
	for (size_t i = 0; i < t->asked.count; i++)
		light |= prompt_is_light(t->asked.prompts[i].name);
	if (check == CHECK_challenge_followed && t->asked.count < 2)
		return t->asked.count == 0 ?
		    "no challenge was given: the actions seen are listed, "
		    "not judged" :
		    "no action was asked for: those seen are listed, not "
		    "judged";
	if (check == CHECK_light_followed && !light)
		return "no light was asked for: a film of a person, played to "
		    "the camera, may look the same";
	return NULL;
}

static bool
is_judged(const struct told *t, enum check_name check)
{
	if (t->document)
		return is_one_of(check, of_document, COUNT_OF(of_document));
	return is_one_of(check, of_face, COUNT_OF(of_face)) &&
	    !told_not_judged(t, check);
}

void
told_judge(struct told *t)
{
	struct result all[CHECK_COUNT];
	struct dossier d = {.now = clock_now(), .level = 'q', .test = true,
	    .minimum_age = 18, .declared_name = "", .country = "",
	    .kind = "", .mrz_side = -1, .challenge = &t->asked};
	if (t->document)
		d.shown = &t->seen.findings;
	else
		d.face = &t->seen.findings;
	size_t count = checks_run(&d, all);
	for (size_t i = 0; i < count; i++)
		if (is_judged(t, all[i].check))
			t->checks[t->count++] = all[i];
	for (size_t i = 0; i < t->count; i++)
		if (t->checks[i].verdict != VERDICT_PASS &&
		    check_strength(t->checks[i].check) == CHECK_STRONG)
			t->seen.verdict = INSPECT_DOUBTFUL;
}
