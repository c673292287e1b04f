/*
 * Cages open whole folders: that of the database (SQLite makes its journal
 * beside it), the vault, the outbox, and /etc for the clerk. A secret that
 * lies below one of them would be caged in together with whom it is kept
 * from, so such settings are refused before anything starts.
 */
#include "proc/apart.h"

#include "base/enum.h"

#include <stdlib.h>
#include <string.h>

/* What web (and the clerk) may read and change. */
static const enum conf_key opened[] = {
    CONF_store_path, CONF_store_vault, CONF_mail_outbox};

static const enum conf_key secrets[] = {CONF_store_keys_dir, CONF_signer_dir,
    CONF_pki_pin_file, CONF_pki_root_pin_file, CONF_pki_softhsm_conf};

/* The signer's, which the clerk must not find among what it reads of /etc. */
static const enum conf_key signers[] = {
    CONF_signer_dir, CONF_pki_pin_file, CONF_pki_root_pin_file};

static bool
lies_in(const char *path, const char *folder, size_t size)
{
	while (size > 0 && folder[size - 1] == '/')
		size--;
	return *path && strncmp(path, folder, size) == 0 &&
	    (path[size] == '/' || path[size] == '\0');
}

/* The folder that a cage opens for a setting. */
static size_t
folder_size(enum conf_key key, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (key != CONF_store_path)
		return strlen(path);
	return slash ? (size_t)(slash - path) : 0;
}

static RESULT
check_folder(const struct conf *conf, enum conf_key key)
{
	const char *folder = conf_text(conf, key);
	size_t size = folder_size(key, folder);

	for (size_t i = 0; *folder && i < COUNT_OF(secrets); i++)
		if (lies_in(conf_text(conf, secrets[i]), folder, size))
			return FAIL(ERR_INVALID, "%s lies in the folder of %s",
			    conf_key_name(secrets[i]), conf_key_name(key));
	/* the vault is written blindly, and stays so */
	if (key != CONF_store_vault &&
	    lies_in(conf_text(conf, CONF_store_vault), folder, size))
		return FAIL(ERR_INVALID, "store.vault lies in the folder of %s",
		    conf_key_name(key));
	return OK;
}

RESULT
apart_check(const struct conf *conf)
{
	for (size_t i = 0; i < COUNT_OF(opened); i++)
		TRY(check_folder(conf, opened[i]));
	for (size_t i = 0; i < COUNT_OF(signers); i++)
		if (lies_in(conf_text(conf, signers[i]), "/etc", 4))
			return FAIL(ERR_INVALID,
			    "%s lies in /etc, which the clerk reads",
			    conf_key_name(signers[i]));
	return OK;
}
