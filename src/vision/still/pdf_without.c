/*
 * What MuPDF has to do without here. A linker takes a function from a library
 * only when nobody else has it: these take the place of whole parts of it.
 *
 * JavaScript, which a form may carry: nothing of it runs. HTML, which no page
 * needs. JBIG2, which is black and white alone, and such copies are not
 * accepted anyhow: its decoders have let attackers in before. Thirty megabytes
 * of fonts: a picture of a document needs none, and text in fonts that the
 * file does not bring stays unpainted.
 */
#include <mupdf/fitz.h>
#include <mupdf/pdf.h>
#include <stdlib.h>

static void
refuse(fz_context *m, const char *what)
{
	fz_throw(m, FZ_ERROR_GENERIC, "without %s", what);
}

/* JavaScript */

void
pdf_enable_js(fz_context *m, pdf_document *d)
{
	(void)m;
	(void)d;
}

void
pdf_disable_js(fz_context *m, pdf_document *d)
{
	(void)m;
	(void)d;
}

int
pdf_js_supported(fz_context *m, pdf_document *d)
{
	(void)m;
	(void)d;
	return 0;
}

void
pdf_drop_js(fz_context *m, pdf_js *js)
{
	(void)m;
	(void)js;
}

void
pdf_js_event_init(pdf_js *js, pdf_obj *target, const char *value,
    int will_commit)
{
	(void)js;
	(void)target;
	(void)value;
	(void)will_commit;
}

int
pdf_js_event_result(pdf_js *js)
{
	(void)js;
	return 1;
}

int
pdf_js_event_result_validate(pdf_js *js, char **value)
{
	(void)js;
	(void)value;
	return 1;
}

char *
pdf_js_event_value(pdf_js *js)
{
	(void)js;
	return NULL;
}

void
pdf_js_event_init_keystroke(pdf_js *js, pdf_obj *target,
    pdf_keystroke_event *event)
{
	(void)js;
	(void)target;
	(void)event;
}

int
pdf_js_event_result_keystroke(pdf_js *js, pdf_keystroke_event *event)
{
	(void)js;
	(void)event;
	return 1;
}

void
pdf_js_execute(pdf_js *js, const char *name, const char *source,
    char **result)
{
	(void)js;
	(void)name;
	(void)source;
	(void)result;
}

/* HTML: never called, since no page of a PDF is any. */

void gumbo_destroy_output(const void *options, void *output);
const char *gumbo_normalized_tagname(int tag);
void *gumbo_parse_with_options(const void *options, const char *text,
    size_t size);

void
gumbo_destroy_output(const void *options, void *output)
{
	(void)options;
	(void)output;
}

const char *
gumbo_normalized_tagname(int tag)
{
	(void)tag;
	return "";
}

void *
gumbo_parse_with_options(const void *options, const char *text, size_t size)
{
	(void)options;
	(void)text;
	(void)size;
	abort();
}

/* JBIG2; the first two stand in no header of MuPDF's */

fz_pixmap *fz_load_jbig2(fz_context *m, const unsigned char *bytes,
    size_t size);
void fz_load_jbig2_info(fz_context *m, const unsigned char *bytes,
    size_t size, int *width, int *height, int *across, int *down,
    fz_colorspace **colours);

fz_pixmap *
fz_load_jbig2(fz_context *m, const unsigned char *bytes, size_t size)
{
	(void)bytes;
	(void)size;
	refuse(m, "JBIG2");
	return NULL;
}

void
fz_load_jbig2_info(fz_context *m, const unsigned char *bytes, size_t size,
    int *width, int *height, int *across, int *down,
    fz_colorspace **colours)
{
	(void)bytes;
	(void)size;
	*width = *height = *across = *down = 0;
	*colours = NULL;
	refuse(m, "JBIG2");
}

fz_jbig2_globals *
fz_load_jbig2_globals(fz_context *m, fz_buffer *from)
{
	(void)from;
	refuse(m, "JBIG2");
	return NULL;
}

fz_jbig2_globals *
fz_keep_jbig2_globals(fz_context *m, fz_jbig2_globals *globals)
{
	(void)m;
	return globals;
}

void
fz_drop_jbig2_globals(fz_context *m, fz_jbig2_globals *globals)
{
	(void)m;
	(void)globals;
}

void
fz_drop_jbig2_globals_imp(fz_context *m, fz_storable *globals)
{
	(void)m;
	(void)globals;
}

fz_buffer *
fz_jbig2_globals_data(fz_context *m, fz_jbig2_globals *globals)
{
	(void)m;
	(void)globals;
	return NULL;
}

fz_stream *
fz_open_jbig2d(fz_context *m, fz_stream *from, fz_jbig2_globals *globals,
    int embedded)
{
	(void)from;
	(void)globals;
	(void)embedded;
	refuse(m, "JBIG2");
	return NULL;
}

/* fonts */

static const unsigned char *
no_font(int *size)
{
	*size = 0;
	return NULL;
}

const unsigned char *
fz_lookup_base14_font(fz_context *m, const char *name, int *size)
{
	(void)m;
	(void)name;
	return no_font(size);
}

const unsigned char *
fz_lookup_builtin_font(fz_context *m, const char *name, int bold, int italic,
    int *size)
{
	(void)m;
	(void)name;
	(void)bold;
	(void)italic;
	return no_font(size);
}

const unsigned char *
fz_lookup_cjk_font(fz_context *m, int ordering, int *size, int *index)
{
	(void)m;
	(void)ordering;
	*index = 0;
	return no_font(size);
}

const unsigned char *
fz_lookup_cjk_font_by_language(fz_context *m, const char *language, int *size,
    int *index)
{
	(void)m;
	(void)language;
	*index = 0;
	return no_font(size);
}

int
fz_lookup_cjk_ordering_by_language(const char *name)
{
	(void)name;
	return -1;
}

const unsigned char *
fz_lookup_noto_font(fz_context *m, int script, int language, int *size,
    int *index)
{
	(void)m;
	(void)script;
	(void)language;
	*index = 0;
	return no_font(size);
}

const unsigned char *
fz_lookup_noto_math_font(fz_context *m, int *size)
{
	(void)m;
	return no_font(size);
}

const unsigned char *
fz_lookup_noto_music_font(fz_context *m, int *size)
{
	(void)m;
	return no_font(size);
}

const unsigned char *
fz_lookup_noto_symbol1_font(fz_context *m, int *size)
{
	(void)m;
	return no_font(size);
}

const unsigned char *
fz_lookup_noto_symbol2_font(fz_context *m, int *size)
{
	(void)m;
	return no_font(size);
}

const unsigned char *
fz_lookup_noto_emoji_font(fz_context *m, int *size)
{
	(void)m;
	return no_font(size);
}
