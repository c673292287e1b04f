/*
 * An instance for tests.
 */
#include "flow/fixture.h"

#include "flow/retention.h"

#include "base/clock.h"
#include "flow/terms.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>
#include <cmocka.h>

const struct actor bench_member = {ACTOR_workspace, "mem_ida", "Ida"};
const struct actor bench_operator = {ACTOR_operator, "mem_op", "Oda"};
const struct actor bench_clerk = {ACTOR_clerk, "clerk", "clerk"};
const struct actor bench_platform = {ACTOR_platform, "paraph", "paraph"};

static void
make_people(struct bench *b)
{
	struct member m = {"mem_ida", "wsp_a", "ida@example.org",
	    "ida@example.org", "Ida", "owner", "", 0, 0, 0, BENCH_NOW};

	bench_test_workspace(b, true, "on_doubt");
	assert_int_equal(feature_set(b->f.store, "wsp_a",
			     "certificate_creation", true, BENCH_NOW),
	    OK);
	assert_int_equal(member_save(b->f.store, &m), OK);
	assert_int_equal(feature_set(b->f.store, "wsp_a", "qualified_levels",
			     true, BENCH_NOW),
	    OK);
	for (size_t i = 0; i < BENCH_OPERATORS; i++) {
		struct prover by = bench_prover(i);
		const char *email =
		    arena_format(&b->a, "%s@example.org", by.who.id);
		m = (struct member){by.who.id, "", email, email, by.who.name,
		    "operator", "", 0, 0, BENCH_NOW + 365 * DAY, BENCH_NOW};
		assert_int_equal(member_save(b->f.store, &m), OK);
	}
}

void
bench_conf(struct bench *b, const char *text)
{
	conf_free(b->conf);
	b->conf = NULL;
	text = arena_format(&b->a, "[store]\nvault = vault\n%s", text);
	assert_int_equal(conf_parse(span_of_text(text), b->dir, &b->conf), OK);
	b->f.conf = b->conf;
}

int
bench_setup(void **state)
{
	struct bench *b = calloc(1, sizeof(*b));
	char path[96];

	clock_set(BENCH_NOW);
	snprintf(b->dir, sizeof(b->dir), "/tmp/flow-test-XXXXXX");
	assert_non_null(mkdtemp(b->dir));
	snprintf(b->path, sizeof(b->path), "%s/db", b->dir);
	snprintf(path, sizeof(path), "%s/vault", b->dir);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/keys", b->dir);
	assert_int_equal(keys_make(path), OK);
	assert_int_equal(keys_load(path, true, &b->keys), OK);
	arena_init(&b->a, (size_t)256 << 20);
	b->f.keys = &b->keys;
	bench_conf(b, "[review]\nsecond_percent = 0\n");
	assert_int_equal(store_open(b->path, true, &b->f.store), OK);
	make_people(b);
	*state = b;
	return 0;
}

static void
remove_files(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	char path[400];

	while (d && (e = readdir(d)) != NULL) {
		snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		if (e->d_type == DT_REG)
			unlink(path);
		else if (e->d_name[0] != '.')
			remove_files(path);
	}
	if (d)
		closedir(d);
	rmdir(dir);
}

int
bench_teardown(void **state)
{
	struct bench *b = *state;

	for (size_t i = 0; i < BENCH_OPERATORS; i++)
		if (b->passkeys[i].key)
			test_authenticator_clear(&b->passkeys[i]);
	store_close(b->f.store);
	remove_files(b->dir);
	keys_clear(&b->keys);
	conf_free(b->conf);
	arena_clear(&b->a);
	free(b);
	clock_set(0);
	return 0;
}

static struct member
approver(struct bench *b, const char *id, const char *role)
{
	const char *email = arena_format(&b->a, "%s@example.org", id);
	const struct member m = {.id = id, .workspace = "", .email = email,
	    .email_folded = email, .name = id, .role = role,
	    .password_hash = "", .created_at = BENCH_NOW};

	assert_int_equal(member_save(b->f.store, &m), OK);
	return m;
}

