/*
 * The repository (EN 319 411-1 DIS-6.1): what relying parties may need to
 * know of this PKI, for programs. The page /repository shows the same.
 */
#include "base/clock.h"
#include "flow/policy.h"
#include "web/authority.h"
#include "web/route.h"

#define KEEP "public, max-age=300"

static const char *
address(struct request *q, const char *rest)
{
	return arena_format(&q->arena, "%s%s",
	    conf_text(q->web->program->conf, CONF_pki_base_url), rest);
}

static const char *
file_of(struct request *q, const char *folder, const char *name,
    const char *ending)
{
	return address(q, arena_format(&q->arena, "/pki/%s/%s.%s", folder,
	    name, ending));
}

static void
write_list(struct request *q, struct json *j, const struct authority_facts *a)
{
	if (!a->has_list) {
		json_nothing(j, "crl");
		return;
	}
	json_open(j, "crl");
	json_text(j, "url", file_of(q, "crl", a->name, "crl"));
	json_number(j, "number", (int64_t)a->list.number);
	json_number(j, "entries", (int64_t)a->list.entries);
	json_time(j, "this_update", a->list.this_update);
	json_time(j, "next_update", a->list.next_update);
	json_bool(j, "late", crl_is_late(&a->list, a->issues, clock_now()));
	json_close(j);
}

static void
write_authority(struct request *q, struct json *j,
    const struct authority_facts *a)
{
	json_open(j, NULL);
	json_text(j, "object", "authority");
	json_text(j, "name", a->name);
	json_text(j, "kind", a->issues ? "issuing" : "root");
	json_text(j, "subject", a->subject);
	json_text(j, "issuer", a->issuer);
	json_text(j, "serial", a->serial);
	json_text(j, "key", a->key);
	json_time(j, "not_before", a->not_before);
	json_time(j, "not_after", a->not_after);
	json_text(j, "fingerprint", a->sha256);
	json_text(j, "fingerprint_sha1", a->sha1);
	json_text(j, "cer_url", file_of(q, "ca", a->name, "cer"));
	json_text(j, "pem_url", file_of(q, "ca", a->name, "pem"));
	write_list(q, j, a);
	json_close(j);
}

static RESULT
write_authorities(struct request *q, struct json *j)
{
	struct flow *f;

	TRY(request_flow(q, &f));
	json_list(j, "authorities");
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++) {
		struct authority_facts a;
		enum err code = authority_load(q, f, (enum authority)i, &a);

		if (code == ERR_NOT_FOUND)
			continue;
		TRY(code);
		write_authority(q, j, &a);
	}
	json_end(j);
	err_clear();
	return OK;
}

static RESULT
write_policies(struct request *q, struct json *j)
{
	const struct conf *conf = q->web->program->conf;

	json_list(j, "policies");
	for (unsigned i = 0; i < POLICY_COUNT; i++)
		for (unsigned l = 0; policy_languages[l]; l++) {
			struct policy p;

			TRY(policy_load(conf, &q->arena, (enum policy_kind)i,
			    policy_languages[l], &p));
			json_open(j, NULL);
			json_text(j, "kind", policy_name((enum policy_kind)i));
			json_text(j, "language", p.language);
			json_text(j, "title", p.title);
			json_text(j, "sha256", p.sha256);
			json_bool(j, "complete", p.missing == 0);
			json_text(j, "url", address(q,
			    arena_format(&q->arena, "/pki/%s/%s",
				policy_name((enum policy_kind)i),
				p.language)));
			json_close(j);
		}
	json_end(j);
	return OK;
}

RESULT
handle_repository(struct request *q)
{
	const struct conf *conf = q->web->program->conf;
	const char *organisation = conf_text(conf, CONF_pki_organisation);
	struct json j = reply_json(q, 200);

	json_open(&j, NULL);
	json_text(&j, "object", "repository");
	json_text(&j, "organisation", organisation);
	json_bool(&j, "test", policy_is_test(conf));
	json_text(&j, "ocsp_url", address(q, "/pki/ocsp"));
	TRY(write_authorities(q, &j));
	TRY(write_policies(q, &j));
	json_close(&j);
	q->reply.public = true;
	reply_header(q, "Cache-Control", KEEP);
	return json_done(&j);
}
