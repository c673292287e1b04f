/*
 * An operator's passkey as text, from where the store is: what it says of who
 * they are and where they belong is the database's word until two custodians
 * have confirmed it.
 */
#include "cli/operator_card.h"

#include "base/clock.h"
#include "base/codec.h"
#include "signer/lines.h"

static RESULT
read_file(const char *path, struct buf *out)
{
	bool standard = strcmp(path, "-") == 0;
	FILE *file = standard ? stdin : fopen(path, "re");
	uint8_t *place;

	if (!file)
		return FAIL(ERR_NOT_FOUND, "cannot read %s: %m", path);
	buf_init(out, 65536);
	enum err result = buf_extend(out, 65536, &place);
	if (result == OK)
		out->size = fread(place, 1, 65536, file);
	if (!standard)
		fclose(file);
	return result;
}

static RESULT
not_a_card(void)
{
	return FAIL(ERR_INVALID,
	    "not what paraph member show-passkey prints");
}

/* The next line, which begins with this word. */
static RESULT
next(struct span *text, const char *word, struct span *line)
{
	if (!lines_next(text, line) || !lines_word_is(line, word))
		return not_a_card();
	return OK;
}

static RESULT
read_person(struct span *text, struct operator_key *k)
{
	uint8_t octets[OPERATOR_PERSON_MAX - 1];
	AUTO(buf_clear) struct buf address;
	char hex[DIGEST_TEXT_SIZE];
	struct span line;
	size_t size;

	buf_init(&address, DIGEST_SIZE);
	TRY(next(text, "person", &line));
	TRY(lines_bytes(&line, octets, sizeof(octets), &size));
	if (!utf8_is_clean(SPAN(octets, size)))
		return not_a_card();
	memcpy(k->person, octets, size);
	TRY(next(text, "address", &line));
	TRY(lines_text(&line, hex, sizeof(hex)));
	TRY(hex_decode(hex, &address));
	if (address.size != DIGEST_SIZE)
		return not_a_card();
	memcpy(k->address.bytes, address.data, DIGEST_SIZE);
	return OK;
}

static RESULT
read_key(struct span *text, struct operator_key *k)
{
	struct span line;

	TRY(next(text, "credential", &line));
	TRY(lines_bytes(&line, k->credential_id, sizeof(k->credential_id),
	    &k->credential_id_size));
	TRY(next(text, "key", &line));
	TRY(lines_bytes(
	    &line, k->public_key, sizeof(k->public_key), &k->public_key_size));
	return line.size > 0 ? not_a_card() : OK;
}

static RESULT
parse(struct span text, struct operator_key *out)
{
	struct operator_key k = {.enrolled_at = (uint64_t)clock_now()};
	struct span line;

	if (!lines_next(&text, &line) ||
	    !span_equal(line, span_of_text("paraph passkey 2")))
		return not_a_card();
	TRY(next(&text, "operator", &line));
	TRY(lines_text(&line, k.operator_id, sizeof(k.operator_id)));
	TRY(read_person(&text, &k));
	TRY(read_key(&text, &k));
	while (text.size > 0) {
		char workspace[ID_SIZE];

		TRY(next(&text, "workspace", &line));
		TRY(lines_text(&line, workspace, sizeof(workspace)));
		TRY(operator_key_join(&k, workspace));
	}
	*out = k;
	return OK;
}

RESULT
operator_card_read(const char *path, struct operator_key *out)
{
	AUTO(buf_clear) struct buf card;

	TRY(read_file(path, &card));
	return parse(span_of_buf(&card), out);
}
