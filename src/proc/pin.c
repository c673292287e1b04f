/*
 * PINs: rules and messages.
 */
#include "proc/pin.h"

static RESULT
check_digits(const char *pin, size_t size)
{
	if (size < PIN_MIN || size > PIN_MAX ||
	    strspn(pin, "0123456789") != size)
		return FAIL(ERR_INVALID, "a PIN has %d to %d digits", PIN_MIN,
		    PIN_MAX);
	return OK;
}

/* Each digit is the one before and step more; 9 is followed by 0. */
static bool
is_run(const char *pin, size_t size, int step)
{
	for (size_t i = 1; i < size; i++)
		if ((pin[i] - pin[i - 1] - step + 10) % 10 != 0)
			return false;
	return true;
}

/* c, y, m, d: the date's digits of century, year, month and day in this order;
 * M, D: without a zero before. Fewer than six are no PIN. */
static const char *const spellings[] = {"ccyymmdd", "ddmmccyy", "mmddccyy",
    "ccyyddmm", "yymmdd", "ddmmyy", "mmddyy", "yyddmm", "ccyymm", "mmccyy",
    "ccyyMD", "DMccyy", "MDccyy", "ccyyDM", "ddMccyy", "Dmmccyy"};

static void
spell(const char *spelling, const char *date, char out[9])
{
	static const struct {
		char letter;
		size_t at;
		bool alone; /* its one letter stands for both digits */
	} places[] = {{'c', 0, false}, {'y', 2, false}, {'m', 5, false},
	    {'d', 8, false}, {'M', 5, true}, {'D', 8, true}};
	size_t size = 0;

	for (const char *at = spelling; *at; at++)
		for (size_t j = 0; j < sizeof(places) / sizeof(places[0]); j++) {
			const char *two = date + places[j].at;
			bool later = at > spelling && at[-1] == *at;
			if (*at != places[j].letter)
				continue;
			if (!places[j].alone || *two != '0')
				out[size++] = two[later];
			if (places[j].alone)
				out[size++] = two[1];
		}
	out[size] = '\0';
}

static bool
is_date(const char *pin, const char *date)
{
	char spelt[9];

	if (strlen(date) != 10)
		return false;
	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
		spell(spellings[i], date, spelt);
		if (strcmp(pin, spelt) == 0)
			return true;
	}
	return false;
}

RESULT
pin_rules(const char *pin, const char *birth_date)
{
	size_t size = strlen(pin);

	TRY(check_digits(pin, size));
	for (int step = -1; step <= 1; step++)
		if (is_run(pin, size, step))
			return FAIL(ERR_INVALID,
			    "a PIN is neither one digit only nor a run");
	if (is_date(pin, birth_date))
		return FAIL(ERR_INVALID, "a PIN is not the birth date");
	return OK;
}

RESULT
pin_order_put(struct buf *b, const struct pin_order *o)
{
	put_text(b, o->registration);
	put_text(b, o->pin);
	put_text(b, o->birth_date);
	put_text(b, o->old);
	return wire_written(b);
}

RESULT
pin_order_get(struct span message, struct pin_order *out)
{
	struct wire_reader r = wire_read(message);

	*out = (struct pin_order){0};
	get_text(&r, out->registration, sizeof(out->registration));
	get_text(&r, out->pin, sizeof(out->pin));
	get_text(&r, out->birth_date, sizeof(out->birth_date));
	get_text(&r, out->old, sizeof(out->old));
	return wire_done(&r);
}

RESULT
pin_result_put(struct buf *b, const struct pin_result *r)
{
	put_bool(b, r->right);
	put_u8(b, r->tries_left);
	return wire_written(b);
}

RESULT
pin_result_get(struct span message, struct pin_result *out)
{
	struct wire_reader r = wire_read(message);

	*out = (struct pin_result){.right = get_bool(&r)};
	out->tries_left = get_u8(&r);
	if (out->tries_left > PIN_TRIES)
		r.failed = true;
	return wire_done(&r);
}
