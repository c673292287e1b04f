/*
 * Custodians of a root: file, passphrases, shares and sheets.
 *
 * A share is sealed by AES-256 key wrap (RFC 3394) under its holder's
 * passphrase as Argon2id stretches it, so a wrong passphrase is told without
 * the others. The digests of shares and secret that stand in the file are of
 * 32 random octets: nobody finds those by trying.
 */
#include "signer/quorum.h"

#include "base/clock.h"
#include "base/codec.h"
#include "base/enum.h"
#include "signer/lines.h"

#include <argon2.h>
#include <openssl/evp.h>

#define MEMORY_KIB (64 * 1024)
#define PASSES 3
#define SALT "paraph root custodians"
#define HEAD "paraph root custodians 2"

DEFINE_AUTO(EVP_CIPHER_CTX_free, EVP_CIPHER_CTX *)

/* ---- sealing ---- */

static RESULT
stretch(struct span passphrase, const struct quorum_custodian *c,
    struct secret *out)
{
	TRY(secret_new(DIGEST_SIZE, out));
	int code = argon2id_hash_raw(PASSES, MEMORY_KIB, 1, passphrase.data,
	    passphrase.size, c->salt, sizeof(c->salt), out->data, DIGEST_SIZE);
	return code == ARGON2_OK ? OK : FAIL(ERR_INTERNAL, "argon2: %d", code);
}

/* ERR_DENIED when it does not open. */
static RESULT
wrap(const struct secret *key, bool seal, struct span in, uint8_t *out,
    size_t room)
{
	AUTO(EVP_CIPHER_CTX_free) EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	uint8_t whole[QUORUM_SEALED_SIZE + 16];
	int size = 0;

	if (!ctx)
		abort();
	EVP_CIPHER_CTX_set_flags(ctx, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
	if (EVP_CipherInit_ex(ctx, EVP_aes_256_wrap(), NULL, key->data, NULL,
		seal) != 1)
		return FAIL(ERR_INTERNAL, "AES key wrap");
	if (EVP_CipherUpdate(ctx, whole, &size, in.data, (int)in.size) != 1 ||
	    size != (int)room)
		return FAIL(ERR_DENIED, "this opens no share");
	memcpy(out, whole, room);
	explicit_bzero(whole, sizeof(whole));
	return OK;
}

static RESULT
check_of(struct span value, const char *purpose, struct digest *out)
{
	return digest_derive(
	    value, span_of_text(SALT), purpose, out->bytes, DIGEST_SIZE);
}

static RESULT
check_of_share(struct span value, struct digest *out)
{
	return check_of(value, "paraph root share check 1", out);
}

static RESULT
check_of_secret(struct span value, struct digest *out)
{
	return check_of(value, "paraph root secret check 1", out);
}

static bool
is_digest(const struct digest *a, const struct digest *b)
{
	return span_equal(SPAN(a->bytes, DIGEST_SIZE), SPAN(b->bytes, DIGEST_SIZE));
}

/* ---- the file ---- */

static RESULT
put_custodian(struct buf *b, const struct quorum_custodian *c)
{
	TRY(buf_add_text(b, "custodian "));
	TRY(base64url_encode(SPAN(c->salt, sizeof(c->salt)), b));
	TRY(buf_add_text(b, " "));
	TRY(base64url_encode(SPAN(c->sealed, sizeof(c->sealed)), b));
	TRY(buf_add_text(b, " "));
	TRY(base64url_encode(SPAN(c->check.bytes, DIGEST_SIZE), b));
	return buf_add_format(b, " %s\n", c->name);
}

static RESULT
save(const char *dir, const char *file, const struct quorum *q)
{
	AUTO(buf_clear) struct buf b;

	buf_init(&b, LINES_FILE_MAX);
	TRY(buf_add_format(&b, HEAD "\nneeded %u\nset ", q->needed));
	TRY(base64url_encode(SPAN(q->set, SHARE_SET_SIZE), &b));
	TRY(buf_add_text(&b, " "));
	TRY(base64url_encode(SPAN(q->check.bytes, DIGEST_SIZE), &b));
	TRY(buf_add_text(&b, "\n"));
	for (unsigned i = 0; i < q->count; i++)
		TRY(put_custodian(&b, &q->of[i]));
	return lines_save(dir, file, span_of_buf(&b));
}

static RESULT
broken(void)
{
	return FAIL(ERR_INVALID, "the file of the root's custodians is broken");
}

static RESULT
take_head(struct span *rest, struct quorum *q)
{
	struct span line;
	uint64_t needed;

	if (!lines_next(rest, &line) || !span_equal(line, span_of_text(HEAD)))
		return broken();
	if (!lines_next(rest, &line) || !lines_word_is(&line, "needed"))
		return broken();
	TRY(lines_number(&line, &needed));
	if (needed < SHARES_MIN || needed > SHARES_MAX || line.size > 0)
		return broken();
	q->needed = (unsigned)needed;
	if (!lines_next(rest, &line) || !lines_word_is(&line, "set"))
		return broken();
	TRY(lines_octets(&line, q->set, SHARE_SET_SIZE));
	TRY(lines_octets(&line, q->check.bytes, DIGEST_SIZE));
	return line.size == 0 ? OK : broken();
}

static RESULT
take_custodian(struct span line, struct quorum *q)
{
	struct quorum_custodian *c = &q->of[q->count];

	if (q->count == SHARES_MAX || !lines_word_is(&line, "custodian"))
		return broken();
	TRY(lines_octets(&line, c->salt, sizeof(c->salt)));
	TRY(lines_octets(&line, c->sealed, sizeof(c->sealed)));
	TRY(lines_octets(&line, c->check.bytes, DIGEST_SIZE));
	if (line.size == 0 || line.size >= sizeof(c->name) ||
	    !utf8_is_clean(line))
		return broken();
	memcpy(c->name, line.data, line.size);
	q->count++;
	return OK;
}

RESULT
quorum_parse(struct span text, struct quorum *out)
{
	struct quorum q = {0};
	struct span line;

	TRY(take_head(&text, &q));
	while (lines_next(&text, &line))
		TRY(take_custodian(line, &q));
	if (text.size > 0 || q.count < q.needed)
		return broken();
	*out = q;
	return OK;
}

RESULT
quorum_load(const char *dir, const char *file, struct quorum *out)
{
	AUTO(buf_clear) struct buf b;

	buf_init(&b, 0);
	TRY(lines_load(dir, file, &b));
	return quorum_parse(span_of_buf(&b), out);
}

/* ---- making ---- */

static RESULT
check_passphrases(const struct span *passphrases, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		if (passphrases[i].size < QUORUM_PASSPHRASE_MIN ||
		    passphrases[i].size > QUORUM_PASSPHRASE_MAX)
			return FAIL(ERR_INVALID,
			    "a passphrase has at least %d characters",
			    QUORUM_PASSPHRASE_MIN);
		for (unsigned k = 0; k < i; k++)
			if (span_equal(passphrases[i], passphrases[k]))
				return FAIL(ERR_INVALID,
				    "two of the passphrases are the same");
	}
	return OK;
}

