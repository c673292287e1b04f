/*
 * Opening and keeping the token.
 *
 * SoftHSM's traps, measured: programs that start at the same moment may miss
 * the token in the slot list (finalize, wait, retry); a slot's number changes
 * when its token is made; a child that inherits an open module must open it
 * anew.
 */
#include "signer/token_parts.h"

#include <dlfcn.h>
#include <time.h>

#define SLOTS_MAX 256
#define OPEN_TRIES 10
#define OPEN_WAIT_MS 50

/* What somebody can do something about. */
static const struct {
	CK_RV rv;
	const char *words;
} told[] = {
    {CKR_DEVICE_MEMORY, "the token is full"},
    {CKR_TOKEN_WRITE_PROTECTED, "the token takes nothing new"},
    {CKR_SESSION_READ_ONLY, "the token takes nothing new"},
    {CKR_HOST_MEMORY, "the token's module has no memory"},
    {CKR_DEVICE_REMOVED, "the token was taken away"},
    {CKR_TOKEN_NOT_PRESENT, "the token is not there"},
    {CKR_PIN_INCORRECT, "the token refuses the PIN"},
    {CKR_PIN_LOCKED, "the token has locked its PIN"},
    {CKR_PIN_EXPIRED, "the token's PIN has expired"},
    {CKR_PIN_INVALID, "the token refuses the PIN"},
    {CKR_PIN_LEN_RANGE, "the token refuses the PIN"},
};

static bool
is_refusal(CK_RV rv)
{
	return rv == CKR_PIN_INCORRECT || rv == CKR_PIN_LOCKED ||
	       rv == CKR_PIN_EXPIRED || rv == CKR_PIN_INVALID ||
	       rv == CKR_PIN_LEN_RANGE;
}

enum err
token_fail(struct token *t, unsigned long rv, const char *what)
{
	t->failed = rv;
	for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++)
		if (told[i].rv == rv)
			return FAIL(
			    is_refusal(rv) ? ERR_DENIED : ERR_TOKEN,
			    "%s (%s)", told[i].words, what);
	return FAIL(ERR_TOKEN, "token: %s gives 0x%lx", what, rv);
}

/* Answers that a token gives when it is not where it was. */
bool
token_is_lost(unsigned long rv)
{
	static const unsigned long lost[] = {CKR_DEVICE_ERROR,
	    CKR_DEVICE_REMOVED, CKR_TOKEN_NOT_PRESENT, CKR_TOKEN_NOT_RECOGNIZED,
	    CKR_SESSION_CLOSED, CKR_SESSION_HANDLE_INVALID,
	    CKR_USER_NOT_LOGGED_IN, CKR_KEY_HANDLE_INVALID,
	    CKR_OBJECT_HANDLE_INVALID, CKR_WRAPPING_KEY_HANDLE_INVALID,
	    CKR_CRYPTOKI_NOT_INITIALIZED, CKR_SLOT_ID_INVALID,
	    CKR_OPERATION_ACTIVE, /* what failed was not ended */
	    CKR_GENERAL_ERROR};

	for (size_t i = 0; i < sizeof(lost) / sizeof(lost[0]); i++)
		if (lost[i] == rv)
			return true;
	return false;
}

/* Without a number what was looked for was not found: as in a session that
 * has lost its login. */
bool
token_may_return(const struct token *t)
{
	return !t->session || !t->failed || token_is_lost(t->failed);
}

/* A token or a key that was not found is no answer about a certificate that
 * somebody asked for, nor are they denied one. */
enum err
token_out_of_reach(enum err result)
{
	char why[256];

	if (result == OK || result == ERR_TOKEN)
		return result;
	snprintf(why, sizeof(why), "%s", err_explanation());
	return FAIL(ERR_TOKEN, "%s", why);
}

static void
wait_ms(long ms)
{
	struct timespec t = {ms / 1000, ms % 1000 * 1000000};

	nanosleep(&t, NULL);
}

static RESULT
load_module(struct token *t, const struct token_place *place)
{
	CK_RV (*get)(CK_FUNCTION_LIST_PTR_PTR);

	if (place->softhsm_conf[0] &&
	    setenv("SOFTHSM2_CONF", place->softhsm_conf, 1) != 0)
		abort();
	t->library = dlopen(place->module, RTLD_NOW | RTLD_LOCAL);
	if (!t->library)
		return FAIL(ERR_TOKEN, "PKCS#11 module: %s", dlerror());
	/* the C standard has no cast from object to function pointers */
	void *symbol = dlsym(t->library, "C_GetFunctionList");
	memcpy(&get, &symbol, sizeof(get));
	if (!symbol || get(&t->p11) != CKR_OK)
		return FAIL(ERR_TOKEN, "not a PKCS#11 module");
	return OK;
}

