/*
 * The chunks of a PNG file, one after the other. By hand, as those of a JPEG:
 * nothing is unpacked and nothing copied but two short texts, so that a
 * stranger's file can do nothing here but end early.
 */
#include "vision/file/png_notes.h"

#include <stdbool.h>

#define CHUNKS_MAX 4000
#define AROUND 12 /* bytes of a chunk that are not its body */
#define INTERNATIONAL_FLAGS 2

static uint32_t
number(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	    (uint32_t)p[2] << 8 | p[3];
}

/* Takes a NUL and what stands before it away from the front. */
static bool
skip_text(struct span *rest)
{
	const uint8_t *end = rest->size > 0 ?
	    memchr(rest->data, 0, rest->size) : NULL;
	if (!end)
		return false;
	rest->size -= (size_t)(end + 1 - rest->data);
	rest->data = end + 1;
	return true;
}

/* The text of iTXt stands behind two flags, a language and a keyword. */
static bool
skip_international(struct span *rest)
{
	if (rest->size < INTERNATIONAL_FLAGS || rest->data[0] != 0)
		return false;
	*rest = SPAN(rest->data + INTERNATIONAL_FLAGS,
	    rest->size - INTERNATIONAL_FLAGS);
	return skip_text(rest) && skip_text(rest);
}

static void
copy(struct span text, char out[PNG_TEXT_MAX])
{
	size_t size = text.size < PNG_TEXT_MAX - 1 ? text.size :
	    PNG_TEXT_MAX - 1;
	for (size_t i = 0; i < size; i++) {
		uint8_t c = text.data[i];
		out[i] = c >= ' ' && c < 127 && c != '"' && c != '\\' ?
		    (char)c : ' ';
	}
	out[size] = '\0';
}

static void
read_text(struct span body, bool international, struct png_notes *out)
{
	struct span text = body;
	if (!skip_text(&text) ||
	    (international && !skip_international(&text)))
		return;
	const char *keyword = (const char *)body.data; /* ends with NUL */
	if (strcmp(keyword, "Software") == 0)
		copy(text, out->software);
	else if (strcmp(keyword, "Comment") == 0)
		copy(text, out->comment);
	else if (strcmp(keyword, "XML:com.adobe.xmp") == 0)
		out->xmp = text;
}

void
png_notes_read(struct span file, struct png_notes *out)
{
	static const char magic[] = "\x89PNG\r\n\x1a\n";
	size_t at = sizeof(magic) - 1;
	*out = (struct png_notes){0};
	if (file.size < at || memcmp(file.data, magic, at) != 0)
		return;
	for (int i = 0; i < CHUNKS_MAX && file.size - at >= AROUND; i++) {
		const uint8_t *p = file.data + at;
		size_t size = number(p);
		if (size > file.size - at - AROUND)
			return;
		struct span body = SPAN(p + 8, size);
		if (memcmp(p + 4, "tEXt", 4) == 0)
			read_text(body, false, out);
		else if (memcmp(p + 4, "iTXt", 4) == 0)
			read_text(body, true, out);
		else if (memcmp(p + 4, "eXIf", 4) == 0)
			out->exif = body;
		at += AROUND + size;
	}
}
