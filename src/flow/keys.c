/*
 * Installation keys in files of their own, readable by their owner alone.
 * Losing link.key ends every link; losing vault.key loses all evidence.
 */
#include "flow/flow.h"

#include "base/digest.h"

#include <fcntl.h>
#include <sys/stat.h>

#define KEY_SIZE 32
#define PATH_MAX_ 4096

static RESULT
write_key(const char *dir, const char *name, struct span key)
{
	char path[PATH_MAX_];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	AUTO(close) int fd =
	    open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return FAIL(ERR_CONFLICT, "cannot make %s: %m", name);
	if (write(fd, key.data, key.size) != (ssize_t)key.size ||
	    fsync(fd) != 0)
		return FAIL(ERR_INTERNAL, "%s cannot be written", name);
	return OK;
}

static RESULT
make_random(const char *dir, const char *name)
{
	AUTO(secret_clear) struct secret key = {0};

	TRY(secret_new(KEY_SIZE, &key));
	random_bytes(key.data, key.size);
	return write_key(dir, name, span_of_secret(&key));
}

RESULT
keys_make(const char *dir)
{
	uint8_t public_key[VAULT_PUBLIC_SIZE];
	AUTO(secret_clear) struct secret vault = {0};

	if (mkdir(dir, 0700) != 0 && access(dir, W_OK) != 0)
		return FAIL(ERR_INTERNAL, "cannot make the folder of the keys");
	TRY(make_random(dir, "link.key"));
	TRY(make_random(dir, "digest.key"));
	TRY(vault_pair(public_key, &vault));
	TRY(write_key(dir, "vault.key", span_of_secret(&vault)));
	return write_key(dir, "vault.pub", SPAN(public_key, KEY_SIZE));
}

static RESULT
load_key(const char *dir, const char *name, struct secret *out)
{
	AUTO(secret_clear) struct secret key = {0};
	char path[PATH_MAX_];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	TRY(secret_load(path, &key));
	if (key.size != KEY_SIZE)
		return FAIL(ERR_INVALID, "%s has not the size of a key", name);
	*out = key;
	key = (struct secret){0};
	return OK;
}

DEFINE_AUTO_CLEAR(keys_clear, struct keys)

RESULT
keys_load(const char *dir, bool with_vault, struct keys *out)
{
	AUTO(keys_clear) struct keys k = {0};
	AUTO(secret_clear) struct secret public_key = {0};

	TRY(load_key(dir, "link.key", &k.link));
	TRY(load_key(dir, "digest.key", &k.digest));
	TRY(load_key(dir, "vault.pub", &public_key));
	memcpy(k.vault_public, public_key.data, VAULT_PUBLIC_SIZE);
	if (with_vault)
		TRY(load_key(dir, "vault.key", &k.vault));
	*out = k;
	k = (struct keys){0};
	return OK;
}

void
keys_clear(struct keys *k)
{
	secret_clear(&k->link);
	secret_clear(&k->digest);
	secret_clear(&k->vault);
	*k = (struct keys){0};
}
