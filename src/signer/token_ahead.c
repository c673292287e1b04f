/*
 * Keys for people, made ahead: half of what a certificate costs is making its
 * holder's key, which asks nothing of the order. A thread with a session of
 * its own keeps some ready, wrapped as they will be stored.
 *
 * Each is given once: its place is wiped as it is taken. They live in memory
 * alone, belong to nobody yet, and go when the token is opened anew or closed.
 * Keys that stay in a device are never made ahead.
 *
 * The thread is at the token only while it holds busy, and the token is
 * opened anew only by who holds it: a module that is shut down under a call
 * crashes. It starts with the first key that somebody wants, so that it is in
 * the cage of its maker.
 */
#include "signer/token_parts.h"

#include <openssl/crypto.h>
#include <pthread.h>

#define AHEAD_MAX 256

struct made {
	uint8_t blob[TOKEN_BLOB_MAX], public_key[TOKEN_PUBLIC_KEY_MAX];
	size_t blob_size, public_key_size;
};

struct ahead {
	struct token *token;
	pthread_t thread;
	bool started;
	pthread_mutex_t busy; /* before lock */
	pthread_mutex_t lock; /* over all below */
	pthread_cond_t changed;
	bool ends, rests; /* rests: one failed, until somebody had one made */
	size_t count, most;
	struct made made[];
};

void
token_make_ahead(struct token *t, size_t most)
{
	if (most > AHEAD_MAX)
		most = AHEAD_MAX;
	if (most == 0 || t->ahead || !t->threads)
		return;
	struct ahead *a = calloc(1, sizeof(*a) + most * sizeof(a->made[0]));
	if (!a)
		abort();
	a->token = t;
	a->most = most;
	pthread_mutex_init(&a->busy, NULL);
	pthread_mutex_init(&a->lock, NULL);
	pthread_cond_init(&a->changed, NULL);
	t->ahead = a;
}

/* One more, into place; of the opening that is now. */
static RESULT
make_one(struct ahead *a, struct made *out)
{
	AUTO(buf_wipe) struct buf blob, public_key;
	struct token *t = a->token;
	CK_SESSION_HANDLE session;

	buf_init(&blob, sizeof(out->blob));
	buf_init(&public_key, sizeof(out->public_key));
	if (!t->session)
		return FAIL(ERR_UNAVAILABLE, "the token is not open");
	TRY(token_second_session(t, &session));
	TRY(token_person_key_in(t, session, &blob, &public_key));
	memcpy(out->blob, blob.data, blob.size);
	memcpy(out->public_key, public_key.data, public_key.size);
	out->blob_size = blob.size;
	out->public_key_size = public_key.size;
	return OK;
}

/* False: it is over. */
static bool
wait_for_room(struct ahead *a)
{
	pthread_mutex_lock(&a->lock);
	while (!a->ends && (a->rests || a->count == a->most))
		pthread_cond_wait(&a->changed, &a->lock);
	bool goes_on = !a->ends;
	pthread_mutex_unlock(&a->lock);
	return goes_on;
}

static void *
run(void *data)
{
	struct ahead *a = data;

	while (wait_for_room(a)) {
		struct made one = {.blob_size = 0};

		pthread_mutex_lock(&a->busy);
		enum err made = make_one(a, &one);
		err_clear();
		pthread_mutex_lock(&a->lock);
		if (made == OK)
			a->made[a->count++] = one;
		else
			a->rests = true;
		pthread_mutex_unlock(&a->lock);
		pthread_mutex_unlock(&a->busy);
		OPENSSL_cleanse(&one, sizeof(one));
	}
	return NULL;
}

bool
token_take_ahead(struct token *t, struct buf *blob, struct buf *public_key)
{
	struct ahead *a = t->ahead;

	if (!a)
		return false;
	pthread_mutex_lock(&a->lock);
	if (!a->started)
		a->started = pthread_create(&a->thread, NULL, run, a) == 0;
	bool there = a->count > 0;
	if (there) {
		struct made *one = &a->made[--a->count];

		there = buf_add(blob, one->blob, one->blob_size) == OK &&
			buf_add(public_key, one->public_key,
			    one->public_key_size) == OK;
		OPENSSL_cleanse(one, sizeof(*one));
	}
	pthread_cond_signal(&a->changed);
	pthread_mutex_unlock(&a->lock);
	return there;
}

void
token_ahead_works(struct token *t)
{
	struct ahead *a = t->ahead;

	if (!a)
		return;
	pthread_mutex_lock(&a->lock);
	a->rests = false;
	pthread_cond_signal(&a->changed);
	pthread_mutex_unlock(&a->lock);
}

void
token_ahead_stop(struct token *t)
{
	struct ahead *a = t->ahead;

	if (!a)
		return;
	pthread_mutex_lock(&a->busy);
	pthread_mutex_lock(&a->lock);
	OPENSSL_cleanse(a->made, a->count * sizeof(a->made[0]));
	a->count = 0;
	pthread_mutex_unlock(&a->lock);
}

void
token_ahead_resume(struct token *t)
{
	if (t->ahead)
		pthread_mutex_unlock(&t->ahead->busy);
}

void
token_ahead_free(struct token *t)
{
	struct ahead *a = t->ahead;

	if (!a)
		return;
	pthread_mutex_lock(&a->lock);
	a->ends = true;
	pthread_cond_signal(&a->changed);
	pthread_mutex_unlock(&a->lock);
	if (a->started)
		pthread_join(a->thread, NULL);
	OPENSSL_cleanse(a->made, a->most * sizeof(a->made[0]));
	pthread_cond_destroy(&a->changed);
	pthread_mutex_destroy(&a->lock);
	pthread_mutex_destroy(&a->busy);
	free(a);
	t->ahead = NULL;
}
