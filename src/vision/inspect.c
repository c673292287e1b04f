/*
 * One picture into findings. Each look says what it found; a look that finds
 * nothing says nothing, and the checks make of that what they will.
 */
#include "vision/inspect.h"

#include "base/clock.h"
#include "base/enum.h"
#include "vision/look/look.h"

static const struct {
	RESULT (*run)(struct sight *s);
	enum finding_name timing;
} looks[] = {
#define LOOK(name, timing) {look_##name, FINDING_timing_##timing},
#include "vision/look/looks.def"
#undef LOOK
};

static RESULT
report_times(struct sight *s, const int64_t spent[FINDING_COUNT])
{
	for (size_t i = 0; i < FINDING_COUNT; i++)
		if (spent[i] > 0)
			TRY(sight_add_number(s, (enum finding_name)i,
			    (double)spent[i] / 1000));
	return OK;
}

RESULT
inspect_picture(const struct inspector *i, struct span file, bool back,
    struct findings *out, struct raster *seen)
{
	AUTO(sight_clear) struct sight s = {.tools = i, .file = file,
	    .back = back, .out = out};
	int64_t spent[FINDING_COUNT] = {0};
	out->count = 0;
	for (size_t k = 0; k < COUNT_OF(looks); k++) {
		int64_t start = clock_work_micros();
		TRY(looks[k].run(&s));
		spent[looks[k].timing] += clock_work_micros() - start;
	}
	TRY(report_times(&s, spent));
	return !seen ? OK : view_picture(&s.view, &s.still.colour, seen);
}