void
bench_approve_retention(struct bench *b)
{
	const struct member who[] = {
	    approver(b, "mem_pat", "platform_admin"),
	    approver(b, "mem_aud", "auditor")};

	for (enum retention_class r = 0; r < RETENTION_COUNT; r++)
		for (size_t i = 0; i < 2; i++) {
			enum err done =
			    retention_approve(&b->f, &b->a, &who[i], r);

			assert_true(done == OK || done == ERR_CONFLICT);
		}
}

struct flow
bench_second(struct bench *b)
{
	struct flow f = b->f;

	assert_int_equal(store_open(b->path, false, &f.store), OK);
	return f;
}

void
bench_test_workspace(struct bench *b, bool test, const char *lcp_review)
{
	const struct workspace w = {"wsp_a", "Notaires", test, lcp_review,
	    "fr", "aide@example.org", "https://example.org", BENCH_NOW};

	assert_int_equal(workspace_save(b->f.store, &w), OK);
}

struct registration_request
bench_request(const char *email)
{
	return (struct registration_request){.workspace = "wsp_a",
	    .email = email,
	    .level = "lcp",
	    .fullname = "",
	    .fullname_type = "",
	    .phone = "",
	    .phone_type = "",
	    .language = "",
	    .redirect_url = "",
	    .metadata = ""};
}

struct registration
bench_create(struct bench *b)
{
	struct registration_request q =
	    bench_request(b->email ? b->email : BENCH_EMAIL);
	struct registration r;

	if (b->level)
		q.level = b->level;
	q.send_invitation = true;
	assert_int_equal(registration_create(&b->f, &b->a, &bench_member, &q,
			     &r),
	    OK);
	return r;
}

struct registration
bench_opened(struct bench *b)
{
	struct registration r = bench_create(b);

	assert_int_equal(journey_open(&b->f, &b->a, r.id, true, &r), OK);
	return r;
}

void
bench_prove(struct bench *b, const char *id, const char *channel)
{
	struct registration r;
	char digits[CODE_DIGITS + 1];
	struct code c;

	assert_int_equal(journey_send_code(&b->f, &b->a, id, channel,
			     strcmp(channel, "phone") ? "" : "+33612345678",
			     &r),
	    OK);
	assert_int_equal(code_load(b->f.store, &b->a, id, channel, &c), OK);
	code_digits(&b->keys, &c, digits);
	assert_int_equal(journey_check_code(&b->f, &b->a, id, channel, digits,
			     &r),
	    OK);
}

struct registration
bench_collecting(struct bench *b)
{
	struct registration r = bench_opened(b);
	struct terms terms;

	assert_int_equal(journey_name(&b->f, &b->a, r.id, true, BENCH_NAME,
			     &r),
	    OK);
	bench_prove(b, r.id, "phone");
	assert_int_equal(terms_load(b->f.store, b->conf, &b->a, TERMS_CONSENT,
			     &r, &terms),
	    OK);
	assert_int_equal(journey_consent(&b->f, &b->a, r.id, terms.sha256, &r),
	    OK);
	assert_int_equal(terms_load(b->f.store, b->conf, &b->a,
			     TERMS_AGREEMENT, &r, &terms),
	    OK);
	assert_int_equal(journey_agree(&b->f, &b->a, r.id, terms.sha256, &r),
	    OK);
	assert_string_equal(r.state, "collecting");
	return r;
}

struct evidence
bench_picture(struct bench *b, const char *id, const struct findings *findings)
{
	static const uint8_t jpeg[] = "\xff\xd8\xff\xe0 and so on";
	struct registration r;
	struct evidence e;

	assert_int_equal(journey_document(&b->f, &b->a, id, "FRA", "passport",
			     &r),
	    OK);
	assert_int_equal(journey_picture(&b->f, &b->a, id, "front",
			     SPAN(jpeg, sizeof(jpeg)), &e),
	    OK);
	assert_int_equal(decide_picture(&b->f, &b->a, e.id, findings, NULL),
	    OK);
	assert_int_equal(evidence_load(b->f.store, &b->a, e.id, &e), OK);
	return e;
}

