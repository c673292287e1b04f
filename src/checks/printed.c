/*
 * Printed readings against the zone: agree, contradict, or say nothing. What
 * could not be read is never taken for a contradiction.
 */
#include "checks/printed.h"
#include "base/clock.h"
#include "ident/person.h"

#include <string.h>

#define NUMBER_SIZE 64

const struct finding *
printed_find(const struct dossier *d, enum finding_name name, int *side)
{
	const struct finding *best = NULL;

	for (int i = 0; i < SIDES_MAX; i++) {
		const struct finding *f = findings_find(d->sides[i], name);
		if (!f || f->text[0] == '\0' ||
		    (best && best->confidence >= f->confidence))
			continue;
		best = f;
		if (side)
			*side = i;
	}
	return best;
}

static enum agreement
judge(const struct finding *f, bool same)
{
	if (same)
		return AGREES;
	return f->confidence >= PRINTED_SURE ? CONTRADICTS : UNREADABLE;
}

/* Letters and digits alone; those that print alike become one. */
static void
pack_number(const char *text, char out[NUMBER_SIZE])
{
	static const char from[] = "OIZSB", to[] = "01258";
	size_t used = 0;

	for (; *text && used + 1 < NUMBER_SIZE; text++) {
		char c = *text >= 'a' && *text <= 'z' ? (char)(*text - 32)
						      : *text;
		const char *alike = strchr(from, c);
		if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))
			out[used++] = alike ? to[alike - from] : c;
	}
	out[used] = '\0';
}

/*
 * The zone of Spanish cards holds the number of the card, the print shows
 * the holder's own first: they are not to be compared.
 */
enum agreement
printed_number_agrees(const struct finding *f, const struct mrz *m)
{
	char printed[NUMBER_SIZE], zone[NUMBER_SIZE];

	if (m->format == MRZ_TD1 && strcmp(m->issuer, "ESP") == 0)
		return APART;
	if (!f || f->text[0] == '\0' || m->number[0] == '\0' ||
	    m->bad[MRZ_DIGIT_number])
		return UNREADABLE;
	pack_number(f->text, printed);
	pack_number(m->number, zone);
	return judge(f, strcmp(printed, zone) == 0);
}

/* Unknown parts (00) of the zone's date are not compared. */
static enum agreement
date_agrees(const struct finding *f, const char *zone)
{
	size_t length = 10;

	if (!f || strlen(f->text) != 10 || strlen(zone) != 10)
		return UNREADABLE;
	if (strcmp(zone + 8, "00") == 0)
		length = strncmp(zone + 5, "00", 2) == 0 ? 4 : 7;
	return judge(f, strncmp(f->text, zone, length) == 0);
}

enum agreement
printed_birth_agrees(const struct finding *f, const struct mrz *m)
{
	if (m->bad[MRZ_DIGIT_birth_date])
		return UNREADABLE;
	return date_agrees(f, m->birth_date);
}

/* The old French zone has no expiry: ours is computed, not read. */
enum agreement
printed_expiry_agrees(const struct finding *f, const struct mrz *m)
{
	if (m->format == MRZ_FRA2)
		return APART;
	if (m->bad[MRZ_DIGIT_expiry])
		return UNREADABLE;
	return date_agrees(f, m->expiry);
}

static enum agreement
name_agrees(const struct finding *f, const char *zone, bool truncated)
{
	if (!f || f->text[0] == '\0' || zone[0] == '\0')
		return UNREADABLE;
	return judge(f, person_name_folds_to_mrz(f->text, zone, "",
	    truncated));
}

enum agreement
printed_names_agree(const struct dossier *d, int *side)
{
	const struct mrz *m = &d->mrz;
	enum agreement surname = name_agrees(printed_find(d,
	    FINDING_printed_surname, side), m->surname, m->truncated);

	if (surname == CONTRADICTS)
		return surname;
	enum agreement given = name_agrees(printed_find(d,
	    FINDING_printed_given_names, side), m->given_names, m->truncated);
	return given == CONTRADICTS || surname == UNREADABLE ? given : surname;
}

int
date_today(int64_t now)
{
	int year, month, day;

	clock_date(now, &year, &month, &day);
	return year * 10000 + month * 100 + day;
}

int
date_number(const char *date)
{
	int value = 0;

	for (; *date && value < 100000000; date++)
		if (*date >= '0' && *date <= '9')
			value = value * 10 + (*date - '0');
	return value;
}
