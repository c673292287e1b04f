/*
 * Writing names: country, alphabet and length are checked by us, because
 * libraries differ in what they let pass.
 */
#include "pki/subject.h"

#include "base/codec.h"
#include "pki/oids.h"

#include <unictype.h>
#include <uninorm.h>

#define VALUE_MAX ((size_t)512)	    /* bytes of one value, normalised */
#define PSEUDONYM_MAX ((size_t)128) /* bytes, so characters too */
#define MARKS_MAX 2		    /* on a letter: Vietnamese has two */

/* ISO 3166-1 alpha-2, all officially assigned */
static const char countries[] =
    "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBW"
    "BYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFI"
    "FJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMIN"
    "IOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDME"
    "MFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPF"
    "PGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSV"
    "SXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYE"
    "YTZAZMZW";

bool
country_exists(const char *code)
{
	if (!code || strlen(code) != 2)
		return false;
	for (size_t i = 0; countries[i]; i += 2)
		if (memcmp(countries + i, code, 2) == 0)
			return true;
	return false;
}

RESULT
text_normalise(const char *text, struct buf *out)
{
	struct span in = span_of_text(text);
	size_t size = 0;

	if (in.size == 0)
		return OK;
	if (!utf8_is_clean(in))
		return FAIL(ERR_INVALID, "text is not clean UTF-8");
	AUTO(free)
	uint8_t *normal =
	    u8_normalize(UNINORM_NFC, in.data, in.size, NULL, &size);
	if (!normal)
		abort();
	return buf_add(out, normal, size);
}

static bool
given(const char *text)
{
	return text && text[0];
}

static void
put_attribute(struct der *d, const char *oid, uint8_t tag, struct span value)
{
	der_open(d, DER_SET);
	der_open(d, DER_SEQUENCE);
	der_put_oid(d, oid);
	der_put(d, tag, value);
	der_close(d);
	der_close(d);
}

static RESULT
put_country(struct der *d, const char *code)
{
	if (!country_exists(code))
		return err_set_field(
		    ERR_INVALID, "country", "not a country of ISO 3166-1");
	put_attribute(d, OID_COUNTRY, DER_PRINTABLE, span_of_text(code));
	return OK;
}

