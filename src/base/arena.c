/*
 * Bump allocation: blocks in a list, the newest in front.
 */
#include "base/arena.h"

#include <openssl/crypto.h>
#include <stdarg.h>
#include <stdint.h>

#define BLOCK_SIZE ((size_t)16 * 1024)

struct arena_block {
	struct arena_block *next;
	size_t used;
	size_t room;
	max_align_t bytes[];
};

void
arena_init(struct arena *a, size_t ceiling)
{
	*a = (struct arena){.ceiling = ceiling};
}

void
arena_clear(struct arena *a)
{
	while (a->blocks) {
		struct arena_block *next = a->blocks->next;
		/* PINs, passwords and links pass through a request's */
		OPENSSL_cleanse(a->blocks->bytes, a->blocks->used);
		free(a->blocks);
		a->blocks = next;
	}
	a->used = 0;
}

static struct arena_block *
add_block(struct arena *a, size_t size)
{
	size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
	struct arena_block *block = malloc(sizeof(*block) + room);

	if (!block)
		abort();
	*block = (struct arena_block){.next = a->blocks, .room = room};
	a->blocks = block;
	return block;
}

void *
arena_get(struct arena *a, size_t size)
{
	const size_t align = sizeof(max_align_t);
	struct arena_block *block = a->blocks;

	if (size > a->ceiling || a->used > a->ceiling - size)
		abort();
	size = (size + align - 1) / align * align;
	if (!block || block->room - block->used < size)
		block = add_block(a, size);
	uint8_t *place = (uint8_t *)block->bytes + block->used;
	block->used += size;
	a->used += size;
	memset(place, 0, size);
	return place;
}

char *
arena_text(struct arena *a, const char *text)
{
	return arena_text_of(a, span_of_text(text));
}

char *
arena_text_of(struct arena *a, struct span bytes)
{
	char *copy = arena_get(a, bytes.size + 1);

	if (bytes.size > 0)
		memcpy(copy, bytes.data, bytes.size);
	return copy;
}

char *
arena_format(struct arena *a, const char *format, ...)
{
	va_list args, again;

	va_start(args, format);
	va_copy(again, args);
	int size = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (size < 0)
		abort();
	char *text = arena_get(a, (size_t)size + 1);
	vsnprintf(text, (size_t)size + 1, format, again);
	va_end(again);
	return text;
}
