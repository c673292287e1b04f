/*
 * Hints: checked by the table, written anew.
 */
#include "web/hints.h"

#include "web/body.h"
#include "web/json.h"

#include <ctype.h>
#include <stdio.h>

#define LABEL_MAX 120
#define HINTS_MAX ((size_t)1000)

struct mark {
	const char *name, *part;
};

static const struct mark cameras[] = {
#define VIRTUAL_CAMERA(name, part) {#name, part},
#include "web/virtual_cameras.def"
#undef VIRTUAL_CAMERA
};

static const struct mark browsers[] = {
#define BROWSER(name, mark) {name, mark},
#include "web/devices.def"
};

static const struct mark systems[] = {
#define SYSTEM(name, mark) {name, mark},
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

RESULT
hints_read(struct arena *a, const char *text, const char *device,
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
	write_word(&j, "facing", field_text(&f, FIELD_hints_facing));
	write_number(&j, "width", &f, FIELD_hints_width);
	write_number(&j, "height", &f, FIELD_hints_height);
	write_number(&j, "frame_rate", &f, FIELD_hints_frame_rate);
	write_word(&j, "capabilities",
	    field_text(&f, FIELD_hints_capabilities));
	if (field_given(&f, FIELD_hints_device_changed))
		json_bool(&j, "device_changed",
		    field_flag(&f, FIELD_hints_device_changed, false));
	write_number(&j, "frames", &f, FIELD_hints_frames);
	write_number(&j, "jitter_us", &f, FIELD_hints_jitter_us);
	if (field_given(&f, FIELD_hints_lights_off))
		json_bool(&j, "lights_off",
		    field_flag(&f, FIELD_hints_lights_off, false));
	write_word(&j, "device", device);
	json_close(&j);
	TRY(json_done(&j));
	*out = arena_text(a, buf_text(&written));
	return OK;
}