static RESULT
take_names(const char *const *names, unsigned count, struct quorum *q)
{
	for (unsigned i = 0; i < count; i++) {
		size_t size = strlen(names[i]);

		if (size == 0 || size >= QUORUM_NAME_SIZE ||
		    !utf8_is_clean(SPAN(names[i], size)))
			return FAIL(ERR_INVALID,
			    "the name of custodian %u has more than %d "
			    "octets, or signs that are not printed",
			    i + 1, QUORUM_NAME_SIZE - 1);
		for (unsigned k = 0; k < i; k++)
			if (strcmp(names[i], names[k]) == 0)
				return FAIL(ERR_INVALID,
				    "two custodians have the same name");
		memcpy(q->of[i].name, names[i], size + 1);
		random_bytes(q->of[i].salt, QUORUM_SALT_SIZE);
	}
	q->count = count;
	return OK;
}

static RESULT
seal_share(struct quorum_custodian *c, struct span value, struct span passphrase)
{
	AUTO(secret_clear) struct secret key = {0};

	TRY(stretch(passphrase, c, &key));
	TRY(wrap(&key, true, value, c->sealed, sizeof(c->sealed)));
	return check_of_share(value, &c->check);
}

/* All choices of needed among those in hand give the secret. */
static RESULT
try_choices(const struct quorum *q, const struct quorum_hand *all)
{
	for (unsigned choice = 0; choice < 1U << q->count; choice++) {
		AUTO(secret_clear) struct secret secret = {0};
		struct quorum_hand some = {0}; /* borrows */

		for (unsigned i = 0; i < q->count; i++)
			if (choice >> i & 1U) {
				some.values[i] = all->values[i];
				some.count++;
			}
		if (some.count == q->needed)
			TRY(quorum_open(q, &some, &secret));
	}
	return OK;
}

