/*
 * Lines as a recogniser might hand them over, split at line breaks: parsed,
 * and decided on with a doubt in some places; what comes out must be text
 * within its bounds.
 */
#include "base/fuzz.h"
#include "ident/mrz.h"

#include <assert.h>
#include <string.h>

#define NOW INT64_C(1781481600000)
#define INPUT_MAX 256

static void
check(const struct mrz *m)
{
	char list[400];

	assert(m->format != MRZ_NONE && m->format < MRZ_FORMAT_COUNT);
	assert(m->bad_digits <= m->digits);
	assert(strlen(m->number) < MRZ_NUMBER_SIZE);
	assert(strlen(m->surname) < MRZ_NAME_SIZE);
	assert(strlen(m->given_names) < MRZ_NAME_SIZE);
	assert(m->expiry[0] == '\0' || strlen(m->expiry) == 10);
	assert(m->birth_date[0] == '\0' || strlen(m->birth_date) == 10);
	mrz_bad_digits_list(m, list, sizeof(list));
	mrz_flaws_list(m->flaws, list, sizeof(list));
	(void)mrz_age(m->birth_date, NOW);
}

/* A small letter is a doubt between its capital and the next one. */
static void
see(const char *const lines[], size_t count, struct mrz_seen *out)
{
	for (; out->count < count && out->count < MRZ_LINES_MAX;
	    out->count++) {
		const char *line = lines[out->count];
		size_t length = strlen(line);
		if (length >= MRZ_LINE_SIZE)
			length = MRZ_LINE_SIZE - 1;
		out->columns[out->count] = (int)length;
		for (size_t i = 0; i < length; i++) {
			float *p = out->p[out->count][i];
			bool doubt = line[i] >= 'a' && line[i] <= 'z';
			char capital = (char)(line[i] - (doubt ? 32 : 0));
			const char *at = strchr(mrz_letters, capital);
			size_t index = at ? (size_t)(at - mrz_letters) : 0;
			p[index % MRZ_LETTERS] = doubt ? 0.6f : 0.999f;
			p[(index + 1) % MRZ_LETTERS] += doubt ? 0.4f : 0;
		}
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[INPUT_MAX + 1];
	const char *lines[4];
	size_t count = 0;
	struct mrz m;
	struct mrz_reading r;

	if (size > INPUT_MAX)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	for (char *at = text; at && count < 4; count++)
		lines[count] = strsep(&at, "\n");
	bool read = mrz_parse(lines, count, NOW, &m) == OK;
	if (read)
		check(&m);
	assert(!read || mrz_misfit(lines, count) == 0);
	static struct mrz_seen seen;
	memset(&seen, 0, sizeof(seen));
	see(lines, count, &seen);
	if (mrz_decide(&seen, NOW, &r) == OK && r.mrz.format != MRZ_NONE) {
		check(&r.mrz);
		assert(r.repaired <= MRZ_MENDED_MAX);
		assert(r.margin >= 0 && r.margin <= MRZ_MARGIN_MAX);
	}
	return 0;
}