static RESULT
initialise(struct token *t)
{
	CK_C_INITIALIZE_ARGS locks = {.flags = CKF_OS_LOCKING_OK};
	CK_RV rv = t->p11->C_Initialize(&locks);

	t->threads = rv == CKR_OK;
	if (rv == CKR_CANT_LOCK || rv == CKR_ARGUMENTS_BAD)
		rv = t->p11->C_Initialize(NULL);
	if (rv == CKR_CRYPTOKI_ALREADY_INITIALIZED)
		return OK;
	if (rv != CKR_OK)
		return token_fail(t, rv, "C_Initialize");
	t->initialised = true;
	return OK;
}

static void
finalise(struct token *t)
{
	if (t->session)
		t->p11->C_CloseSession(t->session);
	t->session = 0;
	if (t->initialised)
		t->p11->C_Finalize(NULL);
	t->initialised = false;
}

static bool
label_is(const CK_TOKEN_INFO *info, const char *label)
{
	char padded[33];

	snprintf(padded, sizeof(padded), "%-32.32s", label);
	return memcmp(info->label, padded, 32) == 0;
}

/* A slot with the token of this label; NULL: with one not yet made. */
static RESULT
find_slot(struct token *t, const char *label, CK_SLOT_ID *out)
{
	CK_SLOT_ID slots[SLOTS_MAX];
	CK_ULONG count = SLOTS_MAX;
	CK_TOKEN_INFO info;

	CK_RV rv = t->p11->C_GetSlotList(CK_TRUE, slots, &count);
	if (rv != CKR_OK)
		return token_fail(t, rv, "C_GetSlotList");
	for (CK_ULONG i = 0; i < count; i++) {
		if (t->p11->C_GetTokenInfo(slots[i], &info) != CKR_OK)
			continue;
		bool made = info.flags & CKF_TOKEN_INITIALIZED;
		if (label ? made && label_is(&info, label) : !made) {
			*out = slots[i];
			return OK;
		}
	}
	if (!label)
		return FAIL(ERR_NOT_FOUND,
		    "the PKCS#11 module has no free slot for a new token");
	return FAIL(ERR_NOT_FOUND,
	    "there is no token \"%s\": its device or folder is not there "
	    "(pki.module, pki.softhsm_conf)",
	    label);
}

static RESULT
log_in(struct token *t, CK_USER_TYPE user, struct span pin)
{
	AUTO(secret_clear) struct secret copy = {0};

	TRY(secret_copy(pin, &copy)); /* C_Login takes it writable */
	CK_RV rv = t->p11->C_Login(t->session, user, copy.data, copy.size);
	if (rv == CKR_OK || rv == CKR_USER_ALREADY_LOGGED_IN)
		return OK;
	return token_fail(t, rv, "C_Login");
}

static RESULT
open_session(struct token *t, CK_SLOT_ID slot)
{
	CK_RV rv = t->p11->C_OpenSession(
	    slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &t->session);

	return rv == CKR_OK ? OK : token_fail(t, rv, "C_OpenSession");
}

static RESULT
open_once(struct token *t)
{
	CK_SLOT_ID slot;

	TRY(initialise(t));
	TRY(find_slot(t, t->label, &slot));
	TRY(open_session(t, slot));
	enum err result = log_in(t, CKU_USER, span_of_secret(&t->pin));
	if (result == ERR_DENIED) {
		t->pin_refused = true;
		token_note_refused(t);
	}
	return result;
}

RESULT
token_second_session(struct token *t, CK_SESSION_HANDLE *out)
{
	CK_SESSION_INFO info;

	if (t->second_generation != t->generation) {
		CK_RV rv = t->p11->C_GetSessionInfo(t->session, &info);
		if (rv == CKR_OK)
			rv = t->p11->C_OpenSession(info.slotID,
			    CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL,
			    &t->second);
		if (rv != CKR_OK)
			return FAIL(ERR_TOKEN, "no second session");
		t->second_generation = t->generation;
	}
	*out = t->second;
	return OK;
}

static RESULT
reopen(struct token *t, int tries)
{
	enum err result = OK;

	for (int i = 0; i < tries; i++) {
		if (i > 0)
			wait_ms(OPEN_WAIT_MS);
		finalise(t);
		result = open_once(t);
		if (result == OK) {
			t->generation++;
			token_look_for_wrapping(t);
			return OK;
		}
		if (t->pin_refused)
			break;
	}
	finalise(t);
	return result;
}

RESULT
token_reopen(struct token *t, int tries)
{
	if (t->pin_refused)
		return FAIL(ERR_TOKEN, "the token refused the PIN before");
	token_ahead_stop(t);
	enum err result = reopen(t, tries);
	token_ahead_resume(t);
	return token_out_of_reach(result);
}

