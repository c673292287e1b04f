/*
 * Writing a ZIP file. Length and checksum of a part stand before its bytes and
 * are known after them: they are written twice, the second time in their place.
 */
#include "cli/archive.h"

#include <openssl/evp.h>

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define LOCAL_SIZE 30
#define LOCAL_CRC 14 /* checksum and both lengths, in a local header */
#define DIRECTORY_SIZE 46
#define END_SIZE 22
#define SIZE_MAX_ ((uint64_t)UINT32_MAX)
#define PARTS_MAX ((size_t)20000)

static void
put_16(uint8_t *out, uint32_t number)
{
	out[0] = (uint8_t)number;
	out[1] = (uint8_t)(number >> 8);
}

static void
put_32(uint8_t *out, uint32_t number)
{
	put_16(out, number);
	put_16(out + 2, number >> 16);
}

/* CRC-32 as ZIP has it: reflected, 0xedb88320. */
static void
make_table(uint32_t table[256])
{
	for (uint32_t i = 0; i < 256; i++) {
		table[i] = i;
		for (int bit = 0; bit < 8; bit++)
			table[i] = table[i] >> 1 ^
				   (table[i] & 1 ? 0xedb88320 : 0);
	}
}

static uint32_t
add_crc(uint32_t crc, struct span bytes)
{
	static uint32_t table[256];

	if (table[1] == 0)
		make_table(table);
	crc = ~crc;
	for (size_t i = 0; i < bytes.size; i++)
		crc = crc >> 8 ^ table[(crc ^ bytes.data[i]) & 0xff];
	return ~crc;
}

static RESULT
write_at(int fd, uint64_t at, struct span bytes)
{
	ssize_t n;

	for (size_t done = 0; done < bytes.size; done += (size_t)n) {
		n = pwrite(fd, bytes.data + done, bytes.size - done,
		    (off_t)(at + done));
		if (n <= 0)
			return FAIL(ERR_INTERNAL, "it cannot be written: %m");
	}
	return OK;
}

static RESULT
add_bytes(struct archive *a, struct span bytes)
{
	if (a->size + bytes.size > SIZE_MAX_)
		return FAIL(ERR_TOO_LARGE, "it would be larger than 4 GiB");
	TRY(write_at(a->fd, a->size, bytes));
	a->size += bytes.size;
	return OK;
}

void
archive_init(struct archive *a, int fd, int64_t at)
{
	time_t seconds = (time_t)(at / 1000);
	struct tm t;

	gmtime_r(&seconds, &t);
	*a = (struct archive){.fd = fd,
	    .date = (uint16_t)((t.tm_year - 80) << 9 | (t.tm_mon + 1) << 5 |
			       t.tm_mday),
	    .time = (uint16_t)(t.tm_hour << 11 | t.tm_min << 5 |
			       t.tm_sec / 2)};
}

void
archive_clear(struct archive *a)
{
	EVP_MD_CTX_free(a->hash);
	free(a->parts);
	*a = (struct archive){.fd = -1};
}

/* From "version needed" to "length of the extra field": the same in both
 * headers. 10: nothing but stored parts; bit 11: names are UTF-8. */
static void
put_common(const struct archive *a, const struct archive_part *p, uint8_t *out)
{
	put_16(out, 10);
	put_16(out + 2, 1 << 11);
	put_16(out + 4, 0);
	put_16(out + 6, a->time);
	put_16(out + 8, a->date);
	put_32(out + 10, p->crc);
	put_32(out + 14, p->size);
	put_32(out + 18, p->size);
	put_16(out + 22, (uint32_t)strlen(p->name));
	put_16(out + 24, 0);
}

static RESULT
put_local(struct archive *a, const struct archive_part *p)
{
	uint8_t header[LOCAL_SIZE];

	memcpy(header, "PK\3\4", 4);
	put_common(a, p, header + 4);
	TRY(add_bytes(a, SPAN(header, sizeof(header))));
	return add_bytes(a, span_of_text(p->name));
}

static bool
is_name(const char *name)
{
	size_t size = strlen(name);

	return size > 0 && size < ARCHIVE_NAME_MAX && *name != '/' &&
	       !strstr(name, "..") &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-") == size;
}