static RESULT
put_serial(struct der *d, const char *serial)
{
	static const char letters[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	    " '()+,-./:=?";

	if (!given(serial) || strlen(serial) > 64 ||
	    serial[strspn(serial, letters)])
		return err_set_field(ERR_INVALID, "serial",
		    "not a PrintableString of 1 to 64 letters");
	put_attribute(d, OID_SERIAL, DER_PRINTABLE, span_of_text(serial));
	return OK;
}

/* Where a text of more than 64 characters is cut: before a word, but
 * in one when less than half would be left. */
static size_t
cut_length(struct span text)
{
	size_t at = 0, count = 0, last_space = 0;

	while (at < text.size) {
		if (count == SUBJECT_COMMON_NAME_MAX)
			return text.data[at] == ' ' ||
				       last_space < SUBJECT_COMMON_NAME_MAX / 2
				   ? at
				   : last_space;
		if (text.data[at] == ' ')
			last_space = at;
		if (utf8_next(text, &at) <= 0)
			break;
		count++;
	}
	return text.size;
}

static RESULT
put_text(struct der *d, const char *oid, const char *field, const char *text,
    bool cut)
{
	AUTO(buf_clear) struct buf normal;
	size_t length = text ? strlen(text) : 0;

	buf_init(&normal, VALUE_MAX);
	if (length == 0 || text[0] == ' ' || text[length - 1] == ' ')
		return err_set_field(ERR_INVALID, field, "empty or padded");
	if (text_normalise(text, &normal) != OK)
		return err_set_field(
		    ERR_INVALID, field, "too long or not clean UTF-8");
	struct span value = span_of_buf(&normal);
	size_t kept = cut_length(value);
	if (strcmp(oid, OID_ORGANISATION) == 0 && kept < value.size)
		return err_set_field(
		    ERR_INVALID, field, "more than 64 characters");
	if (strcmp(oid, OID_PSEUDONYM) == 0 && value.size > PSEUDONYM_MAX)
		return err_set_field(ERR_INVALID, field, "too long");
	put_attribute(d, oid, DER_UTF8, cut ? SPAN(value.data, kept) : value);
	return OK;
}

/* Scripts that are one together: Japanese, Korean and Chinese are written with
 * more than one (UTS 39 5.1, augmented script sets). */
static const struct {
	const char *script;
	unsigned writings; /* bits: Japanese, Korean, Chinese */
} together[] = {{"Han", 7}, {"Hiragana", 1}, {"Katakana", 1}, {"Hangul", 2},
    {"Bopomofo", 4}};

#define WRITINGS_ALL 7u

static unsigned
writings_of(const uc_script_t *script)
{
	for (size_t i = 0; i < sizeof(together) / sizeof(together[0]); i++)
		if (strcmp(script->name, together[i].script) == 0)
			return together[i].writings;
	return 0;
}

/* Spaces and marks belong to every script. */
static const uc_script_t *
script_of(int32_t character)
{
	static const uc_script_t *common, *inherited;
	const uc_script_t *script = uc_script((ucs4_t)character);

	common = common ? common : uc_script_byname("Common");
	inherited = inherited ? inherited : uc_script_byname("Inherited");
	return script == common || script == inherited ? NULL : script;
}

bool
texts_share_script(const struct span *texts, size_t count)
{
	const uc_script_t *first = NULL;
	unsigned writings = WRITINGS_ALL; /* that all may be of */

	for (size_t i = 0; i < count; i++) {
		int32_t character;
		size_t at = 0;

		while ((character = utf8_next(texts[i], &at)) > 0) {
			const uc_script_t *script = script_of(character);

			if (!script)
				continue;
			first = first ? first : script;
			writings &= writings_of(script);
			if (script != first && writings == 0)
				return false;
		}
	}
	return true;
}

/* Letters that stand for others and look the same (the ligature fi, wide and
 * Arabic forms of typesetting, letters of mathematics, which are of no script):
 * two encodings of one name. */
static bool
is_form(int32_t c)
{
	ucs4_t letters[UC_DECOMPOSITION_MAX_LENGTH];
	int how;

	return (c >= 0xfb00 && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xffef) ||
	       (uc_decomposition((ucs4_t)c, &how, letters) > 0 &&
		   how == UC_DECOMP_FONT);
}

bool
text_is_even(struct span text)
{
	size_t size = 0, at = 0, marks = 0;
	AUTO(free)
	uint8_t *apart = u8_normalize(
	    UNINORM_NFD, text.data ? text.data : (const uint8_t *)"",
	    text.size, NULL, &size);
	struct span all = SPAN(apart, size);
	int32_t c, before = ' ';

	while (apart && (c = utf8_next(all, &at)) > 0) {
		if (c == ' ' && before == ' ')
			return false;
		marks = uc_is_general_category((ucs4_t)c, UC_MARK) ? marks + 1
								   : 0;
		if (marks > MARKS_MAX)
			return false;
		before = c;
	}
	return size == 0 || (apart && before != ' ');
}

bool
text_is_name(struct span text, bool free)
{
	/* apostrophes, hyphens, the middle dot of Catalan */
	static const uint32_t signs[] = {' ', '\'', '-', '.', ',', '/', '(', ')',
	    0xb7, 0x2010, 0x2011, 0x2018, 0x2019};
	size_t at = 0;
	int32_t c;

	while ((c = utf8_next(text, &at)) > 0) {
		bool sign = uc_is_general_category(
		    (ucs4_t)c, uc_general_category_or(UC_LETTER,
				   free ? uc_general_category_or(UC_MARK,
					      UC_DECIMAL_DIGIT_NUMBER)
					: UC_MARK));

		for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
			sign = sign || (uint32_t)c == signs[i];
		if (is_form(c))
			return false;
		/* marks and letters that nobody sees */
		if (uc_is_property_default_ignorable_code_point((ucs4_t)c))
			return false;
		if (!sign && !(free && uc_is_general_category(
					   (ucs4_t)c, UC_PUNCTUATION)))
			return false;
	}
	return true;
}

/* What a person is called, one after the other; a name in the certificate is
 * all that a reader sees. */
static RESULT
check_signs(const struct subject *s)
{
	const struct {
		const char *field, *text;
	} names[] = {{"surname", s->surname}, {"given_names", s->given_names},
	    {"pseudonym", s->pseudonym}, {"common_name", s->common_name}};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!text_is_name(
			span_of_text(names[i].text), given(s->pseudonym)))
			return err_set_field(ERR_INVALID, names[i].field,
			    "a sign or digit that is in no name");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!text_is_even(span_of_text(names[i].text)))
			return err_set_field(ERR_INVALID, names[i].field,
			    "a space too many, or a letter with more than "
			    "two accents");
	return OK;
}

