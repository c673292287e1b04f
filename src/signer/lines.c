/*
 * Reading and writing small files of lines.
 */
#include "signer/lines.h"

#include "base/codec.h"
#include "signer/place.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>

static RESULT
path_of(const char *dir, const char *name, char out[PATH_MAX])
{
	int size = snprintf(out, PATH_MAX, "%s/%s", dir, name);

	return size > 0 && size < PATH_MAX
		   ? OK
		   : FAIL(ERR_INVALID, "a path that is too long");
}

RESULT
lines_load(const char *dir, const char *name, struct buf *out)
{
	char path[PATH_MAX];
	struct stat st;
	uint8_t *place;

	TRY(path_of(dir, name, path));
	AUTO(close) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0 && errno == ENOENT)
		return FAIL(ERR_NOT_FOUND, "no file %s", name);
	if (fd < 0 || fstat(fd, &st) != 0)
		return FAIL(ERR_UNAVAILABLE, "cannot read %s: %m", name);
	if (!S_ISREG(st.st_mode) || st.st_mode & 077)
		return FAIL(ERR_DENIED, "%s is not its owner's alone", name);
	if (st.st_size < 0 || (size_t)st.st_size > LINES_FILE_MAX)
		return FAIL(ERR_TOO_LARGE, "%s is too long", name);
	buf_init(out, LINES_FILE_MAX);
	TRY(buf_extend(out, (size_t)st.st_size, &place));
	if (read(fd, place, out->size) != (ssize_t)out->size)
		return FAIL(ERR_UNAVAILABLE, "%s ended early", name);
	return OK;
}

RESULT
lines_save(const char *dir, const char *name, struct span text)
{
	char path[PATH_MAX], part[PATH_MAX + 8];

	TRY(path_of(dir, name, path));
	snprintf(part, sizeof(part), "%s.part", path);
	AUTO(close)
	int fd = open(part,
	    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0 || fchmod(fd, 0600) != 0 ||
	    write(fd, text.data, text.size) != (ssize_t)text.size ||
	    fsync(fd) != 0 || rename(part, path) != 0)
		return FAIL(ERR_UNAVAILABLE, "cannot write %s: %m", name);
	return place_settle(path);
}

bool
lines_next(struct span *rest, struct span *line)
{
	const uint8_t *end;

	if (rest->size == 0)
		return false;
	end = memchr(rest->data, '\n', rest->size);
	size_t size = end ? (size_t)(end - rest->data) : rest->size;
	size_t taken = end ? size + 1 : size;
	*line = SPAN(rest->data, size);
	*rest = SPAN(rest->data + taken, rest->size - taken);
	return true;
}

struct span
lines_word(struct span *line)
{
	size_t size = 0;

	while (size < line->size && line->data[size] != ' ')
		size++;
	struct span word = SPAN(line->data, size);
	size_t taken = size < line->size ? size + 1 : size;
	*line = SPAN(line->data + taken, line->size - taken);
	return word;
}

bool
lines_word_is(struct span *line, const char *word)
{
	return span_equal(lines_word(line), span_of_text(word));
}

RESULT
lines_text(struct span *line, char *out, size_t size)
{
	struct span word = lines_word(line);

	if (word.size == 0 || word.size >= size || !utf8_is_clean(word))
		return FAIL(ERR_INVALID, "a word of wrong length");
	memcpy(out, word.data, word.size);
	out[word.size] = '\0';
	return OK;
}

RESULT
lines_bytes(struct span *line, uint8_t *out, size_t room, size_t *size)
{
	char text[2048];
	AUTO(buf_wipe) struct buf octets;

	buf_init(&octets, room);
	TRY(lines_text(line, text, sizeof(text)));
	TRY(base64url_decode(text, &octets));
	memcpy(out, octets.data, octets.size);
	*size = octets.size;
	return OK;
}

RESULT
lines_octets(struct span *line, uint8_t *out, size_t size)
{
	size_t found;

	TRY(lines_bytes(line, out, size, &found));
	return found == size ? OK : FAIL(ERR_INVALID, "a word of wrong size");
}

RESULT
lines_number(struct span *line, uint64_t *out)
{
	struct span word = lines_word(line);
	uint64_t value = 0;

	if (word.size == 0 || word.size > 18)
		return FAIL(ERR_INVALID, "not a number");
	for (size_t i = 0; i < word.size; i++) {
		if (word.data[i] < '0' || word.data[i] > '9')
			return FAIL(ERR_INVALID, "not a number");
		value = value * 10 + (uint64_t)(word.data[i] - '0');
	}
	*out = value;
	return OK;
}
