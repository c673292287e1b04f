/*
 * paraph config: what is set, and what an administrator should mend.
 */
#include "cli/admin.h"

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

static bool
is_private(const char *url)
{
	static const char *const names[] = {"localhost", "//127.", "//10.",
	    "//192.168.", ".local", ".internal", "//[::1]"};

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (strstr(url, names[i]))
			return true;
	return false;
}

static int
check(const struct conf *c)
{
	int warnings = 0;
	int64_t days = conf_number(c, CONF_registration_days);

	if (is_private(conf_text(c, CONF_pki_base_url)))
		warnings += warn("pki.base_url", "stands in every certificate;"
		    " relying parties cannot reach a private address");
	if (strncmp(conf_text(c, CONF_web_base_url), "https://", 8) != 0)
		warnings += warn("web.base_url", "participants need https;"
		    " browsers refuse the camera without");
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
