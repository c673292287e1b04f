/*
 * A step with its minutes: who is present is asked, what is done is shown, and
 * the whole is written down, also when it was not finished.
 */
#include "cli/ceremony_parts.h"

#include "base/clock.h"
#include "signer/ledger.h"
#include "signer/place.h"

#include <stdlib.h>
#include <unistd.h>

#define LINE_SIZE 256
#define WRITTEN INT64_C(1735689600000) /* 2025-01-01 */

static bool
ask_line(const char *prompt, char out[LINE_SIZE])
{
	printf("%s", prompt);
	fflush(stdout);
	if (!fgets(out, LINE_SIZE, stdin))
		return false;
	out[strcspn(out, "\r\n")] = '\0';
	return out[0];
}

/* Ten years of validity begin with what it says; a machine without a network
 * has nobody who sets it. */
static RESULT
ask_clock(struct minutes *m)
{
	char now[CLOCK_TEXT_SIZE], line[LINE_SIZE];

	clock_format(clock_now(), now);
	printf("The clock of this machine: %.10s %.5s UTC.\n", now, now + 11);
	if (!ask_line("Is that right, by another clock? (yes or no): ", line))
		return OK;
	if (strcmp(line, "yes") != 0 && strcmp(line, "y") != 0)
		return FAIL(ERR_WRONG_STATE,
		    "set the clock first (date -u -s \"2026-11-26 14:05\"), "
		    "then give the step again");
	m->clock_compared = true;
	m->begun = clock_now();
	return OK;
}

static RESULT
ask_present(struct asked *a, struct minutes *m)
{
	static char place[LINE_SIZE];
	char line[LINE_SIZE];
	bool asks = isatty(STDIN_FILENO) && a->present_count == 0;

	for (size_t i = 0; i < a->present_count; i++)
		TRY(minutes_present(m, a->present[i]));
	if (!asks)
		return OK;
	TRY(ask_clock(m));
	if (!a->place && ask_line("Place: ", place))
		m->place = place;
	while (ask_line("Present (name, role; nothing: all are): ", line))
		if (minutes_present(m, line) != OK) {
			printf("%s\n", err_explanation());
			err_clear();
		}
	return OK;
}

static RESULT
save_minutes(
    const struct asked *a, const struct ceremony_step *step, const struct buf *text)
{
	char now[CLOCK_TEXT_SIZE], name[64], path[PLACE_PATH];

	clock_format(clock_now(), now);
	for (char *c = now; *c; c++) /* what is carried has FAT, mostly */
		*c = *c == ':' ? '-' : *c;
	snprintf(name, sizeof(name), "minutes-%s-%s", step->name, now);
	TRY(place_path(conf_text(a->conf, CONF_pki_ceremony_dir), name, ".txt",
	    path));
	TRY(place_write(path, span_of_buf(text), 0644));
	printf("\nThese minutes are kept in %s.\n", path);
	if (!a->folder)
		return OK;
	TRY(place_path(a->folder, name, ".txt", path));
	return place_write(path, span_of_buf(text), 0644);
}

static enum err
pass_over(void *data, const struct ledger_entry *e)
{
	(void)data;
	(void)e;
	return OK;
}

static RESULT
print_minutes(const struct asked *a, const struct ceremony_step *step,
    const struct minutes *m)
{
	AUTO(buf_clear) struct buf text;
	struct ledger_extent all = {0};
	bool has_ledger = step->dir != CONF_COUNT &&
			  ledger_look(conf_text(a->conf, step->dir), pass_over,
			      NULL, &all) == OK;

	err_clear();
	buf_init(&text, 2 * MINUTES_MAX);
	TRY(minutes_print(m, has_ledger ? &all.head : NULL, &text));
	printf("\n%s", buf_text(&text));
	return a->dry_run ? OK : save_minutes(a, step, &text);
}

/* A clock whose battery is empty begins somewhere in the past. */
static RESULT
check_clock(void)
{
	char now[CLOCK_TEXT_SIZE];

	if (clock_now() >= WRITTEN)
		return OK;
	clock_format(clock_now(), now);
	return FAIL(ERR_WRONG_STATE,
	    "the clock of this machine says %.16s, which is past: set it first",
	    now);
}

RESULT
ceremony_do(struct asked *a, const struct ceremony_step *step, bool quiet)
{
	AUTO(minutes_clear) struct minutes m;
	char title[64];

	snprintf(title, sizeof(title), "%s%s%s", step->name,
	    step->named ? " " : "", step->named ? a->name : "");
	minutes_init(&m, title, conf_text(a->conf, CONF_pki_organisation),
	    a->place);
	m.dry_run = a->dry_run;
	if (quiet)
		return step->run(a, &m);
	printf("%s\n", step->doc);
	TRY(check_clock());
	TRY(ask_present(a, &m));
	m.shown = stdout;
	enum err result = step->run(a, &m);
	if (result != OK) {
		AUTO(free) char *why = strdup(err_explanation());

		TRY(minutes_note(&m, "It was not finished: %s.", why));
		TRY(print_minutes(a, step, &m));
		return FAIL(result, "%s", why);
	}
	return print_minutes(a, step, &m);
}

