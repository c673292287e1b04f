/*
 * Evidence at rest.
 *
 * File: 8 bytes nonce prefix, then chunks of 64 KiB, each AES-256-GCM with
 * its tag. A chunk's nonce is the prefix with the chunk's number in its last
 * four bytes and its additional data are the id, the number and whether it is
 * the last: chunks cannot be moved, left out, cut off or given to another id.
 */
#include "store/vault.h"

#include "base/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>

#define CHUNK ((size_t)64 * 1024)
#define NONCE 12
#define PREFIX 8
#define TAG 16
#define KEY 32
#define CONTENT_MAX ((size_t)256 * 1024 * 1024)
#define PURPOSE "paraph vault key"

DEFINE_AUTO(EVP_PKEY_free, EVP_PKEY *)
DEFINE_AUTO(EVP_PKEY_CTX_free, EVP_PKEY_CTX *)
DEFINE_AUTO(EVP_CIPHER_CTX_free, EVP_CIPHER_CTX *)

/* What one GCM call works on; out has room for size bytes, tag for TAG. */
struct box_job {
	const uint8_t *key, *nonce;
	struct span aad;
	const uint8_t *in;
	size_t size;
	uint8_t *out, *tag;
};

static bool
encrypt(const struct box_job *j)
{
	AUTO(EVP_CIPHER_CTX_free) EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	int n;

	return c &&
	    EVP_EncryptInit_ex(c, EVP_aes_256_gcm(), NULL, j->key, j->nonce) &&
	    EVP_EncryptUpdate(c, NULL, &n, j->aad.data, (int)j->aad.size) &&
	    EVP_EncryptUpdate(c, j->out, &n, j->in, (int)j->size) &&
	    EVP_EncryptFinal_ex(c, j->out + n, &n) &&
	    EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_GET_TAG, TAG, j->tag);
}

static bool
decrypt(const struct box_job *j)
{
	AUTO(EVP_CIPHER_CTX_free) EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	int n;

	return c &&
	    EVP_DecryptInit_ex(c, EVP_aes_256_gcm(), NULL, j->key, j->nonce) &&
	    EVP_DecryptUpdate(c, NULL, &n, j->aad.data, (int)j->aad.size) &&
	    EVP_DecryptUpdate(c, j->out, &n, j->in, (int)j->size) &&
	    EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_SET_TAG, TAG, j->tag) &&
	    EVP_DecryptFinal_ex(c, j->out + n, &n) > 0;
}

RESULT
vault_pair(uint8_t public_key[VAULT_PUBLIC_SIZE], struct secret *out)
{
	AUTO(EVP_PKEY_free) EVP_PKEY *pair = EVP_PKEY_Q_keygen(NULL, NULL,
	    "X25519");
	AUTO(secret_clear) struct secret key = {0};
	size_t size = KEY, public_size = VAULT_PUBLIC_SIZE;

	TRY(secret_new(KEY, &key));
	if (!pair || !EVP_PKEY_get_raw_private_key(pair, key.data, &size) ||
	    !EVP_PKEY_get_raw_public_key(pair, public_key, &public_size))
		return FAIL(ERR_INTERNAL, "no key pair");
	*out = key;
	key = (struct secret){0};
	return OK;
}

static bool
agree(EVP_PKEY *mine, EVP_PKEY *theirs, uint8_t shared[KEY])
{
	AUTO(EVP_PKEY_CTX_free) EVP_PKEY_CTX *c = EVP_PKEY_CTX_new(mine, NULL);
	size_t size = KEY;

	return c && EVP_PKEY_derive_init(c) > 0 &&
	    EVP_PKEY_derive_set_peer(c, theirs) > 0 &&
	    EVP_PKEY_derive(c, shared, &size) > 0;
}

/* The salt binds both public keys, as HPKE does. */
static RESULT
wrapping_key(EVP_PKEY *mine, EVP_PKEY *theirs, const uint8_t *ephemeral,
    const uint8_t *receiver, uint8_t out[KEY])
{
	uint8_t shared[KEY], salt[2 * VAULT_PUBLIC_SIZE];

	memcpy(salt, ephemeral, VAULT_PUBLIC_SIZE);
	memcpy(salt + VAULT_PUBLIC_SIZE, receiver, VAULT_PUBLIC_SIZE);
	if (!agree(mine, theirs, shared))
		return FAIL(ERR_INVALID, "no key agreement");
	enum err result = digest_derive(SPAN(shared, KEY),
	    SPAN(salt, sizeof(salt)), PURPOSE, out, KEY);
	OPENSSL_cleanse(shared, KEY);
	return result;
}

