/*
 * The multipart reader. It looks for whole delimiters with memmem and never
 * steps backwards, so its time is linear in the body.
 */
#include "web/multipart.h"


#define BOUNDARY_LETTERS                                                       \
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"       \
	"'()+_,-./:=?"

static enum err
broken(const char *what)
{
	return FAIL(ERR_INVALID, "the multipart body %s", what);
}

RESULT
multipart_boundary(const char *content_type, char out[MULTIPART_BOUNDARY_SIZE])
{
	const char *found = strcasestr(content_type, "boundary=");

	if (!found)
		return broken("has no boundary");
	found += strlen("boundary=");
	bool quoted = *found == '"';
	found += quoted;
	size_t size = strspn(found, BOUNDARY_LETTERS);
	if (!quoted && found[size] && found[size] != ';' && found[size] != ' ')
		return broken("has a boundary of unknown letters");
	if (quoted && found[size] != '"')
		return broken("has a boundary of unknown letters");
	if (size == 0 || size >= MULTIPART_BOUNDARY_SIZE)
		return broken("has a boundary of a wrong length");
	memcpy(out, found, size);
	out[size] = '\0';
	return OK;
}

/* name="value" in a header's line; absent is OK and leaves out as it is. */
static RESULT
get_parameter(const char *line, const char *name, char *out, size_t size)
{
	char key[24];

	snprintf(key, sizeof(key), "; %s=\"", name);
	const char *found = strcasestr(line, key);
	if (!found)
		return OK;
	found += strlen(key);
	size_t length = strcspn(found, "\"");
	if (found[length] != '"')
		return broken("has a name without its end");
	if (length >= size)
		return broken("has a name that is too long");
	memcpy(out, found, length);
	out[length] = '\0';
	return OK;
}

static RESULT
read_disposition(const char *line, struct part *p)
{
	char file_name[MULTIPART_HEADERS_MAX] = "";

	if (strncasecmp(line, "form-data", 9) != 0)
		return broken("has a part that is not form-data");
	TRY(get_parameter(line, "name", p->name, sizeof(p->name)));
	TRY(get_parameter(line, "filename", file_name, sizeof(file_name)));
	p->is_file = strcasestr(line, "; filename") != NULL;
	return OK;
}

static RESULT
read_header(char *line, struct part *p)
{
	char *colon = strchr(line, ':');

	if (!colon)
		return broken("has a header without a colon");
	*colon = '\0';
	char *value = colon + 1 + strspn(colon + 1, " ");
	if (strcasecmp(line, "Content-Disposition") == 0)
		return read_disposition(value, p);
	if (strcasecmp(line, "Content-Type") == 0) {
		size_t size = strcspn(value, "; ");
		if (size > MULTIPART_NAME_MAX)
			return broken("has a media type that is too long");
		memcpy(p->media_type, value, size);
		p->media_type[size] = '\0';
		return OK;
	}
	if (strcasecmp(line, "Content-Transfer-Encoding") == 0 &&
	    strcasecmp(value, "binary") != 0 && strcasecmp(value, "8bit") != 0)
		return broken("has a transfer encoding");
	return OK;
}

static RESULT
read_headers(struct span headers, struct part *p)
{
	char text[MULTIPART_HEADERS_MAX + 1], *rest = text;

	if (headers.size > MULTIPART_HEADERS_MAX)
		return broken("has headers that are too long");
	memcpy(text, headers.data, headers.size);
	text[headers.size] = '\0';
	if (strlen(text) != headers.size)
		return broken("has a NUL in a header");
	while (rest && *rest) {
		char *line = rest, *end = strstr(rest, "\r\n");
		rest = end ? end + 2 : NULL;
		if (end)
			*end = '\0';
		TRY(read_header(line, p));
	}
	if (!p->name[0])
		return broken("has a part without a name");
	return OK;
}

static const uint8_t *
find(struct span in, const char *what, size_t size)
{
	return in.size ? memmem(in.data, in.size, what, size) : NULL;
}

static struct span
after(struct span s, size_t size)
{
	return SPAN(s.data + size, s.size - size);
}

/* One part; *rest stands behind a delimiter and is moved behind the next. */
static RESULT
read_part(struct span *rest, struct span delimiter, struct part *p)
{
	const uint8_t *blank = find(*rest, "\r\n\r\n", 4);

	if (!blank)
		return broken("has a part without a body");
	TRY(read_headers(SPAN(rest->data, (size_t)(blank - rest->data)), p));
	struct span content = after(*rest, (size_t)(blank - rest->data) + 4);
	/* an empty part's delimiter begins with the blank line's own break */
	const uint8_t *end = find(SPAN(content.data - 2, content.size + 2),
	    (const char *)delimiter.data, delimiter.size);
	if (!end)
		return broken("ends early");
	size_t size = end < content.data ? 0 : (size_t)(end - content.data);
	p->content = SPAN(content.data, size);
	*rest = after(content,
	    (size_t)(end + delimiter.size - content.data));
	return OK;
}

/* Behind a delimiter: "--" is the end, a line break another part. */
static RESULT
next_part(struct span *rest, bool *more)
{
	if (rest->size >= 2 && memcmp(rest->data, "--", 2) == 0) {
		*more = false;
		*rest = after(*rest, 2);
		if (rest->size > 2)
			return broken("goes on behind its end");
		return OK;
	}
	if (rest->size < 2 || memcmp(rest->data, "\r\n", 2) != 0)
		return broken("has a broken delimiter");
	*more = true;
	*rest = after(*rest, 2);
	return OK;
}

RESULT
multipart_parse(struct arena *a, struct span body, const char *boundary,
    struct part **out, size_t *count)
{
	char delimiter[MULTIPART_BOUNDARY_SIZE + 4];
	struct part *parts = arena_get(a, MULTIPART_PARTS_MAX * sizeof(*parts));
	size_t found = 0;
	bool more;

	snprintf(delimiter, sizeof(delimiter), "\r\n--%s", boundary);
	size_t size = strlen(delimiter);
	if (body.size < size - 2 ||
	    memcmp(body.data, delimiter + 2, size - 2) != 0)
		return broken("does not begin with its boundary");
	body = after(body, size - 2);
	TRY(next_part(&body, &more));
	while (more) {
		if (found == MULTIPART_PARTS_MAX)
			return broken("has too many parts");
		TRY(read_part(&body, SPAN(delimiter, size), &parts[found++]));
		TRY(next_part(&body, &more));
	}
	*out = parts;
	*count = found;
	return OK;
}
