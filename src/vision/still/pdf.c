/*
 * A page of a PDF into pixels, by MuPDF.
 *
 * A PDF is a program, and the largest library here reads it: it gets a
 * ceiling of memory and of time by its allocator (without either nothing of
 * any size can be made), runs what is painted on the page and nothing else
 * (no annotation, form or script), and is left without the parts that
 * pdf_without.c takes away. It never reaches a file: the cage has none.
 */
#include "vision/still/codecs.h"

#include <math.h>
#include <mupdf/fitz.h>
#include <mupdf/pdf.h>

#include "base/clock.h"

#define MEMORY_MAX ((size_t)224 * 1024 * 1024)
#define STORE_MAX ((size_t)24 * 1024 * 1024)
#define WORK_MAX_MS 1300
#define PAGES_MAX 2
#ifdef PARAPH_FUZZ
#define SIDE 240         /* what is sought is in the parser, not in pixels */
#else
#define SIDE 2400        /* pixels: a card on a sheet of A4 is read at that */
#endif
#define PER_POINT_MAX 12 /* pixels: 864 dpi; a page may be tiny */
#define BOX_MAX 20000    /* points: seven metres */

struct ration {
	size_t used;
	unsigned calls;
	int64_t until;
	fz_cookie cookie;
	enum err over; /* why there is no more, already explained */
};

struct reader {
	struct ration ration;
	fz_context *mupdf;
	struct span file;
	struct still *out;
	bool second;
	fz_stream *stream;
	pdf_document *document;
	pdf_page *page;
	fz_pixmap *pixels;
	fz_device *device;
	struct rows rows;
	enum err code; /* already explained, or OK: the file is broken */
};

/* Each piece of memory says in front of itself how large it is. */
union piece {
	size_t size;
	max_align_t align;
};

static bool
is_spent(struct ration *r, size_t more)
{
	if (r->over == OK && ++r->calls % 64 == 0 && clock_work() > r->until)
		r->over = FAIL(ERR_UNREADABLE, "a PDF file that takes too "
		    "long to paint");
	if (r->over == OK && (more > MEMORY_MAX ||
	    r->used + more > MEMORY_MAX))
		r->over = FAIL(ERR_TOO_LARGE, "a PDF file that takes too much "
		    "memory to paint");
	r->cookie.abort = r->over != OK;
	return r->over != OK;
}

static void *
ration_realloc(void *user, void *old, size_t size)
{
	struct ration *r = user;
	union piece *from = old ? (union piece *)old - 1 : NULL;
	size_t before = from ? from->size : 0;
	if (size > before && is_spent(r, size - before))
		return NULL;
	union piece *to = realloc(from, sizeof(*to) + size);
	if (!to)
		return NULL;
	r->used = r->used - before + size;
	to->size = size;
	return to + 1;
}

static void *
ration_malloc(void *user, size_t size)
{
	return ration_realloc(user, NULL, size);
}

static void
ration_free(void *user, void *old)
{
	struct ration *r = user;
	union piece *from = old ? (union piece *)old - 1 : NULL;
	if (!from)
		return;
	r->used -= from->size;
	free(from);
}

static void
say_nothing(void *user, const char *text)
{
	(void)user;
	(void)text;
}

/* Ends the reading with an error that is already explained. */
static void
stop_with(struct reader *r, enum err code)
{
	r->code = code;
	if (code != OK)
		fz_throw(r->mupdf, FZ_ERROR_GENERIC, "refused");
}

