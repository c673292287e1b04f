/*
 * Places for large bodies.
 */
#include "web/upload.h"

#include "base/id.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char places[UPLOADS_MAX][ID_SIZE]; /* "": free */

static size_t
count_of(const char *registration)
{
	size_t count = 0;

	for (size_t i = 0; i < UPLOADS_MAX; i++)
		count += strcmp(places[i], registration) == 0;
	return count;
}

/* The lock is held. */
static RESULT
take_place(const char *registration)
{
	if (count_of(registration) >= UPLOADS_PER_REGISTRATION)
		return FAIL(ERR_TOO_MANY, "too many uploads of one");
	for (size_t i = 0; i < UPLOADS_MAX; i++) {
		if (places[i][0])
			continue;
		snprintf(places[i], ID_SIZE, "%s", registration);
		return OK;
	}
	return FAIL(ERR_UNAVAILABLE, "too many uploads");
}

RESULT
upload_enter(const char *registration)
{
	pthread_mutex_lock(&lock);
	enum err code = take_place(registration);
	pthread_mutex_unlock(&lock);
	return code;
}

void
upload_leave(const char *registration)
{
	pthread_mutex_lock(&lock);
	for (size_t i = 0; i < UPLOADS_MAX; i++) {
		if (strcmp(places[i], registration) != 0)
			continue;
		places[i][0] = '\0';
		break;
	}
	pthread_mutex_unlock(&lock);
}
