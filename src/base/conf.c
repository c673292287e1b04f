/*
 * The configuration reader.
 */
#include "base/conf.h"

#include <ctype.h>
#include <fcntl.h>
#include <sys/stat.h>

#define FILE_MAX ((size_t)64 * 1024)

enum type { TYPE_TEXT, TYPE_PATH, TYPE_NUMBER, TYPE_BOOL };

struct row {
	const char *name; /* section.name */
	enum type type;
	const char *preset;
	const char *programs;
};

static const struct row rows[CONF_COUNT] = {
#define KEY(section, name, type, preset, programs, doc)                        \
	{#section "." #name, TYPE_##type, preset, programs},
#include "base/conf.def"
#undef KEY
};

struct conf {
	char *values[CONF_COUNT];
	bool given[CONF_COUNT];
};

void
conf_free(struct conf *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < CONF_COUNT; i++)
		free(c->values[i]);
	free(c);
}

static RESULT
check_type(size_t key, const char *value)
{
	const char *name = rows[key].name;
	size_t digits = strspn(value, "0123456789");

	switch (rows[key].type) {
	case TYPE_NUMBER:
		if (digits == 0 || value[digits] || digits > 12)
			return FAIL(ERR_INVALID, "%s is not a number", name);
		return OK;
	case TYPE_BOOL:
		if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
			return FAIL(ERR_INVALID, "%s is not yes or no", name);
		return OK;
	case TYPE_TEXT:
	case TYPE_PATH:
		return OK;
	}
	return FAIL(ERR_INTERNAL, "unknown type");
}

static RESULT
set_value(struct conf *c, size_t key, const char *value, const char *dir)
{
	char *copy = NULL;

	TRY(check_type(key, value));
	if (rows[key].type == TYPE_PATH && value[0] && value[0] != '/') {
		if (asprintf(&copy, "%s/%s", dir, value) < 0)
			abort();
	} else {
		copy = strdup(value);
	}
	if (!copy)
		abort();
	free(c->values[key]);
	c->values[key] = copy;
	return OK;
}

static char *
trim(char *text)
{
	while (isspace((unsigned char)*text))
		text++;
	size_t length = strlen(text);
	while (length > 0 && isspace((unsigned char)text[length - 1]))
		text[--length] = '\0';
	return text;
}

static size_t
find_key(const char *section, const char *name)
{
	char full[128];
	size_t key = 0;

	snprintf(full, sizeof(full), "%s.%s", section, name);
	while (key < CONF_COUNT && strcmp(rows[key].name, full) != 0)
		key++;
	return key;
}

static RESULT
parse_key(struct conf *c, const char *section, char *line, unsigned number,
    const char *dir)
{
	char *equals = strchr(line, '=');

	if (!equals)
		return FAIL(ERR_INVALID, "line %u: no =", number);
	*equals = '\0';
	const char *name = trim(line);
	size_t key = find_key(section, name);
	if (key == CONF_COUNT)
		return FAIL(ERR_INVALID, "line %u: unknown key %.40s.%.40s",
		    number, section, name);
	if (c->given[key])
		return FAIL(ERR_INVALID, "line %u: %s is given twice", number,
		    rows[key].name);
	c->given[key] = true;
	return set_value(c, key, trim(equals + 1), dir);
}

static RESULT
parse_line(struct conf *c, char *line, char section[64], unsigned number,
    const char *dir)
{
	line = trim(line);
	if (!*line || *line == '#')
		return OK;
	if (*line != '[')
		return parse_key(c, section, line, number, dir);
	size_t length = strlen(line);
	if (line[length - 1] != ']' || length > 60)
		return FAIL(ERR_INVALID, "line %u: bad section", number);
	snprintf(section, 64, "%.*s", (int)(length - 2), line + 1);
	return OK;
}

RESULT
conf_parse(struct span text, const char *dir, struct conf **out)
{
	AUTO(conf_free) struct conf *c = calloc(1, sizeof(*c));
	AUTO(free) char *copy =
	    strndup(text.data ? (const char *)text.data : "", text.size);
	char section[64] = "", *rest = copy, *line;
	unsigned number = 0;

	if (!c || !copy)
		abort();
	for (size_t key = 0; key < CONF_COUNT; key++)
		TRY(set_value(c, key, rows[key].preset, dir));
	while ((line = strsep(&rest, "\n")) != NULL)
		TRY(parse_line(c, line, section, ++number, dir));
	*out = STEAL(c);
	return OK;
}

static char *
folder_of(const char *path)
{
	char *full = realpath(path, NULL);

	if (!full)
		return NULL;
	*strrchr(full, '/') = '\0';
	return full;
}

RESULT
conf_load(const char *path, struct conf **out)
{
	AUTO(close) int fd = open(path, O_RDONLY | O_CLOEXEC);
	AUTO(free) char *dir = folder_of(path);
	AUTO(buf_clear) struct buf text;
	uint8_t *place;
	struct stat st;

	buf_init(&text, FILE_MAX);
	if (fd < 0 || !dir || fstat(fd, &st) != 0)
		return FAIL(ERR_NOT_FOUND,
		    "cannot read %s: %m. Another file: --config FILE", path);
	if (!S_ISREG(st.st_mode))
		return FAIL(ERR_NOT_FOUND,
		    "cannot read %s: it is no file of settings", path);
	TRY(buf_extend(&text, (size_t)st.st_size, &place));
	if (read(fd, place, text.size) != (ssize_t)text.size)
		return FAIL(ERR_INTERNAL, "%s ended early", path);
	return conf_parse(span_of_buf(&text), dir, out);
}

const char *
conf_text(const struct conf *c, enum conf_key key)
{
	return c->values[key];
}

int64_t
conf_number(const struct conf *c, enum conf_key key)
{
	return strtoll(c->values[key], NULL, 10);
}

bool
conf_flag(const struct conf *c, enum conf_key key)
{
	return strcmp(c->values[key], "yes") == 0;
}

RESULT
conf_extract(const struct conf *c, char letter, struct buf *out)
{
	for (size_t key = 0; key < CONF_COUNT; key++) {
		const char *dot = strchr(rows[key].name, '.');
		if (!strchr(rows[key].programs, letter))
			continue;
		TRY(buf_add_format(out, "[%.*s]\n%s = %s\n",
		    (int)(dot - rows[key].name), rows[key].name, dot + 1,
		    c->values[key]));
	}
	return OK;
}

const char *
conf_key_name(enum conf_key key)
{
	return rows[key].name;
}
