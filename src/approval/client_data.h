/*
 * Client data (WebAuthn Level 2, 5.8.1): what the browser says it was asked,
 * by whom. A JSON object, read by a strict reader of our own.
 */
#pragma once

#include "base/buf.h"

#define CLIENT_DATA_MAX 2048

/*
 * ERR_DENIED: not of this type, challenge and origin, or asked from inside
 * another site's page. ERR_INVALID: not client data.
 */
RESULT client_data_check(struct span json, const char *type,
    struct span challenge, const char *origin);