RESULT
token_open(const struct token_place *place, struct span pin, struct token **out)
{
	AUTO(token_close) struct token *t = calloc(1, sizeof(*t));

	if (!t)
		abort();
	if (strlen(place->label) >= sizeof(t->label))
		return FAIL(ERR_INVALID, "label of a token is too long");
	memcpy(t->label, place->label, strlen(place->label) + 1);
	t->pss = place->pss;
	t->copies = place->softhsm_conf[0] != '\0';
	TRY(secret_copy(pin, &t->pin));
	TRY(token_refusal_init(t, place->pin_file));
	if (token_was_refused(t))
		return FAIL(ERR_DENIED, "the token refused this PIN before");
	TRY(load_module(t, place));
	TRY(reopen(t, OPEN_TRIES));
	*out = STEAL(t);
	return OK;
}

void
token_close(struct token *t)
{
	if (!t)
		return;
	token_ahead_free(t);
	if (t->p11)
		finalise(t);
	if (t->library)
		dlclose(t->library);
	secret_clear(&t->pin);
	free(t);
}

static RESULT
set_user_pin(
    struct token *t, const char *label, struct span so_pin, struct span pin)
{
	AUTO(secret_clear) struct secret copy = {0};
	CK_SLOT_ID slot;

	TRY(initialise(t));
	TRY(find_slot(t, label, &slot));
	TRY(open_session(t, slot));
	TRY(log_in(t, CKU_SO, so_pin));
	TRY(secret_copy(pin, &copy));
	CK_RV rv = t->p11->C_InitPIN(t->session, copy.data, copy.size);
	if (rv != CKR_OK)
		return token_fail(t, rv, "C_InitPIN");
	t->p11->C_Logout(t->session);
	return OK;
}

static RESULT
make_token(
    struct token *t, const char *label, struct span so_pin, struct span pin)
{
	AUTO(secret_clear) struct secret copy = {0};
	uint8_t padded[33];
	CK_SLOT_ID slot;

	TRY(initialise(t));
	if (find_slot(t, label, &slot) == OK)
		return FAIL(ERR_CONFLICT, "token %s exists", label);
	TRY(find_slot(t, NULL, &slot));
	snprintf((char *)padded, sizeof(padded), "%-32.32s", label);
	TRY(secret_copy(so_pin, &copy));
	CK_RV rv = t->p11->C_InitToken(slot, copy.data, copy.size, padded);
	if (rv != CKR_OK)
		return token_fail(t, rv, "C_InitToken");
	finalise(t); /* its slot has another number from now on */
	return set_user_pin(t, label, so_pin, pin);
}

RESULT
token_make(const struct token_place *place, struct span so_pin, struct span pin)
{
	AUTO(token_close) struct token *t = calloc(1, sizeof(*t));

	if (!t)
		abort();
	TRY(load_module(t, place));
	return make_token(t, place->label, so_pin, pin);
}

static RESULT
change_pin(struct token *t, CK_USER_TYPE user, struct span from, struct span to)
{
	AUTO(secret_clear) struct secret old = {0};
	AUTO(secret_clear) struct secret new = {0};

	enum err in = log_in(t, user, from);
	if (in == ERR_DENIED) { /* an earlier start came as far as this */
		err_clear();
		TRY(log_in(t, user, to));
		t->p11->C_Logout(t->session);
		return OK;
	}
	TRY(in);
	TRY(secret_copy(from, &old));
	TRY(secret_copy(to, &new));
	CK_RV rv = t->p11->C_SetPIN(
	    t->session, old.data, old.size, new.data, new.size);
	t->p11->C_Logout(t->session);
	return rv == CKR_OK ? OK : token_fail(t, rv, "C_SetPIN");
}

RESULT
token_change_pins(
    const struct token_place *place, const struct token_pin_change *change)
{
	AUTO(token_close) struct token *t = calloc(1, sizeof(*t));
	CK_SLOT_ID slot;

	if (!t)
		abort();
	TRY(load_module(t, place));
	TRY(initialise(t));
	TRY(find_slot(t, place->label, &slot));
	TRY(open_session(t, slot));
	TRY(change_pin(t, CKU_SO, change->so_pin, change->next_so_pin));
	return change_pin(t, CKU_USER, change->pin, change->next_pin);
}

static void
trim(char *text)
{
	size_t length = strlen(text);

	while (length > 0 && text[length - 1] == ' ')
		text[--length] = '\0';
}

RESULT
token_describe(struct token *t, struct buf *out)
{
	CK_SESSION_INFO session;
	CK_TOKEN_INFO info;
	char model[17] = "", serial[17] = "";

	CK_RV rv = t->p11->C_GetSessionInfo(t->session, &session);
	if (rv == CKR_OK)
		rv = t->p11->C_GetTokenInfo(session.slotID, &info);
	if (rv != CKR_OK)
		return token_fail(t, rv, "C_GetTokenInfo");
	memcpy(model, info.model, 16);
	memcpy(serial, info.serialNumber, 16);
	trim(model);
	trim(serial);
	return buf_add_format(out, "%s %s", model, serial);
}