/* Each passphrase opens its share, and they open the secret. */
static RESULT
prove(const struct quorum *q, const struct span *passphrases,
    struct quorum_hand *hand)
{
	unsigned found;

	for (unsigned i = 0; i < q->count; i++)
		TRY(quorum_give(q, hand, passphrases[i], i, &found));
	return try_choices(q, hand);
}

static RESULT
share_out(struct quorum *q, const struct span *passphrases)
{
	AUTO(secret_clear) struct secret secret = {0};
	AUTO(secret_clear) struct secret shares = {0};

	TRY(secret_new(SHARE_SIZE, &secret));
	random_bytes(secret.data, SHARE_SIZE);
	random_bytes(q->set, SHARE_SET_SIZE);
	TRY(check_of_secret(span_of_secret(&secret), &q->check));
	TRY(shares_split(&secret, q->count, q->needed, &shares));
	for (unsigned i = 0; i < q->count; i++)
		TRY(seal_share(&q->of[i],
		    SPAN(shares.data + i * SHARE_SIZE, SHARE_SIZE),
		    passphrases[i]));
	return OK;
}

RESULT
quorum_make(const char *dir, const char *file, const char *const *names,
    const struct span *passphrases, unsigned count, unsigned needed,
    struct quorum *out, struct quorum_hand *hand)
{
	struct quorum q = {0}, there;

	if (count < SHARES_MIN || count > SHARES_MAX || needed < SHARES_MIN ||
	    needed > count)
		return FAIL(ERR_INVALID,
		    "a root has %d to %d custodians, and needs at least %d of "
		    "them",
		    SHARES_MIN, SHARES_MAX, SHARES_MIN);
	if (quorum_load(dir, file, &there) != ERR_NOT_FOUND)
		return FAIL(ERR_CONFLICT, "custodians were named already");
	q.needed = needed;
	TRY(check_passphrases(passphrases, count));
	TRY(take_names(names, count, &q));
	TRY(share_out(&q, passphrases));
	TRY(prove(&q, passphrases, hand));
	TRY(save(dir, file, &q));
	TRY(quorum_load(dir, file, &there));
	if (memcmp(&there, &q, sizeof(q)) != 0)
		return FAIL(ERR_INTERNAL, "the file is not what was written");
	*out = q;
	return OK;
}

/* ---- opening ---- */

static RESULT
give_share(const struct quorum *q, struct quorum_hand *hand, unsigned i,
    struct span value)
{
	struct digest check;

	TRY(check_of_share(value, &check));
	/* of a set that is known by a sheet alone there is none */
	if (i < q->count && !is_digest(&check, &q->of[i].check))
		return FAIL(ERR_DENIED, "this sheet is of another set of shares");
	if (hand->values[i].size > 0)
		return FAIL(ERR_CONFLICT, "this share was given already");
	TRY(secret_copy(value, &hand->values[i]));
	hand->count++;
	return OK;
}

static RESULT
give_sheet(const struct quorum *q, struct quorum_hand *hand,
    const struct share *s, unsigned who, unsigned *found)
{
	unsigned i = s->number - 1U;

	if (memcmp(s->set, q->set, SHARE_SET_SIZE) != 0 ||
	    s->needed != q->needed || (q->count > 0 && i >= q->count))
		return FAIL(ERR_DENIED, "this sheet is of another set of shares");
	if (who != QUORUM_ANYBODY && who != i)
		return FAIL(ERR_DENIED, "this is the sheet of %s",
		    q->of[i].name);
	*found = i;
	return give_share(q, hand, i, SPAN(s->value, SHARE_SIZE));
}

static RESULT
give_passphrase(const struct quorum *q, struct quorum_hand *hand,
    struct span typed, unsigned i)
{
	AUTO(secret_clear) struct secret key = {0};
	AUTO(secret_clear) struct secret value = {0};
	const struct quorum_custodian *c = &q->of[i];

	TRY(secret_new(SHARE_SIZE, &value));
	TRY(stretch(typed, c, &key));
	TRY(wrap(&key, false, SPAN(c->sealed, sizeof(c->sealed)), value.data,
	    SHARE_SIZE));
	return give_share(q, hand, i, span_of_secret(&value));
}

