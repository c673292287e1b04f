/*
 * The list of operators: reading, changing, writing.
 */
#include "signer/operators.h"

#include "base/codec.h"
#include "signer/lines.h"

#define FILE_NAME "operators"
#define FIRST_LINE "paraph operators 1"

static RESULT
unreadable(void)
{
	return FAIL(ERR_INVALID, "the list of operators cannot be read");
}

void
operators_clear(struct operators *o)
{
	free(o->keys);
	*o = (struct operators){0};
}

static struct span
credential_of(const struct operator_key *k)
{
	return SPAN(k->credential_id, k->credential_id_size);
}

const struct operator_key *
operators_find(const struct operators *o, struct span credential_id)
{
	for (size_t i = 0; i < o->count; i++)
		if (span_equal(credential_of(&o->keys[i]), credential_id))
			return &o->keys[i];
	return NULL;
}

RESULT
operators_add(struct operators *o, const struct operator_key *key)
{
	if (!id_is("mem", key->operator_id))
		return FAIL(ERR_INVALID, "not an operator's id");
	TRY(passkey_key_check(SPAN(key->public_key, key->public_key_size)));
	if (key->credential_id_size == 0 || o->count == OPERATOR_KEYS_MAX)
		return FAIL(ERR_INVALID, "no credential, or too many");
	for (size_t i = 0; i < o->count; i++)
		if (span_equal(
			credential_of(&o->keys[i]), credential_of(key)) ||
		    span_equal(SPAN(o->keys[i].public_key,
				   o->keys[i].public_key_size),
			SPAN(key->public_key, key->public_key_size)))
			return FAIL(ERR_CONFLICT, "this key is enrolled");
	struct operator_key *more =
	    realloc(o->keys, (o->count + 1) * sizeof(*more));
	if (!more)
		abort();
	o->keys = more;
	o->keys[o->count++] = *key;
	return OK;
}

size_t
operators_renew(struct operators *o, const char *operator_id, uint64_t now)
{
	size_t renewed = 0;

	for (size_t i = 0; i < o->count; i++)
		if (strcmp(o->keys[i].operator_id, operator_id) == 0) {
			o->keys[i].enrolled_at = now;
			renewed++;
		}
	return renewed;
}

size_t
operators_remove(struct operators *o, const char *operator_id)
{
	size_t kept = 0, count = o->count;

	for (size_t i = 0; i < count; i++)
		if (strcmp(o->keys[i].operator_id, operator_id) != 0)
			o->keys[kept++] = o->keys[i];
	o->count = kept;
	return count - kept;
}

static RESULT
take_operator(struct span *line, struct operators *o)
{
	struct operator_key k = {{0}};

	TRY(lines_text(line, k.operator_id, sizeof(k.operator_id)));
	TRY(lines_bytes(line, k.credential_id, sizeof(k.credential_id),
	    &k.credential_id_size));
	TRY(lines_bytes(
	    line, k.public_key, sizeof(k.public_key), &k.public_key_size));
	TRY(lines_number(line, &k.enrolled_at));
	if (line->size > 0)
		return unreadable();
	return operators_add(o, &k);
}

/* The last line is over all before it. */
static RESULT
take_signature(struct span *line, struct span before,
    const struct custodians *c)
{
	uint8_t signature[CUSTODIANS_SIGNATURE_SIZE];

	TRY(lines_octets(line, signature, sizeof(signature)));
	if (line->size > 0)
		return unreadable();
	return custodians_verify(
	    c, before, SPAN(signature, sizeof(signature)));
}

static RESULT
read_list(struct span text, const struct custodians *c, struct operators *o)
{
	struct span rest = text, line;

	if (!lines_next(&rest, &line) ||
	    !span_equal(line, span_of_text(FIRST_LINE)))
		return unreadable();
	if (!lines_next(&rest, &line) || !lines_word_is(&line, "number"))
		return unreadable();
	TRY(lines_number(&line, &o->number));
	for (;;) {
		struct span before = SPAN(text.data, text.size - rest.size);

		if (!lines_next(&rest, &line))
			return unreadable();
		struct span word = lines_word(&line);
		if (span_equal(word, span_of_text("signature"))) {
			TRY(take_signature(&line, before, c));
			return rest.size == 0 ? OK : unreadable();
		}
		if (!span_equal(word, span_of_text("operator")))
			return unreadable();
		TRY(take_operator(&line, o));
	}
}

RESULT
operators_parse(
    struct span text, const struct custodians *c, struct operators *out)
{
	AUTO(operators_clear) struct operators o = {0};

	TRY(read_list(text, c, &o));
	o.digest = digest_sha256(text);
	*out = o;
	o = (struct operators){0};
	return OK;
}

RESULT
operators_load(
    const char *dir, const struct custodians *c, struct operators *out)
{
	const struct operators o = {0};
	AUTO(buf_clear) struct buf text;

	enum err found = lines_load(dir, FILE_NAME, &text);
	if (found == OK)
		return operators_parse(span_of_buf(&text), c, out);
	*out = o;
	return found == ERR_NOT_FOUND ? OK : found;
}

static RESULT
put_operator(struct buf *b, const struct operator_key *k)
{
	TRY(buf_add_format(b, "operator %s ", k->operator_id));
	TRY(base64url_encode(credential_of(k), b));
	TRY(buf_add_text(b, " "));
	TRY(base64url_encode(SPAN(k->public_key, k->public_key_size), b));
	return buf_add_format(
	    b, " %llu\n", (unsigned long long)k->enrolled_at);
}

RESULT
operators_save(const char *dir, struct operators *o, const struct secret *key)
{
	uint8_t signature[CUSTODIANS_SIGNATURE_SIZE];
	AUTO(buf_clear) struct buf b;

	buf_init(&b, LINES_FILE_MAX);
	TRY(buf_add_format(&b, FIRST_LINE "\nnumber %llu\n",
	    (unsigned long long)o->number + 1));
	for (size_t i = 0; i < o->count; i++)
		TRY(put_operator(&b, &o->keys[i]));
	TRY(custodians_sign(key, span_of_buf(&b), signature));
	TRY(buf_add_text(&b, "signature "));
	TRY(base64url_encode(SPAN(signature, sizeof(signature)), &b));
	TRY(buf_add_text(&b, "\n"));
	TRY(lines_save(dir, FILE_NAME, span_of_buf(&b)));
	o->number++;
	o->digest = digest_sha256(span_of_buf(&b));
	return OK;
}
