/*
 * The list of requests, as JSON in pages and as CSV whole.
 */
#include "base/clock.h"
#include "web/route.h"
#include "web/listing.h"
#include "web/registration_json.h"

#define DAYS_SHOWN 30
#define CSV_PAGE 200
#define CSV_PAGES_MAX 50

static RESULT
read_filter(struct request *q, struct registration_filter *out)
{
	const struct fields *f = &q->fields;
	struct search search;

	TRY(listing_search(q, text(q, FIELD_registrations_query), &search));
	*out = (struct registration_filter){
		.workspace = listing_workspace(q),
		.state = text(q, FIELD_registrations_state),
		.level = text(q, FIELD_registrations_level),
		.query = search.name,
		.query_email = search.email,
		.query_phone = search.phone,
		.created_after = field_time(f, FIELD_registrations_created_after),
		.created_before =
		    field_time(f, FIELD_registrations_created_before),
		.sort = text(q, FIELD_registrations_sort),
		.ascending =
		    strcmp(text(q, FIELD_registrations_order), "asc") == 0,
		.cursor = text(q, FIELD_registrations_cursor),
		.limit = listing_limit(q, FIELD_registrations_limit),
	};
	if (out->created_after == 0 && out->created_before == 0)
		out->created_after = clock_now() - DAYS_SHOWN * DAY;
	if (!*out->sort)
		out->sort = "created_at";
	return OK;
}

RESULT
handle_registration_list(struct request *q)
{
	struct registration_filter filter;
	struct registration *rows;
	struct flow *f;
	const char *next;
	size_t count;

	TRY(request_flow(q, &f));
	TRY(listing_feature(q, f));
	TRY(read_filter(q, &filter));
	TRY(registration_list(f->store, &q->arena, &filter, &rows, &count,
	    &next));
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_text(&j, "object", "list");
	json_list(&j, "data");
	for (size_t i = 0; i < count; i++)
		TRY(registration_write(q, f, &j, &rows[i], false));
	json_end(&j);
	json_bool(&j, "has_more", *next != '\0');
	json_text(&j, "next_cursor", next);
	json_close(&j);
	return json_done(&j);
}

/* A cell; what a spreadsheet would take for a formula gets a quote before
 * it. A number with its + is none of those. */
static RESULT
add_cell(struct buf *out, const char *text, bool last)
{
	bool formula = *text && strchr("=-@\t\r", *text);

	if (*text == '+' && text[1 + strspn(text + 1, "0123456789")])
		formula = true;
	TRY(buf_add_text(out, formula ? "\"'" : "\""));
	for (; *text; text++) {
		if (*text == '"')
			TRY(buf_add_byte(out, '"'));
		TRY(buf_add_byte(out, (uint8_t)*text));
	}
	return buf_add_text(out, last ? "\"\r\n" : "\",");
}

static RESULT
add_line(struct buf *out, const struct registration *r)
{
	char created[CLOCK_TEXT_SIZE], expires[CLOCK_TEXT_SIZE];

	clock_format(r->created_at, created);
	clock_format(r->expires_at, expires);
	TRY(add_cell(out, r->id, false));
	TRY(add_cell(out, r->fullname, false));
	TRY(add_cell(out, r->email, false));
	TRY(add_cell(out, r->phone, false));
	TRY(add_cell(out, r->level, false));
	TRY(add_cell(out, r->state, false));
	TRY(add_cell(out, r->requested_by_name, false));
	TRY(add_cell(out, created, false));
	return add_cell(out, expires, true);
}

RESULT
handle_registration_csv(struct request *q)
{
	struct registration_filter filter;
	struct registration *rows;
	struct flow *f;
	size_t count;

	TRY(request_flow(q, &f));
	TRY(listing_feature(q, f));
	TRY(read_filter(q, &filter));
	filter.limit = CSV_PAGE;
	TRY(reply_bytes(q, "text/csv; charset=utf-8",
	    span_of_text("id,fullname,email,phone_number,level,state,"
	                 "requested_by,created_at,expires_at\r\n")));
	reply_file(q, "registrations.csv");
	for (int page = 0; page < CSV_PAGES_MAX; page++) {
		TRY(registration_list(f->store, &q->arena, &filter, &rows,
		    &count, &filter.cursor));
		for (size_t i = 0; i < count; i++)
			TRY(add_line(&q->reply.body, &rows[i]));
		if (!*filter.cursor)
			break;
	}
	return OK;
}