static struct archive_part *
new_part(struct archive *a)
{
	if (a->count == a->room) {
		a->room = a->room ? a->room * 2 : 64;
		a->parts = realloc(a->parts, a->room * sizeof(*a->parts));
		if (!a->parts)
			abort();
	}
	a->parts[a->count] = (struct archive_part){{0}};
	return &a->parts[a->count++];
}

RESULT
archive_begin(struct archive *a, const char *name)
{
	if (!is_name(name) || a->hash || a->count >= PARTS_MAX)
		return FAIL(ERR_INTERNAL, "not a part of an archive");
	struct archive_part *p = new_part(a);
	memcpy(p->name, name, strlen(name) + 1);
	p->offset = (uint32_t)a->size;
	EVP_MD_CTX *hash = a->hash = EVP_MD_CTX_new();
	if (!hash || EVP_DigestInit_ex(hash, EVP_sha256(), NULL) != 1)
		return FAIL(ERR_INTERNAL, "libcrypto does not digest");
	return put_local(a, p);
}

RESULT
archive_write(struct archive *a, struct span bytes)
{
	struct archive_part *p = &a->parts[a->count - 1];

	if (!a->hash)
		return FAIL(ERR_INTERNAL, "no part is open");
	TRY(add_bytes(a, bytes));
	p->crc = add_crc(p->crc, bytes);
	p->size += (uint32_t)bytes.size;
	return EVP_DigestUpdate(a->hash, bytes.data, bytes.size) == 1
		   ? OK
		   : FAIL(ERR_INTERNAL, "libcrypto does not digest");
}

RESULT
archive_end(struct archive *a)
{
	struct archive_part *p = &a->parts[a->count - 1];
	uint8_t sizes[12];

	if (!a->hash ||
	    EVP_DigestFinal_ex(a->hash, p->digest.bytes, NULL) != 1)
		return FAIL(ERR_INTERNAL, "libcrypto does not digest");
	EVP_MD_CTX_free(a->hash);
	a->hash = NULL;
	put_32(sizes, p->crc);
	put_32(sizes + 4, p->size);
	put_32(sizes + 8, p->size);
	return write_at(a->fd, (uint64_t)p->offset + LOCAL_CRC,
	    SPAN(sizes, sizeof(sizes)));
}

RESULT
archive_drop(struct archive *a)
{
	EVP_MD_CTX_free(a->hash);
	a->hash = NULL;
	a->size = a->parts[--a->count].offset;
	return ftruncate(a->fd, (off_t)a->size) == 0
		   ? OK
		   : FAIL(ERR_INTERNAL, "it cannot be written: %m");
}

RESULT
archive_add(struct archive *a, const char *name, struct span bytes)
{
	TRY(archive_begin(a, name));
	TRY(archive_write(a, bytes));
	return archive_end(a);
}

/* Made on Unix, a file that its owner alone reads. */
static RESULT
put_directory(struct archive *a, const struct archive_part *p)
{
	uint8_t header[DIRECTORY_SIZE] = {0};

	memcpy(header, "PK\1\2", 4);
	put_16(header + 4, 3 << 8 | 10);
	put_common(a, p, header + 6);
	put_32(header + 38, (uint32_t)0100600 << 16);
	put_32(header + 42, p->offset);
	TRY(add_bytes(a, SPAN(header, sizeof(header))));
	return add_bytes(a, span_of_text(p->name));
}

RESULT
archive_finish(struct archive *a)
{
	uint8_t end[END_SIZE] = {0};
	uint64_t start = a->size;

	if (a->hash)
		return FAIL(ERR_INTERNAL, "a part is open");
	for (size_t i = 0; i < a->count; i++)
		TRY(put_directory(a, &a->parts[i]));
	memcpy(end, "PK\5\6", 4);
	put_16(end + 8, (uint32_t)a->count);
	put_16(end + 10, (uint32_t)a->count);
	put_32(end + 12, (uint32_t)(a->size - start));
	put_32(end + 16, (uint32_t)start);
	TRY(add_bytes(a, SPAN(end, sizeof(end))));
	return fsync(a->fd) == 0 ? OK
				 : FAIL(ERR_INTERNAL, "it cannot be synced: %m");
}
