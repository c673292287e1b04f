/*
 * paraph model: installs the network that compares faces.
 *
 * The file is copied beside its description, pinned by its digest, and tried
 * first in a process that is locked in. Where the network comes from, what
 * its licence allows and on whom its thresholds were measured is for the
 * administrator to know: docs/face-comparison.md.
 */
#include "cli/common.h"
#include "cli/words.h"

#include "base/conf.h"
#include "base/digest.h"
#include "base/enum.h"
#include "vision/film/embedding.h"
#include "vision/pixels/threads.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DONE, FAILED };

static const char usage[] =
    "usage: paraph model add FILE --sha256 HEX --input WxH\n"
    "                        --threshold-file FILE [OPTION...]\n"
    "       paraph model show\n"
    "       paraph model remove\n"
    "\n"
    "add     tries the network (ONNX: a face in, a list of numbers out) in a\n"
    "        process that is locked in, and installs it. The service uses it\n"
    "        from its next start.\n"
    "show    what is installed.\n"
    "remove  faces are compared by eye again, from the next start on.\n"
    "\n"
    "  --sha256 HEX           of FILE, as its publisher tells it\n"
    "  --input WxH            pixels of a face, such as 112x112\n"
    "  --mean M --scale S     each value v goes in as (v - M) * S; 0 and 1\n"
    "                         unless said\n"
    "  --order rgb|bgr        of the colours; rgb unless said\n"
    "  --threshold-file FILE  two lines, \"same_from C\" and \"other_below C\":\n"
    "                         cosines that were measured with this network\n"
    "  --config FILE          as everywhere\n";

struct wish {
	const char *config, *file, *sha256, *input, *mean, *scale, *order,
	    *thresholds;
};

static int
failed(void)
{
	fprintf(stderr, "paraph model: %s\n", err_explanation());
	return FAILED;
}

static RESULT
number(const char *text, double otherwise, double *out)
{
	char *end;
	*out = text ? strtod(text, &end) : otherwise;
	return !text || (end != text && *end == '\0') ? OK :
	    FAIL(ERR_INVALID, "'%s' is not a number", text);
}

/* What was said on the command line; the thresholds check it. */
static RESULT
describe(const struct wish *w, struct embedding *e)
{
	AUTO(buf_clear) struct buf text;
	char end;
	if (sscanf(w->input, "%dx%d%c", &e->input.width, &e->input.height,
		&end) != 2)
		return FAIL(ERR_INVALID, "--input is like 112x112");
	TRY(number(w->mean, 0, &e->input.mean));
	TRY(number(w->scale, 1, &e->input.scale));
	e->input.bgr = w->order && strcmp(w->order, "bgr") == 0;
	if (w->order && !e->input.bgr && strcmp(w->order, "rgb") != 0)
		return FAIL(ERR_INVALID, "--order is rgb or bgr");
	buf_init(&text, 4096);
	TRY(buf_add_file(&text, w->thresholds));
	return embedding_thresholds(buf_text(&text), e);
}

static RESULT
check_digest(const struct embedding *e, const char *wanted)
{
	char seen[DIGEST_TEXT_SIZE];
	struct digest d = digest_sha256(span_of_buf(&e->onnx));
	digest_format(&d, seen);
	return strcasecmp(seen, wanted) == 0 ? OK : FAIL(ERR_INVALID,
	    "the file's digest is %s", seen);
}

/* Written beside and moved into place: a service that starts meanwhile finds
 * the old one or the new one. */
static RESULT
write_file(const char *path, struct span bytes)
{
	char beside[PATH_MAX + 8];
	snprintf(beside, sizeof(beside), "%s.new", path);
	AUTO(fclose) FILE *file = fopen(beside, "wbe");
	if (!file || fwrite(bytes.data, 1, bytes.size, file) != bytes.size ||
	    fflush(file) != 0 || fsync(fileno(file)) != 0 ||
	    rename(beside, path) != 0)
		return FAIL(ERR_UNAVAILABLE, "%s: %m", path);
	return OK;
}

