/*
 * What a participant agrees to.
 */
#include "flow/terms.h"

#include "base/conf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

struct ground {
	struct store *store;
	struct conf *conf;
	struct arena arena;
	char path[64];
};

static int
prepare(void **state)
{
	struct ground *g = calloc(1, sizeof(*g));
	struct workspace w = {.id = "wsp_a", .name = "Étude Martin & Fils",
		.lcp_review = "on_doubt", .language = "fr",
		.contact = "01 23 45 67 89", .redirect_origins = ""};

	arena_init(&g->arena, 1 << 20);
	snprintf(g->path, sizeof(g->path), "/tmp/terms-XXXXXX");
	int fd = mkstemp(g->path);
	close(fd);
	assert_int_equal(conf_parse(SPAN("", 0), "/tmp", &g->conf), OK);
	assert_int_equal(store_open(g->path, true, &g->store), OK);
	assert_int_equal(workspace_save(g->store, &w), OK);
	*state = g;
	return 0;
}

static int
leave(void **state)
{
	struct ground *g = *state;

	store_close(g->store);
	conf_free(g->conf);
	arena_clear(&g->arena);
	unlink(g->path);
	free(g);
	return 0;
}

static struct registration
registration_in(const char *language)
{
	return (struct registration){.id = "reg_a", .workspace = "wsp_a",
		.level = "lcp", .language = language};
}

static RESULT
load(struct ground *g, const char *language, struct terms *out)
{
	struct registration r = registration_in(language);

	return terms_load(g->store, g->conf, &g->arena, TERMS_AGREEMENT, &r,
	    out);
}

static void
fills_in_who_asks_and_how_long(void **state)
{
	struct terms t;

	assert_int_equal(load(*state, "fr", &t), OK);
	assert_string_equal(t.language, "fr");
	assert_string_equal(t.title,
	    "Conditions de votre certificat de signature");
	assert_true(t.count >= 8);
	assert_non_null(strstr(t.paragraphs[0], "Étude Martin & Fils"));
	assert_non_null(strstr(t.paragraphs[1], "3 ans"));
	assert_int_equal(strlen(t.sha256), 64);
}

static void
falls_back_to_english(void **state)
{
	struct terms t;

	assert_int_equal(load(*state, "ro", &t), OK);
	assert_string_equal(t.language, "en");
	assert_non_null(strstr(t.paragraphs[1], "3 years"));
}

static void
accepts_the_hash_of_what_was_shown_and_no_other(void **state)
{
	struct registration r = registration_in("en");
	struct ground *g = *state;
	struct terms english, french;

	assert_int_equal(load(g, "en", &english), OK);
	assert_int_equal(load(g, "fr", &french), OK);
	assert_int_equal(terms_check(g->store, g->conf, &g->arena,
	    TERMS_AGREEMENT, &r, english.sha256), OK);
	assert_int_equal(terms_check(g->store, g->conf, &g->arena,
	    TERMS_AGREEMENT, &r, french.sha256), ERR_INVALID);
	assert_string_equal(err_field(), "sha256");
	assert_int_equal(terms_check(g->store, g->conf, &g->arena,
	    TERMS_CONSENT, &r, english.sha256), ERR_INVALID);
}

/* What of the face is recorded, and how long it is kept, is said before. */
static void
asks_for_the_face_by_name_where_one_is_recorded(void **state)
{
	struct ground *g = *state;
	struct registration r = registration_in("fr");
	struct terms plain, face;

	assert_int_equal(terms_load(g->store, g->conf, &g->arena,
	    TERMS_CONSENT, &r, &plain), OK);
	r.level = "qcp";
	assert_int_equal(terms_load(g->store, g->conf, &g->arena,
	    TERMS_CONSENT, &r, &face), OK);
	assert_null(strstr(plain.text, "biométriques"));
	assert_non_null(strstr(face.text, "biométriques"));
	assert_non_null(strstr(face.text, "conservés 7 ans après sa fin"));
	assert_non_null(strstr(face.text, "supprimé après 30 jours"));
	assert_null(strstr(face.text, "{{"));
	assert_int_equal(terms_check(g->store, g->conf, &g->arena,
	    TERMS_CONSENT, &r, plain.sha256), ERR_INVALID);
}

static void
says_how_long_evidence_is_kept_as_it_is_set(void **state)
{
	static const char set[] =
	    "[retention]\nissued_days = 3653\nabandoned_days = 14\n";
	static const enum terms_kind kinds[] = {TERMS_CONSENT, TERMS_AGREEMENT};
	struct ground *g = *state;
	struct conf *conf;
	struct terms t;

	assert_int_equal(conf_parse(span_of_text(set), "/", &conf), OK);
	for (size_t i = 0; i < 2; i++) {
		struct registration r = registration_in("en");

		assert_int_equal(terms_load(g->store, conf, &g->arena, kinds[i],
		    &r, &t), OK);
		assert_non_null(strstr(t.text, "10 years after"));
		assert_true(kinds[i] == TERMS_AGREEMENT ||
		    strstr(t.text, "deleted after 14 days"));
		r = registration_in("fr");
		assert_int_equal(terms_load(g->store, conf, &g->arena, kinds[i],
		    &r, &t), OK);
		assert_non_null(strstr(t.text, "10 ans après"));
		assert_true(kinds[i] == TERMS_AGREEMENT ||
		    strstr(t.text, "supprimés après 14 jours"));
	}
	conf_free(conf);
}

static void
says_how_long_a_face_is_kept_as_it_is_set(void **state)
{
	static const char set[] = "[retention]\nrecordings_days = 90\n";
	struct ground *g = *state;
	struct registration r = registration_in("en");
	struct conf *conf;
	struct terms t;

	r.level = "qcpnqscd";
	assert_int_equal(conf_parse(SPAN(set, sizeof(set) - 1), "/tmp", &conf),
	    OK);
	assert_int_equal(terms_load(g->store, conf, &g->arena, TERMS_CONSENT,
	    &r, &t), OK);
	conf_free(conf);
	assert_non_null(strstr(t.text, "of your face until 90 days after"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(fills_in_who_asks_and_how_long,
		    prepare, leave),
		cmocka_unit_test_setup_teardown(falls_back_to_english,
		    prepare, leave),
		cmocka_unit_test_setup_teardown(
		    accepts_the_hash_of_what_was_shown_and_no_other, prepare,
		    leave),
		cmocka_unit_test_setup_teardown(
		    asks_for_the_face_by_name_where_one_is_recorded, prepare,
		    leave),
		cmocka_unit_test_setup_teardown(
		    says_how_long_evidence_is_kept_as_it_is_set, prepare, leave),
		cmocka_unit_test_setup_teardown(
		    says_how_long_a_face_is_kept_as_it_is_set, prepare, leave),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
