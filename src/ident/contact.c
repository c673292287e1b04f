/*
 * E-mail addresses and telephone numbers. Both end up in headers, addresses
 * of gateways and certificates: what is not plainly one of them is refused.
 */
#include "ident/person.h"

#include <string.h>

#define LOCAL_MAX 64 /* RFC 5321, 4.5.3.1.1 */
#define LABEL_MAX 63
#define PHONE_DIGITS_MIN 8
#define PHONE_DIGITS_MAX 15

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_alnum(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z');
}

/* RFC 5322 dot-atom; quoted local parts are not taken. */
static bool
is_local(const char *text, size_t length)
{
	if (length == 0 || length > LOCAL_MAX)
		return false;
	for (size_t i = 0; i < length; i++) {
		bool dot = text[i] == '.';
		if (dot && (i == 0 || i + 1 == length || text[i + 1] == '.'))
			return false;
		if (!dot && !is_alnum(text[i]) &&
		    !strchr("!#$%&'*+-/=?^_`{|}~", text[i]))
			return false;
	}
	return true;
}

static bool
is_label(const char *text, size_t length)
{
	if (length == 0 || length > LABEL_MAX || text[0] == '-' ||
	    text[length - 1] == '-')
		return false;
	for (size_t i = 0; i < length; i++)
		if (!is_alnum(text[i]) && text[i] != '-')
			return false;
	return true;
}

static bool
is_domain(const char *text)
{
	size_t labels = 0;

	for (;; text++) {
		size_t length = strcspn(text, ".");
		if (!is_label(text, length))
			return false;
		labels++;
		text += length;
		if (*text == '\0')
			return labels > 1 && !is_digit(text[-1]);
	}
}

RESULT
person_email_fold(const char *text, char out[PERSON_EMAIL_SIZE])
{
	char folded[PERSON_EMAIL_SIZE];
	size_t length = strnlen(text, PERSON_EMAIL_SIZE);

	if (length == PERSON_EMAIL_SIZE)
		return FAIL(ERR_INVALID, "the e-mail address is too long");
	for (size_t i = 0; i <= length; i++)
		folded[i] = text[i] >= 'A' && text[i] <= 'Z'
		    ? (char)(text[i] - 'A' + 'a')
		    : text[i];
	const char *at = strrchr(folded, '@');
	if (!at || !is_local(folded, (size_t)(at - folded)) ||
	    !is_domain(at + 1))
		return FAIL(ERR_INVALID, "not an e-mail address");
	memcpy(out, folded, length + 1);
	return OK;
}

/* Digits of a text; false if it holds anything but the usual separators. */
static bool
digits_of(const char *text, char out[PERSON_PHONE_SIZE])
{
	size_t used = 0;

	for (; *text; text++) {
		if (!is_digit(*text) && !strchr(" .-()/", *text))
			return false;
		if (!is_digit(*text))
			continue;
		if (used == PHONE_DIGITS_MAX)
			return false;
		out[used++] = *text;
	}
	out[used] = '\0';
	return true;
}

RESULT
person_phone_clean(const char *text, char out[PERSON_PHONE_SIZE])
{
	char digits[PERSON_PHONE_SIZE];

	text += strspn(text, " ");
	size_t prefix = *text == '+' ? 1 : strncmp(text, "00", 2) ? 0 : 2;
	if (prefix == 0 || !digits_of(text + prefix, digits))
		return FAIL(ERR_INVALID, "not an international number");
	if (strlen(digits) < PHONE_DIGITS_MIN || digits[0] == '0')
		return FAIL(ERR_INVALID, "not an international number");
	out[0] = '+';
	memcpy(out + 1, digits, strlen(digits) + 1);
	return OK;
}

void
person_phone_digits(const char *text, char out[PERSON_PHONE_SIZE])
{
	size_t used = 0;

	for (; *text && used < PHONE_DIGITS_MAX; text++)
		if (is_digit(*text) && (used > 0 || *text != '0'))
			out[used++] = *text;
	out[used] = '\0';
}