static RESULT
seal_key(const uint8_t key[KEY], const char *id,
    const uint8_t public_key[VAULT_PUBLIC_SIZE],
    uint8_t sealed[VAULT_SEALED_SIZE])
{
	AUTO(EVP_PKEY_free) EVP_PKEY *own = EVP_PKEY_Q_keygen(NULL, NULL,
	    "X25519");
	AUTO(EVP_PKEY_free) EVP_PKEY *receiver = EVP_PKEY_new_raw_public_key(
	    EVP_PKEY_X25519, NULL, public_key, VAULT_PUBLIC_SIZE);
	uint8_t wrap[KEY], *nonce = sealed + VAULT_PUBLIC_SIZE;
	size_t size = VAULT_PUBLIC_SIZE;

	if (!own || !receiver ||
	    !EVP_PKEY_get_raw_public_key(own, sealed, &size))
		return FAIL(ERR_INTERNAL, "no key pair");
	TRY(wrapping_key(own, receiver, sealed, public_key, wrap));
	random_bytes(nonce, NONCE);
	struct box_job j = {wrap, nonce, span_of_text(id), key, KEY,
	    nonce + NONCE, nonce + NONCE + KEY};
	bool done = encrypt(&j);
	OPENSSL_cleanse(wrap, KEY);
	return done ? OK : FAIL(ERR_INTERNAL, "sealing failed");
}

static RESULT
open_key(struct span sealed, const char *id, const struct secret *secret,
    uint8_t out[KEY])
{
	uint8_t receiver[VAULT_PUBLIC_SIZE], wrap[KEY], tag[TAG];
	size_t size = VAULT_PUBLIC_SIZE;

	if (sealed.size != VAULT_SEALED_SIZE)
		return FAIL(ERR_INVALID, "there is no sealed key");
	AUTO(EVP_PKEY_free) EVP_PKEY *own = EVP_PKEY_new_raw_private_key(
	    EVP_PKEY_X25519, NULL, secret->data, secret->size);
	AUTO(EVP_PKEY_free) EVP_PKEY *sender = EVP_PKEY_new_raw_public_key(
	    EVP_PKEY_X25519, NULL, sealed.data, VAULT_PUBLIC_SIZE);
	if (!own || !sender ||
	    !EVP_PKEY_get_raw_public_key(own, receiver, &size))
		return FAIL(ERR_INTERNAL, "the vault key is not one");
	TRY(wrapping_key(own, sender, sealed.data, receiver, wrap));
	const uint8_t *nonce = sealed.data + VAULT_PUBLIC_SIZE;
	memcpy(tag, nonce + NONCE + KEY, TAG);
	struct box_job j = {wrap, nonce, span_of_text(id), nonce + NONCE, KEY,
	    out, tag};
	bool done = decrypt(&j);
	OPENSSL_cleanse(wrap, KEY);
	return done ? OK : FAIL(ERR_INVALID, "the sealed key was changed");
}

static void
put_number(uint8_t out[4], uint32_t number)
{
	for (int i = 0; i < 4; i++)
		out[i] = (uint8_t)(number >> (24 - 8 * i));
}

/* Nonce and additional data of one chunk. */
struct chunk_frame {
	uint8_t nonce[NONCE];
	uint8_t aad[64];
	size_t aad_size;
};

static RESULT
frame_chunk(const uint8_t prefix[PREFIX], const char *id, uint32_t number,
    bool last, struct chunk_frame *out)
{
	size_t length = strlen(id);

	if (length + 5 > sizeof(out->aad))
		return FAIL(ERR_INVALID, "an id that is too long");
	memcpy(out->nonce, prefix, PREFIX);
	put_number(out->nonce + PREFIX, number);
	memcpy(out->aad, id, length);
	put_number(out->aad + length, number);
	out->aad[length + 4] = last;
	out->aad_size = length + 5;
	return OK;
}

static RESULT
encrypt_chunks(const uint8_t key[KEY], const char *id, struct span content,
    struct buf *out)
{
	struct chunk_frame f;
	uint8_t prefix[PREFIX], *place;
	uint32_t number = 0;
	size_t at = 0, size;

	random_bytes(prefix, PREFIX);
	TRY(buf_add(out, prefix, PREFIX));
	do {
		size = content.size - at < CHUNK ? content.size - at : CHUNK;
		bool last = at + size == content.size;
		TRY(frame_chunk(prefix, id, number++, last, &f));
		TRY(buf_extend(out, size + TAG, &place));
		struct box_job j = {key, f.nonce, SPAN(f.aad, f.aad_size),
		    content.data + at, size, place, place + size};
		if (!encrypt(&j))
			return FAIL(ERR_INTERNAL, "encryption failed");
		at += size;
	} while (at < content.size);
	return OK;
}

static RESULT
make_path(const char *dir, const char *name, char out[4096])
{
	if (!*name || strchr(name, '/') || *name == '.' ||
	    snprintf(out, 4096, "%s/%s", dir, name) >= 4096)
		return FAIL(ERR_INVALID, "not a name of evidence");
	return OK;
}

static RESULT
write_synced(const char *path, struct span bytes)
{
	AUTO(close) int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
	    0600);
	ssize_t n;

	if (fd < 0)
		return FAIL(ERR_INTERNAL, "cannot write into the vault");
	for (size_t at = 0; at < bytes.size; at += (size_t)n) {
		n = write(fd, bytes.data + at, bytes.size - at);
		if (n <= 0)
			return FAIL(ERR_INTERNAL, "the vault is full");
	}
	if (fsync(fd) != 0)
		return FAIL(ERR_INTERNAL, "the vault cannot be synced");
	return OK;
}

