/*
 * A few entries of an EXIF block's first two directories. Every offset in it
 * is a stranger's: read through one bounded function, and no directory leads
 * to more than one other.
 */
#include "vision/file/exif_tags.h"

#include "vision/still/tiff.h"

#include <stdbool.h>
#include <string.h>

#define ENTRIES_MAX 512
#define TYPE_TEXT 2
#define THUMBNAIL_MAX ((size_t)60 * 1024)

enum tag {
	TAG_MAKER = 0x010f,
	TAG_ORIENTATION = 0x0112,
	TAG_SOFTWARE = 0x0131,
	TAG_THUMBNAIL_AT = 0x0201,
	TAG_THUMBNAIL_SIZE = 0x0202
};

/* Where a directory has a tag's entry; 0 when it has none. */
static size_t
find(const struct tiff *t, size_t directory, enum tag tag)
{
	uint32_t count = tiff_number(t, directory, 2);
	for (uint32_t i = 0; i < count && i < ENTRIES_MAX; i++) {
		size_t entry = directory + 2 + (size_t)i * 12;
		if (tiff_number(t, entry, 2) == tag)
			return entry;
	}
	return 0;
}

static void
read_text(const struct tiff *t, size_t directory, enum tag tag,
    char out[EXIF_TEXT_MAX])
{
	size_t entry = find(t, directory, tag);
	out[0] = '\0';
	if (!entry || tiff_number(t, entry + 2, 2) != TYPE_TEXT)
		return;
	size_t size = tiff_number(t, entry + 4, 4);
	size_t at = size > 4 ? tiff_number(t, entry + 8, 4) : entry + 8;
	if (at > t->bytes.size || size > t->bytes.size - at)
		return;
	size_t used = 0;
	for (; used < size && used < EXIF_TEXT_MAX - 1; used++) {
		uint8_t c = t->bytes.data[at + used];
		if (c == 0)
			break;
		out[used] = c >= ' ' && c < 127 && c != '"' && c != '\\' ?
		    (char)c : ' ';
	}
	out[used] = '\0';
}

static struct span
thumbnail(const struct tiff *t, size_t directory)
{
	size_t where = find(t, directory, TAG_THUMBNAIL_AT);
	size_t how_long = find(t, directory, TAG_THUMBNAIL_SIZE);
	if (!where || !how_long)
		return SPAN(NULL, 0);
	size_t at = tiff_number(t, where + 8, 4);
	size_t size = tiff_number(t, how_long + 8, 4);
	if (size > THUMBNAIL_MAX || at > t->bytes.size ||
	    size > t->bytes.size - at)
		return SPAN(NULL, 0);
	return SPAN(t->bytes.data + at, size);
}

void
exif_tags_read(struct span tiff, struct exif_tags *out)
{
	struct tiff t = {tiff, false};
	*out = (struct exif_tags){.orientation = 1};
	if (tiff.size < 8)
		return;
	t.big_endian = tiff.data[0] == 'M';
	if (tiff.data[0] != tiff.data[1] ||
	    (tiff.data[0] != 'M' && tiff.data[0] != 'I') ||
	    tiff_number(&t, 2, 2) != 42)
		return;
	size_t first = tiff_number(&t, 4, 4);
	read_text(&t, first, TAG_SOFTWARE, out->software);
	read_text(&t, first, TAG_MAKER, out->maker);
	size_t turn = find(&t, first, TAG_ORIENTATION);
	uint32_t orientation = turn ? tiff_number(&t, turn + 8, 2) : 1;
	if (orientation >= 1 && orientation <= 8)
		out->orientation = (int)orientation;
	uint32_t entries = tiff_number(&t, first, 2);
	size_t second = tiff_number(&t, first + 2 + (size_t)entries * 12, 4);
	if (second > 0)
		out->thumbnail = thumbnail(&t, second);
}
