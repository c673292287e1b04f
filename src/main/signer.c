/*
 * paraph-signer: started by paraphd, never by hand.
 */
#include "base/enum.h"
#include "base/log.h"
#include "proc/cage.h"
#include "signer/run.h"

#include <sys/stat.h>

/* The folder of a file; path is the caller's copy. */
static const char *
folder(char *path)
{
	char *slash = strrchr(path, '/');

	if (slash)
		*slash = '\0';
	return path;
}

static bool uncaged; /* starting again will not help */

/* SoftHSM keeps files of its own; another module needs what it needs. */
static enum err
enter_cage(struct program *p, struct buf *missing)
{
	const char *dir = conf_text(p->conf, CONF_signer_dir);
	AUTO(free)
	char *token = strdup(conf_text(p->conf, CONF_pki_softhsm_conf));
	const struct cage_path paths[] = {
	    {dir, true, false},
	    {token && token[0] ? folder(token) : dir, true, false},
	};

	return cage_enter(
	    CAGE_signer, paths, COUNT_OF(paths), !p->demo, missing);
}

static enum err
run(struct program *p, struct signer *s)
{
	AUTO(buf_clear) struct buf missing;
	size_t repaired = 0;

	buf_init(&missing, 512);
	signer_hold_signals();
	TRY(program_begin(ROLE_signer, p));
	TRY(signer_open(p->conf, s, &repaired));
	if (repaired > 0)
		log_warn("signer.ledger_settled entries=%zu", repaired);
	uncaged = true;
	TRY(enter_cage(p, &missing));
	uncaged = false;
	TRY(program_ready(p, buf_text(&missing)));
	return signer_run(s, p);
}

int
main(void)
{
	struct program p = {.control.fd = -1, .listen_fd = -1};
	struct signer s = {0};

	log_as("signer");
	umask(077);
	enum err result = run(&p, &s);
	if (result != OK)
		log_info("signer.ends why=\"%s\"", err_explanation());
	signer_close(&s);
	program_clear(&p);
	return uncaged ? PROGRAM_REFUSES
	               : result == ERR_UNAVAILABLE ? 0 : 1;
}