/* Whole or not at all: under another name first, and the folder synced. */
static RESULT
publish(const char *dir, const char *id, struct span bytes)
{
	char path[4096], draft[4112];
	AUTO(close) int folder = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	TRY(make_path(dir, id, path));
	snprintf(draft, sizeof(draft), "%s.draft", path);
	enum err result = write_synced(draft, bytes);
	if (result == OK && (folder < 0 || rename(draft, path) != 0 ||
				fsync(folder) != 0))
		result = FAIL(ERR_INTERNAL, "cannot write into the vault");
	if (result != OK)
		(void)unlink(draft);
	return result;
}

RESULT
vault_write(const char *dir, const char *id, struct span content,
    const uint8_t public_key[VAULT_PUBLIC_SIZE],
    uint8_t sealed[VAULT_SEALED_SIZE])
{
	AUTO(buf_clear) struct buf file;
	uint8_t key[KEY];

	if (content.size > CONTENT_MAX)
		return FAIL(ERR_TOO_LARGE, "too much for one piece");
	buf_init(&file, PREFIX + content.size +
		(content.size / CHUNK + 1) * TAG);
	random_bytes(key, KEY);
	enum err result = encrypt_chunks(key, id, content, &file);
	if (result == OK)
		result = seal_key(key, id, public_key, sealed);
	OPENSSL_cleanse(key, KEY);
	TRY(result);
	return publish(dir, id, span_of_buf(&file));
}

static RESULT
read_exact(int fd, uint8_t *out, size_t size)
{
	ssize_t n;

	for (size_t at = 0; at < size; at += (size_t)n) {
		n = read(fd, out + at, size - at);
		if (n <= 0)
			return FAIL(ERR_INTERNAL, "the vault cannot be read");
	}
	return OK;
}

static RESULT
decrypt_chunk(const uint8_t key[KEY], const struct chunk_frame *f,
    uint8_t *chunk, size_t size, uint8_t *out)
{
	const struct box_job j = {key, f->nonce, SPAN(f->aad, f->aad_size),
	    chunk, size, out, chunk + size};

	return decrypt(&j) ? OK
			   : FAIL(ERR_INVALID, "the evidence was changed");
}

/* size: of the file behind the prefix. */
static RESULT
stream_chunks(int fd, size_t size, const uint8_t key[KEY], const char *id,
    vault_sink *sink, void *data)
{
	static _Thread_local uint8_t chunk[CHUNK + TAG], plain[CHUNK];
	struct chunk_frame f;
	uint8_t prefix[PREFIX];
	uint32_t number = 0;

	TRY(read_exact(fd, prefix, PREFIX));
	for (size_t part; size > 0; size -= part) {
		part = size < CHUNK + TAG ? size : CHUNK + TAG;
		if (part < TAG)
			return FAIL(ERR_INVALID, "the evidence is cut off");
		TRY(frame_chunk(prefix, id, number++, part == size, &f));
		TRY(read_exact(fd, chunk, part));
		TRY(decrypt_chunk(key, &f, chunk, part - TAG, plain));
		TRY(sink(data, SPAN(plain, part - TAG)));
	}
	return OK;
}

RESULT
vault_stream(const char *dir, const char *id, struct span sealed,
    const struct secret *key, vault_sink *sink, void *data)
{
	uint8_t own_key[KEY];
	char path[4096];
	struct stat st;

	TRY(make_path(dir, id, path));
	AUTO(close) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0 && errno != ENOENT && errno != ELOOP)
		return FAIL(ERR_UNAVAILABLE, "the evidence cannot be read: %m");
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return FAIL(ERR_NOT_FOUND, "there is no such evidence");
	if (st.st_size < PREFIX + TAG)
		return FAIL(ERR_INVALID, "the evidence is cut off");
	TRY(open_key(sealed, id, key, own_key));
	enum err result = stream_chunks(
	    fd, (size_t)st.st_size - PREFIX, own_key, id, sink, data);
	OPENSSL_cleanse(own_key, KEY);
	return result;
}

static enum err
add_to_buf(void *data, struct span bytes)
{
	return buf_add_span(data, bytes);
}

RESULT
vault_read(const char *dir, const char *id, struct span sealed,
    const struct secret *key, struct buf *out)
{
	size_t before = out->size;
	enum err result = vault_stream(dir, id, sealed, key, add_to_buf, out);

	if (result != OK)
		out->size = before; /* nothing that is not proven leaves */
	return result;
}

RESULT
vault_remove(const char *dir, const char *id)
{
	char path[4096];

	TRY(make_path(dir, id, path));
	if (unlink(path) != 0)
		return FAIL(ERR_NOT_FOUND, "there is no such evidence");
	return OK;
}
