/*
 * One value out of an XMP packet, without a reader of XML: as an attribute or
 * as an element, whatever its prefix is. Somebody who writes it otherwise
 * could as well write nothing.
 */
#include "vision/file/xmp.h"

#define NAME "CreatorTool"

/* Behind the name: ="text" or >text<. */
static struct span
value_of(struct span rest)
{
	const uint8_t *p = rest.data, *end = rest.data + rest.size;
	char closing = '<';
	if (rest.size >= 2 && p[0] == '=' && (p[1] == '"' || p[1] == '\'')) {
		closing = (char)p[1];
		p += 2;
	} else if (rest.size >= 1 && p[0] == '>') {
		p++;
	} else {
		return SPAN(NULL, 0);
	}
	const uint8_t *close = memchr(p, closing, (size_t)(end - p));
	return close ? SPAN(p, (size_t)(close - p)) : SPAN(NULL, 0);
}

void
xmp_creator(struct span packet, char out[XMP_TEXT_MAX])
{
	size_t used = 0;
	const uint8_t *at = packet.size > 0 ?
	    memmem(packet.data, packet.size, NAME, strlen(NAME)) : NULL;
	if (at) {
		at += strlen(NAME);
		struct span value = value_of(SPAN(at,
		    (size_t)(packet.data + packet.size - at)));
		for (; used < value.size && used < XMP_TEXT_MAX - 1; used++) {
			uint8_t c = value.data[used];
			out[used] = c >= ' ' && c < 127 && c != '"' &&
			    c != '\\' ? (char)c : ' ';
		}
	}
	out[used] = '\0';
}