static void
open_document(struct reader *r)
{
	fz_disable_icc(r->mupdf);
	r->stream = fz_open_memory(r->mupdf, r->file.data, r->file.size);
	r->document = pdf_open_document_with_stream(r->mupdf, r->stream);
	/* what makes the linker take pdf_without.c at all */
	pdf_disable_js(r->mupdf, r->document);
	if (pdf_needs_password(r->mupdf, r->document))
		stop_with(r, FAIL(ERR_UNREADABLE, "an encrypted PDF file"));
	int pages = pdf_count_pages(r->mupdf, r->document);
	if (pages < 1)
		stop_with(r, FAIL(ERR_UNREADABLE, "a PDF file without pages"));
	if (pages > PAGES_MAX)
		stop_with(r, FAIL(ERR_TOO_LARGE, "a PDF file of %d pages; at "
		    "most two are taken", pages));
	r->page = pdf_load_page(r->mupdf, r->document,
	    r->second && pages == 2);
}

/* From points to the pixels that are wanted. */
static fz_matrix
fit(struct reader *r, fz_irect *box)
{
	fz_rect page = pdf_bound_page(r->mupdf, r->page);
	float w = page.x1 - page.x0, h = page.y1 - page.y0;
	if (!(w > 1 && h > 1 && w < BOX_MAX && h < BOX_MAX))
		stop_with(r, FAIL(ERR_UNREADABLE, "a PDF page of no usable "
		    "size"));
	float scale = fminf(SIDE / fmaxf(w, h), PER_POINT_MAX);
	*box = (fz_irect){0, 0, (int)(w * scale), (int)(h * scale)};
	return fz_concat(fz_translate(-page.x0, -page.y0),
	    fz_scale(scale, scale));
}

static void
paint(struct reader *r)
{
	fz_context *m = r->mupdf;
	fz_irect box;
	fz_matrix place = fit(r, &box);
	stop_with(r, still_make((uint64_t)box.x1, (uint64_t)box.y1, r->out));
	stop_with(r, rows_begin(r->out, &r->rows));
	r->pixels = fz_new_pixmap_with_bbox(m, fz_device_rgb(m), box, NULL, 0);
	fz_clear_pixmap_with_value(m, r->pixels, 255);
	r->device = fz_new_draw_device(m, fz_identity, r->pixels);
	pdf_run_page_contents(m, r->page, r->device, place,
	    &r->ration.cookie);
	fz_close_device(m, r->device);
	const uint8_t *row = fz_pixmap_samples(m, r->pixels);
	for (int y = 0; y < box.y1; y++, row += r->pixels->stride)
		rows_add(&r->rows, row);
}

static void
drop_all(struct reader *r)
{
	fz_drop_device(r->mupdf, r->device);
	fz_drop_pixmap(r->mupdf, r->pixels);
	fz_drop_page(r->mupdf, (fz_page *)r->page);
	pdf_drop_document(r->mupdf, r->document);
	fz_drop_stream(r->mupdf, r->stream);
	rows_clear(&r->rows);
}

static RESULT
guarded(struct reader *r)
{
	volatile bool painted = false;
	fz_set_warning_callback(r->mupdf, say_nothing, NULL);
	fz_set_error_callback(r->mupdf, say_nothing, NULL);
	fz_try(r->mupdf)
	{
		open_document(r);
		paint(r);
		painted = true;
	}
	fz_always(r->mupdf)
		drop_all(r);
	fz_catch(r->mupdf)
		painted = false;
	if (r->ration.over != OK)
		return r->ration.over;
	if (r->code != OK)
		return r->code;
	if (!painted || r->ration.cookie.errors > 0)
		return FAIL(ERR_UNREADABLE, "a broken PDF file");
	return OK;
}

RESULT
pdf_decode(struct span file, bool second, struct still *out)
{
	struct reader r = {.file = file, .out = out, .second = second,
	    .ration.until = clock_work() + WORK_MAX_MS};
	const fz_alloc_context rationed = {&r.ration, ration_malloc,
	    ration_realloc, ration_free};
	r.mupdf = fz_new_context(&rationed, NULL, STORE_MAX);
	if (!r.mupdf)
		return FAIL(ERR_INTERNAL, "MuPDF does not start");
	enum err code = guarded(&r);
	fz_drop_context(r.mupdf);
	return code;
}
