/*
 * Files and folders that settings name, as they are now. Some of them belong
 * to other users than who asks: what cannot be looked at is not judged.
 */
#include "cli/config_places.h"
#include "cli/config_say.h"

#include "base/clock.h"
#include "base/enum.h"
#include "status/crl_outline.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define ROOM_MIN ((uint64_t)1 << 30)
#define CLOCK_ERROR_MS ((int64_t)60 * SECOND)
#define LIST_MAX ((size_t)1 << 20)

static bool
says_test(const struct conf *c)
{
	return strstr(conf_text(c, CONF_pki_organisation), "TEST");
}

static int
check_secret(enum conf_key key, const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0 || !(st.st_mode & 077))
		return 0;
	return config_fail(conf_key_name(key), "others may read it: chmod 600 "
	    "(700 for a folder), and replace what it holds if somebody did");
}

static int
check_secrets(const struct conf *c)
{
	static const enum conf_key keys[] = {CONF_pki_pin_file,
	    CONF_pki_root_pin_file, CONF_store_keys_dir, CONF_signer_dir};
	int errors = 0;

	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		AUTO(free) char *beside = NULL;

		errors += check_secret(keys[i], conf_text(c, keys[i]));
		if (asprintf(&beside, "%s.so", conf_text(c, keys[i])) < 0)
			abort();
		errors += check_secret(keys[i], beside);
	}
	return errors;
}

static int
check_root_pin(const struct conf *c)
{
	if (says_test(c) ||
	    access(conf_text(c, CONF_pki_root_pin_file), F_OK) != 0)
		return 0;
	return config_warn("pki.root_pin_file", "lies on this machine: whoever "
	    "reads it has the root, and the practice statement says that it "
	    "needs two persons and is offline. paraph ca ceremony custodians "
	    "hands it over");
}

/* The signer and the store stop when there is no room; better before. */
static int
check_room(const struct conf *c)
{
	static const enum conf_key keys[] = {
	    CONF_signer_dir, CONF_store_keys_dir, CONF_store_vault};
	int warnings = 0;
	struct statvfs v;

	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		if (statvfs(conf_text(c, keys[i]), &v) != 0)
			continue;
		if ((uint64_t)v.f_bavail * v.f_frsize < ROOM_MIN)
			warnings += config_warn(conf_key_name(keys[i]), "less "
			    "than 1 GiB is left on its disk: without room "
			    "nothing is issued and nothing is taken in");
	}
	return warnings;
}

/* A ledger of the future: the signer refuses what would go back in time. */
static int
check_clock(const struct conf *c)
{
	AUTO(free) char *path = NULL;
	struct stat st;

	if (asprintf(&path, "%s/ledger", conf_text(c, CONF_signer_dir)) < 0)
		abort();
	if (stat(path, &st) != 0 ||
	    st.st_mtim.tv_sec * SECOND <= clock_now() + CLOCK_ERROR_MS)
		return 0;
	return config_warn("signer.dir", "the ledger was written later than it "
	    "is now: set the clock right, or nothing is issued");
}

static RESULT
read_list(const char *path, struct crl_outline *out)
{
	AUTO(close) int fd = open(path, O_RDONLY | O_CLOEXEC);
	AUTO(buf_clear) struct buf der;
	struct stat st;
	uint8_t *place;

	buf_init(&der, LIST_MAX);
	if (fd < 0 || fstat(fd, &st) != 0)
		return FAIL(ERR_NOT_FOUND, "no list");
	TRY(buf_extend(&der, (size_t)st.st_size, &place));
	if (read(fd, place, der.size) != (ssize_t)der.size)
		return FAIL(ERR_INTERNAL, "it ended early");
	return crl_outline(span_of_buf(&der), out);
}

static int
check_root_list(const struct conf *c)
{
	AUTO(free) char *path = NULL;
	struct crl_outline list;

	if (asprintf(&path, "%s/root.crl", conf_text(c, CONF_pki_ca_dir)) < 0)
		abort();
	enum err found = read_list(path, &list);
	err_clear();
	if (found != OK || list.next_update - 30 * DAY > clock_now())
		return 0;
	return config_warn("pki.ca_dir", "the root's list is due within 30 "
	    "days: paraph ca ceremony list, then accept, then paraph "
	    "repository publish");
}

/* To be qualified is a legal claim; SoftHSM is nobody's certified device. */
static int
check_claims(const struct conf *c)
{
	int warnings = 0;

	if (says_test(c) && conf_flag(c, CONF_trust_qualified))
		warnings += config_warn("trust.qualified", "under a root whose "
		    "name says TEST nothing is qualified");
	if (*conf_text(c, CONF_trust_qscd) &&
	    strstr(conf_text(c, CONF_pki_module), "softhsm"))
		warnings += config_warn("trust.qscd", "SoftHSM is no certified "
		    "device: qcp_n_qscd stays refused outside TEST");
	return warnings;
}

int
config_check_places(const struct conf *c, int *errors)
{
	*errors += check_secrets(c);
	return check_root_pin(c) + check_room(c) + check_clock(c) +
	       check_root_list(c) + check_claims(c);
}
