/*
 * A PIN that the token refused, beyond the end of the program: whoever starts
 * it again, and a supervisor does so by itself, must not use up the tries that
 * a token allows before it locks itself for good.
 *
 * Beside the PIN's file stands which one was refused, by what the file system
 * knows of it. A file that was written since is another one, and is tried.
 */
#include "signer/token_parts.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

RESULT
token_refusal_init(struct token *t, const char *pin_file)
{
	struct stat st;

	t->refused[0] = '\0';
	if (!pin_file || stat(pin_file, &st) != 0)
		return OK;
	int size = snprintf(
	    t->refused, sizeof(t->refused), "%s.refused", pin_file);
	if (size >= (int)sizeof(t->refused))
		return FAIL(ERR_INVALID, "path of the PIN is too long");
	snprintf(t->pin_stamp, sizeof(t->pin_stamp), "%llu %lld %lld.%09ld\n",
	    (unsigned long long)st.st_ino, (long long)st.st_size,
	    (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
	return OK;
}

bool
token_was_refused(const struct token *t)
{
	char text[TOKEN_STAMP_SIZE] = "";

	if (!t->refused[0])
		return false;
	AUTO(fclose) FILE *f = fopen(t->refused, "re");
	return f && fgets(text, sizeof(text), f) &&
	       strcmp(text, t->pin_stamp) == 0;
}

/* Where it cannot be written, this program alone remembers. */
void
token_note_refused(const struct token *t)
{
	size_t size = strlen(t->pin_stamp);

	if (!t->refused[0])
		return;
	AUTO(close) int fd = open(t->refused,
	    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0 || write(fd, t->pin_stamp, size) != (ssize_t)size)
		return;
	IGNORE(fsync(fd) == 0 ? OK : ERR_UNAVAILABLE);
}
