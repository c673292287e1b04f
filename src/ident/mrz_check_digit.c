/* ICAO 9303-3, 4.9. */
#include "ident/mrz.h"

static int
weigh(char letter)
{
	if (letter >= '0' && letter <= '9')
		return letter - '0';
	if (letter >= 'A' && letter <= 'Z')
		return letter - 'A' + 10;
	return letter == '<' ? 0 : -1;
}

char
mrz_check_digit(const char *text, size_t length)
{
	static const int weights[] = {7, 3, 1};
	int sum = 0;

	for (size_t i = 0; i < length; i++) {
		int value = weigh(text[i]);
		if (value < 0)
			return '?';
		sum = (sum + value * weights[i % 3]) % 10;
	}
	return (char)('0' + sum);
}
