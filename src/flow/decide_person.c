/*
 * Who is certified: the declared name, cut into its parts by the document,
 * with its accents.
 */
#include "flow/decide_act.h"

#include "base/clock.h"
#include "base/enum.h"
#include "flow/journey.h"
#include "flow/renewal.h"
#include "flow/take.h"
#include "ident/country.h"
#include "ident/person.h"

const struct actor clerk_as_actor = {ACTOR_clerk, "clerk", "clerk"};

/* A comparison is of the stills and films that are there now. */
static RESULT
is_of_these(struct act *t, const struct evidence *e, bool *out)
{
	struct compared c;
	char digest[DIGEST_TEXT_SIZE];

	*out = true;
	if (!attempt_is_compared(e))
		return OK;
	TRY(compared_load(t->f, t->a, &t->r, &c));
	TRY(compared_digest(&c, digest));
	*out = strcmp(e->sha256, digest) == 0;
	return OK;
}

static RESULT
believe(struct act *t, struct attempt *at, const struct evidence *e,
    const struct findings *found, bool *believed)
{
	enum seal_state seal;
	bool these;

	TRY(finding_seal_read(t->f, t->a, e, found, &seal));
	TRY(is_of_these(t, e, &these));
	if (!these && seal == SEAL_WHOLE)
		seal = SEAL_BROKEN;
	*believed = seal == SEAL_WHOLE;
	if (!*believed && at->doubted < DOUBTS_MAX)
		at->doubts[at->doubted++] = (struct doubt){*e, seal};
	return OK;
}

