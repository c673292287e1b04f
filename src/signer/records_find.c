/*
 * Finding records: two hash tables point into one array that only grows, by
 * registration, and by authority and serial.
 */
#include "signer/records_parts.h"

#include "base/digest.h"

/*
 * SipHash-2-4 (Aumasson, Bernstein 2012) under a key of this process: names of
 * registrations come from a program that strangers talk to, and whoever could
 * choose them to collide would make each look-up a walk through all.
 */
struct sip {
	uint64_t v[4];
};

static uint64_t
turn(uint64_t x, int bits)
{
	return x << bits | x >> (64 - bits);
}

static void
stir(struct sip *s)
{
	uint64_t *v = s->v;

	v[0] += v[1], v[1] = turn(v[1], 13) ^ v[0], v[0] = turn(v[0], 32);
	v[2] += v[3], v[3] = turn(v[3], 16) ^ v[2];
	v[0] += v[3], v[3] = turn(v[3], 21) ^ v[0];
	v[2] += v[1], v[1] = turn(v[1], 17) ^ v[2], v[2] = turn(v[2], 32);
}

static void
take_word(struct sip *s, uint64_t word)
{
	s->v[3] ^= word;
	stir(s);
	stir(s);
	s->v[0] ^= word;
}

uint64_t
records_siphash(const uint64_t key[2], struct span bytes)
{
	struct sip s = {{key[0] ^ 0x736f6d6570736575,
	    key[1] ^ 0x646f72616e646f6d, key[0] ^ 0x6c7967656e657261,
	    key[1] ^ 0x7465646279746573}};
	uint64_t word, last = (uint64_t)bytes.size << 56;

	while (bytes.size >= sizeof(word)) {
		memcpy(&word, bytes.data, sizeof(word));
		take_word(&s, word);
		bytes = SPAN(bytes.data + 8, bytes.size - 8);
	}
	word = 0;
	if (bytes.size > 0)
		memcpy(&word, bytes.data, bytes.size);
	take_word(&s, last | word);
	s.v[2] ^= 0xff;
	for (int i = 0; i < 4; i++)
		stir(&s);
	return s.v[0] ^ s.v[1] ^ s.v[2] ^ s.v[3];
}

size_t
records_hash(struct span bytes)
{
	static uint64_t key[2];

	if (!key[0]) /* one thread */
		random_bytes(key, sizeof(key));
	return (size_t)records_siphash(key, bytes);
}

static size_t
hash_registration(const char *registration)
{
	return records_hash(span_of_text(registration));
}

static size_t
hash_serial(enum authority authority, struct span serial)
{
	uint8_t both[1 + ORDER_SERIAL_MAX] = {(uint8_t)authority};

	memcpy(both + 1, serial.data, serial.size);
	return records_hash(SPAN(both, 1 + serial.size));
}

void
table_put(struct table *t, size_t hash, uint32_t index)
{
	size_t at = hash & (t->size - 1);

	while (t->slots[at])
		at = (at + 1) & (t->size - 1);
	t->slots[at] = index + 1;
}

static void
index_record(struct records *r, uint32_t index)
{
	const struct record *record = &r->all[index];

	table_put(&r->by_registration, hash_registration(record->registration),
	    index);
	table_put(&r->by_serial,
	    hash_serial(
		record->authority, SPAN(record->serial, record->serial_size)),
	    index);
}

void
table_reset(struct table *t, size_t size)
{
	free(t->slots);
	t->slots = calloc(size, sizeof(*t->slots));
	t->size = size;
	if (!t->slots)
		abort();
}

/* Half empty at least, so that a search ends. */
static void
grow(struct records *r)
{
	r->room = r->room ? r->room * 2 : 64;
	r->all = realloc(r->all, r->room * sizeof(*r->all));
	if (!r->all)
		abort();
	table_reset(&r->by_registration, r->room * 2);
	table_reset(&r->by_serial, r->room * 2);
	for (size_t i = 0; i < r->count; i++)
		index_record(r, (uint32_t)i);
}

struct record *
records_find_registration(const struct records *r, const char *registration)
{
	struct record *last = NULL;

	if (r->count == 0)
		return NULL;
	size_t mask = r->by_registration.size - 1;
	size_t at = hash_registration(registration) & mask;
	for (; r->by_registration.slots[at]; at = (at + 1) & mask) {
		struct record *found =
		    &r->all[r->by_registration.slots[at] - 1];
		if (strcmp(found->registration, registration) == 0 &&
		    found->state != RECORD_not_issued)
			last = found;
	}
	return last;
}

struct record *
records_find_serial(
    const struct records *r, enum authority authority, struct span serial)
{
	if (r->count == 0 || serial.size > ORDER_SERIAL_MAX)
		return NULL;
	size_t mask = r->by_serial.size - 1;
	size_t at = hash_serial(authority, serial) & mask;
	for (; r->by_serial.slots[at]; at = (at + 1) & mask) {
		struct record *found = &r->all[r->by_serial.slots[at] - 1];
		if (found->authority == authority &&
		    span_equal(SPAN(found->serial, found->serial_size), serial))
			return found;
	}
	return NULL;
}

const struct record *
records_of_registration(const struct records *r, const char *registration)
{
	return records_find_registration(r, registration);
}

const struct record *
records_of_serial(
    const struct records *r, enum authority authority, struct span serial)
{
	const struct record *found = records_find_serial(r, authority, serial);

	return found && found->state == RECORD_issued ? found : NULL;
}

void
records_add(struct records *r, const struct record *record)
{
	if (r->count == r->room)
		grow(r);
	r->all[r->count] = *record;
	index_record(r, (uint32_t)r->count);
	r->count++;
}