/* Names as on the document, or a pseudonym that the CN repeats. */
static RESULT
check_names(const struct subject *s)
{
	const struct span texts[] = {span_of_text(s->surname),
	    span_of_text(s->given_names), span_of_text(s->common_name),
	    span_of_text(s->pseudonym)};
	bool named = given(s->surname) || given(s->given_names);

	if (given(s->pseudonym) && named)
		return err_set_field(ERR_INVALID, "pseudonym", "beside a name");
	if (given(s->pseudonym) &&
	    (!s->common_name || strcmp(s->pseudonym, s->common_name) != 0))
		return err_set_field(ERR_INVALID, "common_name",
		    "does not repeat the pseudonym");
	if (!given(s->pseudonym) && !named) /* */
		return err_set_field(ERR_INVALID, "surname", "no name");
	if (!texts_share_script(texts, 4))
		return err_set_field(
		    ERR_INVALID, "common_name", "names in several scripts");
	return check_signs(s);
}

static bool
is_given_and_surname(const struct subject *s)
{
	size_t names = strlen(s->given_names), all = strlen(s->common_name);

	return all == names + 1 + strlen(s->surname) &&
	       memcmp(s->common_name, s->given_names, names) == 0 &&
	       s->common_name[names] == ' ' &&
	       strcmp(s->common_name + names + 1, s->surname) == 0;
}

/* The first given names that leave room for the surname: a CN that ends in the
 * middle of them would name nobody. */
static RESULT
shorten(const struct subject *s, struct buf *out)
{
	size_t names = strlen(s->given_names);

	for (;;) {
		buf_clear(out);
		TRY(buf_add(out, s->given_names, names));
		TRY(buf_add_text(out, " "));
		TRY(buf_add_text(out, s->surname));
		if (cut_length(span_of_buf(out)) == out->size)
			return OK;
		while (names > 0 && s->given_names[names - 1] != ' ')
			names--;
		while (names > 0 && s->given_names[names - 1] == ' ')
			names--;
		if (names == 0)
			return OK; /* it is cut as it is */
	}
}

static RESULT
put_common_name(struct der *d, const struct subject *s)
{
	AUTO(buf_clear) struct buf shorter;
	const char *text = s->common_name;

	buf_init(&shorter, VALUE_MAX);
	if (given(s->given_names) && given(s->surname) && given(text) &&
	    is_given_and_surname(s)) {
		TRY(shorten(s, &shorter));
		text = buf_text(&shorter);
	}
	return put_text(d, OID_COMMON_NAME, "common_name", text, true);
}

static RESULT
put_person(struct der *d, const struct subject *s)
{
	TRY(put_country(d, s->country));
	TRY(check_names(s));
	if (given(s->surname))
		TRY(put_text(d, OID_SURNAME, "surname", s->surname, false));
	if (given(s->given_names))
		TRY(put_text(
		    d, OID_GIVEN_NAME, "given_names", s->given_names, false));
	if (given(s->pseudonym))
		TRY(put_text(
		    d, OID_PSEUDONYM, "pseudonym", s->pseudonym, false));
	TRY(put_serial(d, s->serial)); /* */
	return put_common_name(d, s);
}

static RESULT
put_authority(struct der *d, const struct subject *s)
{
	TRY(put_country(d, s->country));
	TRY(put_text(
	    d, OID_ORGANISATION, "organisation", s->organisation, false));
	if (given(s->organisation_id) &&
	    strcmp(s->organisation_id, s->organisation) == 0) /* */
		return err_set_field(ERR_INVALID, "organisation_id",
		    "the same as the organisation");
	if (given(s->organisation_id))
		TRY(put_text(d, OID_ORGANISATION_ID, "organisation_id",
		    s->organisation_id, false));
	return put_text(
	    d, OID_COMMON_NAME, "common_name", s->common_name, true);
}

static RESULT
build(const struct subject *s,
    RESULT (*put)(struct der *, const struct subject *), struct buf *out)
{
	AUTO(der_clear) struct der d;

	der_init(&d, SUBJECT_MAX);
	der_open(&d, DER_SEQUENCE);
	TRY(put(&d, s));
	der_close(&d);
	TRY(der_done(&d));
	return buf_add_span(out, span_of_buf(&d.bytes));
}

RESULT
subject_build_person(const struct subject *s, struct buf *out)
{
	return build(s, put_person, out);
}

RESULT
subject_build_authority(const struct subject *s, struct buf *out)
{
	return build(s, put_authority, out);
}
