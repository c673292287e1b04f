/*
 * A member's word on the server's terminal.
 */
#include "cli/prove.h"

#include "cli/typed.h"
#include "flow/credentials.h"
#include "ident/person.h"

static enum err
get_password(bool from_input, struct secret *out)
{
	if (!from_input)
		return typed_line("Password: ", "--password-stdin", out);
	TRY(secret_new(PASSWORD_MAX + 2, out));
	if (!fgets((char *)out->data, PASSWORD_MAX + 2, stdin))
		return FAIL(ERR_INVALID, "no password on stdin");
	out->size = strlen((char *)out->data);
	typed_trim(out);
	return OK;
}

static enum err
find_member(struct admin *a, const char *email, struct member *out)
{
	char folded[PERSON_EMAIL_SIZE];

	TRY(person_email_fold(email, folded));
	return member_find(a->store, &a->arena, folded, out) == OK
		   ? OK
		   : FAIL(ERR_NOT_FOUND, "no member of that e-mail");
}

RESULT
prove_member(struct admin *a, const char *email, bool from_input,
    struct member *out)
{
	AUTO(secret_clear) struct secret typed = {0};
	char password[PASSWORD_MAX + 2];

	TRY(find_member(a, email, out));
	TRY(get_password(from_input, &typed));
	if (typed.size >= sizeof(password))
		return FAIL(ERR_UNAUTHORISED, "not the password");
	memcpy(password, typed.data, typed.size);
	password[typed.size] = '\0';
	enum err proven = password_check(password, out->password_hash);
	explicit_bzero(password, sizeof(password));
	return proven == OK ? OK
			    : FAIL(ERR_UNAUTHORISED,
				  "not the password of %s", out->email);
}
