/*
 * paraph-clerk: started by paraphd, never by hand.
 */
#include "base/enum.h"
#include "base/log.h"
#include "clerk/clerk.h"
#include "proc/cage.h"

#include <curl/curl.h>
#include <sys/stat.h>

static bool uncaged; /* starting again will not help */

static enum err
open_store(struct clerk *c)
{
	const struct conf *conf = c->program.conf;

	TRY(keys_load(conf_text(conf, CONF_store_keys_dir), true, &c->keys));
	TRY(store_open(conf_text(conf, CONF_store_path), true, &c->store));
	c->flow = (struct flow){c->store, conf, &c->keys};
	return OK;
}

/* The folder of the database: SQLite makes its journal beside it. */
static const char *
folder(char *path)
{
	char *slash = strrchr(path, '/');

	if (slash)
		*slash = '\0';
	return path;
}

static enum err
enter_cage(struct clerk *c, struct buf *missing)
{
	const struct conf *conf = c->program.conf;
	AUTO(free) char *db = strdup(conf_text(conf, CONF_store_path));
	const char *password =
	    conf_text(conf, CONF_mail_smtp_password_file);
	const struct cage_path paths[] = {
	    {folder(db), true},
	    {conf_text(conf, CONF_store_vault), true},
	    {conf_text(conf, CONF_mail_outbox), true},
	    /* name service and certificates for the relay */
	    {"/etc", false}, {"/usr/lib/ssl", false},
	    {"/usr/share/ca-certificates", false},
	    {password[0] ? password : "/etc", false},
	};

	return cage_enter(CAGE_clerk, paths, COUNT_OF(paths),
	    !c->program.demo, missing);
}

static enum err
run(struct clerk *c)
{
	AUTO(buf_clear) struct buf missing;

	buf_init(&missing, 512);
	for (size_t i = 0; i < INSPECTIONS_MAX; i++)
		c->inspections[i].reply.fd = -1;
	TRY(program_begin(ROLE_clerk, &c->program));
	TRY(open_store(c));
	uncaged = true;
	TRY(enter_cage(c, &missing));
	uncaged = false;
	TRY(program_ready(&c->program, buf_text(&missing)));
	return clerk_run(c);
}

int
main(void)
{
	struct clerk c = {0};

	log_as("clerk");
	umask(077);
	curl_global_init(CURL_GLOBAL_DEFAULT);
	enum err result = run(&c);
	if (result != OK)
		log_info("clerk.ends why=\"%s\"", err_explanation());
	store_close(c.store);
	keys_clear(&c.keys);
	program_clear(&c.program);
	return uncaged ? PROGRAM_REFUSES
	               : result == ERR_UNAVAILABLE ? 0 : 1;
}
