/*
 * paraph config: what is set, and what an administrator should mend.
 */
#include "cli/admin.h"
#include "cli/config_places.h"
#include "cli/config_say.h"

#include "approval/assertion.h"
#include "base/address.h"
#include "base/clock.h"
#include "flow/policy.h"
#include "flow/retention.h"
#include "status/issuer.h"
#include "vision/inspector.h"

#include <stdio.h>

static const char usage[] =
    "usage: paraph config check\n"
    "       paraph config show\n"
    "\n"
    "check reads the file as the service would and warns about what would\n"
    "hurt later. show prints every setting with its meaning.\n"
    "Options everywhere: --config FILE.\n";

static const char *const docs[CONF_COUNT] = {
#define KEY(section, name, type, preset, programs, doc) doc,
#include "base/conf.def"
#undef KEY
};

static int
show(struct admin *a)
{
	const struct conf *c = a->conf;

	for (size_t key = 0; key < CONF_COUNT; key++)
		printf("# %s\n%s = %s\n\n", docs[key],
		    conf_key_name((enum conf_key)key),
		    conf_text(c, (enum conf_key)key));
	return 0;
}

/* Browsers make passkeys for names only, localhost among them. */
static int
check_passkeys(const struct conf *c)
{
	struct relying_party rp;

	if (relying_party_of(conf_text(c, CONF_web_base_url), &rp) == OK &&
	    strspn(rp.id, "0123456789.") != strlen(rp.id))
		return 0;
	return config_warn("web.base_url",
	    "passkeys need a host's name, and operators"
	    " need passkeys");
}

/* http://host:8080/pki, http://[2001:db8::1]:8080 */
static bool
has_port(const char *url)
{
	const char *host = strstr(url, "://");
	size_t size;

	if (!host || strncmp(url, "http://", 7) != 0)
		return false;
	host += 3;
	size = host[0] == '[' ? strcspn(host, "]/") : 0;
	return host[size + strcspn(host + size, ":/")] == ':';
}

/* The address of the disclosure statement stands in certificates when it is
 * set; else it is made from pki.base_url. */
static int
check_addresses(const struct conf *c)
{
	const char *pds = conf_text(c, CONF_pki_pds_url);
	int warnings = 0;

	if (!address_is_public(conf_text(c, CONF_pki_base_url)))
		warnings += config_warn("pki.base_url",
		    "stands in every certificate;"
		    " relying parties cannot reach a loopback or private"
		    " address");
	if (strncmp(conf_text(c, CONF_pki_base_url), "https://", 8) == 0)
		warnings += config_warn("pki.base_url", "https in certificates:"
		    " who has to verify a certificate to fetch a list or an"
		    " answer goes in circles, and many do not fetch it at all;"
		    " give it as http, and let the proxy pass /pki there"
		    " without redirection");
	if (*pds && (strncmp(pds, "https://", 8) != 0 ||
			!address_is_public(pds)))
		warnings += config_warn("pki.pds_url",
		    "stands in qualified profiles:"
		    " a public https address (EN 319 412-5 4.3.4)");
	if (!*pds && has_port(conf_text(c, CONF_pki_base_url)))
		warnings += config_warn("pki.pds_url", "not set: certificates of"
		    " qualified profiles will give https on the port of"
		    " pki.base_url, where http is served; set it, or leave the"
		    " port out of pki.base_url");
	if (strncmp(conf_text(c, CONF_web_base_url), "https://", 8) != 0)
		warnings += config_warn("web.base_url", "participants need https;"
		    " browsers refuse the camera without");
	else if (!address_is_public(conf_text(c, CONF_web_base_url)))
		warnings += config_warn("web.base_url", "stands in mails and policy"
		    " texts; nobody outside can reach it");
	return warnings + check_passkeys(c);
}

static int
check_policies(const struct conf *c)
{
	enum conf_key missing[POLICY_SETTINGS];
	size_t count = policy_missing(c, missing);

	for (size_t i = 0; i < count; i++)
		config_warn(conf_key_name(missing[i]),
		    "not filled in, and shown so in"
		    " the published policy texts");
	return (int)count;
}

/* What a qualified certificate states of its records is a promise
 * (EN 319 412-5 4.3.3); a year has at most 366 days. */
static int
check_retention(const struct conf *c, int *errors)
{
	int64_t kept = conf_number(c, CONF_retention_issued_days);
	int64_t stated = conf_number(c, CONF_pki_retention_years);

	if (kept * 4 < stated * 1461)
		*errors += config_fail("pki.retention_years", "certificates state more"
		    " years than retention.issued_days keeps");
	if (kept < 2556)
		return config_warn("retention.issued_days", "ETSI EN 319 411-1 asks"
		    " for seven years, 2557 days");
	return 0;
}

