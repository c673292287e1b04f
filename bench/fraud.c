/*
 * What the looks find in pictures, what the checks make of it, and the CPU
 * each look takes: one line of JSON a picture. bench/fraud.py makes tables of
 * it. A name that ends in _back.jpg is that of a card's back. With --looks only
 * some are done, which is faster and finds less.
 *
 *     build/tests/vision/bench_fraud MODELS [--looks=A,B] PICTURE...
 */
#include "checks/check.h"
#include "vision/look/look.h"
#include "vision/pixels/threads.h"

#include "base/enum.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const struct {
	const char *name;
	RESULT (*run)(struct sight *s);
} looks[] = {
#define LOOK(name, timing) {#name, look_##name},
#include "vision/look/looks.def"
#undef LOOK
};

static struct findings found;
static const char *wanted; /* names of looks, commas around; NULL: all */

static bool
is_wanted(const char *look)
{
	char name[64];
	snprintf(name, sizeof(name), ",%s,", look);
	return !wanted || strstr(wanted, name);
}

static double
cpu(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return 1e3 * (double)t.tv_sec + (double)t.tv_nsec / 1e6;
}

static RESULT
look_at(struct sight *s, bool first)
{
	for (size_t i = 0; i < COUNT_OF(looks); i++) {
		if (!is_wanted(looks[i].name))
			continue;
		double start = cpu();
		TRY(looks[i].run(s));
		printf("%s\"cpu_%s\": %.2f", first && i == 0 ? "" : ", ",
		    looks[i].name, cpu() - start);
	}
	return OK;
}

static void
print_findings(void)
{
	for (size_t i = 0; i < found.count; i++) {
		const struct finding *f = &found.items[i];
		if (finding_type_of(f->name) != FINDING_TEXT)
			printf(", \"%s\": %.6g", finding_name_text(f->name),
			    f->value);
	}
}

static void
print_number(const char *name, double value)
{
	if (isfinite(value))
		printf(", \"%s\": %.6g", name, value);
}

static void
print_verdicts(bool back)
{
	struct result results[CHECK_COUNT];
	struct dossier d = {.level = 'l', .sides = {
	    back ? NULL : &found, back ? &found : NULL}};
	dossier_read_mrz(&d);
	size_t count = checks_run(&d, results);
	printf(", \"checks\": {");
	for (size_t i = 0; i < count; i++) {
		const struct result *r = &results[i];
		printf("%s\"%s\": {\"verdict\": \"%s\", \"why\": \"%s\"",
		    i == 0 ? "" : ", ", check_name_text(r->check),
		    verdict_text(r->verdict), r->explanation);
		print_number("value", r->value);
		print_number("threshold", r->threshold);
		printf("}");
	}
	printf("}");
}

static bool
is_back(const char *path)
{
	static const char end[] = "_back.jpg";
	size_t size = strlen(path), least = sizeof(end) - 1;
	return size > least && strcmp(path + size - least, end) == 0;
}

static RESULT
one_picture(const struct inspector *tools, const char *path)
{
	static uint8_t bytes[STILL_FILE_MAX];
	AUTO(fclose) FILE *file = fopen(path, "rb");
	if (!file)
		return FAIL(ERR_NOT_FOUND, "no file '%s'", path);
	size_t size = fread(bytes, 1, sizeof(bytes), file);
	found.count = 0;
	AUTO(sight_clear) struct sight s = {.tools = tools,
	    .file = SPAN(bytes, size), .back = is_back(path),
	    .out = &found};
	printf("{\"file\": \"%s\", ", path);
	enum err code = look_at(&s, true);
	print_findings();
	print_verdicts(s.back);
	printf(", \"has_page\": %d, \"has_zone\": %d, \"contour\": %d}\n",
	    s.has_page, s.has_zone, s.has_page && s.page.by_contour);
	return code;
}

int
main(int argc, char **argv)
{
	struct inspector tools = {.nowhere = -1};
	threads_off(argv);
	if (argc < 3 || inspector_load(argv[1], &tools) != OK)
		return 2;
	int first = 2;
	if (strncmp(argv[2], "--looks=", 8) == 0) {
		static char names[512];
		snprintf(names, sizeof(names), ",%s,", argv[first++] + 8);
		wanted = names;
	}
	for (int i = first; i < argc; i++)
		if (one_picture(&tools, argv[i]) != OK)
			fprintf(stderr, "%s: %s\n", argv[i],
			    err_explanation());
	inspector_clear(&tools);
	return 0;
}
