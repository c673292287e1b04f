/*
 * Asking for passphrases. The terminal is opened anew and unbuffered: standard
 * input's buffer would keep what was typed. Signals that would end the program
 * are noted while it does not echo, so that it always gets its echo back.
 */
#include "cli/passphrases.h"

#include <signal.h>
#include <termios.h>

static const int ending[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP};
#define TRIES 5
#define ENDING_COUNT (sizeof(ending) / sizeof(ending[0]))

static volatile sig_atomic_t interrupted;

static void
note_interruption(int number)
{
	interrupted = number;
}

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
		return FAIL(ERR_DENIED, "%s",
		    interrupted ? "it was interrupted" : "nothing was typed");
	out->size = strlen((char *)out->data);
	trim(out);
	return OK;
}

/* Without echo; and without a key that stops the program in this state. */
static RESULT
take_unseen(FILE *terminal, const struct termios *before, struct secret *out)
{
	struct termios silent = *before;

	silent.c_lflag &= ~(tcflag_t)ECHO;
	silent.c_cc[VSUSP] = _POSIX_VDISABLE;
	tcsetattr(fileno(terminal), TCSAFLUSH, &silent);
	enum err result = take_line(terminal, out);
	tcsetattr(fileno(terminal), TCSAFLUSH, before);
	fputs("\n", terminal);
	return result;
}

RESULT
passphrases_type(const char *prompt, struct secret *out)
{
	AUTO(fclose) FILE *terminal = fopen("/dev/tty", "r+e");
	struct sigaction noting = {.sa_handler = note_interruption};
	struct sigaction kept[ENDING_COUNT];
	struct termios before;

	if (!terminal || tcgetattr(fileno(terminal), &before) != 0)
		return FAIL(ERR_DENIED,
		    "no terminal to ask on, and no --passphrase-file");
	setvbuf(terminal, NULL, _IONBF, 0); /* it would keep what was typed */
	fputs(prompt, terminal);
	for (size_t i = 0; i < ENDING_COUNT; i++)
		sigaction(ending[i], &noting, &kept[i]);
	enum err result = take_unseen(terminal, &before, out);
	for (size_t i = 0; i < ENDING_COUNT; i++)
		sigaction(ending[i], &kept[i], NULL);
	return result;
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
	trim(place);
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
