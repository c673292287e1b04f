/*
 * Scores of values against the print of pictures, for bench/print.py.
 *
 * Lines on standard input: "picture PATH" reads one; "name TEXT", "number
 * TEXT" and "date YYYY-MM-DD" each answer with the nats by which the value is
 * less likely than what was read best, wherever that is least; every picture
 * answers with "read" and the processor's milliseconds of finding and reading.
 * "pieces" lists what was read, a line a piece: which field it is the label of
 * ("-": none), how sure, its place in the picture (x, y of the middle, then of
 * the corners), and its text; then "end". "fields" lists what is told of it,
 * were there no zone: name, how sure, text; then "end".
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "vision/look/look.h"
#include "vision/pixels/threads.h"
#include "vision/print/printed_parts.h"

#define FILE_MOST ((size_t)40 * 1024 * 1024)

static double
now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static RESULT
read_picture(const struct inspector *tools, const char *path,
    struct sheet *out)
{
	AUTO(buf_clear) struct buf file;
	AUTO(sight_clear) struct sight s = {.tools = tools};
	static struct findings found;
	static struct page page;
	buf_init(&file, FILE_MOST);
	found.count = 0;
	s.out = &found;
	TRY(buf_add_file(&file, path));
	s.file = span_of_buf(&file);
	TRY(look_picture(&s));
	TRY(look_zone(&s));
	TRY(look_page(&s));
	if (!s.has_page)
		return FAIL(ERR_NOT_FOUND, "no page");
	page = s.page;
	struct mrz *zone = s.has_zone ? &s.zone.reading.mrz : NULL;
	return sheet_read(tools, &s.still.grey,
	    zone, &page, out);
}

static void
answer(const struct sheet *s, const char *line)
{
	static const struct {
		const char *word;
		enum shape shape;
	} words[] = {{"name ", SHAPE_NAME}, {"number ", SHAPE_NUMBER},
	    {"date ", SHAPE_DATE}};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t size = strlen(words[i].word);
		if (strncmp(line, words[i].word, size) == 0)
			printf("%.2f\n", (double)printed_score(s,
			    words[i].shape, line + size));
	}
	fflush(stdout);
}

static void
list_pieces(const struct sheet *s)
{
	static const char *const fields[] = {
#define FIELD(name, shape) #name,
#define KNOWN(name) #name,
#include "vision/print/print_fields.def"
#undef FIELD
#undef KNOWN
	    "-"};
	for (size_t i = 0; i < s->prints.count; i++) {
		const struct print *p = &s->prints.at[i];
		float at[8];
		sheet_corners(s, p, 0, p->columns - 1, at);
		enum field label = FIELD_COUNT;
		for (size_t k = 0; k < s->label_count; k++)
			if (s->labels[k].print == i)
				label = s->labels[k].field;
		printf("%s %.3f", fields[label], (double)p->sure);
		printf(" %.1f %.1f", (double)(at[0] + at[4]) / 2,
		    (double)(at[1] + at[5]) / 2);
		for (int k = 0; k < 8; k++)
			printf(" %.1f", (double)at[k]);
		printf(" %s\n", p->text);
	}
	printf("end\n");
	fflush(stdout);
}

static void
list_fields(const struct sheet *s)
{
	struct printed out = {0};
	printed_report(s, NULL, &out);
	if (printed_look_again(s, &out) != OK)
		err_clear();
	printed_doubt_covered(s, &out);
	for (size_t i = 0; i < out.count; i++)
		printf("%s %.3f %s\n", finding_name_text(out.at[i].name),
		    (double)out.at[i].sure, out.at[i].text);
	printf("end\n");
	fflush(stdout);
}

int
main(int argc, char **argv)
{
	struct inspector tools;
	char line[4096];
	static struct sheet sheet;
	threads_off(argv);
	if (argc != 2 || inspector_load(argv[1], &tools) != OK) {
		fprintf(stderr, "usage: print_bench MODELS\n");
		return 2;
	}
	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		if (strcmp(line, "pieces") == 0) {
			list_pieces(&sheet);
			continue;
		}
		if (strcmp(line, "fields") == 0) {
			list_fields(&sheet);
			continue;
		}
		if (strncmp(line, "picture ", 8) != 0) {
			answer(&sheet, line);
			continue;
		}
		sheet_clear(&sheet);
		memset(&sheet, 0, sizeof(sheet));
		double start = now();
		if (read_picture(&tools, line + 8, &sheet) != OK)
			err_clear();
		printf("read %.1f\n", now() - start);
		fflush(stdout);
	}
	sheet_clear(&sheet);
	inspector_clear(&tools);
	return 0;
}
