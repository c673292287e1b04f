/*
 * Hex, base64, PEM and UTF-8.
 */
#include "base/codec.h"

#include <string.h>

static const char classic[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char url[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

RESULT
hex_encode(struct span in, struct buf *out)
{
	for (size_t i = 0; i < in.size; i++)
		TRY(buf_add_format(out, "%02x", in.data[i]));
	return OK;
}

static int
hex_value(char c)
{
	const char *digits = "0123456789abcdef";
	const char *found = c ? strchr(digits, c) : NULL;

	return found ? (int)(found - digits) : -1;
}

RESULT
hex_decode(const char *text, struct buf *out)
{
	size_t length = strlen(text);

	if (length % 2)
		return FAIL(ERR_INVALID, "odd number of hex digits");
	for (size_t i = 0; i < length; i += 2) {
		int high = hex_value(text[i]), low = hex_value(text[i + 1]);
		if (high < 0 || low < 0)
			return FAIL(ERR_INVALID, "not hex");
		TRY(buf_add_byte(out, (uint8_t)(high << 4 | low)));
	}
	return OK;
}

/* Three bytes (padded with zeros) into four letters, of which some count. */
static RESULT
encode_group(const char *letters, struct span in, size_t at, struct buf *out)
{
	uint32_t word = 0;
	size_t left = in.size - at < 3 ? in.size - at : 3;

	for (size_t i = 0; i < 3; i++)
		word = word << 8 | (i < left ? in.data[at + i] : 0);
	for (size_t i = 0; i <= left; i++)
		TRY(buf_add_byte(out,
		    (uint8_t)letters[word >> (18 - 6 * i) & 63]));
	return OK;
}

RESULT
base64url_encode(struct span in, struct buf *out)
{
	for (size_t at = 0; at < in.size; at += 3)
		TRY(encode_group(url, in, at, out));
	return OK;
}

RESULT
base64_encode(struct span in, int lines, struct buf *out)
{
	for (size_t at = 0; at < in.size; at += 3) {
		TRY(encode_group(classic, in, at, out));
		for (size_t pad = in.size - at; pad < 3; pad++)
			TRY(buf_add_byte(out, '='));
		if (lines && (at / 3 % 16 == 15 || at + 3 >= in.size))
			TRY(buf_add_byte(out, '\n'));
	}
	return OK;
}

static RESULT
decode(const char *letters, struct span text, struct buf *out)
{
	uint32_t word = 0;
	unsigned bits = 0;

	for (size_t i = 0; i < text.size; i++) {
		const char *found = text.data[i] ?
		    strchr(letters, text.data[i]) : NULL;
		if (!found)
			return FAIL(ERR_INVALID, "not base64");
		word = word << 6 | (uint32_t)(found - letters);
		bits += 6;
		if (bits < 8)
			continue;
		bits -= 8;
		TRY(buf_add_byte(out, (uint8_t)(word >> bits)));
	}
	if (text.size % 4 == 1 || (word & ((1u << bits) - 1)))
		return FAIL(ERR_INVALID, "base64 with bits left over");
	return OK;
}

RESULT
base64url_decode(const char *text, struct buf *out)
{
	return decode(url, span_of_text(text), out);
}

RESULT
base64_decode(struct span text, struct buf *out)
{
	size_t pad = 0;

	if (text.size % 4)
		return FAIL(ERR_INVALID, "base64 of a wrong length");
	while (pad < 2 && pad < text.size &&
	    text.data[text.size - 1 - pad] == '=')
		pad++;
	return decode(classic, SPAN(text.data, text.size - pad), out);
}

RESULT
pem_encode(const char *label, struct span der, struct buf *out)
{
	TRY(buf_add_format(out, "-----BEGIN %s-----\n", label));
	TRY(base64_encode(der, 1, out));
	return buf_add_format(out, "-----END %s-----\n", label);
}

/* How many bytes a character has by its first one; 0 if it cannot begin. */
static size_t
sequence_length(uint8_t first)
{
	if (first < 0x80)
		return 1;
	if (first >= 0xc2 && first <= 0xdf)
		return 2;
	if (first >= 0xe0 && first <= 0xef)
		return 3;
	return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

int32_t
utf8_next(struct span text, size_t *at)
{
	static const int32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
	static const uint8_t mask[] = {0, 0x7f, 0x1f, 0x0f, 0x07};

	if (*at >= text.size)
		return 0;
	size_t length = sequence_length(text.data[*at]);
	if (length == 0 || text.size - *at < length)
		return -1;
	int32_t c = text.data[*at] & mask[length];
	for (size_t i = 1; i < length; i++) {
		uint8_t byte = text.data[*at + i];
		if ((byte & 0xc0) != 0x80)
			return -1;
		c = c << 6 | (byte & 0x3f);
	}
	if (c < smallest[length] || c > 0x10ffff ||
	    (c >= 0xd800 && c <= 0xdfff))
		return -1;
	*at += length;
	return c;
}

int
utf8_is_clean(struct span text)
{
	for (size_t at = 0; at < text.size;) {
		int32_t c = utf8_next(text, &at);
		if (c < 0x20 || (c >= 0x7f && c < 0xa0) ||
		    (c >= 0x202a && c <= 0x202e) ||
		    (c >= 0x2066 && c <= 0x2069))
			return 0;
	}
	return 1;
}

RESULT
utf8_put(struct buf *out, uint32_t c)
{
	if (c < 0x80)
		return buf_add_byte(out, (uint8_t)c);
	if (c < 0x800) {
		TRY(buf_add_byte(out, (uint8_t)(0xc0 | c >> 6)));
		return buf_add_byte(out, (uint8_t)(0x80 | (c & 0x3f)));
	}
	if (c < 0x10000) {
		TRY(buf_add_byte(out, (uint8_t)(0xe0 | c >> 12)));
		TRY(buf_add_byte(out, (uint8_t)(0x80 | (c >> 6 & 0x3f))));
		return buf_add_byte(out, (uint8_t)(0x80 | (c & 0x3f)));
	}
	if (c > 0x10ffff)
		return FAIL(ERR_INVALID, "not a character");
	TRY(buf_add_byte(out, (uint8_t)(0xf0 | c >> 18)));
	TRY(buf_add_byte(out, (uint8_t)(0x80 | (c >> 12 & 0x3f))));
	TRY(buf_add_byte(out, (uint8_t)(0x80 | (c >> 6 & 0x3f))));
	return buf_add_byte(out, (uint8_t)(0x80 | (c & 0x3f)));
}
