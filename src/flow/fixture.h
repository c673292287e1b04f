/*
 * For tests: an instance in a folder of its own with one workspace, one
 * member and the clock stopped; and a participant who does as told.
 */
#pragma once

#include "checks/fixture.h"
#include "base/clock.h"
#include "approval/test_authenticator.h"
#include "base/codec.h"
#include "flow/decide.h"
#include "flow/duplicate.h"
#include "flow/journey.h"
#include "flow/quality.h"
#include "flow/review.h"

#define BENCH_NOW FIXTURE_NOW
#define BENCH_EMAIL "zoe@example.org"
#define BENCH_NAME "Zoé Åsa Lindqvist"

#define BENCH_OPERATORS 4 /* mem_op, mem_op2, ... */

struct bench {
	char dir[64], path[96];
	const char *email; /* of the next request; BENCH_EMAIL at first */
	const char *level; /* of the next request; NULL: lcp */
	struct conf *conf;
	struct keys keys;
	struct flow f;
	struct arena a;
	struct test_authenticator passkeys[BENCH_OPERATORS];
};

extern const struct actor bench_member; /* mem_ida of wsp_a */
extern const struct actor bench_operator; /* mem_op */
extern const struct actor bench_clerk;
extern const struct actor bench_platform;

/* cmocka fixtures: *state is a struct bench. */
int bench_setup(void **state);
int bench_teardown(void **state);
#define BENCH(name)                                                            \
	cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)

/* Two people (mem_pat administers the platform, mem_aud audits) approve the
 * retention rules as they are set now. */
void bench_approve_retention(struct bench *b);

/* Another connection to the same database. */
struct flow bench_second(struct bench *b);

/* A request with nothing but e-mail and level lcp, its link not mailed. */
struct registration_request bench_request(const char *email);
struct registration bench_create(struct bench *b);

/* Each goes on from what the one before it leaves. */
struct registration bench_opened(struct bench *b);
struct registration bench_collecting(struct bench *b);
/* A passport's picture with these findings, read. NULL: unreadable. */
struct evidence bench_picture(struct bench *b, const char *id,
    const struct findings *findings);
/* face_video or document_video, looked at. NULL: unreadable. */
struct evidence bench_recording(struct bench *b, const char *id,
    const char *kind, const struct findings *findings);
/* As if the clerk had compared what there is; NULL: nothing could be. */
void bench_compared(struct bench *b, const char *id,
    const struct findings *findings);
/* Handed in, its check job done. */
struct registration bench_checked(struct bench *b, const char *id,
    const struct findings *findings);
/* Those of a French passport that passes every check, its name BENCH_NAME. */
struct findings bench_good_findings(void);
/* A zone that is not of the declared name: strong, mendable, not quality. */
struct findings bench_of_another(void);
/* Approved by what the machine saw, the data not yet confirmed. */
struct registration bench_approved(struct bench *b);
/* What the signer would answer. */
struct issued bench_issued(void);

void bench_prove(struct bench *b, const char *id, const char *channel);
void bench_test_workspace(struct bench *b, bool test, const char *lcp_review);
const char *bench_state(struct bench *b, const char *id);
const char *bench_step(struct bench *b, const char *id, enum step_name step);
size_t bench_mails(struct bench *b, const char *id, const char *kind);
/* The signer was told of the withdrawals of a case, and gave its mark. */
#define BENCH_MARK "00112233445566778899aabbccddeeff"
void bench_signer_hears(struct bench *b, const char *id);
bool bench_has_job(struct bench *b, const char *name, const char *subject);

/* In review at a level (NULL: lcp); the named checks failed or are unsure, all
 * others passed. */
struct registration bench_in_review(struct bench *b, const char *level,
    const char *failed, const char *unsure);
struct registration bench_loaded(struct bench *b, const char *id);
/* How many there are of this attempt. */
size_t bench_approvals(struct bench *b, const char *id);

/* Operators, from 0: signed in by a passkey just now. */
struct prover bench_prover(size_t number);
/* A case of another participant, that waits since now. */
struct registration bench_waiting(struct bench *b, const char *email);
/* Their passkey, enrolled when it is first asked for. */
struct test_authenticator *bench_key(struct bench *b, const struct prover *by);
void bench_sign(struct bench *b, const struct prover *by,
    const struct approval *x, struct test_answer *out);
/* Cases are drawn: puts others back until it is this one. */
void bench_take(struct bench *b, const struct prover *by, const char *id,
    struct review_case *out);
/* Takes the case; three times yes. */
void bench_opinion(struct bench *b, const struct prover *by, const char *id);
enum err bench_approve(struct bench *b, const struct prover *by,
    const char *id, const char **outcome);
enum err bench_answer(struct bench *b, const struct prover *by, const char *id,
    enum operator_decision decision, const char *reasons, const char *steps,
    const char **outcome);
/* All of it, without a hitch; what it came to. */
const char *bench_review(struct bench *b, size_t operator, const char *id,
    enum operator_decision decision, const char *reasons);
/* Settings besides those of every test. */
void bench_conf(struct bench *b, const char *text);
