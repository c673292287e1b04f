/*
 * From how likely each letter is in each place to a zone, within narrow
 * limits.
 *
 * The risk is not a wrong letter but a right one: a forger's zone with one
 * digit that disagrees looks just like a misread one. So a letter gives way
 * only where the eye itself was in doubt, every change is counted, and
 * whoever decides is told: a mended zone is a doubt, never a pass. And check
 * digits are blind to letters that weigh the same ({0 < A K U}, {1 B L V}
 * ...): what tells those apart is only how much likelier one of them is than
 * the best other zone that would be as valid, the margin.
 */
#include "base/enum.h"
#include "ident/country.h"
#include "ident/mrz_layout.h"

#include <math.h>
#include <string.h>

/* In nats: how much less likely a letter may be and still be taken because
 * its field's alphabet, a state's code or a check digit asks for it. */
#define ALPHABET_COST 4.6f
#define STATE_COST 3.0f
#define DIGIT_COST 3.0f
/* Two ways to mend that are no further apart than this: none. */
#define RIVAL_COST 1.0f
#define DIGIT_SAYS 2.3f /* log 10 */
#define LEAST_P 1e-7f
#define EXCHANGES_MAX 40

const char mrz_letters[MRZ_LETTERS + 1] =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<";

struct work {
	const struct mrz_seen *seen;
	char text[MRZ_LINES_MAX][MRZ_LINE_SIZE];
	const char *lines[MRZ_LINES_MAX];
	int64_t now;
};

/* One letter for another, and what that costs. */
struct exchange {
	char *at;
	char to;
	float cost;
};

struct exchanges {
	size_t count;
	struct exchange of[EXCHANGES_MAX]; /* cheapest first */
};

static int
index_of(char letter)
{
	const char *at = letter ? strchr(mrz_letters, letter) : NULL;
	return at ? (int)(at - mrz_letters) : -1;
}

static float
log_of(const struct work *w, size_t line, size_t i, char letter)
{
	int index = index_of(letter);
	float p = index < 0 ? 0 : w->seen->p[line][i][index];
	return logf(fmaxf(p, LEAST_P));
}

/* Of the letter that stands there now giving way to another. */
static float
cost_of(const struct work *w, size_t line, size_t i, char letter)
{
	return log_of(w, line, i, w->text[line][i]) -
	    log_of(w, line, i, letter);
}

static char
likeliest(const float p[MRZ_LETTERS])
{
	int best = 0;
	for (int c = 1; c < MRZ_LETTERS; c++)
		if (p[c] > p[best])
			best = c;
	return mrz_letters[best];
}

static RESULT
work_init(struct work *w, const struct mrz_seen *seen, int64_t now)
{
	*w = (struct work){.seen = seen, .now = now};
	if (seen->count < 1 || seen->count > MRZ_LINES_MAX)
		return FAIL(ERR_UNREADABLE, "%zu lines", seen->count);
	for (size_t line = 0; line < seen->count; line++) {
		if (seen->columns[line] < 1 ||
		    seen->columns[line] >= MRZ_LINE_SIZE)
			return FAIL(ERR_UNREADABLE, "a line is too long");
		for (int i = 0; i < seen->columns[line]; i++)
			w->text[line][i] = likeliest(seen->p[line][i]);
		w->lines[line] = w->text[line];
	}
	return OK;
}

static bool
parses(const struct work *w, struct mrz *out)
{
	if (mrz_parse(w->lines, w->seen->count, w->now, out) == OK)
		return true;
	err_clear();
	return false;
}

/* How many check digits are right: each is so by chance once in ten times. */
static float
worth_of_digits(const struct work *w)
{
	struct mrz m;
	unsigned rules = 0;
	if (!parses(w, &m))
		return 0;
	for (size_t i = 0; i < mrz_digit_rule_count; i++)
		rules += mrz_digit_rules[i].format == m.format;
	return DIGIT_SAYS * ((float)rules - (float)m.bad_digits);
}

/*
 * The layout, if need be with one letter at its head exchanged: by how likely
 * that letter is, and how many digits of the layout it makes are right, as a
 * visa has fewer than a passport.
 */
static enum mrz_format
recognise(struct work *w, unsigned *changed)
{
	enum mrz_format format = mrz_recognise(w->lines, w->seen->count);
	struct exchange best = {.cost = ALPHABET_COST};
	for (size_t i = 0; format == MRZ_NONE && i < 5; i++) {
		char *at = &w->text[0][i], was = *at;
		for (const char *c = mrz_letters; was && *c; c++) {
			float cost = cost_of(w, 0, i, *c);
			*at = *c;
			if (cost < ALPHABET_COST &&
			    mrz_recognise(w->lines, w->seen->count)) {
				cost -= worth_of_digits(w);
				if (cost < best.cost)
					best = (struct exchange){at, *c,
					    cost};
			}
			*at = was;
		}
	}
	if (!best.at)
		return format;
	*best.at = best.to;
	(*changed)++;
	return mrz_recognise(w->lines, w->seen->count);
}

