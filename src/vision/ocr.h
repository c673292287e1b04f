/*
 * Ordinary print into words, by Tesseract's C interface.
 *
 * Slow to start (a tenth of a second, some forty megabytes): one handle, made
 * before the cage closes. It must not start threads: ocr_environment() is for
 * main(), before anything else.
 */
#pragma once

#include "base/buf.h"
#include "vision/raster.h"

#define OCR_WORDS_MAX 400
#define OCR_WORD_SIZE 64

struct ocr_word {
	char text[OCR_WORD_SIZE]; /* clean UTF-8 */
	int x, y, width, height;
	int line;   /* words of one line share it, in reading order */
	float sure; /* 0 to 1 */
};

struct ocr_words {
	size_t count;
	struct ocr_word at[OCR_WORDS_MAX];
};

/* Keeps the libraries from starting threads; restarts the program when the
 * environment had to be changed, since they look at it when loaded. */
void ocr_environment(char **argv);

struct ocr;

/* A dictionary helps with labels, harms names, and can be very large. */
enum ocr_words_known { OCR_WITH_WORDS, OCR_WITHOUT_WORDS };

/* The file dir/language.traineddata. ERR_UNAVAILABLE when it is not there. */
RESULT ocr_open(const char *dir, const char *language,
    enum ocr_words_known known, struct ocr **out);
void ocr_free(struct ocr *o);

enum ocr_layout { OCR_SPARSE = 11, OCR_BLOCK = 6, OCR_LINE = 7 };

/* Words of at most OCR_WORDS_MAX, the rest dropped. */
RESULT ocr_read(struct ocr *o, const struct raster *grey,
    enum ocr_layout layout, struct ocr_words *out);

DEFINE_AUTO(ocr_free, struct ocr *)
