#include "clerk/deliver.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static char dir[] = "/tmp/paraph-deliver-XXXXXX";

struct fixture {
	struct clerk clerk;
	struct arena arena;
};

static int
set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	char text[128];

	snprintf(text, sizeof(text),
	    "[mail]\noutbox = %s\nfrom = Étude <no-reply@mail.example>\n",
	    dir);
	arena_init(&f->arena, 1 << 20);
	if (conf_parse(span_of_text(text), "/", &f->clerk.program.conf) != OK)
		return -1;
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	conf_free(f->clerk.program.conf);
	arena_clear(&f->arena);
	free(f);
	return 0;
}

static const struct mail invitation = {.id = "msg_1",
    .kind = "invitation",
    .channel = "email",
    .recipient = "zoe@mail.example",
    .language = "fr",
    .created_at = 1};

static char content[8192];

/* The content of the only file whose name ends so; removes it. */
static const char *
take(const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	int fd = open(path, O_RDONLY);
	assert_true(fd >= 0);
	ssize_t size = read(fd, content, sizeof(content) - 1);
	assert_true(size > 0);
	content[size] = '\0';
	close(fd);
	unlink(path);
	return content;
}

static void
a_mail_in_the_outbox_is_a_whole_mail(void **state)
{
	struct fixture *f = *state;
	const struct letter letter = {"Créer un certificat", "Bonjour\nZoé\n"};

	assert_int_equal(deliver(&f->clerk, &f->arena, &invitation, &letter),
	    OK);
	const char *text = take("1-msg_1.eml");
	assert_non_null(strstr(text, "To: zoe@mail.example\r\n"));
	assert_non_null(strstr(text,
	    "From: =?UTF-8?B?w4l0dWRl?= <no-reply@mail.example>\r\n"));
	assert_non_null(strstr(text,
	    "Subject: =?UTF-8?B?Q3LDqWVyIHVuIGNlcnRpZmljYXQ=?=\r\n"));
	assert_non_null(strstr(text, "\r\n\r\nBonjour\r\nZoé\r\n"));
}

static void
a_long_subject_is_cut_between_characters(void **state)
{
	struct fixture *f = *state;
	char subject[200] = "";

	for (size_t i = 0; i + 3 < sizeof(subject); i += 2)
		memcpy(subject + i, "é", 3);
	const struct letter letter = {subject, "x\n"};
	assert_int_equal(deliver(&f->clerk, &f->arena, &invitation, &letter),
	    OK);
	const char *line = strstr(take("1-msg_1.eml"), "Subject: ");
	size_t words = 0;
	for (const char *w = line; (w = strstr(w, "=?UTF-8?B?")) != NULL; w++)
		words++;
	assert_true(words >= 4);
	for (const char *end; (end = strstr(line, "\r\n")) != NULL;) {
		assert_true(end - line <= 76);
		line = end + 2;
	}
}

static void
refuses_to_add_a_header(void **state)
{
	struct fixture *f = *state;
	struct mail m = invitation;
	const struct letter letter = {"x", "y\n"};

	m.recipient = "a@mail.example\r\nBcc: b@mail.example";
	assert_int_equal(deliver(&f->clerk, &f->arena, &m, &letter),
	    ERR_INVALID);
}

static void
an_sms_has_a_name_of_its_own(void **state)
{
	struct fixture *f = *state;
	struct mail m = invitation;
	const struct letter letter = {"", "123456\n"};

	m.channel = "sms";
	m.recipient = "+33600000001";
	assert_int_equal(deliver(&f->clerk, &f->arena, &m, &letter), OK);
	assert_non_null(strstr(take("1-msg_1.sms"), "123456"));
}

static void
a_missing_outbox_is_told(void **state)
{
	struct fixture *f = *state;
	const struct letter letter = {"x", "y\n"};

	rmdir(dir);
	assert_int_equal(deliver(&f->clerk, &f->arena, &invitation, &letter),
	    ERR_UNAVAILABLE);
	assert_int_equal(mkdir(dir, 0700), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		a_mail_in_the_outbox_is_a_whole_mail, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		a_long_subject_is_cut_between_characters, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(refuses_to_add_a_header, set_up,
		tear_down),
	    cmocka_unit_test_setup_teardown(an_sms_has_a_name_of_its_own,
		set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_missing_outbox_is_told, set_up,
		tear_down),
	};
	if (!mkdtemp(dir))
		return 1;
	int status = cmocka_run_group_tests(tests, NULL, NULL);
	rmdir(dir);
	return status;
}
