/*
 * Certificates of a workspace: find, read, match, revoke.
 */
#include "base/clock.h"
#include "flow/decide.h"
#include "flow/duplicate.h"
#include "ident/person.h"
#include "web/certificate_json.h"
#include "web/limit.h"
#include "web/listing.h"
#include "web/ready.h"
#include "web/wake.h"
#include "web/who.h"

#include <ctype.h>

#define PEM_TYPE "application/x-pem-file"
#define DER_TYPE "application/pkix-cert"

static RESULT
read_filter(struct request *q, struct certificate_filter *out)
{
	char *serial = arena_text(&q->arena, text(q, FIELD_certificates_serial));
	struct search search;
	size_t used = 0;

	for (const char *c = serial; *c; c++)
		if (*c != ':')
			serial[used++] = (char)tolower((unsigned char)*c);
	serial[used] = '\0';
	TRY(listing_search(q, text(q, FIELD_certificates_query), &search));
	*out = (struct certificate_filter){
		.workspace = listing_workspace(q),
		.query = search.name,
		.query_email = search.email,
		.query_phone = search.phone,
		.serial = serial,
		.level = text(q, FIELD_certificates_level),
		.status = text(q, FIELD_certificates_status),
		.now = clock_now(),
		.cursor = text(q, FIELD_certificates_cursor),
		.limit = listing_limit(q, FIELD_certificates_limit),
	};
	return OK;
}

RESULT
handle_certificate_list(struct request *q)
{
	struct certificate_filter filter;
	struct certificate *rows;
	struct flow *f;
	const char *next;
	size_t count;

	TRY(request_flow(q, &f));
	TRY(read_filter(q, &filter));
	TRY(certificate_list(f->store, &q->arena, &filter, &rows, &count,
	    &next));
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_text(&j, "object", "list");
	json_list(&j, "data");
	for (size_t i = 0; i < count; i++)
		TRY(certificate_write(&j, NULL, &rows[i]));
	json_end(&j);
	json_bool(&j, "has_more", *next != '\0');
	json_text(&j, "next_cursor", next);
	json_close(&j);
	return json_done(&j);
}

/* Operators see every workspace's: they may have to revoke. */
static RESULT
load_own(struct request *q, struct flow *f, const char *id,
    struct certificate *out)
{
	bool everything = strcmp(q->caller.role, "auditor") == 0 ||
	    strcmp(q->caller.role, "operator") == 0;

	if (!id_is("crt", id))
		return FAIL(ERR_NOT_FOUND, "not the id of a certificate");
	TRY(certificate_load(f->store, &q->arena, id, out));
	if (!everything && strcmp(out->workspace, q->caller.workspace) != 0)
		return FAIL(ERR_NOT_FOUND, "of another workspace");
	return OK;
}

static RESULT
answer_one(struct request *q, const struct certificate *c)
{
	struct json j = reply_json(q, 200);

	return certificate_write(&j, NULL, c);
}

static RESULT
answer_pem(struct request *q, const struct certificate *c)
{
	TRY(reply_bytes(q, PEM_TYPE, SPAN("", 0)));
	reply_file(q, "certificate.pem");
	return certificate_pem(c, &q->reply.body);
}

/* {id}, {id}.pem and {id}.cer */
RESULT
handle_certificate_read(struct request *q)
{
	const char *dot = strchr(param(q), '.');
	const char *id = param(q);
	struct certificate c;
	struct flow *f;

	if (dot)
		id = arena_text_of(&q->arena,
		    SPAN(param(q), (size_t)(dot - param(q))));
	if (dot && strcmp(dot, ".pem") != 0 && strcmp(dot, ".cer") != 0)
		return FAIL(ERR_NOT_FOUND, "no such form");
	TRY(request_flow(q, &f));
	TRY(load_own(q, f, id, &c));
	if (!dot)
		return answer_one(q, &c);
	if (strcmp(dot, ".pem") == 0)
		return answer_pem(q, &c);
	reply_file(q, "certificate.cer");
	return reply_bytes(q, DER_TYPE, c.der);
}

RESULT
handle_certificate_chain(struct request *q)
{
	struct certificate c;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(load_own(q, f, param(q), &c));
	TRY(reply_bytes(q, PEM_TYPE, SPAN("", 0)));
	reply_file(q, "chain.pem");
	return certificate_chain_pem(q, f, &c, &q->reply.body);
}

RESULT
handle_certificate_revoke(struct request *q)
{
	struct actor who = request_actor(q);
	struct certificate c;
	struct flow *f;
	int reason;

	TRY(certificate_reason(text(q, FIELD_revoke_reason), &reason));
	TRY(request_flow(q, &f));
	TRY(load_own(q, f, param(q), &c));
	TRY(decide_revoke(f, &q->arena, &who, c.id, reason, &c));
	ready_forget();
	TRY(answer_one(q, &c));
	wake_clerk(q->web);
	return OK;
}

/* An authority by its file name or by the common name in it. */
static RESULT
is_an_authority(struct request *q, struct flow *f, const char *name, bool *out)
{
	const char **names;
	size_t count;

	TRY(ca_certificate_list(f->store, &q->arena, &names, &count));
	*out = false;
	for (size_t i = 0; i < count; i++)
		if (strcasecmp(names[i], name) == 0)
			*out = true;
	return OK;
}

static RESULT
find_match(struct request *q, struct flow *f, bool *out)
{
	const char *level = text(q, FIELD_match_min_certificate_level);
	const char *authority =
	    text(q, FIELD_match_certificate_authority_name);
	char email[PERSON_EMAIL_SIZE], name[PERSON_FOLD_SIZE];
	struct duplicate_question wish = {
		.workspace = q->caller.workspace,
		.email_folded = email,
		.rank = level_find(*level ? level : "lcp")->rank,
		.name_folded = name,
		.phone = text(q, FIELD_match_phone_number),
		.not_after_min = clock_now(),
		.whole_instance = strcmp(conf_text(f->conf,
		    CONF_duplicates_scope), "instance") == 0,
	};

	*out = false;
	if (*authority)
		TRY(is_an_authority(q, f, authority, out));
	if (*authority && !*out)
		return OK;
	TRY(person_email_fold(text(q, FIELD_match_email), email));
	TRY(person_name_fold(text(q, FIELD_match_fullname), name));
	return duplicate_find(f, &wish, out);
}

RESULT
handle_certificate_match(struct request *q)
{
	struct flow *f;
	bool found;

	TRY(limit_count(q->web->limits, LIMIT_match, q->caller.workspace,
	    clock_now(), &q->reply.wait));
	TRY(request_flow(q, &f));
	TRY(find_match(q, f, &found));
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_bool(&j, "match_found", found);
	json_close(&j);
	return json_done(&j);
}