/* As if the clerk had put one together. */
struct evidence
bench_recording(struct bench *b, const char *id, const char *kind,
    const struct findings *findings)
{
	struct registration r;
	struct evidence e;
	char evidence[ID_SIZE];

	id_make("evd", evidence);
	assert_int_equal(registration_load(b->f.store, &b->a, id, &r), OK);
	e = (struct evidence){.id = arena_text(&b->a, evidence),
	    .registration = id, .kind = kind, .state = "received",
	    .reasons = "", .media_type = "video/webm", .sha256 = "",
	    .attempt = r.attempt, .created_at = clock_now(),
	    .sealed_key = SPAN("key", 3)};
	assert_int_equal(evidence_save(b->f.store, &e), OK);
	assert_int_equal(decide_recording(&b->f, &b->a, e.id, findings, NULL),
	    OK);
	assert_int_equal(evidence_load(b->f.store, &b->a, e.id, &e), OK);
	return e;
}

void
bench_compared(struct bench *b, const char *id,
    const struct findings *findings)
{
	char digest[DIGEST_TEXT_SIZE];
	struct compared from;
	bool ready;

	assert_int_equal(decide_comparable(&b->f, &b->a, id, &from, &ready),
	    OK);
	assert_true(ready);
	assert_int_equal(compared_digest(&from, digest), OK);
	assert_int_equal(decide_compared(&b->f, &b->a, id, findings, NULL,
			     digest),
	    OK);
}

struct registration
bench_checked(struct bench *b, const char *id, const struct findings *findings)
{
	struct registration r;

	bench_picture(b, id, findings);
	assert_int_equal(journey_complete(&b->f, &b->a, id, &r), OK);
	assert_int_equal(decide_attempt(&b->f, &b->a, id, &r), OK);
	return r;
}

struct findings
bench_good_findings(void)
{
	struct fixture f;

	fixture_passport(&f);
	return f.front;
}

const char *
bench_state(struct bench *b, const char *id)
{
	struct registration r;

	assert_int_equal(registration_load(b->f.store, &b->a, id, &r), OK);
	return r.state;
}

const char *
bench_step(struct bench *b, const char *id, enum step_name step)
{
	struct step *steps;
	size_t count;

	assert_int_equal(step_list(b->f.store, &b->a, id, &steps, &count), OK);
	assert_int_equal(count, STEP_COUNT);
	assert_string_equal(steps[step].name, step_name_text(step));
	return steps[step].state;
}

size_t
bench_mails(struct bench *b, const char *id, const char *kind)
{
	struct mail *mails;
	size_t count, found = 0;

	assert_int_equal(mail_list(b->f.store, &b->a, id, &mails, &count), OK);
	for (size_t i = 0; i < count; i++)
		found += strcmp(mails[i].kind, kind) == 0;
	return found;
}

/* Takes jobs out until it is found, and puts them back. */
bool
bench_has_job(struct bench *b, const char *name, const char *subject)
{
	bool found = false;
	struct job j;

	assert_int_equal(store_begin(b->f.store), OK);
	while (!found &&
	    job_take(b->f.store, &b->a, INT64_MAX / 2, 0, &j) == OK) {
		assert_int_equal(job_done(b->f.store, j.id), OK);
		found = strcmp(j.name, name) == 0 &&
		    strcmp(j.subject, subject) == 0;
	}
	store_rollback(b->f.store);
	return found;
}

struct findings
bench_of_another(void)
{
	struct fixture f;

	fixture_passport(&f);
	fixture_zone(&f, "FRA", "24AB12345", "900713", "300211",
	    "SOMEBODY<<ELSE");
	fixture_remove(&f.front, FINDING_printed_surname);
	fixture_remove(&f.front, FINDING_printed_given_names);
	return f.front;
}

struct issued
bench_issued(void)
{
	return (struct issued){.seen = {1, "aa"}, .issuer = "issuing-lcp",
	    .serial = "0a0b",
	    .not_before = BENCH_NOW,
	    .not_after = BENCH_NOW + 1095 * DAY,
	    .der = SPAN("der", 3),
	    .key_blob = SPAN("key", 3),
	    .ocsp = SPAN("good", 4),
	    .ocsp_next_update = BENCH_NOW + DAY,
	    .person_serial = "psn"};
}

struct registration
bench_approved(struct bench *b)
{
	struct registration r = bench_collecting(b);
	struct findings good = bench_good_findings();

	r = bench_checked(b, r.id, &good);
	assert_string_equal(r.state, "approved");
	return r;
}
