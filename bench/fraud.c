/*
 * What the looks for forgeries measure in pictures, what the checks make of
 * it, and the CPU each look takes: one line of JSON a picture. What is printed
 * is not read, which takes longer than all of them. bench/fraud.py makes
 * tables of it.
 *
 *     build/tests/vision/bench_fraud MODELS PICTURE...
 */
#include "checks/check.h"
#include "vision/sight.h"
#include "vision/threads.h"

#include "base/enum.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>


static const struct {
	const char *name;
	RESULT (*run)(struct sight *s);
} looks[] = {
#define LOOK(name, timing) {#name, look_##name},
#include "vision/looks.def"
#undef LOOK
};

static struct findings found;

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
		if (strcmp(looks[i].name, "print") == 0)
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
		if (finding_type_of(f->name) == FINDING_TEXT)
			printf(", \"%s\": \"%s\", \"%s_sure\": %.4g",
			    finding_name_text(f->name), f->text,
			    finding_name_text(f->name), f->confidence);
		else
			printf(", \"%s\": %.6g", finding_name_text(f->name),
			    f->value);
	}
}

static void
print_verdicts(void)
{
	static const enum check_name checks[] = {CHECK_not_grey,
	    CHECK_not_screen, CHECK_not_printed_copy, CHECK_file_traces};
	struct result results[CHECK_COUNT];
	struct dossier d = {.level = 'l', .sides = {&found}};
	size_t count = checks_run(&d, results);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < COUNT_OF(checks); k++)
			if (results[i].check == checks[k])
				printf(", \"%s\": \"%s\", \"%s_why\": \"%s\"",
				    check_name_text(checks[k]),
				    verdict_text(results[i].verdict),
				    check_name_text(checks[k]),
				    results[i].explanation);
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
	    .file = SPAN(bytes, size), .out = &found};
	printf("{\"file\": \"%s\", ", path);
	enum err code = look_at(&s, true);
	print_findings();
	print_verdicts();
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
	for (int i = 2; i < argc; i++)
		if (one_picture(&tools, argv[i]) != OK)
			fprintf(stderr, "%s: %s\n", argv[i],
			    err_explanation());
	inspector_clear(&tools);
	return 0;
}
