/*
 * What each look at a picture costs, and whether a change that was to make
 * one faster changed what it says: reads pictures in one process, named on
 * standard input, and prints a line each of a digest over all findings but
 * times, and milliseconds of processor by look (looks.def), parted by tabs.
 *
 *	find DIR -name '*.jpg' | build/tests/vision/bench_looks models 3 > before.txt
 *
 * The number: how often each is read; the least time of a look is told. A file
 * whose name has "back" in it is a back.
 */
#include "base/clock.h"
#include "base/digest.h"
#include "base/enum.h"
#include "vision/pixels/threads.h"
#include "vision/look/look.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static const struct {
	RESULT (*run)(struct sight *s);
	const char *name;
} looks[] = {
#define LOOK(name, timing) {look_##name, #name},
#include "vision/look/looks.def"
#undef LOOK
};

static RESULT
look(const struct inspector *tools, struct span file, bool back,
    struct findings *out, double least[])
{
	AUTO(sight_clear) struct sight s = {.tools = tools, .file = file,
	    .back = back, .out = out};
	out->count = 0;
	for (size_t i = 0; i < COUNT_OF(looks); i++) {
		int64_t start = clock_work_micros();
		TRY(looks[i].run(&s));
		double ms = (double)(clock_work_micros() - start) / 1000;
		if (ms < least[i])
			least[i] = ms;
	}
	return OK;
}

static RESULT
digest_of(const struct findings *f, char out[DIGEST_TEXT_SIZE])
{
	AUTO(buf_clear) struct buf bytes;
	buf_init(&bytes, 1 << 20);
	TRY(findings_put(&bytes, f));
	struct digest d = digest_sha256(span_of_buf(&bytes));
	digest_format(&d, out);
	return OK;
}

static RESULT
tell(const struct inspector *tools, const char *path, int times)
{
	AUTO(buf_clear) struct buf file;
	AUTO(free) struct findings *f = calloc(1, sizeof(*f));
	const char *name = strrchr(path, '/');
	bool back = strstr(name ? name : path, "back") != NULL;
	char digest[DIGEST_TEXT_SIZE];
	double least[COUNT_OF(looks)], all = 0;
	buf_init(&file, STILL_FILE_MAX);
	TRY(buf_add_file(&file, path));
	for (size_t i = 0; i < COUNT_OF(looks); i++)
		least[i] = 1e9;
	for (int i = 0; f && i < times; i++)
		TRY(look(tools, span_of_buf(&file), back, f, least));
	TRY(digest_of(f, digest));
	for (size_t i = 0; i < COUNT_OF(looks); i++)
		all += least[i];
	printf("%s\t%.16s\t%.1f", name ? name + 1 : path, digest, all);
	for (size_t i = 0; i < COUNT_OF(looks); i++)
		printf("\t%.1f", least[i]);
	puts("");
	return OK;
}

int
main(int argc, char **argv)
{
	struct inspector tools;
	struct rusage used;
	int times = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 1;
	char path[4096];
	threads_off(argv);
	if (argc < 2 || inspector_load(argv[1], &tools) != OK) {
		fprintf(stderr, "usage: bench_looks MODELS [TIMES]\n");
		return 2;
	}
	printf("file\tdigest\tall");
	for (size_t i = 0; i < COUNT_OF(looks); i++)
		printf("\t%s", looks[i].name);
	puts("");
	while (fgets(path, sizeof(path), stdin)) {
		path[strcspn(path, "\n")] = '\0';
		if (tell(&tools, path, times) != OK)
			printf("%s\t%s\n", path, err_explanation());
		fflush(stdout);
	}
	getrusage(RUSAGE_SELF, &used);
	fprintf(stderr, "%ld MB at most\n", used.ru_maxrss / 1024);
	return 0;
}
