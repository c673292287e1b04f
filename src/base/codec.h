/*
 * Bytes as text: hex, base64 and base64url; and UTF-8 validity. Decoders
 * refuse anything that their encoder would not have written.
 */
#pragma once

#include "base/buf.h"

/* Appends lower-case hex. */
RESULT hex_encode(struct span in, struct buf *out);
RESULT hex_decode(const char *text, struct buf *out);

/* Appends; base64url without padding (RFC 4648 section 5). */
RESULT base64url_encode(struct span in, struct buf *out);
RESULT base64url_decode(const char *text, struct buf *out);

/* Appends; the classic alphabet, padded, in lines of 64 when lines is set. */
RESULT base64_encode(struct span in, int lines, struct buf *out);
RESULT base64_decode(struct span text, struct buf *out);

/* A PEM block with a label such as "CERTIFICATE". */
RESULT pem_encode(const char *label, struct span der, struct buf *out);

/*
 * Well-formed UTF-8 (RFC 3629: no surrogate, no overlong form) without
 * control characters or NUL. A line break is a control character.
 */
int utf8_is_clean(struct span text);

/* Reads one character; 0 at the end, -1 if malformed. Advances *at. */
int32_t utf8_next(struct span text, size_t *at);
RESULT utf8_put(struct buf *out, uint32_t character);