/* found stays NULL where there is no such evidence, or it is not believed. */
static RESULT
load_findings(struct act *t, struct attempt *at, bool sealed,
    const char *kind, struct findings *room, const struct findings **found)
{
	bool believed = true;
	struct evidence e;
	enum err code = evidence_find(t->f->store, t->a, t->r.id,
	    t->r.attempt, kind, &e);

	if (code == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(code);
	TRY(findings_load(t->f->store, e.id, room));
	if (sealed)
		TRY(believe(t, at, &e, room, &believed));
	if (believed)
		*found = room;
	return OK;
}

/* What was asked in the recording of the face. */
static RESULT
load_challenge(struct act *t, struct attempt *out)
{
	struct take_counts counts;
	struct evidence e;
	struct take take;
	enum err code = evidence_find(t->f->store, t->a, t->r.id,
	    t->r.attempt, "face_video", &e);

	if (code == OK)
		code = take_of_evidence(t->f->store, t->a, e.id, &take);
	if (code == OK) {
		TRY(take_challenge(&take, &out->challenge));
		out->dossier.challenge = &out->challenge;
		TRY(take_count(t->f, t->a, t->r.id, PART_FACE, &counts));
		out->dossier.told = counts.told;
	}
	if (code != ERR_NOT_FOUND)
		return code;
	err_clear();
	return OK;
}

static RESULT
load_all_findings(struct act *t, struct attempt *out, bool sealed)
{
	struct dossier *d = &out->dossier;
	const struct {
		const char *kind;
		struct findings *room;
		const struct findings **found;
	} all[] = {
	    {"document_front", &out->findings[0], &d->sides[0]},
	    {"document_back", &out->findings[1], &d->sides[1]},
	    {"face_video", &out->face, &d->face},
	    {"document_video", &out->shown, &d->shown},
	    {"comparison", &out->compared, &d->compared},
	};

	for (size_t i = 0; i < COUNT_OF(all); i++)
		TRY(load_findings(t, out, sealed, all[i].kind, all[i].room,
		    all[i].found));
	return load_challenge(t, out);
}

static RESULT
load_attempt(struct act *t, struct attempt *out, bool sealed)
{
	struct workspace w;

	TRY(act_workspace(t, &w));
	out->doubted = 0;
	out->dossier = (struct dossier){
	    .now = t->now,
	    .level = level_letter(level_find(t->r.level)),
	    .test = w.test,
	    .minimum_age = (int)conf_number(t->f->conf,
		CONF_registration_minimum_age),
	    .declared_name = t->r.fullname,
	    .country = t->r.country,
	    .kind = t->r.kind,
	};
	TRY(load_all_findings(t, out, sealed));
	dossier_read_mrz(&out->dossier);
	return OK;
}

RESULT
attempt_load(struct act *t, struct attempt *out)
{
	return load_attempt(t, out, true);
}

RESULT
attempt_read(struct act *t, struct attempt *out)
{
	return load_attempt(t, out, false);
}

RESULT
journey_birth_date(struct flow *f, struct arena *a,
    const struct registration *r, char out[MRZ_DATE_SIZE])
{
	struct act t = {.f = f, .a = a, .now = clock_now(), .r = *r};
	struct attempt *at = arena_get(a, sizeof(*at));

	TRY(attempt_read(&t, at));
	memcpy(out, at->dossier.mrz.birth_date, MRZ_DATE_SIZE);
	return OK;
}

/* The declared name cut at a space: surname first or last. */
static bool
cut_fits(const char *declared, size_t space, const struct mrz *m,
    struct person_names *out)
{
	char head[PERSON_NAME_SIZE];
	const char *tail = declared + space + 1;

	snprintf(head, sizeof(head), "%.*s", (int)space, declared);
	bool last = person_match_mrz(tail, m->surname, "", m->truncated) ==
	    PERSON_SAME;
	bool first = person_match_mrz(head, m->surname, "", m->truncated) ==
	    PERSON_SAME;
	if (!last && !first)
		return false;
	snprintf(out->surname, sizeof(out->surname), "%s", last ? tail : head);
	snprintf(out->given_names, sizeof(out->given_names), "%s",
	    last ? head : tail);
	return true;
}

/* Who left out given names: the surname tells where to cut. */
static RESULT
split_by_surname(const char *declared, const struct mrz *m,
    struct person_names *out)
{
	if (person_match_mrz(declared, m->surname, m->given_names,
		m->truncated) == PERSON_PARTIAL)
		for (size_t i = 0; declared[i]; i++)
			if (declared[i] == ' ' &&
			    cut_fits(declared, i, m, out))
				return OK;
	return err_set_field(ERR_INVALID, "fullname",
	    "the declared name is not the document's");
}

/* Specimens are of no country that a certificate can carry: they get the
 * provider's, the context in which EN 319 412-2 reads the other names. */
static RESULT
set_nationality(struct act *t, const struct mrz *m, bool test)
{
	const struct country *c = country_find(m->nationality);
	bool real = country_is_certifiable(c);

	if (!real && !test)
		return err_set_field(ERR_INVALID, "nationality",
		    "the document tells none that a certificate can carry");
	t->r.nationality =
	    real ? c->alpha2 : conf_text(t->f->conf, CONF_pki_country);
	return OK;
}

static RESULT
set_names(struct act *t, const struct mrz *m)
{
	struct person_names names;

	if (m->format == MRZ_NONE)
		return err_set_field(ERR_INVALID, "fullname",
		    "no name was read on the document");
	if (person_split(t->r.fullname, m->surname, m->given_names,
		m->truncated, &names) != OK)
		TRY(split_by_surname(t->r.fullname, m, &names));
	TRY(person_name_certifiable(t->r.fullname));
	t->r.surname = arena_text(t->a, names.surname);
	t->r.given_names = arena_text(t->a, names.given_names);
	return OK;
}

/* "PASFR-12AB34567" where the setting wants the document's number and its
 * zone tells one for certain; else the random one stays. A residence permit
 * has no such form. */
static RESULT
set_document_number(struct act *t, const struct mrz *m)
{
	const struct country *c = country_find(m->issuer);
	const char *kind = strcmp(t->r.kind, "passport") == 0	 ? "PAS" :
	    strcmp(t->r.kind, "identity_card") == 0 ? "IDC" : "";

	if (strcmp(conf_text(t->f->conf, CONF_pki_serial_number),
		"document") != 0 || !*kind || !c || !*c->alpha2 ||
	    strcmp(c->alpha2, "XX") == 0 || !*m->number ||
	    m->bad_digits > 0)
		return OK;
	t->r.person_serial =
	    arena_format(t->a, "%s%s-%s", kind, c->alpha2, m->number);
	return act_note(t, "registration.document_number", kind, "");
}

RESULT
approve_person(struct act *t, const struct attempt *at)
{
	const struct mrz *m = &at->dossier.mrz;

	TRY(set_names(t, m));
	TRY(set_nationality(t, m, at->dossier.test));
	TRY(renewal_settle(t, m));
	return set_document_number(t, m);
}

static const char *const codes[] = {
#define REASON(code, told, text) #code,
#include "checks/reasons.def"
#undef REASON
};

bool
reason_is_known(const char *code)
{
	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
		if (strcmp(codes[i], code) == 0)
			return true;
	return false;
}

void
reasons_add(char reasons[REASONS_MAX], const char *code)
{
	size_t length = strlen(reasons), size = strlen(code);
	const char *at = strstr(reasons, code);

	if (size == 0 || length + size + 2 > REASONS_MAX ||
	    (at && (at[size] == ' ' || !at[size])))
		return;
	snprintf(reasons + length, REASONS_MAX - length, "%s%s",
	    length ? " " : "", code);
}
