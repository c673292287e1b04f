/*
 * Asking for a secret. The terminal is opened anew and unbuffered: standard
 * input's buffer would keep what was typed. Signals that would end the program
 * are noted while it does not echo, so that it always gets its echo back.
 */
#include "cli/typed.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const int ending[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP};
#define ENDING_COUNT (sizeof(ending) / sizeof(ending[0]))

static volatile sig_atomic_t interrupted;

static void
note_interruption(int number)
{
	interrupted = number;
}

void
typed_trim(struct secret *s)
{
	while (s->size > 0 && (s->data[s->size - 1] == '\n' ||
				  s->data[s->size - 1] == '\r'))
		s->size--;
}

static RESULT
take_line(FILE *terminal, struct secret *out)
{
	TRY(secret_new(TYPED_MAX + 2, out));
	if (!fgets((char *)out->data, TYPED_MAX + 2, terminal))
		return FAIL(ERR_DENIED, "%s",
		    interrupted ? "it was interrupted" : "nothing was typed");
	out->size = strlen((char *)out->data);
	typed_trim(out);
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
typed_line(const char *prompt, const char *otherwise, struct secret *out)
{
	AUTO(fclose) FILE *terminal = fopen("/dev/tty", "r+e");
	struct sigaction noting = {.sa_handler = note_interruption};
	struct sigaction kept[ENDING_COUNT];
	struct termios before;

	if (!terminal || tcgetattr(fileno(terminal), &before) != 0)
		return FAIL(ERR_DENIED,
		    "no terminal to ask on, and no %s", otherwise);
	setvbuf(terminal, NULL, _IONBF, 0); /* it would keep what was typed */
	fputs(prompt, terminal);
	for (size_t i = 0; i < ENDING_COUNT; i++)
		sigaction(ending[i], &noting, &kept[i]);
	enum err result = take_unseen(terminal, &before, out);
	for (size_t i = 0; i < ENDING_COUNT; i++)
		sigaction(ending[i], &kept[i], NULL);
	return result;
}
