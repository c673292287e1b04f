/*
 * Arithmetic and letters of shares. Multiplication takes the same steps for
 * all values: tables would tell them to who watches the cache.
 */
#include "signer/shares.h"

#include "base/enum.h"

#define LETTERS "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#define LINE_OCTETS 10
#define LINE_LETTERS 16
#define CHECK_LETTERS 2
#define FORM 1 /* of what is on paper */

/* ---- GF(256) ---- */

static uint8_t
times(uint8_t a, uint8_t b)
{
	unsigned product = 0, x = a, y = b;

	for (unsigned bit = 0; bit < 8; bit++) {
		product ^= x & (0U - (y >> bit & 1U));
		x = (x << 1) ^ (0x11bU & (0U - (x >> 7 & 1U)));
	}
	return (uint8_t)product;
}

/* a to the 254th, which is 1 / a. */
static uint8_t
inverse(uint8_t a)
{
	uint8_t square = a, product = 1;

	for (int bit = 1; bit < 8; bit++) {
		square = times(square, square);
		product = times(product, square);
	}
	return product;
}

/* ---- splitting and joining ---- */

RESULT
shares_split(const struct secret *secret, unsigned count, unsigned needed,
    struct secret *out)
{
	AUTO(secret_clear) struct secret higher = {0};

	if (secret->size != SHARE_SIZE || needed < SHARES_MIN ||
	    needed > count || count > SHARES_MAX)
		return FAIL(ERR_INVALID, "so many shares cannot be made");
	TRY(secret_new((size_t)(needed - 1) * SHARE_SIZE, &higher));
	random_bytes(higher.data, higher.size);
	TRY(secret_new((size_t)count * SHARE_SIZE, out));
	for (unsigned i = 0; i < count; i++)
		for (size_t at = 0; at < SHARE_SIZE; at++) {
			uint8_t y = 0; /* Horner, the highest first */

			for (unsigned k = needed - 1; k > 0; k--)
				y = times(y ^ higher.data[(k - 1) * SHARE_SIZE +
						at],
				    (uint8_t)(i + 1));
			out->data[i * SHARE_SIZE + at] = y ^ secret->data[at];
		}
	return OK;
}

/* What share i weighs in the value at 0 (Lagrange). */
static uint8_t
weight(const uint8_t *numbers, unsigned count, unsigned i)
{
	uint8_t product = 1;

	for (unsigned k = 0; k < count; k++)
		if (k != i)
			product = times(product,
			    times(numbers[k],
				inverse(numbers[k] ^ numbers[i])));
	return product;
}

static RESULT
check_numbers(const uint8_t *numbers, unsigned count)
{
	if (count < SHARES_MIN || count > SHARES_MAX)
		return FAIL(ERR_INVALID, "too few shares, or too many");
	for (unsigned i = 0; i < count; i++)
		for (unsigned k = 0; k <= i; k++)
			if (numbers[i] == 0 ||
			    (k < i && numbers[k] == numbers[i]))
				return FAIL(ERR_INVALID, "a share twice");
	return OK;
}

RESULT
shares_join(const uint8_t *numbers, const struct secret *values,
    unsigned count, struct secret *out)
{
	TRY(check_numbers(numbers, count));
	TRY(secret_new(SHARE_SIZE, out));
	for (unsigned i = 0; i < count; i++) {
		uint8_t w = weight(numbers, count, i);

		for (size_t at = 0; at < SHARE_SIZE; at++)
			out->data[at] ^= times(w, values[i].data[at]);
	}
	return OK;
}

/* ---- on paper ---- */

static void
pack(const struct share *s, uint8_t out[SHARE_PACKED_SIZE])
{
	out[0] = FORM;
	memcpy(out + 1, s->set, SHARE_SET_SIZE);
	out[5] = s->number;
	out[6] = s->needed;
	memcpy(out + 7, s->value, SHARE_SIZE);
	out[39] = digest_sha256(SPAN(out, 39)).bytes[0];
}

static RESULT
unpack(const uint8_t packed[SHARE_PACKED_SIZE], struct share *out)
{
	if (packed[0] != FORM ||
	    packed[39] != digest_sha256(SPAN(packed, 39)).bytes[0] ||
	    packed[5] == 0 || packed[5] > SHARES_MAX ||
	    packed[6] < SHARES_MIN || packed[6] > SHARES_MAX)
		return FAIL(ERR_INVALID, "these lines are not one share");
	memcpy(out->set, packed + 1, SHARE_SET_SIZE);
	out->number = packed[5];
	out->needed = packed[6];
	memcpy(out->value, packed + 7, SHARE_SIZE);
	return OK;
}

/* Ten bits that tell a mistyped line, and one that stands elsewhere. */
static unsigned
check_of(const uint8_t *octets, unsigned line)
{
	uint8_t both[LINE_OCTETS + 1];

	memcpy(both, octets, LINE_OCTETS);
	both[LINE_OCTETS] = (uint8_t)line;
	struct digest d = digest_sha256(SPAN(both, sizeof(both)));
	explicit_bzero(both, sizeof(both));
	return (unsigned)(d.bytes[0] << 2 | d.bytes[1] >> 6);
}

