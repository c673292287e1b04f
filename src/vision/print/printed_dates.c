/*
 * Dates: the zone's in all forms that documents print, else what stands by
 * its label, settled by the other dates of the page.
 */
#include "vision/print/printed_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/enum.h"
#include "vision/print/wording.h"

#define DATES_MAX 8
#define YOUNGEST 10
#define YEARS_LEAST 18  /* from the holder's birth to the last date */
#define SETTLE_SURE 0.7f
#define LAST_SURE 0.5f /* of a date that may be another one's */
#define GUESS_SURE 0.8f /* below PRINTED_SURE: it never contradicts */

static bool
search_all(const struct outlook *o, const struct renderings *all,
    const struct print **where, struct match *out)
{
	bool found = false;
	*out = (struct match){.score = SEARCH_NOTHING};
	for (size_t i = 0; i < all->count; i++) {
		const struct search what = {.text = all->at[i]};
		const struct print *place = NULL;
		struct match m;
		if (!printed_search(o, &what, &place, &m) ||
		    (found && m.score <= out->score))
			continue;
		*out = m;
		*where = place;
		found = true;
	}
	return found;
}

static void
render(struct renderings *r, const char *a, const char *b, char between,
    const char *c)
{
	if (r->count < RENDERINGS_MAX)
		snprintf(r->at[r->count++], SEARCH_TEXT_MAX, "%s%c%s%c%s", a,
		    between == '*' ? ' ' : between, b, between, c);
}

/* "1988-11-15" as documents print it; none when a part is not known. */
static void
render_date(const char *date, struct renderings *out)
{
	char day[3] = {date[8], date[9], '\0'};
	char month[3] = {date[5], date[6], '\0'};
	char year[5] = {date[0], date[1], date[2], date[3], '\0'};
	const char *word;
	out->count = 0;
	if (strcmp(day, "00") == 0 || strcmp(month, "00") == 0)
		return;
	render(out, day, month, '/', year);
	render(out, year, month, '/', day);
	/* "12.1983" is not the first of February */
	if (day[0] == '0' || month[0] == '0')
		render(out, day + (day[0] == '0'),
		    month + (month[0] == '0'), '|', year);
	for (size_t i = 0; (word = month_word((month[0] - '0') * 10 +
		month[1] - '0', i)); i++)
		render(out, day, word, '*', year);
}

/* "15 NOV /NOV 88": British, Canadian, Ukrainian and other passports have the
 * last two digits alone, behind the month's name. */
static void
render_short_date(const char *date, struct renderings *out)
{
	char day[3] = {date[8], date[9], '\0'};
	const char *word;
	int month = (date[5] - '0') * 10 + date[6] - '0';
	out->count = 0;
	for (size_t i = 0; (word = month_word(month, i)) &&
	    out->count + 2 <= RENDERINGS_MAX; i++) {
		render(out, day, word, '*', date + 2);
		/* behind the month in another script */
		snprintf(out->at[out->count++], SEARCH_TEXT_MAX, "%s*%s*%s",
		    day, word, date + 2);
	}
	for (size_t i = 0; i < out->count; i++)
		out->at[i][strlen(out->at[i]) - strlen(date + 4)] = '\0';
}

float
printed_score(const struct sheet *s, enum shape shape, const char *value)
{
	const struct outlook o = {.sheet = s};
	const struct search what = {value, shape == SHAPE_NAME, false};
	struct renderings all;
	const struct print *where;
	struct match m;
	if (shape != SHAPE_DATE)
		return printed_search(&o, &what, &where, &m) ? m.score :
		    SEARCH_NOTHING;
	render_date(value, &all);
	return search_all(&o, &all, &where, &m) ? m.score : SEARCH_NOTHING;
}

/* What stands at the place of the zone's value, if surely something else. */
void
printed_add_other(const struct outlook *o, enum field field,
    enum finding_name name, const char *expected, const struct renderings *all)
{
	struct value v;
	sheet_value(o->sheet, field, o->country, o->layout, &v);
	if (!v.print || v.sure < OTHER_SURE || strcmp(v.text, expected) == 0)
		return;
	for (size_t i = 0; i < all->count; i++) {
		const struct search what = {.text = all->at[i]};
		struct match m;
		if (search_in(v.print, &what, &m) != OK) {
			err_clear();
			return;
		}
		if (m.score > OTHER_LEAST)
			return; /* not sure enough that it is another */
	}
	printed_add_value(o, name, &v);
}

