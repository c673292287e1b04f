/*
 * A request becomes a registration, unless one like it is there already.
 *
 * All of it happens behind the write lock, so that of two identical requests
 * at the same instant one is made and the other is told so; the unique index
 * registrations_open says the same where engines are less strict.
 */
#include "base/clock.h"
#include "flow/duplicate.h"
#include "flow/notice.h"
#include "flow/renewal.h"
#include "flow/request.h"

static const struct actor the_clock = {ACTOR_clock, "clock", "clock"};

/* One try at making a registration. */
struct creation {
	struct flow *f;
	struct arena *a;
	const struct actor *who;
	bool send_invitation;
	const char *renews; /* a certificate's id; NULL: none */
	bool replaces;
	int64_t now;
	struct registration r;
};

static RESULT
require_feature(const struct creation *c, enum feature feature)
{
	bool on;

	TRY(feature_on(c->f->store, c->r.workspace, feature_names[feature],
	    &on));
	return on ? OK : FAIL(ERR_FEATURE_DISABLED,
			      "%s is not activated", feature_names[feature]);
}

static bool
is_prerequisite(const char *type)
{
	return strcmp(type, "prerequisite") == 0;
}

static RESULT
refuse_existing_certificate(struct creation *c)
{
	const char *scope = conf_text(c->f->conf, CONF_duplicates_scope);
	const struct registration *r = &c->r;
	const struct duplicate_question q = {
	    .workspace = r->workspace,
	    .email_folded = r->email_folded,
	    .rank = level_find(r->level)->rank,
	    .name_folded = is_prerequisite(r->fullname_type) ? r->name_folded
							     : "",
	    .phone = is_prerequisite(r->phone_type) ? r->phone : "",
	    .not_after_min = c->now + RENEWAL_DAYS * DAY,
	    .whole_instance = strcmp(scope, "workspace") != 0,
	    .except = c->replaces ? c->renews : NULL,
	};
	bool exists;

	TRY(duplicate_find(c->f, &q, &exists));
	if (!exists)
		return OK;
	TRY(audit_write(c->f, c->who, "registration.certificate_exists",
	    r->workspace, r->level, ""));
	TRY(store_commit(c->f->store));
	return FAIL(ERR_CERTIFICATE_EXISTS, "a certificate exists");
}

static RESULT
refuse_pending(const struct creation *c)
{
	struct registration other;
	enum err found = registration_find_open(c->f->store, c->a,
	    c->r.workspace, c->r.email_folded, c->r.level, &other);

	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	if (c->now >= registration_deadline(c->f, &other))
		return registration_move(c->f, &other, EVENT_expire,
		    &the_clock, "");
	return err_set_field(ERR_REGISTRATION_PENDING, other.id,
	    "is already open");
}

static void
complete_row(struct creation *c)
{
	int64_t days = conf_number(c->f->conf, CONF_registration_days);
	struct registration *r = &c->r;
	char id[ID_SIZE];

	id_make("psn", id);
	r->person_serial = arena_text(c->a, id + strlen("psn_"));
	id_make("reg", id);
	r->id = arena_text(c->a, id);
	r->state = state_name(STATE_created);
	r->version = 1;
	r->generation = 1;
	r->attempt = 1;
	r->link_by_mail = c->send_invitation || c->renews;
	r->requested_by = c->who->id;
	r->requested_by_name = c->who->name;
	r->country = r->kind = "";
	r->given_names = r->surname = r->nationality = "";
	r->created_at = r->state_at = c->now;
	r->expires_at = c->now +
	    (days < 1 ? 1 : days > 30 ? 30 : days) * DAY;
}

static RESULT
add_steps(const struct creation *c)
{
	const struct level *level = level_find(c->r.level);

	for (enum step_name s = 0; s < STEP_COUNT; s++) {
		bool skipped =
		    (s == STEP_proof_of_life && !level->proof_of_life) ||
		    (s == STEP_review && !level->operator_always) ||
		    (s == STEP_pin && !level->pin);
		TRY(registration_step(c->f, c->r.id, s,
		    skipped ? "skipped" : "todo", ""));
	}
	return OK;
}

static RESULT
note_renewal(const struct creation *c)
{
	const struct renewal renewal = {c->r.id, c->renews,
	    c->r.person_serial, c->now, c->replaces};

	if (!c->renews)
		return OK;
	TRY(renewal_save(c->f->store, &renewal));
	return audit_write(c->f, c->who, "registration.renews", c->r.id,
	    c->renews, "");
}

static RESULT
insert(struct creation *c)
{
	enum err result = registration_insert(c->f->store, &c->r);

	if (result == ERR_CONFLICT)
		return FAIL(ERR_REGISTRATION_PENDING, "one is open");
	TRY(result);
	TRY(add_steps(c));
	TRY(audit_write(c->f, c->who, "registration.request", c->r.id,
	    c->r.level, ""));
	TRY(note_renewal(c));
	if (c->send_invitation)
		TRY(notice_mail(c->f, &c->r, MAIL_invitation));
	return OK;
}

RESULT
registration_create(struct flow *f, struct arena *a, const struct actor *who,
    const struct registration_request *q, struct registration *out)
{
	AUTO(store_rollback) struct store *s = f->store;
	struct creation c = {.f = f, .a = a, .who = who,
	    .send_invitation = q->send_invitation, .renews = q->renews,
	    .replaces = q->replaces,
	    .now = clock_now()};
	struct workspace w;

	TRY(store_begin(s));
	TRY(workspace_load(s, a, q->workspace, &w));
	c.r.workspace = w.id;
	TRY(require_feature(&c, FEATURE_certificate_creation));
	TRY(request_check(a, q, &w, &c.r));
	if (level_find(c.r.level)->proof_of_life)
		TRY(require_feature(&c, FEATURE_qualified_levels));
	TRY(refuse_existing_certificate(&c));
	TRY(refuse_pending(&c));
	complete_row(&c);
	TRY(insert(&c));
	TRY(store_commit(s));
	*out = c.r;
	return OK;
}
