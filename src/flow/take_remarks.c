/*
 * What stands out in how a recording came, for operators. All but the server's
 * own times is a stranger's word, and an honest participant may have a strange
 * camera or a slow line: nothing is refused by it.
 *
 * hints is JSON that we wrote ourselves (web/hints.c, take_finish.c); no text
 * in it holds a quotation mark, so that a name is found by its letters.
 */
#include "flow/take.h"

#include <stdlib.h>

/* A page on a bad line shows a prompt late, not two seconds apart from when
 * it was told; not measured on real lines. */
#define DRIFT_MS 2000

/* A chunk is a second of recording. Who waits for two actions to be told
 * before a film that lay ready is chosen is some five seconds late; so is an
 * honest line that stalls for as long. */
#define LATE_MS 5000

static void
remark(char out[TAKE_REMARKS_MAX], bool stands_out, const char *word)
{
	size_t used = strlen(out);

	if (stands_out)
		snprintf(out + used, TAKE_REMARKS_MAX - used, "%s%s",
		    used ? " " : "", word);
}

static int64_t
number_of(const char *hints, const char *name)
{
	const char *at = strstr(hints, name);

	return at ? strtoll(at + strlen(name), NULL, 10) : 0;
}

/* The browser that said so, or none. */
static const char *
device_of(const char *part, size_t *size)
{
	static const char key[] = "\"device\":\"";
	const char *at = strstr(part, key);

	*size = at ? strcspn(at + sizeof(key) - 1, "\"") : 0;
	return at ? at + sizeof(key) - 1 : "";
}

/* The page that begins a recording alone has its key and ends it: another
 * browser was given it. */
static bool
ended_elsewhere(const char *hints)
{
	size_t first, second;
	const char *end = strstr(hints, ",\"end\":");
	const char *begun = device_of(hints, &first);

	if (!end)
		return false;
	if (begun > end) /* it is the other one's */
		first = 0;
	const char *ended = device_of(end, &second);
	return first != second || strncmp(begun, ended, first) != 0;
}

/* The first chunk came when everything had been asked already, or one came
 * long after what is in it was recorded. */
static bool
came_afterwards(const struct take *t)
{
	uint32_t asked[CHALLENGE_MAX];
	size_t count;

	if (take_times_parse(t->asked, asked, &count) != OK) {
		err_clear();
		return false;
	}
	return (count > 1 &&
		   number_of(t->hints, "\"first_chunk_ms\":") >
		       (int64_t)asked[count - 1]) ||
	    number_of(t->hints, "\"late_ms\":") > LATE_MS;
}

void
take_remarks(const struct take *t, char out[TAKE_REMARKS_MAX])
{
	out[0] = '\0';
	remark(out, strstr(t->hints, "\"virtual_camera\":"),
	    "virtual_camera");
	remark(out, strstr(t->hints, "\"device_changed\":true") ||
		ended_elsewhere(t->hints),
	    "device_changed");
	remark(out, number_of(t->hints, "\"drift_ms\":") > DRIFT_MS,
	    "clocks_differ");
	remark(out, came_afterwards(t), "sent_afterwards");
	remark(out, strstr(t->hints, "\"lights_off\":true"), "lights_off");
}