/* The likeliest letter of an alphabet, if it is likely enough. */
static unsigned
coerce_letter(struct work *w, size_t line, size_t i,
    enum mrz_alphabet alphabet)
{
	char *at = &w->text[line][i], to = *at;
	float least = ALPHABET_COST;
	if (mrz_alphabet_has(alphabet, *at))
		return 0;
	for (const char *c = mrz_letters; *c; c++) {
		float cost = cost_of(w, line, i, *c);
		if (cost < least && mrz_alphabet_has(alphabet, *c)) {
			least = cost;
			to = *c;
		}
	}
	bool changed = to != *at;
	*at = to;
	return changed;
}

static unsigned
coerce(struct work *w, enum mrz_format format)
{
	unsigned changed = 0;
	for (size_t n = 0; n < mrz_field_count; n++) {
		const struct mrz_field *f = &mrz_fields[n];
		for (size_t i = f->at.first; f->format == format &&
		    i <= f->at.last; i++)
			changed += coerce_letter(w, f->at.line - 1u, i - 1,
			    f->alphabet);
	}
	return changed;
}

static bool
is_state(const char code[3])
{
	char text[4] = "";
	size_t used = 0;
	for (size_t i = 0; i < 3; i++)
		if (code[i] != '<')
			text[used++] = code[i];
	return (used == 3 || code[used] == '<') && country_find(text);
}

/* The likeliest known code, if the one read is none. */
static unsigned
mend_state(struct work *w, const struct mrz_field *f)
{
	size_t line = f->at.line - 1u, from = f->at.first - 1u;
	char *at = &w->text[line][from];
	char was[3], best[3];
	float least = STATE_COST;
	unsigned changed = 0;
	memcpy(was, at, 3);
	memcpy(best, at, 3);
	if (is_state(was))
		return 0;
	for (int n = 0; n < MRZ_LETTERS * MRZ_LETTERS * MRZ_LETTERS; n++) {
		char code[3] = {mrz_letters[n % MRZ_LETTERS],
		    mrz_letters[n / MRZ_LETTERS % MRZ_LETTERS],
		    mrz_letters[n / MRZ_LETTERS / MRZ_LETTERS]};
		float cost = cost_of(w, line, from + 2, code[2]);
		if (cost >= least) { /* nor with any other beginning */
			n += MRZ_LETTERS * MRZ_LETTERS - 1;
			continue;
		}
		cost += cost_of(w, line, from, code[0]) +
		    cost_of(w, line, from + 1, code[1]);
		if (cost < least && is_state(code)) {
			least = cost;
			memcpy(best, code, 3);
		}
	}
	for (size_t i = 0; i < 3; i++)
		changed += best[i] != was[i];
	memcpy(at, best, 3);
	return changed;
}

static unsigned
mend_states(struct work *w, enum mrz_format format)
{
	static const char *const names[] = {"issuer", "nationality"};
	unsigned changed = 0;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const struct mrz_field *f = mrz_field_find(format, names[i]);
		if (f && f->at.last - f->at.first == 2)
			changed += mend_state(w, f);
	}
	return changed;
}

/* Keeps the cheapest, in order. */
static void
keep_exchange(struct exchanges *es, struct exchange e)
{
	size_t at = es->count;
	while (at > 0 && es->of[at - 1].cost > e.cost)
		at--;
	if (at == EXCHANGES_MAX)
		return;
	size_t moved = es->count - at;
	if (es->count == EXCHANGES_MAX)
		moved--;
	else
		es->count++;
	memmove(&es->of[at + 1], &es->of[at], moved * sizeof(e));
	es->of[at] = e;
}

/* Letters that might stand there as well and that the fields allow. */
static void
find_exchanges(struct work *w, enum mrz_format format, float most,
    struct exchanges *out)
{
	out->count = 0;
	for (size_t n = 0; n < mrz_field_count; n++) {
		const struct mrz_field *f = &mrz_fields[n];
		size_t line = f->at.line - 1u;
		for (size_t i = f->at.first - 1u; f->format == format &&
		    i < f->at.last; i++) {
			for (const char *c = mrz_letters; *c; c++) {
				char *at = &w->text[line][i];
				float cost = cost_of(w, line, i, *c);
				if (*c != *at && cost < most &&
				    mrz_alphabet_has(f->alphabet, *c))
					keep_exchange(out,
					    (struct exchange){at, *c, cost});
			}
		}
	}
}

