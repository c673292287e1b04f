/*
 * Parsing of plain barcodes. The text is a stranger's: fields are bounded,
 * dates are dates, and a field told twice is a field not told.
 */
#include "ident/barcode.h"

#include "base/clock.h"
#include "base/codec.h"
#include "base/enum.h"

#include <stddef.h>
#include <string.h>

#define KEY_MAX 12
#define PARTS_MAX 32 /* fields of one text; more is no plain form */

static const struct {
	const char *name;
	size_t field; /* offset in struct barcode_data */
} keys[] = {
#define KEY(name, field) {name, offsetof(struct barcode_data, field)},
#include "ident/barcode_keys.def"
#undef KEY
};

static char *
place_of(struct barcode_data *d, struct span key)
{
	for (size_t i = 0; i < COUNT_OF(keys); i++)
		if (strlen(keys[i].name) == key.size &&
		    memcmp(keys[i].name, key.data, key.size) == 0)
			return (char *)d + keys[i].field;
	return NULL;
}

static struct span
trimmed(struct span s)
{
	while (s.size > 0 && s.data[0] == ' ')
		s = SPAN(s.data + 1, s.size - 1);
	while (s.size > 0 && s.data[s.size - 1] == ' ')
		s.size--;
	return s;
}

/* "KEY=value" or "KEY:value"; what is no such part is passed over. */
static RESULT
take_part(struct span part, struct barcode_data *d)
{
	size_t cut = 0;
	while (cut < part.size && part.data[cut] != '=' &&
	    part.data[cut] != ':')
		cut++;
	if (cut == part.size || cut > KEY_MAX)
		return OK;
	char *place = place_of(d, trimmed(SPAN(part.data, cut)));
	struct span value = trimmed(SPAN(part.data + cut + 1,
	    part.size - cut - 1));
	if (!place || value.size == 0)
		return OK;
	if (place[0])
		return FAIL(ERR_NOT_FOUND, "a field is told twice");
	if (value.size >= BARCODE_FIELD_SIZE || !utf8_is_clean(value))
		return FAIL(ERR_NOT_FOUND, "a field is no field");
	memcpy(place, value.data, value.size);
	place[value.size] = '\0';
	return OK;
}

static bool
is_separator(char c)
{
	return c == ';' || c == '|' || c == '\n' || c == '\r';
}

static RESULT
parse_fields(const char *text, struct barcode_data *d)
{
	size_t parts = 0;
	while (*text) {
		size_t size = 0;
		while (text[size] && !is_separator(text[size]))
			size++;
		if (++parts > PARTS_MAX)
			return FAIL(ERR_NOT_FOUND, "too many fields");
		TRY(take_part(SPAN((const uint8_t *)text, size), d));
		text += size;
		text += *text != '\0';
	}
	return OK;
}

/* Only YYYY-MM-DD of a day that there is. */
static void
keep_date(char *date)
{
	int64_t ms;
	if (strlen(date) == 10 && clock_parse(date, &ms) == OK)
		return;
	err_clear();
	date[0] = '\0';
}

static void
copy(char out[BARCODE_FIELD_SIZE], const char *from)
{
	memcpy(out, from, strlen(from) + 1);
}

/* Lines parted by line ends, of one width; a zone with a wrong digit or flaw
 * is not worth comparing with. */
static RESULT
parse_zone(const char *text, int64_t now, struct barcode_data *d)
{
	char lines[MRZ_LINES_MAX][MRZ_LINE_SIZE];
	const char *at[MRZ_LINES_MAX];
	size_t count = 0;
	struct mrz m;
	while (*text) {
		size_t size = strcspn(text, "\r\n");
		if (size >= MRZ_LINE_SIZE || count == MRZ_LINES_MAX)
			return FAIL(ERR_NOT_FOUND, "no zone");
		memcpy(lines[count], text, size);
		lines[count][size] = '\0';
		at[count] = lines[count];
		count++;
		text += size;
		text += strspn(text, "\r\n");
	}
	TRY(mrz_parse(at, count, now, &m));
	if (m.bad_digits > 0 || m.flaws)
		return FAIL(ERR_NOT_FOUND, "no sound zone");
	copy(d->number, m.number);
	copy(d->birth_date, m.birth_date);
	copy(d->expiry, m.expiry);
	if (m.truncated)
		return OK;
	copy(d->surname, m.surname);
	copy(d->given_names, m.given_names);
	return OK;
}

static bool
tells_nothing(const struct barcode_data *d)
{
	return !d->number[0] && !d->surname[0] && !d->given_names[0] &&
	    !d->birth_date[0] && !d->expiry[0];
}

RESULT
barcode_parse(const char *text, int64_t now, struct barcode_data *out)
{
	struct barcode_data d = {0};
	if (parse_zone(text, now, &d) != OK) {
		err_clear();
		d = (struct barcode_data){0};
		TRY(parse_fields(text, &d));
	}
	keep_date(d.birth_date);
	keep_date(d.expiry);
	if (tells_nothing(&d))
		return FAIL(ERR_NOT_FOUND, "it tells nothing of a person");
	*out = d;
	return OK;
}