static RESULT
install(const struct embedding *e, const char *description)
{
	char path[PATH_MAX], sha256[DIGEST_TEXT_SIZE], name[64];
	const char *slash = strrchr(description, '/');
	int folder = slash ? (int)(slash - description) : 0;
	AUTO(buf_clear) struct buf text;
	buf_init(&text, 4096);
	struct digest d = digest_sha256(span_of_buf(&e->onnx));
	digest_format(&d, sha256);
	snprintf(name, sizeof(name), "face-%.16s.onnx", sha256);
	TRY(embedding_describe(e, name, sha256, &text));
	snprintf(path, sizeof(path), "%.*s", folder, description);
	if (folder && mkdir(path, 0755) != 0 && access(path, W_OK) != 0)
		return FAIL(ERR_UNAVAILABLE, "%s: %m", path);
	if ((size_t)snprintf(path, sizeof(path), "%.*s%s%s", folder,
	    description, folder ? "/" : "", name) >= sizeof(path))
		return FAIL(ERR_INVALID, "a path too long");
	TRY(write_file(path, span_of_buf(&e->onnx)));
	return write_file(description, span_of_buf(&text));
}

static RESULT
add(const struct wish *w, const char *description)
{
	AUTO(embedding_free) struct embedding *e = calloc(1, sizeof(*e));
	if (!e)
		return FAIL(ERR_TOO_LARGE, "no memory");
	TRY(describe(w, e));
	buf_init(&e->onnx, EMBEDDING_MODEL_MAX);
	TRY(buf_add_file(&e->onnx, w->file));
	TRY(check_digest(e, w->sha256));
	TRY(embedding_trial(e, getenv("PARAPH_SANDBOX_DEMO") == NULL));
	TRY(install(e, description));
	printf("installed: %s\n", description);
	return OK;
}

static RESULT
show(const char *description)
{
	AUTO(buf_clear) struct buf text;
	if (access(description, F_OK) != 0) {
		puts("no model installed: faces are compared by eye");
		return OK;
	}
	buf_init(&text, 4096);
	TRY(buf_add_file(&text, description));
	fputs(buf_text(&text), stdout);
	return OK;
}

static RESULT
run(const char *verb, const struct wish *w, const char *description)
{
	if (strcmp(verb, "add") == 0)
		return add(w, description);
	if (strcmp(verb, "show") == 0)
		return show(description);
	return unlink(description) == 0 ? OK : FAIL(ERR_NOT_FOUND,
	    "no model is installed");
}

static void
read_words(int argc, char **argv, bool adds, struct wish *w)
{
	const struct word_option options[] = {{"--config", &w->config, false},
	    {"--sha256", &w->sha256, false}, {"--input", &w->input, false},
	    {"--mean", &w->mean, false}, {"--scale", &w->scale, false},
	    {"--order", &w->order, false},
	    {"--threshold-file", &w->thresholds, false}};
	words_read(argc, argv, options, adds ? COUNT_OF(options) : 1,
	    &w->file, adds, adds);
	if (adds && (!w->sha256 || !w->input || !w->thresholds))
		words_wrong("%s is missing", !w->sha256 ? "--sha256" :
		    !w->input ? "--input" : "--threshold-file");
}

int
main(int argc, char **argv)
{
	AUTO(conf_free) struct conf *conf = NULL;
	struct wish w = {0};
	threads_off(argv);
	words_of("paraph model", usage);
	const char *verb = words_verb(argc - 1, argv + 1);
	read_words(argc - 2, argv + 2, strcmp(verb, "add") == 0, &w);
	if (conf_load(config_find(w.config), &conf) != OK)
		return failed();
	return run(verb, &w, conf_text(conf, CONF_vision_face_model)) == OK ?
	    words_done(DONE) : failed();
}
