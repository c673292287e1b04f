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

/* A camera's clock is read by another clock, and trembles; times that were
 * counted from the number of a frame differ by the rounding of a microsecond
 * alone. Far below what film_live asks of the file, whose times are whole
 * milliseconds: a phone's sensor may well keep within one. Chosen, not
 * measured on phones. */
#define EXACT_US 20
#define EXACT_FRAMES 60

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

/* key: a name as "\"device\":\"". "" where it is not there. */
static const char *
word_of(const char *part, const char *key, size_t *size)
{
	const char *at = strstr(part, key);

	*size = at ? strcspn(at + strlen(key), "\"") : 0;
	return at ? at + strlen(key) : "";
}

/* The browser that said so, or none. */
static const char *
device_of(const char *part, size_t *size)
{
	return word_of(part, "\"device\":\"", size);
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
	if (first && begun > end) /* it is the other one's */
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

/* As the page told it at the end. */
static bool
is_spaced_exactly(const char *hints)
{
	static const char name[] = "\"jitter_us\":";
	const char *end = strstr(hints, ",\"end\":");

	return end && strstr(end, name) &&
	    number_of(end, "\"frames\":") >= EXACT_FRAMES &&
	    number_of(end, name) < EXACT_US;
}

static bool
differs(const char *a, const char *b, const char *key)
{
	size_t first, second;
	const char *one = word_of(a, key, &first);
	const char *other = word_of(b, key, &second);

	return first && second &&
	    (first != second || strncmp(one, other, first) != 0);
}

/* One phone has two: that before its face and that behind it. */
static bool
are_two_sides(const char *a, const char *b)
{
	static const char front[] = "\"facing\":\"user\"";
	static const char rear[] = "\"facing\":\"environment\"";

	return (strstr(a, front) && strstr(b, rear)) ||
	    (strstr(a, rear) && strstr(b, front));
}

static bool
is_another_camera(const char *a, const char *b)
{
	return differs(a, b, "\"device\":\"") ||
	    (differs(a, b, "\"camera\":\"") && !are_two_sides(a, b));
}

void
take_remarks(const struct take *t, const struct take *before,
    char out[TAKE_REMARKS_MAX])
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
	remark(out, is_spaced_exactly(t->hints), "exact_spacing");
	remark(out, strstr(t->hints, "\"capabilities_missing\":true"),
	    "no_capabilities");
	remark(out, before && is_another_camera(before->hints, t->hints),
	    "other_camera");
}