static RESULT
give_anybody(const struct quorum *q, struct quorum_hand *hand,
    struct span typed, unsigned *found)
{
	for (unsigned i = 0; i < q->count; i++) {
		enum err given = give_passphrase(q, hand, typed, i);

		*found = i;
		if (given != ERR_DENIED)
			return given;
	}
	return FAIL(ERR_DENIED, "this opens no custodian's share");
}

RESULT
quorum_give(const struct quorum *q, struct quorum_hand *hand,
    struct span typed, unsigned who, unsigned *found)
{
	struct share s;

	if (share_find(typed, &s) == OK) {
		enum err given = give_sheet(q, hand, &s, who, found);

		explicit_bzero(&s, sizeof(s));
		return given;
	}
	err_clear();
	if (who == QUORUM_ANYBODY)
		return give_anybody(q, hand, typed, found);
	*found = who;
	enum err given = give_passphrase(q, hand, typed, who);
	if (given != ERR_DENIED)
		return given;
	return FAIL(ERR_DENIED, "this is not the passphrase of %s",
	    q->of[who].name);
}

RESULT
quorum_open(const struct quorum *q, const struct quorum_hand *hand,
    struct secret *out)
{
	uint8_t numbers[SHARES_MAX];
	struct secret values[SHARES_MAX]; /* borrowed */
	struct digest check;
	unsigned count = 0;

	if (hand->count < q->needed)
		return FAIL(ERR_DENIED,
		    "%u custodians are needed, of %u there was the share",
		    q->needed, hand->count);
	for (unsigned i = 0; i < SHARES_MAX && count < q->needed; i++)
		if (hand->values[i].size > 0) {
			numbers[count] = (uint8_t)(i + 1);
			values[count++] = hand->values[i];
		}
	TRY(shares_join(numbers, values, count, out));
	TRY(check_of_secret(span_of_secret(out), &check));
	if (q->count > 0 && !is_digest(&check, &q->check))
		return FAIL(ERR_DENIED, "these shares do not belong together");
	return OK;
}

RESULT
quorum_learn(struct span sheet, struct quorum *q)
{
	struct share s;

	*q = (struct quorum){0};
	TRY(share_find(sheet, &s));
	memcpy(q->set, s.set, SHARE_SET_SIZE);
	q->needed = s.needed;
	explicit_bzero(&s, sizeof(s));
	return OK;
}

void
quorum_hand_clear(struct quorum_hand *hand)
{
	for (unsigned i = 0; i < SHARES_MAX; i++)
		secret_clear(&hand->values[i]);
	hand->count = 0;
}

/* ---- sheets ---- */

RESULT
quorum_sheet(const struct quorum *q, const struct quorum_hand *hand,
    unsigned who, const char *organisation, struct buf *out)
{
	struct share s = {.number = (uint8_t)(who + 1),
	    .needed = (uint8_t)q->needed};
	char day[CLOCK_TEXT_SIZE], line[SHARE_LINE_SIZE];

	if (who >= q->count || hand->values[who].size != SHARE_SIZE)
		return FAIL(ERR_NOT_FOUND, "the share is not there");
	memcpy(s.set, q->set, SHARE_SET_SIZE);
	memcpy(s.value, hand->values[who].data, SHARE_SIZE);
	clock_format(clock_now(), day);
	TRY(buf_add_format(out,
	    "SHARE %u OF %u, ANY %u OPEN THE ROOT\n%s\nof %s, written %.10s\n\n",
	    who + 1, q->count, q->needed, organisation, q->of[who].name, day));
	for (unsigned i = 0; i < SHARE_LINES; i++) {
		share_line(&s, i, line);
		TRY(buf_add_format(out, "    %u  %s\n", i + 1, line));
	}
	explicit_bzero(&s, sizeof(s));
	explicit_bzero(line, sizeof(line));
	return buf_add_format(out,
	    "\nWhoever has %u of these has the root's PIN. Into a sealed bag; "
	    "another place than\nthe token's and the other sheets'. It is "
	    "typed instead of the passphrase: answer\n\"sheet\" to the "
	    "question; letters that look alike are read "
	    "alike (0 and O, 1, I\nand L). The last two letters check the line.\n"
	    "paraph ca ceremony shares    tries it without opening anything\n",
	    q->needed);
}
