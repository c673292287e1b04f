/*
 * The list of operators: reading, changing, writing.
 */
#include "signer/operators.h"

#include "base/codec.h"
#include "signer/lines.h"

#include <string.h>
#include <unicase.h>
#include <uninorm.h>

#define FILE_NAME "operators"
#define FIRST_LINE "paraph operators 2"
#define FORMER_LINE "paraph operators 1"
#define WORKSPACES_SIZE (OPERATOR_WORKSPACES_MAX * ID_SIZE)

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

/* In any case, of any letter: "Zoë" is "ZOË". What is no UTF-8, or too
 * much for the memory, is compared as it stands. */
static bool
same_name(const char *a, const char *b)
{
	int order;

	if (u8_casecmp((const uint8_t *)a, strlen(a), (const uint8_t *)b,
		strlen(b), NULL, UNINORM_NFC, &order) != 0)
		return strcmp(a, b) == 0;
	return order == 0;
}

/* As people write it; the custodians write one person one way. */
static bool
same_person(const struct operator_key *a, const struct operator_key *b)
{
	if (!a->person[0] || !b->person[0])
		return false;
	return same_name(a->person, b->person) ||
	       memcmp(a->address.bytes, b->address.bytes, DIGEST_SIZE) == 0;
}

static RESULT
check_person(const struct operators *o, const struct operator_key *key)
{
	for (size_t i = 0; i < o->count; i++)
		if (strcmp(o->keys[i].operator_id, key->operator_id) != 0 &&
		    same_person(&o->keys[i], key))
			return FAIL(ERR_CONFLICT,
			    "this person is the operator %s already",
			    o->keys[i].operator_id);
	return OK;
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
	TRY(check_person(o, key));
	struct operator_key *more =
	    realloc(o->keys, (o->count + 1) * sizeof(*more));
	if (!more)
		abort();
	o->keys = more;
	o->keys[o->count++] = *key;
	return OK;
}

static bool
is_of(const struct operator_key *k, const char *workspace)
{
	for (size_t i = 0; i < k->workspace_count; i++)
		if (strcmp(k->workspaces[i], workspace) == 0)
			return true;
	return false;
}

RESULT
operator_key_join(struct operator_key *k, const char *workspace)
{
	if (!id_is("wsp", workspace))
		return FAIL(ERR_INVALID, "not the id of a workspace");
	if (is_of(k, workspace))
		return OK;
	if (k->workspace_count == OPERATOR_WORKSPACES_MAX)
		return FAIL(ERR_INVALID, "of more than %d workspaces",
		    OPERATOR_WORKSPACES_MAX);
	memcpy(k->workspaces[k->workspace_count++], workspace,
	    strlen(workspace) + 1);
	return OK;
}

RESULT
operators_join(struct operators *o, const char *operator_id,
    const char *workspace, size_t *keys)
{
	*keys = 0;
	for (size_t i = 0; i < o->count; i++) {
		if (strcmp(o->keys[i].operator_id, operator_id) != 0)
			continue;
		TRY(operator_key_join(&o->keys[i], workspace));
		(*keys)++;
	}
	return OK;
}

bool
operators_are_of(const struct operators *o, const char *operator_id,
    const char *workspace)
{
	for (size_t i = 0; i < o->count; i++)
		if (strcmp(o->keys[i].operator_id, operator_id) == 0 &&
		    is_of(&o->keys[i], workspace))
			return true;
	return false;
}

bool
operators_have_address(const struct operators *o, const char *operator_id,
    const struct digest *address)
{
	for (size_t i = 0; i < o->count; i++)
		if (strcmp(o->keys[i].operator_id, operator_id) == 0 &&
		    memcmp(o->keys[i].address.bytes, address->bytes,
			DIGEST_SIZE) == 0)
			return true;
	return false;
}

bool
operators_have_name(
    const struct operators *o, const char *operator_id, const char *name)
{
	for (size_t i = 0; i < o->count; i++)
		if (strcmp(o->keys[i].operator_id, operator_id) == 0 &&
		    same_name(o->keys[i].person, name))
			return true;
	return false;
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
take_person(struct span *line, struct operator_key *k)
{
	uint8_t octets[OPERATOR_PERSON_MAX - 1];
	struct span rest = *line;
	size_t size;

	if (lines_word_is(&rest, "-")) {
		*line = rest;
		return OK;
	}
	TRY(lines_bytes(line, octets, sizeof(octets), &size));
	if (size == 0 || !utf8_is_clean(SPAN(octets, size)))
		return unreadable();
	memcpy(k->person, octets, size);
	return OK;
}

static RESULT
take_workspaces(struct span *line, struct operator_key *k)
{
	char text[WORKSPACES_SIZE], *rest = text, *one;

	TRY(lines_text(line, text, sizeof(text)));
	while (strcmp(text, "-") != 0 && (one = strsep(&rest, ",")))
		TRY(operator_key_join(k, one));
	return OK;
}

static RESULT
take_operator(struct span *line, bool former, struct operators *o)
{
	struct operator_key k = {{0}};

	TRY(lines_text(line, k.operator_id, sizeof(k.operator_id)));
	TRY(lines_bytes(line, k.credential_id, sizeof(k.credential_id),
	    &k.credential_id_size));
	TRY(lines_bytes(
	    line, k.public_key, sizeof(k.public_key), &k.public_key_size));
	TRY(lines_number(line, &k.enrolled_at));
	if (!former) {
		TRY(lines_octets(line, k.address.bytes, DIGEST_SIZE));
		TRY(take_person(line, &k));
		TRY(take_workspaces(line, &k));
	}
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

	if (!lines_next(&rest, &line))
		return unreadable();
	bool former = span_equal(line, span_of_text(FORMER_LINE));
	if (!former && !span_equal(line, span_of_text(FIRST_LINE)))
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
		TRY(take_operator(&line, former, o));
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
put_whose(struct buf *b, const struct operator_key *k)
{
	TRY(base64url_encode(SPAN(k->address.bytes, DIGEST_SIZE), b));
	TRY(buf_add_text(b, k->person[0] ? " " : " -"));
	TRY(base64url_encode(span_of_text(k->person), b));
	for (size_t i = 0; i < k->workspace_count; i++)
		TRY(buf_add_format(
		    b, "%s%s", i > 0 ? "," : " ", k->workspaces[i]));
	return buf_add_text(b, k->workspace_count ? "\n" : " -\n");
}

static RESULT
put_operator(struct buf *b, const struct operator_key *k)
{
	TRY(buf_add_format(b, "operator %s ", k->operator_id));
	TRY(base64url_encode(credential_of(k), b));
	TRY(buf_add_text(b, " "));
	TRY(base64url_encode(SPAN(k->public_key, k->public_key_size), b));
	TRY(buf_add_format(
	    b, " %llu ", (unsigned long long)k->enrolled_at));
	return put_whose(b, k);
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