/* Dates of a page in order, each once. */
struct dates {
	size_t count;
	struct value at[DATES_MAX + 1];
};

static void
insert_date(const struct value *v, struct dates *out)
{
	size_t at = 0;
	while (at < out->count && strcmp(out->at[at].text, v->text) < 0)
		at++;
	if (at < out->count && strcmp(out->at[at].text, v->text) == 0)
		return;
	memmove(&out->at[at + 1], &out->at[at],
	    (out->count - at) * sizeof(out->at[0]));
	out->at[at] = *v;
	out->count++;
}

/* "Convention of 28 July 1951": what a document calls itself has no dates. */
static bool
is_title(const struct sheet *s, size_t print)
{
	bool title = false;
	for (size_t i = 0; i < s->label_count; i++)
		if (s->labels[i].print == print) {
			if (s->labels[i].field != FIELD_title)
				return false;
			title = true;
		}
	return title;
}

static void
collect_dates(const struct sheet *s, struct dates *out)
{
	out->count = 0;
	for (size_t i = 0; i < s->prints.count && out->count < DATES_MAX;
	    i++) {
		const struct print *p = &s->prints.at[i];
		struct value v;
		for (int from = 0; !is_title(s, i) &&
		    out->count < DATES_MAX &&
		    sheet_among(p, from, p->count, SHAPE_DATE, &v);
		    from = v.to)
			insert_date(&v, out);
	}
}

bool
printed_begins_with_date(const struct outlook *o, const char *digits)
{
	struct dates all;
	char day[11];
	collect_dates(o->sheet, &all);
	for (size_t i = 0; i < all.count; i++) {
		squeeze(all.at[i].text, day, sizeof(day));
		if (strncmp(digits, day, 8) == 0 ||
		    strncmp(digits, day + 2, 6) == 0)
			return true;
	}
	return false;
}

static int
year_of(const struct value *v)
{
	return (int)strtol(v->text, NULL, 10);
}

/* Nobody is born after another date of the document, and none is later than
 * its expiry: what a label says otherwise, it says of its neighbour. */
static void
settle_date(const struct outlook *o, enum field field, struct value *v)
{
	struct dates all;
	collect_dates(o->sheet, &all);
	if (all.count < 2 || all.count == DATES_MAX)
		return;
	const struct value *end = field == FIELD_birth_date ? &all.at[0] :
	    &all.at[all.count - 1];
	if (strcmp(end->text, v->text) == 0 || end->sure < SETTLE_SURE)
		return;
	*v = *end;
	v->sure *= GUESS_SURE;
}

/* The last year of the page's other dates; 0: there are none. */
static int
last_year_but(const struct dates *all, const struct value *v)
{
	for (size_t i = all->count; i > 0; i--)
		if (strcmp(all->at[i - 1].text, v->text) != 0)
			return year_of(&all->at[i - 1]);
	return 0;
}

/* "11.05.31": nobody is born after their document ends, and few hold one that
 * ends before they are ten; a child's is why that is a doubt. */
static void
settle_century(const struct outlook *o, struct value *v)
{
	struct dates all;
	if (!sheet_is_short(v) || year_of(v) < 2000)
		return;
	collect_dates(o->sheet, &all);
	int year = year_of(v), last = last_year_but(&all, v);
	if (last > 0 && year <= last - YOUNGEST)
		return;
	memcpy(v->text, "19", 2);
	if (last == 0 || year <= last)
		v->sure *= GUESS_SURE;
}

static bool
tells_issue(const struct sheet *s)
{
	for (size_t i = 0; i < s->label_count; i++)
		if (s->labels[i].field == FIELD_issue_date)
			return true;
	return false;
}

/* A label that could not be read: people are born long before documents are
 * issued, and those are issued before they expire. Of two dates the second is
 * the expiry: a day of issue alone is for backs. */
static void
guess_date(const struct outlook *o, enum field field, struct value *out)
{
	struct dates all;
	collect_dates(o->sheet, &all);
	if (all.count < 2 || all.count == DATES_MAX)
		return;
	bool life = year_of(&all.at[all.count - 1]) - year_of(&all.at[0]) >=
	    YEARS_LEAST;
	if (field == FIELD_birth_date && life)
		*out = all.at[0];
	if (field == FIELD_expiry && (o->sheet->permit ||
	    (all.count == 3 && life) ||
	    (all.count == 2 && life && !tells_issue(o->sheet))))
		*out = all.at[all.count - 1];
	out->sure *= GUESS_SURE;
	if (field == FIELD_expiry && all.count == 2 && !o->sheet->permit)
		out->sure = fminf(out->sure, LAST_SURE);
}

