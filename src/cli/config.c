/*
 * paraph config: what is set, and what an administrator should mend.
 */
#include "cli/admin.h"

#include "approval/assertion.h"
#include "base/address.h"
#include "flow/policy.h"

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
show(const struct conf *c)
{
	for (size_t key = 0; key < CONF_COUNT; key++)
		printf("# %s\n%s = %s\n\n", docs[key],
		    conf_key_name((enum conf_key)key),
		    conf_text(c, (enum conf_key)key));
	return 0;
}

static int
warn(const char *key, const char *why)
{
	printf("warning: %s: %s\n", key, why);
	return 1;
}

/* Browsers make passkeys for names only, localhost among them. */
static int
check_passkeys(const struct conf *c)
{
	struct relying_party rp;

	if (relying_party_of(conf_text(c, CONF_web_base_url), &rp) == OK &&
	    strspn(rp.id, "0123456789.") != strlen(rp.id))
		return 0;
	return warn("web.base_url", "passkeys need a host's name, and operators"
	    " need passkeys");
}

/* The address of the disclosure statement stands in certificates when it is
 * set; else it is made from pki.base_url. */
static int
check_addresses(const struct conf *c)
{
	const char *pds = conf_text(c, CONF_pki_pds_url);
	int warnings = 0;

	if (!address_is_public(conf_text(c, CONF_pki_base_url)))
		warnings += warn("pki.base_url", "stands in every certificate;"
		    " relying parties cannot reach a loopback or private"
		    " address");
	if (*pds && (strncmp(pds, "https://", 8) != 0 ||
			!address_is_public(pds)))
		warnings += warn("pki.pds_url", "stands in qualified profiles:"
		    " a public https address (EN 319 412-5 4.3.4)");
	if (strncmp(conf_text(c, CONF_web_base_url), "https://", 8) != 0)
		warnings += warn("web.base_url", "participants need https;"
		    " browsers refuse the camera without");
	else if (!address_is_public(conf_text(c, CONF_web_base_url)))
		warnings += warn("web.base_url", "stands in mails and policy"
		    " texts; nobody outside can reach it");
	return warnings + check_passkeys(c);
}

static int
check_policies(const struct conf *c)
{
	enum conf_key missing[POLICY_SETTINGS];
	size_t count = policy_missing(c, missing);

	for (size_t i = 0; i < count; i++)
		warn(conf_key_name(missing[i]), "not filled in, and shown so in"
		    " the published policy texts");
	return (int)count;
}

static int
check(const struct conf *c)
{
	int warnings = check_addresses(c) + check_policies(c);
	int64_t days = conf_number(c, CONF_registration_days);

	if (strcmp(conf_text(c, CONF_sandbox_mode), "strict") != 0)
		warnings += warn("sandbox.mode", "only strict protects");
	if (conf_flag(c, CONF_demo_outbox_page))
		warnings += warn("demo.outbox_page", "shows every link and"
		    " code to whoever asks");
	if (strcmp(conf_text(c, CONF_mail_transport), "outbox") == 0)
		warnings += warn("mail.transport", "outbox: no mail leaves");
	if (days < 1 || days > 30) {
		fprintf(stderr, "error: registration.days: 1 to 30\n");
		return 1;
	}
	if (warnings == 0)
		printf("Nothing to mend.\n");
	return 0;
}

int
cmd_config(int argc, char **argv)
{
	const char *arguments[1];
	struct admin a;

	admin_options(argc, argv, usage, NULL, 0, arguments, 1, 1);
	bool checks = strcmp(arguments[0], "check") == 0;
	if (!checks && strcmp(arguments[0], "show") != 0) {
		fputs(usage, stderr);
		return 2;
	}
	if (!admin_open(&a))
		return 1;
	int status = checks ? check(a.conf) : show(a.conf);
	admin_close(&a);
	return status;
}