static void
name_end(const struct issuer *i, int64_t at, char *out, size_t size)
{
	char text[CLOCK_TEXT_SIZE];

	clock_format(at, text);
	snprintf(out, size, "%s.cer: %.10s", i->name, text);
}

/* The latest generation: the ones before it end, that is their lot. */
static const struct issuer *
latest(const struct issuers *all, enum authority family)
{
	const struct issuer *found = NULL;

	for (unsigned i = 0; i < AUTHORITY_COUNT; i++)
		if (authority_family((enum authority)i) == family &&
		    all->of[i].certificate_size > 0)
			found = &all->of[i];
	return found;
}

#define READY (180 * DAY) /* a ceremony is not called overnight */
#define ISSUING_LIFE (10 * 365 * DAY)

/* Nothing outlives its issuer: what would is shortened. */
static int
check_ends(const struct conf *c)
{
	int64_t life = conf_number(c, CONF_pki_validity_days) * DAY;
	int64_t now = clock_now();
	AUTO(free) struct issuers *all = calloc(1, sizeof(*all));
	int warnings = 0;
	char text[128];

	if (!all)
		abort();
	if (issuers_load(conf_text(c, CONF_pki_ca_dir), all) != OK)
		return config_warn("pki.ca_dir", err_explanation());
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++) {
		enum authority a = (enum authority)i;
		bool issues = authority_issues(a);
		int64_t needed = issues ? life + READY : ISSUING_LIFE;
		const struct issuer *last =
		    authority_family(a) == a ? latest(all, a) : NULL;

		if (!last || last->not_after - now >= needed)
			continue;
		name_end(last, last->not_after - (issues ? life : needed), text,
		    sizeof(text));
		warnings += config_warn(text,
		    "from then on what it issues is shortened"
		    " to its own end: the next generation is due"
		    " (paraph ca ceremony)");
	}
	return warnings;
}

/* A rule destroys nothing until two have approved it: neither one that was
 * changed, nor those of an instance that is older than such approvals. */
static int
check_approvals(struct admin *a)
{
	int warnings = 0;
	char key[64];

	keys_clear(&a->keys);
	if (keys_load(conf_text(a->conf, CONF_store_keys_dir), true,
		&a->keys) != OK)
		return config_warn("store.keys_dir", err_explanation());
	for (enum retention_class r = 0; r < RETENTION_COUNT; r++) {
		struct retention_standing *s =
		    arena_get(&a->arena, sizeof(*s));

		snprintf(key, sizeof(key), "retention, %s", retention_name(r));
		if (retention_standing(&a->flow, &a->arena, r, s) != OK)
			return warnings + config_warn(key, err_explanation());
		if (!s->approved)
			warnings += config_warn(key, "nothing is destroyed:"
			    " two people have to approve the rule as it is set"
			    " (paraph retention show)");
	}
	return warnings;
}

static int
check(struct admin *a)
{
	const struct conf *c = a->conf;
	int errors = 0;
	int warnings = check_addresses(c) + check_policies(c) +
		       check_retention(c, &errors) + check_approvals(a) +
		       check_ends(c) +
		       config_check_places(c, &errors) +
		       config_check_certificates(c, &errors);
	int64_t days = conf_number(c, CONF_registration_days);
	int64_t patience = conf_number(c, CONF_vision_patience);

	if (strcmp(conf_text(c, CONF_sandbox_mode), "strict") != 0)
		warnings += config_warn("sandbox.mode", "only strict protects");
	if (conf_flag(c, CONF_demo_outbox_page))
		warnings += config_warn("demo.outbox_page", "shows every link and"
		    " code to whoever asks");
	if (strcmp(conf_text(c, CONF_mail_transport), "outbox") == 0)
		warnings += config_warn("mail.transport", "outbox: no mail leaves");
	if (days < 1 || days > 30)
		errors += config_fail("registration.days", "1 to 30");
	if (patience < 1 || patience > PATIENCE_MOST)
		errors += config_fail("vision.patience", "1 to 1000");
	if (errors > 0)
		return 1;
	if (warnings == 0)
		printf("Nothing to mend.\n");
	return 0;
}

static int
run(int argc, char **argv, int (*what)(struct admin *))
{
	struct admin a;

	admin_options(argc, argv, NULL, 0, NULL, 0, 0);
	if (!admin_open(&a))
		return 1;
	int status = what(&a);
	admin_close(&a);
	return status;
}

static int
cmd_check(int argc, char **argv)
{
	return run(argc, argv, check);
}

static int
cmd_show(int argc, char **argv)
{
	return run(argc, argv, show);
}

int
cmd_config(int argc, char **argv)
{
	static const struct admin_verb verbs[] = {
	    {"check", cmd_check}, {"show", cmd_show}};

	return admin_verbs("paraph config", usage, argc, argv, verbs);
}
