/*
 * Asking for passphrases, one after the other, and twice for a new one.
 */
#include "cli/passphrases.h"

#include "cli/typed.h"

#define TRIES 5

RESULT
passphrases_type(const char *prompt, struct secret *out)
{
	return typed_line(prompt, "--passphrase-file", out);
}

/* Told at once: when all have typed it is too late, they would all have to
 * type again. */
static RESULT
type_twice(
    const struct passphrases *p, const char *prompt, struct secret *out)
{
	AUTO(secret_clear) struct secret again = {0};

	TRY(passphrases_type(prompt, out));
	if (out->size < PASSPHRASE_MIN)
		return FAIL(ERR_INVALID,
		    "a passphrase has at least %d characters", PASSPHRASE_MIN);
	for (size_t i = 0; i < p->count; i++)
		if (p->chosen[i] && span_equal(span_of_secret(out),
					span_of_secret(&p->of[i])))
			return FAIL(ERR_INVALID,
			    "it is the same as another custodian's");
	TRY(passphrases_type("Again: ", &again));
	if (!span_equal(span_of_secret(out), span_of_secret(&again)))
		return FAIL(ERR_INVALID, "that was not the same twice");
	return OK;
}

static RESULT
type_new(const struct passphrases *p, const char *prompt, struct secret *out)
{
	enum err result = type_twice(p, prompt, out);

	for (int i = 1; i < TRIES && result == ERR_INVALID; i++) {
		printf("%s. Once more.\n", err_explanation());
		err_clear();
		secret_clear(out);
		result = type_twice(p, prompt, out);
	}
	return result;
}

RESULT
passphrases_next(struct passphrases *p, const char *prompt, bool twice,
    struct span *out)
{
	if (p->count == PASSPHRASES_MAX)
		return FAIL(ERR_INTERNAL, "too many passphrases");
	struct secret *place = &p->of[p->count];
	if (p->file_count > 0 && p->files_used == p->file_count)
		return FAIL(ERR_INVALID, "too few passphrase files");
	if (p->file_count > 0)
		TRY(secret_load(p->files[p->files_used++], place));
	else if (twice)
		TRY(type_new(p, prompt, place));
	else
		TRY(passphrases_type(prompt, place));
	typed_trim(place);
	p->chosen[p->count++] = twice;
	*out = span_of_secret(place);
	return OK;
}

RESULT
passphrases_take(struct passphrases *p, const char *const names[CUSTODIANS],
    bool twice, struct span out[CUSTODIANS])
{
	char prompt[CUSTODIAN_NAME_SIZE + 32];

	for (size_t i = 0; i < CUSTODIANS; i++) {
		snprintf(prompt, sizeof(prompt), "%.63s, your passphrase: ",
		    names[i]);
		TRY(passphrases_next(p, prompt, twice, &out[i]));
	}
	return OK;
}

void
passphrases_clear(struct passphrases *p)
{
	for (size_t i = 0; i < PASSPHRASES_MAX; i++)
		secret_clear(&p->of[i]); /* also one that was half typed */
}