/* The zone's date stands there, but as the value of another label: an expiry
 * changed into the day of issue. */
static bool
is_other_date(const struct outlook *o, enum field field,
    const struct print *where)
{
	static const enum field dates[] = {FIELD_birth_date, FIELD_expiry,
	    FIELD_issue_date};
	struct value own, other;
	sheet_value(o->sheet, field, o->country, o->layout, &own);
	for (size_t i = 0; i < COUNT_OF(dates) && own.print != where; i++) {
		sheet_value(o->sheet, dates[i], o->country, o->layout,
		    &other);
		if (dates[i] != field && other.print == where)
			return true;
	}
	return false;
}

/* "08.08.33" under the label of the expiry, and the zone says the same. */
static bool
add_short(const struct outlook *o, enum field field, enum finding_name name,
    const char *expected)
{
	struct value v;
	sheet_value(o->sheet, field, o->country, o->layout, &v);
	if (!v.print || !sheet_is_short(&v) || v.sure < ALONE_SURE ||
	    strcmp(v.text + 2, expected + 2) != 0)
		return false;
	memcpy(v.text, expected, 2);
	printed_add_value(o, name, &v);
	return true;
}

void
printed_date(const struct outlook *o, enum field field, enum finding_name name,
    const char *expected)
{
	struct renderings all = {0};
	const struct print *where = NULL;
	struct match m;
	if (strlen(expected) == 10)
		render_date(expected, &all);
	if (all.count == 0) {
		struct value v;
		sheet_value(o->sheet, field, o->country, o->layout, &v);
		if (v.print && !sheet_is_short(&v))
			settle_date(o, field, &v);
		else if (!v.print)
			guess_date(o, field, &v);
		if (v.print && field == FIELD_birth_date)
			settle_century(o, &v);
		if (v.print && v.sure >= ALONE_SURE)
			printed_add_value(o, name, &v);
		return;
	}
	bool found = search_all(o, &all, &where, &m);
	if (!found || m.score < MATCH_LEAST) {
		struct renderings brief;
		render_short_date(expected, &brief);
		found = search_all(o, &brief, &where, &m);
	}
	if (found && m.score >= MATCH_LEAST && !is_other_date(o, field, where))
		printed_add(o, name, expected, m.sure, where, m.from, m.to);
	else if (!add_short(o, field, name, expected))
		printed_add_other(o, field, name, expected, &all);
}

/* Whether two days lie side by side in the year, whatever year it is. */
static bool
same_day(const char *a, const char *b)
{
	long first = strtol(a + 8, NULL, 10), second = strtol(b + 8, NULL, 10);
	long apart = labs(31 * (strtol(a + 5, NULL, 10) -
	    strtol(b + 5, NULL, 10)) + first - second);
	apart = apart > 186 ? 372 - apart : apart;
	return apart <= 1 || (apart <= 4 && (first == 1 || second == 1));
}

/*
 * Documents end on the day of their issue or of the holder's birth, or on the
 * one beside it. A misread digit is likelier than one that does not; permits
 * end when they may.
 */
void
printed_doubt_end(const struct outlook *o)
{
	struct printed_field *end = printed_reported(o->out,
	    FINDING_printed_expiry);
	struct printed_field *issue = printed_reported(o->out,
	    FINDING_printed_issue_date);
	struct printed_field *birth = printed_reported(o->out,
	    FINDING_printed_birth_date);
	if (!end || !issue || o->sheet->permit ||
	    same_day(end->text, issue->text) ||
	    (birth && same_day(end->text, birth->text)))
		return;
	end->sure *= GUESS_SURE;
	issue->sure *= GUESS_SURE;
}

void
printed_doubt_birth(const struct outlook *o)
{
	static const enum finding_name others[] = {
	    FINDING_printed_issue_date, FINDING_printed_expiry};
	struct printed_field *birth = printed_reported(o->out,
	    FINDING_printed_birth_date);
	for (size_t i = 0; birth && i < COUNT_OF(others); i++) {
		const struct printed_field *other = printed_reported(o->out,
		    others[i]);
		if (other && strcmp(birth->text, other->text) == 0)
			birth->sure = fminf(birth->sure, LAST_SURE);
	}
}