/* Would the zone with these exchanges have no more wrong than this? */
static bool
as_valid(struct work *w, const struct exchange *a, const struct exchange *b,
    unsigned bad_digits, unsigned flaws)
{
	struct mrz m;
	char was_a = *a->at, was_b = b ? *b->at : 0;
	*a->at = a->to;
	if (b)
		*b->at = b->to;
	bool ok = parses(w, &m) && m.bad_digits <= bad_digits &&
	    (m.flaws & ~flaws) == 0;
	if (b)
		*b->at = was_b;
	*a->at = was_a;
	return ok;
}

/* The cheapest one or two exchanges after which so little is wrong, and
 * what the next cheapest costs. */
struct rivals {
	const struct exchange *a, *b;
	float cost, next;
};

static void
note_rival(struct rivals *r, const struct exchange *a,
    const struct exchange *b, float cost)
{
	if (cost >= r->cost) {
		r->next = fminf(r->next, cost);
		return;
	}
	*r = (struct rivals){a, b, cost, r->cost};
}

static void
find_rivals(struct work *w, const struct exchanges *es, float most,
    unsigned bad_digits, unsigned flaws, struct rivals *out)
{
	*out = (struct rivals){.cost = most, .next = most};
	for (size_t i = 0; i < es->count; i++) {
		const struct exchange *a = &es->of[i];
		if (a->cost < out->next &&
		    as_valid(w, a, NULL, bad_digits, flaws))
			note_rival(out, a, NULL, a->cost);
	}
	for (size_t i = 0; i < es->count; i++) {
		for (size_t k = i + 1; k < es->count; k++) {
			const struct exchange *a = &es->of[i];
			const struct exchange *b = &es->of[k];
			if (a->cost + b->cost >= out->next)
				break;
			if (a->at != b->at &&
			    as_valid(w, a, b, bad_digits, flaws))
				note_rival(out, a, b, a->cost + b->cost);
		}
	}
}

/* Satisfies the check digits if the eye was in doubt and one way is best. */
static unsigned
mend_digits(struct work *w, const struct mrz *m)
{
	struct exchanges es;
	struct rivals r;
	find_exchanges(w, m->format, DIGIT_COST, &es);
	find_rivals(w, &es, DIGIT_COST, 0, m->flaws, &r);
	if (!r.a || r.next - r.cost < RIVAL_COST)
		return 0;
	*r.a->at = r.a->to;
	if (r.b)
		*r.b->at = r.b->to;
	return r.b ? 2 : 1;
}

static float
margin_of(struct work *w, const struct mrz *m)
{
	struct exchanges es;
	struct rivals r;
	find_exchanges(w, m->format, MRZ_MARGIN_MAX, &es);
	find_rivals(w, &es, MRZ_MARGIN_MAX, m->bad_digits, m->flaws, &r);
	return fmaxf(r.cost, 0);
}

static void
keep(const struct work *w, unsigned repaired, struct mrz_reading *out)
{
	memcpy(out->lines, w->text, sizeof(out->lines));
	out->line_count = w->seen->count;
	out->repaired = repaired;
	out->sure = 0;
	out->least = 1;
	unsigned count = 0;
	for (size_t line = 0; line < w->seen->count; line++) {
		for (size_t i = 0; w->text[line][i]; i++, count++) {
			float p = expf(log_of(w, line, i, w->text[line][i]));
			out->sure += p;
			out->least = fminf(out->least, p);
		}
	}
	out->sure /= (float)count;
}

/* What may be mended, in the order of how safe it is. */
static unsigned
mend(struct work *w)
{
	unsigned changed = 0;
	struct mrz m;
	enum mrz_format format = recognise(w, &changed);
	if (format == MRZ_NONE)
		return changed;
	changed += coerce(w, format);
	changed += mend_states(w, format);
	if (parses(w, &m) && m.bad_digits > 0)
		changed += mend_digits(w, &m);
	return changed;
}

RESULT
mrz_decide(const struct mrz_seen *seen, int64_t now, struct mrz_reading *out)
{
	struct mrz_reading reading = {0};
	struct work raw, mended;

	TRY(work_init(&raw, seen, now));
	TRY(work_init(&mended, seen, now));
	keep(&raw, 0, &reading);
	bool readable = parses(&raw, &reading.raw);
	reading.mrz = reading.raw;
	if (!readable || reading.raw.bad_digits || reading.raw.flaws) {
		unsigned changed = mend(&mended);
		if (changed > 0 && changed <= MRZ_MENDED_MAX &&
		    parses(&mended, &reading.mrz))
			keep(&mended, changed, &reading);
		else if (!readable)
			reading.mrz.format = MRZ_NONE;
	}
	struct work *chosen = reading.repaired > 0 ? &mended : &raw;
	if (reading.mrz.format != MRZ_NONE)
		reading.margin = margin_of(chosen, &reading.mrz);
	*out = reading;
	return OK;
}
