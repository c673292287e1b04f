/*
 * paraph member show-passkey: an operator's passkey as text, to be carried to
 * the signer's machine, where two custodians enrol it (paraph operator).
 *
 * It prints no fingerprint: that is read from the operator's own page, since
 * what the store says here is what the custodians are to doubt.
 */
#include "cli/admin.h"

#include "approval/approval.h"
#include "base/codec.h"
#include "ident/person.h"

/* The list is sorted by age. */
static RESULT
choose(const struct member_passkey *all, size_t count, const char *name,
    const struct member_passkey **out)
{
	*out = NULL;
	for (size_t i = 0; i < count; i++)
		if (!name || strcmp(all[i].name, name) == 0)
			*out = &all[i];
	return *out ? OK : FAIL(ERR_NOT_FOUND, "no such passkey");
}

/* cli/operator_card.c reads them. */
static RESULT
print(struct admin *a, const struct member *m, const struct member_passkey *p)
{
	struct digest address = approval_address(m->email_folded);
	AUTO(buf_clear) struct buf key, person;
	char hex[DIGEST_TEXT_SIZE];
	struct workspace *all;
	size_t count;

	buf_init(&key, 4096);
	buf_init(&person, 4096);
	TRY(base64url_encode(p->public_key, &key));
	TRY(base64url_encode(span_of_text(m->name), &person));
	TRY(operator_workspaces(a->store, &a->arena, m->id, &all, &count));
	digest_format(&address, hex);
	printf("paraph passkey 2\noperator %s\nperson %s\naddress %s\n"
	       "credential %s\nkey %s\n",
	    m->id, buf_text(&person), hex, p->id, buf_text(&key));
	for (size_t i = 0; i < count; i++)
		printf("workspace %s\n", all[i].id);
	return OK;
}

static RESULT
show(struct admin *a, const char *email, const char *name)
{
	const struct member_passkey *chosen;
	struct member_passkey *all;
	char folded[PERSON_EMAIL_SIZE];
	struct member m;
	size_t count;

	TRY(person_email_fold(email, folded));
	TRY(member_find(a->store, &a->arena, folded, &m));
	if (strcmp(m.role, "operator") != 0)
		return FAIL(ERR_WRONG_STATE, "not an operator");
	TRY(passkey_list(a->store, &a->arena, m.id, &all, &count));
	TRY(choose(all, count, name, &chosen));
	return print(a, &m, chosen);
}

int
cmd_show_passkey(int argc, char **argv)
{
	const char *name = NULL, *arguments[1];
	const struct word_option options[] = {{"--name", &name, false}};
	struct admin a;
	int status = 0;

	admin_options(argc, argv, options, 1, arguments, 1, 1);
	if (!admin_open(&a))
		return 1;
	if (show(&a, arguments[0], name) != OK)
		status = admin_fail("cannot show the passkey");
	admin_close(&a);
	return status;
}
