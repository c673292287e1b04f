/*
 * Hints: checked by the table, written anew.
 */
#include "web/hints.h"

#include "base/digest.h"
#include "base/enum.h"
#include "web/body.h"
#include "web/json.h"

#include <ctype.h>
#include <stdio.h>

#define LABEL_MAX 120
#define HINTS_MAX ((size_t)1000)
#define CAMERA_DIGITS 16

struct mark {
	const char *name, *part;
	bool tells;
};

static const struct mark cameras[] = {
#define VIRTUAL_CAMERA(name, part) {#name, part, false},
#include "web/virtual_cameras.def"
#undef VIRTUAL_CAMERA
};

static const struct mark browsers[] = {
#define BROWSER(name, mark, tells) {name, mark, tells},
#include "web/devices.def"
};

static const struct mark systems[] = {
#define SYSTEM(name, mark) {name, mark, false},
#include "web/devices.def"
};

static const char *
find_mark(const struct mark *marks, size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++)
		if (strstr(text, marks[i].part))
			return marks[i].name;
	return "";
}

#define FIND(marks, text)                                                      \
	find_mark(marks, sizeof(marks) / sizeof((marks)[0]), text)

void
device_family(const char *user_agent, char out[DEVICE_MAX])
{
	const char *browser = FIND(browsers, user_agent);
	const char *system = FIND(systems, user_agent);

	snprintf(out, DEVICE_MAX, "%s%s%s", browser,
	    *browser && *system ? ", " : "", system);
}

bool
device_tells_capabilities(const char *family)
{
	size_t size = strcspn(family, ",");
	bool known = false;

	for (size_t i = 0; i < COUNT_OF(browsers); i++) {
		if (strlen(browsers[i].name) != size ||
		    strncmp(browsers[i].name, family, size) != 0)
			continue;
		if (!browsers[i].tells)
			return false;
		known = true;
	}
	return known;
}

const char *
virtual_camera(const char *label)
{
	char lower[LABEL_MAX + 1];
	size_t size = 0;

	for (; label[size] && size < LABEL_MAX; size++)
		lower[size] = (char)tolower((unsigned char)label[size]);
	lower[size] = '\0';
	return FIND(cameras, lower);
}

static void
write_number(struct json *j, const char *name, const struct fields *f,
    enum field field)
{
	if (field_given(f, field))
		json_number(j, name, field_number(f, field, 0));
}

static void
write_word(struct json *j, const char *name, const char *value)
{
	if (*value)
		json_text(j, name, value);
}

/* Two cameras of one registration are told apart by it, and nobody is known
 * by it anywhere else. */
static void
write_camera(struct json *j, const char *label, const struct hints_from *from)
{
	const struct span parts[] = {span_of_text("paraph camera"),
	    span_of_text(from->registration), span_of_text(label)};
	char digits[DIGEST_TEXT_SIZE];

	if (!*label)
		return;
	struct digest d = digest_keyed(span_of_secret(from->key), parts,
	    COUNT_OF(parts));
	digest_format(&d, digits);
	digits[CAMERA_DIGITS] = '\0';
	json_text(j, "camera", digits);
}

/* What a browser leaves unsaid that says it of every camera: another program,
 * or a stream that comes from none. */
static void
write_capabilities(struct json *j, const char *told, const char *device)
{
	write_word(j, "capabilities", told);
	if (!*told && device_tells_capabilities(device))
		json_bool(j, "capabilities_missing", true);
}

RESULT
hints_read(struct arena *a, const char *text, const struct hints_from *from,
    const char **out)
{
	AUTO(buf_clear) struct buf written;
	struct json j = json_into(&written);
	struct fields f;

	TRY(body_parse(a, BODY_hints, "application/json", span_of_text(text),
	    &f));
	buf_init(&written, HINTS_MAX);
	json_open(&j, NULL);
	write_word(&j, "virtual_camera",
	    virtual_camera(field_text(&f, FIELD_hints_label)));
	write_camera(&j, field_text(&f, FIELD_hints_label), from);
	write_word(&j, "facing", field_text(&f, FIELD_hints_facing));
	write_number(&j, "width", &f, FIELD_hints_width);
	write_number(&j, "height", &f, FIELD_hints_height);
	write_number(&j, "frame_rate", &f, FIELD_hints_frame_rate);
	write_capabilities(&j, field_text(&f, FIELD_hints_capabilities),
	    from->device);
	if (field_given(&f, FIELD_hints_device_changed))
		json_bool(&j, "device_changed",
		    field_flag(&f, FIELD_hints_device_changed, false));
	write_number(&j, "frames", &f, FIELD_hints_frames);
	write_number(&j, "jitter_us", &f, FIELD_hints_jitter_us);
	if (field_given(&f, FIELD_hints_lights_off))
		json_bool(&j, "lights_off",
		    field_flag(&f, FIELD_hints_lights_off, false));
	write_word(&j, "device", from->device);
	json_close(&j);
	TRY(json_done(&j));
	*out = arena_text(a, buf_text(&written));
	return OK;
}
