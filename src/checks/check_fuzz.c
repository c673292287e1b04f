/*
 * Findings of a subverted inspector, for both sides (the first two bytes say
 * how long the first one is), into every check: no crash, and every answer is
 * within its bounds.
 */
#include "base/fuzz.h"
#include "checks/check.h"

#include <assert.h>
#include <string.h>

#define NOW INT64_C(1781481600000)

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct findings sides[SIDES_MAX];
	struct result results[CHECK_COUNT];
	struct dossier d = {.now = NOW, .level = "lqs"[size % 3],
	    .test = size % 2, .minimum_age = 18,
	    .declared_name = "Zoé Åsa Lindqvist", .country = "FRA",
	    .kind = size % 5 ? "identity_card" : "passport"};

	if (size < 2)
		return 0;
	size_t cut = (size_t)(data[0] << 8 | data[1]);
	data += 2;
	size -= 2;
	if (cut > size)
		return 0;
	if (findings_get(SPAN(data, cut), &sides[0]) == OK)
		d.sides[0] = &sides[0];
	if (findings_get(SPAN(data + cut, size - cut), &sides[1]) == OK)
		d.sides[1] = &sides[1];
	/* recordings are judged from the same bytes */
	d.face = d.sides[0];
	d.shown = d.compared = d.sides[1];
	dossier_read_mrz(&d);
	size_t count = checks_run(&d, results);
	for (size_t i = 0; i < count; i++) {
		assert(results[i].reason);
		assert(memchr(results[i].explanation, '\0',
		    sizeof(results[i].explanation)));
		assert(results[i].side >= -1 && results[i].side < SOURCE_COUNT);
	}
	return 0;
}
