/*
 * Asking for passphrases. The terminal is opened anew and unbuffered: standard
 * input's buffer would keep what was typed.
 */
#include "cli/passphrases.h"

#include <termios.h>

static void
trim(struct secret *s)
{
	while (s->size > 0 && (s->data[s->size - 1] == '\n' ||
				  s->data[s->size - 1] == '\r'))
		s->size--;
}

static RESULT
take_line(FILE *terminal, struct secret *out)
{
	TRY(secret_new(PASSPHRASE_MAX + 2, out));
	if (!fgets((char *)out->data, PASSPHRASE_MAX + 2, terminal))
		return FAIL(ERR_DENIED, "no passphrase was typed");
	out->size = strlen((char *)out->data);
	trim(out);
	return OK;
}

/* Typed without being seen. */
static RESULT
type_secret(const char *prompt, const char *name, struct secret *out)
{
	AUTO(fclose) FILE *terminal = fopen("/dev/tty", "r+e");
	struct termios before, silent;

	if (!terminal || tcgetattr(fileno(terminal), &before) != 0)
		return FAIL(ERR_DENIED,
		    "no terminal to ask on, and no --passphrase-file");
	setvbuf(terminal, NULL, _IONBF, 0); /* it would keep what was typed */
	silent = before;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	fprintf(terminal, prompt[0] == 'A' ? "Again: " : "%s, your passphrase: ",
	    name);
	tcsetattr(fileno(terminal), TCSAFLUSH, &silent);
	enum err result = take_line(terminal, out);
	tcsetattr(fileno(terminal), TCSAFLUSH, &before);
	fputs("\n", terminal);
	return result;
}

static RESULT
type_twice(const char *name, struct secret *out)
{
	AUTO(secret_clear) struct secret again = {0};

	TRY(type_secret("", name, out));
	TRY(type_secret("Again", name, &again));
	if (!span_equal(span_of_secret(out), span_of_secret(&again)))
		return FAIL(ERR_INVALID, "that was not the same twice");
	return OK;
}

RESULT
passphrases_take(struct passphrases *p, const char *const names[CUSTODIANS],
    bool twice, struct span out[CUSTODIANS])
{
	for (size_t i = 0; i < CUSTODIANS; i++) {
		struct secret *place = &p->of[p->count];

		if (p->count++ == PASSPHRASES_MAX)
			return FAIL(ERR_INTERNAL, "too many passphrases");
		if (p->file_count > 0 && p->files_used == p->file_count)
			return FAIL(ERR_INVALID, "too few passphrase files");
		if (p->file_count > 0)
			TRY(secret_load(p->files[p->files_used++], place));
		else if (twice)
			TRY(type_twice(names[i], place));
		else
			TRY(type_secret("", names[i], place));
		trim(place);
		out[i] = span_of_secret(place);
	}
	return OK;
}

void
passphrases_clear(struct passphrases *p)
{
	for (size_t i = 0; i < PASSPHRASES_MAX; i++)
		secret_clear(&p->of[i]);
}
