/*
 * Dossiers in folders.
 *
 * Whoever plants may have the folder from somebody else: what it says of
 * itself is held against limits like anything from outside.
 */
#include "cli/review_folder.h"

#include <sys/stat.h>

#include <jansson.h>

#include "flow/journey.h"

#define TRUTH_MAX ((size_t)4 << 20)
#define PATH_TEXT_MAX 1024

struct told {
	struct arena *a;
	const char *folder;
	json_t *all;
};

static void
told_clear(struct told *t)
{
	json_decref(t->all);
}

DEFINE_AUTO_CLEAR(told_clear, struct told)

/* files */

/* A pipe would be waited for, for ever. */
static bool
is_file(const char *path)
{
	struct stat s;

	return stat(path, &s) != 0 || S_ISREG(s.st_mode);
}

static RESULT
read_file(const struct told *t, const char *name, size_t most, struct buf *out)
{
	char path[PATH_TEXT_MAX];

	buf_init(out, most);
	if (!*name || strchr(name, '/') ||
	    snprintf(path, sizeof(path), "%s/%s", t->folder, name) >=
		(int)sizeof(path) ||
	    !is_file(path))
		return err_set_field(ERR_INVALID, "file",
		    "is not a name in the folder");
	enum err found = buf_add_file(out, path);
	if (found == ERR_TOO_LARGE)
		return FAIL(ERR_TOO_LARGE, "%s is too large", name);
	TRY(found);
	return out->size > 0 ? OK : FAIL(ERR_INVALID, "%s is empty", name);
}

static RESULT
read_truth(struct told *t)
{
	AUTO(buf_clear) struct buf text;
	json_error_t error;

	TRY(read_file(t, "truth.json", TRUTH_MAX, &text));
	struct span all = span_of_buf(&text);
	t->all = json_loadb((const char *)all.data, all.size,
	    JSON_REJECT_DUPLICATES, &error);
	return t->all ? OK
		      : FAIL(ERR_INVALID, "truth.json, line %d: %s",
			    error.line, error.text);
}

static const char *
text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

/* pictures */

/* "page" is a passport's front. NULL: there is none. */
static const json_t *
picture_of(const struct told *t, const char *side)
{
	json_t *all = json_object_get(t->all, "pictures"), *one;
	const char *name;

	json_object_foreach(all, name, one) {
		const char *given = text_of(one, "side");
		if (strcmp(given, side) == 0 ||
		    (strcmp(side, "front") == 0 && strcmp(given, "page") == 0))
			return one;
	}
	return NULL;
}

static const char *
name_on(const struct told *t, const json_t *picture)
{
	const json_t *fields = json_object_get(picture, "fields");
	const char *given = text_of(json_object_get(fields, "given"), "text");
	const char *surname =
	    text_of(json_object_get(fields, "surname"), "text");

	return arena_format(t->a, "%s%s%s", given,
	    *given && *surname ? " " : "", surname);
}

static RESULT
read_pictures(const struct told *t, struct review_folder *out)
{
	const json_t *front = picture_of(t, "front");
	const json_t *back = picture_of(t, "back");

	if (!front)
		return FAIL(ERR_INVALID, "truth.json names no front");
	out->fullname = name_on(t, front);
	out->country = arena_text(t->a, text_of(front, "country"));
	out->kind = arena_text(t->a, text_of(front, "document"));
	TRY(read_file(t, text_of(front, "file"), PICTURE_MAX, &out->front));
	return back ? read_file(t, text_of(back, "file"), PICTURE_MAX,
			  &out->back)
		    : OK;
}

/* recordings */

/* Each with a space before it but the first. */
static RESULT
add_prompt(const struct told *t, const json_t *prompt, struct plant_film *film)
{
	const json_t *asked = json_object_get(prompt, "asked_ms");
	const json_t *shown = json_object_get(prompt, "shown_ms");
	const char *space = *film->prompts ? " " : "";

	if (!json_is_integer(asked) || !json_is_integer(shown))
		return FAIL(ERR_INVALID, "a prompt without its moments");
	film->prompts = arena_format(t->a, "%s%s%s", film->prompts, space,
	    text_of(prompt, "name"));
	film->asked = arena_format(t->a, "%s%s%lld", film->asked, space,
	    (long long)json_integer_value(asked));
	film->shown = arena_format(t->a, "%s%s%lld", film->shown, space,
	    (long long)json_integer_value(shown));
	return OK;
}

static RESULT
add_prompts(const struct told *t, const json_t *prompts,
    struct plant_film *film)
{
	size_t i;
	json_t *one;

	film->prompts = film->asked = film->shown = "";
	if (json_array_size(prompts) == 0 ||
	    json_array_size(prompts) > CHALLENGE_MAX)
		return FAIL(ERR_INVALID, "truth.json: no prompts, or too many");
	json_array_foreach(prompts, i, one)
		TRY(add_prompt(t, one, film));
	return plant_check_film(film);
}

static const char *
media_type_of(const char *file)
{
	const char *ending = strrchr(file, '.');

	return ending && strcmp(ending, ".mp4") == 0 ? "video/mp4"
	    : ending && strcmp(ending, ".mkv") == 0  ? "video/x-matroska"
						     : "video/webm";
}

static RESULT
read_recording(const struct told *t, enum part part, struct plant_film *film,
    struct buf *bytes)
{
	const json_t *told = json_object_get(t->all, part_text(part));
	const char *file = text_of(told, "file");

	film->part = part;
	film->media_type = media_type_of(file);
	TRY(add_prompts(t, json_object_get(told, "prompts"), film));
	TRY(read_file(t, file, TAKE_MAX, bytes));
	film->bytes = span_of_buf(bytes);
	return OK;
}

RESULT
review_folder_read(struct arena *a, const char *folder, bool with_films,
    struct review_folder *out)
{
	AUTO(told_clear) struct told t = {.a = a, .folder = folder};

	*out = (struct review_folder){0};
	TRY(read_truth(&t));
	TRY(read_pictures(&t, out));
	for (enum part part = 0; with_films && part < PART_COUNT; part++)
		TRY(read_recording(&t, part, &out->films[part],
		    &out->recordings[part]));
	return OK;
}

void
review_folder_clear(struct review_folder *f)
{
	buf_clear(&f->front);
	buf_clear(&f->back);
	for (enum part part = 0; part < PART_COUNT; part++)
		buf_clear(&f->recordings[part]);
}