/* Letter i of sixteen: five bits each. */
static unsigned
five_bits(const uint8_t *octets, size_t i)
{
	size_t bit = i * 5;
	unsigned two = (unsigned)octets[bit / 8] << 8;

	if (bit / 8 + 1 < LINE_OCTETS)
		two |= octets[bit / 8 + 1];
	return two >> (11 - bit % 8) & 31U;
}

void
share_line(const struct share *s, unsigned line, char out[SHARE_LINE_SIZE])
{
	uint8_t packed[SHARE_PACKED_SIZE];
	const uint8_t *octets = packed + (size_t)line * LINE_OCTETS;
	size_t n = 0;

	pack(s, packed);
	for (size_t i = 0; i < LINE_LETTERS; i++) {
		out[n++] = LETTERS[five_bits(octets, i)];
		if (i % 4 == 3)
			out[n++] = ' ';
	}
	out[n++] = ' ';
	unsigned check = check_of(octets, line);
	out[n++] = LETTERS[check >> 5];
	out[n++] = LETTERS[check & 31U];
	out[n] = '\0';
	explicit_bzero(packed, sizeof(packed));
}

/* -1: no letter of ours. */
static int
letter_value(uint8_t c)
{
	if (c >= 'a' && c <= 'z')
		c = (uint8_t)(c - 'a' + 'A');
	if (c == 'I' || c == 'L')
		c = '1';
	if (c == 'O')
		c = '0';
	const char *at = c ? strchr(LETTERS, c) : NULL;
	return at ? (int)(at - LETTERS) : -1;
}

static RESULT
take_letters(struct span text, uint8_t values[LINE_LETTERS + CHECK_LETTERS])
{
	size_t count = 0;

	for (size_t i = 0; i < text.size; i++) {
		uint8_t c = text.data[i];
		int value = letter_value(c);

		if (c == ' ' || c == '-' || c == '\t' || c == '\r')
			continue;
		if (value < 0 || count == LINE_LETTERS + CHECK_LETTERS)
			return FAIL(ERR_INVALID, "not a line of a share");
		values[count++] = (uint8_t)value;
	}
	return count == LINE_LETTERS + CHECK_LETTERS
		   ? OK
		   : FAIL(ERR_INVALID, "a line of a share has 18 letters");
}

RESULT
share_read_line(struct span text, unsigned line, struct share *s,
    uint8_t packed[SHARE_PACKED_SIZE])
{
	uint8_t values[LINE_LETTERS + CHECK_LETTERS];
	uint8_t *octets = packed + (size_t)line * LINE_OCTETS;

	enum err taken = take_letters(text, values);
	if (taken != OK) {
		explicit_bzero(values, sizeof(values));
		return taken;
	}
	memset(octets, 0, LINE_OCTETS);
	for (size_t i = 0; i < LINE_LETTERS; i++)
		for (size_t bit = 0; bit < 5; bit++)
			octets[(i * 5 + bit) / 8] |=
			    (uint8_t)((values[i] >> (4 - bit) & 1)
				      << (7 - (i * 5 + bit) % 8));
	unsigned check = (unsigned)(values[LINE_LETTERS] << 5 |
				    values[LINE_LETTERS + 1]);
	explicit_bzero(values, sizeof(values));
	if (check != check_of(octets, line))
		return FAIL(ERR_INVALID, "line %u is not as it was printed",
		    line + 1);
	return line + 1 == SHARE_LINES ? unpack(packed, s) : OK;
}

/* Without "1  " in front, if it is there: more than 18 letters are. */
static struct span
without_number(struct span line, unsigned number)
{
	size_t letters = 0, at = 0;

	for (size_t i = 0; i < line.size; i++)
		letters += letter_value(line.data[i]) >= 0;
	while (at < line.size && (line.data[at] == ' ' || line.data[at] == '\t'))
		at++;
	if (letters == LINE_LETTERS + CHECK_LETTERS + 1 && at < line.size &&
	    line.data[at] == '1' + number)
		at++;
	return SPAN(line.data + at, line.size - at);
}

static struct span
line_of(struct span text)
{
	const uint8_t *end =
	    text.size ? memchr(text.data, '\n', text.size) : NULL;

	return SPAN(text.data, end ? (size_t)(end - text.data) : text.size);
}

static struct span
after_line(struct span text)
{
	size_t size = line_of(text).size;

	size += size < text.size; /* its end */
	return SPAN(text.data + size, text.size - size);
}

static RESULT
read_here(struct span text, struct share *out)
{
	uint8_t packed[SHARE_PACKED_SIZE];
	enum err result = OK;

	for (unsigned line = 0; line < SHARE_LINES && result == OK; line++) {
		result = share_read_line(
		    without_number(line_of(text), line), line, out, packed);
		text = after_line(text);
	}
	explicit_bzero(packed, sizeof(packed));
	return result;
}

RESULT
share_find(struct span text, struct share *out)
{
	for (; text.size > 0; text = after_line(text))
		if (read_here(text, out) == OK)
			return OK;
	return FAIL(ERR_NOT_FOUND, "no share is written here");
}
