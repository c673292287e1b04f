/*
 * Imprints: gradients instead of levels, so that light and contrast do not
 * count (the "difference hash", here 16 x 16).
 */
#include "ident/imprint.h"

#include <string.h>

void
imprint_of(const uint8_t *grey, char out[IMPRINT_SIZE])
{
	static const char digits[] = "0123456789abcdef";
	int nibble = 0, used = 0;

	for (int y = 0; y < IMPRINT_ROWS; y++) {
		const uint8_t *row = grey + y * IMPRINT_COLUMNS;
		for (int x = 0; x + 1 < IMPRINT_COLUMNS; x++) {
			nibble = nibble << 1 | (row[x + 1] > row[x]);
			if (x % 4 == 3) {
				out[used++] = digits[nibble];
				nibble = 0;
			}
		}
	}
	out[used] = '\0';
}

static int
value_of(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

int
imprint_apart(const char *a, const char *b)
{
	int apart = 0;

	if (strlen(a) != IMPRINT_SIZE - 1 || strlen(b) != IMPRINT_SIZE - 1)
		return IMPRINT_BITS;
	for (int i = 0; i < IMPRINT_SIZE - 1; i++) {
		int one = value_of(a[i]), other = value_of(b[i]);
		if (one < 0 || other < 0)
			return IMPRINT_BITS;
		apart += __builtin_popcount((unsigned)(one ^ other));
	}
	return apart;
}
