/*
 * Ordinary print into words.
 */
#include "vision/ocr.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <tesseract/capi.h>

#include "base/codec.h"

#define DOTS_PER_INCH 300
#define DATA_MAX ((size_t)24 * 1024 * 1024)
#define PARTS_MAX 64
/* Its parts 18 to 20 are the recogniser's dictionaries. */
#define FIRST_DICTIONARY 18
#define LAST_DICTIONARY 20

struct ocr {
	TessBaseAPI *api;
};

static const char *const quiet[][2] = {{"OMP_THREAD_LIMIT", "1"},
    {"OMP_NUM_THREADS", "1"}, {"OPENBLAS_NUM_THREADS", "1"}};

void
ocr_environment(char **argv)
{
	bool changed = false;
	for (size_t i = 0; i < sizeof(quiet) / sizeof(quiet[0]); i++) {
		const char *now = getenv(quiet[i][0]);
		if (now && strcmp(now, quiet[i][1]) == 0)
			continue;
		setenv(quiet[i][0], quiet[i][1], 1);
		changed = true;
	}
	if (changed)
		execv("/proc/self/exe", argv);
}

/*
 * Tesseract's data: a count, an offset for each part (-1: absent), the parts.
 * Copies it, without dictionaries if so asked: Latin's has 89 megabytes.
 */
static RESULT
copy_parts(struct span file, enum ocr_words_known known, struct buf *out)
{
	int32_t count = 0;
	int64_t from[PARTS_MAX], to[PARTS_MAX];
	if (file.size >= 4)
		memcpy(&count, file.data, 4);
	size_t head = 4 + (size_t)count * 8;
	if (count < 1 || count > PARTS_MAX || file.size < head)
		return FAIL(ERR_UNAVAILABLE, "not Tesseract's data");
	memcpy(from, file.data + 4, (size_t)count * 8);
	TRY(buf_add(out, file.data, head));
	for (int i = 0; i < count; i++) {
		int64_t end = (int64_t)file.size;
		for (int k = count - 1; k > i; k--)
			end = from[k] >= 0 ? from[k] : end;
		to[i] = -1;
		if (from[i] < 0 || (known == OCR_WITHOUT_WORDS &&
		    i >= FIRST_DICTIONARY && i <= LAST_DICTIONARY))
			continue;
		if (end < from[i] || end > (int64_t)file.size)
			return FAIL(ERR_UNAVAILABLE, "not Tesseract's data");
		to[i] = (int64_t)out->size;
		TRY(buf_add(out, file.data + from[i],
		    (size_t)(end - from[i])));
	}
	memcpy(out->data + 4, to, (size_t)count * 8);
	return OK;
}

static RESULT
load(const char *path, enum ocr_words_known known, struct buf *out)
{
	struct stat st;
	AUTO(close) int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0)
		return FAIL(ERR_UNAVAILABLE, "no '%s'", path);
	size_t size = (size_t)st.st_size;
	void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		return FAIL(ERR_UNAVAILABLE, "'%s' cannot be read", path);
	enum err code = copy_parts(SPAN(bytes, size), known, out);
	munmap(bytes, size);
	return code;
}

RESULT
ocr_open(const char *dir, const char *language, enum ocr_words_known known,
    struct ocr **out)
{
	char path[512];
	AUTO(buf_clear) struct buf data;
	buf_init(&data, DATA_MAX);
	snprintf(path, sizeof(path), "%s/%s.traineddata", dir, language);
	TRY(load(path, known, &data));
	struct ocr *o = calloc(1, sizeof(*o));
	if (!o)
		return FAIL(ERR_TOO_LARGE, "no memory");
	o->api = TessBaseAPICreate();
	if (TessBaseAPIInit5(o->api, (const char *)data.data, (int)data.size,
		language, OEM_LSTM_ONLY, NULL, 0, NULL, NULL, 0, 0) != 0) {
		ocr_free(o);
		return FAIL(ERR_UNAVAILABLE, "'%s' is not for this Tesseract",
		    path);
	}
	TessBaseAPISetVariable(o->api, "debug_file", "/dev/null");
	*out = o;
	return OK;
}

void
ocr_free(struct ocr *o)
{
	TessBaseAPIEnd(o->api);
	TessBaseAPIDelete(o->api);
	free(o);
}

/* The word under the iterator, if it is fit to be kept. */
static bool
word_at(TessResultIterator *at, const TessPageIterator *place,
    struct ocr_word *out)
{
	int right, bottom;
	char *text = TessResultIteratorGetUTF8Text(at, RIL_WORD);
	bool fit = text && *text && strlen(text) < OCR_WORD_SIZE &&
	    utf8_is_clean(span_of_text(text)) &&
	    TessPageIteratorBoundingBox(place, RIL_WORD, &out->x, &out->y,
		&right, &bottom);
	if (fit) {
		snprintf(out->text, OCR_WORD_SIZE, "%s", text);
		out->width = right - out->x;
		out->height = bottom - out->y;
		out->sure = TessResultIteratorConfidence(at, RIL_WORD) / 100;
	}
	TessDeleteText(text);
	return fit;
}

static void
collect(TessResultIterator *at, struct ocr_words *out)
{
	const TessPageIterator *place =
	    TessResultIteratorGetPageIteratorConst(at);
	int line = 0;
	do {
		if (TessPageIteratorIsAtBeginningOf(place, RIL_TEXTLINE))
			line++;
		struct ocr_word *word = &out->at[out->count];
		if (word_at(at, place, word)) {
			word->line = line;
			out->count++;
		}
	} while (out->count < OCR_WORDS_MAX &&
	    TessResultIteratorNext(at, RIL_WORD));
}

RESULT
ocr_read(struct ocr *o, const struct raster *grey, enum ocr_layout layout,
    struct ocr_words *out)
{
	out->count = 0;
	TessBaseAPISetPageSegMode(o->api, (TessPageSegMode)layout);
	TessBaseAPISetImage(o->api, grey->data, grey->width, grey->height, 1,
	    grey->width);
	TessBaseAPISetSourceResolution(o->api, DOTS_PER_INCH);
	bool read = TessBaseAPIRecognize(o->api, NULL) == 0;
	TessResultIterator *at = read ? TessBaseAPIGetIterator(o->api) : NULL;
	if (at) {
		collect(at, out);
		TessResultIteratorDelete(at);
	}
	TessBaseAPIClear(o->api);
	if (!read)
		return FAIL(ERR_UNREADABLE, "the print cannot be read");
	return OK;
}
