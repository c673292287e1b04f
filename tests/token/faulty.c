/*
 * A PKCS#11 module that passes everything on to SoftHSM, unless a file says
 * that it fails or is slow: what a token that is full, write protected, pulled
 * out or far away does to us, without one of those.
 *
 * Beside SoftHSM's configuration lies "faults", a line a fault: name of the
 * function or "all", the answer in hex (0: passed on), and milliseconds to
 * wait before; ffffffff of C_GetSlotList: no slot has a token; fffffffe of
 * C_Sign: every second signature is another than it should be; fffffffd: every
 * third time the session is gone. It is read at each call. "calls" gets a line
 * a C_Login.
 */
#include <p11-kit/pkcs11.h>

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define REAL "/usr/lib/softhsm/libsofthsm2.so"
#define NOBODY 0xffffffffUL /* no answer of a token */
#define WRONG 0xfffffffeUL
#define LOST 0xfffffffdUL
#define EXPORTED __attribute__((visibility("default")))

static CK_FUNCTION_LIST_PTR real;
static CK_FUNCTION_LIST ours;

static FILE *
open_beside(const char *name, const char *mode)
{
	const char *conf = getenv("SOFTHSM2_CONF");
	char path[4096];

	if (!conf)
		return NULL;
	const char *slash = strrchr(conf, '/');
	int folder = slash ? (int)(slash - conf) : 0;
	snprintf(path, sizeof(path), "%.*s/%s", folder, conf, name);
	return fopen(path, mode);
}

/* What a call gives instead of being passed on; CKR_OK: pass it on. */
static CK_RV
fault_of(const char *function)
{
	FILE *f = open_beside("faults", "re");
	char name[64];
	unsigned long rv, answer = CKR_OK;
	long ms;

	while (f && fscanf(f, "%63s %lx %ld", name, &rv, &ms) == 3) {
		const struct timespec wait = {
		    ms / 1000, ms % 1000 * 1000000};

		if (strcmp(name, function) != 0 && strcmp(name, "all") != 0)
			continue;
		nanosleep(&wait, NULL);
		answer = rv;
	}
	if (f)
		fclose(f);
	return answer;
}

#define PASS(function, parameters, arguments)                                  \
	static CK_RV faulty_##function parameters                              \
	{                                                                      \
		CK_RV rv = fault_of(#function);                                \
		return rv == CKR_OK ? real->function arguments : rv;           \
	}

PASS(C_OpenSession,
    (CK_SLOT_ID slot, CK_FLAGS flags, void *data, CK_NOTIFY notify,
	CK_SESSION_HANDLE_PTR out),
    (slot, flags, data, notify, out))
PASS(C_FindObjectsInit,
    (CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR wanted, CK_ULONG count),
    (session, wanted, count))
PASS(C_SignInit,
    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR how, CK_OBJECT_HANDLE key),
    (session, how, key))
PASS(C_GenerateKeyPair,
    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR how, CK_ATTRIBUTE_PTR shown,
	CK_ULONG shown_count, CK_ATTRIBUTE_PTR hidden, CK_ULONG hidden_count,
	CK_OBJECT_HANDLE_PTR public, CK_OBJECT_HANDLE_PTR private),
    (session, how, shown, shown_count, hidden, hidden_count, public, private))
PASS(C_WrapKey,
    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR how, CK_OBJECT_HANDLE by,
	CK_OBJECT_HANDLE key, CK_BYTE_PTR out, CK_ULONG_PTR size),
    (session, how, by, key, out, size))

static CK_RV
faulty_C_Sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG size,
    CK_BYTE_PTR out, CK_ULONG_PTR out_size)
{
	CK_RV rv = fault_of("C_Sign");
	static unsigned calls;

	if (rv == LOST && ++calls % 3 == 0)
		return CKR_SESSION_CLOSED;
	if (rv != CKR_OK && rv != WRONG && rv != LOST)
		return rv;
	CK_RV signed_it = real->C_Sign(session, data, size, out, out_size);
	if (rv == WRONG && signed_it == CKR_OK && calls++ % 2 == 0)
		out[*out_size / 2] ^= 1;
	return signed_it;
}

static CK_RV
faulty_C_GetSlotList(
    CK_BBOOL present, CK_SLOT_ID_PTR list, CK_ULONG_PTR count)
{
	CK_RV rv = fault_of("C_GetSlotList");

	if (rv == NOBODY) {
		*count = 0;
		return CKR_OK;
	}
	return rv == CKR_OK ? real->C_GetSlotList(present, list, count) : rv;
}

static CK_RV
faulty_C_Login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_BYTE_PTR pin,
    CK_ULONG size)
{
	FILE *calls = open_beside("calls", "ae");
	CK_RV rv = fault_of("C_Login");

	if (calls) {
		fputs("C_Login\n", calls);
		fclose(calls);
	}
	return rv == CKR_OK ? real->C_Login(session, user, pin, size) : rv;
}

EXPORTED CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR out);

EXPORTED CK_RV
C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR out)
{
	CK_RV (*get)(CK_FUNCTION_LIST_PTR_PTR);
	void *library = dlopen(REAL, RTLD_NOW | RTLD_LOCAL);
	void *symbol = library ? dlsym(library, "C_GetFunctionList") : NULL;

	memcpy(&get, &symbol, sizeof(get));
	if (!symbol || get(&real) != CKR_OK)
		return CKR_GENERAL_ERROR;
	ours = *real;
	ours.C_GetSlotList = faulty_C_GetSlotList;
	ours.C_OpenSession = faulty_C_OpenSession;
	ours.C_Login = faulty_C_Login;
	ours.C_FindObjectsInit = faulty_C_FindObjectsInit;
	ours.C_SignInit = faulty_C_SignInit;
	ours.C_Sign = faulty_C_Sign;
	ours.C_GenerateKeyPair = faulty_C_GenerateKeyPair;
	ours.C_WrapKey = faulty_C_WrapKey;
	*out = &ours;
	return CKR_OK;
}
