/*
 * Reads the zones of many pictures in one process, for bench/mrz.py: a line
 * of fields parted by tabs for each file named on standard input.
 *
 * Time is that of the processor for finding and reading alone, without
 * decoding. Whether a zone would be accepted is asked of the checks
 * themselves, not judged here.
 */
#include "base/clock.h"
#include "checks/check.h"
#include "vision/still/still.h"
#include "vision/zone/mrz_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MODEL_MAX ((size_t)16 * 1024 * 1024)

extern const struct check check_mrz_digits, check_mrz_structure;

static double
cpu_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static RESULT
passes(const struct mrz_found *m, int64_t now, bool *out)
{
	static const struct box nowhere[MRZ_LINES_MAX + 1] = {0};
	AUTO(free) struct findings *f = calloc(1, sizeof(*f));
	struct result digits = {0}, structure = {0};
	if (!f)
		return FAIL(ERR_TOO_LARGE, "no memory");
	TRY(mrz_report(m, nowhere, f));
	struct dossier d = {.now = now, .mrz = m->reading.mrz,
	    .sides = {f, NULL}, .mrz_side = 0};
	check_mrz_digits.run(&d, &digits);
	check_mrz_structure.run(&d, &structure);
	*out = digits.verdict == VERDICT_PASS &&
	    structure.verdict == VERDICT_PASS &&
	    mrz_format_is_evidence(d.mrz.format);
	return OK;
}

static RESULT
measure(struct net *net, const char *path)
{
	AUTO(buf_clear) struct buf bytes;
	AUTO(still_clear) struct still still = {0};
	struct mrz_found m = {0};
	bool accepted = false;
	int64_t now = clock_now();

	buf_init(&bytes, STILL_FILE_MAX);
	TRY(buf_add_file(&bytes, path));
	TRY(still_decode(span_of_buf(&bytes), false, &still));
	double start = cpu_ms();
	enum err code = mrz_read(net, &still.grey, now, &m);
	double taken = cpu_ms() - start;
	err_clear();
	if (code == OK)
		TRY(passes(&m, now, &accepted));
	printf("%s\t%.1f\t%s\t%d\t%u\t%u\t%u\t%.4f\t%.4f\t%.2f\t", path,
	    taken, mrz_format_text(m.reading.mrz.format), accepted,
	    m.reading.mrz.bad_digits, m.reading.mrz.flaws,
	    m.reading.repaired, (double)m.reading.sure,
	    (double)m.reading.least, (double)m.reading.margin);
	for (size_t i = 0; i < m.reading.line_count; i++)
		printf("%s%s", i ? "|" : "", m.reading.lines[i]);
	printf("\n");
	fflush(stdout);
	return OK;
}

int
main(int argc, char **argv)
{
	char path[4096];
	struct net *net = NULL;
	AUTO(buf_clear) struct buf model;

	buf_init(&model, MODEL_MAX);
	opencv_start();
	if (argc != 2 || buf_add_file(&model, argv[1]) != OK ||
	    net_load(span_of_buf(&model), &net) != OK) {
		fprintf(stderr, "usage: mrz-bench MODEL < names\n");
		return 2;
	}
	while (fgets(path, sizeof(path), stdin)) {
		path[strcspn(path, "\n")] = '\0';
		if (measure(net, path) != OK)
			printf("%s\t0\t!%s\n", path, err_explanation());
	}
	net_free(net);
	return 0;
}
