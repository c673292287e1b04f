/*
 * How far the ledger had come, kept in the token: private data that nobody
 * changes without the PIN.
 *
 * Two objects take turns. Power lost while one is written leaves the other,
 * which is one turn older and as true. SoftHSM, as other tokens may, changes no
 * value of data (CKR_ATTRIBUTE_READ_ONLY): there one is taken away and made
 * anew, which the same turns make safe.
 */
#include "signer/token_parts.h"

#include "base/enum.h"

#define APPLICATION "paraph"
#define VERSION 1
#define VALUE_SIZE (1 + 8 + DIGEST_SIZE)
#define REOPEN_TRIES 3

static const char *const labels[] = {"ledger 0", "ledger 1"};

struct anchors {
	struct ledger_mark marks[COUNT_OF(labels)];
	CK_OBJECT_HANDLE objects[COUNT_OF(labels)];
	bool there[COUNT_OF(labels)]; /* and readable */
};

static void
put_value(const struct ledger_mark *m, uint8_t out[VALUE_SIZE])
{
	out[0] = VERSION;
	for (size_t i = 0; i < 8; i++)
		out[1 + i] = (uint8_t)(m->entries >> (56 - 8 * i));
	memcpy(out + 9, m->head.bytes, DIGEST_SIZE);
}

static bool
get_value(struct span value, struct ledger_mark *out)
{
	*out = (struct ledger_mark){0};
	if (value.size != VALUE_SIZE || value.data[0] != VERSION)
		return false;
	for (size_t i = 0; i < 8; i++)
		out->entries = out->entries << 8 | value.data[1 + i];
	memcpy(out->head.bytes, value.data + 9, DIGEST_SIZE);
	return true;
}

static RESULT
find_object(struct token *t, const char *label, CK_OBJECT_HANDLE *out)
{
	CK_OBJECT_CLASS class = CKO_DATA;
	char copy[TOKEN_LABEL_SIZE];
	CK_ATTRIBUTE wanted[] = {{CKA_CLASS, &class, sizeof(class)},
	    {CKA_LABEL, copy, strlen(label)}};
	CK_ULONG count = 0;

	*out = CK_INVALID_HANDLE;
	memcpy(copy, label, strlen(label) + 1);
	CK_RV rv = t->p11->C_FindObjectsInit(t->session, wanted, 2);
	if (rv == CKR_OK) {
		rv = t->p11->C_FindObjects(t->session, out, 1, &count);
		t->p11->C_FindObjectsFinal(t->session);
	}
	if (rv != CKR_OK)
		return token_fail(t, rv, "C_FindObjects");
	if (count == 0)
		*out = CK_INVALID_HANDLE;
	return OK;
}

/* What cannot be read was being written when the power went. */
static bool
read_object(struct token *t, CK_OBJECT_HANDLE object, struct ledger_mark *out)
{
	uint8_t value[VALUE_SIZE + 1];
	CK_ATTRIBUTE asked = {CKA_VALUE, value, sizeof(value)};

	return t->p11->C_GetAttributeValue(t->session, object, &asked, 1) ==
		   CKR_OK &&
	       get_value(SPAN(value, asked.ulValueLen), out);
}

static RESULT
read_all(struct token *t, struct anchors *out)
{
	*out = (struct anchors){0};
	for (size_t i = 0; i < COUNT_OF(labels); i++) {
		TRY(find_object(t, labels[i], &out->objects[i]));
		out->there[i] = out->objects[i] != CK_INVALID_HANDLE &&
		    read_object(t, out->objects[i], &out->marks[i]);
	}
	return OK;
}

static CK_RV
make_object(struct token *t, const char *label, uint8_t value[VALUE_SIZE])
{
	CK_BBOOL yes = CK_TRUE;
	CK_OBJECT_CLASS class = CKO_DATA;
	char application[] = APPLICATION, name[TOKEN_LABEL_SIZE];
	CK_OBJECT_HANDLE made;
	CK_ATTRIBUTE wanted[] = {{CKA_CLASS, &class, sizeof(class)},
	    {CKA_TOKEN, &yes, sizeof(yes)}, {CKA_PRIVATE, &yes, sizeof(yes)},
	    {CKA_MODIFIABLE, &yes, sizeof(yes)},
	    {CKA_APPLICATION, application, strlen(application)},
	    {CKA_LABEL, name, strlen(label)}, {CKA_VALUE, value, VALUE_SIZE}};

	memcpy(name, label, strlen(label) + 1);
	return t->p11->C_CreateObject(
	    t->session, wanted, COUNT_OF(wanted), &made);
}

/* Made anew where it cannot be changed; the other one stands meanwhile. */
static RESULT
write_one(struct token *t, const struct anchors *a, size_t i,
    const struct ledger_mark *m)
{
	uint8_t value[VALUE_SIZE];
	CK_ATTRIBUTE changed = {CKA_VALUE, value, sizeof(value)};
	CK_RV rv = CKR_OBJECT_HANDLE_INVALID;

	put_value(m, value);
	if (a->there[i])
		rv = t->p11->C_SetAttributeValue(
		    t->session, a->objects[i], &changed, 1);
	if (rv == CKR_OK)
		return OK;
	if (a->objects[i] != CK_INVALID_HANDLE)
		t->p11->C_DestroyObject(t->session, a->objects[i]);
	rv = make_object(t, labels[i], value);
	return rv == CKR_OK ? OK : token_fail(t, rv, "C_CreateObject");
}

static RESULT
read_latest(struct token *t, struct ledger_mark *out)
{
	struct anchors a;

	TRY(read_all(t, &a));
	if (!a.there[0] && !a.there[1])
		return FAIL(ERR_NOT_FOUND, "the token knows of no ledger");
	*out = a.marks[!a.there[0] ||
	    (a.there[1] && a.marks[1].entries > a.marks[0].entries)];
	return OK;
}

static RESULT
write_older(struct token *t, const struct ledger_mark *m)
{
	struct anchors a;

	TRY(read_all(t, &a));
	return write_one(t, &a,
	    a.there[0] &&
		(!a.there[1] || a.marks[1].entries <= a.marks[0].entries),
	    m);
}

/* Both: an older end than the one that stands there takes its place. */
static RESULT
write_both(struct token *t, const struct ledger_mark *m)
{
	struct anchors a;

	TRY(read_all(t, &a));
	for (size_t i = 0; i < COUNT_OF(labels); i++)
		TRY(write_one(t, &a, i, m));
	return OK;
}

RESULT
token_anchor_read(struct token *t, struct ledger_mark *out)
{
	t->failed = 0;
	enum err read = t->session ? read_latest(t, out) : ERR_TOKEN;
	if (read == OK || (read == ERR_NOT_FOUND && t->session) ||
	    !token_may_return(t))
		return read;
	TRY(token_reopen(t, REOPEN_TRIES));
	return read_latest(t, out);
}

RESULT
token_anchor_write(
    struct token *t, const struct ledger_mark *m, bool whatever_stands)
{
	RESULT (*write)(struct token *, const struct ledger_mark *) =
	    whatever_stands ? write_both : write_older;

	t->failed = 0;
	enum err written = t->session ? write(t, m) : ERR_TOKEN;
	if (written == OK || !token_may_return(t))
		return token_out_of_reach(written);
	TRY(token_reopen(t, REOPEN_TRIES));
	return token_out_of_reach(write(t, m));
}
